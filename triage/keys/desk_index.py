"""The desk's first key: mailboxes are found by a digest under it, so it outlives the desk's rotations as a data key."""

from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from envelope.vault import DataKey
from triage.database import CaseSession
from triage.keys.keyring import HoldsKeys
from triage.keys.models import WrappedKeyRow

DESK_INDEX_KEY = uuid5(NAMESPACE_OID, "quietword desk index")
_HAS_INDEX_KEY = "quietword.keys.has desk index key"  # asked once in a unit of work


def has_desk_index_key(session: CaseSession) -> bool:
    """Whether the desk has been rotated: its first key then lies among the data keys."""
    if _HAS_INDEX_KEY not in session.info:
        query = select(WrappedKeyRow.key_id).where(WrappedKeyRow.key_id == DESK_INDEX_KEY)
        session.info[_HAS_INDEX_KEY] = session.keys.scalars(query).first() is not None
    return bool(session.info[_HAS_INDEX_KEY])


def keep_first_key(session: CaseSession, desk_box_id: UUID, *, by: HoldsKeys) -> None:
    """Make a data key of it before the first rotation, wrapped for the desk's box like all that this guards.

    Not for the box that comes next: keys are committed first, and of a crash before that box is kept, a wrapping for it
    would be all that stays.
    """
    if not has_desk_index_key(session):
        key = DataKey(by.keys.compartment_key(session, desk_box_id).secret)
        session.keys.add(by.keys.wrap_for(session, desk_box_id, DESK_INDEX_KEY, key))
        session.info[_HAS_INDEX_KEY] = True
