"""A rising curve through what came out: isotonic regression by pooling adjacent violators (Ayer and others, 1955)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Point:
    """Something observed: where on the scale, what came out (0 to 1), and as how many observations it counts."""

    at: float
    value: float
    weight: float = 1.0


@dataclass(frozen=True)
class Block:
    """Points that share one value, from the lowest to the highest of them."""

    low: float
    high: float
    value: float
    weight: float

    def with_next(self, other: "Block") -> "Block":
        """Both as one, at their weighted mean."""
        weight = self.weight + other.weight
        mean = (self.value * self.weight + other.value * other.weight) / weight
        return Block(self.low, other.high, mean, weight)


@dataclass(frozen=True)
class Curve:
    """Never falls: level within a block, a straight line from one to the next, level beyond the ends."""

    knots: tuple[tuple[float, float], ...]

    def __call__(self, at: float) -> float:
        if not self.knots:
            return at
        after = bisect_right(self.knots, at, key=lambda knot: knot[0])
        if after == 0 or after == len(self.knots):
            return self.knots[max(0, after - 1)][1]
        (left, low), (right, high) = self.knots[after - 1 : after + 1]
        return low + (high - low) * (at - left) / (right - left)


def pool(points: Iterable[Point]) -> tuple[Block, ...]:
    """The best rising steps through the points, by weighted squares; those at one place are one from the start."""
    blocks: list[Block] = []
    for at, same in groupby(sorted(points, key=lambda one: one.at), key=lambda one: one.at):
        here = list(same)
        weight = sum(one.weight for one in here)
        blocks.append(Block(at, at, sum(one.value * one.weight for one in here) / weight, weight))
        while len(blocks) > 1 and blocks[-2].value >= blocks[-1].value:
            last = blocks.pop()
            blocks[-1] = blocks[-1].with_next(last)
    return tuple(blocks)


def curve_through(points: Iterable[Point]) -> Curve:
    """The curve of `pool`; no points give the scale itself."""
    return Curve(tuple((at, one.value) for one in pool(points) for at in dict.fromkeys((one.low, one.high))))
