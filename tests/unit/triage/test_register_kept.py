"""Entries in memory, column by column: what comes out is what went in, and a change keeps what it does not touch."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.keys.records import text_of
from triage.register.entries import Entry, Group, Kind, Membership, Person, Status, entry_body
from triage.register.errors import BodyError
from triage.register.kept import Entries, entries_of
from triage.register.opening import Opened

DESK, DAY = UUID(int=0), date(2026, 11, 22)


def opened(entries: dict[int, tuple[int, Entry]]) -> Opened:
    rows = [(UUID(int=number).hex, version, entry) for number, (version, entry) in sorted(entries.items())]
    texts = [text_of(entry_body(entry)) for _, _, entry in rows]
    return Opened([one for one, _, _ in rows], [version for _, version, _ in rows], [DAY] * len(rows), texts)


def entry(number: int, version: int) -> Entry:
    if number % 3 == 0:
        return Group(f"G{number}", f"Ring {version}", status=Status.DORMANT)
    return Person(f"P{number}", f"Larch {version}", memberships=(Membership(UUID(int=3)),), notes="n" * version)


def made(versions: dict[int, int]) -> Entries:
    return entries_of(DESK, [opened({one: (version, entry(one, version)) for one, version in versions.items()})])


STAND = st.dictionaries(st.integers(1, 40), st.integers(1, 3), max_size=20)


@given(STAND)
def test_an_entry_comes_out_as_it_went_in(versions: dict[int, int]) -> None:
    entries = made(versions)
    assert [kept.id.int for kept in entries.values()] == [one.int for one in entries] == sorted(versions)
    for number, version in versions.items():
        kept, expected = entries[UUID(int=number)], entry(number, version)
        assert (kept.entry, kept.version, kept.updated_on) == (expected, version, DAY)
        assert (kept.kind, kept.status, kept.reference) == (expected.kind, expected.status, expected.reference)
        assert kept.group_ids == ((UUID(int=3),) if kept.kind is Kind.PERSON else ())
        assert (kept.group is None) == (kept.kind is Kind.PERSON)
        assert "Larch" not in repr(kept)
        assert "Ring" not in repr(kept)
    assert UUID(int=99) not in entries
    assert entries.get(UUID(int=99)) is None
    assert entries.versions() == {UUID(int=number).hex: version for number, version in versions.items()}


@given(STAND, STAND)
def test_after_a_change_they_are_what_they_would_be_if_opened_anew(before: dict[int, int], now: dict[int, int]) -> None:
    stand = {UUID(int=number).hex: version for number, version in now.items()}
    new = made({number: version for number, version in now.items() if before.get(number) != version})
    after, anew = made(before).standing(stand, new), made(now)
    assert list(after.values()) == list(anew.values())
    assert dict(after) == dict(anew)


def test_a_text_that_is_no_entry_is_refused_as_a_whole() -> None:
    good = opened({1: (1, entry(1, 1)), 2: (1, entry(2, 1))})
    with pytest.raises(BodyError):
        entries_of(DESK, [Opened(good.ids, good.versions, good.updated_on, [good.texts[0], b'{"kind":"person"}'])])
