"""Sealed reports for the bench, as a desk has them: some graded, some linked to the register by a decision."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from config import TriageSettings
from envelope.padding import REPORT_BUCKETS
from envelope.vault import open_with_passphrase
from triage.database import CaseSession, Database
from triage.grading.models import GradingRow, ItemRow
from triage.grading.rules import Grade, Nature, grade_to_body
from triage.intake.models import ReportRow
from triage.intake.reports import ReportState
from triage.keys.records import seal_row
from triage.keys.service import desk_id
from triage.linking.decisions import Found, Verdict, body_of_entry, body_of_suggested
from triage.linking.matching import Strength, Suggestion
from triage.linking.models import LinkDecisionRow
from triage.linking.reasons import Reason
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.session import start_session
from triage.officers.signing_in import unlock

DECIDED, GRADED = 0.15, 0.25  # of 100,000 reports; lists of decisions open the newest 20,000 of them
VERDICTS = (Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.REJECTED, Verdict.NOBODY)
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute


@dataclass
class Filled:
    """How many of what there is."""

    reports: int = 0
    decisions: int = 0
    confirmed: int = 0
    gradings: int = 0


def keep(session: CaseSession, texts: Sequence[str], entries: Sequence[UUID], filled: Filled, *, by: Officer) -> None:
    """A report of each text, with what officers said of it; `entries` are whom a decision may be about."""
    compartment = desk_id(session)
    for text in texts:
        report = _report(session, text, compartment, by=by)
        filled.reports += 1
        if random.random() < GRADED:
            _grade(session, report, text, by=by)
            filled.gradings += 1
        if random.random() < DECIDED:
            filled.decisions += 1
            filled.confirmed += _decide(session, report, random.choice(VERDICTS), random.choice(entries), by=by)
        by.keys.forget(report.data_key_id)


def founded(database: Database, settings: TriageSettings) -> Officer:
    """A force, and its supervisor, signed in."""
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
    people = [NewOfficer(role.value, role.name, role, PASSPHRASE) for role in roles]
    with database.begin() as session:
        enrolment = found_force(session, settings, people).enrolments[0]
    with database.begin() as session:
        row = session.get_one(OfficerRow, enrolment.officer_id)
        seed = open_with_passphrase(row.locked_seed, PASSPHRASE)
        officer = unlock(session, row, seed)
        start_session(session, officer, seed)  # what is held for whoever is not signed in is forgotten each minute
        return officer


def _report(session: CaseSession, what: str, compartment: UUID, *, by: Officer) -> ReportRow:
    """A report as triage seals it; `triage.intake` would also ring bells and write a line for each."""
    today = datetime.now(UTC).date()
    row = ReportRow(
        id=uuid4(),
        compartment_id=compartment,
        state=random.choice(list(ReportState)).value,
        band=random.choice((1, 2, 3, 3, 3)),
        danger=False,
        received_on=today - timedelta(days=random.randrange(700)),
        first_read_on=None,
        retain_until=today + timedelta(days=90),
    )
    nothing: dict[str, object] = {"mailbox": None, "because": [], "history": []}
    body = {"language": "en", "answers": {"what": what}, **nothing}
    seal_row(session, row, body, by=by, guards=[compartment], buckets=REPORT_BUCKETS)
    return row


def _grade(session: CaseSession, report: ReportRow, text: str, *, by: Officer) -> None:
    item = ItemRow(id=uuid4(), report_id=report.id, number=1)
    seal_row(session, item, {"text": text}, by=by, key_id=report.data_key_id)
    row = GradingRow(
        id=uuid4(), report_id=report.id, item_id=item.id, version=1, graded_by=by.id, graded_on=report.received_on
    )
    body = {"grade": grade_to_body(Grade()), "nature": Nature.CLAIM.value, "people": [], "why": ""}
    seal_row(session, row, body, by=by, key_id=report.data_key_id)


def _decide(session: CaseSession, report: ReportRow, verdict: Verdict, entry: UUID, *, by: Officer) -> bool:
    why = Reason("Tony Marlow", "Anthony Marlow", "name", "Tony is short for Anthony.", near=True, others=3, end=11)
    one = Suggestion(entry, None, "person", "Anthony Marlow", Strength.FAIR, (why,), (), posterior=0.7)
    if verdict is Verdict.NOBODY:
        body = {"verdict": verdict.value, "found": Found.SUGGESTED.value}
    else:
        body = body_of_entry(
            verdict, Found.SUGGESTED, entry_id=entry, kind="person", name="Anthony Marlow", suggested=(one,)
        )
    row = LinkDecisionRow(id=uuid4(), report_id=report.id, decided_by=by.id, decided_on=report.received_on)
    known = body_of_suggested((one,), blind=False, answered=True)
    seal_row(session, row, {"number": 1, **body, **known}, by=by, key_id=report.data_key_id)
    return verdict is Verdict.CONFIRMED
