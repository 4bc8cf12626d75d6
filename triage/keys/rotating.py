"""A box takes the place of another, so that whoever could open the old one opens nothing of what is done from now on.

1. In one transaction: a new box, granted to everybody who goes on; the old box granted to the new one, and to nobody
   else any more; every row of the old one named as the new one's. From here on whoever was left out opens nothing.
2. In batches: each data key, day's seed and grant that the old box opened is wrapped for the new one, in the place of
   the old wrapping. It can stop anywhere and be taken up again: until then the old box is opened through the new.
3. When nothing is left, rows that somebody wrote by the old name meanwhile are named anew as well; and when no unit of
   work from before can still be writing, the last grant of the old is destroyed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from envelope.identity import Identity
from envelope.unseal import unseal_small
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.errors import NotFoundError, TriageError
from triage.keys.desk_index import keep_first_key
from triage.keys.holding import hold_what_is_granted
from triage.keys.host_signed import (
    Forged,
    ForgedKeyError,
    is_grant_signed,
    signed_grants,
    tell_of,
)
from triage.keys.keyring import KeyHolder, grant_context
from triage.keys.models import BoxRow, BoxState, GrantRow, IntakeGrantRow, Purpose, RotationRow, WrappedKeyRow
from triage.keys.naming import name_anew
from triage.keys.rewrapping import hand_on_days, rewrap_some
from triage.keys.service import BoxName, create_box, hold_to_make, seal_grant
from triage.keys.vouching import UnvouchedBoxError, owner_of

BATCH = 500
# A unit of work that began before the rotation may still wrap a key for the old box; none lasts over two midnights.
SETTLES = timedelta(days=2)


class RotationState(StrEnum):
    RUNNING = "running"
    DONE = "done"


class NotRotatableError(TriageError):
    """A box that another cannot take the place of."""

    def __init__(self) -> None:
        super().__init__(
            "This key cannot be rotated. The audit key opens what is hashed into the log, the signing key is pinned by "
            "the public form, and a person’s own key is made anew when they enrol."
        )


class RotatingAlreadyError(TriageError):
    """One rotation of a box at a time."""

    def __init__(self) -> None:
        super().__init__("This key is being rotated already. Go on with that rotation first.")


@dataclass(frozen=True)
class Rotation:
    """How far a rotation is; `keys_left` are wrapped for the old box still."""

    id: UUID
    old_box_id: UUID
    new_box_id: UUID
    state: RotationState
    keys_total: int
    keys_left: int
    started_on: date

    @property
    def is_running(self) -> bool:
        return self.state is RotationState.RUNNING

    @property
    def is_settling(self) -> bool:
        """Everything is wrapped for the new box, and the old one's last grant is not destroyed yet."""
        return self.is_running and self.keys_left == 0


def is_rotatable(box: BoxRow) -> bool:
    """Whether another box can take this one's place."""
    if box.state != BoxState.LIVE:
        return False
    return box.purpose == Purpose.TEAM or (box.purpose == Purpose.COMPARTMENT and box.name != BoxName.AUDIT)


def start_rotation(
    session: CaseSession, box_id: UUID, *, by: KeyHolder, without: frozenset[UUID] = frozenset()
) -> UUID:
    """Put a new box in the place of one, for everybody who holds it but the boxes `without`; gives the rotation's id.

    Raises:
        NotFoundError, NotRotatableError, RotatingAlreadyError.
        NoKeyError: `by` does not hold it.
        UnvouchedBoxError: nobody would hold the new one.
    """
    old = hold_to_make(session, [box_id]).get(box_id)
    if old is None:
        raise NotFoundError("key")
    if old.state == BoxState.ROTATING or _running_into(session, box_id) is not None:
        raise RotatingAlreadyError
    if not is_rotatable(old):
        raise NotRotatableError
    by.keys.forget_ways()
    identity = by.keys.identity(session, box_id)
    holders = signed_grants(session, box_id)
    old.state = BoxState.ROTATING
    session.flush()
    new, new_identity = create_box(session, Purpose(old.purpose), name=old.name)
    found = [_today(session, holder.to_box_id) for holder in holders]
    live = [to for to in found if to is not None and to.state == BoxState.LIVE and to.id not in without]
    go_on = [to for to in live if _goes_on(session, to, by=by)]
    if not go_on:
        raise UnvouchedBoxError
    for to in go_on:
        seal_grant(session, new.id, new_identity, to, granted_by=by.id)
    session.execute(delete(GrantRow).where(GrantRow.box_id == box_id))
    seal_grant(session, box_id, identity, new, granted_by=by.id)
    by.keys.forget_ways()
    by.keys.take_up(new.id, new_identity)
    name_anew(session, box_id, new.id)
    if old.name == BoxName.DESK:
        keep_first_key(session, box_id, by=by)
    row = RotationRow(
        id=uuid4(),
        old_box_id=box_id,
        new_box_id=new.id,
        state=RotationState.RUNNING,
        keys_total=_left(session, box_id),
        keys_done=0,
        started_by=by.id,
        started_on=session.today,
    )
    session.add(row)
    session.flush()
    record(session, Act.KEY_ROTATION_BEGUN, box_id, by=by, to=new.id, count=row.keys_total)
    return row.id


def go_on_rotating(
    database: Database,
    rotation_id: UUID,
    *,
    by: Callable[[], KeyHolder],
    batch: int = BATCH,
    stop: Callable[[Rotation], bool] = lambda _rotation: False,
) -> Rotation:
    """Take a rotation up and go on until it is done, is settling, or `stop` says so; each batch is committed apart.

    `by` gives the holder with a key ring of its own for each batch, so that none ends up with every data key in it.

    Raises:
        NotFoundError: there is no such rotation.
        NoKeyError: the holder does not hold the new box.
    """
    while True:
        with database.begin() as session:
            row = _row(session, rotation_id)
            if row.state == RotationState.RUNNING:
                _one_batch(session, row, batch, by=by())
            stand = _rotation(session, row)
        if not stand.is_running or stand.is_settling or stop(stand):
            return stand


def settle_rotations(session: CaseSession) -> int:
    """Destroy the last grants of old boxes that nothing is wrapped for any more; it needs no key. Gives how many."""
    settled = 0
    running = select(RotationRow).where(RotationRow.state == RotationState.RUNNING).order_by(RotationRow.id)
    # One that somebody is going on with is theirs to settle.
    for row in session.scalars(running.with_for_update(skip_locked=True)).all():
        if session.today - row.started_on < SETTLES or _left(session, row.old_box_id):
            continue
        if name_anew(session, row.old_box_id, row.new_box_id):
            # Whoever still wrote by the old name may be writing yet: at the next collection.
            continue
        session.execute(delete(GrantRow).where(GrantRow.box_id == row.old_box_id))
        session.execute(update(BoxRow).where(BoxRow.id == row.old_box_id).values(state=BoxState.RETIRED))
        row.state = RotationState.DONE
        settled += 1
    session.flush()
    return settled


def rotations(session: CaseSession) -> tuple[Rotation, ...]:
    """Every rotation, the running ones first, then the newest."""
    found = [_rotation(session, row) for row in session.scalars(select(RotationRow))]
    return tuple(sorted(found, key=lambda one: (not one.is_running, -one.started_on.toordinal(), one.id)))


def _today(session: CaseSession, to_box_id: UUID) -> BoxRow | None:
    """The box that a grant leads to, or the one that is taking its place at this moment and opens it until it has."""
    box = session.get(BoxRow, to_box_id)
    if box is not None and box.state == BoxState.ROTATING:
        new = session.scalars(select(RotationRow.new_box_id).where(RotationRow.old_box_id == box.id)).one()
        return session.get(BoxRow, new)
    return box


def _goes_on(session: CaseSession, to: BoxRow, *, by: KeyHolder) -> bool:
    """Whether a grant that stands in the database is taken over: it could have been written there by anybody.

    A person's box is one that they signed. Of the force's own boxes only the supervisors' holds others, and `by` holds
    that one; the recovery box is given what is made anyhow.
    """
    if to.purpose == Purpose.OFFICER:
        try:
            return owner_of(session, to) is not None
        except UnvouchedBoxError:
            return False
    return to.name == BoxName.SUPERVISORS and by.keys.identity(session, to.id).recipient().public_key == to.public_key


def _one_batch(session: CaseSession, row: RotationRow, batch: int, *, by: KeyHolder) -> None:
    old, new = row.old_box_id, session.get_one(BoxRow, row.new_box_id)
    done = rewrap_some(session, old, new.id, batch, by=by)
    row.keys_done += done
    if done == 0:
        holder = by.keys.identity(session, old)
        hand_on_days(session, old, new, holder)
        _move_grants(session, old, new, holder, by=by)
        by.keys.forget_ways()
    session.flush()
    if _left(session, old) == 0:
        name_anew(session, old, new.id)
        settle_rotations(session)
        record(session, Act.KEY_ROTATED, old, by=by, to=new.id, count=row.keys_done)


def _move_grants(session: CaseSession, old: UUID, new: BoxRow, holder: Identity, *, by: KeyHolder) -> None:
    """What was granted to the old box, such as the teams' to the supervisors'."""
    hold_what_is_granted(session, [old])
    for grant in session.scalars(select(GrantRow).where(GrantRow.to_box_id == old)).all():
        if not is_grant_signed(session, grant):
            # What is in it may be anybody's seed: handed on, it would be one that this program gave.
            tell_of(session, Forged.GRANT, grant.box_id)
            raise ForgedKeyError
        seed = unseal_small(grant.sealed, holder, grant_context(grant.box_id, old))
        seal_grant(session, grant.box_id, Identity(seed), new, granted_by=by.id)
        session.delete(grant)
    session.flush()


def _left(session: CaseSession, old: UUID) -> int:
    """How much the old box still opens: data keys, days' seeds and grants."""
    wrapped = session.keys.scalar(select(func.count()).select_from(WrappedKeyRow).where(WrappedKeyRow.box_id == old))
    days = session.keys.scalar(select(func.count()).select_from(IntakeGrantRow).where(IntakeGrantRow.to_box_id == old))
    grants = session.scalar(select(func.count()).select_from(GrantRow).where(GrantRow.to_box_id == old))
    return (wrapped or 0) + (days or 0) + (grants or 0)


def _running_into(session: CaseSession, box_id: UUID) -> RotationRow | None:
    query = select(RotationRow).where(RotationRow.new_box_id == box_id, RotationRow.state == RotationState.RUNNING)
    return session.scalars(query).first()


def _row(session: CaseSession, rotation_id: UUID) -> RotationRow:
    row = session.get(RotationRow, rotation_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("rotation")
    return row


def _rotation(session: CaseSession, row: RotationRow) -> Rotation:
    return Rotation(
        id=row.id,
        old_box_id=row.old_box_id,
        new_box_id=row.new_box_id,
        state=RotationState(row.state),
        keys_total=row.keys_total,
        keys_left=_left(session, row.old_box_id) if row.state == RotationState.RUNNING else 0,
        started_on=row.started_on,
    )
