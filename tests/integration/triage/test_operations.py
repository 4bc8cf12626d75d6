"""What takes two people is proposed by one, approved by another within a day, and carried out once."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from envelope.errors import TamperedError
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor, second_supervisor, supervisor_in_name_alone
from triage.audit.acts import Act
from triage.audit.reading import LogReader, Wanted
from triage.compartments.models import ConflictRow
from triage.errors import NoKeyError, NotFoundError
from triage.keys.service import BoxName, box_named
from triage.officers.models import OfficerRow
from triage.officers.people import take_key
from triage.officers.rules import OfficerState, Role
from triage.operations.errors import (
    DecidedError,
    ExpiredError,
    NotApprovedError,
    NotForYouError,
    NotTrustedYetError,
    ProposedAlreadyError,
    ReasonMissingError,
    SamePersonError,
)
from triage.operations.models import OperationRow
from triage.operations.rules import Operation, OperationState
from triage.operations.service import approve, carry_out, open_proposals, propose, refuse
from triage.register.entries import Group
from triage.register.service import add_entry

SUBJECT = uuid4()


def proposed(force: Force, operation: Operation = Operation.EARLY_ERASURE) -> UUID:
    with force.database.begin() as session:
        return propose(
            session,
            operation,
            subject=SUBJECT,
            parameters={"days": 7},
            reason="A court ordered it",
            by=force.officer("sam"),
        )


def approved(force: Force) -> UUID:
    operation_id, rosa = proposed(force), second_supervisor(force)
    with force.database.begin() as session:
        approve(session, operation_id, by=rosa)
    return operation_id


def take_up(force: Force, operation_id: UUID, operation: Operation = Operation.EARLY_ERASURE) -> None:
    with force.database.begin() as session:
        carry_out(session, operation_id, operation, by=force.officer("sam"))


def set_row(force: Force, operation_id: UUID, **values: object) -> None:
    """What somebody with the database, and no key, can do."""
    with force.database.begin() as session:
        session.execute(update(OperationRow).where(OperationRow.id == operation_id).values(**values))


def test_two_people_and_then_once(force_on_both: Force) -> None:
    force = force_on_both
    operation_id = approved(force)
    with force.database.begin() as session:
        done = carry_out(session, operation_id, Operation.EARLY_ERASURE, by=force.officer("sam"))
    assert (done.subject, dict(done.parameters), done.reason) == (SUBJECT, {"days": 7}, "A court ordered it")
    with pytest.raises(DecidedError):
        take_up(force, operation_id)


def test_what_fails_while_it_is_carried_out_can_be_taken_up_again(force: Force) -> None:
    operation_id = approved(force)

    def half_way() -> None:
        with force.database.begin() as session:
            carry_out(session, operation_id, Operation.EARLY_ERASURE, by=force.officer("sam"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    take_up(force, operation_id)


def test_nobody_approves_what_they_proposed(force: Force) -> None:
    operation_id = proposed(force)
    with pytest.raises(SamePersonError), force.database.begin() as session:
        approve(session, operation_id, by=force.officer("sam"))
    with pytest.raises(NotApprovedError):
        take_up(force, operation_id)


def test_a_day_later_nothing_is_approved_and_nothing_carried_out(force: Force) -> None:
    early, late = approved(force), None
    force.clock.forward(hours=23, minutes=50)
    with force.database.begin() as session:
        late = propose(
            session, Operation.BULK_EXPORT, subject=None, reason="For the inspectors", by=force.officer("sam")
        )
    force.clock.forward(minutes=11)
    with pytest.raises(ExpiredError):
        take_up(force, early)
    force.clock.forward(hours=24)
    with pytest.raises(ExpiredError), force.database.begin() as session:
        approve(session, late, by=second_supervisor(force))


def test_who_may_not_decide_neither_proposes_nor_approves(force: Force) -> None:
    for name in ("tom", "nell", "ada", "iris"):
        with pytest.raises(NotForYouError), force.database.begin() as session:
            propose(session, Operation.BULK_EXPORT, subject=None, reason="Why not", by=force.officer(name))
    operation_id = proposed(force)
    with pytest.raises(NotForYouError), force.database.begin() as session:
        approve(session, operation_id, by=force.officer("iris"))
    for name in ("tom", "nell", "ada"):
        with pytest.raises(NoKeyError), force.database.begin() as session:
            approve(session, operation_id, by=force.officer(name))
    restoring = proposed(force, Operation.RESTORE)
    with pytest.raises(NotForYouError), force.database.begin() as session:
        approve(session, restoring, by=force.officer("ada"))


def test_a_supervisor_to_whom_no_supervisor_gave_a_key_counts_for_nobody(force: Force) -> None:
    """Or an administrator who adds two of them would be two people."""
    xena, yuri = (supervisor_in_name_alone(force, name) for name in ("xena", "yuri"))
    with pytest.raises(NotTrustedYetError), force.database.begin() as session:
        propose(session, Operation.RECOVERY, subject=None, reason="a split", by=xena)
    with force.database.begin() as session:
        real = propose(session, Operation.RECOVERY, subject=None, reason="a split", by=force.officer("ada"))
    with pytest.raises(NotTrustedYetError), force.database.begin() as session:
        approve(session, real, by=yuri)
    set_row(force, real, state=OperationState.APPROVED, decided_by=yuri.id)
    with force.database.look() as session:
        proposal = open_proposals(session, by=force.officer("ada"))[0]
    set_row(force, real, approval_signature=yuri.signing_key.sign(proposal.approved_bytes()))
    with pytest.raises(NotApprovedError), force.database.begin() as session:
        carry_out(session, real, Operation.RECOVERY, by=force.officer("ada"))


def test_who_lost_the_supervisors_key_since_counts_no_more(force: Force) -> None:
    operation_id, rosa = approved(force), second_supervisor(force)
    with force.database.begin() as session:
        take_key(session, rosa.id, box_named(session, BoxName.SUPERVISORS).id, by=force.officer("sam"))
    with pytest.raises(NotApprovedError):
        take_up(force, operation_id)


def test_a_reason_is_asked_for_and_the_same_is_not_proposed_twice(force: Force) -> None:
    with pytest.raises(ReasonMissingError), force.database.begin() as session:
        propose(session, Operation.BULK_EXPORT, subject=None, reason="  ", by=force.officer("sam"))
    proposed(force)
    with pytest.raises(ProposedAlreadyError):
        proposed(force)


def test_a_refusal_ends_it_also_after_the_approval(force: Force) -> None:
    operation_id = approved(force)
    with force.database.begin() as session:
        refuse(session, operation_id, reason="The order was withdrawn", by=force.officer("sam"))
    with pytest.raises(DecidedError):
        take_up(force, operation_id)


def test_an_operation_is_carried_out_as_what_it_is_and_nothing_else(force: Force) -> None:
    with pytest.raises(NotFoundError):
        take_up(force, approved(force), Operation.BULK_EXPORT)


def test_whoever_writes_to_the_database_cannot_approve(force: Force) -> None:
    operation_id = proposed(force)
    rosa = second_supervisor(force).id
    set_row(force, operation_id, state=OperationState.APPROVED, decided_by=rosa, approval_signature=bytes(64))
    with pytest.raises(NotApprovedError):
        take_up(force, operation_id)
    # The proposer's own signature is no approval, not even under the name of somebody else.
    with force.database.look() as session:
        signature = session.get_one(OperationRow, operation_id).proposal_signature
    set_row(force, operation_id, approval_signature=signature, decided_by=force.officer("sam").id)
    with pytest.raises(NotApprovedError):
        take_up(force, operation_id)


def test_an_approval_counts_for_the_operation_it_signed_and_no_other(force: Force) -> None:
    first = approved(force)
    with force.database.begin() as session:
        second = propose(session, Operation.EARLY_ERASURE, subject=uuid4(), reason="Another", by=force.officer("sam"))
        row = session.get_one(OperationRow, first)
    set_row(
        force,
        second,
        state=OperationState.APPROVED,
        decided_by=row.decided_by,
        approval_signature=row.approval_signature,
    )
    with pytest.raises(NotApprovedError):
        take_up(force, second)
    # Nor does it help to move the approved body under another id.
    set_row(force, second, sealed=row.sealed, data_key_id=row.data_key_id)
    with pytest.raises(TamperedError):
        take_up(force, second)


def test_the_approval_of_somebody_suspended_since_does_not_count(force: Force) -> None:
    operation_id = approved(force)
    with force.database.begin() as session:
        session.get_one(OfficerRow, second_supervisor(force).id).state = OfficerState.SUSPENDED
    with pytest.raises(NotApprovedError):
        take_up(force, operation_id)


def test_the_proposal_of_somebody_who_is_no_supervisor_any_more_does_not_count(force: Force) -> None:
    """Their word was half of it: a second supervisor who carries it out would be the only one of the two."""
    operation_id, rosa = approved(force), second_supervisor(force)
    with force.database.begin() as session:
        session.get_one(OfficerRow, force.officer("sam").id).role = Role.TRIAGE_OFFICER
    with pytest.raises(NotApprovedError), force.database.begin() as session:
        carry_out(session, operation_id, Operation.EARLY_ERASURE, by=rosa)


def test_every_step_leaves_a_line(force: Force) -> None:
    take_up(force, approved(force))
    with force.database.look() as session:
        box = box_named(session, BoxName.AUDIT)
        reader = LogReader(session, box.id, force.officer("iris").keys.identity(session, box.id))
        acts = [line.act for line in reader.find(Wanted(), most=20).lines]
    assert acts[:4].count(Act.OPERATION_CARRIED_OUT) == 1
    assert {Act.OPERATION_PROPOSED, Act.OPERATION_APPROVED, Act.OPERATION_CARRIED_OUT} <= set(acts)


def test_the_pages(force: Force) -> None:
    operation_id = proposed(force)
    iris = client_for(force, "iris")
    iris.page(f"/operations/{operation_id}")
    iris.sees("A court ordered it")
    assert "Your key signs exactly" not in iris.text()
    rosa = client_of_second_supervisor(force)
    rosa.page("/operations")
    rosa.follow("Early erasure")
    rosa.submit(button="Approve")
    rosa.sees("Tick the box if you have read it")
    rosa.submit(read="y", button="Approve")
    rosa.sees("It is approved")
    sam = client_for(force, "sam")
    sam.page(f"/operations/{operation_id}")
    sam.sees("Approved")
    assert "Your key signs exactly" not in sam.text()
    sam.submit(reason="Not needed any more", button="Take it back")
    sam.sees("It is refused")


def test_a_conflict_is_lifted_at_its_page_by_two(force: Force) -> None:
    with force.database.begin() as session:
        add_entry(session, Group("OCG-0702", "Weir lot"), by=force.officer("tess"))
    tom, sam = client_for(force, "tom"), client_for(force, "sam")
    tom.page("/conflicts/declare")
    tom.submit(about="OCG-0702", reason="My cousin", sure="y", button="Declare it")
    with force.database.look() as session:
        conflict_id = session.scalars(select(ConflictRow.id)).one()
    sam.page(f"/conflicts/{conflict_id}/lift")
    sam.submit(reason="Another family", button="Propose to lift it")
    sam.sees("It is proposed")
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
    sam.page(f"/conflicts/lift/{operation_id}")
    sam.sees("It cannot be carried out")
    rosa = client_of_second_supervisor(force)
    rosa.page(f"/operations/{operation_id}")
    rosa.submit(read="y", button="Approve")
    sam.page(f"/conflicts/lift/{operation_id}")
    sam.submit(button="Carry it out")
    sam.sees("The conflict is lifted")
