"""What the reports on one entry say together: how many origins they have, and which origin adds which fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.grading.rules import CorroboratingItem, why_not_corroborating
from triage.grading.service import Corroboration, items_of
from triage.intake.reports import CaseReport
from triage.keys.keyring import KeyHolder
from triage.linking.index import matcher_for
from triage.linking.origins.comparing import Compared, compare_more, grouped, opened_reports, text_of
from triage.linking.origins.facts import Fact, FactRow, facts_of, join_facts
from triage.linking.origins.hearsay import Sign, signs_in
from triage.linking.service import LinkedReport, reports_linked_to

# Each is read against the register anew; an entry with more reports shows the newest of them.
MOST_REPORTS = 40


@dataclass(frozen=True)
class Told:
    """One report of an origin: its facts, and what in it speaks of hearsay or a copy."""

    report: CaseReport
    facts: tuple[Fact, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Origin:
    """Reports that go back to one telling; `number` from 1, the oldest first."""

    number: int
    reports: tuple[Told, ...]

    @property
    def since(self) -> date:
        return min(one.report.received_on for one in self.reports)


@dataclass(frozen=True)
class Account:
    """What several reports on one entry give together. `fullest` is the most facts that one report alone says."""

    entry_id: UUID
    origins: tuple[Origin, ...]
    rows: tuple[FactRow, ...]
    fullest: int
    left_out: int
    compared: Compared

    @property
    def reports(self) -> int:
        return sum(len(origin.reports) for origin in self.origins)

    @property
    def only_together(self) -> bool:
        """Whether no single report says all of it."""
        return len(self.origins) > 1 and len(self.rows) > self.fullest

    @property
    def borne_out(self) -> tuple[FactRow, ...]:
        """What more than one origin says."""
        return tuple(row for row in self.rows if not row.from_one_origin)


@dataclass(frozen=True)
class Question:
    """An item of another report that may bear this one out; `why_not` says why it does not, if it does not."""

    item: CorroboratingItem
    why_not: str | None
    numbers: tuple[int, ...]


def account_of(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> Account:
    """What the reports confirmed to be about an entry say together.

    Raises:
        NoKeyError: the register is not for `by` to read.
    """
    linked = reports_linked_to(session, entry_id, by=by)
    account = _account(session, entry_id, linked, by=by)
    record(session, Act.ORIGINS_READ, entry_id, by=by, reason="reports on an entry", count=account.reports)
    return account


def questions_for(
    session: CaseSession, report_id: UUID, corroboration: Corroboration, *, is_anonymous: bool, by: KeyHolder
) -> tuple[Question, ...]:
    """Which items of other reports may bear this one out: a question, asked and never answered here."""
    items = items_of(session, report_id, by=by)
    numbers = tuple(item.number for item in items) or (1,)
    candidates = corroboration.candidates(session, report_id, by=by)
    questions = [
        Question(one, why_not_corroborating(one, report_id=report_id, is_anonymous=is_anonymous), numbers)
        for one in candidates
    ]
    return tuple(sorted(questions, key=lambda one: (one.why_not is not None, one.item.item_id)))


def _account(session: CaseSession, entry_id: UUID, linked: Sequence[LinkedReport], *, by: KeyHolder) -> Account:
    shown = linked[:MOST_REPORTS]
    ids = [one.report_id for one in shown]
    compared = compare_more(session, by=by, first=ids)
    reports = opened_reports(session, ids, by=by)
    groups = grouped(session, list(reports), by=by).groups
    matcher = matcher_for(session, by=by)
    told: dict[UUID, Told] = {}
    for one in shown:
        if one.report_id in reports:
            report = reports[one.report_id]
            text = text_of(report)
            facts = facts_of(text, matcher.mentions(text), one.reasons)
            told[report.id] = Told(report, facts, signs_in(text, report.answers))
    sets = [[told[one] for one in group if one in told] for group in groups]
    ordered = sorted(
        (sorted(each, key=lambda one: (one.report.received_on, one.report.id)) for each in sets if each),
        key=lambda each: (each[0].report.received_on, each[0].report.id),
    )
    origins = tuple(Origin(number, tuple(each)) for number, each in enumerate(ordered, start=1))
    rows = join_facts({one.number: [fact for each in one.reports for fact in each.facts] for one in origins})
    fullest = max((len(each.facts) for each in told.values()), default=0)
    return Account(entry_id, origins, rows, fullest, len(linked) - len(told), compared)
