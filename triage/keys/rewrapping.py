"""A data key goes from one box to another: the new wrapping made and the old destroyed in one transaction."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.keyring import HoldsKeys
from triage.keys.models import RotationRow, WrappedKeyRow
from triage.keys.vouching import is_kept


class BoxNotKeptError(TriageError):
    """Keys are committed before boxes: what is wrapped for a box of the same unit of work alone, a crash would lose."""

    def __init__(self) -> None:
        super().__init__("This was not done, because a power cut now would lose records. Make the compartment first.")


def boxes_of_place(session: CaseSession, box_id: UUID) -> frozenset[UUID]:
    """A box, and those it is taking the place of: what they guard may be wrapped for either."""
    before = session.scalars(select(RotationRow.old_box_id).where(RotationRow.new_box_id == box_id))
    return frozenset({box_id, *before})


def rewrap(session: CaseSession, key_id: UUID, *, out_of: Collection[UUID], into: UUID, by: HoldsKeys) -> bool:
    """Wrap a data key for `into` and destroy its wrappings for `out_of`; False where that was done before.

    Whoever does it need not hold `into`: then the key is sealed to its public half. The rows it seals stay as they are,
    so whoever copied the data key itself still opens what they copied of those (docs/keys.md).

    Raises:
        NoKeyError: `by` holds none of them.
        NotFoundError: the key has been destroyed.
        BoxNotKeptError: `into` was made in this unit of work.
    """
    if not is_kept(session, into):
        raise BoxNotKeptError
    rows = session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id)).all()
    old = [row for row in rows if row.box_id in out_of]
    is_there = any(row.box_id == into for row in rows)
    if not old:
        if not is_there:
            raise NotFoundError("record")
        return False
    if not is_there:
        data_key = by.keys.data_key(session, key_id)
        session.keys.add(by.keys.wrap_for(session, into, key_id, data_key))
        session.keys.flush()
    for row in old:
        session.keys.delete(row)
    session.keys.flush()
    return True
