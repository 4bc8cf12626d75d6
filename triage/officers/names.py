"""The names of the few officers a page speaks of."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from envelope.errors import EnvelopeError
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row
from triage.keys.system import SYSTEM_ID
from triage.officers.models import OfficerRow

SOMEBODY = "an officer whose name cannot be opened"


def names_of(session: CaseSession, officer_ids: Iterable[UUID], *, by: KeyHolder) -> dict[UUID, str]:
    """Each id's name: only these rows are opened, however many officers there are."""
    wanted = set(officer_ids)
    names = dict.fromkeys(wanted, SOMEBODY)
    if SYSTEM_ID in names:
        names[SYSTEM_ID] = "the system"
    for row in session.scalars(select(OfficerRow).where(OfficerRow.id.in_(wanted))):
        try:
            names[row.id] = str(open_row(session, row, by=by)["name"])
        except (NoKeyError, NotFoundError, EnvelopeError):
            continue
    return names
