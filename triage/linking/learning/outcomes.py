"""What came of each suggestion, read from the decisions about a report: plain values in, plain values out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.linking.decisions import Decision, Suggested, Verdict
from triage.linking.matching import Strength
from triage.register.entries import Kind


@dataclass(frozen=True)
class Outcome:
    """What came of one suggestion.

    `right` is None where nobody decided about it. `blind` is whether it was decided before anything was suggested, so
    that the suggestion had no part in it. `posterior` is the matcher's own, before any calibration.
    """

    report_id: UUID
    entry_id: UUID
    kind: str
    strength: Strength
    posterior: float
    right: bool | None
    blind: bool
    decided_on: date


@dataclass(frozen=True)
class Nearest:
    """What the matcher had of a report: whether it suggested anybody; if not, the likeliest and whether that was right.

    `posterior` is 0 where nobody came near; `is_right` is as strict as it can be: somebody said so.
    """

    suggested: bool
    posterior: float = 0.0
    is_right: bool = False


@dataclass(frozen=True)
class Settled:
    """A report that was decided before anything was suggested: whether somebody was meant, and was not suggested.

    `nearest` is None where a decision did not keep it.
    """

    report_id: UUID
    somebody: bool
    missed: bool
    decided_on: date
    nearest: Nearest | None = None


@dataclass(frozen=True)
class Learnt:
    """Everything that decisions say of suggestions."""

    outcomes: tuple[Outcome, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def blind(self) -> tuple[Outcome, ...]:
        """Those decided before anything was suggested."""
        return tuple(one for one in self.outcomes if one.blind and one.right is not None)

    @property
    def shown(self) -> tuple[Outcome, ...]:
        """Those decided with the suggestion on the page."""
        return tuple(one for one in self.outcomes if not one.blind and one.right is not None)

    def between(self, since: date | None, until: date | None) -> "Learnt":
        """What was decided in these days, both counted."""

        def inside(day: date) -> bool:
            return (since is None or day >= since) and (until is None or day <= until)

        return Learnt(
            tuple(one for one in self.outcomes if inside(one.decided_on)),
            tuple(one for one in self.settled if inside(one.decided_on)),
        )


def learnt_from(decisions: Iterable[Decision]) -> Learnt:
    """The outcomes in the decisions of many reports; `decisions` of one report are in order, see `in_order`."""
    by_report: dict[UUID, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_report[one.report_id].append(one)
    outcomes: list[Outcome] = []
    settled: list[Settled] = []
    for each in by_report.values():
        first = each[0]
        if first.blind:
            whole, found = _blind(each)
            settled += [whole] if whole else []
            outcomes += found
        else:
            outcomes += _shown(each)
    return Learnt(tuple(outcomes), tuple(settled))


def _blind(decisions: list[Decision]) -> tuple[Settled | None, list[Outcome]]:
    """A report first decided without suggestions. Where what was said then no longer stands, it is as any other."""
    first = decisions[0]
    confirmed = {one.entry_id: one for one in _standing(decisions, Verdict.CONFIRMED)}
    unseen = {one.entry_id for one in confirmed.values() if one.blind}
    if not first.answered:
        return None, []
    if not unseen and not any(one.blind for one in _standing(decisions, Verdict.NOBODY)):
        return None, _shown(decisions)
    suggested = {one.entry_id: one for one in first.suggested}
    missed = bool(unseen) and not unseen & (suggested.keys() | {one.group_id for one in first.suggested})
    day = max(one.decided_on for one in decisions if one.stands)
    found = []
    for one in first.suggested:
        right, blind = _is_right(one, confirmed, suggested)
        found.append(_outcome(first.report_id, one, right, blind, day))
    return Settled(first.report_id, bool(unseen), missed, day, _nearest(first, confirmed)), found


def _nearest(first: Decision, confirmed: Mapping[UUID | None, Decision]) -> Nearest | None:
    if first.near is None:
        return None
    if not first.near:
        return Nearest(suggested=bool(first.suggested))
    near = {one.entry_id: one for one in first.near}
    likeliest = max(first.near, key=lambda one: one.posterior)
    right, unseen = _is_right(likeliest, confirmed, near)
    return Nearest(suggested=False, posterior=likeliest.posterior, is_right=bool(right) and unseen)


def _is_right(
    one: Suggested, confirmed: Mapping[UUID | None, Decision], suggested: Mapping[UUID, Suggested]
) -> tuple[bool | None, bool]:
    """Whether a suggestion was right, and whether that was said before it was seen.

    One of a group confirmed makes the group right. The group alone confirmed leaves its people open, and somebody
    confirmed whom nothing suggested may be of any group.
    """
    if one.entry_id in confirmed:
        return True, confirmed[one.entry_id].blind
    if one.kind == Kind.GROUP:
        inside = [said for entry, said in confirmed.items() if entry in suggested and _in(suggested, entry, one)]
        if inside:
            return True, inside[0].blind
        if any(entry not in suggested and said.kind is Kind.PERSON for entry, said in confirmed.items()):
            return None, False
    elif one.group_id in confirmed:
        return None, False
    return False, True


def _in(suggested: Mapping[UUID, Suggested], entry: UUID | None, group: Suggested) -> bool:
    return entry is not None and suggested[entry].group_id == group.entry_id


def _shown(decisions: list[Decision]) -> list[Outcome]:
    """A report whose suggestions were on the page: each as it stands, with those nobody decided about."""
    said = {one.entry_id: one.verdict is Verdict.CONFIRMED for one in decisions if one.stands and one.entry_id}
    found: dict[UUID, Outcome] = {}
    for decision in decisions:
        for one in decision.suggested or _own(decision):
            right = said.get(one.entry_id)
            found[one.entry_id] = _outcome(decision.report_id, one, right, False, decision.decided_on)
    return list(found.values())


def _own(decision: Decision) -> tuple[Suggested, ...]:
    """What a decision says that was kept before whole lists were."""
    if decision.entry_id is None or decision.posterior is None or decision.strength is None or decision.kind is None:
        return ()
    kind = decision.kind.value
    return (Suggested(decision.entry_id, None, kind, decision.posterior, decision.strength),)


def _outcome(report_id: UUID, one: Suggested, right: bool | None, blind: bool, day: date) -> Outcome:
    return Outcome(report_id, one.entry_id, one.kind, one.strength, one.posterior, right, blind, day)


def _standing(decisions: list[Decision], verdict: Verdict) -> list[Decision]:
    return [one for one in decisions if one.stands and one.verdict is verdict]
