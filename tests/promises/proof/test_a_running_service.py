"""The proof of a service that runs already: found by its settings, watched while it runs, and left as it was."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from quietword.proof.canaries import Canaries
from quietword.proof.check import ProofError
from quietword.proof.found import running_deployment, watched
from quietword.proof.here import standing
from quietword.proof.planting import NOTE, Planter
from quietword.proof.registry import every_check
from quietword.proof.running import prove
from quietword.proof.syscalls import strace_is_here
from tests.force import Force
from tests.promises.proof.stands import shipped_stand
from tests.services import missing_service
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting

LOOKS = ("server logs", "every byte on its way", "no calls to strangers", "core dumps", "temporary files")


def test_a_running_service_is_found_watched_and_left_as_it_was(force: Force, tmp_path: Path) -> None:
    """Two test reports that say what they are wait there afterwards, as reports do, and nothing else has changed."""
    if not strace_is_here() or os.geteuid() != 0:
        missing_service("strace, as root", "Run the tests as root where strace is installed.")
    stand = shipped_stand(force, tmp_path / "stand")
    stand.traced = False
    said: list[str] = []
    with standing(stand) as own:
        found = running_deployment(stand.environ)
        assert {process.pid for process in found.processes} == {process.pid for process in own.processes}
        assert (found.reporting, found.drop_url, found.case_url) == (own.reporting, own.drop_url, own.case_url)
        assert not found.throwaway
        with watched(found) as deployment:
            checks = [check for check in every_check() if check.name in LOOKS]
            proof = prove(deployment, Planter(deployment, Canaries(), said.append), say=said.append, checks=checks)
        for process in own.processes:
            assert "TracerPid:\t0\n" in Path(f"/proc/{process.pid}/status").read_text()
    assert [(result.name, result.held) for result in proof.results if not result.held] == []
    assert {result.name for result in proof.results} == set(LOOKS)
    assert proof.reports == 2
    assert any("not done to a form that people use" in one.what for one in proof.not_checked)
    assert _reports_of(stand.folder / "instance", force) == 2


def _reports_of(instance: Path, force: Force) -> int:
    """Open what waits at that service with the force's own keys, and see that each report says that it is a test."""
    from tests.force import Clock, open_databases

    urls = {
        f"{name}_url": getattr(force.settings, f"{name}_url").set(database=str(instance / f"{name}.sqlite"))
        for name in ("drop", "case", "keys")
    }
    settings = replace(force.settings, instance=instance, **urls)
    database, drop = open_databases(settings, Clock(force.clock.now))
    there = replace(force, settings=settings, database=database, drop=drop, _officers={})
    tom = there.officer("tom")
    release_drops(database, settings, there.collection, release=Wanted.EVERYTHING)
    with database.begin() as session:
        opened = [case_report(session, one, by=tom) for one in unseal_waiting(session, by=tom).opened]
    there.dispose()
    for report in opened:
        assert report.answers["what"].startswith(NOTE)
        assert not report.danger
    return len(opened)


def test_an_address_that_no_browser_opens_is_refused(force: Force) -> None:
    environ = {"QUIETWORD_INSTANCE": str(force.settings.instance)}
    for wrong in ("ftp://host", "https://", "http://host:0", "http://host:99999"):
        with pytest.raises(ProofError, match="is not an address"):
            running_deployment(environ, address=wrong)
    found = running_deployment(environ, address="https://tell.example")
    assert (found.reporting.host, found.reporting.port, found.tls) == ("tell.example", 443, True)


def test_what_is_not_on_this_machine_is_said(tmp_path: Path) -> None:
    found = running_deployment({"QUIETWORD_INSTANCE": str(tmp_path / "nobody")})
    assert any("No running process" in sentence for sentence in found.not_seen)
    assert any("officers' databases" in sentence for sentence in found.not_seen)
    assert found.case_url is None
