"""Texts made to be slow, read and explained against 100,000 people: the slowest counts, for one holds up a desk.

`python -m bench --only evil`; `--register FILE` for another register in the format of `linking evaluate`.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.evil_texts import MOST_MS, evil_texts
from bench.table import Bar, Table
from triage.linking.interchange import read_register
from triage.linking.matching import RegisterMatcher

AGAIN = 2  # runs of a text that missed the bar, of which the quickest counts: what else the machine does is none of it
SLOWEST_SHOWN = 3
MOST_SECONDS = 90  # of them all: at the bar each they take about half a minute


@dataclass(frozen=True)
class Run:
    """One text, and how long it took in milliseconds: on the clock, and of the processor."""

    name: str
    clock: float
    processor: float


def measure(table: Table, register: Path, matcher: RegisterMatcher | None = None) -> None:
    """Read every text for who is meant, with reasons, and for what to mark, as a report's page does.

    `matcher` is that of the register where there is one already.
    """
    table.heading("Linking: texts that are made to be slow")
    table.say("the register is read …")
    entries = list(read_register(register))
    matcher = matcher or RegisterMatcher(entries)
    texts = evil_texts(entries)
    table.say(f"{len(texts)} texts of up to 20,000 characters …")
    runs = runs_of(texts.items(), matcher)
    slowest = sorted(runs, key=lambda run: -run.clock)
    beside = f"CPU {slowest[0].processor:,.0f} ms"
    table.figure(f"slowest of {len(runs)}, “{slowest[0].name}”", slowest[0].clock, "ms", Bar(at_most=MOST_MS), beside)
    for run in slowest[1:SLOWEST_SHOWN]:
        table.figure(f"then “{run.name}”", run.clock, "ms", beside=f"CPU {run.processor:,.0f} ms")
    table.figure("middle of them", slowest[len(slowest) // 2].clock, "ms")
    table.figure("texts not reached in time", len(texts) - len(runs), "", Bar(at_most=0))


def runs_of(texts: Iterable[tuple[str, str]], matcher: RegisterMatcher) -> list[Run]:
    """How long each text takes; it stops after MOST_SECONDS, and what was not reached is not there."""
    ends = time.monotonic() + MOST_SECONDS
    found = []
    for name, text in texts:
        if time.monotonic() > ends:
            break
        run = _run(name, text, matcher)
        if run.clock > MOST_MS:
            run = min((run, *(_run(name, text, matcher) for _ in range(AGAIN))), key=lambda one: one.clock)
        found.append(run)
    return found


def _run(name: str, text: str, matcher: RegisterMatcher) -> Run:
    clock, processor = time.perf_counter(), time.process_time()
    matcher.suggest(text)
    matcher.mentions(text)
    return Run(name, (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000)
