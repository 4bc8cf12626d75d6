"""A referral as the desk writes it and as a team and the desk read it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.grading.rules import Grade
from triage.officers.officer import Team
from triage.referral.rules import (
    Ask,
    LawfulPurpose,
    Marking,
    ReferralState,
    Terms,
    require_asks,
)


@dataclass(frozen=True)
class NewReferral:
    """What a referral adds to the agreed text: codes and dates, and no word of its own."""

    team_id: UUID
    asks: tuple[Ask, ...]
    purpose: LawfulPurpose
    marking: Marking
    terms: Terms

    def __post_init__(self) -> None:
        require_asks(self.asks, self.terms)


@dataclass(frozen=True)
class Referral:
    """A referral as the team and the desk read it. Nothing in it says which report it came from."""

    id: UUID
    number: str
    team: Team
    state: ReferralState
    marking: Marking
    purpose: LawfulPurpose
    grade: Grade
    text: str
    request: str
    risk_notes: str
    asks: tuple[Ask, ...]
    do_not: tuple[str, ...]
    embargo_until: date | None
    expires_on: date
    referred_by: UUID
    referred_on: date
    embargoed: bool
    overdue: bool

    @property
    def is_new(self) -> bool:
        return self.state is ReferralState.SENT

    @property
    def takes_outcomes(self) -> bool:
        return self.state in {ReferralState.ACKNOWLEDGED, ReferralState.ANSWERED}


@dataclass(frozen=True)
class ReferralPage:
    """One page of a list of referrals; `page` counts from 1."""

    items: tuple[Referral, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Origin:
    """Where a referral came from: for the desk alone."""

    report_id: UUID
    draft_id: UUID
