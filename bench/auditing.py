"""The audit log at length: written, verified whole and since a checkpoint, and searched, on SQLite in one process.

    python -m bench.auditing --lines 20000000 --folder DIR     hours, and about 25 GB; `make bench` takes 100,000

DIR is kept, and gone on from: `--steps fill` may be stopped and begun again, `--steps verify,search` takes what is
there.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import quantiles
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from bench.audit_filling import A_COMMIT, DAYS, RARE, Plan, fill, plan_of
from bench.table import Bar, Table
from config import TriageSettings
from envelope.signing import SigningKey
from envelope.vault import open_with_passphrase
from triage.audit.acts import Act
from triage.audit.models import AuditHeadRow
from triage.audit.reading import Wanted
from triage.audit.service import record
from triage.audit.summaries import Sealed, keep_summaries
from triage.audit.tree import TILE_LINES, Tree
from triage.audit.verify import Progress
from triage.commands.instance import bring_databases_up
from triage.database import CaseSession, Database
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock
from triage.officers.witness import verify_audit_log
from triage.oversight.log import reader_of

T = TypeVar("T")
BOUNDED = 100_000
RECORDED = 500
A_TIME = 10_000
SIGNATURES = 2_000
PEOPLE = "people.json"
LOOKS = 40
A_PART = 16  # summaries made between two commits
STEPS = ("fill", "verify", "search")
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
SEARCH_BAR, RECORD_BAR = Bar(at_most=1000), Bar(at_least=100)


def measure(table: Table, folder: Path, lines: int = BOUNDED, steps: Sequence[str] = STEPS) -> None:
    table.heading(f"The audit log: {lines:,} lines, SQLite, {os.cpu_count()} processors")
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "audit")})
    bring_databases_up(settings)
    database = Database.open(settings)
    try:
        officers = _officers(database, settings, folder)
        plan = plan_of(database, officers, lines, folder)
        if "fill" in steps:
            _write_one_by_one(table, database, officers)
            _fill(table, database, settings, plan)
        if "verify" in steps:
            _verify(table, database, settings)
        if "search" in steps:
            _search(table, database, plan, officers, folder)
        table.figure("memory at its most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "MB")
    finally:
        database.dispose()


def _write_one_by_one(table: Table, database: Database, officers: tuple[Officer, ...]) -> None:
    def write() -> None:
        for _ in range(RECORDED):
            with database.begin() as session:
                record(session, Act.OPENED, uuid4(), by=officers[0])

    seconds, _ = _timed(write)
    table.figure("acts recorded, each committed to the disk", RECORDED / seconds, "a second", RECORD_BAR)


def _fill(table: Table, database: Database, settings: TriageSettings, plan: Plan) -> None:
    began, before, size = time.perf_counter(), 0, 0
    for size in fill(database, settings, plan, os.cpu_count() or 1):
        before = before or size
        if size % 1_000_000 < A_COMMIT:
            table.say(f"{size:,} lines, {table.standing()}")
    if size > before:
        table.figure("lines made and signed in bulk", (size - before) / (time.perf_counter() - began), "a second")
        table.figure("database, for each line", _size_of(settings) / size, "bytes")


def _verify(table: Table, database: Database, settings: TriageSettings) -> None:
    """One process is held against the processor's time, which others on the machine take nothing of."""
    with database.look() as session:
        size = session.scalars(select(AuditHeadRow.size)).one()
        begin = Progress(Tree(session).frontier(max(0, size - BOUNDED)))
        before = time.process_time()
        found = verify_audit_log(session, settings, begin=begin)
        one = (time.process_time() - before) / (found.lines - found.begun_at)
    if not found.holds:
        raise SystemExit(f"The bench wrote a log that does not hold: {found.problems[0]}")
    table.figure("lines verified, one process, of its time", 1 / one, "a second")
    signature = _a_signature()
    table.figure("of which the signature, whatever else is done", 100 * signature / one, "%")
    processes = os.cpu_count() or 1
    with database.look() as session:
        seconds, found = _timed(lambda: verify_audit_log(session, settings, processes=processes))
    table.figure(f"{found.lines:,} lines verified, {processes} processes", found.lines / seconds, "a second")
    table.figure("20 million lines at that speed", 20_000_000 / (found.lines / seconds) / 60, "min")
    with database.look() as session:
        since = Progress(Tree(session).frontier(max(0, size - A_TIME)))
        seconds, _ = _timed(lambda: verify_audit_log(session, settings, begin=since))
    table.figure(f"the last {min(size, A_TIME):,} lines since a checkpoint", seconds, "s")


def _a_signature() -> float:
    """Processor's seconds to check one."""
    key = SigningKey.generate()
    signature = key.sign(PASSPHRASE.encode())
    before = time.process_time()
    for _ in range(SIGNATURES):
        key.verifying_key.verify(PASSPHRASE.encode(), signature)
    return (time.process_time() - before) / SIGNATURES


def _summarise(part: tuple[Path, Sequence[int]]) -> int:
    """In a process of its own: write the summaries of these tiles; gives how many."""
    folder, numbers = part
    database, auditor = _opened_in_a_process(folder)
    made: dict[int, Sealed] = {}
    for number in numbers:
        with database.look() as session:
            made |= reader_of(session, by=auditor).summarise(number)
    with database.begin() as session:
        keep_summaries(session, made)
    return len(numbers)


@cache
def _opened_in_a_process(folder: Path) -> tuple[Database, Officer]:
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "audit")})
    database = Database.open(settings)
    with database.look() as session:  # who only reads needs no key to write under, and none is kept
        return database, _unlocked(session, _people(folder)[-1])


def _search(table: Table, database: Database, plan: Plan, officers: tuple[Officer, ...], folder: Path) -> None:
    auditor = officers[-1]
    with database.look() as session:
        left = reader_of(session, by=auditor).unsummarised()
        size = reader_of(session, by=auditor).size()

    parts = [(folder, left[at : at + A_PART]) for at in range(0, len(left), A_PART)]

    def summarise() -> None:
        done = 0
        with ProcessPoolExecutor(os.cpu_count() or 1, multiprocessing.get_context("spawn")) as pool:
            for some in pool.map(_summarise, parts):
                done += some
                if done % (A_PART * 32) == 0:
                    table.say(f"{done:,} of {len(left):,} summaries, {table.standing()}")

    seconds, _ = _timed(summarise)
    if left:
        table.figure(
            f"lines summarised for searches, {os.cpu_count()} processes", len(left) * TILE_LINES / seconds, "a second"
        )
    chance = random.Random(7)
    days = max(1, size * DAYS // plan.lines)

    def somebody() -> UUID:
        return chance.choice(officers).id

    def a_day() -> Wanted:
        day = plan.first_day + timedelta(days=chance.randrange(days))
        return Wanted(from_day=day, to_day=day)

    def a_thing() -> str:
        return str(plan.thing(chance.randrange(plan.things)))

    questions: dict[str, Callable[[], Wanted]] = {
        "a person": lambda: Wanted(signer_id=somebody()),
        "a day": a_day,
        "a case": lambda: Wanted(subject=a_thing()),
        "a rare act": lambda: Wanted(act=RARE),
        "a person and a case": lambda: Wanted(signer_id=somebody(), subject=a_thing()),
    }
    for name, ask in questions.items():
        times = []
        for _ in range(LOOKS):
            wanted = ask()
            with database.look() as session:
                seconds, _ = _timed(lambda: reader_of(session, by=auditor).find(wanted, most=50))  # noqa: B023
            times.append(seconds * 1000)
        table.figure(f"search of {size:,} lines by {name}, p95", quantiles(times, n=100)[94], "ms", SEARCH_BAR)


def _officers(database: Database, settings: TriageSettings, folder: Path) -> tuple[Officer, ...]:
    """The people of the log; those of a folder that was begun before are the same."""
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, *[Role.TRIAGE_OFFICER] * 8, Role.AUDITOR)
    kept = folder / PEOPLE
    if not kept.exists():
        with database.begin() as session:
            people = [NewOfficer(f"Person {at}", f"person{at}", role, PASSPHRASE) for at, role in enumerate(roles)]
            ids = [str(made.officer_id) for made in found_force(session, settings, people).enrolments]
        kept.write_text(json.dumps(ids))
    with database.begin() as session:
        return tuple(_unlocked(session, one) for one in _people(folder))


def _people(folder: Path) -> list[UUID]:
    return [UUID(one) for one in json.loads((folder / PEOPLE).read_text())]


def _unlocked(session: CaseSession, officer_id: UUID) -> Officer:
    row = session.get_one(OfficerRow, officer_id)
    return unlock(session, row, open_with_passphrase(row.locked_seed, PASSPHRASE))


def _size_of(settings: TriageSettings) -> int:
    """Bytes of the case database on the disk."""
    return Path(str(settings.case_url.database)).stat().st_size


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.auditing", description=__doc__)
    parser.add_argument("--lines", type=int, default=BOUNDED)
    parser.add_argument("--folder", type=Path, help="where the databases stay, to be gone on from")
    parser.add_argument("--steps", default=",".join(STEPS), help="which of them, with commas between")
    asked = parser.parse_args()
    table = Table()
    if asked.folder is not None:
        asked.folder.mkdir(parents=True, exist_ok=True)
        measure(table, asked.folder, asked.lines, asked.steps.split(","))
    else:
        with tempfile.TemporaryDirectory(prefix="quietword-audit-") as folder:
            measure(table, Path(folder), asked.lines, asked.steps.split(","))
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
