"""The rules of 3x5x2 grading, as our domain notes take them from the national definitions.

Plain Python: what is claimed to corroborate, and whether the report came without a name, is handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from triage.errors import TriageError


class Source(StrEnum):
    """How far the source can be relied on."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Intelligence(StrEnum):
    """How the source knows."""

    KNOWN_DIRECTLY = "A"
    CORROBORATED = "B"
    KNOWN_INDIRECTLY = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(StrEnum):
    """Whether it may be shared."""

    LAWFUL_SHARING = "P"
    WITH_CONDITIONS = "C"


class Action(StrEnum):
    """What a recipient may do; stands only under conditional sharing."""

    COVERT_DEVELOPMENT = "A1"
    COVERT_USE = "A2"
    OVERT_USE = "A3"


class Sanction(StrEnum):
    """Who must agree first; stands only under conditional sharing."""

    DELEGATED_AUTHORITY = "S1"
    CONSULT_ORIGINATOR = "S2"


class Nature(StrEnum):
    """Facts are kept apart from what somebody thinks (DPA 2018 s.38(2))."""

    FACT = "fact"
    CLAIM = "claim"
    OPINION = "opinion"


class Category(StrEnum):
    """Who somebody is in an item (DPA 2018 s.38(3)); one person can be several."""

    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS = "witness"
    OTHER = "other"


SINGLE_ANONYMOUS = "Single anonymous report: no action on this alone."
NO_MUTUAL_CORROBORATION = (
    "Two anonymous reports do not corroborate each other. They may be one person, or two people repeating one rumour."
)
ONE_RECEIPT = "Both came with one receipt: the reporter says so. They are one origin, and neither bears the other out."
FIRST_INSTRUCTIONS = "The text could show who sent it. Do not quote it, and do not share it beyond the named recipient."
ONE_IS_IMPOSSIBLE = "Not possible here: nobody knows who sent this report, so nobody can have tested them."


@dataclass(frozen=True)
class Grade:
    """One grade of one item, as an officer gives it; `problems` says whether it may stand."""

    source: Source = Source.UNTESTED
    intelligence: Intelligence = Intelligence.NOT_KNOWN
    handling: Handling = Handling.LAWFUL_SHARING
    action: Action | None = None
    sanction: Sanction | None = None
    instructions: str = ""
    usage: str = ""
    source_reason: str = ""
    basis: str = ""
    corroborated_by: UUID | None = None
    rationale: str = ""
    risk: str = ""

    @property
    def code(self) -> str:
        """As it is written on a report: 2/D/P, or 2/D/C A1 S2."""
        conditions = [code.value for code in (self.action, self.sanction) if code is not None]
        return " ".join([f"{self.source}/{self.intelligence}/{self.handling}", *conditions])

    @property
    def is_single_anonymous(self) -> bool:
        """2/D carries its banner wherever it goes (domain.md §2, rule 7)."""
        return self.source is Source.UNTESTED and self.intelligence is Intelligence.NOT_KNOWN


@dataclass(frozen=True)
class CorroboratingItem:
    """An item of another report that may bear this one out."""

    item_id: UUID
    report_id: UUID
    is_anonymous: bool
    intelligence: Intelligence
    words: str = ""
    why: str = ""
    same_origin: bool = False
    same_receipt: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with a grade: which part, and the sentence that says what to do."""

    part: str
    sentence: str


class UngradableError(TriageError):
    """A grade that may not stand."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(f"{problem.sentence}." for problem in problems))
        self.problems = problems


def default_grade(*, could_identify_sender: bool) -> Grade:
    """2/D/P for a report from nobody; 2/D/C when its text could tell who sent it (rule 1)."""
    if not could_identify_sender:
        return Grade()
    return Grade(
        handling=Handling.WITH_CONDITIONS,
        instructions=FIRST_INSTRUCTIONS,
    )


def problems(
    grade: Grade, *, report_id: UUID, is_anonymous: bool, corroborating: CorroboratingItem | None = None
) -> tuple[Problem, ...]:
    """Everything that keeps a grade from standing, in the order of the page; nothing when it may stand.

    `corroborating` is the item that `grade.corroborated_by` names, looked up by the caller.
    """
    found = [
        *_source_problems(grade, is_anonymous=is_anonymous),
        *_intelligence_problems(grade, report_id, corroborating, is_anonymous=is_anonymous),
        *_handling_problems(grade),
    ]
    return tuple(found)


def require_gradable(
    grade: Grade, *, report_id: UUID, is_anonymous: bool, corroborating: CorroboratingItem | None = None
) -> None:
    """Raise UngradableError with every problem, if there is any."""
    found = problems(grade, report_id=report_id, is_anonymous=is_anonymous, corroborating=corroborating)
    if found:
        raise UngradableError(found)


def why_not_corroborating(item: CorroboratingItem, *, report_id: UUID, is_anonymous: bool) -> str | None:
    """The sentence that says why an item bears nothing out here, or None when it does (rule 4)."""
    if item.report_id == report_id:
        return "It is in the same report"
    if item.same_receipt:
        return ONE_RECEIPT.rstrip(".")
    if item.is_anonymous and is_anonymous:
        return NO_MUTUAL_CORROBORATION.rstrip(".")
    if item.same_origin:
        return "It seems to have the same origin: one repeats the other"
    if item.intelligence is not Intelligence.KNOWN_DIRECTLY:
        return f"It is graded {item.intelligence}, and only an item graded A corroborates"
    return None


def _source_problems(grade: Grade, *, is_anonymous: bool) -> list[Problem]:
    if grade.source is Source.RELIABLE and is_anonymous:
        return [Problem("source", "Choose 2 or 3: an anonymous source cannot have been found reliable")]
    if grade.source is Source.NOT_RELIABLE and not grade.source_reason.strip():
        return [Problem("source_reason", "Enter why the source is not reliable")]
    return []


def _intelligence_problems(
    grade: Grade, report_id: UUID, corroborating: CorroboratingItem | None, *, is_anonymous: bool
) -> list[Problem]:
    match grade.intelligence:
        case Intelligence.KNOWN_DIRECTLY | Intelligence.KNOWN_INDIRECTLY:
            if not grade.basis.strip():
                sentence = "Enter the words of the report that show how the source knows, such as “says they saw it”"
                return [Problem("basis", sentence)]
        case Intelligence.CORROBORATED:
            if grade.corroborated_by is None or corroborating is None:
                return [Problem("corroborated_by", "Choose the item of another origin, graded A, that corroborates it")]
            if corroborating.item_id != grade.corroborated_by:
                return [Problem("corroborated_by", "Choose the corroborating item again")]
            why_not = why_not_corroborating(corroborating, report_id=report_id, is_anonymous=is_anonymous)
            if why_not is not None:
                return [Problem("corroborated_by", f"Choose another item. {why_not}")]
        case Intelligence.SUSPECTED_FALSE:
            missing = []
            if not grade.rationale.strip():
                missing.append(Problem("rationale", "Enter why you suspect that it is false"))
            if not grade.risk.strip():
                missing.append(
                    Problem("risk", "Enter a risk assessment: who could be hurt if it is false, or if it is not")
                )
            return missing
        case Intelligence.NOT_KNOWN:
            pass
    return []


def _handling_problems(grade: Grade) -> list[Problem]:
    found: list[Problem] = []
    if grade.handling is Handling.LAWFUL_SHARING:
        if grade.action is not None or grade.sanction is not None:
            found.append(Problem("handling", "Choose C to set conditions: A and S codes stand only under C"))
        return found
    if not grade.instructions.strip():
        found.append(Problem("instructions", "Enter the conditions on sharing"))
    if grade.action is None:
        found.append(Problem("action", "Choose what a recipient may do: A1, A2 or A3"))
    if grade.sanction is None:
        found.append(Problem("sanction", "Choose who must agree first: S1 or S2"))
    if grade.action is Action.OVERT_USE and not grade.usage.strip():
        found.append(Problem("usage", "Enter how it may be used overtly"))
    return found


def grade_to_body(grade: Grade) -> dict[str, str]:
    """A grade as it is sealed: only what was filled in."""
    body = {name: str(value) for name, value in vars(grade).items() if value not in (None, "")}
    return dict(sorted(body.items()))


def grade_from_body(body: Mapping[str, str]) -> Grade:
    """The same grade again."""
    return Grade(
        source=Source(body["source"]),
        intelligence=Intelligence(body["intelligence"]),
        handling=Handling(body["handling"]),
        action=Action(body["action"]) if "action" in body else None,
        sanction=Sanction(body["sanction"]) if "sanction" in body else None,
        instructions=body.get("instructions", ""),
        usage=body.get("usage", ""),
        source_reason=body.get("source_reason", ""),
        basis=body.get("basis", ""),
        corroborated_by=UUID(body["corroborated_by"]) if "corroborated_by" in body else None,
        rationale=body.get("rationale", ""),
        risk=body.get("risk", ""),
    )
