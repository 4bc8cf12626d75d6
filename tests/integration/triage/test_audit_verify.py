"""Whatever is done to the audit log behind our back, `verify` says so."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Executable, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from config import TriageSettings
from envelope.signing import SigningKey
from store.engine import Journal, open_engine
from tests.force import Clock, Force, open_databases
from triage.audit.acts import Act
from triage.audit.checkpoints import Checkpoint, CheckpointTextError
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditCheckpointRow, AuditHeadRow, AuditKeyRow, AuditLeafRow
from triage.audit.service import SIGNED_LEAF, LeafContent, record
from triage.audit.verify import Verification
from triage.officers.officer import SIGNING_LABEL
from triage.officers.witness import checkpoint, verify_audit_log

LEAVES = AuditLeafRow.__table__
HEAD = AuditHeadRow.__table__
KEYS = AuditKeyRow.__table__
CHECKPOINTS = AuditCheckpointRow.__table__
LINES = 12


def verified(force: Force, *copies: Checkpoint) -> Verification:
    with force.database.look() as session:
        return verify_audit_log(session, force.settings, copies=copies)


def fill(force: Force) -> None:
    """A few acts of two people, with checkpoints in between."""
    tom, tess = force.officer("tom"), force.officer("tess")
    for at in range(LINES):
        with force.database.begin() as session:
            record(session, Act.OPENED, uuid4(), by=tom if at % 3 else tess, reason=f"look {at}")
            if at % 5 == 4:
                checkpoint(session, force.settings)


def drop_triggers(connection: Connection) -> None:
    """What a superuser of the database does first."""
    if connection.dialect.name == "sqlite":
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in ("audit_leaves", "audit_checkpoints", "audit_head"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def test_an_untouched_log_holds(force_on_both: Force) -> None:
    fill(force_on_both)
    found = verified(force_on_both)
    assert found.problems == ()
    assert found.lines > LINES
    assert found.checkpoints == 2


def test_an_empty_log_is_no_mistake(force: Force) -> None:
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        for table in (LEAVES, HEAD, CHECKPOINTS):
            connection.execute(delete(table))
    assert verified(force).holds


STATEMENTS: dict[str, Callable[[], Executable]] = {
    "a line changed": lambda: update(LEAVES).values(sealed=b"x"),
    "a line removed": lambda: delete(LEAVES).where(LEAVES.c.sequence == 1),
    "a checkpoint changed": lambda: update(CHECKPOINTS).values(root=bytes(32)),
    "a checkpoint removed": lambda: delete(CHECKPOINTS),
    "the head taken back": lambda: update(HEAD).values(size=1),
}


def test_the_database_itself_refuses_to_change_or_shorten_the_log(force_on_both: Force) -> None:
    fill(force_on_both)
    engine = force_on_both.database.case
    statements = dict(STATEMENTS)
    if engine.dialect.name == "postgresql":
        statements |= {table: partial(text, f"TRUNCATE {table}") for table in ("audit_leaves", "audit_checkpoints")}
    for make in statements.values():
        with engine.connect() as connection, pytest.raises(DBAPIError, match="only grows"):
            connection.execute(make())
    assert verified(force_on_both).holds


@dataclass(frozen=True)
class Tampering:
    """One thing done to the log on the database itself."""

    kind: str
    at: int
    other: int
    byte: int


KINDS = (
    "sealed",
    "salt",
    "leaf_hash",
    "signature",
    "id",
    "signer_id",
    "key_id",
    "recorded_on",
    "move a byte from the salt",
    "rehash",
    "remove",
    "remove and close the gap",
    "swap",
    "insert",
    "repeat at the end",
    "cut the end",
    "cut the end and take the head back",
    "head size",
    "head frontier",
    "no head",
    "checkpoint root",
    "checkpoint signature",
    "audit key gone",
    "audit key changed",
    "key_digest",
    "signer_id in capitals",
    "id in capitals",
    "key_id in capitals",
    "a day with something after it",
)
tamperings = st.builds(
    Tampering,
    kind=st.sampled_from(KINDS),
    at=st.integers(0, 10_000),
    other=st.integers(0, 10_000),
    byte=st.integers(0, 10_000),
)


@pytest.fixture(scope="module")
def filled(founded_on_sqlite: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Force, Path]:
    """One filled force, whose case database each example works on a copy of."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    shutil.copytree(founded_on_sqlite.folder, folder)  # type: ignore[attr-defined]  # the fixture's own type is private
    from tests.force import STARTED, _sqlite

    conf: TriageSettings = _sqlite(folder)
    database, drop = open_databases(conf, Clock(STARTED))
    force = Force(
        conf,
        database,
        drop,
        Clock(STARTED),
        founded_on_sqlite.totp,
        {},
        (),
        founded_on_sqlite.verifying_key,  # type: ignore[attr-defined]
    )
    force.database = replace(database, clock=force.clock)
    fill(force)
    force.dispose()
    return force, folder / "case.sqlite"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=tamperings)
def test_any_edit_removal_insertion_or_reordering_is_found(
    filled: tuple[Force, Path], tmp_path_factory: pytest.TempPathFactory, done: Tampering
) -> None:
    force, source = filled
    copy = tmp_path_factory.mktemp("copy") / "case.sqlite"
    shutil.copy(source, copy)
    case = open_engine(force.settings.case_url.set(database=str(copy)), journal=Journal.WAL)
    try:
        with case.begin() as connection:
            drop_triggers(connection)
            changed = tamper(connection, done)
        touched = replace(force.database, case=case)
        with touched.look() as session:
            found = verify_audit_log(session, force.settings)
        assert found.holds != changed
    finally:
        case.dispose()
        shutil.rmtree(copy.parent)


def tamper(connection: Connection, done: Tampering) -> bool:
    """Do it; False where it came out as it was."""
    rows = connection.execute(select(LEAVES).order_by(LEAVES.c.sequence)).mappings().all()
    row, other = rows[done.at % len(rows)], rows[done.other % len(rows)]
    this = LEAVES.c.sequence == row["sequence"]

    def put(**values: object) -> None:
        connection.execute(update(LEAVES).where(this).values(**values))

    def flipped(data: bytes) -> bytes:
        at = done.byte % len(data)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    match done.kind:
        case "sealed" | "salt" | "leaf_hash" | "signature" | "key_digest" as name:
            put(**{name: flipped(row[name])})
        case "id" | "signer_id" | "key_id" as name:
            put(**{name: uuid4()})
        case "recorded_on":
            put(recorded_on=row["recorded_on"].replace(year=2025))
        case "signer_id in capitals" | "id in capitals" | "key_id in capitals" as spelled:
            name = spelled.removesuffix(" in capitals")
            respell(connection, row["sequence"], name, f"upper({name})")
            return bool(row[name].hex != row[name].hex.upper())
        case "a day with something after it":
            respell(connection, row["sequence"], "recorded_on", "recorded_on || 'x'")
        case "move a byte from the salt":
            put(salt=row["salt"][:-1], sealed=row["salt"][-1:] + row["sealed"])
        case "rehash":
            content = LeafContent(
                row["sequence"],
                row["id"],
                row["signer_id"],
                row["key_id"],
                row["key_digest"],
                row["recorded_on"],
                bytes(32),
                row["sealed"],
            )
            put(salt=bytes(32), leaf_hash=leaf_hash(content.to_bytes()))
        case "remove":
            connection.execute(delete(LEAVES).where(this))
        case "remove and close the gap":
            connection.execute(delete(LEAVES).where(this))
            for later in rows[row["sequence"] + 1 :]:
                moved = update(LEAVES).where(LEAVES.c.sequence == later["sequence"])
                connection.execute(moved.values(sequence=later["sequence"] - 1))
            connection.execute(update(HEAD).values(size=len(rows) - 1))
        case "swap":
            if row["sequence"] == other["sequence"]:
                return False
            put(sequence=-1)
            connection.execute(
                update(LEAVES).where(LEAVES.c.sequence == other["sequence"]).values(sequence=row["sequence"])
            )
            connection.execute(update(LEAVES).where(LEAVES.c.sequence == -1).values(sequence=other["sequence"]))
        case "insert":
            for later in reversed(rows[row["sequence"] :]):
                moved = update(LEAVES).where(LEAVES.c.sequence == later["sequence"])
                connection.execute(moved.values(sequence=later["sequence"] + 1))
            connection.execute(insert(LEAVES).values(**{**other, "sequence": row["sequence"], "id": uuid4()}))
            connection.execute(update(HEAD).values(size=len(rows) + 1))
        case "repeat at the end":
            connection.execute(insert(LEAVES).values(**{**row, "sequence": len(rows), "id": uuid4()}))
        case "cut the end":
            connection.execute(delete(LEAVES).where(LEAVES.c.sequence >= row["sequence"]))
        case "cut the end and take the head back":
            connection.execute(delete(LEAVES).where(LEAVES.c.sequence >= row["sequence"]))
            frontier = reduce(Frontier.append, (one["leaf_hash"] for one in rows[: row["sequence"]]), Frontier())
            connection.execute(update(HEAD).values(size=frontier.size, frontier=frontier.to_bytes()))
            last = max(connection.execute(select(CHECKPOINTS.c.size)).scalars())
            return bool(row["sequence"] < last)  # after the last checkpoint nothing is left to tell: the next test
        case "head size":
            connection.execute(update(HEAD).values(size=HEAD.c.size + 1 + done.byte))
        case "head frontier":
            kept = connection.execute(select(HEAD.c.frontier)).scalar_one()
            connection.execute(update(HEAD).values(frontier=flipped(kept)))
        case "no head":
            connection.execute(delete(HEAD))
        case "checkpoint root" | "checkpoint signature" as name:
            column = name.removeprefix("checkpoint ")
            kept = connection.execute(select(CHECKPOINTS)).mappings().first()
            assert kept is not None
            one = update(CHECKPOINTS).where(CHECKPOINTS.c.size == kept["size"])
            connection.execute(one.values(**{column: flipped(kept[column])}))
        case "audit key gone":
            connection.execute(delete(KEYS).where(KEYS.c.id == row["key_id"]))
        case "audit key changed":
            this_key = KEYS.c.id == row["key_id"]
            sealed = connection.execute(select(KEYS.c.sealed).where(this_key)).scalar_one()
            connection.execute(update(KEYS).where(this_key).values(sealed=flipped(sealed)))
    return True


def respell(connection: Connection, sequence: int, column: str, anew: str) -> None:
    """Write the same value in another way: it means and hashes the same, and no question finds it any more."""
    statement = f"UPDATE audit_leaves SET {column} = {anew} WHERE sequence = :line"  # noqa: S608  our own words
    connection.execute(text(statement), {"line": sequence})


@pytest.mark.parametrize(
    ("anew", "said"),
    [
        ("sequence || 'x'", "Line 4 is missing."),
        ("-1 - sequence", "Line 4 is missing."),
        ("sequence + 0.5", "Line 4 cannot be read as a line at all: it is not written as ours are."),
    ],
)
def test_a_number_that_is_none_is_said_and_does_not_stop_the_pass(force: Force, anew: str, said: str) -> None:
    fill(force)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        respell(connection, 4, "sequence", anew)
    assert said in verified(force).problems


@pytest.mark.parametrize("column", ["sealed", "salt", "key_digest", "signature", "leaf_hash", "recorded_on", "id"])
@pytest.mark.parametrize("anew", ["'words'", "7"])
def test_a_column_of_another_kind_is_said_of_its_line_alone(force: Force, column: str, anew: str) -> None:
    fill(force)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        respell(connection, 4, column, anew)
    problems = verified(force).problems
    assert "Line 4 cannot be read as a line at all: it is not written as ours are." in problems
    assert not any(problem.startswith("Line 5") for problem in problems)


def test_a_copy_of_a_checkpoint_shows_that_the_end_was_cut_off(force: Force) -> None:
    """Even by somebody who also takes the head back and removes the checkpoints that cover it."""
    fill(force)
    kept = Checkpoint.from_text(verified(force).checkpoint.to_text())
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        rows = connection.execute(select(LEAVES).order_by(LEAVES.c.sequence)).mappings().all()
        frontier = reduce(Frontier.append, (one["leaf_hash"] for one in rows[:-2]), Frontier())
        connection.execute(delete(LEAVES).where(LEAVES.c.sequence >= frontier.size))
        connection.execute(delete(CHECKPOINTS).where(CHECKPOINTS.c.size > frontier.size))
        connection.execute(update(HEAD).values(size=frontier.size, frontier=frontier.to_bytes()))
    assert verified(force).holds
    assert not verified(force, kept).holds


def test_an_officer_who_rewrites_their_own_line_is_found(force: Force) -> None:
    """They can sign what they like with their own key, and cannot sign the checkpoint over it."""
    fill(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        checkpoint(session, force.settings)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        rows = [dict(row) for row in connection.execute(select(LEAVES).order_by(LEAVES.c.sequence)).mappings()]
        mine = next(row for row in rows if row["signer_id"] == tom.id)
        mine["salt"] = bytes(32)
        content = LeafContent(
            mine["sequence"],
            mine["id"],
            tom.id,
            mine["key_id"],
            mine["key_digest"],
            mine["recorded_on"],
            mine["salt"],
            mine["sealed"],
        )
        mine["leaf_hash"] = leaf_hash(content.to_bytes())
        mine["signature"] = tom.signing_key.sign(SIGNED_LEAF + mine["leaf_hash"])
        connection.execute(update(LEAVES).where(LEAVES.c.sequence == mine["sequence"]).values(**mine))
        frontier = reduce(Frontier.append, (row["leaf_hash"] for row in rows), Frontier())
        connection.execute(update(HEAD).values(frontier=frontier.to_bytes()))
    problems = verified(force).problems
    assert any("not those a checkpoint was signed over" in problem for problem in problems)
    assert not any("not signed by whom it names" in problem for problem in problems)


def test_a_line_by_somebody_who_was_never_an_officer_is_found(force: Force) -> None:
    tom = force.officer("tom")
    stranger = replace(tom, id=uuid4(), signing_key=SigningKey.of_seed(bytes(32), SIGNING_LABEL))
    with force.database.begin() as session:
        record(session, Act.OPENED, uuid4(), by=stranger)
    assert any("never an officer here" in problem for problem in verified(force).problems)


def test_a_checkpoint_by_another_hosts_key_is_found(force: Force) -> None:
    """The verifying key comes from this host's own secret, not from the database that somebody rewrote."""
    fill(force)
    force.settings.system_key_path.write_bytes(bytes(32))
    assert any("not signed by this force’s system" in problem.replace("'", "’") for problem in verified(force).problems)


def test_the_problems_of_a_wrecked_log_are_counted_and_not_all_listed(force: Force) -> None:
    for _ in range(5):
        fill(force)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        connection.execute(update(LEAVES).values(signature=bytes(64), salt=bytes(32)))
    problems = verified(force).problems
    assert len(problems) == 51
    assert problems[-1].startswith("And ")


@pytest.mark.parametrize(
    "words", ["", "quietword-audit", "quietword-audit x AAAA", "other 1 AAAA", "quietword-audit -1 AAAA"]
)
def test_what_is_not_a_checkpoint_is_refused_in_a_sentence(words: str) -> None:
    with pytest.raises(CheckpointTextError, match="give the whole line"):
        Checkpoint.from_text(words)
