"""What can come of a referral (domain.md §6), and what each code asks for."""

from dataclasses import dataclass
from enum import StrEnum

from triage.errors import TriageError


class OutcomeCode(StrEnum):
    """The codes a team records."""

    OBS = "OBS"
    OBN = "OBN"
    REA = "REA"
    PSP = "PSP"
    SAF = "SAF"
    PAR = "PAR"
    ENF = "ENF"
    DIS = "DIS"
    DEV = "DEV"
    DUP = "DUP"
    MAL = "MAL"
    NFA = "NFA"
    RTN = "RTN"
    ESC = "ESC"


MEANINGS: dict[OutcomeCode, str] = {
    OutcomeCode.OBS: "Seen and corroborated",
    OutcomeCode.OBN: "Nothing seen",
    OutcomeCode.REA: "Reassurance given",
    OutcomeCode.PSP: "Problem-solving plan",
    OutcomeCode.SAF: "Safeguarding",
    OutcomeCode.PAR: "Partner action",
    OutcomeCode.ENF: "Enforcement",
    OutcomeCode.DIS: "Disruption",
    OutcomeCode.DEV: "To be developed",
    OutcomeCode.DUP: "Known already",
    OutcomeCode.MAL: "Suspected malicious",
    OutcomeCode.NFA: "No further action",
    OutcomeCode.RTN: "Returned to the desk",
    OutcomeCode.ESC: "Escalated",
}

POSITIVE = frozenset({OutcomeCode.OBS, OutcomeCode.SAF, OutcomeCode.PAR, OutcomeCode.ENF, OutcomeCode.DIS})

# What was seen starts a new report; why nothing was done, or why one doubts it, has to be said.
NEEDS_WORDS = frozenset({OutcomeCode.OBS, OutcomeCode.NFA, OutcomeCode.MAL, OutcomeCode.RTN, OutcomeCode.ESC})


class OutcomeError(TriageError):
    """An outcome that cannot be recorded as it is."""


@dataclass(frozen=True)
class NewOutcome:
    """What a team member records: a code and their own words."""

    code: OutcomeCode
    words: str = ""

    def __post_init__(self) -> None:
        if self.code in NEEDS_WORDS and not self.words.strip():
            raise OutcomeError(_WANTED.get(self.code, "Say why."))


_WANTED = {
    OutcomeCode.OBS: "Enter what you saw: it can become a report of its own.",
    OutcomeCode.NFA: "Enter why nothing more will be done.",
    OutcomeCode.MAL: "Enter why you doubt it. Do not try to find out who sent it.",
    OutcomeCode.RTN: "Enter why you return it.",
    OutcomeCode.ESC: "Enter to whom it was escalated and why.",
}
