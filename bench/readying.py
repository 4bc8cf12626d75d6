"""How long after an officer unlocks a sealed register of 100,000 its index answers: in the process, and on a socket.

Each way runs in a process of its own, which opens the same SQLite databases; no copy of what it reads is kept ready.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert

from bench.table import Bar, Table
from config import TriageSettings
from envelope.padding import RECORD_BUCKETS
from envelope.vault import DataKey, encrypt_field, open_with_passphrase, wrap
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.keys.models import WrappedKeyRow, Wrapping
from triage.keys.records import text_of
from triage.keys.service import desk_id
from triage.linking.holder.in_process import InProcessIndex
from triage.linking.holder.on_socket import SocketIndex
from triage.linking.index import RegisterIndex
from triage.linking.interchange import read_register
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock
from triage.register.entries import entry_body
from triage.register.models import EntryRow, RegisterVersionRow

WAYS = ("in the process", "on the socket")
READY_BAR, MEMORY_BAR = Bar(at_most=6), Bar(at_most=350)
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
A_TIME = 5_000
LOOK_SECONDS = 0.1
MOST_SECONDS = 180
TICKS = os.sysconf("SC_CLK_TCK")


def measure(table: Table, folder: Path, register: Path) -> None:
    """Seal a register into databases of its own and have it made ready, both ways."""
    instance = folder / "ready"
    officer_id, count = _fill(TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(instance)}), register)
    table.heading(f"Linking: from the unlocked key to the index, {count:,} sealed entries on SQLite")
    for way in WAYS:
        command = [sys.executable, "-m", "bench.readying", way, str(instance), str(officer_id)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=MOST_SECONDS)
        said = json.loads(done.stdout)
        table.figure(f"{way}: ready after", said["seconds"], "s", READY_BAR)
        for who, seconds in said["processor"].items():
            table.figure(f"{way}: processor time of the {who}", seconds, "s")
        for who, memory in said["memory"].items():
            bar = MEMORY_BAR if who == said["holder"] else None
            table.figure(f"{way}: memory of the {who}", memory, "MB", bar, f"at its most {said['peak'][who]:.0f}")


def main() -> int:
    """Make it ready one way and print the figures as JSON."""
    way, instance, officer_id = sys.argv[1:]
    database = Database.open(TriageSettings.from_environ({"QUIETWORD_INSTANCE": instance}))
    officer = _officer(database, UUID(officer_id))
    if way == WAYS[0]:
        figures = _ready(InProcessIndex(), database, officer, lambda: {"worker": os.getpid()})
        figures["holder"] = "worker"
    else:
        with _index_command() as (path, index):
            figures = _ready(
                SocketIndex(path),
                database,
                officer,
                lambda: {"worker": os.getpid(), "index": index, **_keepers(index)},
            )
        figures["holder"] = "keeper"
    print(json.dumps(figures))
    return 0


def _ready(
    index: RegisterIndex, database: Database, officer: Officer, processes: Callable[[], dict[str, int]]
) -> dict[str, object]:
    before = {name: _processor(pid) for name, pid in processes().items()}
    begin = time.perf_counter()
    while True:
        with database.look() as session:
            if index.matcher_for(session, by=officer).standing.is_ready:
                break
        time.sleep(LOOK_SECONDS)
    seconds, now = time.perf_counter() - begin, processes()
    return {
        "seconds": seconds,
        "processor": {name: _processor(pid) - before.get(name, 0.0) for name, pid in now.items()},
        "memory": {name: _memory(pid, "VmRSS") for name, pid in now.items()},
        "peak": {name: _memory(pid, "VmHWM") for name, pid in now.items()},
    }


@contextmanager
def _index_command() -> Iterator[tuple[Path, int]]:
    """`quietword index`, stopped at the end whatever happens."""
    with tempfile.TemporaryDirectory(prefix="qw-") as folder:
        path = Path(folder) / "index.sock"
        environ = {**os.environ, "QUIETWORD_INDEX_SOCKET": f"unix:{path}"}
        process = subprocess.Popen([sys.executable, "-m", "quietword", "index"], env=environ, stdout=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + MOST_SECONDS
            while not (path.exists() and _is_idle(process.pid)) and process.poll() is None and time.monotonic() < ends:
                time.sleep(0.02)
            yield path, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(MOST_SECONDS)


def _fill(settings: TriageSettings, register: Path) -> tuple[UUID, int]:
    """Found a force and seal every entry as the register does; gives an officer, and how many entries."""
    bring_databases_up(settings)
    database = Database.open(settings)
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
    with database.begin() as session:
        people = [NewOfficer(role.value, role.name, role, PASSPHRASE) for role in roles]
        officer_id = found_force(session, settings, people).enrolments[0].officer_id
    officer, count, entries = _officer(database, officer_id), 0, read_register(register)
    with database.begin() as session:
        desk = desk_id(session)
        key = officer.keys.compartment_key(session, desk)
        while some := list(islice(entries, A_TIME)):
            rows, keys = [], []
            for entry_id, entry in some:
                key_id, data_key = uuid4(), DataKey.generate()
                wrapped = wrap(data_key, key, key_id)
                keys.append({"key_id": key_id, "box_id": desk, "wrapping": Wrapping.SYMMETRIC, "wrapped": wrapped})
                text = text_of(entry_body(entry))
                rows.append(
                    {
                        "id": entry_id,
                        "data_key_id": key_id,
                        "compartment_id": desk,
                        "kind": entry.kind.value,
                        "state": entry.status.value,
                        "version": 1,
                        "updated_on": datetime.now(UTC).date(),
                        "sealed": encrypt_field(
                            data_key,
                            text,
                            table="register_entries",
                            column="sealed",
                            row=entry_id,
                            buckets=RECORD_BUCKETS,
                        ),
                    }
                )
            session.execute(insert(EntryRow), rows)
            session.keys.execute(insert(WrappedKeyRow), keys)
            count += len(rows)
        session.merge(RegisterVersionRow(compartment_id=desk, version=1))
    database.dispose()
    return officer_id, count


def _officer(database: Database, officer_id: UUID) -> Officer:
    with database.begin() as session:
        row = session.get_one(OfficerRow, officer_id)
        return unlock(session, row, open_with_passphrase(row.locked_seed, PASSPHRASE))


def _is_idle(index: int) -> bool:
    """Whether the index has come up whole, with the empty keeper that its keepers are made of."""
    if not (empty := _children(index)):
        return False
    before = _processor(empty[0])
    time.sleep(0.5)
    return before == _processor(empty[0])


def _keepers(index: int) -> dict[str, int]:
    """The empty keeper, and the one that came of it once there is one."""
    empty = _children(index)[:1]
    return dict(
        zip(("empty keeper", "keeper"), [*empty, *(one for pid in empty for one in _children(pid))], strict=False)
    )


def _children(pid: int) -> list[int]:
    lists = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(one) for some in lists for one in some]


def _processor(pid: int) -> float:
    """User and system time so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int, name: str) -> float:
    """A line of the process's status, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000


if __name__ == "__main__":
    sys.exit(main())
