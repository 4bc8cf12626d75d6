"""Lists of owners by key, packed into two arrays: what sets of Python numbers would hold in ten times the memory."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Bits = npt.NDArray[np.float32]
NONE: Numbers = np.empty(0, np.int32)


def each_once(numbers: Numbers) -> Numbers:
    """The numbers in rising order, each once: by sorting, which for short lists beats what numpy does by hashing."""
    if len(numbers) < 2:
        return numbers
    rising = np.sort(numbers)
    first = np.empty(len(rising), np.bool_)
    first[0] = True
    np.not_equal(rising[1:], rising[:-1], out=first[1:])
    return rising[first]


class Postings:
    """From a key to the numbers noted under it, in rising order and each once."""

    def __init__(self) -> None:
        self._keys: dict[str, int] = defaultdict(count().__next__)  # a key that is new gets the next number
        self._of_key = array("i")
        self._noted = array("i")
        self._starts: Numbers = NONE
        self._owners: Numbers = NONE

    def note(self, key: str, owner: int) -> None:
        """Note an owner under a key; only before `finish`."""
        self._of_key.append(self._keys[key])
        self._noted.append(owner)

    def note_all(self, keys: Iterable[Iterable[str]], codes: Numbers, owners: Numbers) -> None:
        """Note many owners: `keys` gives those of each code, `codes` which it is for each of the `owners`."""
        made = [[self._keys[key] for key in some] for some in keys]
        lengths = np.array([len(some) for some in made], np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        flat = np.array([key for some in made for key in some], np.int32)
        counts = lengths[codes]
        ends = np.cumsum(counts)
        places = np.arange(counts.sum()) - np.repeat(ends - counts, counts) + np.repeat(starts[codes], counts)
        self._of_key.frombytes(flat[places].tobytes())
        self._noted.frombytes(np.repeat(owners, counts).astype(np.int32).tobytes())

    def note_each(self, keys: Sequence[str], codes: Numbers, owners: Numbers) -> None:
        """Note many owners: `keys` gives the one key of each code, empty for none, and the rest is as in `note_all`."""
        made = np.fromiter(map(self._keys.__getitem__, keys), np.int32, len(keys))[codes]
        none = self._keys.pop("", None)  # what it stood under stays free
        kept = slice(None) if none is None else made != none
        self._of_key.frombytes(made[kept].tobytes())
        self._noted.frombytes(owners[kept].astype(np.int32).tobytes())

    def finish(self) -> None:
        """Pack what was noted."""
        self._keys = dict(self._keys)
        keys = np.array(self._of_key, np.int64)
        pairs = np.sort((keys << 32) | np.array(self._noted, np.int64))
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
        self._owners = (pairs & 0xFFFFFFFF).astype(np.int32)
        counts = np.bincount((pairs >> 32).astype(np.int64), minlength=max(self._keys.values(), default=-1) + 1)
        self._starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self._of_key, self._noted = array("i"), array("i")

    def of(self, key: str) -> Numbers:
        """The owners noted under a key, in rising order; empty where there are none."""
        number = self._keys.get(key)
        return NONE if number is None else self._owners[self._starts[number] : self._starts[number + 1]]

    def of_any(self, keys: Iterable[str]) -> Numbers:
        """The owners noted under any of the keys, in rising order."""
        found = [owners for owners in map(self.of, keys) if len(owners)]
        return NONE if not found else found[0] if len(found) == 1 else each_once(np.concatenate(found))

    def count(self, key: str) -> int:
        """How many owners a key has."""
        number = self._keys.get(key)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def keys(self) -> Iterable[str]:
        """Every key."""
        return self._keys.keys()
