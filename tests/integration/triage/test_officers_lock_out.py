"""A lock-out that slows a guesser down and cannot be used against an officer."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.force import Force, client_for, passphrase_of
from tests.integration.triage.test_officers_enrolling import somebody_new
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, SLOW, WRONG, at_the_door, sessions, tries
from triage.officers.door import DOOR, IN_LINE, Door
from triage.officers.patience import FREE_TRIES
from triage.officers.rules import Role

BUSY = "Too many people are signing in at this moment. Wait a few seconds and try again."


def test_wrong_tries_slow_a_name_down_more_and_more(force: Force) -> None:
    client = at_the_door(force)
    for _ in range(FREE_TRIES):
        tries(force, client, "tom", WRONG)
        assert client.errors() == REFUSED
    waits = []
    for _ in range(12):
        tries(force, client, "tom", WRONG)
        said = re.search(r"Wait (\d+) (seconds|minutes)", client.errors()[0])
        assert said is not None
        seconds = int(said.group(1)) * (60 if said.group(2) == "minutes" else 1)
        waits.append(seconds)
        force.clock.forward(seconds=seconds)
        tries(force, client, "tom", WRONG)
        assert client.errors() == REFUSED
    assert waits == sorted(waits)
    assert waits[0] == 2
    assert waits[-1] == 15 * 60


def test_a_name_nobody_has_is_slowed_down_alike(force: Force) -> None:
    answers = []
    for name in ("tom", "nobody"):
        client = at_the_door(force)
        said = []
        for _ in range(FREE_TRIES + 3):
            tries(force, client, name, WRONG)
            said.append((client.response.status_code, client.errors()))
        answers.append(said)
    assert answers[0] == answers[1]


def test_a_stranger_cannot_lock_an_officer_out_of_a_browser_they_use(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.submit(button="Sign out")
    stranger = at_the_door(force)
    for _ in range(FREE_TRIES + 5):
        tries(force, stranger, "tom", WRONG)
    assert stranger.errors()[0].startswith(SLOW)
    force.clock.forward(seconds=30)
    tom.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    tom.page("/account")
    tom.sees("Tom Arkwright")


def test_slowed_down_even_the_right_passphrase_waits(force: Force) -> None:
    client = at_the_door(force)
    for _ in range(FREE_TRIES + 1):
        tries(force, client, "tom", WRONG)
    tries(force, client, "tom", passphrase_of("tom"), force.code("tom"))
    assert client.response.status_code == 429
    assert client.errors()[0].startswith(SLOW)
    assert sessions(force) == 0


def test_a_known_browser_is_slowed_down_apart(force: Force) -> None:
    tom = client_for(force, "tom")
    for _ in range(FREE_TRIES + 2):
        tries(force, tom, "tom", WRONG)
    assert tom.errors()[0].startswith(SLOW)
    elsewhere = at_the_door(force)
    tries(force, elsewhere, "tom", WRONG)
    assert elsewhere.errors() == REFUSED


def test_a_browser_known_for_one_name_is_not_known_for_another(force: Force) -> None:
    tess = client_for(force, "tess")
    stranger = at_the_door(force)
    for _ in range(FREE_TRIES + 2):
        tries(force, stranger, "tom", WRONG)
    tries(force, tess, "tom", WRONG)
    assert tess.errors()[0].startswith(SLOW)


@pytest.mark.parametrize("cookie", ["", "x", "A" * 64, ".".join(["A" * 64] * 50), "é.é", "A" * 3_000])
def test_a_made_up_device_cookie_helps_nobody(force: Force, cookie: str) -> None:
    stranger = at_the_door(force)
    for _ in range(FREE_TRIES + 2):
        tries(force, stranger, "tom", WRONG)
    other = PageClient(force.shared_app())
    other.client.set_cookie("quietword-device", cookie)
    tries(force, other, "tom", WRONG)
    assert other.errors()[0].startswith(SLOW)


def test_the_shift_at_one_computer_is_known_by_all_its_names(force: Force) -> None:
    client = client_for(force, "tom")
    force.clock.forward(seconds=30)
    client.page("/sign-in")
    client.submit(sign_in_name="tess", passphrase=passphrase_of("tess"), code=force.code("tess"), button="Sign in")
    stranger = at_the_door(force)
    for name in ("tom", "tess"):
        for _ in range(FREE_TRIES + 2):
            tries(force, stranger, name, WRONG)
        tries(force, client, name, WRONG)
        assert client.errors() == REFUSED


def test_a_full_line_is_told_to_come_back(force: Force) -> None:
    client = at_the_door(force)
    line = force.shared_app().extensions[DOOR]._line
    for _ in range(IN_LINE):
        assert line.acquire(blocking=False)
    tries(force, client, "tom", WRONG)
    assert client.response.status_code == 503
    assert "Too many people are signing in" in client.errors()[0]
    line.release()
    tries(force, client, "tom", WRONG)
    assert client.errors() == REFUSED


def test_strangers_who_fill_the_line_leave_a_place_for_a_browser_somebody_uses(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.submit(button="Sign out")
    line = force.shared_app().extensions[DOOR]._line
    for _ in range(IN_LINE):
        assert line.acquire(blocking=False)
    force.clock.forward(seconds=30)
    tom.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    tom.page("/account")
    tom.sees("Tom Arkwright")


@contextmanager
def full_line(force: Force) -> Iterator[None]:
    """As many at the door as it checks and lets wait."""
    door = force.shared_app().extensions[DOOR]
    assert isinstance(door, Door)
    with ExitStack() as stack:
        for known in (True, False, False):
            stack.enter_context(door._a_place(known=known))
        yield


def test_whoever_seals_a_passphrase_waits_in_the_same_line_and_loses_nothing_but_secrets(force: Force) -> None:
    """Each takes as much memory as a sign-in: adding, beginning anew, one's own first passphrase and a new one."""
    tess = force.officer("tess").id
    ada, tom = client_for(force, "ada"), client_for(force, "tom")
    una = somebody_new(force).browser
    ada.page("/people/add")
    tom.page("/account")
    una.page("/account/enrol")
    secret = una.value("secret")
    force.totp["una"] = secret
    force.clock.forward(seconds=30)
    code, own = force.code("tom"), "seven herons by the weir"
    changes = {"current": passphrase_of("tom"), "code": code, "new": own, "again": own}
    with full_line(force):
        typed = {"name": "Ivy Marsh", "sign_in_name": "ivy", "role": Role.AUDITOR}
        ada.submit(**typed, passphrase=own, button="Add officer")
        assert ada.errors() == [BUSY]
        assert (ada.value("name"), ada.value("sign_in_name"), ada.value("passphrase")) == ("Ivy Marsh", "ivy", "")
        tom.submit(**changes, button="Change passphrase")
        assert tom.errors() == [BUSY]
        una.submit(code=force.code("una"), new=own, again=own, button="Use these from now on")
        assert una.errors() == [BUSY]
        assert una.value("secret") == secret
        ada.page(f"/people/{tess}/begin-anew")
        ada.submit(sure="yes", button="Give them first secrets anew")
        assert ada.errors() == [BUSY]
    tom.submit(**changes, button="Change passphrase")
    tom.sees("Your passphrase is changed")
    una.submit(code=force.code("una"), new=own, again=own, button="Use these from now on")
    una.sees("The account is your own")


def test_one_place_is_enough_to_change_a_passphrase(force: Force) -> None:
    """The check and the sealing after it are one turn: no code is spent on a change that is then sent away."""
    tom = client_for(force, "tom")
    tom.page("/account")
    force.clock.forward(seconds=30)
    door = force.shared_app().extensions[DOOR]
    own = "seven herons by the weir"
    with door._a_place(known=False), door._a_place(known=False):
        tom.submit(current=passphrase_of("tom"), code=force.code("tom"), new=own, again=own, button="Change passphrase")
    tom.sees("Your passphrase is changed")
