"""Prints each figure with its bar beside it and whether the bar was met."""

import os
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A figure to reach: `at_most` or `at_least`, in the unit of the figure."""

    at_most: float | None = None
    at_least: float | None = None

    def met_by(self, figure: float) -> bool:
        if self.at_most is not None:
            return figure <= self.at_most
        assert self.at_least is not None
        return figure >= self.at_least

    def __str__(self) -> str:
        return f"at most {self.at_most:g}" if self.at_most is not None else f"at least {self.at_least:g}"


class Table:
    """Lines of figures; remembers which bars were missed."""

    def __init__(self) -> None:
        self.missed: list[str] = []
        self._began = time.monotonic()

    def standing(self) -> str:
        """How long it has been going on and how busy the machine is: a figure of a busy one is no figure of ours."""
        load = os.getloadavg()[0]
        return f"{time.monotonic() - self._began:,.0f} s since the beginning, load average {load:.1f}"

    def heading(self, text: str) -> None:
        print(f"\n{text}\n{'-' * len(text)}\n  {self.standing()}", flush=True)

    def say(self, text: str) -> None:
        print(f"  {text}", flush=True)

    def miss(self, name: str, why: str) -> None:
        """A figure that could not be had."""
        self.missed.append(name)
        print(f"  {name:<52} NOT MET: {why}", flush=True)

    def figure(self, name: str, figure: float, unit: str, bar: Bar | None = None, beside: str = "") -> None:
        whole = abs(figure) >= 100 or figure == int(figure)
        shown = f"{figure:,.0f}" if whole else f"{figure:,.3f}" if abs(figure) < 1 else f"{figure:,.2f}"
        verdict = ""
        if bar is not None:
            met = bar.met_by(figure)
            verdict = f"{'met' if met else 'NOT MET'} ({bar})"
            if not met:
                self.missed.append(name)
        print(f"  {name:<52} {shown:>10} {unit:<9} {beside:<24} {verdict}".rstrip(), flush=True)
