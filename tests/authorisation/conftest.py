"""The world that the tests of this folder share, and put back after each change."""

from collections.abc import Iterator

import pytest

from tests.authorisation.world import World, peopled
from tests.force import Founded, open_copy


@pytest.fixture(scope="package")
def world(founded_on_sqlite: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    force = open_copy(founded_on_sqlite, founded_on_sqlite.folder, tmp_path_factory.mktemp("world") / "instance")
    try:
        yield peopled(force)
    finally:
        force.dispose()
