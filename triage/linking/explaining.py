"""Gathers the reasons for and against one candidate, and says what parts it from the next likeliest."""

from dataclasses import dataclass

from triage.linking.columns.building import Register
from triage.linking.evidence import Evidence
from triage.linking.gathering import Gathered
from triage.linking.reasons import ORDER, Reason, reason_for
from triage.linking.scoring import AssociateFit, Scores
from triage.linking.spotting.roles import Role
from triage.linking.weighing.fits import Because
from triage.register.entries import Entry

_RANK = {evidence: place for place, evidence in enumerate(ORDER)}
_MOST_BESIDE = 4  # who are named in the sentence on them
_HIM = {"m": "him", "f": "her"}


@dataclass(frozen=True)
class Explained:
    """The reasons for one candidate and against."""

    entry: Entry
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]


def explain_person(person: int, text: str, found: Gathered, scores: Scores, register: Register) -> Explained:
    """Why a person: what fits them, what fits their group, who of their group is named with them."""
    entry = register.people[person]
    reasons = [_reason(one, text, entry, None) for one in _of_person(person, found)]
    for group in register.groups_of(person).tolist():
        for fit in found.group_fits:
            reasons += [reason_for(one, text, register.groups[group], entry) for one in fit.explain(group)]
        reasons += _associates(group, person, text, found, scores, register)
    return _sorted(entry, reasons)


def explain_group(
    group: int, members: list[int], text: str, found: Gathered, scores: Scores, register: Register
) -> Explained:
    """Why a group: what names it, what fits the likeliest of its people, who of it is named."""
    entry = register.groups[group]
    reasons = [reason_for(one, text, entry, None) for fit in found.group_fits for one in fit.explain(group)]
    for person in members:
        theirs = [one for one in _of_person(person, found) if not one.against]
        reasons += [reason_for(one, text, register.people[person], entry) for one in theirs]
    reasons += _associates(group, members[0] if members else -1, text, found, scores, register)
    return _sorted(entry, reasons)


def _of_person(person: int, found: Gathered) -> list[Because]:
    because = [one for fit in found.fits for one in fit.explain(person)]
    named = any(name.names(person) for name in found.names)
    for name in found.names:
        if name.said.role is Role.COMPANY:
            continue  # counted for the group alone
        place = name.at(person)
        span = found.said.text.span(name.said.first, name.said.last)
        of_another = name.is_somebodys and place >= 0 and not name.names(person)
        if of_another and named:
            continue  # his brother is named beside him
        if of_another and name.said.role is not Role.TOGETHER:
            because.append(Because(Evidence.FULL_NAME, span, "", against=True))
        if place >= 0 and name.bits[place] > 0:
            others, near = int(name.others[place]), bool(name.near[place])
            because.append(Because(name.evidence(place), span, "", others, near=near))
        elif name.said.role is Role.SUBJECT and name.said.sure > 0.8 and not name.said.also and not of_another:
            because.append(Because(Evidence.FULL_NAME, span, "", against=True))
    return because


def _associates(
    group: int, person: int, text: str, found: Gathered, scores: Scores, register: Register
) -> list[Reason]:
    reasons = []
    for one in scores.associates:
        other = _member(one, group, person, register)
        if other is not None and one.bits[group] > 0.5:
            span = found.said.text.span(one.name.said.first, one.name.said.last)
            near = bool(one.name.near[one.name.at(other)])
            because = Because(Evidence.ASSOCIATE, span, "", int(one.others[group]), near=near)
            reasons.append(reason_for(because, text, register.people[other], None))
    return reasons


def _member(one: AssociateFit, group: int, person: int, register: Register) -> int | None:
    """Who of a group the name of an associate fits best; None where nobody but `person` does."""
    best: tuple[float, int] | None = None
    for member in register.members_of(group).tolist():
        place = one.name.at(member) if member in one.owners else -1
        if member != person and place >= 0 and (best is None or one.name.bits[place] > best[0]):
            best = (float(one.name.bits[place]), member)
    return best[1] if best else None


def _reason(because: Because, text: str, entry: Entry, other_than: Entry | None) -> Reason:
    return reason_for(because, text, entry, other_than)


def _sorted(entry: Entry, reasons: list[Reason]) -> Explained:
    """The reasons in their order, each stretch of the text once."""
    ordered = sorted(reasons, key=lambda one: (_RANK[Evidence(one.evidence)], one.start, one.sentence))
    kept: list[Reason] = []
    for one in ordered:
        mine = [
            other for other in kept if other.against == one.against and one.start < other.end and other.start < one.end
        ]
        if not mine:
            kept.append(one)
    return Explained(entry, tuple(one for one in kept if not one.against), tuple(one for one in kept if one.against))


def named_beside(fellows: list[Entry]) -> str:
    """One sentence on who is named in the same report by words of their own; empty where nobody is."""
    if not fellows:
        return ""
    return f"Named as well, in words of their own: {', '.join(one.shown_name for one in fellows[:_MOST_BESIDE])}."


def runner_up_of(first: Explained, second: Explained) -> str:
    """One sentence on the next likeliest: what fits as well, what else does, and what of the first does not."""
    if not second.reasons:
        return ""
    mine, theirs = {_what(one) for one in first.reasons}, {_what(one) for one in second.reasons}
    lacking = [one for one in first.reasons if _what(one) not in theirs]
    own = [one for one in second.reasons if _what(one) not in mine]
    alike = {one.evidence for one in lacking} & {one.evidence for one in second.reasons}
    fits, number = _listed(list(second.reasons), alike)
    him = _HIM.get(getattr(second.entry, "sex", "")[:1].lower(), "them")
    sentence = (
        f"Next likeliest: {second.entry.shown_name}. {fits[:1].upper()}{fits[1:]} {'fits' if number == 1 else 'fit'}"
    )
    sentence += f" {him}" if own else f" {him} as well"
    if lacking:
        lacks, number = _listed(lacking, alike)
        sentence += f"; {lacks} {'does' if number == 1 else 'do'} not"
    return f"{sentence}."


def _what(reason: Reason) -> tuple[int, int, str]:
    return reason.start, reason.end, reason.evidence


def _listed(reasons: list[Reason], alike: set[str]) -> tuple[str, int]:
    """Kinds of evidence, at most three, and how many; of the kinds in `alike` the words are given too."""
    said = (f"the {one.evidence}" + (f" “{one.said}”" if one.evidence in alike else "") for one in reasons)
    words = list(dict.fromkeys(said))[:3]
    return (words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"), len(words)
