"""Frames and questions between workers and the index: what is not exactly ours is refused, in bounded time."""

import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.keys.records import text_of
from triage.linking.evidence import Evidence
from triage.linking.holder import frames, wire
from triage.linking.holder.asking import (
    Build,
    Entries,
    Fill,
    Leave,
    Mentions,
    Open,
    Rank,
    Stand,
    Suggest,
    asked_of,
    control_of,
)
from triage.linking.holder.frames import ClosedError, FrameError, Message, receive, send
from triage.linking.holder.standing import AWAY, READY, Standing, State, worst_of
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.reasons import Reason
from triage.register.bodies import read_entry
from triage.register.entries import Group, Membership, Person, Status, entry_body
from triage.register.places import Address, Vehicle

ID, OTHER = UUID(int=1), UUID(int=2)
SECRET = bytes(range(32))
REASON = Reason(
    "“Big Tony”", "Tony \u202e", Evidence.NICKNAME.value, "s", near=True, others=3, start=1, end=9, against=True
)
SUGGESTION = Suggestion(
    ID,
    None,
    "person",
    "Zoë 🙂",
    Strength.FAIR,
    (REASON,),
    (Mention("person", "v", 0, 3),),
    (REASON,),
    "Next",
    0.1 + 0.2,
)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_frame_arrives_as_it_was_sent(pair: tuple[socket.socket, socket.socket]) -> None:
    long = bytes(3_000_000)
    sending = threading.Thread(target=send, args=(pair[0], {"op": "fill"}, long))
    sending.start()
    assert receive(pair[1], most=len(long)) == Message({"op": "fill"}, long)
    sending.join()
    send(pair[0], {})
    assert receive(pair[1], most=0) == Message({}, b"")


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">BII", 2, 2, 0) + b"{}",
        struct.pack(">BII", 1, frames.CONTROL_MOST + 1, 0),
        struct.pack(">BII", 1, 2, 11) + b"{}",
        struct.pack(">BII", 1, 2, 0) + b"[]",
        struct.pack(">BII", 1, 3, 0) + b"NaN",
        struct.pack(">BII", 1, 13, 0) + b'{"a":1,"a":2}',
        struct.pack(">BII", 1, 4000, 0) + b"[" * 4000,
        struct.pack(">BII", 1, 2, 5) + b"{}cut",
        struct.pack(">BII", 1, 20, 0) + b"{}",
        b"\x01",
    ],
)
def test_what_is_no_frame_is_refused(pair: tuple[socket.socket, socket.socket], raw: bytes) -> None:
    """Another version, too long, cut, no object, a name twice, no number, nested without end."""
    pair[0].sendall(raw)
    pair[0].shutdown(socket.SHUT_WR)
    with pytest.raises(FrameError):
        receive(pair[1], most=4 if raw.endswith(b"cut") else 10)


def test_an_end_between_frames_is_no_malformed_frame(pair: tuple[socket.socket, socket.socket]) -> None:
    pair[0].shutdown(socket.SHUT_WR)
    with pytest.raises(ClosedError):
        receive(pair[1], most=10)
    with pytest.raises(ClosedError):
        receive(pair[0], most=10, wait=0.01)


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(raw)
        ours.shutdown(socket.SHUT_WR)
        try:
            asked_of(receive(theirs, most=0).control)
        except (FrameError, ClosedError):
            return
    pytest.fail(f"{raw!r} was understood")


ASKED = (
    Open(ID, OTHER, SECRET),
    Leave(ID, OTHER, SECRET),
    Stand(SECRET),
    Suggest(SECRET, 100),
    Rank(SECRET, 100),
    Rank(SECRET, 100),
    Mentions(SECRET),
    Fill(SECRET, 7),
    Entries(SECRET),
    Build(SECRET),
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda one: type(one).__name__)
def test_a_question_is_read_as_it_was_asked_and_in_no_other_form(asked: object) -> None:
    control = dict(control_of(asked))  # type: ignore[arg-type]
    assert asked_of(control) == asked
    assert SECRET.hex() not in repr(asked)
    wrong: list[dict[str, object]] = [{**control, "more": 1}, {**control, "op": "none"}, {**control, "op": []}]
    for one in fields(asked):  # type: ignore[arg-type]
        wrong.append({name: value for name, value in control.items() if name != one.name})
        values = (None, True, -1, 1.0, 2**63, "", "z" * 64, "A" * 64, "{" + "0" * 34 + "}", [], {})
        wrong.extend({**control, one.name: value} for value in values)
    for each in wrong:
        with pytest.raises(FrameError):
            asked_of(each)


def test_suggestions_and_mentions_cross_exactly() -> None:
    for given_ in ((), (SUGGESTION,), (SUGGESTION, SUGGESTION)):
        assert wire.suggestions_in(wire.suggestions_out(given_)) == given_
    mentions = (Mention("apart", "lone \ud800", 0, 1),)
    assert wire.mentions_in(wire.mentions_out(mentions)) == mentions
    assert wire.text_in(wire.text_out("\ud83d\x00\u2028")) == "\ud83d\x00\u2028"


def test_entries_and_manifests_cross_exactly() -> None:
    person = Person("N-1", "Ng", "An", born="1990", addresses=(Address("1", "A Road"),), vehicles=(Vehicle("MB00XRT"),),
                    memberships=(Membership(ID, "principal"),))  # fmt: skip
    entries = ((ID, 3, person), (OTHER, 1, None), (UUID(int=3), 1, Group("OCG-1", "The Lot")))
    batch = [(one.hex, version, text_of(entry_body(entry)) if entry else None) for one, version, entry in entries]
    assert wire.batch_in(wire.batch_out(batch)) == batch
    assert [read_entry(text) for _, _, text in wire.batch_in(wire.batch_out(batch)) if text] == [person, entries[2][2]]
    assert wire.manifest_in(wire.manifest_out({ID.hex: 3, OTHER.hex: 1})) == {ID.hex: 3, OTHER.hex: 1}
    assert wire.ids_in(wire.ids_out((ID.hex, OTHER.hex))) == (ID.hex, OTHER.hex)


def test_the_matcher_is_given_no_notes_and_nothing_of_an_archived_entry() -> None:
    odd = 'Seen with "Al", \\"notes":"x",\\ "status":"archived"\n'
    person = Person("N-1", "Ng", notes=odd, markers=("weapons",))
    telling = Person("N-1", odd, "notes", nicknames=(odd, "status", "archived"), notes=odd * 3, archived_because=odd)
    archived = Person("N-1", "Ng", status=Status.ARCHIVED, archived_because="Died")
    for each in (person, telling, archived, Group("OCG-1", "The Lot", notes="n", aliases=("Lot",))):
        bare = None if each is archived else text_of(entry_body(replace(each, notes="", archived_because="")))
        assert wire.text_for_matching(text_of(entry_body(each))) == bare


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (wire.suggestions_in, b"{}"),
        (wire.suggestions_in, b"[{}]"),
        (wire.suggestions_in, b"\xff"),
        (wire.suggestions_in, wire.suggestions_out((SUGGESTION,)).replace(b'"fair"', b'"certain"')),
        (wire.suggestions_in, wire.suggestions_out((SUGGESTION,)).replace(b'"near":true', b'"near":1')),
        (wire.suggestions_in, wire.suggestions_out((SUGGESTION,)).replace(b'"others"', b'"other"')),
        (wire.mentions_in, b'[{"kind":"a","value":"b","start":0,"end":1.0}]'),
        (wire.manifest_in, b'[["00000000000000000000000000000001"]]'),
        (wire.manifest_in, b'[["00000000-0000-0000-0000-000000000001",1]]'),
        (wire.manifest_in, b'[["00000000000000000000000000000001",true]]'),
        (wire.manifest_in, b'[["0000000000000000000000000000000A",1]]'),
        (wire.ids_in, b'["00000000-0000-0000-0000-000000000001"]'),
        (wire.batch_in, b'[["00000000000000000000000000000001",1]]'),
        (wire.batch_in, b'[["00000000000000000000000000000001",1,{]]'),
        (wire.batch_in, b'[["00000000-0000-0000-0000-000000000001",1,{}]]'),
        (wire.text_in, b'["text"]'),
    ],
)
def test_what_does_not_fit_its_shape_is_refused(read: object, data: bytes) -> None:
    with pytest.raises(FrameError):
        read(data)  # type: ignore[operator]


def test_how_it_stands_is_told_by_the_worst_and_never_as_done() -> None:
    building, rebuilding = Standing(State.BUILDING, 0.999), Standing(State.REBUILDING, 0.4)
    assert worst_of(()) == READY
    assert worst_of((READY, rebuilding, building)) == building
    assert worst_of((building, AWAY)) == AWAY
    assert worst_of((Standing(State.BUILDING, 0.9), Standing(State.BUILDING, 0.1))).percent == 10
    assert "99 %" in building.sentence
    assert "40 %" in rebuilding.sentence
    assert READY.sentence == ""
    assert [one.answers for one in (READY, rebuilding, building, AWAY)] == [True, True, False, False]
