"""An administrator looks after people, a supervisor after keys, and neither can do the other's part."""

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.audit_lines import audit_lines
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.audit.models import AuditLeafRow
from triage.keys.service import BoxName, box_named
from triage.officers.errors import NotHeldError
from triage.officers.models import OfficerRow, SessionRow
from triage.officers.people import take_key
from triage.officers.rules import OfficerState, Role
from triage.officers.service import add_officer, officer_names

NEW = "four lanterns on a bridge"
OWN = "seven herons by the weir"


def id_of(force: Force, name: str) -> str:
    with force.database.look() as session:
        names = officer_names(session, by=force.officer("sam"))
    return str(next(one.id for one in names.values() if one.name.startswith(name)))


def add_somebody(force: Force, role: Role = Role.TRIAGE_OFFICER) -> tuple[PageClient, str]:
    """An administrator adds Una; gives their browser, and Una's second factor."""
    ada = client_for(force, "ada")
    ada.page("/people/add")
    ada.submit(name="Una Fairweather", sign_in_name="una", role=role.value, passphrase=NEW, button="Add officer")
    secret = re.search(r"In letters ([A-Z2-7 ]+?) Sign-in", ada.text())
    assert secret is not None
    return ada, secret.group(1).replace(" ", "")


def una_signs_in(force: Force, secret: str) -> PageClient:
    force.totp["una"] = secret
    una = PageClient(force.shared_app())
    force.clock.forward(seconds=30)
    una.page("/sign-in")
    una.submit(sign_in_name="una", passphrase=NEW, code=force.code("una"))
    return una


def makes_the_account_their_own(force: Force, una: PageClient) -> None:
    """Una chooses a second factor and a passphrase that the administrator has not seen."""
    una.page("/")
    assert una.heading() == "Make this account your own"
    force.totp["una"] = una.value("secret")
    una.submit(code=force.code("una"), new=OWN, again=OWN, button="Use these from now on")
    una.sees("The account is your own")


def test_somebody_added_by_an_administrator_opens_nothing_until_a_supervisor_gives_the_keys(force: Force) -> None:
    _, secret = add_somebody(force)
    makes_the_account_their_own(force, una_signs_in(force, secret))
    sam = client_for(force, "sam")
    sam.page("/people")
    sam.follow("Una Fairweather")
    sam.sees("Their role also needs: Desk.")
    sam.submit(button="Give the keys of their role")
    sam.sees("The key is given")
    sam.sees("Active")


def test_no_key_is_given_to_somebody_whose_secrets_the_administrator_has_seen(force: Force) -> None:
    add_somebody(force)
    una_id, sam = id_of(force, "Una"), client_for(force, "sam")
    sam.page(f"/people/{una_id}")
    sam.sees("Not chosen yet")
    sam.does_not_see("Give the keys of their role")
    sam.post(f"/people/{una_id}/give-role", {"csrf_token": sam.value("csrf_token")}, status=422)
    assert "of their own" in sam.errors()[0]


def test_what_the_administrator_saw_opens_nothing_once_the_account_is_somebodys_own(force: Force) -> None:
    _, secret = add_somebody(force)
    spy, una = una_signs_in(force, secret), una_signs_in(force, secret)
    makes_the_account_their_own(force, una)
    spy.page("/account")
    assert spy.heading() == "Sign in"
    own, force.totp["una"] = force.totp["una"], secret
    force.clock.forward(seconds=30)
    spy.submit(sign_in_name="una", passphrase=NEW, code=force.code("una"), button="Sign in")
    assert spy.heading() == "Sign in"
    spy.submit(sign_in_name="una", passphrase=OWN, code=force.code("una"), button="Sign in")
    assert spy.heading() == "Sign in"
    force.totp["una"] = own
    again = PageClient(force.shared_app())
    again.page("/sign-in")
    again.submit(sign_in_name="una", passphrase=OWN, code=force.code("una"), button="Sign in")
    assert again.heading() != "Sign in"


def test_an_account_is_made_somebodys_own_only_with_a_code_of_the_new_second_factor(force: Force) -> None:
    _, secret = add_somebody(force)
    una = una_signs_in(force, secret)
    una.page("/account/enrol")
    shown = una.value("secret")
    una.submit(code=force.code("una"), new=OWN, again=OWN, button="Use these from now on")
    assert una.errors()[0].startswith("The code is not of this second factor.")
    assert una.value("secret") == shown
    una.submit(secret="AAAA", code="000000", new=OWN, again=OWN, button="Use these from now on")
    assert una.errors()[0].startswith("The code is not of this second factor.")


def test_an_account_is_made_somebodys_own_once(force: Force) -> None:
    _, secret = add_somebody(force)
    una = una_signs_in(force, secret)
    makes_the_account_their_own(force, una)
    una.page("/account/enrol")
    assert una.heading() == "Your account"


def test_an_initial_passphrase_that_was_made_up_is_shown_once(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    ada.submit(name="Una Fairweather", sign_in_name="una", role="auditor", button="Add officer")
    ada.sees("First passphrase")
    assert "data:image/png;base64," in ada.response.text
    ada.follow("They have it")
    ada.does_not_see("First passphrase")


def test_two_people_cannot_have_one_sign_in_name(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    ada.submit(name="Another Tom", sign_in_name="TOM", role="auditor", passphrase=NEW, button="Add officer")
    assert ada.errors() == ["Somebody already signs in by that name. Choose another."]
    assert ada.value("name") == "Another Tom"


def test_a_weak_first_passphrase_is_refused_in_a_sentence(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/people/add")
    ada.submit(name="Una", sign_in_name="una", role="auditor", passphrase="short", button="Add officer")
    assert "14 characters or more" in ada.errors()[0]


def test_an_administrator_has_no_button_that_gives_keys(force: Force) -> None:
    ada, _ = add_somebody(force)
    ada.follow("They have it")
    ada.does_not_see("Give the keys")
    ada.does_not_see("Take away")


def test_a_suspended_officer_is_out_at_once_and_comes_back_with_their_keys(force: Force) -> None:
    tom, ada = client_for(force, "tom"), client_for(force, "ada")
    ada.page(f"/people/{id_of(force, 'Tom')}")
    ada.submit(reason="  ", button="Suspend")
    assert ada.errors() == ["Say why in a few words: it is kept in the audit log"]
    ada.submit(reason="left a screen open", button="Suspend")
    ada.sees("Suspended")
    tom.page("/account")
    assert tom.heading() == "Sign in"
    with force.database.look() as session:
        assert session.scalars(select(SessionRow)).all() != []
    ada.submit(button="Restore")
    ada.sees("They can sign in again")
    back = client_for(force, "tom")
    back.page("/account")
    back.sees("Tom Arkwright")


def test_somebody_who_left_has_no_keys_and_no_way_in(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page(f"/people/{id_of(force, 'Tess')}")
    ada.submit(button="Destroy their keys")
    assert ada.errors() == ["Tick the box if they have left for good"]
    ada.submit(sure="y", button="Destroy their keys")
    ada.sees("They hold no key.")
    with force.database.look() as session:
        row = session.get(OfficerRow, UUID(id_of(force, "Tess")))
        assert row is not None
        assert (row.state, row.locked_seed) == (OfficerState.LEFT, b"")
    tess = PageClient(force.shared_app())
    force.clock.forward(seconds=30)
    tess.page("/sign-in")
    tess.submit(sign_in_name="tess", passphrase=passphrase_of("tess"), code=force.code("tess"))
    assert tess.errors() == ["The name, the passphrase or the code is not right. Check all three and try again."]
    ada.page("/people")
    ada.does_not_see("Tess Marlow")
    ada.page("/people?state=left")
    ada.sees("Tess Marlow")


def test_the_last_holder_of_a_key_cannot_leave(force: Force) -> None:
    ada = client_for(force, "ada")
    for name, key in (("Sam", "supervisors"), ("Iris", "audit")):
        ada.page(f"/people/{id_of(force, name)}")
        ada.submit(sure="y", button="Destroy their keys", status=422)
        assert f"“{key}”" in ada.errors()[0]


def test_nobody_suspends_themselves(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page(f"/people/{id_of(force, 'Ada')}")
    ada.does_not_see("Suspend")
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', ada.response.text)
    assert token is not None
    ada.post(f"/people/{id_of(force, 'Ada')}/suspend", {"csrf_token": token.group(1), "reason": "A test"}, status=422)
    assert "yourself" in ada.errors()[0]


def test_a_supervisor_takes_a_key_away_and_it_counts_from_the_next_page(force: Force) -> None:
    sam = client_for(force, "sam")
    sam.page(f"/people/{id_of(force, 'Tom')}")
    sam.submit(button="Take away Desk")
    sam.sees("The key is taken away")
    sam.sees("Awaiting keys")
    sam.sees("Their role also needs: Desk.")


def test_a_key_that_one_does_not_hold_oneself_is_not_given_and_the_refusal_leaves_a_line(force: Force) -> None:
    with force.database.begin() as session:
        ivy = add_officer(
            session,
            force.settings,
            name="Ivy Thrale",
            sign_in_name="ivy",
            role=Role.AUDITOR,
            passphrase=OWN,
            by=force.officer("ada"),
            typed_by_themselves=True,
        ).officer_id
    sam = client_for(force, "sam")
    sam.page(f"/people/{ivy}")
    sam.post(f"/people/{ivy}/give-role", {"csrf_token": sam.value("csrf_token")}, status=422)
    assert "key" in sam.errors()[0]
    mine = audit_lines(force, force.officer("sam").id)
    assert [line["subject"] for line in mine if line["act"] == Act.ACCESS_REFUSED] == [str(ivy)]


def test_a_key_that_somebody_does_not_hold_is_not_taken_away_and_leaves_no_line(force: Force) -> None:
    sam, nell = force.officer("sam"), UUID(id_of(force, "Nell"))
    with force.database.look() as session:
        not_hers = box_named(session, BoxName.DESK).id
        before = session.scalar(select(func.count()).select_from(AuditLeafRow))
    with pytest.raises(NotHeldError), force.database.begin() as session:
        take_key(session, nell, not_hers, by=sam)
    with force.database.look() as session:
        assert session.scalar(select(func.count()).select_from(AuditLeafRow)) == before


def test_a_team_gets_its_members_by_its_key(force: Force) -> None:
    sam = client_for(force, "sam")
    sam.page("/people/teams")
    sam.sees("Eastgate")
    sam.submit(name="Mill Lane", area="Mill Lane ward", button="Add team")
    sam.sees("3 teams")
    sam.page(f"/people/{id_of(force, 'Nell')}")
    box = next(option.get("value") for option in sam.root.findall(".//option") if "Mill Lane" in (option.text or ""))
    sam.submit(team=box, button="Give the team’s key")
    sam.sees("Team Mill Lane")
    sam.page("/people/teams")
    assert sam.text().count("Nell Farrow") == 2


def test_the_list_of_people_filters_and_sorts(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/people?role=neighbourhood&sort=-name")
    iris.sees("2 people")
    assert iris.text().index("Owen Thatch") < iris.text().index("Nell Farrow")
    iris.page("/people?role=nonsense&state=what&sort=%00&page=-9")
    iris.sees("7 people")
