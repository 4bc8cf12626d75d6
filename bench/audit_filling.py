"""Fills an audit log with lines as `record` makes them, in several processes, and goes on from what is there.

Each line is sealed, salted, hashed and signed by the officer it names. What is left out is the session and the commit
for each line, which `record` is measured with apart.
"""

import hashlib
import json
import multiprocessing
import random
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from uuid import UUID, uuid4

from sqlalchemy import select, update

from config import TriageSettings
from envelope.padding import RECORD_BUCKETS
from envelope.recipient import Recipient, seal_small
from envelope.signing import SigningKey
from envelope.vault import encrypt_blob
from envelope.wire import Context, Purpose
from triage.audit.acts import Act
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditHeadRow, AuditLeafRow
from triage.audit.service import SALT_BYTES, SECRET_BYTES, SIGNED_LEAF, LeafContent, key_digest
from triage.database import Database
from triage.keys.service import BoxName, box_named
from triage.officers.officer import Officer
from triage.officers.witness import checkpoint

A_SESSION = 200  # lines that one session of an officer writes under one key
A_COMMIT = 100 * A_SESSION
AHEAD = 3  # commits made ahead of the one that is written: fifteen megabytes each
DAYS = 5 * 365
ACTS = (Act.OPENED, Act.QUEUE_READ, Act.GRADED, Act.LINK_CONFIRMED, Act.REGISTER_READ, Act.SEARCHED, Act.DRAFTED)
# One in a hundred thousand lines is of an act that an auditor asks for by name.
RARE, ONE_IN = Act.EXPORTED, 100_000
# Ids are random: with the library's own two megabytes, a line of a long log would read and write eight pages.
_IN_MEMORY = ("PRAGMA cache_size=-3000000", "PRAGMA wal_autocheckpoint=200000")
_NAMES = [column.name for column in AuditLeafRow.__table__.columns]
_LINES = f"INSERT INTO audit_leaves ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - names
_KEYS = "INSERT INTO audit_keys (id, sealed, made_on) VALUES (?, ?, ?)"


@dataclass(frozen=True)
class Plan:
    """What the log is to be like when it is full: five years of it, by whom, about how many things."""

    lines: int
    first_day: date
    people: tuple[tuple[UUID, bytes], ...] = field(repr=False)  # with the seed that each signs by
    audit_box: UUID
    audit_key: bytes = field(repr=False)

    @property
    def things(self) -> int:
        return max(100, self.lines // 40)

    def thing(self, number: int) -> UUID:
        """A report or an entry: the same one each time."""
        return UUID(bytes=hashlib.sha256(number.to_bytes(8, "big")).digest()[:16])

    def day(self, line: int) -> date:
        return self.first_day + timedelta(days=line * DAYS // self.lines)


@dataclass(frozen=True)
class Made:
    """Rows for both tables in the order of their columns as SQLite takes them, and the hashes of the lines."""

    lines: list[tuple[object, ...]]
    keys: list[tuple[object, ...]]
    hashes: bytes


def plan_of(database: Database, officers: Sequence[Officer], lines: int, folder: Path) -> Plan:
    """The plan that the folder was begun with, or a new one."""
    kept = folder / "plan.json"
    if not kept.exists():
        kept.write_text(
            json.dumps({"lines": lines, "first_day": (datetime.now(UTC).date() - timedelta(days=DAYS)).isoformat()})
        )
    told = json.loads(kept.read_text())
    with database.look() as session:
        box = box_named(session, BoxName.AUDIT)
        people = tuple((one.id, one.signing_key.seed) for one in officers)
        return Plan(told["lines"], date.fromisoformat(told["first_day"]), people, box.id, bytes(box.public_key))


def fill(database: Database, settings: TriageSettings, plan: Plan, processes: int) -> Iterator[int]:
    """Write what is missing of the plan, a commit at a time; gives how many lines there are after each."""
    with database.look() as session:
        head = session.scalars(select(AuditHeadRow)).one()
        frontier = Frontier.from_bytes(head.size, head.frontier)
    parts = iter([(at, min(at + A_COMMIT, plan.lines)) for at in range(frontier.size, plan.lines, A_COMMIT)])
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[Made]] = deque()
        for part in parts:
            waiting.append(pool.submit(make, plan, *part))
            if len(waiting) >= AHEAD:
                frontier = _write(database, settings, frontier, waiting.popleft().result())
                yield frontier.size
        while waiting:
            frontier = _write(database, settings, frontier, waiting.popleft().result())
            yield frontier.size


def _write(database: Database, settings: TriageSettings, frontier: Frontier, made: Made) -> Frontier:
    frontier = frontier.extend(made.hashes)
    with database.begin() as session:
        connection = session.connection()
        for pragma in _IN_MEMORY:
            connection.exec_driver_sql(pragma)
        connection.exec_driver_sql(_KEYS, made.keys)
        connection.exec_driver_sql(_LINES, made.lines)
        session.execute(update(AuditHeadRow).values(size=frontier.size, frontier=frontier.to_bytes()))
        checkpoint(session, settings)
    return frontier


def make(plan: Plan, begin: int, end: int) -> Made:
    """Lines `begin` to `end` (without `end`), a session's under one key."""
    chance = random.Random(begin)
    lines: list[tuple[object, ...]] = []
    keys: list[tuple[object, ...]] = []
    hashes: list[bytes] = []
    for at in range(begin, end, A_SESSION):
        signer_id, seed = chance.choice(plan.people)
        signing_key, day = SigningKey(seed), plan.day(at)
        key_id, secret = uuid4(), token_bytes(SECRET_BYTES)
        context = Context(Purpose.DATA_KEY, (key_id.bytes, plan.audit_box.bytes))
        sealed_key = seal_small(secret, Recipient(plan.audit_key), context)
        digest = key_digest(sealed_key)
        keys.append((key_id.hex, sealed_key, day.isoformat()))
        for number in range(at, min(at + A_SESSION, end)):
            act = RARE if chance.randrange(ONE_IN) == 0 else chance.choice(ACTS)
            leaf_id, subject = uuid4(), plan.thing(chance.randrange(plan.things))
            told = f'{{"act": "{act.value}", "at": "{day}T12:00:00+00:00", "subject": "{subject}"}}'
            sealed = encrypt_blob(secret, told.encode(), leaf_id.bytes, buckets=RECORD_BUCKETS)
            salt = token_bytes(SALT_BYTES)
            content = LeafContent(number, leaf_id, signer_id, key_id, digest, day, salt, sealed)
            hashed = leaf_hash(content.to_bytes())
            row = {
                "sequence": number,
                "id": leaf_id.hex,
                "signer_id": signer_id.hex,
                "key_id": key_id.hex,
                "key_digest": digest,
                "recorded_on": day.isoformat(),
                "salt": salt,
                "sealed": sealed,
                "leaf_hash": hashed,
                "signature": signing_key.sign(SIGNED_LEAF + hashed),
                "binding": None,
            }
            lines.append(tuple(row[name] for name in _NAMES))
            hashes.append(hashed)
    return Made(lines, keys, b"".join(hashes))
