"""Who goes when there are too many: never somebody who sends as fast as a bad telephone line."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from gunicorn.config import Config

from quietword.waiting import SMALL, Lent, Place, Sender, WaitingRoom
from web.patience import SECONDS_TO_ARRIVE

TELEPHONE = 1000  # bytes a second


class Room:
    """A waiting room, and connections to put there."""

    def __init__(self, stack: ExitStack) -> None:
        self.room = WaitingRoom(3, 4 * SMALL)
        self._stack = stack

    def sender(self, now: float = 0.0, place: Place = Place.ARRIVING, brings: int = 0) -> Sender:
        ours, theirs = (self._stack.enter_context(sock) for sock in socket.socketpair())
        sender = Sender(Config(), ours, "", "", now)
        self.room.put(sender, place)
        self._stack.callback(theirs.close)
        if brings:
            self.room.take(sender, bytes(brings), now)
        return sender


@pytest.fixture
def here() -> Iterator[Room]:
    with ExitStack() as stack:
        yield Room(stack)


def test_whoever_fell_furthest_behind_goes_first(here: Room) -> None:
    slow, silent, crumbs = here.sender(), here.sender(), here.sender()
    assert here.room.too_many() == []
    for second in range(1, 31):
        here.room.take(slow, bytes(TELEPHONE), float(second))
        here.room.take(crumbs, b"a", float(second))
    newest = here.sender(29.0)
    gone = []
    while len(here.room) > 1:
        (first,) = here.room.too_many()
        here.room.take_out(first)
        gone.append(first)
        here.room.most -= 1
    assert gone == [silent, crumbs, newest]
    assert [*here.room] == [slow]


def test_whoever_is_answered_goes_before_anybody_who_sends(here: Room) -> None:
    here.sender(), here.sender()
    idle, leaving = here.sender(5.0, Place.IDLE), here.sender(6.0, Place.LEAVING)
    assert here.room.too_many() == [idle]
    here.room.take_out(idle)
    here.sender()
    assert here.room.too_many() == [leaving]


def test_a_telephone_line_is_never_late_and_crumbs_are(here: Room) -> None:
    slow, crumbs = here.sender(), here.sender()
    for second in range(1, 600):
        here.room.take(slow, bytes(TELEPHONE), float(second))
        here.room.take(crumbs, b"a", float(second))
    assert not slow.late(600.0)
    assert crumbs.late(SECONDS_TO_ARRIVE + 2)
    # A pause is forgiven, and what came fast before buys no more of it than anybody has.
    assert not slow.late(599.0 + SECONDS_TO_ARRIVE)
    assert slow.late(600.0 + SECONDS_TO_ARRIVE)


def test_too_much_is_held_by_whoever_holds_most_and_words_stay(here: Room) -> None:
    words = here.sender(brings=SMALL)
    assert here.room.too_much() is None
    large = here.sender(brings=5 * SMALL)
    assert here.room.too_much() is large
    here.room.take_out(large)
    assert here.room.too_much() is None
    here.room.lend(5 * SMALL)
    assert here.room.too_much() is None
    larger = here.sender(brings=SMALL + 1)
    assert here.room.too_much() is larger
    assert words.held


def test_what_is_over_is_held_no_more(here: Room) -> None:
    sender = here.sender(brings=10)
    here.room.take_out(sender)
    sender.hand_over(Lent.WHOLE)
    assert sender.source.recv(4) == bytes(4)
    assert sender.behind() == bytes(6)
    assert not sender.held
    assert not sender.source.left()
    assert sender.source.recv(4) == b""
