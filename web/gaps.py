"""A page that is drawn once for each way it can look, and then has only its gaps filled: what differs each time.

Drawing a page of thirty sentences takes longer than sealing and storing a report.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

from markupsafe import escape

# Not a word of any language, and nothing that escaping changes.
_GAP = re.compile("qw-gap-([a-z0-9]+)-qw")
MOST_KEPT = 64


def gap(name: str) -> str:
    """What a template is given in place of a value that differs each time; `name` is of small letters and digits."""
    return f"qw-gap-{name}-qw"


@dataclass(frozen=True)
class Drawn:
    """A page in pieces: fixed text and names of gaps by turns, beginning and ending with text."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, page: str) -> "Drawn":
        """The page that a template made of `gap`s."""
        return cls(tuple(_GAP.split(page)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with every gap filled; the values are escaped."""
        return "".join(str(escape(values[piece])) if place % 2 else piece for place, piece in enumerate(self.pieces))


class DrawnPages:
    """The pages of one template, by everything that their fixed text depends on; past MOST_KEPT the oldest goes."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Drawn] = {}
        self._lock = Lock()

    def page(self, look: Hashable, draw: Callable[[], str]) -> Drawn:
        """The page of this look. `draw` must depend on `look` alone: whoever comes next sees what it gave."""
        drawn = self._kept.get(look)
        if drawn is None:
            drawn = Drawn.of(draw())
            with self._lock:
                while len(self._kept) >= MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[look] = drawn
        return drawn
