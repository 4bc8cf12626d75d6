"""Entries that several reports name only weakly each, but by different kinds of evidence: a list for an analyst.

A coincidence of weak things is common where there are many reports and many people. The list says what fits and how
many others fit; it decides nothing, and no number of reports makes it more than that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log2
from typing import Any
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.linking.decisions import Verdict
from triage.linking.matching import Strength
from triage.linking.origins.comparing import Compared, compare_more, grouped, opened_reports
from triage.linking.origins.findings import COMMON, Clue, Finding, findings_by_report
from triage.linking.origins.standing import standing_verdicts, without_held_back
from triage.paging import Cut, cut
from triage.register.kept import Kept
from triage.register.unlocked import unlock_all

PAGE_SIZE = 20
MOST_REPORTS = 500  # of all combinations together, the newest entries of the register first
LEAST_PEOPLE = 64  # a small register does not make a thing rare


class TogetherOrder(StrEnum):
    """What the list is sorted by."""

    RARITY = "rarity"
    NEWEST = "newest"
    REPORTS = "reports"
    NAME = "name"


@dataclass(frozen=True)
class TogetherWanted:
    """What an analyst asked to see; no kind means every kind of evidence."""

    evidence: str = ""
    order: TogetherOrder = TogetherOrder.RARITY
    page: int = 1


@dataclass(frozen=True)
class Part:
    """What the reports of one origin add to a combination."""

    reports: tuple[UUID, ...]
    received_on: date
    clues: tuple[Clue, ...]


@dataclass(frozen=True)
class Combination:
    """An entry, and what reports of several origins say that fits it; `singles_out` where hardly anybody else fits."""

    entry_id: UUID
    name: str
    kind: str
    parts: tuple[Part, ...]
    evidence: tuple[str, ...]
    singles_out: bool
    bits: float

    @property
    def newest(self) -> date:
        return max(part.received_on for part in self.parts)

    @property
    def reports(self) -> int:
        return sum(len(part.reports) for part in self.parts)


@dataclass(frozen=True)
class Together:
    """One page of combinations, the kinds of evidence there are, and how far the reports have been compared."""

    rows: tuple[Combination, ...]
    cut: Cut
    total: int
    kinds: tuple[str, ...]
    compared: Compared


def combinations(session: CaseSession, wanted: TogetherWanted, *, by: KeyHolder) -> Together:
    """Entries that no report names better than weakly, and reports of two origins or more fit by different things.

    Raises:
        NoKeyError: the register is not for `by` to read.
    """
    entries = {entry_id: kept for copy in unlock_all(session, by=by) for entry_id, kept in copy.entries.items()}
    weak = _weak_only(session, entries, by=by)
    ids = list(dict.fromkeys(report_id for each in weak.values() for report_id in each))
    compared = compare_more(session, by=by, first=ids)
    reports = opened_reports(session, ids, by=by)
    shown = without_held_back(session, reports, by=by)
    open_ones = [one for one in ids if one in shown and not reports[one].is_closed]
    groups = grouped(session, open_ones, by=by).groups
    origin_of = {report_id: number for number, group in enumerate(groups) for report_id in group}
    days = {report_id: reports[report_id].received_on for report_id in open_ones}
    everybody = max(len(entries), LEAST_PEOPLE)
    found = [
        one
        for entry_id, each in weak.items()
        if (one := _combination(entries[entry_id], each, origin_of, days, everybody)) is not None
    ]
    kinds = tuple(sorted({kind for one in found for kind in one.evidence}))
    if wanted.evidence:
        found = [one for one in found if wanted.evidence in one.evidence]
    found.sort(key=lambda one: _sort_key(one, wanted.order))
    here = cut(len(found), PAGE_SIZE, page=wanted.page)
    return Together(tuple(found[here.begins : here.begins + PAGE_SIZE]), here, len(found), kinds, compared)


def record_combinations_read(session: CaseSession, found: Together, *, by: KeyHolder) -> None:
    """What was combined from several reports was consulted (DPA 2018 s.62: combination)."""
    record(session, Act.ORIGINS_READ, None, by=by, reason="what only several reports show", count=len(found.rows))


def _weak_only(session: CaseSession, entries: Mapping[UUID, Kept], *, by: KeyHolder) -> dict[UUID, dict[UUID, Finding]]:
    """By entry, the undecided reports that name it weakly, where none names it better and none is confirmed."""
    everything = findings_by_report(session, by=by)
    verdicts = standing_verdicts(session, by=by)
    named: dict[UUID, dict[UUID, Finding]] = {}
    better = {one for each in verdicts.values() for one, said in each.items() if said is Verdict.CONFIRMED}
    for report_id, findings in everything.items():
        decided = verdicts.get(report_id, {})
        for finding in findings:
            if finding.entry_id in decided or None in decided:
                continue
            if finding.strength is not Strength.WEAK:
                better.add(finding.entry_id)
            elif finding.entry_id in entries:
                named.setdefault(finding.entry_id, {})[report_id] = finding
    found: dict[UUID, dict[UUID, Finding]] = {}
    seen: set[UUID] = set()
    newest_first = sorted(named, key=lambda one: (-entries[one].updated_on.toordinal(), one))
    for entry_id in newest_first:
        each = named[entry_id]
        kinds = {clue.kind for finding in each.values() for clue in finding.clues} - COMMON
        if entry_id in better or len(each) < 2 or len(kinds) < 2 or len(seen | each.keys()) > MOST_REPORTS:
            continue
        seen |= each.keys()
        found[entry_id] = each
    return found


def _combination(
    kept: Kept,
    findings: Mapping[UUID, Finding],
    origin_of: Mapping[UUID, int],
    days: Mapping[UUID, date],
    everybody: int,
) -> Combination | None:
    by_origin: dict[int, list[UUID]] = {}
    for report_id in findings:
        if report_id in origin_of:
            by_origin.setdefault(origin_of[report_id], []).append(report_id)
    parts = tuple(
        sorted(
            (
                Part(tuple(ids), max(days[one] for one in ids), _distinct(findings[one].clues for one in ids))
                for ids in by_origin.values()
            ),
            key=lambda part: (-part.received_on.toordinal(), part.reports),
        )
    )
    kinds = {clue.kind for part in parts for clue in part.clues} - COMMON
    fullest = max((len({clue.kind for clue in part.clues} - COMMON) for part in parts), default=0)
    if len(parts) < 2 or len(kinds) <= fullest:
        return None
    clues = _distinct(part.clues for part in parts)
    bits = sum(log2(everybody / (clue.others + 1)) for clue in clues if clue.others < everybody)
    entry = kept.entry
    singles_out = bits >= log2(everybody) + 1
    return Combination(kept.id, entry.shown_name, entry.kind.value, parts, tuple(sorted(kinds)), singles_out, bits)


def _distinct(clues: Iterable[Sequence[Clue]]) -> tuple[Clue, ...]:
    """Each fact once, the rarest saying of it."""
    found: dict[tuple[str, str], Clue] = {}
    for clue in (one for each in clues for one in each):
        before = found.get((clue.kind, clue.known))
        if before is None or clue.others < before.others:
            found[clue.kind, clue.known] = clue
    return tuple(found.values())


def _sort_key(one: Combination, order: TogetherOrder) -> tuple[Any, ...]:
    """The last tie is the random id. `Any`, because a key is a tuple of several types."""
    match order:
        case TogetherOrder.RARITY:
            return (not one.singles_out, -one.bits, one.entry_id)
        case TogetherOrder.NEWEST:
            return (-one.newest.toordinal(), -one.bits, one.entry_id)
        case TogetherOrder.REPORTS:
            return (-one.reports, -one.bits, one.entry_id)
        case TogetherOrder.NAME:
            return (one.name.casefold(), -one.bits, one.entry_id)
