"""Somebody tells of an officer who sells what is reported; triage works on beside it; the separate team reads it."""

import base64
import os
import re
from pathlib import Path

import pytest

import triage.counter.command
from quietword.__main__ import main
from reporting.app import create_app
from tests.force import Force, client_for
from tests.pages import PageClient
from tests.public_form import settings_over
from triage.counter.errors import CounterError
from triage.counter.key_file import CounterKeys, read_key_file, write_key_file
from triage.intake.collecting import Wanted, release_drops
from triage.keys.publish import publish_intake_keys

PASSPHRASE = "two herons over the weir"


class Commands:
    """The separate team at their own terminal."""

    def __init__(self, force: Force, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.folder = folder
        folder.mkdir(mode=0o700)
        (folder / "passphrase").write_text(PASSPHRASE + "\n")
        os.environ.update(
            QUIETWORD_INSTANCE=str(force.settings.instance),
            QUIETWORD_COUNTER_KEY_FILE=str(folder / "keys"),
        )

    def run(self, *words: str, code: int = 0) -> str:
        capsys = self._capsys
        capsys.readouterr()
        assert main(["counter", *words, "--passphrase-file", str(self.folder / "passphrase")]) == code
        said = capsys.readouterr()
        return said.out + said.err


@pytest.fixture
def team(force: Force, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    for name in ("QUIETWORD_INSTANCE", "QUIETWORD_COUNTER_KEY_FILE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(triage.counter.command, "_today", lambda: force.today)
    return Commands(force, tmp_path / "team", capsys)


def test_a_report_about_the_police_reaches_the_separate_team_and_nobody_else(
    force: Force, team: Commands, tmp_path: Path
) -> None:
    pinned = re.findall(r"^  (\S{44})$", team.run("init"), re.MULTILINE)
    assert "The form can seal to your box" in team.run("sign-keys")
    publish_intake_keys(force.settings, force.intake_keys)
    settings = settings_over(
        force.settings.drop_url,
        force.settings.instance,
        force.verifying_key.public_key,
        counter_verifying_key=base64.b64decode(pinned[0]),
    )
    form = create_app(settings, today=lambda: force.today)
    form.testing = True
    tells(form_person := PageClient(form), "A sergeant sells what people tell", police="yes")
    form_person.sees("Your receipt will show no news about this report")

    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.submit(button="Open new reports")
    tom.does_not_see("sergeant")
    kept = str(tmp_path / "kept")
    assert "New reports: 1. Kept before: 0. Not for this box: 0." in team.run("collect", "--into", kept)
    read = team.run("open", "--from", kept)
    assert "A sergeant sells what people tell" in read
    assert "Reports: 1." in read
    assert "Let go: 1." in team.run("acknowledge", "--into", kept)
    assert "Kept before: 0. Not for this box: 0." in team.run("collect", "--into", kept)
    assert "A sergeant sells" in team.run("open", "--from", kept)
    for engine in form.extensions["quietword.engines"]:
        engine.dispose()


def tells(person: PageClient, what: str, **who: str) -> None:
    person.page("/")
    person.submit(button="Start")
    person.submit(what=what, button="Continue")
    person.submit(button="check", **who)
    person.submit(button="Send")
    person.sees("Sent")


def test_a_second_key_file_is_not_made_over_the_first(team: Commands) -> None:
    team.run("init")
    assert "is there already" in team.run("init", code=1)


def test_the_key_file_opens_with_its_passphrase_alone_and_whole(tmp_path: Path, force: Force) -> None:
    path = tmp_path / "keys"
    keys, _ = CounterKeys.found(force.today).with_box(force.today, 3)
    write_key_file(path, keys, PASSPHRASE)
    assert read_key_file(path, PASSPHRASE) == keys
    assert path.stat().st_mode & 0o077 == 0
    lines = path.read_text().splitlines()
    for seed in (keys.signing_key.seed, keys.boxes[0].identity.seed):
        assert base64.b64encode(seed) not in path.read_bytes()
        assert seed.hex() not in path.read_text()
    path.write_text("\n".join([lines[0], lines[1], lines[2][:-8]]) + "\n")
    with pytest.raises(CounterError, match="changed or cut"):
        read_key_file(path, PASSPHRASE)
    write_key_file(path, keys, PASSPHRASE)
    with pytest.raises(CounterError, match="not right"):
        read_key_file(path, "three herons over the weir")
    with pytest.raises(CounterError, match="at least 14"):
        write_key_file(path, keys, "short")
