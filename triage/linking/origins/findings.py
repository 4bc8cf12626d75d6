"""Whom each report may mention, as it was last read against the register: sealed with the report, gone with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from store.batches import batches
from triage.database import CaseSession
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, reseal_row, seal_row
from triage.linking.matching import Matcher, Strength, Suggestion
from triage.linking.origins.facts import FAMILIES
from triage.linking.origins.models import FindingRow
from triage.linking.origins.shelf import may_use, shelf_of

MOST_CLUES = 12
# Kinds that say little of one person in whatever number: a town, a given name, an age.
COMMON = frozenset({"area", "town", "given name", "age", "sex"})
FEW_OTHERS = 200


@dataclass(frozen=True)
class Clue:
    """One reason: the kind of evidence, the report's words, what the register says, and how many others fit."""

    kind: str
    said: str
    known: str
    sentence: str
    others: int


@dataclass(frozen=True)
class Finding:
    """An entry that a report may mention, how far that was borne out, and why.

    A `lead` fits less than what is shown beside a report: it counts together with others, and never alone.
    """

    entry_id: UUID
    strength: Strength
    clues: tuple[Clue, ...]
    lead: bool = False


def findings_in(text: str, matcher: Matcher, *, limit: int) -> tuple[Finding, ...]:
    """What the matcher suggests of a text; where it suggests nobody, who comes near by something that few fit.

    What speaks against is read anew on the report's own page.
    """
    shown = tuple(_finding(one) for one in matcher.suggest(text, limit=limit))
    if shown:
        return shown
    leads = (_finding(one, lead=True) for one in matcher.rank(text, limit=limit) if not one.against)
    return tuple(one for one in leads if any(_is_telling(clue) for clue in one.clues))


def _finding(one: Suggestion, *, lead: bool = False) -> Finding:
    clues = (
        Clue(FAMILIES.get(why.evidence, why.evidence), why.said, why.known, why.sentence, int(why.others))
        for why in one.reasons
        if not why.against
    )
    return Finding(one.entry_id, Strength.WEAK if lead else one.strength, tuple(clues)[:MOST_CLUES], lead)


def _is_telling(clue: Clue) -> bool:
    return clue.kind not in COMMON and clue.others <= FEW_OTHERS


def keep_findings(session: CaseSession, report: ReportRow, found: tuple[Finding, ...], *, by: KeyHolder) -> None:
    """Seal what was found in a report under the report's own key, in place of what was found before."""
    body = {"found": [_body(one) for one in found]}
    row = session.get(FindingRow, report.id)
    if row is None:
        seal_row(session, FindingRow(id=report.id, version=1), body, by=by, key_id=report.data_key_id)
    else:
        row.version += 1
        reseal_row(session, row, body, by=by)
    session.flush()


def findings_by_report(session: CaseSession, *, by: KeyHolder) -> Mapping[UUID, tuple[Finding, ...]]:
    """What was found in every report that `by` opens. What has not changed is taken from memory."""
    found: dict[UUID, tuple[Finding, ...]] = {}
    compartments = session.scalars(select(ReportRow.compartment_id).distinct()).all()
    for compartment_id in compartments:
        if not may_use(session, compartment_id, by=by):
            continue
        kept = shelf_of(session, compartment_id, by=by).findings
        query = select(FindingRow.id, FindingRow.version).join(ReportRow, ReportRow.id == FindingRow.id)
        rows = session.execute(query.where(ReportRow.compartment_id == compartment_id))
        stand = {report_id: version for report_id, version in rows}  # noqa: C416  a Row is not a pair to mypy
        for gone in kept.keys() - stand.keys():
            kept.pop(gone, None)
        stale = [one for one, version in stand.items() if one not in kept or kept[one][0] != version]
        for some in batches(stale):
            fresh = session.scalars(select(FindingRow).where(FindingRow.id.in_(some))).all()
            opened = by.keys.open_many(session, (row.data_key_id for row in fresh))
            for row in fresh:
                if row.data_key_id in opened:
                    kept[row.id] = (row.version, _found(open_row(session, row, by=by)))
        found |= {report_id: each for report_id, (_, each) in kept.items()}
    return found


def reports_that_may_mention(session: CaseSession, entry_ids: Collection[UUID], *, by: KeyHolder) -> tuple[UUID, ...]:
    """The reports in which one of these entries was found, or came near, when they were last looked through."""
    every = findings_by_report(session, by=by).items()
    return tuple(report_id for report_id, found in every if any(one.entry_id in entry_ids for one in found))


def drop_findings(session: CaseSession, report_ids: Iterable[UUID], entry_id: UUID, *, by: KeyHolder) -> None:
    """Forget that these reports may mention an entry, and with it what the register said of it then."""
    for some in batches(list(report_ids)):
        for report_id, found in findings_of(session, some, by=by).items():
            left = tuple(one for one in found if one.entry_id != entry_id)
            if left != found:
                keep_findings(session, session.get_one(ReportRow, report_id), left, by=by)


def forget_findings(session: CaseSession, report_ids: Iterable[UUID]) -> None:
    """Forget everything that was found in these reports: they are as ones that nobody has looked through."""
    for some in batches(list(report_ids)):
        session.execute(delete(FindingRow).where(FindingRow.id.in_(some)))


def findings_of(session: CaseSession, report_ids: Iterable[UUID], *, by: KeyHolder) -> dict[UUID, tuple[Finding, ...]]:
    """What was found in these reports; one that nobody has looked through is left out."""
    rows = session.scalars(select(FindingRow).where(FindingRow.id.in_(list(report_ids)))).all()
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    return {row.id: _found(open_row(session, row, by=by)) for row in rows if row.data_key_id in opened}


def _body(finding: Finding) -> dict[str, Any]:  # JSON
    return {
        "entry_id": str(finding.entry_id),
        "strength": finding.strength.value,
        "clues": [vars(clue) for clue in finding.clues],
        "lead": finding.lead,
    }


def _found(body: Mapping[str, Any]) -> tuple[Finding, ...]:  # JSON
    return tuple(
        Finding(
            UUID(one["entry_id"]), Strength(one["strength"]), tuple(Clue(**clue) for clue in one["clues"]), one["lead"]
        )
        for one in body["found"]
    )
