"""Somebody who lost every way in: fresh secrets, keys given again, and every report still to be read."""

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for, passphrase_of
from tests.integration.triage.test_passkeys import NOT_ACCEPTED, Person, is_in
from tests.integration.triage.test_passkeys import force as force_with_passkeys
from tests.pages import PageClient
from tests.sign_in_page import REFUSED
from triage.keys.models import GrantRow
from triage.officers.errors import LastHolderError, OneselfError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.passkeys.models import PasskeyRow
from triage.officers.people import suspend
from triage.officers.recovery import begin_anew
from triage.officers.witness import verify_audit_log

FIRST, OWN = "nine barges under one bridge", "seven herons by the weir"
SURE = "I have met them or spoken to them, and know that it is they who ask"
force = force_with_passkeys


def begins_anew(force: Force, name: str) -> None:
    """An administrator gives somebody first secrets that are known to the test."""
    officer_id, ada = force.officer(name).id, force.officer("ada")
    with force.database.begin() as session:
        made = begin_anew(session, force.settings, officer_id, passphrase=FIRST, sign_in_name=name, by=ada)
    force.totp = {**force.totp, name: made.totp_secret}


def enrols(force: Force, name: str) -> PageClient:
    """They sign in with the first secrets and choose their own."""
    client = PageClient(force.shared_app())
    client.page("/sign-in")
    force.clock.forward(seconds=30)
    client.submit(sign_in_name=name, passphrase=FIRST, code=force.code(name))
    assert client.heading() == "Make this account your own"
    force.totp = {**force.totp, name: client.value("secret")}
    client.submit(code=force.code(name), new=OWN, again=OWN, button="Use these from now on")
    client.sees("The account is your own")
    return client


def test_reports_stay_readable_to_who_lost_everything_and_to_the_rest(force: Force) -> None:
    report_id = report_at_desk(force, "A white van behind the bakery.")
    begins_anew(force, "tom")
    tom = enrols(force, "tom")
    tom.page(f"/reports/{report_id}", status=404)
    sam = client_for(force, "sam")
    sam.page(f"/people/{force.officer('tom').id}")
    sam.submit(button="Give the keys of their role")
    tom.page(f"/reports/{report_id}")
    tom.sees("A white van behind the bakery.")
    tess = client_for(force, "tess")
    tess.page(f"/reports/{report_id}")
    tess.sees("A white van behind the bakery.")
    tom.page("/search")
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).problems == ()


def test_an_administrator_does_it_on_a_page_after_seeing_them(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page(f"/people/{force.officer('tom').id}")
    ada.follow("give them first secrets anew")
    ada.submit(button="Give them first secrets anew")
    assert ada.errors() == ["Tick the box once you know that it is they who ask"]
    ada.submit(sure="y", button="Give them first secrets anew")
    assert ada.heading() == "Tom Arkwright begins anew"
    ada.sees("First passphrase")
    lines = audit_lines(force, force.officer("ada").id)
    assert lines[-1]["act"] == "officer given first secrets anew, their keys destroyed"


def test_nothing_of_before_lets_them_in_or_opens_anything(force: Force) -> None:
    tom = Person(force, "tom", client_for(force, "tom"))
    tom.adds()
    before = force.officer("tom")
    begins_anew(force, "tom")
    assert not is_in(tom.at)
    assert tom.signs_in().errors() == NOT_ACCEPTED
    client = PageClient(force.shared_app())
    client.page("/sign-in")
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"))
    assert client.errors() == REFUSED
    with force.database.look() as session:
        assert session.scalars(select(GrantRow).where(GrantRow.to_box_id == before.keys.box_id)).all() == []
        assert session.scalars(select(PasskeyRow)).all() == []


def test_nobody_gives_them_a_key_before_they_chose_their_own_secrets(force: Force) -> None:
    begins_anew(force, "tom")
    sam = client_for(force, "sam")
    sam.page(f"/people/{force.officer('tom').id}")
    sam.sees("Nobody can give them a key before they have chosen")


def test_it_is_refused_for_oneself_for_the_last_holder_and_for_who_is_suspended(force: Force) -> None:
    ada, settings = force.officer("ada"), force.settings
    sam_id, tom_id = force.officer("sam").id, force.officer("tom").id
    with force.database.begin() as session:
        suspend(session, tom_id, by=ada)
    for officer_id, error in ((ada.id, OneselfError), (sam_id, LastHolderError), (tom_id, WrongStateError)):
        with force.database.begin() as session, pytest.raises(error):
            begin_anew(session, settings, officer_id, passphrase=FIRST, sign_in_name="x", by=ada)
    with force.database.look() as session:
        row = session.get(OfficerRow, sam_id)
        assert row is not None
        assert row.enrolled_on is not None


def test_a_supervisor_an_auditor_and_the_person_themselves_cannot(force: Force) -> None:
    path = f"/people/{force.officer('tom').id}/begin-anew"
    for name in ("sam", "iris", "tom"):
        client = client_for(force, name)
        client.page(path, status=403)
