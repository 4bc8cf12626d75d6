"""When a sanitised text may leave: who could have known, what was found, and two people who agree."""

import hashlib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from uuid import UUID

from triage.errors import TriageError
from triage.grading.rules import Grade, Intelligence, Problem, Source, UngradableError, problems
from triage.sanitising.checks import Finding

# The parts of a grade that leave with a text; the others stand with the items and stay at the desk.
CONDITION_PARTS = frozenset({"handling", "instructions", "action", "sanction", "usage"})
NIL = UUID(int=0)


class Knowers(StrEnum):
    """How many people could have known this (domain.md §3). The value is what is kept."""

    ONE = "1"
    FEW = "2 to 5"
    SOME = "6 to 20"
    MANY = "many"
    PUBLIC = "public"

    @property
    def people(self) -> str:
        """As officers read it."""
        return _PEOPLE[self]

    @property
    def too_few(self) -> bool:
        """Whether release is blocked: the fact itself would name the teller."""
        return self in {Knowers.ONE, Knowers.FEW}


_PEOPLE = {
    Knowers.ONE: "One person",
    Knowers.FEW: "Two to five people",
    Knowers.SOME: "Six to twenty people",
    Knowers.MANY: "More than twenty people",
    Knowers.PUBLIC: "Everybody: it is public",
}


class DraftState(StrEnum):
    """Where a sanitised text stands."""

    DRAFT = "draft"
    SUBMITTED = "put forward"
    APPROVED = "agreed"
    RETURNED = "sent back"


# Its writer may still change it.
WRITABLE = frozenset({DraftState.DRAFT, DraftState.RETURNED})


class SanitisingError(TriageError):
    """A text that may not go on yet; the message says what to do, and `part` which part of it is meant, if one is."""

    def __init__(self, message: str, *, part: str = "") -> None:
        super().__init__(message)
        self.part = part


class UnreadWarningsError(SanitisingError):
    """There are warnings that whoever puts the text forward has not said they read."""

    def __init__(self) -> None:
        super().__init__(
            "Read each warning. Then tick that you have read them, and put the text forward again.",
            part="warnings_read",
        )


def require_writable(state: DraftState) -> None:
    """A text that was put forward or agreed is not changed under the second officer's eyes."""
    if state not in WRITABLE:
        raise SanitisingError("This text has been put forward. Ask for it to be sent back before you change it.")


def require_warnings_read(findings: Sequence[Finding], *, read: str | None) -> None:
    """A finding never blocks: it is the officers' choice, but nobody puts forward what they were not shown.

    `read` is the digest of the warnings that stood on the page when its box was ticked, or None where it was not.
    """
    if findings and read != digest_of(findings):
        raise UnreadWarningsError


def digest_of(findings: Sequence[Finding]) -> str:
    """Names these warnings, wherever in the text they stand; moving a sentence asks nobody to read again."""
    told = "\n".join(sorted({f"{one.kind.name}: {one.words.casefold()}" for one in findings}))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def require_answer(knowers: Knowers | None) -> Knowers:
    """A text may be kept half-way, but nobody puts it forward without having asked who could have known."""
    if knowers is None:
        raise SanitisingError("Choose how many people could have known this.", part="knowers")
    return knowers


def allowed_grades(of_items: Iterable[Grade]) -> tuple[tuple[Source, Intelligence], ...]:
    """What a text may be graded: as an item it came from, or 2/D. Sanitising makes nobody more reliable."""
    pairs = {(one.source, one.intelligence) for one in of_items}
    return tuple(sorted(pairs | {(Source.UNTESTED, Intelligence.NOT_KNOWN)}))


def require_text_grade(grade: Grade, of_items: Iterable[Grade]) -> None:
    """Raises UngradableError with all that keeps the grade of a text from standing."""
    found = [one for one in problems(grade, report_id=NIL, is_anonymous=False) if one.part in CONDITION_PARTS]
    if (grade.source, grade.intelligence) not in allowed_grades(of_items):
        sentence = f"No item of this report is graded {grade.source}/{grade.intelligence}. Choose a grade that one has"
        found.insert(0, Problem("grade", sentence))
    if found:
        raise UngradableError(tuple(found))


def require_second_person(drafted_by: UUID, reviewer: UUID) -> None:
    """Whoever drafts never approves (domain.md §3)."""
    if drafted_by == reviewer:
        raise SanitisingError("You wrote this text, so another officer must agree to it.")


def require_release(knowers: Knowers, *, may_override: bool, override_reason: str) -> None:
    """Five people or fewer could have known: only a supervisor may let it go, and says why."""
    if not knowers.too_few:
        return
    few = f"{knowers.people} could have known this, and no more"
    if not may_override:
        raise SanitisingError(f"{few}, so it must not leave. Send it back to be made less exact, or ask a supervisor.")
    if not override_reason.strip():
        raise SanitisingError(f"{few}. Enter why it may leave all the same, or send it back.", part="override_reason")
