"""Rotates a key for everybody who holds it and works here: whoever is suspended or not vetted any more is left out."""

from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.keys.rotating import start_rotation
from triage.officers.holders import boxes_at_work
from triage.officers.models import OfficerRow


def begin_rotation(session: CaseSession, box_id: UUID, *, by: KeyHolder) -> UUID:
    """Put a new box in the place of one; gives the rotation's id. Whoever is left out is given the key anew later.

    Raises:
        NotFoundError, NoKeyError, NotRotatableError, RotatingAlreadyError.
    """
    everybody = frozenset(session.scalars(select(OfficerRow.box_id)))
    return start_rotation(session, box_id, by=by, without=everybody - boxes_at_work(session))
