"""Officers' search over 100,000 sealed reports, graded and linked as a desk has them.

How long the words take to be read, how much memory they take, and how long one search takes, from the officer's keys to
the opened page. The register is searched beside it, in memory.
"""

import json
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from bench.invented.__main__ import write
from bench.sealed_reports import Filled, founded, keep
from bench.table import Bar, Table
from config import TriageSettings
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.intake.priority import Band
from triage.intake.reports import ReportState
from triage.keys.service import desk_id
from triage.linking.interchange import read_register
from triage.officers.officer import Officer
from triage.register.kept import kept_entry
from triage.register.unlocked import Unlocked
from triage.search.entry_words import read_entry_words
from triage.search.errors import SearchError
from triage.search.held import wait_until_read
from triage.search.narrowing import Linked, Narrowing, Order, Part
from triage.search.query import read_query
from triage.search.register import EntryHit, _in_order
from triage.search.service import find, record_search, results_page

REPORTS = 100_000
TOLD = 10_000  # invented tellings, of which each report is made of one to six
PEOPLE, GROUPS, SEED = 100_000, 5_000, 2026
A_TIME = 1_000
SEARCHES = 120
MOST_SECONDS = 180
SEARCH_BAR = Bar(at_most=1_000)
CHANGED, CHANGED_BAR = 100, Bar(at_most=1)
NARROWINGS = (
    Narrowing(),
    Narrowing(part=Part.REPORTS, order=Order.PRIORITY, states=(ReportState.NEW, ReportState.OPEN)),
    Narrowing(part=Part.REPORTS, order=Order.NEWEST, bands=(Band.ROUTINE,), page=40),
    Narrowing(linked=Linked.NO),
    Narrowing(part=Part.REPORTS, linked=Linked.YES),
)


@dataclass(frozen=True)
class Told:
    """What officers would search for, taken from what was written."""

    texts: Sequence[str]
    searches: Sequence[str]
    entries: Sequence[UUID]


def measure(table: Table, folder: Path) -> None:
    """Fill a case database with sealed reports and search it; then search a register of the same size."""
    random.seed(SEED)
    folder.mkdir()
    register = write(folder, people=PEOPLE, groups=GROUPS, reports=TOLD, seed=SEED, splits=("development",))
    told = _told(folder / "reports_development.jsonl", [one for one, _ in read_register(register)])
    table.heading(f"Search over {REPORTS:,} sealed reports")
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "search")})
    bring_databases_up(settings)
    database = Database.open(settings)
    officer, filled = founded(database, settings), Filled()
    begin = time.perf_counter()
    for number in range(0, REPORTS, A_TIME):
        with database.begin() as session:
            texts = [" ".join(random.choices(told.texts, k=random.randint(1, 6))) for _ in range(A_TIME)]
            keep(session, texts, told.entries, filled, by=officer)
        if (number + A_TIME) % (10 * A_TIME) == 0:
            table.say(f"{number + A_TIME:,} of {REPORTS:,} reports sealed ({table.standing()})")
    table.figure("a report sealed for this", (time.perf_counter() - begin) / REPORTS * 1000, "ms")
    table.say(f"{filled.decisions:,} decisions, {filled.confirmed:,} links confirmed, {filled.gradings:,} gradings")
    _search_reports(table, database, officer, told)
    database.dispose()
    table.heading(f"Search over a register of {PEOPLE:,} people")
    _search_register(table, register, told)


def _search_reports(table: Table, database: Database, officer: Officer, told: Told) -> None:
    before, begin = _resident_mib(), time.perf_counter()
    with database.look() as session:
        first = find(session, read_query("tony"), Narrowing(), by=officer)
        table.figure("the first search, while the words are being read", (time.perf_counter() - begin) * 1000, "ms")
        wait_until_read(session, desk_id(session), MOST_SECONDS)
    table.figure("all of them read", time.perf_counter() - begin, "s", beside=f"{first.reports.percent} % at once")
    table.figure("memory that the words take", _resident_mib() - before, "MiB")
    seconds: list[float] = []
    found = 0
    for number in range(SEARCHES):
        narrowing = NARROWINGS[number % len(NARROWINGS)]
        start = time.perf_counter()
        with database.look() as session:
            hits = find(session, read_query(told.searches[number]), narrowing, by=officer)
            results_page(session, hits, narrowing, by=officer)
        with database.begin() as session:
            record_search(session, hits, narrowing, by=officer)
        seconds.append(time.perf_counter() - start)
        found += bool(hits.reports.hits)
    _figures(table, "one search with its page", seconds)
    table.figure("searches that found a report", found / SEARCHES, "", beside=f"of {SEARCHES}")


def _search_register(table: Table, register: Path, told: Told) -> None:
    today = datetime.now(UTC).date()
    compartment = uuid4()
    entries = {one_id: kept_entry(one_id, compartment, 1, today, entry) for one_id, entry in read_register(register)}
    copy = Unlocked(compartment, 1, entries, {})
    before, begin = _resident_mib(), time.perf_counter()
    known = read_entry_words(copy)
    table.figure("its words read", time.perf_counter() - begin, "s")
    table.figure("memory that they take", _resident_mib() - before, "MiB")
    seconds: list[float] = []
    for words in told.searches[:SEARCHES]:
        start = time.perf_counter()
        query = read_query(words)
        looked = known.postings.look(query)
        _in_order([EntryHit(one, entries[one].entry.kind, copy, near) for one, near in looked.texts.items()], query)
        seconds.append(time.perf_counter() - start)
    _figures(table, "one search of it", seconds)
    some = list(entries.values())[-CHANGED:]
    changed = {kept.id: replace(kept, version=2) for kept in some}
    later = Unlocked(compartment, 2, {**entries, **changed}, {}, copy.carried)
    begin = time.perf_counter()
    read_entry_words(later)
    table.figure(
        f"brought up to date when {CHANGED} entries have changed", time.perf_counter() - begin, "s", CHANGED_BAR
    )


def _figures(table: Table, name: str, seconds: Sequence[float]) -> None:
    cut = quantiles(seconds, n=100)
    table.figure(f"{name}, p50", cut[49] * 1000, "ms")
    table.figure(f"{name}, p95", cut[94] * 1000, "ms", SEARCH_BAR)
    table.figure(f"{name}, the slowest", max(seconds) * 1000, "ms")


def _told(path: Path, entries: Sequence[UUID]) -> Told:
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    said = [str(value) for line in lines for value in line["said"].values() if 3 <= len(str(value)) <= 60]
    common = ("the", "car", "he sells drugs from the house", "“school gate”", "tony", "mahm*", "on the street at night")
    searches = [*common, *random.sample([one for one in said if _may_be_asked(one)], SEARCHES)]
    random.shuffle(searches)
    return Told([line["text"] for line in lines], searches, entries)


def _may_be_asked(words: str) -> bool:
    try:
        read_query(words)
    except SearchError:
        return False
    return True


def _resident_mib() -> float:
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
