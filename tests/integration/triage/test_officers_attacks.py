"""Signing in under attack: the same work for every name, nothing in clear across a restart, no frame, no replay."""

import base64
from dataclasses import replace

import pytest
from sqlalchemy import event

from envelope.vault import open_with_passphrase
from tests.audit_lines import audit_lines
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient, text_of
from tests.sign_in_page import REFUSED, WRONG, at_the_door, cookie_of
from triage.app import create_app
from triage.keys.system import SYSTEM_ID
from triage.officers import signing_in
from triage.officers.models import OfficerRow
from triage.officers.people import suspend

NAMES = ("tom", "nobody", "tess")


@pytest.fixture
def work(force: Force, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done from here on, in order: each derivation of a key, and each statement without its values."""
    done: list[str] = []

    def derived(locked: bytes, passphrase: str) -> bytes:
        done.append("Argon2id")
        return open_with_passphrase(locked, passphrase)

    monkeypatch.setattr(signing_in, "open_with_passphrase", derived)
    for engine in (force.database.case, force.database.keys):
        event.listen(engine, "before_cursor_execute", lambda *told: done.append(str(told[2])))
    return done


def test_a_name_nobody_has_costs_what_a_known_one_costs(force: Force, work: list[str]) -> None:
    """Counted, and measured side by side by `make bench`: somebody at work, nobody, and somebody suspended."""
    ada, tess_id = force.officer("ada"), force.officer("tess").id
    with force.database.begin() as session:
        suspend(session, tess_id, by=ada)
    door = at_the_door(force)
    door.submit(sign_in_name="first", passphrase=WRONG, code="000000")  # the first refusal makes the system's own key
    seen = {}
    for name in NAMES:
        work.clear()
        door.submit(sign_in_name=name, passphrase=WRONG, code="000000")
        assert door.errors() == REFUSED
        seen[name] = list(work)
    assert seen["tom"].count("Argon2id") == 1
    assert {name: done for name, done in seen.items() if done != seen["tom"]} == {}


def test_nothing_of_a_session_lies_in_clear_before_or_after_a_restart(force: Force) -> None:
    client = client_for(force, "tom")
    cookie = cookie_of(client)
    secret = base64.urlsafe_b64decode(cookie + "=")
    officer = force.officer("tom")
    seed = officer.keys._opened[officer.keys.box_id].seed
    for _ in range(2):
        again = PageClient(create_app(replace(force.settings), database=force.database))
        again.client.set_cookie("quietword", cookie)
        again.page("/account")
        again.sees("Tom Arkwright")
        files = b"".join(path.read_bytes() for path in force.settings.instance.iterdir() if path.is_file())
        for told in (secret, cookie.encode(), seed, seed.hex().encode(), passphrase_of("tom").encode()):
            assert told not in files
        assert force.totp["tom"].encode() not in files


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/account/passkeys", "/account/passkeys/add"])
def test_no_page_of_signing_in_stands_in_a_frame(force: Force, path: str) -> None:
    client = client_for(force, "tom")
    response = client.client.get(path, base_url=client.base_url)
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_post_kept_in_a_page_is_done_once_for_each_proof(force: Force) -> None:
    """The sealed post of an asking page is nothing by itself: without a fresh proof it is asked for again."""
    ada = client_for(force, "ada")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    ada.submit(name="Una", sign_in_name="una", role="auditor", passphrase="", button="Add officer", status=403)
    kept, token = ada.value("kept"), ada.value("csrf_token")
    ada.post("/people/add", {"kept": kept, "csrf_token": token}, status=403)
    assert ada.heading() == "Show that it is you"
    ada.post("/people/add", {"kept": kept}, status=400)
    other = PageClient(force.shared_app())
    other.post("/people/add", {"kept": kept, "csrf_token": token}, status=403)
    assert other.heading() == "Sign in"


def test_what_an_authenticator_made_is_never_put_back_into_a_page(force: Force) -> None:
    """An answer holds what unlocks its officer's seed; a page kept for proving anew is no words of anybody."""
    tom = client_for(force, "tom")
    tom.page("/account/passkeys/add")
    token = tom.value("csrf_token")
    tom.client.delete_cookie("quietword", domain="localhost")
    for path, field in (("/account/passkeys/add", "answer"), ("/account/passkeys/add", "kept")):
        tom.post(path, {"csrf_token": token, "name": "Blue key", field: "SECRET-OF-THE-KEY"}, status=403)
        assert tom.heading() == "You have been signed out"
        tom.sees("Here is what you typed.")
        assert "SECRET-OF-THE-KEY" not in "".join(text_of(one) for one in tom.root.iter())


def test_a_link_that_breaks_the_redirect_after_signing_in_leads_home(force: Force) -> None:
    """It would be answered with an error, when the code is spent already."""
    client = PageClient(force.shared_app())
    for after in ("/account?x\r\nSet-Cookie: quietword=1", "/account?x=\u2028y"):
        force.clock.forward(seconds=30)
        fields = {"sign_in_name": "tom", "passphrase": passphrase_of("tom"), "code": force.code("tom")}
        response = client.client.post("/sign-in", data={**fields, "after": after}, base_url=client.base_url)
        assert response.status_code == 303
        assert response.headers["Location"].isprintable()


def test_somebodys_own_lock_in_another_officers_row_is_refused_with_a_line(force: Force) -> None:
    """Whoever writes to the database and swaps the lock alone is refused as everybody is, and not with an error."""
    tess_id, tom_id = force.officer("tess").id, force.officer("tom").id
    with force.database.begin() as session:
        tess, tom = session.get_one(OfficerRow, tess_id), session.get_one(OfficerRow, tom_id)
        tess.locked_seed = tom.locked_seed
    client = at_the_door(force)
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="tess", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    assert client.errors() == REFUSED
    refused = [line for line in audit_lines(force, SYSTEM_ID) if line["act"] == "sign-in refused"]
    assert [line["subject"] for line in refused] == [str(tess_id)]
