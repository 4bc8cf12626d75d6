"""The people page's list: filtered, sorted and cut into pages, in plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from triage.officers.people import Person
from triage.officers.rules import OfficerState, Role
from triage.paging import cut, number_in

PER_PAGE = 50
# What a name sorts by; any comparable will do.
SORTS: dict[str, Callable[[Person], Any]] = {
    "name": lambda one: one.name.casefold(),
    "role": lambda one: one.role.value,
    "state": lambda one: one.state.value,
    "joined": lambda one: one.joined_on,
}


@dataclass(frozen=True)
class Listing:
    """What somebody asked to see, as the address says it."""

    state: OfficerState | None
    role: Role | None
    sort: str
    descending: bool
    page: int

    @classmethod
    def of(cls, *, state: str, role: str, sort: str, page: str) -> "Listing":
        """Read the address; what is not understood is left out."""
        name = sort.removeprefix("-")
        return cls(
            state=OfficerState(state) if state in set(OfficerState) else None,
            role=Role(role) if role in set(Role) else None,
            sort=name if name in SORTS else "name",
            descending=sort.startswith("-"),
            page=number_in(page, otherwise=1),
        )


@dataclass(frozen=True)
class Page:
    """One page of the list."""

    people: tuple[Person, ...]
    total: int
    page: int
    pages: int


def page_of(people: Sequence[Person], listing: Listing) -> Page:
    """The page that was asked for; those who left are shown only when asked for."""
    found = [one for one in people if _wanted(one, listing)]
    found.sort(key=lambda one: (one.name.casefold(), one.id))
    found.sort(key=SORTS[listing.sort], reverse=listing.descending)
    here = cut(len(found), PER_PAGE, page=listing.page)
    return Page(tuple(found[here.begins : here.begins + PER_PAGE]), len(found), here.page, here.pages)


def _wanted(one: Person, listing: Listing) -> bool:
    if listing.role is not None and one.role is not listing.role:
        return False
    if listing.state is None:
        return one.state is not OfficerState.LEFT
    return one.state is listing.state
