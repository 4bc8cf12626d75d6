"""Officers' search over 100,000 sealed reports: how long the words take to be read, how much memory they take, and how
long one search takes, from the officer's keys to the opened page. The register is searched beside it, in memory.
"""

import json
import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from bench.invented.__main__ import write
from bench.table import Bar, Table
from config import TriageSettings
from envelope.padding import REPORT_BUCKETS
from envelope.vault import open_with_passphrase
from triage.commands.instance import bring_databases_up
from triage.database import CaseSession, Database
from triage.intake.models import ReportRow
from triage.intake.priority import Band
from triage.intake.reports import ReportState
from triage.keys.records import seal_row
from triage.keys.service import desk_id
from triage.linking.interchange import read_register
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock
from triage.register.unlocked import Kept, Unlocked
from triage.search.held import wait_until_read
from triage.search.narrowing import Linked, Narrowing, Order, Part
from triage.search.query import read_query
from triage.search.register import EntryHit, _in_order, _postings
from triage.search.service import find, record_search, results_page

REPORTS = 100_000
TOLD = 10_000  # invented tellings, of which each report is made of one to six
PEOPLE, GROUPS, SEED = 100_000, 5_000, 2026
A_TIME = 1_000
SEARCHES = 120
MOST_SECONDS = 180
SEARCH_BAR = Bar(at_most=1_000)
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
NARROWINGS = (
    Narrowing(),
    Narrowing(part=Part.REPORTS, order=Order.PRIORITY, states=(ReportState.NEW, ReportState.OPEN)),
    Narrowing(part=Part.REPORTS, order=Order.NEWEST, bands=(Band.ROUTINE,), page=40),
    Narrowing(linked=Linked.NO),
)


@dataclass(frozen=True)
class Told:
    """What officers would search for, taken from what was written."""

    texts: Sequence[str]
    searches: Sequence[str]


def measure(table: Table, folder: Path) -> None:
    """Fill a case database with sealed reports and search it; then search a register of the same size."""
    random.seed(SEED)
    folder.mkdir()
    register = write(folder, people=PEOPLE, groups=GROUPS, reports=TOLD, seed=SEED, splits=("development",))
    told = _told(folder / "reports_development.jsonl")
    table.heading(f"Search over {REPORTS:,} sealed reports")
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "search")})
    bring_databases_up(settings)
    database = Database.open(settings)
    officer = _officer(database, settings)
    begin = time.perf_counter()
    for number in range(0, REPORTS, A_TIME):
        with database.begin() as session:
            compartment = desk_id(session)
            for _ in range(number, number + A_TIME):
                _keep(session, " ".join(random.choices(told.texts, k=random.randint(1, 6))), compartment, officer)
    table.figure("a report sealed for this", (time.perf_counter() - begin) / REPORTS * 1000, "ms")
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
    entries = {one_id: Kept(one_id, compartment, 1, today, entry) for one_id, entry in read_register(register)}
    copy = Unlocked(compartment, 1, entries, {})
    before, begin = _resident_mib(), time.perf_counter()
    postings = _postings(copy)
    table.figure("its words read", time.perf_counter() - begin, "s")
    table.figure("memory that they take", _resident_mib() - before, "MiB")
    seconds: list[float] = []
    for words in told.searches[:SEARCHES]:
        start = time.perf_counter()
        query = read_query(words)
        looked = postings.look(query)
        _in_order([EntryHit(one, entries[one].entry.kind, copy, near) for one, near in looked.texts.items()], query)
        seconds.append(time.perf_counter() - start)
    _figures(table, "one search of it", seconds)


def _figures(table: Table, name: str, seconds: Sequence[float]) -> None:
    cut = quantiles(seconds, n=100)
    table.figure(f"{name}, p50", cut[49] * 1000, "ms")
    table.figure(f"{name}, p95", cut[94] * 1000, "ms", SEARCH_BAR)
    table.figure(f"{name}, the slowest", max(seconds) * 1000, "ms")


def _told(path: Path) -> Told:
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    said = [str(value) for line in lines for value in line["said"].values() if 3 <= len(str(value)) <= 60]
    common = ("the", "car", "he sells drugs from the house", "“school gate”", "tony", "mahm*", "on the street at night")
    searches = [*common, *random.sample(said, SEARCHES)]
    random.shuffle(searches)
    return Told([line["text"] for line in lines], searches)


def _officer(database: Database, settings: TriageSettings) -> Officer:
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
    people = [NewOfficer(role.value, role.name, role, PASSPHRASE) for role in roles]
    with database.begin() as session:
        enrolment = found_force(session, settings, people).enrolments[0]
    with database.begin() as session:
        row = session.get_one(OfficerRow, enrolment.officer_id)
        return unlock(session, row, open_with_passphrase(row.locked_seed, PASSPHRASE))


def _keep(session: CaseSession, what: str, compartment: UUID, officer: Officer) -> None:
    """A report as triage seals it; `triage.intake` would also ring bells and write a line for each."""
    today = datetime.now(UTC).date()
    row = ReportRow(
        id=uuid4(),
        compartment_id=compartment,
        state=random.choice(list(ReportState)).value,
        band=random.choice((1, 2, 3, 3, 3)),
        danger=False,
        received_on=today - timedelta(days=random.randrange(700)),
        first_read_on=None,
        retain_until=today + timedelta(days=90),
    )
    nothing: dict[str, object] = {"mailbox": None, "because": [], "history": []}
    body = {"language": "en", "answers": {"what": what}, **nothing}
    seal_row(session, row, body, by=officer, guards=[compartment], buckets=REPORT_BUCKETS)
    officer.keys.forget(row.data_key_id)


def _resident_mib() -> float:
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
