"""One sub-index: the entries of one compartment and the matcher made of them, whichever process it stands in."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from triage.linking.holder.background import SOON
from triage.linking.matching import Matcher, RegisterMatcher
from triage.register.bulk import in_bulk
from triage.register.entries import Entry

# The matcher is given its entries one by one and then puts them in order, which takes about as long again.
GIVEN_SHARE = 0.5
STEPS = 50

Progress = Callable[[float], None]


def build_matcher(
    entries: Iterable[tuple[UUID, Entry]], count: int, *, progress: Progress = lambda _share: None
) -> Matcher:
    """The matcher of these entries, as `for_matching` gives them; `progress` hears how far it is, 0 to 1."""
    with in_bulk(count > SOON):
        matcher = RegisterMatcher(_counted(entries, max(1, count), progress))
    progress(1.0)
    return matcher


def _counted(entries: Iterable[tuple[UUID, Entry]], count: int, progress: Progress) -> Iterator[tuple[UUID, Entry]]:
    every = max(1, count // STEPS)
    for number, one in enumerate(entries):
        if number % every == 0:
            progress(GIVEN_SHARE * number / count)
        yield one
    progress(GIVEN_SHARE)
