"""Reports decided before anybody is suggested, so that suggestions can be measured by something they had no part in.

Which ones is drawn from the report's id by a hash keyed with the compartment's key: always the same, and nobody outside
the desk can tell. An officer can ask to see the suggestions anyway; the report is then as any other.
"""

from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from config import TriageSettings
from envelope.vault import keyed_digest
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.intake.models import ReportRow
from triage.intake.reports import open_for_work, report_row
from triage.keys.keyring import KeyHolder
from triage.keys.records import seal_row
from triage.linking.decisions import Verdict
from triage.linking.errors import NotHeldBackError
from triage.linking.models import LinkDecisionRow
from triage.linking.walls import known_to, opened_decision

LABEL = "quietword held-back report v1"
_WHOLE = 1 << 64

_PERCENT: "WeakKeyDictionary[Engine, int]" = WeakKeyDictionary()


def hold_back(database: Database, settings: TriageSettings) -> None:
    """Set the share of reports held back over these databases; where nobody sets one, none is."""
    _PERCENT[database.case] = settings.held_back_percent


def held_back(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> bool:
    """Whether suggestions for a report wait until an officer has decided: it is of the share, and still untouched.

    That is as far as `by` may know: one decided about an entry behind a wall alone still waits for everybody else.

    Raises:
        NotFoundError, NoKeyError: the report.
    """
    if not _PERCENT.get(session.home.case, 0) or not is_drawn(session, report_row(session, report_id), by=by):
        return False
    rows = session.scalars(select(LinkDecisionRow).where(LinkDecisionRow.report_id == report_id)).all()
    return not known_to(session, [opened_decision(session, row, by=by) for row in rows], by=by)


def is_drawn(session: CaseSession, report: ReportRow, *, by: KeyHolder) -> bool:
    """Whether a report is of the share, whatever has been decided about it since."""
    key = by.keys.compartment_key(session, report.compartment_id)
    drawn = int.from_bytes(keyed_digest(key.secret, LABEL, report.id.bytes)[:8], "big")
    return drawn * 100 < _PERCENT.get(session.home.case, 0) * _WHOLE


def ask_to_see(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> None:
    """Show the suggestions of a report held back; it leaves the share for good, and that is recorded.

    Raises:
        NotHeldBackError: they are not, or somebody has decided since.
        NotFoundError, NoKeyError, ReportClosedError: the report.
    """
    report = open_for_work(session, report_id, by=by)
    if not held_back(session, report_id, by=by):
        raise NotHeldBackError
    row = LinkDecisionRow(id=uuid4(), report_id=report_id, decided_by=by.id, decided_on=session.today)
    there = select(func.count()).select_from(LinkDecisionRow).where(LinkDecisionRow.report_id == report_id)
    number = 1 + (session.scalar(there) or 0)
    body = {"number": number, "verdict": Verdict.ASKED.value, "found": "suggested"}
    seal_row(session, row, body, by=by, key_id=report.data_key_id)
    session.flush()
    record(session, Act.SUGGESTIONS_ASKED, report_id, by=by)
