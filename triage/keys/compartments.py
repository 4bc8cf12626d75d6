"""Compartments: what few may know has a box of its own, granted to each of them and to no box that others hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError, TriageError
from triage.keys.holding import hold_boxes
from triage.keys.host_signed import signed_grants
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxState, CompartmentRow, Purpose
from triage.keys.records import open_row, reseal_row, seal_row
from triage.keys.service import BoxName, box_named, create_box, hold_to_make, seal_grant

NAME_MOST = 80


class CompartmentNameError(TriageError):
    """A compartment without a name, or one like another."""

    def __init__(self) -> None:
        super().__init__("Enter a name of 1 to 80 characters that no other compartment has.")


class TooFewHoldersError(TriageError):
    """One holder who forgets their passphrase would lose everything in it."""

    def __init__(self) -> None:
        super().__init__("Choose at least two people who hold the desk’s key and are not kept out of this.")


class ReleaseTakesTwoError(TriageError):
    """The key of a compartment goes to somebody new when two people say so."""

    def __init__(self) -> None:
        super().__init__("The key of a compartment is given by two people. Propose it on the compartment’s page.")


@dataclass(frozen=True)
class Compartment:
    """One compartment as its holders, supervisors and auditors see it. `without` are people whom a conflict keeps out.

    `follows_desk` when it holds what the whole desk may know but for those people.
    """

    id: UUID
    box_id: UUID
    name: str
    made_on: date
    without: tuple[UUID, ...]
    follows_desk: bool


def make_compartment(
    session: CaseSession,
    name: str,
    holders: Sequence[UUID],
    *,
    without: Sequence[UUID] = (),
    follows_desk: bool = False,
    by: KeyHolder,
) -> Compartment:
    """A box of its own for a compartment, granted to the own boxes of its holders; whoever makes it need not be one.

    Args:
        holders: ids of officers' own boxes.
        without: ids of officers who never get it.

    Raises:
        CompartmentNameError, TooFewHoldersError.
        OutOfDateError: one of the holders has left, or begun anew, since they were chosen.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_MOST or any(one.name == name for one in compartments(session, by=by)):
        raise CompartmentNameError
    if not holders:
        raise TooFewHoldersError
    held = hold_to_make(session, holders)
    if any(held[holder].state != BoxState.LIVE for holder in holders):
        raise OutOfDateError
    box, identity = create_box(session, Purpose.COMPARTMENT)
    for holder in dict.fromkeys(holders):
        seal_grant(session, box.id, identity, held[holder], granted_by=by.id)
    by.keys.forget_ways()
    row = CompartmentRow(id=uuid4(), box_id=box.id, made_on=session.today)
    guards = [box.id, box_named(session, BoxName.SUPERVISORS).id, box_named(session, BoxName.AUDIT).id]
    seal_row(session, row, _body(name, without, follows_desk), by=by, guards=guards)
    session.flush()
    record(session, Act.COMPARTMENT_MADE, row.id, by=by, count=len(set(holders)))
    for holder in dict.fromkeys(holders):
        record(session, Act.KEY_GRANTED, box.id, by=by, to=holder)
    return Compartment(row.id, box.id, name, row.made_on, tuple(without), follows_desk)


def compartments(session: CaseSession, *, by: KeyHolder) -> tuple[Compartment, ...]:
    """Every compartment whose name `by` can read, by name; the others are not even counted."""
    rows = session.scalars(select(CompartmentRow)).all()
    found = [_compartment(session, row, by=by) for row in rows if by.keys.opens(session, row.data_key_id)]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def compartment_of(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> Compartment:
    """One of them.

    Raises:
        NotFoundError: there is none, or `by` may not know of it.
    """
    row = session.get(CompartmentRow, compartment_id)
    if row is None or not by.keys.opens(session, row.data_key_id):
        raise NotFoundError("compartment")
    return _compartment(session, row, by=by)


def is_compartment(session: CaseSession, box_id: UUID) -> bool:
    """Whether a box is one of a compartment, which two people release and not one."""
    return session.scalars(select(CompartmentRow.id).where(CompartmentRow.box_id == box_id)).first() is not None


def keep_out(session: CaseSession, compartment_id: UUID, officers: Iterable[UUID], *, by: KeyHolder) -> None:
    """Write down that these people never get a compartment's key."""
    _change(session, compartment_id, lambda without: {*without, *officers}, by=by)


def let_in(session: CaseSession, compartment_id: UUID, officer_id: UUID, *, by: KeyHolder) -> None:
    """Write down that a person is not kept out any more; it gives them no key."""
    _change(session, compartment_id, lambda without: without - {officer_id}, by=by)


def hold_compartments(session: CaseSession) -> None:
    """Hold the box of every compartment, for whoever knows only after a line is recorded which one it will be."""
    hold_boxes(session, session.scalars(select(CompartmentRow.box_id)))


def holders_of(session: CaseSession, box_id: UUID) -> frozenset[UUID]:
    """The boxes that a box is granted to directly, by grants that the program gave."""
    return frozenset(row.to_box_id for row in signed_grants(session, box_id))


def _change(session: CaseSession, compartment_id: UUID, change: Any, *, by: KeyHolder) -> None:  # set to set
    row = session.get_one(CompartmentRow, compartment_id)
    old = _compartment(session, row, by=by)
    reseal_row(session, row, _body(old.name, sorted(change(set(old.without))), old.follows_desk), by=by)
    session.flush()


def _body(name: str, without: Iterable[UUID], follows_desk: bool) -> dict[str, Any]:
    return {"name": name, "without": [str(one) for one in without], "follows_desk": follows_desk}


def _compartment(session: CaseSession, row: CompartmentRow, *, by: KeyHolder) -> Compartment:
    body = open_row(session, row, by=by)
    without = tuple(UUID(one) for one in body["without"])
    return Compartment(row.id, row.box_id, body["name"], row.made_on, without, bool(body["follows_desk"]))
