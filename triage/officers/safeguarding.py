"""Safeguarding leads: the few who hold the key to files in quarantine, and how the first of them gets it.

The box is made in the unit of work in which a supervisor names the first lead, and its seed is sealed to that lead
alone: no supervisor holds it. From then on whoever holds it gives it on, because nobody else can.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.errors import NoKeyError, TriageError
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow, GrantRow, Purpose
from triage.keys.service import BoxName, box_named, create_box, find_box, grant, hold_to_make
from triage.officers.errors import NotEnrolledError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.names import names_of
from triage.officers.rules import AT_WORK, Role
from triage.officers.service import officer_box

# Whoever can be a lead works at the desk already: they read the report a file came with.
ROLES = (Role.TRIAGE_OFFICER, Role.SUPERVISOR)


class NotALeadError(TriageError):
    """Only who reads reports can be a safeguarding lead."""

    def __init__(self) -> None:
        super().__init__("Choose a triage officer or a supervisor who works here.")


class AlreadyALeadError(TriageError):
    """They hold the key already."""

    def __init__(self) -> None:
        super().__init__("They are a safeguarding lead already.")


@dataclass(frozen=True)
class Leads:
    """Who leads, by name, and who could; `is_one` says whether the person who asks is among them."""

    names: tuple[str, ...]
    could: tuple[tuple[UUID, str], ...]
    is_one: bool

    @property
    def are_too_few(self) -> bool:
        """With one, a forgotten passphrase would lose what is in quarantine for good."""
        return len(self.names) < 2


def quarantine_box(session: CaseSession) -> BoxRow:
    """The box that a file in quarantine is sealed to: the leads', or the supervisors' while there is no lead."""
    return find_box(session, BoxName.SAFEGUARDING) or box_named(session, BoxName.SUPERVISORS)


def is_lead(session: CaseSession, *, by: KeyHolder) -> bool:
    box = find_box(session, BoxName.SAFEGUARDING)
    return box is not None and by.keys.holds(session, box.id)


def holds_quarantine(session: CaseSession, *, by: KeyHolder) -> bool:
    """Whether `by` decides about files in quarantine: a lead, or a supervisor while there is none."""
    return by.keys.holds(session, quarantine_box(session).id)


def holders_at_work(session: CaseSession) -> frozenset[UUID]:
    """The ids of everybody at work who was given the key of the quarantine themselves."""
    to = select(GrantRow.to_box_id).where(GrantRow.box_id == quarantine_box(session).id)
    query = select(OfficerRow.id).where(OfficerRow.box_id.in_(to), OfficerRow.state.in_(AT_WORK))
    return frozenset(session.scalars(query))


def leads(session: CaseSession, *, by: KeyHolder) -> Leads:
    """The safeguarding leads of the force; names are opened with the directory's key."""
    has_box = find_box(session, BoxName.SAFEGUARDING) is not None
    holding = holders_at_work(session) if has_box else frozenset()
    query = select(OfficerRow.id).where(
        OfficerRow.role.in_(ROLES), OfficerRow.state.in_(AT_WORK), OfficerRow.enrolled_on.is_not(None)
    )
    names = names_of(session, {*holding, *session.scalars(query)}, by=by)
    return Leads(
        names=tuple(sorted(names[one] for one in holding)),
        could=tuple(sorted(((one, name) for one, name in names.items() if one not in holding), key=lambda at: at[1])),
        is_one=is_lead(session, by=by),
    )


def name_lead(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> bool:
    """Give somebody the key of the quarantine; gives whether they are the first, for whom the box was made.

    The first is named by a supervisor; every later one by a lead.

    Raises:
        NotFoundError, NotALeadError, AlreadyALeadError, NotEnrolledError, WrongStateError.
        NoKeyError: `by` is no supervisor and there is no lead yet, or there is one and `by` is not.
    """
    to = officer_box(session, officer_id)
    row = session.get_one(OfficerRow, officer_id)
    if row.role not in ROLES:
        raise NotALeadError
    if row.state not in AT_WORK:
        raise WrongStateError(row.state)
    if row.enrolled_on is None:
        raise NotEnrolledError
    box = find_box(session, BoxName.SAFEGUARDING)
    first = box is None
    if box is None:
        # Two supervisors naming the first lead at once make one box: the second waits here, and then finds it.
        supervisors = box_named(session, BoxName.SUPERVISORS)
        if not by.keys.holds(session, supervisors.id):
            raise NoKeyError
        hold_to_make(session, [supervisors.id])
        if find_box(session, BoxName.SAFEGUARDING) is not None:
            raise NoKeyError
        box, identity = create_box(session, Purpose.COMPARTMENT, name=BoxName.SAFEGUARDING)
        by.keys.take_up(box.id, identity)
    elif officer_id in holders_at_work(session):
        raise AlreadyALeadError
    grant(session, box.id, to.id, by=by)
    return first
