"""The keys page says who can open what, and lets a supervisor keep the public form open."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from envelope.identity import Identity
from store.noticeboard import Noticeboard
from tests.counter import Holders
from tests.desk_work import collected
from tests.force import Force, client_for
from triage.keys.intake_keys import intake_supply, sign_intake_keys
from triage.keys.models import BoxRow, BoxState, IntakeSignatureRow, Purpose
from triage.keys.service import create_box


@pytest.mark.parametrize("name", ["sam", "iris", "ada"])
def test_whoever_may_see_the_keys_sees_who_holds_them(force: Force, name: str) -> None:
    client = client_for(force, name)
    client.page("/keys")
    client.sees("Who can open what")
    client.sees("Tom Arkwright")
    client.sees("35, until 26 December 2026")
    client.sees("Everybody with the key Supervisors")
    for words in ("Until and including", "Today", "Ready"):
        client.sees(words)  # `quietword keys list` says the same


def test_only_a_supervisor_has_the_button_that_signs(force: Force) -> None:
    ada = client_for(force, "ada")
    ada.page("/keys")
    ada.does_not_see("Sign the keys of the next")
    sam = client_for(force, "sam")
    sam.page("/keys")
    sam.submit(button="Sign the keys of the next 35 days")
    sam.sees("There is a key for every one of the next 35 days")


def test_signed_keys_reach_the_public_form_once_however_often_they_are_signed(force: Force) -> None:
    sam = client_for(force, "sam")
    for _ in range(2):
        sam.page("/keys")
        sam.submit(button="Sign the keys of the next 35 days")
    published = Noticeboard(force.drop).intake_keys(force.today)
    assert len({key.box_id for key in published}) == len(published) > 0


@pytest.mark.parametrize("how", ["replaced", "put in"])
def test_a_key_that_somebody_put_into_the_database_is_never_signed(force: Force, how: str) -> None:
    """The signing key vouches for what it made itself, or the next press of the button would redirect reports."""
    theirs = Identity.generate().recipient().public_key
    with force.database.begin() as session:
        today = session.scalars(
            select(BoxRow).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.not_before == force.today)
        ).one()
        if how == "replaced":
            today.public_key = theirs
        else:
            create_box(
                session,
                Purpose.INTAKE,
                not_before=force.today + timedelta(days=40),
                not_after=force.today + timedelta(days=41),
            )[0].public_key = theirs
    sam = force.officer("sam")
    with force.database.begin() as session:
        signed = sign_intake_keys(session, by=sam, days=50)
    assert theirs not in {one.key.public_key for one in signed}
    days = {one.key.not_before for one in signed}
    assert {force.today + timedelta(days=ahead) for ahead in range(50)} == days


@pytest.mark.parametrize("name", ["sam", "ada"])
@pytest.mark.parametrize("signature", [None, b"s" * 64])
def test_a_day_that_nobody_vouches_for_is_no_supply(force: Force, name: str, signature: bytes | None) -> None:
    force.settings.verifying_key_path.write_text(
        base64.b64encode(force.verifying_key.public_key).decode() + "\n", "ascii"
    )
    with force.database.begin() as session:
        later = force.today + timedelta(days=300)
        box, _ = create_box(session, Purpose.INTAKE, not_before=later, not_after=later)
        if signature is not None:
            session.add(IntakeSignatureRow(box_id=box.id, signature=signature))
    client = client_for(force, name)
    client.page("/keys")
    client.sees("35, until 26 December 2026")


def test_without_a_pinned_key_a_day_that_was_never_signed_is_no_supply(force: Force) -> None:
    with force.database.begin() as session:
        later = force.today + timedelta(days=300)
        create_box(session, Purpose.INTAKE, not_before=later, not_after=later)
    with force.database.look() as session:
        assert intake_supply(session).days_left == 35


def test_a_warning_stands_from_fourteen_days_before_the_keys_run_out(force: Force) -> None:
    sam = client_for(force, "sam")
    force.clock.forward(days=22)
    sam = client_for(force, "sam")
    sam.page("/keys")
    sam.sees("13 days left")
    force.clock.forward(days=20)
    sam = client_for(force, "sam")
    sam.page("/keys")
    sam.sees("The public form is closed")
    sam.submit(button="Sign the keys of the next 35 days")
    sam.does_not_see("The public form is closed")


def test_a_pinned_key_that_is_not_ours_is_said_aloud(force: Force) -> None:
    force.settings.verifying_key_path.write_text(base64.b64encode(bytes(32)).decode() + "\n", "ascii")
    sam = client_for(force, "sam")
    sam.page("/keys")
    sam.sees("The pinned key is not ours")
    force.settings.verifying_key_path.write_text(
        base64.b64encode(force.verifying_key.public_key).decode() + "\n", "ascii"
    )
    sam.page("/keys")
    sam.does_not_see("The pinned key is not ours")


def test_a_day_that_is_retired_is_counted_and_no_longer_listed(force: Force) -> None:
    with force.database.begin() as session:
        first = update(BoxRow).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.not_before == force.today)
        session.execute(first.values(state=BoxState.RETIRED))
    iris = client_for(force, "iris")
    iris.page("/keys")
    iris.sees("Days whose key is destroyed 1")


def test_keys_that_cannot_be_published_are_said_to_be(force: Force) -> None:
    sam = client_for(force, "sam")
    sam.page("/keys")
    with force.drop.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE intake_keys RENAME TO elsewhere")
    sam.submit(button="Sign the keys of the next 35 days")
    sam.sees("could not be given them")


def test_the_page_says_whether_there_is_a_counter_corruption_box_and_what_vouches_for_it(
    force: Force, tmp_path: Path
) -> None:
    for name in ("sam", "iris", "ada"):
        client = client_for(force, name)
        client.page("/keys")
        client.sees("There is none, so a report about the police is read at the desk like any other")
    holders = Holders.of(force, tmp_path / "holders")
    force.send("Words for the desk.")
    collected(force)
    client.page("/keys")
    client.sees(base64.b64encode(holders.keys.signing_key.verifying_key.public_key).decode("ascii"))
    client.sees("1 sealed copy for its holders to try")
