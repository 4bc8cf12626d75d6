"""Signed out on the page that asks again: whoever typed it signs in and goes on, and nobody else gets a word of it."""

import json
from dataclasses import replace

import pytest

from tests.force import Force, client_for, passphrase_of
from tests.integration.triage.test_fresh import ASKED, acts, adds_somebody, proves
from tests.integration.triage.test_passkeys import ORIGIN, Person
from tests.pages import PageClient
from tests.sign_in_page import WRONG, cookie_of

GO_ON = "Go on with what you began"
TYPED = ("Una Fell", "nine boats under a bridge")


@pytest.fixture
def force(force: Force) -> Force:
    force.settings = replace(force.settings, origin=ORIGIN)  # passkeys need one
    return force


def asked(force: Force, name: str = "ada") -> PageClient:
    """At the page that asks again, over somebody to be added."""
    client = client_for(force, name)
    client.page("/people/add")
    force.clock.forward(minutes=6)
    adds_somebody(client, status=403)
    assert client.heading() == ASKED
    return client


def is_added(force: Force) -> bool:
    """Whether somebody was added since the force was set up and whoever asks had signed in."""
    done = acts(force)
    return "officer added" in done[done.index("signed in") :]


def signed_out(force: Force) -> PageClient:
    """The proof comes when the session has idled out."""
    ada = asked(force)
    force.clock.forward(minutes=16)
    ada.submit(proof_passphrase=passphrase_of("ada"), proof_code=force.code("ada"), button="Go on", status=403)
    assert ada.heading() == "Sign in"
    ada.sees("What you typed lies sealed in this page")
    return ada


def signs_in(force: Force, client: PageClient, name: str, passphrase: str | None = None, **more: object) -> None:
    force.clock.forward(seconds=30)
    client.submit(
        {"sign_in_name": name, "passphrase": passphrase or passphrase_of(name), "code": force.code(name), **more},
        button="Sign in",
    )


def test_whoever_idled_out_on_the_page_that_asks_again_signs_in_and_goes_on(force: Force) -> None:
    ada = signed_out(force)
    for words in TYPED:
        ada.does_not_see(words)
    signs_in(force, ada, "ada")
    assert ada.heading() == GO_ON
    assert [area.text for area in ada.root.findall(".//textarea")] == ["Una Fell", "una", "triage officer"]
    ada.does_not_see("nine boats under a bridge")
    assert acts(force)[-1] == "signed in", "nothing is done yet"
    ada.submit(button="Go on")
    ada.sees("Una Fell")
    assert acts(force)[-1] == "officer added"


def test_a_wrong_passphrase_on_the_way_loses_nothing(force: Force) -> None:
    ada = signed_out(force)
    signs_in(force, ada, "ada", WRONG)
    ada.sees("What you typed lies sealed in this page")
    signs_in(force, ada, "ada")
    ada.submit(button="Go on")
    ada.sees("Una Fell")


def test_whoever_else_signs_in_there_gets_no_word_of_it_and_does_nothing(force: Force) -> None:
    ada = signed_out(force)
    signs_in(force, ada, "sam")
    assert ada.heading() == "Reports"
    for words in TYPED:
        ada.does_not_see(words)
    assert not is_added(force)


def test_a_passkey_carries_it_through_too(force: Force) -> None:
    person = Person(force, "ada", client_for(force, "ada"))
    person.adds()
    ada = person.at = signed_out(force)
    form = next(one for one in ada.root.findall(".//form") if one.get("id") == "sign-in-by-passkey")
    fields: dict[str, object] = {one.get("name", ""): one.get("value", "") for one in form.findall(".//input")}
    ada.post("/sign-in/passkey", {**fields, "answer": "{}"})
    ada.sees("What you typed lies sealed in this page")
    fields["answer"] = json.dumps(person.key.answers(person.asks("/sign-in/passkey")))
    ada.post("/sign-in/passkey", fields)
    assert ada.heading() == GO_ON
    ada.submit(button="Go on")
    ada.sees("Una Fell")


@pytest.mark.parametrize(
    "address",
    ["/people/teams", "https://elsewhere.example/people/add", "//elsewhere.example/people/add", "/nowhere", ""],
)
def test_it_goes_on_at_the_address_it_was_for_alone(force: Force, address: str) -> None:
    ada = signed_out(force)
    signs_in(force, ada, "ada", kept_for=address)
    assert ada.heading() == "People"
    assert "elsewhere" not in ada.response.text


def test_it_is_good_for_as_long_as_a_session(force: Force) -> None:
    ada = signed_out(force)
    force.clock.forward(hours=10)
    signs_in(force, ada, "ada")
    assert ada.heading() == "People"


def test_what_is_changed_on_the_way_opens_nothing(force: Force) -> None:
    for bent in ("nonsense", "", "A" * 4_000, "é"):
        ada = signed_out(force)
        signs_in(force, ada, "ada", kept=bent)
        assert ada.heading() == "People"


def test_going_on_takes_the_token_of_the_new_session_and_a_fresh_proof(force: Force) -> None:
    ada = signed_out(force)
    signs_in(force, ada, "ada")
    kept = ada.value("kept")
    ada.post("/people/add", {"kept": kept}, status=400)
    assert ada.heading() == GO_ON, "and a press of their own sends it on"
    other = client_for(force, "sam")
    other.page("/account")
    other.post("/people/teams", {"kept": kept, "csrf_token": other.value("csrf_token")}, status=400)
    assert not is_added(force)
    force.clock.forward(minutes=6)
    ada.submit(button="Go on", status=403)
    assert ada.heading() == ASKED
    proves(force, ada, "ada")
    ada.sees("Una Fell")


def test_whoever_signed_in_in_another_tab_goes_on_in_the_first(force: Force) -> None:
    ada, tab = asked(force), PageClient(force.shared_app())
    force.clock.forward(minutes=16)
    tab.client = ada.client
    tab.page("/sign-in")
    signs_in(force, tab, "ada")
    ada.submit(proof_passphrase=passphrase_of("ada"), proof_code="000000", button="Go on", status=400)
    assert ada.heading() == GO_ON
    ada.submit(button="Go on")
    ada.sees("Una Fell")


def test_a_page_that_is_only_read_is_come_to_as_well(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/account")
    force.clock.forward(minutes=6)
    tom.page("/account/passkeys/add", status=403)
    force.clock.forward(minutes=16)
    tom.submit(proof_passphrase=passphrase_of("tom"), proof_code="000000", button="Go on", status=403)
    signs_in(force, tom, "tom")
    tom.submit(button="Go on")
    assert tom.heading() == "Add a passkey"


def test_another_site_cannot_have_a_post_kept(force: Force) -> None:
    ada = asked(force)
    kept = ada.value("kept")
    ada.client.delete_cookie("quietword", domain="localhost")
    answer = ada.client.post(
        "/people/add", data={"kept": kept}, base_url=ada.base_url, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400
    assert kept not in answer.text
    assert cookie_of(ada) == ""
