"""What a sanitised text is: the words that may leave, their own grade, and how it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from triage.grading.rules import Grade, grade_from_body, grade_to_body
from triage.sanitising.rules import WRITABLE, DraftState, Knowers, SanitisingError

LONGEST_TEXT = 20_000
LONGEST_LIST = 40


def without_provenance(grade: Grade) -> Grade:
    """The codes and conditions of a grade alone, as they may leave with a text."""
    return Grade(
        source=grade.source,
        intelligence=grade.intelligence,
        handling=grade.handling,
        action=grade.action,
        sanction=grade.sanction,
        instructions=grade.instructions,
        usage=grade.usage,
    )


@dataclass(frozen=True)
class DraftText:
    """What the drafting officer writes: the text, its own grade, and how many could have known.

    Every free word a team will read stands here, so that the second officer agrees to all of it; a referral adds
    only codes and dates. `harmless_names` stay at the desk: they are what the checks look for.
    """

    text: str
    grade: Grade
    knowers: Knowers | None = None
    request: str = ""
    risk_notes: str = ""
    do_not: tuple[str, ...] = ()
    harmless_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # Why the source is not reliable, or which item bears it out, is provenance and never leaves (rule 6).
        object.__setattr__(self, "grade", without_provenance(self.grade))
        if not self.text.strip():
            raise SanitisingError("Enter the text that may leave.", part="text")
        if len(self.everything_that_leaves()) > LONGEST_TEXT:
            raise SanitisingError(f"Shorten what would leave to {LONGEST_TEXT:,} characters or fewer, all together.")
        if max(len(self.do_not), len(self.harmless_names)) > LONGEST_LIST:
            raise SanitisingError(f"Give {LONGEST_LIST} lines or fewer in each list.")

    def everything_that_leaves(self) -> str:
        """All free words a team would read, a paragraph each; the conditions on sharing are among them."""
        words = (
            self.text,
            self.request,
            self.risk_notes,
            *self.do_not,
            self.grade.instructions,
            self.grade.usage,
        )
        return "\n\n".join(part.strip() for part in words if part.strip())

    def to_body(self) -> dict[str, Any]:
        """For the sealed body (JSON, hence Any)."""
        return {
            "text": self.text,
            "grade": grade_to_body(self.grade),
            "knowers": self.knowers.value if self.knowers else "",
            "request": self.request,
            "risk_notes": self.risk_notes,
            "do_not": list(self.do_not),
            "harmless_names": list(self.harmless_names),
        }

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> "DraftText":
        """Read what `to_body` wrote."""
        return cls(
            text=body["text"],
            grade=grade_from_body(body["grade"]),
            knowers=Knowers(body["knowers"]) if body["knowers"] else None,
            request=body["request"],
            risk_notes=body["risk_notes"],
            do_not=tuple(body["do_not"]),
            harmless_names=tuple(body["harmless_names"]),
        )


@dataclass(frozen=True)
class Draft:
    """A sanitised text as pages show it.

    `note` is the second officer's, `override_reason` a supervisor's. `seen` stands for exactly this state of it: a
    page that was drawn from it gives it back, so that nobody writes over, or agrees to, what they have not read.
    """

    id: UUID
    report_id: UUID
    version: int
    state: DraftState
    content: DraftText
    note: str
    override_reason: str
    drafted_by: UUID
    drafted_on: date
    reviewed_by: UUID | None
    reviewed_on: date | None
    seen: str

    @property
    def is_agreed(self) -> bool:
        return self.state is DraftState.APPROVED

    @property
    def is_waiting(self) -> bool:
        return self.state is DraftState.SUBMITTED

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE
