"""A new split of the recovery key: proposed at the terminal, approved by another, printed once."""

import re
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from click.testing import CliRunner, Result

from tests.force import Force, passphrase_of
from tests.second_factor import step_to_spend
from tests.supervisors import second_supervisor
from triage.commands.recovering import split
from triage.keys.service import BoxName, box_named
from triage.operations.errors import NotApprovedError
from triage.operations.service import approve


def test_whoever_splits_the_recovery_key_needs_a_second_person(
    force: Force, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One who reads every share could open everything."""
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(force.settings.instance))
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(passphrase_of("sam"))
    rosa, steps = second_supervisor(force), [0]

    def run(*arguments: str) -> Result:
        """With a code of its own, because a code counts once."""
        steps.append(step_to_spend(steps[-1]))
        code = str(pyotp.TOTP(force.totp["sam"]).generate_otp(steps[-1]))
        said_by = ["--sign-in", "sam", "--passphrase-file", str(passphrase), "--code", code]
        return CliRunner().invoke(split, [*said_by, *arguments])

    proposed = run("--shares", "4", "--together", "2", "--reason", "Two have left")
    found = re.search(r"--operation ([0-9a-f-]{36})", proposed.output)
    assert found, proposed.output
    assert "Share 1" not in proposed.output
    alone = run("--operation", found[1])
    assert isinstance(alone.exception, NotApprovedError)
    with force.database.look() as session:
        before = box_named(session, BoxName.RECOVERY).public_key
    with force.database.begin() as session:
        approve(session, UUID(found[1]), by=rosa)
    printed = run("--operation", found[1])
    assert printed.exit_code == 0, printed.output
    assert "Share 4 of 4" in printed.output
    with force.database.look() as session:
        assert box_named(session, BoxName.RECOVERY).public_key != before
