"""The whole proof over PostgreSQL, Redis, nginx and several processes, each with the file that ships."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import TriageSettings
from quietword.proof.canaries import Canaries
from quietword.proof.check import CheckResult, Deployment, OfficerSignIn
from quietword.proof.here import Stand
from quietword.proof.obstructing import taking_away
from quietword.proof.parts import PartMissingError
from quietword.proof.planting import Planter
from quietword.proof.running import Proof, prove
from quietword.proof.second import WORKERS, folder_for_parts, real_parts
from quietword.proof.syscalls import strace_is_here
from tests.force import _open, found, passphrase_of, settings_for
from tests.promises.proof.stands import READERS, REPOSITORY
from tests.services import missing_service
from tests.shipped import publish_keys_of_today
from triage.commands.instance import write_force_name, write_verifying_key

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@dataclass
class StandOnPostgres(Stand):
    """Officers whose passphrases cost little to check; all else is as `quietword prove --here --real-parts` has it."""

    def found(self) -> tuple[OfficerSignIn, ...]:
        """Found the test force in the three databases that the settings name."""
        named = TriageSettings.from_environ(self.environ)
        settings = settings_for(self.folder / "instance", named.drop_url, named.case_url, named.keys_url)
        force = _open(found(settings), settings)
        publish_keys_of_today(force)
        write_verifying_key(settings, force.verifying_key)
        write_force_name(settings, "Millbrook Police")
        self.recovery_shares = force.shares
        force.dispose()
        return tuple(OfficerSignIn(name, passphrase_of(name), force.totp[name]) for name in READERS)


@pytest.fixture(scope="module")
def proven() -> Iterator[tuple[Proof, Deployment]]:
    """One run over all of it."""
    if not strace_is_here():
        missing_service("strace", "Install it: the proof traces temporary files and connections with it.")
    if os.geteuid() != 0:
        missing_service("The rights of root", "Memory of other processes is read as root alone.")
    told: list[str] = []
    with folder_for_parts() as folder:
        try:
            with real_parts(folder, lambda more: stand_in(folder, more, told)) as deployment:
                assert deployment.drop_url is not None
                planter = Planter(deployment, Canaries(), told.append, taking_away(deployment.drop_url))
                yield prove(deployment, planter, say=told.append), deployment
        except PartMissingError as error:
            missing_service(str(error).rstrip("."), "Install it to prove the service as a force runs it.")


def stand_in(folder: Path, more: dict[str, str], told: list[str]) -> Stand:
    return StandOnPostgres(folder / "stand", told.append, more={"PYTHONPATH": str(REPOSITORY), **more})


def told_by(result: CheckResult) -> str:
    return "\n".join(f"{result.name}: {finding.what} | {finding.where} | {finding.how}" for finding in result.findings)


def test_every_look_holds_with_the_real_parts(proven: tuple[Proof, Deployment]) -> None:
    proof, _ = proven
    assert [told_by(result) for result in proof.results if not result.held] == []
    assert proof.unanswered == ()
    assert {"memory after the request", "the order of arrival", "receipts tell nothing"} <= {
        result.name for result in proof.results
    }


def test_what_was_proven_is_what_a_force_runs(proven: tuple[Proof, Deployment]) -> None:
    """Several processes behind nginx, over PostgreSQL and Redis, all of them looked at."""
    _, deployment = proven
    names = " ".join(process.name for process in deployment.processes)
    assert names.count("serve reporting") == WORKERS + 1
    assert "nginx" in names
    assert "Redis" in names
    assert {
        url.get_backend_name() for url in (deployment.drop_url, deployment.case_url, deployment.keys_url) if url
    } == {"postgresql"}
    assert deployment.postgres_data in deployment.folders
    assert len([trace for trace in deployment.traces if trace.stat().st_size]) == 3
