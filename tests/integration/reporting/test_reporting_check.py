"""`quietword reporting check` says whether the form is open, and whether it has a separate team."""

import base64

import pytest

from envelope.identity import Identity
from envelope.signing import IntakeKey, SigningKey, sign_intake_key
from quietword.__main__ import main
from store.noticeboard import PublishedIntakeKey
from tests.public_form import PublicForm


@pytest.fixture
def environment(public_form: PublicForm, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings of a form whose force has a key for every day there is."""
    public_form.publish_key(days=40_000)
    pinned = base64.b64encode(public_form.signing_key.verifying_key.public_key).decode()
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(public_form.settings.instance))
    monkeypatch.setenv("QUIETWORD_DROP_URL", public_form.settings.drop_url.render_as_string())
    monkeypatch.setenv("QUIETWORD_VERIFYING_KEY", pinned)
    return monkeypatch


def said(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["reporting", "check"]) == 0
    return capsys.readouterr().out


def test_a_form_without_a_separate_team_says_so(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "QUIETWORD_COUNTER_VERIFYING_KEY is not set" in said(capsys)


def test_a_separate_team_is_there_when_its_holders_have_signed(
    public_form: PublicForm, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    holders = SigningKey.generate()
    environment.setenv("QUIETWORD_COUNTER_VERIFYING_KEY", base64.b64encode(holders.verifying_key.public_key).decode())
    assert "its holders run `quietword counter sign-keys`" in said(capsys)
    first, last = public_form.today, public_form.today.replace(year=public_form.today.year + 100)
    key = IntakeKey(b"c" * 16, Identity.generate().recipient().public_key, first, last, "counter-corruption")
    signed = sign_intake_key(key, holders)
    public_form.publishing.publish_intake_keys([PublishedIntakeKey(key.box_id, first, last, signed.to_bytes())])
    assert f"go to the separate team until {last.isoformat()}" in said(capsys)
