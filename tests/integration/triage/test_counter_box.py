"""The counter-corruption box: triage cannot open what is sealed to it, tell it, or delete it unread."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, select, text
from sqlalchemy.exc import DBAPIError

from envelope.file import FileSealer
from envelope.identity import Identity
from envelope.padding import REPORT_BUCKETS
from envelope.report import MediaType
from reporting.counter import decoy
from store.dropbox import Drop, Dropbox, Part
from store.engine import open_engine
from tests.audit_lines import audit_lines
from tests.counter import Holders, send_to
from tests.force import Force, client_for
from triage.audit.acts import Act
from triage.copies.models import ReleasedCopyRow, SealedCopyRow
from triage.counter.errors import CounterError
from triage.counter.pieces import opened_files
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import CollectedDropRow, HeldDropRow
from triage.intake.retiring import retire_intake_keys
from triage.intake.unsealing import count_elsewhere, count_refused, forget_released, try_again, unseal_waiting
from triage.keys.models import IntakeGrantRow
from triage.keys.system import system_actor


@pytest.fixture
def holders(force_on_both: Force, tmp_path: Path) -> Holders:
    return Holders.of(force_on_both, tmp_path / "holders")


def release(force: Force) -> None:
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)


def unseal(force: Force) -> int:
    with force.database.begin() as session:
        return len(unseal_waiting(session, by=force.officer("tom")).opened)


def elsewhere(force: Force) -> int:
    with force.database.look() as session:
        return count_elsewhere(session)


def test_its_holders_read_what_triage_cannot_open(force_on_both: Force, holders: Holders) -> None:
    send_to(force_on_both, holders.recipient, "A sergeant sells what is reported")
    send_to(force_on_both, Identity.generate().recipient(), "a decoy")
    force_on_both.send("for triage")
    release(force_on_both)
    assert unseal(force_on_both) == 1
    with force_on_both.database.look() as session:
        assert (count_elsewhere(session), count_refused(session)) == (2, 0)
    tried = holders.collects()
    assert (tried.new, tried.others, tried.missing) == (1, 2, 0)
    assert [found.report.answers["what"] for found in holders.reads() if found.report] == [
        "A sergeant sells what is reported"
    ]


def test_whatever_triage_tries_a_report_for_the_box_and_a_decoy_stand_alike(
    force_on_both: Force, holders: Holders
) -> None:
    """Each row of every table that names one of the two names the other in the same way."""
    ours = send_to(force_on_both, holders.recipient, "about an officer")
    made, sealed = decoy(REPORT_BUCKETS[0])
    Dropbox(force_on_both.drop).append(Drop(made, sealed, danger=False, received_on=force_on_both.today))
    release(force_on_both)
    unseal(force_on_both)
    tables = (HeldDropRow, SealedCopyRow, CollectedDropRow, ReleasedCopyRow)
    with force_on_both.database.case.connect() as connection:
        for table in (one.__table__ for one in tables):
            looks = [
                [
                    [len(value) if isinstance(value, bytes) else value for value in row]
                    for row in connection.execute(select(table).where(table.c.drop_id == drop))
                ]
                for drop in (ours, made)
            ]
            assert looks[0] == looks[1], table.name


def test_a_copy_of_everything_is_committed_before_anything_is_destroyed_at_the_drop(
    force_on_both: Force, holders: Holders
) -> None:
    """The copy and the working copy are of one transaction: when the copy cannot be written, the drop stays."""
    send_to(force_on_both, holders.recipient, "about an officer")
    with force_on_both.database.case.begin() as connection:
        connection.execute(text("ALTER TABLE sealed_copies RENAME TO sealed_copies_away"))
    with pytest.raises(DBAPIError):
        release(force_on_both)
    assert len(force_on_both.collection.waiting()) == 1
    with force_on_both.database.case.begin() as connection:
        connection.execute(text("ALTER TABLE sealed_copies_away RENAME TO sealed_copies"))
    release(force_on_both)
    assert (force_on_both.collection.waiting(), holders.copies()) == ((), 1)


PHOTO = b"a photograph of a lanyard " * 100_000

CHANGES = (
    "DELETE FROM sealed_copies",
    "UPDATE sealed_copies SET sealed = drop_id",
    "DELETE FROM counter_boxes",
    "UPDATE counter_boxes SET since = '2020-01-01'",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_to_change_or_delete_a_copy(
    force_on_both: Force, holders: Holders, statement: str
) -> None:
    """Even for the owner of the tables: nothing goes before the holders have let it go."""
    send_to(force_on_both, holders.recipient, "about an officer")
    release(force_on_both)
    with (
        pytest.raises(DBAPIError, match="stays as it is"),
        force_on_both.database.case.begin() as connection,
    ):
        connection.execute(text(statement))
    assert holders.collects().new == 1


def test_what_is_let_go_goes_together_whoever_it_was_for(force_on_both: Force, holders: Holders) -> None:
    send_to(force_on_both, holders.recipient, "about an officer")
    send_to(force_on_both, Identity.generate().recipient(), "a decoy")
    force_on_both.send("for triage")
    release(force_on_both)
    unseal(force_on_both)
    tried = holders.acknowledges()
    assert (tried.new, tried.released, holders.copies()) == (1, 3, 0)
    with force_on_both.database.begin() as session:
        assert forget_released(session) == 2
    assert elsewhere(force_on_both) == 0
    assert [bool(found.report) for found in holders.reads()] == [True]
    again = holders.acknowledges()
    assert (again.new, again.released, again.missing) == (0, 0, 0)


def test_nothing_is_let_go_when_a_report_of_the_box_cannot_be_kept(force_on_both: Force, holders: Holders) -> None:
    ours = send_to(force_on_both, holders.recipient, "about an officer")
    send_to(force_on_both, Identity.generate().recipient(), "a decoy")
    release(force_on_both)
    holders.folder.mkdir()
    (holders.folder / f"{ours.hex()}.age").write_bytes(b"something else")
    with pytest.raises(CounterError, match="put it aside"):
        holders.acknowledges()
    assert holders.copies() == 2


def test_copies_removed_by_whoever_owns_the_database_are_missed(force_on_both: Force, holders: Holders) -> None:
    """The owner can take the guard away; the holders' next run counts what is gone, forged releases too."""
    force_on_both.clock.forward(days=1)
    gone = send_to(force_on_both, holders.recipient, "about an officer")
    forged = send_to(force_on_both, holders.recipient, "about another")
    force_on_both.send("for triage")
    release(force_on_both)
    with force_on_both.database.case.begin() as connection:
        _take_the_guard_away(connection)
        connection.execute(text("DELETE FROM sealed_copies WHERE drop_id IN (:a, :b)"), {"a": gone, "b": forged})
        connection.execute(
            text("INSERT INTO released_copies VALUES (:drop, :signature, '2026-11-23')"),
            {"drop": forged, "signature": bytes(64)},
        )
    assert holders.collects().missing == 2


def _take_the_guard_away(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER sealed_copies_no_delete"))
    else:
        connection.execute(text("ALTER TABLE sealed_copies DISABLE TRIGGER ALL"))


def test_it_keeps_no_intake_key_alive(force_on_both: Force, holders: Holders) -> None:
    """What no key of its day opens needs none: the day is retired, and its drop is still there for the holders."""
    send_to(force_on_both, holders.recipient, "about an officer")
    release(force_on_both)
    unseal(force_on_both)
    force_on_both.clock.forward(days=2)
    with force_on_both.database.begin() as session:
        retired = retire_intake_keys(
            session, force_on_both.collection, by=system_actor(session, force_on_both.settings)
        )
    assert (len(retired.box_ids), retired.kept_for) == (1, ())
    assert holders.collects().new == 1


def test_trying_again_opens_none_of_them_and_loses_none(force_on_both: Force, holders: Holders) -> None:
    send_to(force_on_both, holders.recipient, "about an officer")
    release(force_on_both)
    unseal(force_on_both)
    with force_on_both.database.begin() as session:
        try_again(session, by=force_on_both.officer("sam"))
    assert (unseal(force_on_both), elsewhere(force_on_both)) == (0, 1)


def test_while_a_key_of_its_day_is_missing_a_drop_is_not_taken_for_the_boxs(
    force_on_both: Force, holders: Holders
) -> None:
    """As after an older copy of the keys database was put back: it may be triage's own, so it is not let go unread."""
    sam = force_on_both.officer("sam")
    force_on_both.send("for triage")
    release(force_on_both)
    with force_on_both.database.begin() as session:
        grants = session.keys.scalars(select(IntakeGrantRow)).all()
        kept = [(row.box_id, row.to_box_id, row.sealed) for row in grants]
        session.keys.execute(delete(IntakeGrantRow))
    unseal(force_on_both)
    with force_on_both.database.look() as session:
        assert (count_elsewhere(session), count_refused(session)) == (0, 1)
    holders.acknowledges()
    with force_on_both.database.begin() as session:
        assert forget_released(session) == 0
        session.keys.add_all(IntakeGrantRow(box_id=box, to_box_id=to, sealed=sealed) for box, to, sealed in kept)
        try_again(session, by=sam)
    assert unseal(force_on_both) == 1


def test_triages_log_has_no_line_of_it(force_on_both: Force, holders: Holders) -> None:
    send_to(force_on_both, holders.recipient, "about an officer")
    release(force_on_both)
    unseal(force_on_both)
    holders.acknowledges()
    lines = audit_lines(force_on_both)
    assert lines
    assert Act.REFUSED not in {line["act"] for line in lines}


def test_a_drop_in_danger_that_nobody_opens_is_a_fault_and_is_shown(force: Force, tmp_path: Path) -> None:
    """Neither the box nor a decoy is ever marked “danger now”, so such a drop is not passed off as one of them."""
    holders = Holders.of(force, tmp_path / "holders")
    send_to(force, holders.recipient, "about an officer")
    release(force)
    with force.database.case.begin() as connection:
        connection.execute(text("UPDATE held_drops SET danger = 1"))
    unseal(force)
    with force.database.look() as session:
        assert (count_elsewhere(session), count_refused(session)) == (0, 1)


def test_the_page_of_refused_drops_tells_how_many_and_nothing_else(force: Force, tmp_path: Path) -> None:
    holders = Holders.of(force, tmp_path / "holders")
    ours = send_to(force, holders.recipient, "about an officer")
    release(force)
    unseal(force)
    sam = client_for(force, "sam")
    sam.page("/intake/refused")
    sam.sees("1 drop besides is sealed to the counter-corruption box, or to nobody")
    sam.does_not_see(ours.hex()[:8])


def test_the_files_of_its_reports_come_to_its_holders_and_wait_for_them(
    force_on_both: Force, holders: Holders, tmp_path: Path
) -> None:
    """Nothing is let go before every file is on the holders' disk: with the copy, triage's pieces would go too."""
    sealer = FileSealer()
    pieces = list(sealer.write(PHOTO))
    last, part = sealer.finish(MediaType.JPEG)
    pieces += last
    send_to(force_on_both, holders.recipient, "about an officer", parts=(part,))
    dropbox = Dropbox(force_on_both.drop)
    dropbox.append_part(Part(part.file_id, 0, pieces[0], force_on_both.today))
    release(force_on_both)
    assert holders.collects().files_to_come == 1
    with pytest.raises(CounterError, match="have not come yet: 1"):
        holders.acknowledges()
    assert holders.copies() == 1
    for number, piece in enumerate(pieces[1:], start=1):
        dropbox.append_part(Part(part.file_id, number, piece, force_on_both.today))
    release(force_on_both)
    tried = holders.acknowledges()
    assert (tried.files_to_come, tried.released) == (0, 1)
    [found] = holders.reads()
    assert found.report is not None
    [(_, content)] = opened_files(found.report, holders.folder)
    assert content is not None
    assert b"".join(content) == PHOTO
    kept = b"".join(path.read_bytes() for path in holders.folder.iterdir())
    assert PHOTO[:64] not in kept


@contextmanager
def login(force: Force, role: str) -> Iterator[Engine]:
    """A connection as a login that is in one of the migration's roles and nothing else."""
    owner, name, password = force.database.case, f"qw_login_{secrets.token_hex(4)}", secrets.token_hex(16)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' IN ROLE {role}"))
    engine = open_engine(owner.url.set(username=name, password=password))
    try:
        yield engine
    finally:
        engine.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"DROP ROLE {name}"))


@pytest.mark.postgres
@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_on_postgresql_triages_login_works_and_cannot_touch_a_copy(force_on_both: Force, holders: Holders) -> None:
    """Triage as a member of its role does its work; deleting, emptying, letting go and dropping are refused it."""
    force = force_on_both
    with login(force, "quietword_triage_case") as triage, login(force, "quietword_counter") as counter:
        send_to(force, holders.recipient, "about an officer")
        force.send("for triage")
        at_work = replace(force, database=replace(force.database, case=triage))
        release(at_work)
        assert unseal(at_work) == 1
        for statement in (
            *CHANGES,
            "TRUNCATE sealed_copies",
            "DROP TABLE sealed_copies",
            "ALTER TABLE sealed_copies DISABLE TRIGGER ALL",
            "INSERT INTO released_copies SELECT drop_id, drop_id, received_on FROM sealed_copies",
            "INSERT INTO counter_boxes SELECT drop_id, received_on FROM sealed_copies",
        ):
            with pytest.raises(DBAPIError, match=r"permission denied|must be owner"), triage.begin() as connection:
                connection.execute(text(statement))
        for statement in ("SELECT sealed FROM reports", "SELECT * FROM officers", "SELECT * FROM held_drops"):
            with pytest.raises(DBAPIError, match="permission denied"), counter.begin() as connection:
                connection.execute(text(statement))
        tried = holders.on(counter).acknowledges()
        assert (tried.new, tried.released) == (1, 2)
        with at_work.database.begin() as session:
            assert forget_released(session) == 1
