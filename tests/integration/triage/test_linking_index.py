"""The index behind its one interface: in the process and on a socket the same, a wall between compartments, gone with
its last holder, and away without taking a page with it."""

from pathlib import Path

import pytest

from tests.force import Force
from tests.register_index import index_here, socket_path, worker_of
from triage.linking.holder.standing import State
from triage.linking.index import matcher_for
from triage.register.importing import import_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
TEXT = "There is a white Golf by the arch, the plate ends XRT. They call him Big Tony. Ring 07700 900999"


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


def test_both_give_the_same(millbrook: Force) -> None:
    """Every field of every suggestion, reason and mention crosses the socket and comes back as it was."""
    tom = millbrook.officer("tom")
    with millbrook.database.look() as session:
        here = matcher_for(session, by=tom)
        expected = here.suggest(TEXT), here.mentions(TEXT)
    assert expected[0]
    with socket_path() as path, index_here(path), worker_of(millbrook, path), millbrook.database.look() as session:
        there = matcher_for(session, by=tom)
        assert there.standing.state is State.READY
        assert (there.suggest(TEXT), there.mentions(TEXT)) == expected
