"""What the page shows on which an officer decides whom a report is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from triage.intake.reports import CaseReport
from triage.linking.decisions import Decision, Verdict
from triage.linking.marks import Beside, Marks
from triage.linking.matching import Strength
from triage.register.browsing import Listing


@dataclass(frozen=True)
class LinkPage:
    """A report, its marks, every decision about it with the oldest first, and how many were suggested in all.

    `marks.suggestions` has the confirmed entries first, then what is suggested and still open.
    """

    report: CaseReport
    decisions: tuple[Decision, ...]
    names: Mapping[UUID, str]
    marks: Marks
    suggested: int

    @property
    def standing(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.stands)

    @property
    def confirmed(self) -> tuple[tuple[Decision, Beside], ...]:
        """The confirmed entries, each with what spoke for it when it was confirmed."""
        decisions = [one for one in self.standing if one.verdict is Verdict.CONFIRMED]
        return tuple(zip(decisions, self.marks.suggestions, strict=False))

    @property
    def rejected(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.standing if one.verdict is Verdict.REJECTED)

    @property
    def nobody(self) -> Decision | None:
        """The decision that nobody on the register is meant, where it stands."""
        return next((one for one in self.standing if one.verdict is Verdict.NOBODY), None)

    @property
    def undecided(self) -> tuple[Beside, ...]:
        """What is suggested and nobody has decided about, the likeliest first."""
        return self.marks.suggestions[len(self.confirmed) :]

    @property
    def borne_out(self) -> tuple[Beside, ...]:
        return tuple(one for one in self.undecided if one.suggestion.strength is not Strength.WEAK)

    @property
    def weak(self) -> tuple[Beside, ...]:
        return tuple(one for one in self.undecided if one.suggestion.strength is Strength.WEAK)

    @property
    def decided(self) -> Mapping[UUID, Verdict]:
        """What stands about each entry."""
        return {one.entry_id: one.verdict for one in self.standing if one.entry_id is not None}

    def offers_group(self, one: Beside) -> bool:
        """Whether the group of a suggested person can be confirmed here, and stands nowhere else on the page."""
        group = one.suggestion.group_id
        elsewhere = {other.suggestion.entry_id for other in self.undecided} | self.decided.keys()
        return group is not None and group not in elsewhere

    def singles_out(self, group_id: UUID) -> bool:
        """Whether somebody of this group is strongly suggested beside it."""
        strong = (one.suggestion for one in self.undecided if one.suggestion.strength is Strength.STRONG)
        return any(one.group_id == group_id and one.kind == "person" for one in strong)

    def entry_ids(self, found: Listing | None) -> set[UUID]:
        """Every entry the page speaks of."""
        suggested = [one.suggestion for one in self.marks.suggestions]
        ids = {one.entry_id for one in suggested} | {one.group_id for one in suggested if one.group_id}
        ids |= {one.entry_id for one in self.decisions if one.entry_id}
        return ids | {line.id for line in (found.lines if found else ())}
