"""What narrows and orders the results: nothing of it is a word of the search, so it may stand in an address."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from triage.intake.priority import Band
from triage.intake.reports import ReportState


class Part(StrEnum):
    """Which results are listed."""

    ALL = "all"
    PEOPLE = "people"
    GROUPS = "groups"
    REPORTS = "reports"


class Linked(StrEnum):
    """Whether officers have confirmed whom a report is about."""

    EITHER = "either"
    YES = "yes"
    NO = "no"


class Order(StrEnum):
    """What the reports are sorted by; the last tie is the random id."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    PRIORITY = "priority"


@dataclass(frozen=True)
class Narrowing:
    """No states means every state, no bands every band. Only `archived` concerns the register."""

    part: Part = Part.ALL
    states: tuple[ReportState, ...] = ()
    bands: tuple[Band, ...] = ()
    since: date | None = None
    until: date | None = None
    linked: Linked = Linked.EITHER
    archived: bool = False
    order: Order = Order.BEST
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether reports are left out."""
        return bool(self.states or self.bands or self.since or self.until or self.linked is not Linked.EITHER)
