"""An officer replaces their own authenticator: by who proves who they are, and on a code of the new one."""

import json
from dataclasses import replace

import pyotp
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.authenticator import ORIGIN, Authenticator
from tests.force import Force, client_for, passphrase_of
from tests.integration.triage.test_officers_news import told
from tests.pages import PageClient, text_of
from tests.sign_in_page import REFUSED, at_the_door
from triage.audit.acts import Act
from triage.keys.system import sign_in_digest
from triage.officers.models import OfficerRow

PATH = "/account/authenticator"
NOT_OF_IT = "The code is not of this second factor. Scan the picture again and enter the code it shows now."
STALE = "That picture does not count any more, so nothing was changed. Scan the one below instead."


def shown_in(client: PageClient) -> str:
    """The secret as the page spells it out."""
    [strong] = [one for one in client.root.findall(".//strong") if len("".join(text_of(one).split())) == 32]
    return "".join(text_of(strong).split())


def code_of(force: Force, secret: str) -> str:
    return pyotp.TOTP(secret).at(force.clock.now)


def sealed_totp(force: Force) -> bytes:
    digest = sign_in_digest(force.settings, "tom")
    with force.database.look() as session:
        return session.scalars(select(OfficerRow.sealed_totp).where(OfficerRow.sign_in_digest == digest)).one()


def signs_in(force: Force, code: str) -> PageClient:
    client = at_the_door(force)
    client.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=code, button="Sign in")
    return client


def replaces(force: Force, tom: PageClient) -> str:
    """Tom goes the way of the page; gives the new secret."""
    tom.page("/account")
    tom.follow("Replace your authenticator")
    secret = shown_in(tom)
    tom.submit(code=code_of(force, secret), button="Use it from now on")
    tom.sees("The new authenticator counts from now on, and your other sessions are ended.")
    return secret


def test_the_new_one_counts_once_it_has_shown_a_code_and_the_old_one_does_not(force_on_both: Force) -> None:
    force = force_on_both
    tom, elsewhere = client_for(force, "tom"), client_for(force, "tom")
    secret = replaces(force, tom)
    used = code_of(force, secret)
    tom.page("/account")
    tom.does_not_see("Another browser")
    elsewhere.page("/account")
    assert elsewhere.heading() == "Sign in"
    assert signs_in(force, used).errors() == REFUSED
    force.clock.forward(seconds=30)
    assert signs_in(force, force.code("tom")).errors() == REFUSED
    again = signs_in(force, code_of(force, secret))
    again.page("/account")
    again.sees("Tom Arkwright")


def test_until_then_the_old_one_goes_on_and_the_same_picture_stays(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page(PATH)
    secret, before = shown_in(tom), sealed_totp(force)
    for code, said in (("", "Enter the code that the new authenticator shows"), ("000000", NOT_OF_IT)):
        tom.submit(code=code, button="Use it from now on")
        assert tom.errors() == [said]
        assert shown_in(tom) == secret
    tom.submit(code=force.code("tom"), button="Use it from now on")
    assert tom.errors() == [NOT_OF_IT]
    assert tom.value("code") == ""
    assert sealed_totp(force) == before
    force.clock.forward(seconds=30)
    owner = signs_in(force, force.code("tom"))
    owner.page("/account")
    owner.sees("Tom Arkwright")


def test_it_is_asked_who_one_is_before_the_picture_is_shown_and_before_it_counts(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page(PATH)
    secret, before = shown_in(tom), sealed_totp(force)
    force.clock.forward(minutes=6)
    data = {"csrf_token": tom.value("csrf_token"), "secret": tom.value("secret"), "code": code_of(force, secret)}
    tom.post(PATH, data, status=403)
    assert tom.heading() == "Show that it is you"
    assert sealed_totp(force) == before
    tom.submit(proof_passphrase=passphrase_of("tom"), proof_code=force.code("tom"), button="Go on")
    tom.sees("The new authenticator counts from now on")
    force.clock.forward(minutes=6)
    tom.page(PATH, status=403)
    assert tom.heading() == "Show that it is you"
    assert not tom.root.findall(".//main//img")


def test_a_passkey_proves_it_where_the_old_authenticator_is_lost(force: Force) -> None:
    force.settings = replace(force.settings, origin=ORIGIN)
    tom, key = client_for(force, "tom"), Authenticator()
    options = tom.client.get("/account/passkeys/options", base_url=tom.base_url).get_json()
    tom.page("/account/passkeys/add")
    tom.submit(name="Blue key", answer=json.dumps(key.adds(options)))
    force.clock.forward(minutes=6)
    tom.page(PATH, status=403)
    asked = tom.client.get("/account/passkeys/prove", base_url=tom.base_url).get_json()
    tom.submit(proof_passkey=json.dumps(key.answers(asked, unlocks=False)), button="Go on")
    assert tom.heading() == "Replace your authenticator"
    secret = shown_in(tom)
    tom.submit(code=code_of(force, secret), button="Use it from now on")
    tom.sees("The new authenticator counts from now on")


def test_a_picture_counts_once_and_in_the_session_that_showed_it(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page(PATH)
    first, sealed = shown_in(tom), tom.value("secret")
    tom.submit(code=code_of(force, first), button="Use it from now on")
    tom.sees("The new authenticator counts from now on")
    force.clock.forward(seconds=30)
    for client, offered in ((tom, sealed), (tom, "AAAA"), (tom, "é")):
        client.page(PATH)
        before = sealed_totp(force)
        data = {"csrf_token": client.value("csrf_token"), "secret": offered, "code": code_of(force, first)}
        client.post(PATH, data)
        assert client.errors() == [STALE]
        assert shown_in(client) != first
        assert sealed_totp(force) == before
    force.totp = {**force.totp, "tom": first}
    other = client_for(force, "tom")
    tom.page(PATH)
    of_tom, secret = tom.value("secret"), shown_in(tom)
    other.page(PATH)
    data = {"csrf_token": other.value("csrf_token"), "secret": of_tom, "code": code_of(force, secret)}
    other.post(PATH, data)
    assert other.errors() == [STALE]


def test_it_is_told_at_the_next_sign_in_and_stands_in_the_log(force: Force) -> None:
    tom_id = force.officer("tom").id
    tom = client_for(force, "tom")
    secret = replaces(force, tom)
    assert told(tom) == ""
    force.totp = {**force.totp, "tom": secret}
    elsewhere = client_for(force, "tom")
    elsewhere.page("/account")
    assert "Your authenticator was replaced by another, on 22 Nov 2026" in told(elsewhere)
    assert "Was that not you?" in told(elsewhere)
    lines = [line for line in audit_lines(force, tom_id) if line["act"] == Act.AUTHENTICATOR_REPLACED]
    assert [line["subject"] for line in lines] == [str(tom_id)]
