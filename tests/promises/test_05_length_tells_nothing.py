"""Promise 5: length tells nothing: what is stored of a report has one of four sizes, at the drop and inside the wall.

Not covered here: files (no page takes any yet), and that four sizes still tell a short report from a very long one.
"""

import sqlite3
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from envelope.errors import TooLongError
from envelope.identity import Identity
from envelope.mailbox import Mailbox, NoticeState
from envelope.padding import REPORT_BUCKETS
from envelope.receipt import Receipt
from envelope.recipient import seal
from envelope.report import Report
from envelope.wire import Context, Purpose
from reporting.questions import every_field
from store.dropbox import Drop, Dropbox
from store.errors import WrongSizeError
from tests.desk_work import agreed, drafted, referred, report_at_desk
from tests.force import Force
from tests.public_form import PublicForm
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import ReportRow
from triage.intake.reports import close, read_by_a_person
from triage.intake.unsealing import unseal_waiting

# What the smallest drop is made of (docs/envelope.md): the bucket, 16 bytes a chunk of 64 KiB, and age's header.
SIZES_AT_THE_DROP = {5_755, 18_043, 67_195, 263_851}
LENGTHS = (1, 2, 100, 1_000, 2_700, 2_800, 5_000, 12_000, 16_000, 20_000)
RECIPIENT = Identity.generate().recipient()
ADDRESS = Mailbox.from_receipt(Receipt.generate()).address


def test_stored_reports_come_in_four_sizes(public_form: PublicForm) -> None:
    """Reports of every length that the form takes, in letters of one byte and of four, with and without the rest."""
    others = {asked.id: "y" * asked.limit for asked in every_field() if asked.limit and asked.id != "what"}
    for letter in ("x", "\N{PEACOCK}"):
        for length in LENGTHS:
            person = public_form.person
            person.page("/")
            person.submit(button="Start")
            person.submit(what=letter * length, button="check")
            person.submit(button="Send")
            assert person.heading() == "Sent"
    person = public_form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="\N{PEACOCK}" * 20_000, button="Continue")
    while person.heading() != "Check your answers":
        here = {name: value for name, value in others.items() if f'name="{name}"' in person.response.text}
        person.submit(here, button="Continue")
    person.submit(button="Send")
    assert person.heading() == "Sent"
    stored = [len(sealed) for _, sealed, _, _ in public_form.drops()]
    assert len(stored) == 2 * len(LENGTHS) + 1
    assert set(stored) == SIZES_AT_THE_DROP


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["what", "who", "where", "things"]), st.text(max_size=4_000), min_size=1))
def test_nothing_but_the_size_class_follows_from_what_was_written(answers: dict[str, str]) -> None:
    """Whatever was answered, the sealed length is one of the four, and the smallest that holds it."""
    report = Report({**answers, "what": answers.get("what", "") + "x"}, "en", ADDRESS, danger=False)
    sealed = seal(report.to_bytes(), RECIPIENT, Context(Purpose.REPORT, (b"d" * 16,)), buckets=REPORT_BUCKETS)
    assert len(sealed) in SIZES_AT_THE_DROP


@pytest.mark.parametrize("change", [-1, 1, 100])
def test_the_store_takes_no_other_length(public_form: PublicForm, change: int) -> None:
    """A mistake above cannot let a length through: the door itself knows the four."""
    dropbox: Dropbox = public_form.app.extensions["quietword.reporting"].dropbox
    for size in SIZES_AT_THE_DROP:
        with pytest.raises(WrongSizeError):
            dropbox.append(Drop(b"i" * 16, bytes(size + change), False, public_form.today))
    assert public_form.drops() == []


def test_a_report_too_long_for_the_largest_size_is_not_sealed_at_a_length_of_its_own() -> None:
    """There is no fifth size."""
    report = Report({"what": "x" * 263_000}, "en", ADDRESS, danger=False)
    with pytest.raises(TooLongError):
        seal(report.to_bytes(), RECIPIENT, Context(Purpose.REPORT, (b"d" * 16,)), buckets=REPORT_BUCKETS)


def test_inside_the_wall_a_report_keeps_to_four_sizes_whatever_is_done_with_it(force: Force) -> None:
    """New, read, drafted about, referred, closed: a report's row never has a length of its own."""
    for length in LENGTHS:
        force.send("x" * length)
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        opened = unseal_waiting(session, by=tom).opened
    assert len(opened) == len(LENGTHS)
    sizes = _sizes_of_reports(force)
    report_id = report_at_desk(force)
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=tom)
    referred(force, agreed(force, report_id))
    drafted(force, opened[0])
    with force.database.begin() as session:
        close(session, opened[1], reason="A reason of some length. " * 20, by=tom)
    assert _sizes_of_reports(force) | sizes == sizes
    # The sealed field's own: version, nonce, tag and the length inside stand beside the bucket.
    overhead = {size - max(bucket for bucket in REPORT_BUCKETS if bucket <= size) for size in sizes}
    assert len(overhead) == 1
    assert overhead.pop() < 64


def _sizes_of_reports(force: Force) -> set[int]:
    with force.database.look() as session:
        return set(session.scalars(select(func.length(ReportRow.sealed))))


def test_a_page_between_two_questions_has_one_of_four_lengths_inside(public_form: PublicForm) -> None:
    """Whoever counts the bytes of a post sees a size class and not how much was written."""
    lengths = set()
    for length in LENGTHS:
        person = public_form.person
        person.page("/")
        person.submit(button="Start")
        person.submit(what="x" * length, button="Continue")
        lengths.add(len(urlsafe_b64decode(person.value("csrf_token"))))
    assert lengths == {28 + bucket for bucket in (4096, 16384, 65536)} & lengths
    assert len(lengths) >= 2


def test_a_notice_has_one_length_whatever_it_says(public_form: PublicForm, tmp_path: Path) -> None:
    """Received, read, closed, with words or without: the board's rows are all alike."""
    for state in NoticeState:
        for message in ("", "x" * 1_500):
            public_form.publish_notice(Receipt.generate(), state, message=message)
    with sqlite3.connect(tmp_path / "drop.sqlite") as connection:
        lengths = connection.execute("SELECT length(sealed) FROM notices").fetchall()
    connection.close()
    assert len(lengths) == 6
    assert len(set(lengths)) == 1
