"""Whoever writes to the database has no grant sealed to a key of their own: whose box is whose is signed and logged."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from envelope.identity import Identity
from envelope.signing import SigningKey
from tests.force import Force, client_for
from triage.audit.models import AuditLeafRow
from triage.keys.compartments import make_compartment
from triage.keys.models import BoxRow, BoxSignatureRow, BoxState, GrantRow, Purpose, RotationRow
from triage.keys.service import desk_id, grant, revoke
from triage.keys.vouching import ROLES_THAT_BIND, UnvouchedBoxError, vouch
from triage.officers import witness
from triage.officers.models import OfficerRow
from triage.officers.people import give_key
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Role
from triage.officers.service import officer_box

THIEF = Identity.generate()
KEY_OF_THIEF = SigningKey.generate()


def takes_desk_from(force: Force, name: str) -> UUID:
    """Sam takes the desk's key from somebody, whom he is about to give it again."""
    sam, who = force.officer("sam"), force.officer(name)
    with force.database.begin() as session:
        revoke(session, desk_id(session), who.keys.box_id, by=sam)
    return who.id


def gives_desk_to(force: Force, officer_id: UUID) -> None:
    sam = force.officer("sam")
    with force.database.begin() as session:
        give_key(session, officer_id, desk_id(session), by=sam)


def grants_to(force: Force, box_id: UUID) -> int:
    with force.database.look() as session:
        return len(session.scalars(select(GrantRow).where(GrantRow.to_box_id == box_id)).all())


@pytest.mark.parametrize("more", ["nothing", "a signature of their own", "the verifying key too", "a row of another"])
def test_a_key_swapped_in_the_database_is_given_nothing(force_on_both: Force, more: str) -> None:
    force = force_on_both
    tom, ada = takes_desk_from(force, "tom"), force.officer("ada")
    with force.database.begin() as session:
        row = session.get_one(OfficerRow, tom)
        box = session.get_one(BoxRow, row.box_id)
        if more == "a row of another":
            row.box_id = ada.keys.box_id  # signed by her, and bound in the log: hers, and not his
        else:
            box.public_key = THIEF.recipient().public_key
        if more in {"a signature of their own", "the verifying key too"}:
            vouch(session, box, tom, KEY_OF_THIEF)
        if more == "the verifying key too":
            row.verifying_key = KEY_OF_THIEF.verifying_key.public_key
        target = row.box_id
    before = grants_to(force, target)
    with pytest.raises(UnvouchedBoxError):
        gives_desk_to(force, tom)
    assert grants_to(force, target) == before


def test_a_person_who_signs_in_is_given_the_key_they_were_promised(force_on_both: Force) -> None:
    """The control, and how a box from before boxes were signed comes to be signed."""
    force = force_on_both
    tom = takes_desk_from(force, "tom")
    with force.database.begin() as session:
        session.execute(delete(BoxSignatureRow))
    with pytest.raises(UnvouchedBoxError):
        gives_desk_to(force, tom)
    force._officers.clear()
    force.officer("tom")
    gives_desk_to(force, tom)
    with force.database.look() as session:
        assert force.officer("tom").keys.holds(session, desk_id(session))


def test_nobody_is_believed_where_the_log_says_nothing(force: Force) -> None:
    """An administrator who takes the lines away that name keys has no row believed instead."""
    tom = takes_desk_from(force, "tom")
    with force.database.case.begin() as connection:
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    with force.database.begin() as session:
        session.execute(update(AuditLeafRow).values(binding=None))
    with pytest.raises(UnvouchedBoxError):
        gives_desk_to(force, tom)


def test_a_grant_written_into_the_database_gets_no_part_of_the_key_that_comes_next(force_on_both: Force) -> None:
    """Ada, an administrator, has a box she signed; another is nobody's. Both are given a row for the desk by hand."""
    force = force_on_both
    sam, tess, ada = (force.officer(name) for name in ("sam", "tess", "ada"))
    with force.database.begin() as session:
        nobodys = BoxRow(
            id=uuid4(),
            purpose=Purpose.COMPARTMENT,
            name="apart",
            public_key=THIEF.recipient().public_key,
            state=BoxState.LIVE,
            created_on=session.today,
        )
        session.add(nobodys)
        session.execute(update(OfficerRow).where(OfficerRow.id == ada.id).values(role=Role.SUPERVISOR))
        for to in (ada.keys.box_id, nobodys.id):
            session.add(
                GrantRow(
                    id=uuid4(),
                    box_id=desk_id(session),
                    to_box_id=to,
                    sealed=b"whatever",
                    granted_by=sam.id,
                    granted_on=session.today,
                )
            )
    with force.database.begin() as session:
        begin_rotation(session, desk_id(session), by=force.officer("sam"))
    with force.database.look() as session:
        held = set(session.scalars(select(GrantRow.to_box_id).where(GrantRow.box_id == desk_id(session))))
        assert {sam.keys.box_id, tess.keys.box_id} <= held
        assert not held & {ada.keys.box_id, nobodys.id}


def test_whom_a_conflict_keeps_out_is_kept_out_by_a_rotation_too(force: Force) -> None:
    """A row that gives them the key again, written by hand, is not taken over."""
    sam, tess, tom = (force.officer(name) for name in ("sam", "tess", "tom"))
    with force.database.begin() as session:
        boxes = [officer_box(session, one.id).id for one in (sam, tess)]
        made = make_compartment(session, "Heron", boxes, without=[tom.id], by=sam)
    with force.database.begin() as session:
        grant(session, made.box_id, tom.keys.box_id, by=force.officer("sam"))
    with force.database.begin() as session:
        rotation = begin_rotation(session, made.box_id, by=force.officer("sam"))
        new = session.get_one(RotationRow, rotation).new_box_id
        held = set(session.scalars(select(GrantRow.to_box_id).where(GrantRow.box_id == new)))
        assert held >= {sam.keys.box_id, tess.keys.box_id}
        assert tom.keys.box_id not in held


def test_a_rotation_that_nobody_would_hold_is_not_begun(force: Force) -> None:
    force.officer("sam")
    with force.database.begin() as session:
        session.execute(delete(BoxSignatureRow))
    with pytest.raises(UnvouchedBoxError), force.database.begin() as session:
        begin_rotation(session, desk_id(session), by=force.officer("sam"))


def test_the_page_says_what_to_do(force: Force) -> None:
    tom = takes_desk_from(force, "tom")
    sam = client_for(force, "sam")
    with force.database.begin() as session:
        session.execute(delete(BoxSignatureRow).where(BoxSignatureRow.owner_id == tom))
    sam.page(f"/people/{tom}")
    sam.submit(button="Give the keys of their role", status=422)
    sam.sees("the public key of this person in the database is not one that they signed")


def test_who_may_name_keys_is_the_same_for_grants_as_for_the_log() -> None:
    assert witness.ROLES_THAT_BIND == ROLES_THAT_BIND
