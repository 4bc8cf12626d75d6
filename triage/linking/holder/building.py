"""One sub-index in the making: entries are noted while they arrive, and the columns are packed when all are there."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from triage.linking.columns.building import Register
from triage.linking.holder.background import SOON
from triage.linking.matching import Matcher, RegisterMatcher
from triage.register.bodies import Stored, read_stored
from triage.register.bulk import in_bulk

A_TIME = 500
NOTED_SHARE = 0.5  # of a building from texts, once every entry is noted

Progress = Callable[[float], None]


class Building:
    """The register of a matcher, as far as entries were noted. They come in the order of their ids, and each once."""

    def __init__(self) -> None:
        self._register = Register()
        self._last = ""
        self.noted = 0
        self.is_in_order = True

    def note(self, ids: Sequence[str], stored: Sequence[Stored], texts: Sequence[bytes]) -> None:
        """Note entries that were read: each by its id, what it says, and the text that it was read from."""
        if not ids:
            return
        self.is_in_order = self.is_in_order and self._last < ids[0]
        self._last = ids[-1]
        self.noted += len(ids)
        self._register.add(ids, stored, texts)

    def finish(self) -> Matcher:
        """The matcher of what was noted."""
        with in_bulk(self.noted > SOON):
            self._register.finish()
        return RegisterMatcher.over(self._register)


def build_matcher(
    texts: Iterable[tuple[str, bytes]], count: int, *, progress: Progress = lambda _share: None
) -> Matcher:
    """The matcher of these texts, by their ids in rising order; `progress` hears how far it is, 0 to 1.

    Raises:
        BodyError: a text is not of an entry.
    """
    building, left = Building(), iter(texts)
    with in_bulk(count > SOON):
        while some := list(islice(left, A_TIME)):
            stored = [read_stored(text) for _, text in some]
            building.note([one for one, _ in some], stored, [text for _, text in some])
            progress(NOTED_SHARE * min(1.0, building.noted / max(1, count)))
    matcher = building.finish()
    progress(1.0)
    return matcher
