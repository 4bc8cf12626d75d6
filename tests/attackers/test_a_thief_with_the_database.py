"""A thief who copies every disk of the running service, while officers are signed in, and has nobody's passphrase.

What they got stands in docs/threats.md, beside the names of these tests.
"""

import shutil
import struct
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

import triage.tables
from config import TriageSettings
from envelope.errors import WrongPassphraseError
from envelope.passphrase import open_with_passphrase
from tests.attackers.running import a_while_ago, comes_in, officers_program
from tests.force import Clock, Force, open_databases
from tests.whole_case import copy_of_every_disk, work_whole_case
from triage.database import Database
from triage.keys.models import BoxRow
from triage.keys.system import sign_in_digest
from triage.officers.errors import SignedOutError
from triage.officers.models import OfficerRow, SessionRow
from triage.officers.rules import Role
from triage.officers.service import add_officer
from triage.officers.session import resume_session


def test_a_copy_of_every_disk_of_the_running_service_holds_no_word(force: Force, tmp_path: Path) -> None:
    """Databases with their logs, the system's key, what the service printed: two people are signed in meanwhile."""
    a_while_ago(force)
    case = work_whole_case(force)
    with officers_program(force, tmp_path / "running") as service:
        people = [comes_in(force, service, name) for name in ("tom", "sam")]
        for one in people:
            one.reads(f"/reports/{case.report_id}")
            one.post("/search", {"words": case.canaries.planted["who"], "search": "Search"}, token=one.token())
        for number, one in enumerate(people):
            case.canaries.plant_as(f"the cookie of somebody signed in {number}", one.cookies["quietword"])
            case.canaries.plant_as(f"the token of somebody signed in {number}", one.token())
        copied = copy_of_every_disk(force, tmp_path / "copied")
        shutil.copytree(tmp_path / "running", tmp_path / "copied" / "running")
    assert {path.name for path in copied.iterdir()} >= {"drop.sqlite", "case.sqlite", "keys.sqlite", "system-key"}
    assert case.canaries.found_in([copied]) == []


@pytest.mark.postgres
def test_every_row_of_postgresql_holds_no_word(force_on_both: Force, tmp_path: Path) -> None:
    """The same on both databases, read as whoever owns them reads: every column of every row, sessions of now too."""
    force = force_on_both
    a_while_ago(force)
    case = work_whole_case(force)
    with officers_program(force, tmp_path / "running") as service:
        tom = comes_in(force, service, "tom")
        tom.reads(f"/reports/{case.report_id}")
        case.canaries.plant_as("the cookie of somebody signed in", tom.cookies["quietword"])
        (tmp_path / "rows").mkdir()
        rows = tmp_path / "rows" / "all"
        rows.write_bytes(b"\n".join(_every_row(force)))
    assert rows.stat().st_size > 100_000
    assert case.canaries.found_in([tmp_path / "rows"]) == []


def test_the_rows_of_those_signed_in_open_without_their_cookies_for_nobody(force: Force, tmp_path: Path) -> None:
    """Whatever stands in the row itself, taken for a cookie; and the control, whose cookie opens the row it is of."""
    a_while_ago(force)
    with officers_program(force, tmp_path / "running") as service:
        tom = comes_in(force, service, "tom")
        copied = copy_of_every_disk(force, tmp_path / "copied")
        with _over_the_copy(force, copied) as (database, settings), database.look() as session:
            row = session.scalars(select(SessionRow)).one()
            tried = [urlsafe_b64encode(one).decode().rstrip("=") for one in (row.digest, row.sealed[:32], bytes(32))]
            for cookie in tried:
                with pytest.raises(SignedOutError):
                    resume_session(session, settings, cookie)
            assert resume_session(session, settings, tom.cookies["quietword"]).officer.id == row.officer_id


def test_the_thief_can_ask_the_copy_whether_a_name_signs_in_here(force: Force, tmp_path: Path) -> None:
    """What they do get (ADR 4): the system's key is on the disk, so a name that is guessed can be checked."""
    with _over_the_copy(force, copy_of_every_disk(force, tmp_path / "copied")) as (database, settings):
        with database.look() as session:
            digests = set(session.scalars(select(OfficerRow.sign_in_digest)))
        assert sign_in_digest(settings, "tom") in digests
        assert sign_in_digest(settings, "nobody of that name") not in digests


def test_each_guess_of_a_passphrase_costs_the_thief_what_it_costs_us(force: Force, tmp_path: Path) -> None:
    """Shipped settings: Argon2id with 256 MiB and three passes; and a lock, read from the thief's copy as bytes
    (`envelope/passphrase.py`), names the cost that it was made at, and opens at no other."""
    shipped = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(force.settings.instance)})
    ada, passphrase = force.officer("ada"), "nine pebbles on a shelf"
    with force.database.begin() as session:
        una = add_officer(
            session, shipped, name="Una", sign_in_name="una", role=Role.AUDITOR, passphrase=passphrase, by=ada
        ).officer_id
    copied = copy_of_every_disk(force, tmp_path / "copied")
    with _over_the_copy(force, copied) as (database, _), database.look() as session:
        lock = session.get_one(OfficerRow, una).locked_seed
    version, memory_kib, passes, lanes = struct.unpack_from(">BIII", lock)
    assert (version, memory_kib, passes, lanes) == (1, 256 * 1024, 3, 4)
    assert len(open_with_passphrase(lock, passphrase)) == 32
    cheaper = struct.pack(">BIII", version, 64, 1, lanes) + lock[struct.calcsize(">BIII") :]
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(cheaper, passphrase)


def test_what_the_thief_learns_without_any_key_is_on_the_list(force: Force, tmp_path: Path) -> None:
    """How many reports, of which band, since which day, and which officer's id did how much: counted from the copy."""
    work_whole_case(force)
    copied = copy_of_every_disk(force, tmp_path / "copied")
    with _over_the_copy(force, copied) as (database, _), database.case.connect() as connection:
        reports = connection.execute(text("SELECT state, band, danger, received_on FROM reports")).all()
        lines = connection.execute(text("SELECT signer_id, count(*) FROM audit_leaves GROUP BY signer_id")).all()
        boxes = connection.execute(select(BoxRow.purpose)).all()
    assert len(reports) == 2
    assert len(lines) >= 3
    assert len(boxes) > 10


@contextmanager
def _over_the_copy(force: Force, copied: Path) -> Iterator[tuple[Database, TriageSettings]]:
    """Our own program over the thief's copy, at the moment it was made."""
    urls = {f"{name}_url": make_url(f"sqlite:///{copied / name}.sqlite") for name in ("drop", "case", "keys")}
    settings = replace(force.settings, instance=copied, **urls)
    clock = Clock(force.clock.now)
    database, drop = open_databases(settings, clock)
    with database.look() as session:
        newest = session.scalars(select(SessionRow.seen_at).order_by(SessionRow.seen_at.desc())).first()
    if newest is not None:
        clock.now = newest if newest.tzinfo else newest.replace(tzinfo=clock.now.tzinfo)
    try:
        yield database, settings
    finally:
        database.dispose()
        drop.dispose()


def _every_row(force: Force) -> Iterator[bytes]:
    for engine, metadata in ((force.database.case, triage.tables.CASE), (force.database.keys, triage.tables.KEYS)):
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                for row in connection.execute(select(table)):
                    for value in row:
                        yield bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
