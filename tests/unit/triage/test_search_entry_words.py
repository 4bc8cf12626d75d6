"""The words of the register are brought up to date by what has changed, and are what they would be if read anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.register.entries import Entry, Group, Person
from triage.register.kept import Kept, kept_entry
from triage.register.unlocked import Unlocked
from triage.search.entry_words import EntryWords, entry_words, read_entry_words
from triage.search.query import read_query

DESK, DAY = UUID(int=0), date(2026, 11, 22)
NAMES = ("Marlow", "Marlowe", "Larch", "Skellow", "Warsame")


def copy_of(version: int, entries: Iterable[Kept], before: Unlocked | None = None) -> Unlocked:
    return Unlocked(DESK, version, {kept.id: kept for kept in entries}, {}, before.carried if before else {})


def kept(number: int, entry: Entry, version: int = 1) -> Kept:
    return kept_entry(UUID(int=number), DESK, version, DAY, entry)


def person(number: int, surname: str, version: int = 1) -> Kept:
    return kept(number, Person(f"n-{number:04}", surname, "Anthony"), version)


def found(words: EntryWords, query: str) -> set[int]:
    return {key.int for key in words.postings.look(read_query(query)).texts}


def test_a_changed_entry_is_found_by_what_it_is_and_not_by_what_it_was() -> None:
    many = [person(number, "Larch") for number in range(1, 9)]
    first = copy_of(1, [*many, person(9, "Skellow"), kept(10, Group("g-0001", "The Tarn Lot"))])
    words = read_entry_words(first)
    assert (found(words, "skellow"), found(words, "tarn")) == ({9}, {10})
    second = copy_of(2, [*many, person(9, "Marlow", 2), person(11, "Warsame")], first)
    assert read_entry_words(second) is words
    assert (found(words, "skellow"), found(words, "tarn")) == (set(), set())
    assert (found(words, "marlow"), found(words, "warsame"), len(found(words, "larch"))) == ({9}, {11}, 8)


def test_what_has_not_changed_is_not_read_again() -> None:
    """The same entries lie under other texts in the second copy, at the version that was read: nobody looks at them."""
    first = copy_of(1, [person(number, "Larch") for number in range(1, 9)])
    words = read_entry_words(first)
    second = copy_of(2, [person(number, "Skellow") for number in range(1, 9)] + [person(9, "Marlow")], first)
    assert words.behind(second) == 1
    read_entry_words(second)
    assert words.behind(second) == 0
    assert (len(found(words, "larch")), found(words, "skellow"), found(words, "marlow")) == (8, set(), {9})


def test_where_much_has_changed_all_is_read_anew_and_searched_as_it_was_until_then() -> None:
    first = copy_of(1, [person(number, "Larch") for number in range(1, 2001)])
    words = read_entry_words(first)
    seen: list[int] = []
    changed = [person(number, "Skellow", 2) for number in range(1, 2001)]
    second = copy_of(2, changed, first)
    read_entry_words(second, lambda _share: seen.append(len(found(words, "larch"))))
    assert seen == [2000] * 4
    assert (len(found(words, "larch")), len(found(words, "skellow"))) == (0, 2000)


def test_an_older_copy_never_takes_the_words_back() -> None:
    first = copy_of(1, [person(1, "Larch"), *(person(number, "Tarn") for number in range(2, 9))])
    words = read_entry_words(first)
    second = copy_of(2, [replace(person(1, "Marlow"), version=2), *list(first.entries.values())[1:]], first)
    read_entry_words(second)
    assert words.behind(first) == 0
    read_entry_words(first)
    assert (found(words, "marlow"), found(words, "larch")) == ({1}, set())


def test_a_copy_that_is_of_nobody_elses_line_reads_for_itself() -> None:
    assert entry_words(copy_of(1, [])) is None
    one, other = copy_of(1, [person(1, "Larch")]), copy_of(2, [person(1, "Marlow")])
    assert read_entry_words(one) is not read_entry_words(other)


STATES = st.dictionaries(st.integers(1, 12), st.tuples(st.sampled_from(NAMES), st.integers(1, 3)), max_size=12)


@settings(deadline=None)
@given(st.lists(STATES, min_size=1, max_size=5))
def test_after_any_changes_the_words_are_those_of_a_fresh_reading(states: list[dict[int, tuple[str, int]]]) -> None:
    # A version of an entry has one text: the name is taken from both, as a change of it would make a new version.
    copy: Unlocked | None = None
    for number, state in enumerate(states, start=1):
        entries = [
            person(one, f"{name}{version}", version + 10 * NAMES.index(name)) for one, (name, version) in state.items()
        ]
        copy = copy_of(number, entries, copy)
        read_entry_words(copy)
    assert copy is not None
    words, fresh = entry_words(copy), read_entry_words(copy_of(1, copy.entries.values()))
    assert words is not None
    for name in NAMES:
        for version in (1, 2, 3):
            assert found(words, f"{name}{version}") == found(fresh, f"{name}{version}")
    assert words.versions == fresh.versions
