"""Suggests whom a report is about, and says why. `Matcher` is the seam that everything else stands on."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import Protocol
from uuid import UUID

import numpy as np

from triage.linking.columns.building import NO_GROUP, Register, build_register
from triage.linking.evidence import Evidence, mark_of
from triage.linking.explaining import Explained, explain_group, explain_person, named_beside, runner_up_of
from triage.linking.fellows import are_fellows
from triage.linking.gathering import Gathered, find_all, gather
from triage.linking.mentions import Mention, mentions_in
from triage.linking.reading import read
from triage.linking.reasons import Reason
from triage.linking.scoring import Scores, score
from triage.linking.spotting.beginnings import Beginnings
from triage.register.entries import Entry

# What is shown to officers, by the posterior of the group (of a person in no group, of the person): below it a
# stranger is about as likely. Of each entry shown, what it must itself reach.
SHOW, SHOW_BESIDE = 0.6, 0.04
STRONG, FAIR = 0.9, 0.45
MOST_RANKED = 60
FEWEST_SHARE = 0.6  # one of a group is singled out who has this share of its posterior


class Strength(StrEnum):
    """How far a suggestion is borne out. Never a percentage: the register is not the world."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


ORDER = {Strength.STRONG: 0, Strength.FAIR: 1, Strength.WEAK: 2}


@dataclass(frozen=True)
class Suggestion:
    """A person or a group a report may be about, with every reason; for a group, `group_id` is its own.

    `runner_up` is a sentence on who is named beside and one on the next likeliest, empty where there are none.
    `posterior` (0 to 1) is for ordering and calibration alone: what officers see is the strength in words.
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

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """The likeliest whether or not they are near enough to be suggested: never for a page by themselves."""
        ...

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """What in the text to mark for the reader."""
        ...


@dataclass(frozen=True)
class _Ranked:
    """A person or group by number, its own posterior, and that of the group it stands or falls with."""

    number: int
    is_group: bool
    chance: float
    unsexed: float  # what its own would be had nobody written `he` or `she`
    of_group: float
    named_by: int = 0  # the names that are plainly theirs, as `fellows` numbers them


class RegisterMatcher:
    """Finds what the text says, weighs it by counts on the register, and adds it up (`gathering`, `scoring`)."""

    def __init__(self, entries: Iterable[tuple[UUID, Entry]], *, today: date | None = None) -> None:
        self._register: Register = build_register(entries)
        self._begin = Beginnings.of(self._register)
        self._today = today

    @classmethod
    def over(cls, register: Register) -> "RegisterMatcher":
        """One over columns that were built already."""
        matcher = cls(())
        matcher._register, matcher._begin = register, Beginnings.of(register)
        return matcher

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `Matcher`: only what reaches the shipped threshold."""
        ranked, found, scores = self._rank(text)
        if max((one.of_group for one in ranked), default=0.0) < SHOW:
            return ()
        shown = [one for one in ranked if one.chance >= SHOW_BESIDE][:limit]
        return self._suggestions(shown, text, found, scores)

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `Matcher`: whether or not they reach the shipped threshold."""
        ranked, found, scores = self._rank(text)
        return self._suggestions(ranked[:limit], text, found, scores)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """See `Matcher`: what the register knows, plates and numbers of any owner, and who is no subject."""
        return mentions_in(find_all(read(text), self._register, self._begin, self._now()), self._register)

    def _now(self) -> date:
        return self._today or datetime.now(UTC).date()

    def _rank(self, text: str) -> tuple[list[_Ranked], Gathered, Scores]:
        register = self._register
        found = gather(read(text, heed_case=False), register, self._begin, self._now())
        scores = score(found, register)
        chance_of = dict(zip(scores.groups.tolist(), scores.group_chances.tolist(), strict=True))
        best: dict[int, _Ranked] = {}
        ranked: list[_Ranked] = []
        groups: list[_Ranked] = []
        first_group = max(chance_of, key=lambda group: (chance_of[group], -group), default=NO_GROUP)
        for place in np.argsort(-scores.chances, kind="stable")[:MOST_RANKED].tolist():
            person, chance = int(scores.people[place]), float(scores.chances[place])
            group = int(register.group_of[person])
            of_group = chance_of.get(group, 0.0) if group != NO_GROUP else chance
            unsexed, named_by = float(scores.unsexed[0][place]), int(scores.named_by[place])
            one = _Ranked(person, False, chance, unsexed, of_group, named_by)
            best.setdefault(group, one)
            ranked.append(one)
        for place in np.argsort(-scores.group_chances, kind="stable")[:MOST_RANKED].tolist():
            group, chance = int(scores.groups[place]), float(scores.group_chances[place])
            likeliest = best.get(group)
            is_first = group == first_group and bool(ranked) and group not in register.groups_of(ranked[0].number)
            if likeliest is not None and are_fellows(likeliest.named_by, ranked[0].named_by):
                is_first = False  # both are named, and neither stands behind the other
            if likeliest is None or likeliest.chance < FEWEST_SHARE * chance or is_first:
                groups.append(_Ranked(group, True, chance, float(scores.unsexed[1][place]), chance))
        ranked += groups
        ranked.sort(key=lambda one: (-round(one.chance, 6), not one.is_group, one.number))
        return ranked, found, scores

    def _suggestions(self, ranked: list[_Ranked], text: str, found: Gathered, scores: Scores) -> tuple[Suggestion, ...]:
        groups_of = lru_cache(maxsize=MOST_RANKED)(self._register.groups_of)
        explained = [self._explained(one, text, found, scores, groups_of) for one in ranked]
        suggested = []
        for place, (one, why) in enumerate(zip(ranked, explained, strict=True)):
            if not why.reasons:
                continue
            rivals = [other for other in range(len(ranked)) if other != place and self._rivals(one, ranked[other])]
            fellows = [other for other in range(len(ranked)) if are_fellows(one.named_by, ranked[other].named_by)]
            beside = named_beside([explained[other].entry for other in fellows])
            runner_up = runner_up_of(why, explained[rivals[0]]) if place == 0 and rivals else ""
            suggested.append(self._suggestion(one, why, f"{beside} {runner_up}".strip()))
        return tuple(suggested)

    def _rivals(self, one: _Ranked, other: _Ranked) -> bool:
        return one.is_group == other.is_group and not are_fellows(one.named_by, other.named_by)

    def _explained(
        self, one: _Ranked, text: str, found: Gathered, scores: Scores, groups_of: Callable[[int], Collection[int]]
    ) -> Explained:
        if one.is_group:
            likeliest = map(int, scores.people[np.argsort(-scores.chances, kind="stable")[:MOST_RANKED]])
            members = (person for person in likeliest if one.number in groups_of(person))
            return explain_group(one.number, list(islice(members, 1)), text, found, scores, self._register)
        return explain_person(one.number, text, found, scores, self._register)

    def _suggestion(self, one: _Ranked, why: Explained, runner_up: str) -> Suggestion:
        register = self._register
        if one.is_group:
            entry_id, entry, group_id = (
                register.group_ids[one.number],
                register.groups[one.number],
                register.group_ids[one.number],
            )
        else:
            group = int(register.group_of[one.number])
            entry_id, entry = register.person_ids[one.number], register.people[one.number]  # type: ignore[assignment]
            group_id = register.group_ids[group] if group != NO_GROUP else None  # type: ignore[assignment]
        return Suggestion(
            entry_id=entry_id,
            group_id=group_id,
            kind=entry.kind.value,
            name=entry.shown_name,
            strength=_strength(one),
            reasons=why.reasons,
            spans=tuple(
                Mention(mark_of(Evidence(reason.evidence)), reason.evidence, reason.start, reason.end)
                for reason in why.reasons
            ),
            against=why.against,
            runner_up=runner_up,
            posterior=one.chance,
        )


def _strength(one: _Ranked) -> Strength:
    """The word for a posterior; a pronoun alone carries nobody to *strong*."""
    if min(one.chance, one.unsexed) >= STRONG:
        return Strength.STRONG
    return Strength.FAIR if one.chance >= FAIR else Strength.WEAK
