"""Two services, each proven once for all tests here: as it ships, and with every default put back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from quietword.proof.canaries import Canaries
from quietword.proof.here import standing
from quietword.proof.obstructing import taking_away
from quietword.proof.planting import Planter
from quietword.proof.registry import every_check
from quietword.proof.running import Proof, prove
from tests.force import Force, _open, _sqlite
from tests.promises.proof.stands import OURS, QuickStand, Run, careless_stand, shipped_stand


def _run(stand: QuickStand) -> Run:
    told: list[str] = []
    with standing(stand) as deployment:
        assert deployment.drop_url is not None
        planter = Planter(deployment, Canaries(), told.append, taking_away(deployment.drop_url))
        checks = [check for check in every_check() if check.name in OURS]
        proof: Proof = prove(deployment, planter, say=told.append, checks=checks)
        return Run(proof, planter.canaries, deployment, told)


@contextmanager
def _force(founded: Any, folder: Path) -> Iterator[Force]:  # Any: what the fixture of tests.force gives
    shutil.copytree(founded.folder, folder / "founded")
    force = _open(founded, _sqlite(folder / "founded"))
    try:
        yield force
    finally:
        force.dispose()


@pytest.fixture(scope="session")
def shipped(founded_on_sqlite: Any, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The service as it ships, proven."""
    folder = tmp_path_factory.mktemp("shipped")
    with _force(founded_on_sqlite, folder) as force:
        return _run(shipped_stand(force, folder / "stand"))


@pytest.fixture(scope="session")
def careless(founded_on_sqlite: Any, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A careless one, proven."""
    folder = tmp_path_factory.mktemp("careless")
    with _force(founded_on_sqlite, folder) as force:
        return _run(careless_stand(force, folder / "stand"))
