"""An administrator who owns the database puts keys, grants, approvals and periods of their own into it.

What they got stands in docs/threats.md, beside the names of these tests. Each first shows that the honest way works.
"""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update

from envelope.identity import Identity
from envelope.recipient import seal_small
from envelope.signing import SigningKey
from tests.audit_lines import lines_of_the_system
from tests.desk_work import report_at_desk
from tests.force import Force, passphrase_of
from tests.supervisors import second_supervisor
from triage.audit.acts import Act
from triage.backup.agreeing import Agreeing, recognise
from triage.backup.errors import NotAgreedError
from triage.commands.vouching import DONE, vouch_for_all, vouch_once
from triage.database import CaseSession
from triage.disposal.deciding import change_period, propose_period
from triage.disposal.running import run_disposals
from triage.intake.models import ReportRow, RetentionPeriodRow
from triage.intake.reports import close, read_by_a_person
from triage.intake.retention import ForgedPeriodError, Group
from triage.keys.compartments import holders_of, make_compartment
from triage.keys.host_signed import ForgedKeyError
from triage.keys.keyring import grant_context
from triage.keys.models import BoxRow, GrantRow, Purpose, RotationRow, WrappedKeyRow
from triage.keys.records import create_data_key
from triage.keys.service import BoxName, box_named, create_box, desk_id
from triage.keys.vouching import vouch
from triage.officers.models import OfficerRow
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Role
from triage.officers.service import officer_box
from triage.operations.errors import NotApprovedError
from triage.operations.models import OperationRow
from triage.operations.reading import operation_of
from triage.operations.rules import Operation, OperationState
from triage.operations.service import approve, carry_out, propose

THIEF = Identity.generate()
OWN = THIEF.recipient().public_key
WAYS = ["the key", "the key, signed by them as a person's"]


@pytest.fixture(autouse=True)
def everybody_has_signed_in(request: pytest.FixtureRequest) -> None:
    """Before anything is written over, and in no unit of work of a test’s own."""
    name = "force_on_both" if "force_on_both" in request.fixturenames else "force"
    force: Force = request.getfixturevalue(name)
    for one in ("sam", "ada", "nell", "tom", "tess", "iris"):
        force.officer(one)


def swap(force: Force, session: CaseSession, box: BoxRow, way: str) -> None:
    """What the administrator writes: a public key of their own, and perhaps that the box is theirs."""
    ada = force.officer("ada")
    session.execute(update(BoxRow).where(BoxRow.id == box.id).values(public_key=OWN))
    session.expire_all()
    if way == "the key, signed by them as a person's":
        session.execute(update(BoxRow).where(BoxRow.id == box.id).values(purpose=Purpose.OFFICER))
        session.expire_all()
        vouch(session, session.get_one(BoxRow, box.id), ada.id, ada.signing_key)


def told(force: Force) -> list[str]:
    """What the auditors read of forged rows."""
    return [str(line["reason"]) for line in lines_of_the_system(force) if line["act"] == Act.FORGERY_REFUSED]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [BoxName.SUPERVISORS, BoxName.AUDIT, BoxName.RECOVERY])
def test_nothing_is_wrapped_for_a_public_key_they_put_there(force: Force, name: BoxName, way: str) -> None:
    """Nell, of a neighbourhood team, holds none of the three: what she writes for them is sealed to a public half."""
    with force.database.begin() as session:
        box_id = box_named(session, name).id
        create_data_key(session, guards=[box_id], by=force.officer("nell"))
    with force.database.begin() as session:
        swap(force, session, session.get_one(BoxRow, box_id), way)
    with force.database.look() as session:
        before = len(session.keys.scalars(select(WrappedKeyRow)).all())
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        create_data_key(session, guards=[box_id], by=force.officer("nell"))
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        create_data_key(session, guards=[box_named(session, name).id], by=force.officer("nell"))
    with force.database.look() as session:
        assert len(session.keys.scalars(select(WrappedKeyRow)).all()) == before


def test_a_swapped_key_is_refused_on_postgresql_too_and_the_auditors_are_told(force_on_both: Force) -> None:
    force = force_on_both
    with force.database.begin() as session:
        team = session.scalars(select(BoxRow).where(BoxRow.purpose == Purpose.TEAM)).first()
        assert team is not None
        create_data_key(session, guards=[team.id], by=force.officer("tom"))
    with force.database.begin() as session:
        session.execute(update(BoxRow).where(BoxRow.id == team.id).values(public_key=OWN))
    assert told(force) == []
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        create_data_key(session, guards=[team.id], by=force.officer("tom"))
    assert told(force) == ["written into the database by hand: box"]


def test_no_new_box_is_granted_to_a_recovery_key_of_theirs(force_on_both: Force) -> None:
    force = force_on_both
    with force.database.begin() as session:
        create_box(session, Purpose.TEAM)
        session.execute(update(BoxRow).where(BoxRow.name == BoxName.RECOVERY).values(public_key=OWN))
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        create_box(session, Purpose.TEAM)


def test_nobody_signs_in_to_write_lines_for_an_audit_key_of_theirs(force: Force) -> None:
    with force.database.begin() as session:
        session.execute(update(BoxRow).where(BoxRow.name == BoxName.AUDIT).values(public_key=OWN))
    force._officers.clear()
    with pytest.raises(ForgedKeyError):
        force.officer("tom")


def test_a_seed_of_theirs_beside_their_public_key_opens_and_wraps_nothing(force_on_both: Force) -> None:
    """Both halves replaced fit each other: everybody would go on working, under a key that the administrator has."""
    force = force_on_both
    tom = force.officer("tom")
    with force.database.begin() as session:
        desk = desk_id(session)
        to = officer_box(session, tom.id)
        session.execute(update(BoxRow).where(BoxRow.id == desk).values(public_key=OWN))
        sealed = seal_small(THIEF.seed, Identity(tom.keys.own_seed).recipient(), grant_context(desk, to.id))
        session.execute(
            update(GrantRow).where(GrantRow.box_id == desk, GrantRow.to_box_id == to.id).values(sealed=sealed)
        )
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        create_data_key(session, guards=[desk], by=force.officer("tom"))


def test_a_grant_written_by_hand_is_no_part_of_a_compartment_that_is_made_or_rotated(force_on_both: Force) -> None:
    """Tom’s box is his own, signed and of the right role: only the grant is not one that anybody gave."""
    force = force_on_both
    sam, tess, tom, ada = (force.officer(name) for name in ("sam", "tess", "tom", "ada"))
    with force.database.begin() as session:
        made = make_compartment(session, "Heron", [sam.keys.box_id, tess.keys.box_id], by=sam)
        for box_id, to in ((made.box_id, tom.keys.box_id), (desk_id(session), ada.keys.box_id)):
            session.add(
                GrantRow(
                    id=uuid4(),
                    box_id=box_id,
                    to_box_id=to,
                    sealed=b"whatever",
                    granted_by=sam.id,
                    granted_on=session.today,
                )
            )
    with force.database.look() as session:
        assert tom.keys.box_id in holders_of(session, desk_id(session)), "the control"
        assert ada.keys.box_id not in holders_of(session, desk_id(session))
    with force.database.begin() as session:
        rotation = begin_rotation(session, made.box_id, by=force.officer("sam"))
        new = session.get_one(RotationRow, rotation).new_box_id
        assert holders_of(session, new) >= {sam.keys.box_id, tess.keys.box_id}
        assert not set(session.scalars(select(GrantRow.to_box_id).where(GrantRow.box_id == new))) & {tom.keys.box_id}
    assert "written into the database by hand: grant" in told(force)


def proposed(force: Force) -> UUID:
    with force.database.begin() as session:
        return propose(
            session, Operation.EARLY_ERASURE, subject=uuid4(), reason="A court ordered it", by=force.officer("sam")
        )


@pytest.mark.parametrize("who", ["an administrator made supervisor in their row", "a row of nobody", "another's row"])
def test_an_approval_by_a_row_that_they_wrote_is_none(force_on_both: Force, who: str) -> None:
    """The signature is right, for the key in the row; the log gives that person another key, another role or none."""
    force = force_on_both
    key, ada, rosa = SigningKey.generate(), force.officer("ada"), second_supervisor(force)
    operation_id = proposed(force)
    with force.database.look() as session:
        proposal = operation_of(session, operation_id, by=force.officer("sam")).proposal
    with force.database.begin() as session:
        if who == "an administrator made supervisor in their row":
            forged, key = ada.id, ada.signing_key
            session.get_one(OfficerRow, forged).role = Role.SUPERVISOR
        elif who == "another's row":
            forged = rosa.id
            session.get_one(OfficerRow, forged).verifying_key = key.verifying_key.public_key
        else:
            forged, real = uuid4(), session.get_one(OfficerRow, rosa.id)
            values = {column.name: getattr(real, column.name) for column in OfficerRow.__table__.columns}
            values |= {"id": forged, "sign_in_digest": bytes(32), "verifying_key": key.verifying_key.public_key}
            session.add(OfficerRow(**values))
        row = session.get_one(OperationRow, operation_id)
        row.state, row.decided_by, row.decided_on = OperationState.APPROVED, forged, session.today
        row.approval_signature = key.sign(proposal.approved_bytes())
    with pytest.raises(NotApprovedError), force.database.begin() as session:
        carry_out(session, operation_id, Operation.EARLY_ERASURE, by=force.officer("sam"))
    assert told(force) == ["written into the database by hand: approval"]


def test_they_agree_to_no_restore_as_the_supervisor_they_made_themselves(force: Force) -> None:
    people = tuple(Agreeing(name, passphrase_of(name)) for name in ("sam", "ada"))
    with force.database.begin() as session:
        session.get_one(OfficerRow, force.officer("ada").id).role = Role.SUPERVISOR
    with pytest.raises(NotAgreedError), force.database.look() as session:
        recognise(session, force.settings, (people[0], people[1]))


def old_and_read(force: Force) -> UUID:
    """A report that nobody graded, forty days old: it goes after ninety."""
    report_id = report_at_desk(force)
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=force.officer("tom"))
        close(session, report_id, reason="nothing to act on", by=force.officer("tom"))
    force.clock.forward(days=40)
    return report_id


@pytest.mark.parametrize("way", ["changed", "removed", "put in anew"])
def test_a_period_they_wrote_lets_nothing_go(force_on_both: Force, way: str) -> None:
    force = force_on_both
    report_id = old_and_read(force)
    run_disposals(force.database, force.settings)
    with force.database.begin() as session:
        row = session.get_one(RetentionPeriodRow, Group.UNACTIONABLE)
        session.execute(update(ReportRow).values(retain_until=session.today))
        if way == "changed":
            row.days = 1
        elif way == "removed":
            session.delete(row)
        else:
            row.days, row.operation_id, row.host_signature = 1, uuid4(), bytes(64)
    with pytest.raises(ForgedPeriodError):
        run_disposals(force.database, force.settings)
    with force.database.look() as session:
        assert session.get(ReportRow, report_id) is not None
    assert told(force) == ["written into the database by hand: period"]


def test_a_period_that_two_people_set_again_holds(force: Force) -> None:
    """The control, and the way out: what they wrote over is decided anew, and disposal goes on."""
    report_id, rosa = old_and_read(force), second_supervisor(force)
    with force.database.begin() as session:
        session.execute(update(RetentionPeriodRow).values(days=1))
        operation_id = propose_period(session, Group.UNACTIONABLE, 30, reason="Too long", by=force.officer("sam"))
        approve(session, operation_id, by=rosa)
        change_period(session, operation_id, by=force.officer("sam"))
    with pytest.raises(ForgedPeriodError):
        run_disposals(force.database, force.settings)  # the other groups are as they were written over
    with force.database.begin() as session:
        vouch_for_all(session, force.settings)
    assert run_disposals(force.database, force.settings).destroyed == 1
    with force.database.look() as session:
        assert session.get(ReportRow, report_id) is None


def test_a_database_of_an_older_version_is_vouched_for_once_and_not_again(force_on_both: Force) -> None:
    force = force_on_both

    def forget(session: CaseSession) -> None:
        for table in (BoxRow, GrantRow, RetentionPeriodRow):
            session.execute(update(table).values(host_signature=None))

    with force.database.begin() as session:
        forget(session)
        session.execute(delete(RetentionPeriodRow))
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        desk_id(session)
    vouch_once(force.settings)
    with force.database.begin() as session:
        create_data_key(session, guards=[desk_id(session)], by=force.officer("tom"))
        assert session.get_one(RetentionPeriodRow, Group.UNACTIONABLE).days == 90
    assert (force.settings.instance / DONE).exists()
    with force.database.begin() as session:
        forget(session)
    vouch_once(force.settings)
    with pytest.raises(ForgedKeyError), force.database.begin() as session:
        desk_id(session)
