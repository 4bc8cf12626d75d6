"""The proof makes a backup, opens it, and finds what it would give away; a shut one alone would show nothing."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from config import Bind
from quietword.proof.backups import backup_opened
from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import CannotCheckError, Deployment
from quietword.proof.scanner import Scanner
from tests.force import Force
from tests.promises.proof.stands import REPOSITORY
from tests.shipped import publish_keys_of_today
from triage.disposal.written_down import FILE
from triage.intake.models import HeldDropRow
from triage.keys.models import BoxRow, Purpose


def throwaway(force: Force) -> Deployment:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QUIETWORD_")}
    settings = force.settings
    return Deployment(
        "nobody's",
        Bind("127.0.0.1", 1),
        settings.instance,
        environ={**environ, "QUIETWORD_INSTANCE": str(settings.instance), "PYTHONPATH": str(REPOSITORY)},
        recovery_shares=force.shares,
        throwaway=True,
    )


def test_a_backup_of_what_ships_gives_nothing_away_though_a_report_is_in_it(force: Force) -> None:
    canaries = Canaries()
    publish_keys_of_today(force)
    force.send(canaries.plant("words of a report", Kind.WORDS))
    looked = backup_opened(throwaway(force), canaries)
    with force.database.look() as session:
        assert session.scalars(select(HeldDropRow.drop_id)).all()
    assert looked.findings == ()
    assert looked.not_checked == ()
    assert "2 of them sealed, and opened" in looked.measured


def test_what_stands_in_a_row_in_clear_is_found_in_the_backup_once_it_is_open(force: Force) -> None:
    """The control: as text and as base64 of bytes, and in no file that is still shut."""
    canaries = Canaries()
    row = {
        "name": canaries.plant("User-Agent", Kind.TRAIL),
        "host_signature": canaries.plant("Referer", Kind.TRAIL).encode(),
    }
    with force.database.begin() as session:
        session.execute(update(BoxRow).where(BoxRow.purpose == Purpose.TEAM).values(row))
    looked = backup_opened(throwaway(force), canaries)
    found = {(finding.what, Path(finding.where).name) for finding in looked.findings}
    [cases] = force.settings.backups_path.glob("cases-*.age")
    opened = f"{cases.name}, opened with the recovery key"
    assert found == {("User-Agent", opened), ("Referer", opened)}
    assert Scanner(canaries).in_bytes(cases.read_bytes()) == []


def test_what_lies_beside_the_backup_in_clear_is_found_too(force: Force) -> None:
    canaries = Canaries()
    address = canaries.plant("an address", Kind.TRAIL)
    force.settings.backups_path.mkdir()
    (force.settings.backups_path / FILE).write_text(f"2026-11-22 {address}\n", "ascii")
    looked = backup_opened(throwaway(force), canaries)
    assert [(finding.what, Path(finding.where).name) for finding in looked.findings] == [("an address", FILE)]


def test_no_backup_of_a_service_that_people_use_is_opened(force: Force) -> None:
    for used in (replace(throwaway(force), throwaway=False), replace(throwaway(force), recovery_shares=())):
        with pytest.raises(CannotCheckError, match="takes the shares of the recovery key"):
            backup_opened(used, Canaries())
    assert not force.settings.backups_path.exists()
