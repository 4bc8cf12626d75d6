"""Whoever's vetting has ended opens nothing: refused from the first moment of the day, and their keys destroyed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.force import Force, client_for, passphrase_of
from triage.errors import NoKeyError
from triage.keys.models import BoxRow, GrantRow
from triage.keys.service import BoxName, box_named, desk_id
from triage.keys.system import system_actor
from triage.officers.errors import OneselfError, SignInError
from triage.officers.models import OfficerRow
from triage.officers.people import grant_role
from triage.officers.rules import OfficerState
from triage.officers.signing_in import sign_in
from triage.officers.vetting import Level, VettingDayError, lapse, record_vetting, vetting_of


def vet(force: Force, name: str, *, days: int) -> None:
    officer, sam = force.officer(name), force.officer("sam")
    with force.database.begin() as session:
        record_vetting(session, officer.id, Level.NPPV_3, session.today + timedelta(days=days), by=sam)


def sweep(force: Force) -> int:
    with force.database.begin() as session:
        return len(lapse(session, by=system_actor(session, force.settings)))


def signs_in(force: Force, name: str) -> None:
    force.clock.forward(seconds=30)
    with force.database.begin() as session:
        sign_in(session, force.settings, sign_in_name=name, passphrase=passphrase_of(name), code=force.code(name))


def state_of(force: Force, name: str) -> str:
    with force.database.look() as session:
        return session.get_one(OfficerRow, force.officer(name).id).state


def test_the_last_day_counts_and_the_day_after_does_not(force: Force) -> None:
    vet(force, "tom", days=2)
    tom = client_for(force, "tom")
    force.clock.forward(days=2)
    assert sweep(force) == 0
    signs_in(force, "tom")
    force.clock.forward(days=1)
    with pytest.raises(SignInError):
        signs_in(force, "tom")
    assert tom.client.get("/reports", base_url=tom.base_url).status_code != 200


def test_a_session_that_was_open_ends_with_the_vetting(force: Force) -> None:
    force.clock.now = force.clock.now.replace(hour=23, minute=50)
    vet(force, "tom", days=0)
    tom = client_for(force, "tom")
    tom.page("/reports")
    force.clock.forward(minutes=12)
    assert tom.client.get("/reports", base_url=tom.base_url).status_code == 303


def test_the_keys_go_without_anybodys_key_and_a_rotation_is_due(force: Force) -> None:
    vet(force, "tom", days=1)
    force.clock.forward(days=2)
    assert sweep(force) == 1
    assert sweep(force) == 0
    assert state_of(force, "tom") == OfficerState.VETTING_EXPIRED
    with force.database.look() as session:
        tom = force.officer("tom")
        with pytest.raises(NoKeyError):
            tom.keys.identity(session, desk_id(session))
        assert session.get_one(BoxRow, desk_id(session)).rotation_due == session.today


def test_a_key_that_nobody_else_holds_is_not_lost_with_a_vetting(force: Force) -> None:
    force.officer("sam")
    with force.database.begin() as session:
        session.get_one(OfficerRow, force.officer("sam").id).vetted_until = session.today
    force.clock.forward(days=1)
    assert sweep(force) == 1
    with force.database.look() as session:
        supervisors = box_named(session, BoxName.SUPERVISORS).id
        assert session.scalars(select(GrantRow.id).where(GrantRow.box_id == supervisors)).first() is not None
    with pytest.raises(SignInError):
        signs_in(force, "sam")


def test_renewed_they_come_back_with_what_a_supervisor_gives_them(force: Force) -> None:
    vet(force, "tom", days=0)
    force.clock.forward(days=1)
    sweep(force)
    vet(force, "tom", days=300)
    assert state_of(force, "tom") == OfficerState.AWAITING_KEYS
    with force.database.begin() as session:
        grant_role(session, force.officer("tom").id, by=force.officer("sam"))
    signs_in(force, "tom")
    assert state_of(force, "tom") == OfficerState.ACTIVE


def test_nobody_vets_themselves_and_no_vetting_lasts_for_ever(force: Force) -> None:
    with pytest.raises(OneselfError):
        vet(force, "sam", days=5)
    for days in (-1, 9 * 365):
        with pytest.raises(VettingDayError):
            vet(force, "tom", days=days)


def test_the_level_is_for_supervisors_and_auditors(force: Force) -> None:
    vet(force, "tom", days=100)
    tom_id = force.officer("tom").id
    readers = {name: force.officer(name) for name in ("sam", "iris", "ada", "tess")}
    with force.database.look() as session:
        seen = {name: vetting_of(session, tom_id, by=by) for name, by in readers.items()}
    assert {name for name, one in seen.items() if one is not None} == {"sam", "iris"}
    assert seen["sam"] is not None
    assert seen["sam"].level is Level.NPPV_3


def test_a_supervisor_records_it_on_the_page_and_is_warned(force: Force) -> None:
    tom_id, day = force.officer("tom").id, force.today + timedelta(days=30)
    sam = client_for(force, "sam")
    sam.page(f"/people/{tom_id}")
    sam.submit(
        level=Level.SECURITY_CHECK.value,
        **{"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)},
        button="Record the vetting",
    )
    sam.sees("The vetting is recorded")
    sam.sees("Their vetting ends on")
    sam.page("/people")
    sam.sees("within 60 days, or has ended, for: Tom Arkwright")
