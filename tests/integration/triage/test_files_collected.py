"""Files are collected sealed and in pieces: nothing is lost, nothing is twice, and nothing is destroyed too early."""

import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from envelope.report import MediaType, PartReference
from store.dropbox import Dropbox, Part
from store.errors import StoreUnavailableError
from tests.audit_lines import audit_lines
from tests.desk_work import collected, unsealed
from tests.force import Force, client_for
from tests.sent_files import attach, picture, report_with
from triage.audit.acts import Act
from triage.copies.models import SealedCopyRow
from triage.intake.collecting import Wanted, release_drops
from triage.intake.files import files_of, read_file
from triage.intake.models import FileRow, HeldPartRow
from triage.intake.pieces import release_pieces
from triage.intake.retiring import retire
from triage.intake.unsealing import Refusal, refused_drops, unseal_waiting
from triage.keys.system import SYSTEM_ID

LARGE = bytes(place % 251 for place in range(2_400_000))


def held(force: Force, reference: PartReference) -> list[int]:
    with force.database.look() as session:
        query = select(HeldPartRow.sequence).where(HeldPartRow.file_id == reference.file_id)
        return sorted(session.scalars(query))


def opened(force: Force, report_id: UUID) -> bytes:
    tom = force.officer("tom")
    with force.database.look() as session:
        [file] = files_of(session, report_id, by=tom)
        return b"".join(read_file(session, report_id, file.id, by=tom))


def retire_days(force: Force, days: int) -> None:
    force.clock.forward(days=days)
    retire(force.database, force.settings, force.collection, force.publishing)


def test_a_file_is_copied_piece_by_piece_opened_whole_and_gone_from_the_drop(force_on_both: Force) -> None:
    reference = attach(force_on_both, LARGE)
    report_id = report_with(force_on_both, reference)
    assert held(force_on_both, reference) == [0, 1, 2]
    assert list(force_on_both.collection.parts_for(reference.file_id)) == []
    assert opened(force_on_both, report_id) == LARGE


def test_a_crash_before_the_drop_is_cleared_loses_nothing_and_doubles_nothing(
    force_on_both: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = attach(force_on_both, LARGE)
    collection = force_on_both.collection

    def away(_file_id: bytes, _sequences: Iterable[int]) -> None:
        raise StoreUnavailableError("away")

    monkeypatch.setattr(collection, "destroy_pieces", away)
    with pytest.raises(StoreUnavailableError):
        release_pieces(force_on_both.database, collection)
    assert held(force_on_both, reference) == [0, 1, 2]
    assert len(list(force_on_both.collection.parts_for(reference.file_id))) == 3
    assert release_pieces(force_on_both.database, force_on_both.collection) == 0
    assert list(force_on_both.collection.parts_for(reference.file_id)) == []
    assert opened(force_on_both, report_with(force_on_both, reference)) == LARGE


def test_a_piece_that_arrives_while_the_others_are_collected_is_not_destroyed_with_them(
    force_on_both: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is still uploading when a release comes: what was not copied is not touched."""
    sealed = attach(force_on_both, LARGE)
    pieces = list(force_on_both.collection.parts_for(sealed.file_id))
    force_on_both.collection.destroy_pieces(sealed.file_id, [2])
    collection = force_on_both.collection
    destroy = collection.destroy_pieces

    def arrives_first(file_id: bytes, sequences: Iterable[int]) -> None:
        Dropbox(force_on_both.drop).append_part(pieces[2])
        destroy(file_id, sequences)

    monkeypatch.setattr(collection, "destroy_pieces", arrives_first)
    release_pieces(force_on_both.database, collection)
    assert held(force_on_both, sealed) == [0, 1]
    assert [part.sequence for part in collection.parts_for(sealed.file_id)] == [2]
    assert opened(force_on_both, report_with(force_on_both, sealed)) == LARGE


def test_a_piece_collected_before_is_not_replaced_by_another_of_its_number(force_on_both: Force) -> None:
    reference = attach(force_on_both, LARGE)
    collected(force_on_both)
    Dropbox(force_on_both.drop).append_part(Part(reference.file_id, 1, b"somebody else's", force_on_both.today))
    collected(force_on_both)
    assert opened(force_on_both, report_with(force_on_both, reference)) == LARGE


def test_between_the_set_hours_only_the_files_of_an_opened_report_are_fetched(force: Force) -> None:
    """Somebody is in danger: their report is opened at once, and says that its picture is not here yet."""
    wanted, other = attach(force, picture()), attach(force, picture(words="another"))
    force.send("he has a knife", danger=True, files=(wanted,))
    force.send("routine", files=(other,))

    def danger_turn() -> None:
        release_drops(force.database, force.settings, force.collection, release=Wanted.DANGER_ONLY)

    danger_turn()
    assert held(force, wanted) == []
    tom = force.officer("tom")
    with force.database.begin() as session:
        [report_id] = unseal_waiting(session, by=tom).opened
        [file] = files_of(session, report_id, by=tom)
        assert not file.arrived
    danger_turn()
    assert held(force, wanted) == [0]
    assert held(force, other) == []
    with force.database.look() as session:
        [file] = files_of(session, report_id, by=tom)
        assert file.arrived
    assert opened(force, report_id) == picture()


def test_files_nobody_names_go_with_the_keys_of_their_day_and_never_before(force_on_both: Force) -> None:
    abandoned = attach(force_on_both, picture())
    kept = attach(force_on_both, picture(words="kept"))
    report_id = report_with(force_on_both, kept)
    for _ in range(3):
        retire_days(force_on_both, 1)
        if force_on_both.today <= force_on_both.intake_keys[0].key.not_before + timedelta(days=2):
            assert held(force_on_both, abandoned) == [0], force_on_both.today
    assert held(force_on_both, abandoned) == []
    assert held(force_on_both, kept) == [0]
    retire_days(force_on_both, 30)
    assert opened(force_on_both, report_id) == picture(words="kept")


@pytest.mark.parametrize("waits", ["held here", "at the drop"])
def test_while_a_report_of_their_day_is_unopened_no_file_goes(force: Force, waits: str) -> None:
    reference = attach(force, picture())
    force.send("nobody opened this for a month", files=(reference,))
    if waits == "held here":
        collected(force)
    else:
        release_pieces(force.database, force.collection)
    retire_days(force, 30)
    assert held(force, reference) == [0]
    assert opened(force, unsealed(force)[-1]) == picture()
    retire_days(force, 30)
    assert held(force, reference) == [0]


def test_while_a_copy_waits_for_another_box_no_file_of_its_day_goes(force: Force) -> None:
    """It may be named by a report about the police, which nobody here can open."""
    reference = attach(force, picture())
    collected(force)
    with force.database.begin() as session:
        session.add(SealedCopyRow(drop_id=b"x" * 16, sealed=b"sealed elsewhere", received_on=force.today))
    retire_days(force, 30)
    assert held(force, reference) == [0]


def test_destroying_what_nobody_names_leaves_a_line(force: Force) -> None:
    attach(force, picture(), MediaType.PNG)
    collected(force)
    retire_days(force, 1)
    assert not [line for line in audit_lines(force, SYSTEM_ID) if line["act"] == Act.FILES_UNCLAIMED]
    retire_days(force, 3)
    [line] = [line for line in audit_lines(force, SYSTEM_ID) if line["act"] == Act.FILES_UNCLAIMED]
    assert line["count"] == 1


def test_a_report_that_names_more_files_than_any_of_ours_is_refused_whole(force: Force) -> None:
    """Somebody's own program can seal what it likes to our key; it must not keep the desk busy with rows."""
    named = attach(force, picture(), only=())
    force.send("a flood", files=(named,) * 21)
    force.send("one of ours", files=(named,) * 5)
    collected(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        done = unseal_waiting(session, by=tom)
        assert (len(done.opened), done.refused) == (1, 1)
        assert [one.refusal for one in refused_drops(session)] == [Refusal.NOT_OURS]
        assert len(session.scalars(select(FileRow)).all()) == 5


def test_a_large_file_is_collected_and_read_with_a_few_pieces_in_memory(force: Force) -> None:
    length = 40_000_000
    reference = attach(force, bytes(length))
    force.send("a large one", files=(reference,))
    tom = force.officer("tom")
    tracemalloc.start()
    try:
        collected(force)
        with force.database.begin() as session:
            [report_id] = unseal_waiting(session, by=tom).opened
        with force.database.look() as session:
            [file] = files_of(session, report_id, by=tom)
            assert sum(map(len, read_file(session, report_id, file.id, by=tom))) == length
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16_000_000


@pytest.mark.parametrize("full", [{"case_most_bytes": 0}, {"case_keep_free": 1 << 60}], ids=["its size", "its disk"])
def test_without_room_words_are_taken_in_and_files_stay_at_the_drop(force: Force, full: dict[str, int]) -> None:
    """Whoever fills the disk of the case database with photos must not close it to reports."""
    before = force.settings
    force.settings = replace(before, **full)
    tom = client_for(force, "tom")
    reference = attach(force, LARGE)
    force.send("He comes round the back every night.", files=(reference,))
    taken = release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    assert (taken.new, taken.files_left) == (1, True)
    assert held(force, reference) == []
    assert len(list(force.collection.parts_for(reference.file_id))) == 3
    tom.page("/reports")
    tom.sees("There is no room left for files here")
    [report_id] = unsealed(force)
    force.settings = before
    taken = release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    assert not taken.files_left
    assert opened(force, report_id) == LARGE
