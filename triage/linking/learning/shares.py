"""A share of so many with the range that chance alone gives it."""

from dataclasses import dataclass
from math import sqrt

Z = 1.96  # nineteen times of twenty
FEWEST_SHOWN = 25  # a share of fewer is not shown by names


@dataclass(frozen=True)
class Share:
    """How many of how many, with the interval of Wilson (1927) that holds the true share nineteen times of twenty."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def is_told(self) -> bool:
        """Whether there are enough for a share by names to be shown."""
        return self.of >= FEWEST_SHOWN

    @property
    def low(self) -> float:
        return self._end(-1)

    @property
    def high(self) -> float:
        return self._end(1)

    def _end(self, side: int) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        whole = 1 + Z * Z / self.of
        middle = self.value + Z * Z / (2 * self.of)
        spread = Z * sqrt(self.value * (1 - self.value) / self.of + Z * Z / (4 * self.of * self.of))
        return min(1.0, max(0.0, (middle + side * spread) / whole))
