"""A search by act or subject finds what reading every line finds, and opens little else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Row, delete, insert, select, text, update

from tests.force import Force, Founded, open_copy
from tests.integration.triage.test_audit_verify import drop_triggers
from triage.audit.acts import Act
from triage.audit.as_kept import Kept, lines_as_kept
from triage.audit.merkle import leaf_hash, root_over
from triage.audit.models import AuditKeyRow, AuditLeafRow, AuditSummaryRow, AuditTileRow
from triage.audit.reading import Found, Line, LogReader, Wanted
from triage.audit.service import record
from triage.audit.summaries import keep_summaries
from triage.audit.tree import TILE_LINES
from triage.officers.witness import checkpoint, verify_audit_log
from triage.oversight.log import reader_of

CASE = UUID(int=77)


@pytest.fixture(scope="module")
def filled_once(founded_on_sqlite: Founded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a force whose log is filled: what takes longest here, done once."""
    folder = tmp_path_factory.mktemp("filled") / "instance"
    force = open_copy(founded_on_sqlite, founded_on_sqlite.folder, folder)
    filled(force)
    force.dispose()
    return folder


@pytest.fixture
def with_log(founded_on_sqlite: Founded, filled_once: Path, tmp_path: Path) -> Iterator[Force]:
    """A force on SQLite whose log is filled."""
    force = open_copy(founded_on_sqlite, filled_once, tmp_path / "instance")
    yield force
    force.dispose()


def filled(force: Force) -> None:
    """Two tiles and some lines, a few of them about one case."""
    tom, tess = force.officer("tom"), force.officer("tess")
    with force.database.begin() as session:
        for at in range(2 * TILE_LINES + 100):
            by = tom if at % 2 else tess
            about = CASE if at % 700 == 5 else uuid4()
            record(session, Act.GRADED if at % 700 == 5 else Act.OPENED, about, by=by, to=CASE if at == 900 else None)
        checkpoint(session, force.settings)


def summarised(force: Force) -> None:
    iris = force.officer("iris")
    with force.database.begin() as session:
        reader = reader_of(session, by=iris)
        for number in reader.unsummarised():
            keep_summaries(session, reader.summarise(number))


def found(force: Force, wanted: Wanted, **how: int) -> Found:
    iris = force.officer("iris")
    with force.database.look() as session:
        return reader_of(session, by=iris).find(wanted, most=how.get("most", 50), before=how.get("before"))


def by_reading_everything(force: Force, wanted: Wanted) -> list[int]:
    iris = force.officer("iris")
    with force.database.look() as session:
        return [
            line.sequence
            for line in reader_of(session, by=iris).all_lines(Wanted())
            if wanted.fits(line) and wanted.signer_id in {None, line.signer_id}
        ]


def test_every_question_is_answered_as_by_reading_everything(force_on_both: Force) -> None:
    force = force_on_both
    filled(force)
    tom = force.officer("tom").id
    questions = (
        Wanted(subject=str(CASE)),
        Wanted(act=Act.GRADED),
        Wanted(act=Act.OPENED, subject=str(CASE)),
        Wanted(subject=str(CASE), signer_id=tom),
        Wanted(act=Act.FOUNDED),
        Wanted(subject=str(uuid4())),
    )
    before = [[line.sequence for line in found(force, wanted).lines] for wanted in questions]
    summarised(force)
    for wanted, unsummarised in zip(questions, before, strict=True):
        shown = [line.sequence for line in found(force, wanted).lines]
        assert shown == unsummarised == by_reading_everything(force, wanted)
    assert len(before[0]) == 5
    assert before[-1] == []


def test_lines_are_counted_as_by_reading_everything(force_on_both: Force) -> None:
    force, tom, iris = force_on_both, force_on_both.officer("tom"), force_on_both.officer("iris")
    days = [force.clock().date()]
    for many in (TILE_LINES // 2, 2 * TILE_LINES, TILE_LINES, 50):
        with force.database.begin() as session:
            for _ in range(many):
                record(session, Act.OPENED, CASE, by=tom)
            checkpoint(session, force.settings)
        force.clock.forward(days=1)
        days.append(force.clock().date())
    with force.database.look() as session:
        reader = reader_of(session, by=iris)
        lines = list(reader.all_lines(Wanted()))
        for signer_id in (None, tom.id):
            for since, until in product((None, *days), repeat=2):
                wanted = Wanted(signer_id=signer_id, from_day=since, to_day=until)
                there = [
                    line
                    for line in lines
                    if (since or line.recorded_on) <= line.recorded_on <= (until or line.recorded_on)
                    and signer_id in {None, line.signer_id}
                ]
                assert reader.count(wanted) == len(there)


def test_pages_go_on_where_the_last_one_ended(with_log: Force) -> None:
    force = with_log
    summarised(force)
    wanted, all_of_them, before = Wanted(subject=str(CASE)), list[int](), None
    while True:
        page = found(force, wanted, most=2, **({} if before is None else {"before": before}))
        all_of_them += [line.sequence for line in page.lines]
        if page.older is None:
            break
        before = page.older
    assert all_of_them == by_reading_everything(force, wanted)


def test_only_lines_that_fit_are_opened(with_log: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    force = with_log
    summarised(force)
    opened: list[int] = []
    real = LogReader._open

    def noted(self: LogReader, row: Row[Any]) -> Line:
        opened.append(row.sequence)
        return real(self, row)

    monkeypatch.setattr(LogReader, "_open", noted)
    lines = found(force, Wanted(act=Act.GRADED)).lines
    tail = [at for at in opened if at >= 2 * TILE_LINES]
    assert sorted(set(opened) - set(tail)) == sorted(line.sequence for line in lines if line.sequence < 2 * TILE_LINES)


def test_a_summary_that_was_changed_hides_nothing(with_log: Force) -> None:
    """Swapped with another's, cut or made up: the lines themselves are read."""
    force = with_log
    summarised(force)
    wanted = Wanted(subject=str(CASE))
    whole = [line.sequence for line in found(force, wanted).lines]
    with force.database.begin() as session:
        rows = session.scalars(select(AuditSummaryRow).order_by(AuditSummaryRow.number)).all()
        rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed
        session.execute(update(AuditSummaryRow).where(AuditSummaryRow.number == 1).values(places=b"x"))
    assert [line.sequence for line in found(force, wanted).lines] == whole


@pytest.mark.parametrize("hidden", ["its key was away", "it was away", "its place was another's"])
def test_a_line_that_was_away_while_a_summary_was_made_is_found_once_it_is_back(with_log: Force, hidden: str) -> None:
    """Whoever writes to the database chooses the moment, and puts back what they took: `verify` finds nothing."""
    force = with_log
    wanted = Wanted(subject=str(CASE))
    whole = [line.sequence for line in found(force, wanted).lines]
    line = min(whole)
    statements = {
        "its key was away": "UPDATE audit_keys SET sealed = x'00' WHERE :line >= 0",
        "it was away": "DELETE FROM audit_leaves WHERE sequence = :line",
        "its place was another's": "UPDATE audit_leaves SET sequence = sequence + 10000 WHERE sequence = :line",
    }
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        leaves = [dict(row) for row in connection.execute(select(AuditLeafRow.__table__)).mappings()]
        keys = [dict(row) for row in connection.execute(select(AuditKeyRow.__table__)).mappings()]
        connection.execute(text(statements[hidden]), {"line": line})
    summarised(force)
    with force.database.case.begin() as connection:
        for table, rows in ((AuditLeafRow, leaves), (AuditKeyRow, keys)):
            connection.execute(delete(table))
            connection.execute(insert(table), rows)
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).holds
    assert [line.sequence for line in found(force, wanted).lines] == whole


def test_a_summary_of_lines_that_were_others_then_is_made_anew(with_log: Force) -> None:
    """Even where the root that was kept over them was made to fit for that moment."""
    force = with_log
    wanted = Wanted(subject=str(CASE))
    whole = [line.sequence for line in found(force, wanted).lines]
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        tiles = [dict(row) for row in connection.execute(select(AuditTileRow.__table__)).mappings()]
        leaves = [dict(row) for row in connection.execute(select(AuditLeafRow.__table__)).mappings()]
        one, other = whole[-1], whole[-1] + 1
        for at, to in ((one, -1), (other, one), (-1, other)):
            connection.execute(text(f"UPDATE audit_leaves SET sequence = {to} WHERE sequence = {at}"))  # noqa: S608
        swapped = [Kept.of(row) for row in connection.execute(lines_as_kept(0, TILE_LINES))]
        root = root_over(b"".join(leaf_hash(line.leaf) for line in swapped))
        connection.execute(update(AuditTileRow).where(AuditTileRow.number == 0).values(root=root))
    summarised(force)
    with force.database.case.begin() as connection:
        for table, rows in ((AuditLeafRow, leaves), (AuditTileRow, tiles)):
            connection.execute(delete(table))
            connection.execute(insert(table), rows)
    assert [line.sequence for line in found(force, wanted).lines] == whole


def test_two_auditors_who_summarise_the_same_lines_at_once_are_both_answered(force_on_both: Force) -> None:
    force = force_on_both
    filled(force)
    iris = force.officer("iris")
    with force.database.look() as session:
        made = reader_of(session, by=iris).summarise(0)
    assert made

    def keep() -> None:
        with force.database.begin() as session:
            keep_summaries(session, made)

    with ThreadPoolExecutor(1) as pool:
        with force.database.begin() as session:
            keep_summaries(session, made)
            other = pool.submit(keep)
            with pytest.raises(TimeoutError):
                other.result(0.3)  # it waits for this one
        other.result(60)
    with force.database.look() as session:
        assert 0 not in reader_of(session, by=iris).unsummarised()


def test_nothing_that_can_be_searched_lies_in_clear(with_log: Force) -> None:
    """Neither part of a summary holds a tag of what it is about."""
    from triage.audit.summaries import act_tag, id_tag

    force = with_log
    summarised(force)
    with force.database.look() as session:
        for row in session.scalars(select(AuditSummaryRow)):
            for tag in (act_tag(Act.GRADED), id_tag(str(CASE))):
                assert tag not in bytes(row.sealed)
                assert tag not in bytes(row.places)
