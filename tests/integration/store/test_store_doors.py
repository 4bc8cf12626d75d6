"""What goes in at one door of the store comes out at the other, once, on both databases."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from store.collection import Collection
from store.dropbox import Appended, Burn, Drop, Dropbox, Part
from store.errors import WrongSizeError
from store.noticeboard import Bell, Noticeboard, PublishedIntakeKey, PublishedNotice
from store.publishing import Publishing

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


def a_drop(*, danger: bool = False) -> Drop:
    return Drop(os.urandom(16), os.urandom(5900), danger=danger, received_on=TODAY)


def a_notice(lookup_id: bytes, published_on: date = TODAY) -> PublishedNotice:
    return PublishedNotice(os.urandom(16), lookup_id, os.urandom(2048), published_on, published_on + 90 * DAY)


def test_appending_twice_is_one_drop(drop_engine: Engine) -> None:
    drop = a_drop()
    answers = [Dropbox(drop_engine).append(drop) for _ in range(3)]
    assert answers == [Appended.NEW, Appended.ALREADY, Appended.ALREADY]
    assert Collection(drop_engine).waiting() == (drop.drop_id,)


def test_a_double_click_at_the_same_moment_is_one_drop(drop_engine: Engine) -> None:
    drop, dropbox = a_drop(), Dropbox(drop_engine)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: dropbox.append(drop), range(8)))
    assert sorted(answers) == [Appended.ALREADY] * 7 + [Appended.NEW]
    assert Collection(drop_engine).take([drop.drop_id]) == (drop,)


def test_many_senders_at_once_lose_nothing(drop_engine: Engine) -> None:
    drops, dropbox = [a_drop() for _ in range(120)], Dropbox(drop_engine)
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(dropbox.append, drops)) == {Appended.NEW}
    assert set(Collection(drop_engine).waiting()) == {drop.drop_id for drop in drops}


def test_what_was_appended_first_stays_when_the_id_comes_again_with_other_bytes(drop_engine: Engine) -> None:
    first = a_drop()
    again = Drop(first.drop_id, os.urandom(5900), danger=True, received_on=TODAY)
    Dropbox(drop_engine).append(first)
    assert Dropbox(drop_engine).append(again) is Appended.ALREADY
    assert Collection(drop_engine).take([first.drop_id]) == (first,)


def test_a_report_whose_length_would_tell_something_is_not_stored(drop_engine: Engine) -> None:
    dropbox = Dropbox(drop_engine, legal_lengths=(4200, 16500))
    with pytest.raises(WrongSizeError):
        dropbox.append(a_drop())
    assert Collection(drop_engine).waiting() == ()
    assert dropbox.append(Drop(os.urandom(16), bytes(4200), False, TODAY)) is Appended.NEW


@pytest.mark.parametrize("length", [0, 15, 17])
def test_an_id_of_another_length_is_not_stored(drop_engine: Engine, length: int) -> None:
    with pytest.raises(WrongSizeError):
        Dropbox(drop_engine).append(Drop(bytes(length), b"sealed", False, TODAY))


def test_danger_now_can_be_collected_alone(drop_engine: Engine) -> None:
    calm, urgent = a_drop(), a_drop(danger=True)
    for drop in (calm, urgent):
        Dropbox(drop_engine).append(drop)
    collection = Collection(drop_engine)
    assert collection.waiting(danger_only=True) == (urgent.drop_id,)
    assert set(collection.waiting()) == {calm.drop_id, urgent.drop_id}


def test_taking_removes_nothing_and_destroying_can_be_repeated(drop_engine: Engine) -> None:
    drops = [a_drop() for _ in range(3)]
    for drop in drops:
        Dropbox(drop_engine).append(drop)
    collection = Collection(drop_engine)
    assert set(collection.take(collection.waiting())) == set(drops) == set(collection.take(collection.waiting()))
    gone = [drops[0].drop_id, drops[1].drop_id]
    collection.destroy(gone)
    collection.destroy(gone)
    assert collection.take([*gone, drops[2].drop_id]) == (drops[2],)


def test_more_drops_than_one_statement_can_name_are_taken_and_destroyed(drop_engine: Engine) -> None:
    drops = {Drop(os.urandom(16), b"sealed", False, TODAY) for _ in range(1100)}
    for drop in drops:
        Dropbox(drop_engine).append(drop)
    collection = Collection(drop_engine)
    assert set(collection.take(collection.waiting())) == drops
    collection.destroy(drop.drop_id for drop in drops)
    assert collection.waiting() == ()


def test_the_parts_of_a_file_come_out_in_their_sequence(drop_engine: Engine) -> None:
    file_id, other = os.urandom(16), os.urandom(16)
    parts = [Part(file_id, sequence, os.urandom(1000), TODAY) for sequence in range(11)]
    for part in [*reversed(parts), Part(other, 0, b"other", TODAY)]:
        assert Dropbox(drop_engine).append_part(part) is Appended.NEW
    assert Dropbox(drop_engine).append_part(parts[4]) is Appended.ALREADY
    collection = Collection(drop_engine)
    assert list(collection.parts_for(file_id)) == parts
    collection.destroy_parts([file_id])
    assert list(collection.parts_for(file_id)) == []
    assert collection.files_waiting(TODAY) == (other,)


def test_a_file_of_which_a_part_is_newer_is_not_swept(drop_engine: Engine) -> None:
    still_sending = os.urandom(16)
    for sequence, day in enumerate((TODAY - DAY, TODAY)):
        Dropbox(drop_engine).append_part(Part(still_sending, sequence, b"sealed", day))
    assert Collection(drop_engine).files_waiting(TODAY - DAY) == ()
    assert Collection(drop_engine).files_waiting(TODAY) == (still_sending,)


def test_a_part_larger_than_a_mebibyte_is_not_stored(drop_engine: Engine) -> None:
    with pytest.raises(WrongSizeError):
        Dropbox(drop_engine).append_part(Part(os.urandom(16), 0, bytes(1024 * 1024 + 1), TODAY))


def test_a_mailbox_shows_its_own_notices_oldest_first(drop_engine: Engine) -> None:
    mine, another = os.urandom(16), os.urandom(16)
    late, early, foreign = a_notice(mine), a_notice(mine, TODAY - 3 * DAY), a_notice(another)
    Publishing(drop_engine).publish_notices([late, foreign, early])
    Publishing(drop_engine).publish_notices([late, foreign, early])
    board = Noticeboard(drop_engine)
    assert board.notices(mine) == (early, late)
    assert board.notices(another) == (foreign,)
    assert board.notices(os.urandom(16)) == ()


def test_burning_hides_notices_at_once_and_those_that_come_later(drop_engine: Engine) -> None:
    lookup_id, burn_day = os.urandom(16), TODAY
    Publishing(drop_engine).publish_notices([a_notice(lookup_id)])
    burn = Burn(os.urandom(32), lookup_id, burn_day)
    assert Dropbox(drop_engine).burn(burn) is Appended.NEW
    assert Dropbox(drop_engine).burn(burn) is Appended.ALREADY
    assert Noticeboard(drop_engine).notices(lookup_id) == ()
    Publishing(drop_engine).publish_notices([a_notice(lookup_id)])
    assert Noticeboard(drop_engine).notices(lookup_id) == ()


def test_a_collected_burn_takes_its_notices_with_it(drop_engine: Engine) -> None:
    lookup_id, kept = os.urandom(16), os.urandom(16)
    publishing, collection = Publishing(drop_engine), Collection(drop_engine)
    publishing.publish_notices([a_notice(lookup_id), a_notice(kept)])
    Dropbox(drop_engine).burn(Burn(os.urandom(32), lookup_id, TODAY))
    (burn,) = collection.burns()
    publishing.remove_notices([burn.lookup_id])
    collection.destroy_burns([burn.preimage])
    assert collection.burns() == ()
    assert Noticeboard(drop_engine).notices(lookup_id) == ()
    assert len(Noticeboard(drop_engine).notices(kept)) == 1


def test_a_notice_goes_after_its_last_day(drop_engine: Engine) -> None:
    notice = a_notice(os.urandom(16))
    publishing, board = Publishing(drop_engine), Noticeboard(drop_engine)
    publishing.publish_notices([notice])
    publishing.remove_expired(notice.expires_on)
    assert board.notices(notice.lookup_id) == (notice,)
    publishing.remove_expired(notice.expires_on + DAY)
    assert board.notices(notice.lookup_id) == ()


def test_notices_that_could_be_told_apart_by_length_are_not_published(drop_engine: Engine) -> None:
    lookup_id = os.urandom(16)
    odd = PublishedNotice(os.urandom(16), lookup_id, b"short", TODAY, TODAY)
    with pytest.raises(WrongSizeError):
        Publishing(drop_engine).publish_notices([a_notice(lookup_id), odd])
    assert Noticeboard(drop_engine).notices(lookup_id) == ()


def test_only_the_intake_keys_of_the_day_are_shown(drop_engine: Engine) -> None:
    keys = [PublishedIntakeKey(os.urandom(16), TODAY + n * DAY, TODAY + n * DAY, b"signed") for n in range(35)]
    publishing, board = Publishing(drop_engine), Noticeboard(drop_engine)
    publishing.publish_intake_keys(keys)
    publishing.publish_intake_keys(keys)
    assert board.intake_keys(TODAY) == (keys[0],)
    assert board.intake_keys(TODAY + 34 * DAY) == (keys[34],)
    assert board.intake_keys(TODAY - DAY) == board.intake_keys(TODAY + 35 * DAY) == ()
    publishing.retire_intake_key(keys[0].box_id)
    assert board.intake_keys(TODAY) == ()


def test_a_key_signed_again_replaces_the_one_before(drop_engine: Engine) -> None:
    box_id = os.urandom(16)
    again = PublishedIntakeKey(box_id, TODAY, TODAY + DAY, b"signed again")
    Publishing(drop_engine).publish_intake_keys([PublishedIntakeKey(box_id, TODAY, TODAY, b"signed")])
    Publishing(drop_engine).publish_intake_keys([again])
    assert Noticeboard(drop_engine).intake_keys(TODAY) == (again,)


def test_no_bell_rings_until_one_is_set(drop_engine: Engine) -> None:
    board, publishing = Noticeboard(drop_engine, clock=lambda: NOW), Publishing(drop_engine)
    assert board.bell() == Bell(rings=False, next_release="")
    publishing.set_next_release("07:00, 13:00")
    assert board.bell() == Bell(rings=False, next_release="07:00, 13:00")
    publishing.set_bell(rings=True, until=NOW + timedelta(minutes=5))
    assert board.bell() == Bell(rings=True, next_release="07:00, 13:00")
    publishing.set_next_release("08:00, 14:00")
    assert board.bell() == Bell(rings=True, next_release="08:00, 14:00")
    publishing.set_bell(rings=False, until=NOW + timedelta(minutes=5))
    assert board.bell() == Bell(rings=False, next_release="08:00, 14:00")


def test_a_bell_that_nobody_vouches_for_any_more_does_not_ring(drop_engine: Engine) -> None:
    """Whoever rang it may have stopped without a word: the form must not promise a dead bell."""
    Publishing(drop_engine).set_bell(rings=True, until=NOW + timedelta(minutes=5))
    for later, rings in ((0, True), (4, True), (5, False), (60 * 24, False)):
        board = Noticeboard(drop_engine, clock=lambda later=later: NOW + timedelta(minutes=later))
        assert board.bell().rings is rings
    with drop_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE bells SET rings_until = NULL")
    assert not Noticeboard(drop_engine, clock=lambda: NOW).bell().rings


def test_publishing_nothing_is_no_fault(drop_engine: Engine) -> None:
    Publishing(drop_engine).publish_notices([])
    Publishing(drop_engine).publish_intake_keys([])
    Publishing(drop_engine).remove_notices([])
    Collection(drop_engine).destroy([])
    assert Collection(drop_engine).take([]) == ()
