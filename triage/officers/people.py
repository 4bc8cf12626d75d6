"""Who works here: what each person holds, and their suspending, coming back and leaving."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.compartments import ReleaseTakesTwoError, compartments, holders_of, is_compartment
from triage.keys.holding import hold_boxes, hold_live, hold_what_is_granted
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow, BoxState, GrantRow
from triage.keys.records import open_row
from triage.keys.service import BoxName, grant, retire_box, revoke, rotation_is_due
from triage.officers.errors import NotEnrolledError, NotHeldError
from triage.officers.held import row_of_another, row_to_change
from triage.officers.holders import keep_a_holder
from triage.officers.models import OfficerRow
from triage.officers.news import forget_news_of
from triage.officers.own_address import forget_own_address
from triage.officers.passkeys.keeping import remove_passkeys_of
from triage.officers.rules import AT_WORK, OfficerState, Role
from triage.officers.service import BOXES_OF_ROLE, missing_boxes, officer_box, state_by_keys, teams
from triage.officers.session import end_sessions_of


@dataclass(frozen=True)
class HeldKey:
    """One key that a person holds directly."""

    box_id: UUID
    name: str
    granted_on: date


@dataclass(frozen=True)
class Person:
    """Somebody who works or worked here."""

    id: UUID
    name: str
    sign_in_name: str
    role: Role
    state: OfficerState
    joined_on: date
    enrolled_on: date | None
    left_on: date | None
    keys: tuple[HeldKey, ...]
    missing: tuple[str, ...]
    vetted_until: date | None


def box_names(session: CaseSession, *, by: KeyHolder) -> dict[UUID, str]:
    """What each box is called on a page: the force's own by name, a team's by the team."""
    names = {
        row.id: row.name.capitalize()
        for row in session.scalars(select(BoxRow).where(BoxRow.name.in_([name.value for name in BoxName])))
    }
    names |= {team.box_id: f"Team {team.name}" for team in teams(session, by=by)}
    names |= {one.box_id: f"Compartment {one.name}" for one in compartments(session, by=by)}
    return names


def box_holders(session: CaseSession, *, by: KeyHolder) -> dict[UUID, str]:
    """Who is behind each box a grant can lead to: a person, or everybody who holds a named box."""
    found = {box_id: f"Everybody with the key {name}" for box_id, name in box_names(session, by=by).items()}
    for row in session.scalars(select(OfficerRow)):
        found[row.box_id] = str(open_row(session, row, by=by)["name"])
    return found


def people(session: CaseSession, *, by: KeyHolder) -> tuple[Person, ...]:
    """Everybody who works or worked here, by name."""
    names = box_names(session, by=by)
    grants: defaultdict[UUID, list[GrantRow]] = defaultdict(list)
    for row in session.scalars(select(GrantRow)):
        grants[row.to_box_id].append(row)
    found = [_person(session, row, grants[row.box_id], names, by=by) for row in session.scalars(select(OfficerRow))]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def person(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> Person:
    """One of them.

    Raises:
        NotFoundError: there is nobody of that id.
    """
    row = _row(session, officer_id)
    grants = session.scalars(select(GrantRow).where(GrantRow.to_box_id == row.box_id)).all()
    return _person(session, row, list(grants), box_names(session, by=by), by=by)


def suspend(session: CaseSession, officer_id: UUID, *, reason: str = "", by: KeyHolder) -> None:
    """Shut somebody out at once: their sessions end, their keys stay for when they come back.

    Raises:
        NotFoundError, OneselfError, WrongStateError.
    """
    row = row_of_another(session, officer_id, by=by, states=AT_WORK)
    row.state = OfficerState.SUSPENDED
    hold_what_is_granted(session, [row.box_id])
    rotation_is_due(session, session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)).all())
    end_sessions_of(session, row.id)
    record(session, Act.OFFICER_SUSPENDED, row.id, by=by, reason=reason)


def restore(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> None:
    """Let somebody who was suspended come back.

    Raises:
        NotFoundError, OneselfError, WrongStateError.
    """
    row = row_of_another(session, officer_id, by=by, states={OfficerState.SUSPENDED})
    row.state = state_by_keys(session, row)
    record(session, Act.OFFICER_RESTORED, row.id, by=by)


def leave(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> None:
    """Somebody leaves for good: their sessions, their keys and the lock on their seed are destroyed.

    Their name and verifying key stay, because the lines they signed do.

    Raises:
        NotFoundError, OneselfError, WrongStateError.
        LastHolderError: a key would be lost with them.
    """
    row = row_of_another(session, officer_id, by=by)
    hold_what_is_granted(session, [row.box_id])
    for box_id in session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)).all():
        keep_a_holder(session, box_id, row)
    row.state, row.left_on, row.locked_seed = OfficerState.LEFT, session.today, b""
    end_sessions_of(session, row.id)
    remove_passkeys_of(session, row.id)
    forget_news_of(session, row.id)
    forget_own_address(session, row.id)
    retire_box(session, row.box_id)
    record(session, Act.OFFICER_LEFT, row.id, by=by)


def grant_role(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> None:
    """Give a person every key of their role that they lack and `by` holds.

    Raises:
        NotFoundError, WrongStateError, NotEnrolledError.
        NoKeyError: `by` lacks one of them too.
        OutOfDateError: one of them is rotated at this moment.
    """
    row = _row_to_trust(session, officer_id)
    boxes = {box.name: box.id for box in session.scalars(select(BoxRow).where(BoxRow.state == BoxState.LIVE))}
    wanted = [boxes[name] for name in missing_boxes(session, row)]
    if BoxName.DESK in BOXES_OF_ROLE[Role(row.role)]:
        wanted += _what_the_desk_may_know(session, row, by=by)
    own_box_id = officer_box(session, row.id).id
    hold_live(session, {own_box_id, *wanted})
    for box_id in wanted:
        grant(session, box_id, own_box_id, by=by)
    row.state = state_by_keys(session, row)


def _what_the_desk_may_know(session: CaseSession, row: OfficerRow, *, by: KeyHolder) -> list[UUID]:
    """The boxes of compartments that keep only some people out of the desk's work: whoever joins it gets them too."""
    found = [one for one in compartments(session, by=by) if one.follows_desk and row.id not in one.without]
    return [
        one.box_id
        for one in found
        if row.box_id not in holders_of(session, one.box_id) and by.keys.holds(session, one.box_id)
    ]


def give_key(session: CaseSession, officer_id: UUID, box_id: UUID, *, by: KeyHolder) -> None:
    """Give a person one key, such as a team's.

    Raises:
        NotFoundError, WrongStateError, NotEnrolledError.
        NoKeyError: `by` does not hold it.
        ReleaseTakesTwoError: it is a compartment's.
    """
    row = _row_to_trust(session, officer_id)
    if is_compartment(session, box_id):
        raise ReleaseTakesTwoError
    grant(session, box_id, officer_box(session, officer_id).id, by=by)
    row.state = state_by_keys(session, row)


def take_key(session: CaseSession, officer_id: UUID, box_id: UUID, *, by: KeyHolder) -> None:
    """Take one key away from somebody else; from their next request on it opens nothing.

    Raises:
        NotFoundError, OneselfError, LastHolderError.
        NotHeldError: they do not hold it, or not themselves; nothing is recorded.
    """
    row = row_of_another(session, officer_id, by=by)
    hold_boxes(session, [box_id])
    held = select(GrantRow.id).where(GrantRow.box_id == box_id, GrantRow.to_box_id == row.box_id)
    if session.scalars(held).first() is None:
        raise NotHeldError
    keep_a_holder(session, box_id, row)
    revoke(session, box_id, row.box_id, by=by)
    if row.state == OfficerState.ACTIVE:
        row.state = state_by_keys(session, row)


def _person(
    session: CaseSession, row: OfficerRow, grants: list[GrantRow], names: Mapping[UUID, str], *, by: KeyHolder
) -> Person:
    body = open_row(session, row, by=by)
    held = [HeldKey(one.box_id, names.get(one.box_id, "Another key"), one.granted_on) for one in grants]
    have = {one.name.casefold() for one in held}
    role, state = Role(row.role), OfficerState(row.state)
    missing = tuple(name.capitalize() for name in BOXES_OF_ROLE[role] if name.value not in have)
    return Person(
        id=row.id,
        name=body["name"],
        sign_in_name=body["sign_in_name"],
        role=role,
        state=state,
        joined_on=row.joined_on,
        enrolled_on=row.enrolled_on,
        left_on=row.left_on,
        keys=tuple(sorted(held, key=lambda one: (one.name, one.box_id))),
        missing=() if state is OfficerState.LEFT else missing,
        vetted_until=row.vetted_until,
    )


def _row(session: CaseSession, officer_id: UUID) -> OfficerRow:
    row = session.get(OfficerRow, officer_id)
    if row is None:
        raise NotFoundError("officer")
    return row


def _row_to_trust(session: CaseSession, officer_id: UUID) -> OfficerRow:
    """Somebody at work whose passphrase and second factor nobody else has seen."""
    row = row_to_change(session, officer_id, states=AT_WORK)
    if row.enrolled_on is None:
        raise NotEnrolledError
    return row
