"""What matters most asks again who one is after five minutes, and loses nothing that was typed."""

import pytest

from tests.audit_lines import audit_lines
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, WRONG, cookie_of, sessions
from triage.officers.fresh import is_fresh_guarded

ASKED = "Show that it is you"
# Every view that is guarded so, by what it does to whom; one that is added or dropped is written here or fails.
MATTERS = {
    # keys given, taken, turned and shown
    "people.confirm",
    "people.give_role",
    "people.give_team",
    "people.manage_teams",
    "people.take",
    "keys.grants_file",
    "keys.rotate",
    "keys.sign",
    # people let in, vetted, shut out; where they live
    "people.add",
    "people.forget_address",
    "people.leave_officer",
    "people.record_address",
    "people.restore_officer",
    "people.suspend_officer",
    "people.vet",
    "recovery.begin",
    # one's own ways in
    "authenticator.begin",
    "authenticator.replace",
    "officers.go_on",
    "passkeys.add",
    "passkeys.begin_adding",
    "passkeys.remove",
    # walls between people
    "compartments.browse",
    "compartments.move",
    "compartments.propose_release",
    "compartments.release",
    "conflicts.lift",
    "conflicts.propose_lift",
    "conflicts.record",
    "conflicts.wall_off",
    "handing_over.move",
    # the second person's signature
    "operations.approve_operation",
    # erasure and how long things are kept
    "disposal.change",
    "disposal.entry",
    "disposal.erase",
    "disposal.periods",
    "disposal.review",
    # what leaves
    "exporting.begin",
    "exporting.carry_out",
    "oversight.export",
    "search.export_results",
    # files unmasked, and let out of quarantine
    "files.ask",
    "quarantine.browse",
    "quarantine.decide",
}


def acts(force: Force) -> list[object]:
    """What was done, in order; the auditor who reads it leaves no line here."""
    return [line["act"] for line in audit_lines(force)]


def proves(force: Force, client: PageClient, name: str, passphrase: str | None = None) -> None:
    """Fill in the page that asks again, with a code nobody has used yet."""
    force.clock.forward(seconds=30)
    status = 200 if passphrase is None else 403
    client.submit(
        proof_passphrase=passphrase or passphrase_of(name), proof_code=force.code(name), button="Go on", status=status
    )


def adds_somebody(client: PageClient, *, status: int) -> None:
    client.submit(
        name="Una Fell",
        sign_in_name="una",
        role="triage officer",
        passphrase="nine boats under a bridge",
        button="Add officer",
        status=status,
    )


def test_what_matters_most_is_guarded(force: Force) -> None:
    views = force.shared_app().view_functions
    assert {endpoint for endpoint, view in views.items() if is_fresh_guarded(view)} == MATTERS


def test_who_has_just_signed_in_is_not_asked(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    force.clock.forward(minutes=4, seconds=59)
    adds_somebody(ada, status=200)
    ada.sees("Una Fell")


def test_after_five_minutes_one_is_asked_and_what_was_typed_is_done(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    assert ada.heading() == ASKED
    ada.does_not_see("Una Fell")
    ada.does_not_see("nine boats under a bridge")
    proves(force, ada, "ada")
    ada.sees("Una Fell")
    assert acts(force)[-2:] == ["proved again who they are", "officer added"]
    ada.page("/people/add")
    ada.submit(name="Ivo", sign_in_name="ivo", role="auditor", passphrase="ten boats in a row", button="Add officer")
    ada.sees("Ivo")


def test_a_wrong_proof_does_nothing_and_keeps_what_was_typed(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    proves(force, ada, "ada", WRONG)
    assert ada.heading() == ASKED
    assert ada.errors() == ["The passphrase or the code is not right. A code that you have used does not work again."]
    assert acts(force)[-1] == "sign-in refused"
    ada.submit(proof_passphrase="", proof_code="", button="Go on", status=403)
    assert ada.errors() == ["Enter your passphrase", "Enter the code your authenticator shows"]
    proves(force, ada, "ada")
    ada.sees("Una Fell")


def test_a_code_that_let_somebody_in_does_not_prove_them_again(force: Force) -> None:
    ada = client_for(force, "ada")
    code = force.code("ada")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    ada.submit(proof_passphrase=passphrase_of("ada"), proof_code=code, button="Go on", status=403)
    assert ada.heading() == ASKED


def test_proving_gives_a_new_cookie_and_the_old_one_opens_nothing(force: Force) -> None:
    ada = client_for(force, "ada")
    before, token = cookie_of(ada), ""
    ada.page("/people/add")
    token = ada.value("csrf_token")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    proves(force, ada, "ada")
    assert cookie_of(ada) != before
    assert sessions(force) == 1
    thief = PageClient(force.shared_app())
    thief.client.set_cookie("quietword", before)
    thief.page("/account")
    assert thief.heading() == "Sign in"
    ada.page("/people/add")
    assert ada.value("csrf_token") == token, "a page open in another tab can still be sent"


def test_proving_does_not_put_off_the_end_of_a_session(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    for _ in range(59):
        force.clock.forward(minutes=10)
        ada.page("/people")
    ada.page("/people/add")
    adds_somebody(ada, status=403)
    proves(force, ada, "ada")
    force.clock.forward(minutes=10)
    ada.page("/account")
    assert ada.heading() == "Sign in"


def test_what_was_kept_for_one_person_or_address_is_put_back_for_no_other(force: Force) -> None:
    ada, sam = client_for(force, "ada"), client_for(force, "sam")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    kept = ada.value("kept")
    sam.page("/account")
    proof = {"csrf_token": sam.value("csrf_token"), "proof_passphrase": passphrase_of("sam")}
    force.clock.forward(seconds=30)
    sam.post("/people/teams", {**proof, "kept": kept, "proof_code": force.code("sam")}, status=400)
    sam.post("/people/teams", {**proof, "kept": "nonsense", "proof_code": force.code("sam")}, status=400)
    ada.post(
        "/people/00000000-0000-0000-0000-000000000000/suspend",
        {
            "csrf_token": ada.value("csrf_token"),
            "kept": kept,
            "proof_passphrase": passphrase_of("ada"),
            "proof_code": force.code("ada"),
        },
        status=400,
    )


def test_a_second_tab_that_waited_goes_on_without_being_asked_twice(force: Force) -> None:
    ada, tab = client_for(force, "ada"), PageClient(force.shared_app())
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    tab.client = ada.client
    tab.page("/people/add")
    tab.submit(
        name="Ivo",
        sign_in_name="ivo",
        role="auditor",
        passphrase="ten boats in a row",
        button="Add officer",
        status=403,
    )
    proves(force, ada, "ada")
    proves(force, tab, "ada")
    tab.sees("Ivo")


def test_wrong_tries_inside_slow_that_session_and_nobody_at_the_door(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    force.clock.forward(minutes=5)
    adds_somebody(ada, status=403)
    for _ in range(5):
        proves(force, ada, "ada", WRONG)
    ada.submit(proof_passphrase=WRONG, proof_code="000000", button="Go on", status=403)
    assert ada.errors()[0].startswith("There have been too many wrong tries")
    assert client_for(force, "ada").page("/account") is not None


@pytest.mark.parametrize("name", ["kept", "proof_passphrase", "proof_code"])
def test_a_page_that_is_not_asked_takes_no_proof(force: Force, name: str) -> None:
    """A field of the asking page is nothing to a view that does not ask."""
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.post("/account/sign-out-elsewhere", {"csrf_token": tom.value("csrf_token"), name: "x"})
    tom.sees("Your other sessions are ended.")
    assert REFUSED[0] not in tom.text()
