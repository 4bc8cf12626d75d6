"""Promise 2: the public site cannot open what you sent. It holds public keys and one key of the day.

That PostgreSQL refuses the public login every act but its own is shown statement by statement in
`tests/integration/store/test_store_roles.py`; here the whole form is walked with such a login.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

import reporting.app
from config import ReportingSettings
from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.page_state import PageStateKeys
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from migrations.runner import History, upgrade
from store.collection import Collection
from store.engine import open_engine
from store.errors import StoreUnavailableError
from store.noticeboard import Noticeboard
from tests.canaries import Canaries
from tests.databases import NewDatabase, postgres_databases
from tests.force import Force
from tests.pages import PageClient
from tests.public_form import TODAY, PublicForm, close_form, open_form
from tests.shipped import running, shipped_form
from triage.intake.collecting import Wanted, release_drops
from triage.intake.unsealing import unseal_waiting

OPENING = {
    "envelope.identity",
    "envelope.unseal",
    "envelope.vault",
    "envelope.passphrase",
    "store.collection",
    "store.publishing",
}
WALK = """
import json, os, re, sys
from config import ReportingSettings
from quietword import serve
client = serve._reporting_app(ReportingSettings.from_environ(os.environ)).test_client()
def token(page): return re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page.text).group(1)
page = client.get("/")
page = client.post("/", data={"csrf_token": token(page), "go": "continue"})
page = client.post("/", data={"csrf_token": token(page), "go": "check", "what": "Boxes at night"})
page = client.post("/", data={"csrf_token": token(page), "go": "send"})
assert page.status_code == 200, page.text
receipt = re.search(r"qw-receipt-digits[^>]*>([^<]*)<", page.text).group(1)
page = client.get("/receipt")
page = client.post("/receipt", data={"csrf_token": token(page), "go": "look", "receipt": receipt})
assert page.status_code == 200 and "No news yet" in page.text, page.text
assert client.get("/privacy").status_code == 200
print(json.dumps(sorted(sys.modules)))
"""


def test_the_public_site_cannot_open_what_you_sent(force: Force, tmp_path: Path) -> None:
    """In an interpreter that has served every page of the form, no module that opens anything has been loaded."""
    form = shipped_form(force, tmp_path / "shipped")
    walked = subprocess.run(
        [sys.executable, "-W", "error", "-c", WALK],
        env=dict(form.environ),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    loaded = set(json.loads(walked.stdout))
    assert "reporting.app" in loaded
    assert not loaded & OPENING
    assert not {name for name in loaded if name.partition(".")[0] == "triage"}
    assert len(force.collection.waiting()) == 1


def test_the_public_host_needs_its_own_store_and_a_public_key_and_nothing_else(force: Force, tmp_path: Path) -> None:
    """On a host that holds nothing of triage's the form takes reports, and none of what it holds opens them."""
    host = tmp_path / "host"
    host.mkdir(mode=0o700)
    force.drop.dispose()
    drop = Path(force.settings.drop_url.database or "")
    moved = replace(force.settings, drop_url=make_url(f"sqlite:///{host / 'drop.sqlite'}"))
    shutil.move(drop, host / "drop.sqlite")
    public = replace(force, settings=moved, drop=open_engine(moved.drop_url))
    with running(shipped_form(public, tmp_path / "shipped", QUIETWORD_INSTANCE=str(host))) as form:
        assert form.press(form.ready_to_send("Boxes at night"), "send").heading == "Sent"
    [drop_id] = public.collection.waiting()
    [sent] = public.collection.take([drop_id])
    seeds = {*_taken_for_seeds(public), force.verifying_key.public_key}
    public.drop.dispose()
    assert {path.name for path in host.iterdir()} <= {"drop.sqlite", "drop.sqlite-wal", "drop.sqlite-shm"}
    context = Context(Purpose.REPORT, (drop_id,))
    for seed in seeds:
        with pytest.raises(EnvelopeError):
            unseal(sent.sealed, Identity(seed), context)
    tom = force.officer("tom")
    release_drops(force.database, force.settings, public.collection, release=Wanted.EVERYTHING)
    with force.database.begin() as session:
        assert len(unseal_waiting(session, by=tom).opened) == 1
    public.drop.dispose()


def _taken_for_seeds(public: Force) -> Iterator[bytes]:
    """Every 32 bytes of the intake keys that are published today."""
    published = Noticeboard(public.drop).intake_keys(public.today)
    assert published
    for key in published:
        yield from (key.signed[start : start + 32] for start in range(len(key.signed) - 32))


def test_its_settings_hold_public_keys_and_nothing_that_opens() -> None:
    """Each setting of the public form has been looked at: a new one must be looked at before this test passes."""
    assert {field.name for field in fields(ReportingSettings)} == {
        "instance",
        "bind",
        "drop_url",
        "redis_url",
        "verifying_key",  # public: believes intake keys, opens nothing
        "page_state_root",  # the one key of the day: unfinished answers in the reporter's own page
        "page_state_began",  # the first day of that key: a date
        "over_tls",
        "release",
        "force_name",
        "demonstration",
        "trusted_hops",
        "workers",
        "counter_verifying_key",  # public: believes the counter-corruption box's key, opens nothing
        "files_most_bytes",  # a number: how large the store may be and still take files
        "files_keep_free",  # a number: how much of its disk is kept for words
        "surge_sends",  # a number: past so many reports a minute every send waits
        "onion_socket",  # where tor's connections come in: a path
    }
    named = dict.fromkeys(os.environ, "x") | {"QUIETWORD_INSTANCE": "/nowhere"}
    assert "page_state_root" not in repr(ReportingSettings.from_environ(named))


def test_the_key_of_the_day_is_never_on_disk_and_opens_only_pages(
    public_form: PublicForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The root and the keys made from it are in no file; yesterday's page opens, the day before's does not."""
    root = secrets.token_bytes(32)
    monkeypatch.setattr(reporting.app.secrets, "token_bytes", lambda _length: root)
    app = reporting.app.create_app(public_form.settings, today=lambda: TODAY)
    monkeypatch.undo()
    person = PageClient(app)
    person.page("/")
    person.submit(button="Start")
    person.submit(what="Boxes at night", button="check")
    page = person.value("csrf_token")
    person.submit(button="Send")
    assert person.heading() == "Sent"
    keys = app.extensions["quietword.reporting"].page_state_keys
    assert isinstance(keys, PageStateKeys)
    canaries = Canaries()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (root, keys._today):
        assert secret not in kept
        assert secret.hex().encode() not in kept.lower()
        assert b64encode(secret)[:-2] not in kept
        canaries.plant_as(secret.hex(), secret.hex())
    assert canaries.found_in([tmp_path]) == []
    assert keys.open(page, date(2026, 11, 23))
    with pytest.raises(EnvelopeError):
        keys.open(page, date(2026, 11, 24))
    for engine in app.extensions["quietword.engines"]:
        engine.dispose()


@pytest.fixture
def public_login() -> Iterator[tuple[Engine, Engine]]:
    """A one-way store on PostgreSQL, as its owner and as a login that is in quietword_reporting and nothing else."""
    with postgres_databases() as new_database:
        owner = open_engine(new_database("promise"))
        upgrade(owner, History.DROP)
        login, password = f"qw_login_{secrets.token_hex(4)}", secrets.token_hex(16)
        with owner.begin() as connection:
            connection.execute(text(f"CREATE ROLE {login} LOGIN PASSWORD '{password}' IN ROLE quietword_reporting"))
        public = open_engine(owner.url.set(username=login, password=password))
        yield owner, public
        public.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"DROP ROLE {login}"))
        owner.dispose()


@pytest.mark.postgres
def test_on_postgresql_the_whole_form_works_with_a_login_that_can_only_append(
    force: Force, public_login: tuple[Engine, Engine], tmp_path: Path
) -> None:
    """The shipped server under that login: ask, send, send again, look, burn; then the same login reads nothing."""
    owner, public = public_login
    on_postgres = replace(force, drop=owner, settings=replace(force.settings, drop_url=public.url))
    with running(shipped_form(on_postgres, tmp_path / "shipped")) as form:
        ready = form.ready_to_send("Boxes at night")
        sent, again = form.press(ready, "send"), form.press(ready, "send")
        assert (sent.heading, again.heading, sent.receipt) == ("Sent", "Sent", again.receipt)
        page = form.press(form.get("/receipt").token, "look", {"receipt": sent.receipt}, path="/receipt")
        assert "No news yet" in page.text
        page = form.press(form.press(page.token, "burn", path="/receipt").token, "burn", path="/receipt")
        assert page.status == 200
        assert "does not let it read them back" in form.get("/privacy").text
    assert len(on_postgres.collection.waiting()) == 1
    assert len(on_postgres.collection.burns()) == 1
    for statement in ("SELECT sealed FROM drops", "DELETE FROM drops", "SELECT preimage FROM burns"):
        with pytest.raises(Exception, match="permission denied"), public.begin() as connection:
            connection.execute(text(statement))
    with pytest.raises(StoreUnavailableError):
        Collection(public).waiting()


def test_on_sqlite_the_page_says_that_code_alone_holds_it(new_sqlite_database: NewDatabase, tmp_path: Path) -> None:
    """The promise is weaker on a trial's database, and the privacy page says so there and nowhere else."""
    form = open_form(new_sqlite_database("drop"), tmp_path)
    person = form.person
    person.page("/privacy")
    assert re.search(r"only our program stops the website", person.text())
    person.does_not_see("does not let it read them back")
    close_form(form)
