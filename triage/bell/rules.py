"""When the bell rings, when it calls somebody else, and the only words it ever says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Call(StrEnum):
    """Why somebody is called."""

    DANGER = "danger"
    UNANSWERED = "unanswered"
    TEST = "test"


# What stands on a stranger's telephone, and passes through whoever sends it there: no word, place, number or id.
SENTENCES = {
    Call.DANGER: "Quiet Word: a report may say that someone is in danger now. Sign in to triage and read it.",
    Call.UNANSWERED: "Quiet Word: nobody has answered the alarm yet. Someone may be in danger now. Sign in to triage.",
    Call.TEST: "Quiet Word: this is the daily test of the alarm. Nobody is in danger. There is nothing to do.",
}

TRY_AGAIN = timedelta(minutes=1)
TEST_AGAIN = timedelta(minutes=15)
# So long the form may promise a bell that has died without a word; it is renewed every minute.
VOUCHED_FOR = timedelta(minutes=5)
RENEWED = timedelta(minutes=1)


@dataclass(frozen=True)
class Pace:
    """How long between two calls, and how long until somebody else is called too."""

    repeat: timedelta
    escalate: timedelta


def calls_for_help(rings: int, pace: Pace) -> bool:
    """Whether, after this many calls that nobody answered, the second command is run as well.

    Counted and not timed: the hour of the first call would be the hour of a report.
    """
    return rings * pace.repeat >= pace.escalate


def is_due_for_test(now: datetime, tested_on: date | None, hour: int) -> bool:
    """Once a day, from an hour at which people are awake (`hour` of UTC); at once where there was no test ever."""
    return tested_on is None or (tested_on != now.date() and now.hour >= hour)


def has_come(now: datetime, when: datetime | None, at_most: timedelta) -> bool:
    """Whether a moment has come. One further off than it can have been set was set by a clock put right since."""
    return when is None or now >= when or when - now > at_most
