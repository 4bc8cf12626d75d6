"""Why a record goes, what happened to it, and how long a backup of keys opens: plain Python."""

from datetime import date, timedelta
from enum import StrEnum

# Promise 14: seven days after a key was destroyed, no backup of ours opens what it opened.
KEY_BACKUP_DAYS = 7
# The ids of destroyed keys are kept well past the last backup that could bring one of them back.
DESTROYED_IDS_KEPT_DAYS = 60
NEAR_DAYS = 30


class Kind(StrEnum):
    """What was disposed of."""

    REPORT = "report"
    ENTRY = "entry"


class Ground(StrEnum):
    """Why it went. The text is what the certificate says."""

    PERIOD_OVER = "period over"
    REVIEWED = "reviewed"
    EARLY = "early erasure"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Ground.PERIOD_OVER: "The period for which such a record is kept was over, and nothing had come of it.",
    Ground.REVIEWED: "Its period was over, and an officer reviewed it and decided not to keep it.",
    Ground.EARLY: "It was erased before its period was over: one officer proposed it, and another approved.",
}


class DisposalState(StrEnum):
    """How far a disposal is. One that is agreed is carried on by whoever comes next, after a crash too.

    It is destroyed at once, and done when it can be certified: the intake key of its day is destroyed too.
    """

    AGREED = "agreed"
    DESTROYED = "destroyed"
    DONE = "done"


def key_backup_opens_until(made_on: date) -> date:
    """The first day on which a backup of keys made that day opens nothing, its day key being destroyed."""
    return made_on + timedelta(days=KEY_BACKUP_DAYS)
