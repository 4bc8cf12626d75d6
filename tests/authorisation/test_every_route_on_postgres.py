"""The same table on PostgreSQL: what is refused, what is reached and what each act changes there."""

from collections.abc import Iterator

import pytest

from tests.authorisation.test_every_route import (
    test_everybody_reaches_what_the_table_gives_them,
    test_what_is_sent_is_what_the_act_takes,
    test_what_the_table_refuses_is_refused_in_the_same_words_and_changes_nothing,
)
from tests.authorisation.world import World, peopled
from tests.force import Founded, copy_on_postgres

__all__ = [
    "test_everybody_reaches_what_the_table_gives_them",
    "test_what_is_sent_is_what_the_act_takes",
    "test_what_the_table_refuses_is_refused_in_the_same_words_and_changes_nothing",
]
pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def world(
    founded_on_postgres: tuple[Founded, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world of the folder, on PostgreSQL."""
    founded, templates = founded_on_postgres
    with copy_on_postgres(founded, templates, tmp_path_factory.mktemp("world") / "instance") as force:
        yield peopled(force)
