"""After older cases come back nobody is let in on the word of a backup: people confirm who still works here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.audit_lines import Line, lines_of_the_system
from tests.databases import NewDatabase
from tests.force import Force, client_for, open_databases, passphrase_of
from tests.integration.triage.test_backup import elsewhere, recovery
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, at_the_door
from triage.audit.acts import Act
from triage.backup.making import make_backup
from triage.backup.restoring import Restored, restore
from triage.commands.backup import let_in_supervisors
from triage.officers.confirming import NobodyWaitsError, let_in_first
from triage.officers.errors import WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.people import suspend
from triage.officers.rules import OfficerState

PEOPLE = 7


@contextmanager
def brought_back(force: Force, new: NewDatabase, folder: Path, *, let_in: tuple[str, ...]) -> Iterator[Force]:
    """The force as a backup knew it, on another machine; Tom was suspended since it was made."""
    made = make_backup(force.database, force.settings)
    tom_id = force.officer("tom").id
    with force.database.begin() as session:
        suspend(session, tom_id, by=force.officer("ada"))
    settings = elsewhere(force, new, folder)
    found: Restored = restore(settings, recovery(force), cases=made.cases, keys=made.keys, let_in=let_in)
    assert found.made_to_wait == PEOPLE
    database, drop = open_databases(settings, force.clock)
    auditor = {"iris": force.officer("iris")}  # who read the log before, and reads this one with the same key
    again = replace(force, settings=settings, database=database, drop=drop, _officers=auditor, _app=None)
    try:
        yield again
    finally:
        again.dispose()


def tries_to_sign_in(force: Force, name: str) -> PageClient:
    client = at_the_door(force)
    force.clock.forward(seconds=60)
    client.submit(sign_in_name=name, passphrase=passphrase_of(name), code=force.code(name), button="Sign in")
    return client


def test_nobody_signs_in_until_a_supervisor_has_confirmed_them(
    force_on_both: Force, new_database: NewDatabase, tmp_path: Path
) -> None:
    before = force_on_both
    ids = {name: before.officer(name).id for name in ("tom", "tess", "sam")}
    with brought_back(before, new_database, tmp_path / "again", let_in=("sam",)) as force:
        for name in ("tom", "tess", "ada"):
            assert tries_to_sign_in(force, name).errors() == REFUSED
        force.clock.forward(seconds=60)
        sam = client_for(force, "sam")
        sam.page(f"/people/{ids['tess']}")
        sam.sees("Unconfirmed")
        sam.submit(button="They still work here")
        sam.sees("They are confirmed, and can sign in again.")
        sam.does_not_see("Do they still work here?")
        tess = tries_to_sign_in(force, "tess")
        tess.page("/reports")
        assert tess.heading() != "Sign in"
        assert tries_to_sign_in(force, "tom").errors() == REFUSED
        for one in (ids["tess"], ids["sam"]):
            sam.post(f"/people/{one}/confirm", {"csrf_token": sam.value("csrf_token")}, status=422)
        with pytest.raises(WrongStateError), force.database.begin() as session:
            suspend(session, ids["tom"], by=force.officer("sam"))  # and bring him back: in, and nobody confirmed him
        with force.database.look() as session:
            assert session.get_one(OfficerRow, ids["tom"]).state == OfficerState.UNCONFIRMED
        by_system = [(line["act"], line.get("subject"), line.get("count", 1)) for line in lines_waiting(force)]
        assert by_system == [(Act.OFFICERS_MADE_TO_WAIT, None, PEOPLE), (Act.OFFICER_CONFIRMED, str(ids["sam"]), 1)]


def lines_waiting(force: Force) -> list[Line]:
    return [
        line for line in lines_of_the_system(force) if line["act"] in {Act.OFFICERS_MADE_TO_WAIT, Act.OFFICER_CONFIRMED}
    ]


@pytest.mark.parametrize("named", [(), ("tom",), ("nobody",)])
def test_only_a_supervisor_is_let_in_first_and_nobody_where_none_is_named(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path, named: tuple[str, ...]
) -> None:
    with brought_back(force, new_sqlite_database, tmp_path / "again", let_in=named) as again:
        for name in ("tom", "sam", "ada"):
            assert tries_to_sign_in(again, name).errors() == REFUSED
        with again.database.begin() as session:
            assert let_in_first(session, again.settings, ("tess", "sam", "sam")) == ("sam",)
        client_for(again, "sam")
        with pytest.raises(NobodyWaitsError), again.database.begin() as session:
            let_in_first(session, again.settings, ("sam",))


def test_the_command_says_whom_it_let_in_and_is_for_the_first_alone(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with brought_back(force, new_sqlite_database, tmp_path / "again", let_in=()) as again:
        monkeypatch.setenv("QUIETWORD_INSTANCE", str(again.settings.instance))
        for name in ("case", "keys", "drop"):
            url = getattr(again.settings, f"{name}_url")
            monkeypatch.setenv(f"QUIETWORD_{name.upper()}_URL", url.render_as_string(hide_password=False))
        said = CliRunner().invoke(let_in_supervisors, ["tom", "sam"], catch_exceptions=False)
        assert said.exit_code == 0
        assert "No supervisor who waits signs in as: tom." in said.stderr
        assert "Let in: sam." in said.stdout
        twice = CliRunner().invoke(let_in_supervisors, ["sam"])
        assert isinstance(twice.exception, NobodyWaitsError)
