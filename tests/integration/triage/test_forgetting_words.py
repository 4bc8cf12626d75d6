"""Whatever leaves memory, the words that functions remembered of it leave with it."""

import gc
from collections.abc import Callable
from uuid import UUID
from weakref import ref

import pytest

from tests.force import Force
from triage.keys.service import desk_id
from triage.linking.matching import RegisterMatcher
from triage.linking.naming import likeness
from triage.linking.origins import shelf, telling
from triage.linking.reading import key_of
from triage.linking.spotting import places
from triage.register import unlocked
from triage.register.entries import Person
from triage.search import held

HIM = Person(reference="N-7001", surname="Quixzanthe", given_names="Maud")


def remembered() -> dict[str, int]:
    """How many words each of these remembers."""
    caches = (key_of, telling.form_of, telling._draws, likeness.likeness, places._ending)
    return {one.__qualname__: one.cache_info().currsize for one in caches}


def remember() -> None:
    """As a report and the register leave them."""
    key_of("Quixzanthe Yard")
    list(telling.telling_of("Quixzanthe sells pills").bands)
    likeness.likeness("quixzanthe", "quixzanthy")
    places._ending("quixzanthe")
    assert all(remembered().values())


WAYS: dict[str, Callable[[UUID], None]] = {
    "register: its last holder": unlocked.HELD.let_go,
    "register: idle": lambda _holder: unlocked.HELD.wipe_idle(float("inf")),
    "register: wiped": lambda _holder: unlocked.HELD.wipe(),
    "origins: their last holder": shelf.HELD.let_go,
    "origins: idle": lambda _holder: shelf.HELD.wipe_idle(float("inf")),
    "origins: wiped": lambda _holder: shelf.HELD.wipe(),
    "search: its last holder": held.HELD.let_go,
    "search: idle": lambda _holder: held.HELD.wipe_idle(float("inf")),
    "search: wiped": lambda _holder: held.HELD.wipe(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_function_remembers_a_word_of_what_has_left_memory(force: Force, way: str) -> None:
    tom = force.officer("tom")
    with force.database.look() as session:
        desk = desk_id(session)
        unlocked.unlock_register(session, desk, by=tom)
        shelf.shelf_of(session, desk, by=tom)
        held.held_reports(session, desk, by=tom)
    remember()
    WAYS[way](tom.id)
    assert not any(remembered().values()), remembered()


def test_a_matcher_that_is_let_go_leaves_without_the_collector() -> None:
    """A large register is put beyond the collector's reach, so what only that could free would stay for good."""
    matcher = RegisterMatcher([(UUID(int=1), HIM)])
    assert matcher.suggest("Maud Quixzanthe sells pills")
    names = ref(matcher._register.names)
    gc.disable()
    try:
        del matcher
        assert names() is None
    finally:
        gc.enable()
