"""What a referral asks of a team, and the states it goes through (domain.md §6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from triage.errors import TriageError

# A team that has not answered by then is asked again, or the referral goes to another.
DAYS_TO_RETURN = 28
LONGEST_EMBARGO_DAYS = 180
LONGEST_RETURN_DAYS = 365
# No vowels and nothing that looks like something else: a number is read out over the radio.
NUMBER_LETTERS = "BCDFGHJKMPQRTVWXYZ2346789"


class Ask(StrEnum):
    """What a team is asked to do. The value is what they read."""

    OBSERVE = "Observe on patrol"
    REASSURE = "Reassurance"
    SOLVE = "Problem-solving"
    SAFEGUARD = "Safeguarding check"
    PARTNER = "Partner visit"
    GAP = "Fill an intelligence gap"
    NO_OVERT_ACTION = "No overt action before the embargo ends"


class LawfulPurpose(StrEnum):
    """Why the personal data may go to this team (DPA 2018 s.31 and s.35)."""

    PREVENT = "Prevention or detection of crime"
    INVESTIGATE = "Investigation of an offence"
    SAFEGUARD = "Protection of a person at risk"
    SAFETY = "Threats to public security"


class Marking(StrEnum):
    """Government Security Classifications: the second is a marking within OFFICIAL, not a tier."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class ReferralState(StrEnum):
    """Where a referral stands. The value is what officers read."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "outcome recorded"
    RETURNED = "returned"


# What a referral may never be followed by, on every one (domain.md §3).
STANDING_DO_NOTS = (
    "Do not quote this text, and do not say that somebody spoke.",
    "Do not visit or telephone anybody you think may have spoken.",
    "Do not try to find out where it came from.",
)


class ReferralError(TriageError):
    """A referral that may not go as it is; `part` names the part of it that is meant, if one is."""

    def __init__(self, message: str, *, part: str = "") -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class Terms:
    """When a team may act, and when it must answer. Dates only."""

    embargo_until: date | None
    expires_on: date

    def check(self, today: date) -> None:
        """Raises ReferralError with the sentence to show."""
        if self.expires_on > today + timedelta(days=LONGEST_RETURN_DAYS):
            raise ReferralError(f"Choose a return date within {LONGEST_RETURN_DAYS} days.", part="expires_on")
        if self.embargo_until is not None and self.embargo_until < today:
            raise ReferralError(
                "The embargo ends before today. Choose a later date, or leave it empty.", part="embargo_until"
            )
        if self.embargo_until is not None and self.embargo_until > today + timedelta(days=LONGEST_EMBARGO_DAYS):
            raise ReferralError(f"Choose an embargo of {LONGEST_EMBARGO_DAYS} days or less.", part="embargo_until")
        if self.expires_on <= (self.embargo_until or today):
            raise ReferralError("Choose a return date after today and after the embargo.", part="expires_on")


def require_asks(asks: Sequence[Ask], terms: Terms) -> None:
    """Raises ReferralError where nothing is asked, or what is asked has no end."""
    if not asks:
        raise ReferralError("Choose at least one thing to ask of the team.", part="asks")
    if Ask.NO_OVERT_ACTION in asks and terms.embargo_until is None:
        raise ReferralError(
            "Enter the last day of the embargo, or do not ask for no overt action.", part="embargo_until"
        )


def is_embargoed(embargo_until: date | None, today: date) -> bool:
    """Whether overt action is still forbidden: the last day of an embargo is a day of it."""
    return embargo_until is not None and today <= embargo_until


_MOVES = {
    ReferralState.SENT: {ReferralState.ACKNOWLEDGED, ReferralState.RETURNED},
    ReferralState.ACKNOWLEDGED: {ReferralState.ANSWERED, ReferralState.RETURNED},
    # A team may find more: each outcome is added, none is changed.
    ReferralState.ANSWERED: {ReferralState.ANSWERED, ReferralState.RETURNED},
    ReferralState.RETURNED: set(),
}


def require_move(now: ReferralState, to: ReferralState) -> None:
    """Raises ReferralError for a step the state machine does not have."""
    if to in _MOVES[now]:
        return
    if now is ReferralState.SENT:
        raise ReferralError("Acknowledge this referral first, so that the desk knows it has been read.")
    raise ReferralError(f"This referral is already “{now}”.")


def number_of(letters: str) -> str:
    """A referral's own number from eight random letters: it counts nothing and so tells nothing."""
    return f"QW-{letters[:4]}-{letters[4:8]}"
