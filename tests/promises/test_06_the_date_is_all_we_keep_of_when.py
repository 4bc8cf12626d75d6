"""Promise 6: the date is all we keep of when. After the day's release nobody can tell who wrote before whom.

Not covered here: the public host's own disk before the release (the promise says so), modification times of files, and
PostgreSQL, where a batch has one xmin because it is copied in one transaction.
"""

import random
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from store.dropbox import Drop
from store.tables import drops
from tests.audit_lines import audit_lines
from tests.canaries import Canaries
from tests.force import Force
from triage.bell.watching import Watch
from triage.intake.collecting import Wanted, collect, release_drops
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting
from triage.keys.system import system_actor

# With this many reports, chance alone gives a correlation beyond the limit less than once in a hundred million runs.
MANY = 400
LIMIT = 0.3


def rank_correlation(ordered: list[int]) -> float:
    """Spearman's, between places 0, 1, 2 … and what stands there."""
    n = len(ordered)
    ranks = {value: rank for rank, value in enumerate(sorted(ordered))}
    return 1 - 6 * sum((place - ranks[value]) ** 2 for place, value in enumerate(ordered)) / (n * (n * n - 1))


def places(content: bytes, wanted: list[bytes]) -> list[list[int]]:
    """Where each of these first and last stands in a file; those that are not there are a failure."""
    first = [content.find(one) for one in wanted]
    last = [content.rfind(one) for one in wanted]
    assert min(first) >= 0
    return [first, last]


def test_after_the_release_the_order_of_arrival_is_nowhere(force: Force) -> None:
    """In the order of arrival, 400 drop ids and report ids stand in the case database's files in no order at all."""
    arrived: list[bytes] = []
    for number in range(MANY):
        force.send(f"report {number}")
        [new] = set(force.collection.waiting()) - set(arrived)
        arrived.append(new)
    with force.database.begin() as session:
        system = system_actor(session, force.settings)
        collect(session, force.collection, release=Wanted.EVERYTHING, by=system)
    for offsets in _in_files(force, arrived):
        assert abs(rank_correlation(offsets)) < LIMIT
    tom = force.officer("tom")
    with force.database.begin() as session:
        opened = unseal_waiting(session, by=tom, limit=MANY).opened
    with force.database.look() as session:
        order = {int(case_report(session, one, by=tom).answers["what"].split()[1]): one for one in opened}
        listed = list(session.scalars(select(ReportRow.id)))
    ids = [order[number] for number in range(MANY)]
    for offsets in _in_files(force, [one.hex.encode() for one in ids]):
        assert abs(rank_correlation(offsets)) < LIMIT
    assert abs(rank_correlation([listed.index(one) for one in ids])) < LIMIT
    lines = [line["subject"] for line in audit_lines(force) if line["act"] == "report unsealed"]
    assert abs(rank_correlation([lines.index(str(one)) for one in ids])) < LIMIT


def _in_files(force: Force, wanted: list[bytes]) -> list[list[int]]:
    """The places in the database and in its write-ahead log, whichever hold all of them."""
    found = []
    for name in ("case.sqlite", "case.sqlite-wal"):
        path = force.settings.instance / name
        content = path.read_bytes() if path.exists() else b""
        if all(one in content for one in wanted):
            found += places(content, wanted)
    assert found
    return found


def test_the_measure_sees_the_order_that_an_ordinary_table_keeps(tmp_path: Path) -> None:
    """The control: the same ids in a table with a rowid stand on the disk exactly as they came."""
    ids = [random.randbytes(16).hex().encode() for _ in range(MANY)]
    connection = sqlite3.connect(tmp_path / "ordinary.sqlite")
    connection.execute("CREATE TABLE reports (id TEXT PRIMARY KEY, words TEXT)")
    connection.executemany("INSERT INTO reports VALUES (?, ?)", [(one.decode(), "x" * 400) for one in ids])
    connection.commit()
    connection.close()
    content = (tmp_path / "ordinary.sqlite").read_bytes()
    assert max(abs(rank_correlation(offsets)) for offsets in places(content, ids)) > 2 * LIMIT


def test_a_batch_is_handed_over_in_an_order_of_chance(force: Force) -> None:
    """The door shuffles by itself: neither the ids that wait nor the drops taken come in the order of the store."""
    for number in range(60):
        force.send(f"report {number}")
    with force.drop.connect() as connection:
        stored = list(connection.scalars(select(drops.c.drop_id)))
    waiting = [force.collection.waiting() for _ in range(3)]
    assert len({*waiting, tuple(stored)}) == 4
    taken = [tuple(one.drop_id for one in force.collection.take(stored)) for _ in range(3)]
    assert len({*taken, tuple(stored)}) == 4


def test_what_stands_beside_a_drop_is_a_date(force: Force) -> None:
    """The rows themselves, as the database gives them back: a day, without hours."""
    force.send("late at night", danger=True)
    [drop] = force.collection.take(force.collection.waiting())
    assert type(drop.received_on) is date
    assert set(Drop.__dataclass_fields__) == {"drop_id", "sealed", "danger", "received_on"}
    with sqlite3.connect(force.settings.instance / "drop.sqlite") as connection:
        assert connection.execute("SELECT received_on FROM drops").fetchall() == [(force.today.isoformat(),)]
    connection.close()


def test_no_hour_of_a_report_is_anywhere_after_it_was_read(force: Force) -> None:
    """The minute at which a report came is in no byte of the three databases, in any of the ways to write it."""
    canaries = Canaries()
    moment = force.clock.now.replace(second=37)
    for shape in ("%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M"):
        canaries.plant_as(shape, moment.strftime(shape))
    canaries.plant_as("seconds since 1970", str(int(moment.timestamp())))
    force.clock.now = moment
    force.send("at a quarter past")
    force.clock.forward(hours=4)
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        assert unseal_waiting(session, by=tom).opened
    force.dispose()
    assert canaries.found_in([force.settings.instance]) == []


def test_the_bell_keeps_no_hour_of_what_it_rings_for(force: Force) -> None:
    """A night through: a report in danger comes, the bell calls and calls again, and is answered. The minute of none of
    it stands in any byte, but that until which the bell is awake, which is the same on a night without a report."""
    settings = replace(force.settings, bell_command=("pager",), release_hours=(23,))
    watch = Watch(
        force.database,
        settings,
        force.publishing,
        collect=lambda: release_drops(force.database, settings, force.collection, release=Wanted.DANGER_ONLY),
        ring=lambda _command, _call: True,
    )
    canaries = Canaries()
    force.clock.now = force.clock.now.replace(hour=2, minute=37, second=0)
    force.send("they have him in the flat", danger=True)
    for number in range(8):
        for shape in ("%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y%m%dT%H%M"):
            canaries.plant_as(f"{shape} {number}", force.clock.now.strftime(shape))
        canaries.plant_as(f"seconds {number}", str(int(force.clock.now.timestamp())))
        watch.turn()
        force.clock.forward(minutes=1)
    force.dispose()
    assert canaries.found_in([force.settings.instance]) == []
