"""The world that the tests of this folder share, and put back after each change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authorisation.world import World, opened_world
from tests.force import Founded


@pytest.fixture(scope="package")
def world(founded_on_sqlite: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened_world(founded_on_sqlite, Path(tmp_path_factory.mktemp("world")) / "instance") as made:
        yield made
