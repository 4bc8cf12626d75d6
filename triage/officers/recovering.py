"""When passphrases are lost: the shares of the recovery key give a person the keys of their role again.

The shares are the second person: no one of them opens anything, and at least two people bring theirs together. The
audit log names the shares that came together, and whoever was given what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.shares import ReadShare
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.holding import hold_boxes
from triage.keys.models import BoxRow, BoxState, GrantRow, Purpose
from triage.keys.recovery import recovered_ring
from triage.keys.service import BoxName, grant
from triage.keys.system import sign_in_digest, system_actor
from triage.officers.errors import NotEnrolledError
from triage.officers.founding import Founder, NewOfficer
from triage.officers.models import OfficerRow
from triage.officers.rules import AT_WORK, OfficerState, Role
from triage.officers.service import Enrolment, add_officer, missing_boxes, state_by_keys

# These two go to nobody by being a supervisor: what they open is checked by other people than supervisors.
NEVER_BY_THE_WAY = (BoxName.AUDIT, BoxName.SAFEGUARDING, BoxName.RECOVERY)


@dataclass(frozen=True)
class Unheld:
    """A box that nobody at work opens any more."""

    box_id: UUID
    name: str


def take_up_recovery(session: CaseSession, settings: TriageSettings, shares: Sequence[ReadShare]) -> Founder:
    """Whoever the people with the shares are together, for one unit of work; the line says which shares came.

    Raises:
        NotFoundError, WrongSharesError.
    """
    ring = recovered_ring(session, shares)
    system = system_actor(session, settings)
    actor = Founder(system.id, ring, system.signing_key, system.audit_key)
    together = ", ".join(str(one.number) for one in sorted(shares, key=lambda one: one.number))
    record(session, Act.RECOVERY_USED, ring.box_id, by=actor, reason=f"shares {together}", count=len(shares))
    return actor


def enrol_again(session: CaseSession, settings: TriageSettings, new: NewOfficer, *, by: Founder) -> Enrolment:
    """Add a person who types their own passphrase here, with the keys of their role.

    A supervisor added so is given every compartment as well, because nobody else may be left who holds one; the
    content of the audit log and what is in quarantine go to auditors and safeguarding leads alone.

    Raises:
        NameMissingError, OfficerExistsError, PassphraseError.
    """
    made = add_officer(
        session,
        settings,
        name=new.name,
        sign_in_name=new.sign_in_name,
        role=new.role,
        passphrase=new.passphrase,
        by=by,
        typed_by_themselves=True,
    )
    if new.role is Role.SUPERVISOR:
        row = session.get_one(OfficerRow, made.officer_id)
        compartments = select(BoxRow).where(
            BoxRow.purpose == Purpose.COMPARTMENT,
            BoxRow.state == BoxState.LIVE,
            BoxRow.name.not_in(NEVER_BY_THE_WAY),
        )
        for box in session.scalars(compartments.order_by(BoxRow.id)).all():
            _give(session, box.id, row, by=by)
    return made


def give_back(session: CaseSession, settings: TriageSettings, sign_in_name: str, *, by: Founder) -> OfficerState:
    """Give somebody who works here and can sign in whatever keys of their role they lack.

    Raises:
        NotFoundError, NotEnrolledError.
    """
    row = _row_named(session, settings, sign_in_name)
    boxes = {box.name: box for box in session.scalars(select(BoxRow).where(BoxRow.state == BoxState.LIVE))}
    wanted = [boxes[name].id for name in missing_boxes(session, row)]
    hold_boxes(session, {row.box_id, *wanted})
    for box_id in wanted:
        _give(session, box_id, row, by=by)
    row.state = state_by_keys(session, row)
    return OfficerState(row.state)


def give_box(session: CaseSession, settings: TriageSettings, sign_in_name: str, box_id: UUID, *, by: Founder) -> None:
    """Give somebody who works here one box more, such as what is in quarantine.

    Raises:
        NotFoundError, NotEnrolledError.
        NoKeyError: the recovery box was never granted it.
    """
    _give(session, box_id, _row_named(session, settings, sign_in_name), by=by)


def unheld(session: CaseSession) -> tuple[Unheld, ...]:
    """The live boxes that nobody at work opens: keys that only the shares bring back.

    Somebody who forgot their passphrase counts as holding theirs until an administrator says that they have left.
    """
    edge = set(session.scalars(select(OfficerRow.box_id).where(OfficerRow.state.in_(AT_WORK))))
    reached: set[UUID] = set()
    while edge:
        reached |= edge
        edge = set(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id.in_(edge)))) - reached
    rows = session.scalars(
        select(BoxRow)
        .where(
            BoxRow.state == BoxState.LIVE,
            BoxRow.purpose.in_((Purpose.COMPARTMENT, Purpose.TEAM, Purpose.SIGNING)),
        )
        .order_by(BoxRow.name, BoxRow.id)
    )
    return tuple(Unheld(row.id, row.name or row.purpose) for row in rows if row.id not in reached)


def _give(session: CaseSession, box_id: UUID, row: OfficerRow, *, by: Founder) -> None:
    held = select(GrantRow.id).where(GrantRow.box_id == box_id, GrantRow.to_box_id == row.box_id)
    if session.scalars(held).first() is None:
        grant(session, box_id, row.box_id, by=by)


def _row_named(session: CaseSession, settings: TriageSettings, sign_in_name: str) -> OfficerRow:
    digest = sign_in_digest(settings, sign_in_name)
    row = session.scalars(select(OfficerRow).where(OfficerRow.sign_in_digest == digest).with_for_update()).one_or_none()
    if row is None or row.state not in AT_WORK:
        raise NotFoundError("officer at work")
    if row.enrolled_on is None:
        raise NotEnrolledError
    return row
