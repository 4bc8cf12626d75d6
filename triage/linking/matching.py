"""Suggests whom a report is about, and says why. `Matcher` is the seam: a deeper matcher takes this one's place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from typing import Protocol
from uuid import UUID

from triage.linking.evidence import NAMES, WEIGHTS, Evidence
from triage.linking.lexicon import Lexicon, build_lexicon
from triage.linking.mentions import Hit, Mention, find_hits, find_unknown
from triage.linking.reading import read
from triage.linking.reasons import Reason, reason_for
from triage.register.entries import Entry

MOST_OWNERS = 2_000  # a phrase that fits more entries than this singles nobody out
MOST_LOOKED_AT = 30_000
MOST_SCORED = 100
LEAST_PEOPLE, LEAST_GROUPS = 64, 16  # a small register does not make a name rare
# Measured on the development reports: of strong suggestions 98 in 100 are right, of fair ones about half.
STRONG_MARGIN, FAIR_MARGIN = 3.0, -1.0
NEAR_SHARE, FAINT_SHARE = 0.7, 0.4


class Strength(StrEnum):
    """How far a suggestion is borne out. Never a percentage: the register is not the world."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


ORDER = {Strength.STRONG: 0, Strength.FAIR: 1, Strength.WEAK: 2}


@dataclass(frozen=True)
class Suggestion:
    """A person or a group a report may be about, with every reason; for a group, `group_id` is its own.

    `runner_up` is one sentence that names the next likeliest, empty where there is none. `posterior` (0 to 1) is for
    ordering and calibration alone: what officers see is the strength in words.
    """

    entry_id: UUID
    group_id: UUID | None
    kind: str
    name: str
    strength: Strength
    reasons: tuple[Reason, ...]
    spans: tuple[Mention, ...]
    against: tuple[Reason, ...] = ()
    runner_up: str = ""
    posterior: float = 0.0


class Matcher(Protocol):
    """Reads a report against the register. It suggests; an officer decides (DPA 2018 s.49)."""

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Who is meant, the likeliest first; empty where nobody on the register fits."""
        ...

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """What in the text to mark for the reader."""
        ...


@dataclass(frozen=True)
class _Scored:
    owner: int
    bits: float
    margin: float  # bits past what singles one out of all
    hits: tuple[Hit, ...]


class RegisterMatcher:
    """Counts, for each piece of evidence, how many on the register it fits, and adds up log2(all / those it fits).

    After Fellegi and Sunter (1969), with the frequencies counted on the register at the time of asking; no evidence
    speaks against anybody yet.
    """

    def __init__(self, entries: Iterable[tuple[UUID, Entry]]) -> None:
        self._lexicon: Lexicon = build_lexicon(entries)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `Matcher`."""
        hits = find_hits(read(text), self._lexicon)
        if not hits:
            return ()
        people = self._score_people(hits)
        groups = self._score_groups(hits, people)
        ranked = sorted((*people, *groups), key=lambda one: (-one.margin, self._lexicon.ids[one.owner]))
        suggested = [self._suggestion(one, ranked, text) for one in ranked[: 2 * limit]]
        return tuple(sorted(suggested, key=lambda one: ORDER[one.strength])[:limit])

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """See `Matcher`: what the register knows, and plates and numbers of any owner."""
        reading = read(text)
        alone = {Evidence.GIVEN_NAME, Evidence.AREA}
        hits = find_hits(reading, self._lexicon, every=True)
        known = [hit.mention for hit in hits if hit.evidence not in alone and not hit.faint]
        apart: list[Mention] = []
        for one in sorted((*known, *find_unknown(reading)), key=lambda one: (one.start, -one.end, one.kind, one.value)):
            if not apart or one.start >= apart[-1].end:
                apart.append(one)
        return tuple(apart)

    def _all_people(self) -> int:
        return max(self._lexicon.people, LEAST_PEOPLE)

    def _all_groups(self) -> int:
        return max(self._lexicon.groups, LEAST_GROUPS)

    def _score_people(self, hits: tuple[Hit, ...]) -> list[_Scored]:
        lexicon, everybody = self._lexicon, self._all_people()
        fitting: list[tuple[Hit, set[int], float]] = []
        for hit in hits:
            people = {owner for owner in hit.owners if lexicon.is_person[owner]}
            share = 1.0 if people else 0.5
            if hit.evidence is Evidence.GROUP_NAME:
                people = people.union(*(lexicon.members.get(owner, ()) for owner in hit.owners))
            if people:
                fitting.append((hit, people, share * _bits(hit, everybody, len(people))))
        return self._best(_spread(fitting), log2(everybody), one_person=True)

    def _score_groups(self, hits: tuple[Hit, ...], people: list[_Scored]) -> list[_Scored]:
        """Groups by what fits any of their people, each word counted once; shown where it adds something."""
        lexicon, all_groups = self._lexicon, self._all_groups()
        fitting: list[tuple[Hit, set[int], float]] = []
        named: set[int] = set()
        for hit in hits:
            groups = {group for owner in hit.owners for group in lexicon.groups_of[owner]}
            if hit.evidence in {Evidence.GROUP_NAME, Evidence.SURNAME}:
                named |= groups
            if groups:
                fitting.append((hit, groups, _bits(hit, all_groups, len(groups))))
        found = []
        for scored in self._best(_spread(fitting), log2(all_groups), one_person=False):
            own = [one for one in people if scored.owner in lexicon.groups_of[one.owner]]
            unsure = len(own) != 1 and (len(own) < 2 or own[0].bits - own[1].bits < 2)
            if scored.margin > 2 * FAIR_MARGIN and (scored.owner in named or unsure):
                found.append(scored)
        return found

    def _best(self, held: dict[int, list[tuple[float, Hit]]], needed: float, *, one_person: bool) -> list[_Scored]:
        rough = sorted(held, key=lambda owner: (-sum(bits for bits, _ in held[owner]), owner))[:MOST_SCORED]
        found = []
        for owner in rough:
            bits, counted = _add_up(held[owner], one_person=one_person)
            if bits >= 0.55 * needed:
                found.append(_Scored(owner, bits, bits - needed, counted))
        return sorted(found, key=lambda one: (-one.bits, one.owner))

    def _suggestion(self, one: _Scored, ranked: list[_Scored], text: str) -> Suggestion:
        lexicon = self._lexicon
        entry, entry_id = lexicon.entries[one.owner], lexicon.ids[one.owner]
        groups = lexicon.groups_of[one.owner]
        reasons = tuple(self._reason(hit, one.owner, text) for hit in one.hits)
        spans = tuple(sorted((hit.mention for hit in one.hits), key=lambda span: (span.start, span.end)))
        return Suggestion(
            entry_id=entry_id,
            group_id=lexicon.ids[groups[0]] if groups else None,
            kind=entry.kind.value,
            name=entry.shown_name,
            strength=self._strength(one, ranked),
            reasons=reasons,
            spans=spans,
        )

    def _reason(self, hit: Hit, owner: int, text: str) -> Reason:
        """Why a stretch of the text speaks for an entry; a group's reason names the member it fits."""
        lexicon = self._lexicon
        whose = owner
        if owner not in hit.owners and lexicon.entries[owner].kind == "group":
            whose = min(one for one in hit.owners if owner in lexicon.groups_of[one])
        elif owner not in hit.owners:
            whose = min(one for one in lexicon.groups_of[owner] if one in hit.owners)
        return reason_for(
            said=text[hit.start : hit.end],
            evidence=hit.evidence,
            key=hit.key,
            near=hit.near,
            entry=lexicon.entries[whose],
            other_than=None if whose == owner else lexicon.entries[owner],
            others=len(hit.owners) - 1,
            place=(hit.start, hit.end),
        )

    def _strength(self, one: _Scored, ranked: list[_Scored]) -> Strength:
        """Strong needs more bits than single one out, and nobody whom the same words fit about as well."""
        rivals = sum(1 for other in ranked if self._rivals(one, other))
        if one.margin >= STRONG_MARGIN and rivals == 0:
            return Strength.STRONG
        if one.margin >= FAIR_MARGIN and rivals <= 3:
            return Strength.FAIR
        return Strength.WEAK

    def _rivals(self, one: _Scored, other: _Scored) -> bool:
        kinds = {self._lexicon.entries[scored.owner].kind for scored in (one, other)}
        if one.owner == other.owner or len(kinds) > 1 or other.bits < one.bits - 1:
            return False
        theirs = {(hit.start, hit.end) for hit in other.hits}
        return 2 * sum((hit.start, hit.end) in theirs for hit in one.hits) > len(one.hits)


def _spread(fitting: list[tuple[Hit, set[int], float]]) -> dict[int, list[tuple[float, Hit]]]:
    """Give each entry what fits it, the rarest first; past MOST_LOOKED_AT the rest would single nobody out."""
    held: dict[int, list[tuple[float, Hit]]] = {}
    looked_at = 0
    for hit, owners, bits in sorted(fitting, key=lambda one: (len(one[1]), one[0].start, one[0].evidence)):
        looked_at += len(owners)
        if len(owners) > MOST_OWNERS or looked_at > MOST_LOOKED_AT:
            break
        for owner in owners:
            held.setdefault(owner, []).append((bits, hit))
    return held


def _bits(hit: Hit, population: int, fitting: int) -> float:
    weight = WEIGHTS[hit.evidence]
    bits = weight.share * max(0.0, log2(population / fitting)) + weight.more
    return bits * (NEAR_SHARE if hit.near else 1) * (FAINT_SHARE if hit.faint and hit.evidence in NAMES else 1)


# What adds nothing once the other is counted for the same person.
_SAID_BY = {
    Evidence.SURNAME: {Evidence.FULL_NAME},
    Evidence.GIVEN_NAME: {Evidence.FULL_NAME, Evidence.GIVEN_NAME},
    Evidence.PART_PLATE: {Evidence.PLATE},
    Evidence.PART_PHONE: {Evidence.PHONE},
    Evidence.VEHICLE: {Evidence.VEHICLE},
    Evidence.STREET: {Evidence.ADDRESS},
    Evidence.AREA: {Evidence.AREA, Evidence.ADDRESS, Evidence.STREET},
    Evidence.GROUP_NAME: {Evidence.GROUP_NAME},
}


def _add_up(held: list[tuple[float, Hit]], *, one_person: bool) -> tuple[float, tuple[Hit, ...]]:
    """Add up evidence, the best first; what lies in words that are counted already counts no more."""
    counted: list[Hit] = []
    total = 0.0
    for bits, hit in sorted(held, key=lambda one: (-one[0], one[1].start, one[1].evidence)):
        said = {other.evidence for other in counted} & _SAID_BY.get(hit.evidence, set()) if one_person else set()
        if bits <= 0 or said or any(hit.start < other.end and other.start < hit.end for other in counted):
            continue
        counted.append(hit)
        total += bits
    return total, tuple(counted)
