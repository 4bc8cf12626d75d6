"""The audit log at length: written, verified whole and since a checkpoint, and searched, on SQLite in one process.

    python -m bench.auditing --lines 20000000     the whole, in hours and about 25 GB; `make bench` takes 100,000

Lines are real ones: sealed, salted, hashed and signed by the officers they name. What is left out of `fill` is the
session and its commit for each, which `record` is measured with apart.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from statistics import quantiles
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from bench.table import Bar, Table
from config import TriageSettings
from envelope.padding import RECORD_BUCKETS
from envelope.vault import encrypt_blob, open_with_passphrase
from triage.audit.actor import AuditKey
from triage.audit.acts import Act
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditHeadRow, AuditLeafRow
from triage.audit.reading import Wanted
from triage.audit.service import SALT_BYTES, SIGNED_LEAF, LeafContent, create_audit_key, record
from triage.audit.summaries import keep_summaries
from triage.audit.tree import Tree
from triage.audit.verify import Progress
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.keys.service import BoxName, box_named
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock
from triage.officers.witness import checkpoint, verify_audit_log
from triage.oversight.log import reader_of

T = TypeVar("T")
BOUNDED = 100_000
RECORDED = 500
A_TIME = 10_000
A_SESSION = 200  # lines that one session of an officer writes under one key
LOOKS = 40
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
SEARCH_BAR, RECORD_BAR = Bar(at_most=1000), Bar(at_least=100)
ACTS = (Act.OPENED, Act.QUEUE_READ, Act.GRADED, Act.LINK_CONFIRMED, Act.REGISTER_READ, Act.SEARCHED, Act.DRAFTED)
# One in a hundred thousand lines is of an act that an auditor asks for by name.
RARE, ONE_IN = Act.EXPORTED, 100_000


@dataclass(frozen=True)
class Filled:
    """What stands in the log now, for questions: who, about what, and the days it spans."""

    officers: tuple[Officer, ...]
    subjects: tuple[UUID, ...]
    first_day: date
    days: int


def measure(table: Table, folder: Path, lines: int = BOUNDED) -> None:
    table.heading(f"The audit log: {lines:,} lines, SQLite, {os.cpu_count()} processors")
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "audit")})
    bring_databases_up(settings)
    database = Database.open(settings)
    try:
        officers = _officers(database, settings)
        _write_one_by_one(table, database, officers)
        seconds, filled = _timed(lambda: _fill(database, settings, officers, lines))
        table.figure("lines made and signed in bulk", lines / seconds, "a second")
        table.figure("database, for each line", _size_of(settings) / lines, "bytes")
        _verify(table, database, settings)
        _search(table, database, filled)
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


def _verify(table: Table, database: Database, settings: TriageSettings) -> None:
    with database.look() as session:
        one, found = _timed(lambda: verify_audit_log(session, settings))
    if not found.holds:
        raise SystemExit(f"The bench wrote a log that does not hold: {found.problems[0]}")
    table.figure("lines verified, one process", found.lines / one, "a second")
    processes = os.cpu_count() or 1
    with database.look() as session:
        many, _ = _timed(lambda: verify_audit_log(session, settings, processes=processes))
    table.figure(f"lines verified, {processes} processes", found.lines / many, "a second", beside=f"{one / many:.2f} ×")
    table.figure("20 million lines at that speed", 20_000_000 / (found.lines / many) / 60, "min")
    size = max(0, found.lines - A_TIME)
    with database.look() as session:
        since, _ = _timed(lambda: verify_audit_log(session, settings, begin=Progress(Tree(session).frontier(size))))
    table.figure(f"the last {found.lines - size:,} lines since a checkpoint", since, "s")


def _search(table: Table, database: Database, filled: Filled) -> None:
    auditor = filled.officers[-1]
    with database.look() as session:
        left = reader_of(session, by=auditor).unsummarised()

    def summarise() -> None:
        for number in left:
            with database.look() as session:
                made = {number: reader_of(session, by=auditor).summarise(number)}
            with database.begin() as session:
                keep_summaries(session, made)

    seconds, _ = _timed(summarise)
    table.figure("lines summarised for searches", len(left) * 1024 / seconds, "a second")
    chance = random.Random(7)

    def a_day() -> Wanted:
        day = filled.first_day + timedelta(days=chance.randrange(filled.days))
        return Wanted(from_day=day, to_day=day)

    questions: dict[str, Callable[[], Wanted]] = {
        "a person": lambda: Wanted(signer_id=chance.choice(filled.officers).id),
        "a day": a_day,
        "a case": lambda: Wanted(subject=str(chance.choice(filled.subjects))),
        "a rare act": lambda: Wanted(act=RARE),
        "a person and a case": lambda: Wanted(
            signer_id=chance.choice(filled.officers).id, subject=str(chance.choice(filled.subjects))
        ),
    }
    for name, ask in questions.items():
        times = []
        for _ in range(LOOKS):
            wanted = ask()
            with database.look() as session:
                seconds, _ = _timed(lambda: reader_of(session, by=auditor).find(wanted, most=50))  # noqa: B023
            times.append(seconds * 1000)
        table.figure(f"search by {name}, p95", quantiles(times, n=100)[94], "ms", SEARCH_BAR)


def _officers(database: Database, settings: TriageSettings) -> tuple[Officer, ...]:
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, *[Role.TRIAGE_OFFICER] * 8, Role.AUDITOR)
    with database.begin() as session:
        people = [NewOfficer(f"Person {at}", f"person{at}", role, PASSPHRASE) for at, role in enumerate(roles)]
        ids = [made.officer_id for made in found_force(session, settings, people).enrolments]
    with database.begin() as session:
        rows = [session.get_one(OfficerRow, one) for one in ids]
        return tuple(unlock(session, row, open_with_passphrase(row.locked_seed, PASSPHRASE)) for row in rows)


def _fill(database: Database, settings: TriageSettings, officers: tuple[Officer, ...], lines: int) -> Filled:
    """Lines of five years, as `record` makes them, many to a commit."""
    chance = random.Random(5)
    subjects = tuple(UUID(int=chance.getrandbits(128)) for _ in range(max(100, lines // 40)))
    days = 5 * 365
    first = datetime.now(UTC).date() - timedelta(days=days)
    done, by, writer = 0, officers[0], officers[0].audit_key
    while done < lines:
        with database.begin() as session:
            head = session.scalars(select(AuditHeadRow)).one()
            frontier, rows = Frontier.from_bytes(head.size, head.frontier), []
            for _ in range(min(A_TIME, lines - done)):
                if done % A_SESSION == 0:
                    by = officers[chance.randrange(len(officers))]
                    audit = box_named(session, BoxName.AUDIT)
                    writer = create_audit_key(session, audit.id, audit.public_key)
                act = RARE if chance.randrange(ONE_IN) == 0 else chance.choice(ACTS)
                day = first + timedelta(days=done * days // lines)
                content = _content(frontier.size, by, writer, act, subjects[chance.randrange(len(subjects))], day)
                digest = leaf_hash(content.to_bytes())
                rows.append(
                    {**asdict(content), "leaf_hash": digest, "signature": by.signing_key.sign(SIGNED_LEAF + digest)}
                )
                frontier, done = frontier.append(digest), done + 1
            session.execute(insert(AuditLeafRow), rows)
            session.execute(update(AuditHeadRow).values(size=frontier.size, frontier=frontier.to_bytes()))
            checkpoint(session, settings)
    return Filled(officers, subjects, first, days)


def _content(sequence: int, by: Officer, key: AuditKey, act: Act, subject: UUID, day: date) -> LeafContent:
    leaf_id = uuid4()
    told = f'{{"act": "{act.value}", "at": "{day}T12:00:00+00:00", "subject": "{subject}"}}'
    sealed = encrypt_blob(key.secret, told.encode(), leaf_id.bytes, buckets=RECORD_BUCKETS)
    return LeafContent(sequence, leaf_id, by.id, key.id, key.digest, day, token_bytes(SALT_BYTES), sealed)


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
    parser.add_argument("--folder", type=Path, help="where the databases go; otherwise a temporary folder")
    asked = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="quietword-audit-", dir=asked.folder) as folder:
        measure(table, Path(folder), asked.lines)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
