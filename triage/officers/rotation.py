"""Rotates a key for everybody who holds it and works here: whoever is suspended or not vetted any more is left out."""

from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.keys.compartments import compartments
from triage.keys.keyring import KeyHolder
from triage.keys.rotating import start_rotation
from triage.keys.service import hold_to_make
from triage.keys.vouching import people_in_log
from triage.officers.holders import boxes_at_work
from triage.officers.models import OfficerRow
from triage.officers.service import BOXES_OF_ROLE


def begin_rotation(session: CaseSession, box_id: UUID, *, by: KeyHolder) -> UUID:
    """Put a new box in the place of one; gives the rotation's id. Whoever is left out is given the key anew later.

    A grant in the database could have been written there by anybody. So whoever has no part in the key by their role,
    as the log says it and not the database, and whoever a conflict keeps out of a compartment, is left out as well.

    Raises:
        NotFoundError, NoKeyError, NotRotatableError, RotatingAlreadyError.
        UnvouchedBoxError: nobody would be left.
    """
    box = hold_to_make(session, [box_id]).get(box_id)
    roles = {role for role, names in BOXES_OF_ROLE.items() if box is not None and box.name in names}
    kept_out = {who for one in compartments(session, by=by) if one.box_id == box_id for who in one.without}
    working, said = boxes_at_work(session), people_in_log(session)
    without = set()
    for row in session.scalars(select(OfficerRow)).all():
        has_no_part = bool(roles) and (row.id not in said or said[row.id].role not in roles)
        if has_no_part or row.id in kept_out or row.box_id not in working:
            without.add(row.box_id)
    return start_rotation(session, box_id, by=by, without=frozenset(without))
