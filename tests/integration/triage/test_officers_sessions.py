"""What a session is, and how it ends."""

import base64
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from envelope.vault import decrypt_blob
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, cookie_of, sessions
from triage.app import create_app
from triage.officers.models import OfficerRow, SessionRow


def test_the_cookie_is_closed_to_scripts_other_sites_and_plain_http(force: Force) -> None:
    force.settings = replace(force.settings, secure_cookies=True)
    app = create_app(force.settings, database=force.database)
    force.clock.forward(seconds=30)
    response = app.test_client().post(
        "/sign-in",
        data={"sign_in_name": "tom", "passphrase": passphrase_of("tom"), "code": force.code("tom")},
        base_url="https://localhost",
    )
    cookies = {line.partition("=")[0]: line for line in response.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-quietword", "__Host-quietword-device"}
    for line in cookies.values():
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line
    assert "Max-Age" not in cookies["__Host-quietword"]


def test_signing_in_gives_a_new_secret_and_ends_the_old_session(force: Force) -> None:
    client = client_for(force, "tom")
    first = cookie_of(client)
    force.clock.forward(seconds=30)
    client.page("/sign-in")
    client.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    assert cookie_of(client) != first
    thief = PageClient(force.shared_app())
    thief.client.set_cookie("quietword", first)
    thief.page("/account")
    assert thief.heading() == "Sign in"


def test_a_secret_that_somebody_planted_is_never_taken_up(force: Force) -> None:
    planted = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")
    client = PageClient(force.shared_app())
    client.client.set_cookie("quietword", planted)
    client.page("/sign-in")
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"))
    assert cookie_of(client) != planted


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "é", "=" * 43, "A" * 3_000, "....", "\x7f"])
def test_a_cookie_that_is_none_of_ours_is_signed_out(force: Force, cookie: str) -> None:
    client = PageClient(force.shared_app())
    client.client.set_cookie("quietword", cookie)
    client.page("/account")
    assert client.heading() == "Sign in"


def test_a_stolen_database_opens_no_session(force: Force) -> None:
    """What stands in the row, and everything derived from it that we could think of, is no cookie."""
    client_for(force, "sam")
    with force.database.look() as session:
        row = session.scalars(select(SessionRow)).one()
    sam = force.officer("sam")
    for stolen in (row.digest, row.sealed[:32], row.sealed[-32:], bytes(row.officer_id.bytes * 2)):
        thief = PageClient(force.shared_app())
        thief.client.set_cookie("quietword", base64.urlsafe_b64encode(stolen).decode().rstrip("="))
        thief.page("/account")
        assert thief.heading() == "Sign in"
    seed = sam.keys._opened[sam.keys.box_id].seed
    assert seed not in row.sealed
    assert seed.hex().encode() not in row.sealed


def test_one_persons_row_does_not_open_under_anothers_name(force: Force) -> None:
    """Whoever can write to the database cannot make an administrator into a supervisor's session."""
    ada, sam_id = client_for(force, "ada"), force.officer("sam").id
    with force.database.begin() as session:
        session.scalars(select(SessionRow)).one().officer_id = sam_id
    ada.page("/keys")
    assert ada.heading() == "Sign in"


def test_a_role_that_changes_ends_the_session(force: Force) -> None:
    tom, tom_id = client_for(force, "tom"), force.officer("tom").id
    with force.database.begin() as session:
        row = session.get(OfficerRow, tom_id)
        assert row is not None
        row.role = "supervisor"
    tom.page("/account")
    assert tom.heading() == "Sign in"


def test_a_session_of_an_earlier_version_ends_and_is_no_fault(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an upgrade everybody signs in again; nobody meets an error page for the rest of the day."""

    def as_it_was(key: bytes, sealed: bytes, context: bytes) -> bytes:
        body = json.loads(decrypt_blob(key, sealed, context))
        del body["audit_id"]
        return json.dumps(body).encode()

    tom = client_for(force, "tom")
    monkeypatch.setattr("triage.officers.session.decrypt_blob", as_it_was)
    tom.page("/account")
    assert tom.heading() == "Sign in"


def test_signing_out_ends_the_row_and_not_the_cookie_alone(force: Force) -> None:
    client = client_for(force, "tom")
    kept = cookie_of(client)
    client.page("/account")
    client.submit(button="Sign out")
    client.sees("You are signed out.")
    assert sessions(force) == 0
    client.client.set_cookie("quietword", kept)
    client.page("/account")
    assert client.heading() == "Sign in"


def test_fifteen_idle_minutes_end_a_session_and_wipe_its_row(force: Force) -> None:
    client = client_for(force, "tom")
    force.clock.forward(minutes=14, seconds=59)
    client.page("/account")
    client.sees("Tom Arkwright")
    force.clock.forward(minutes=15)
    client.page("/account")
    assert client.heading() == "Sign in"
    assert sessions(force) == 0


def test_ten_hours_end_a_session_however_busy_it_is(force: Force) -> None:
    client = client_for(force, "tom")
    for _ in range(59):
        force.clock.forward(minutes=10)
        client.page("/account")
        client.sees("Tom Arkwright")
    force.clock.forward(minutes=10)
    client.page("/account")
    assert client.heading() == "Sign in"
    assert sessions(force) == 0


def test_sessions_that_nobody_comes_back_to_are_wiped_by_whoever_is_there(force: Force) -> None:
    client_for(force, "tom")
    tess = client_for(force, "tess")
    for _ in range(2):
        force.clock.forward(minutes=9)
        tess.page("/account")
    assert sessions(force) == 1


def test_a_suspended_officers_session_dies_at_once(force: Force) -> None:
    client, tom_id = client_for(force, "tom"), force.officer("tom").id
    with force.database.begin() as session:
        row = session.get(OfficerRow, tom_id)
        assert row is not None
        row.state = "suspended"
    client.page("/account")
    assert client.heading() == "Sign in"
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    assert client.errors() == REFUSED


def test_what_was_typed_comes_back_when_the_session_has_ended(force: Force) -> None:
    sam = client_for(force, "sam")
    sam.page("/people/teams")
    force.clock.forward(minutes=16)
    sam.submit(name="A long <b>name</b>", area="Mill Lane", button="Add team", status=403)
    sam.sees("You have been signed out")
    assert [area.text for area in sam.root.findall(".//textarea")] == ["A long <b>name</b>", "Mill Lane"]
    sam.does_not_see(force.shared_app().secret_key)  # type: ignore[arg-type]  # it is a string here


def test_what_was_typed_comes_back_when_the_page_was_too_old(force: Force) -> None:
    sam = client_for(force, "sam")
    sam.post("/people/teams", {"csrf_token": "0" * 48, "name": "Mill Lane"}, status=400)
    sam.sees("too old to be sent")
    assert [area.text for area in sam.root.findall(".//textarea")] == ["Mill Lane"]


def test_no_secret_that_was_typed_comes_back(force: Force) -> None:
    sam = client_for(force, "sam")
    force.clock.forward(minutes=16)
    secret = "nobody should read this again"
    sam.client.post("/account", data={"current": secret, "new": secret, "again": secret, "code": secret})
    response = sam.client.post("/account", data={"current": secret, "new": secret, "again": secret, "code": secret})
    assert secret not in response.text
