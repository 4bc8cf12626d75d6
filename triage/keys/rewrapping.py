"""A data key goes from one box to another: the new wrapping takes the place of the old one in its row."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, select, update

from envelope.identity import Identity
from envelope.recipient import seal_small
from envelope.unseal import unseal_small
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError, TriageError
from triage.keys.host_signed import recipient_of
from triage.keys.keyring import HoldsKeys, grant_context
from triage.keys.models import BoxRow, IntakeGrantRow, RotationRow, WrappedKeyRow
from triage.keys.vouching import is_kept

_IN_PLACE = (
    update(WrappedKeyRow)
    .where(WrappedKeyRow.key_id == bindparam("key"), WrappedKeyRow.box_id == bindparam("old"))
    .values(box_id=bindparam("new"), wrapping=bindparam("how"), wrapped=bindparam("made"))
)


class BoxNotKeptError(TriageError):
    """Keys are committed before boxes: what is wrapped for a box of the same unit of work alone, a crash would lose."""

    def __init__(self) -> None:
        super().__init__("This was not done, because a power cut now would lose records. Make the compartment first.")


def boxes_of_place(session: CaseSession, box_id: UUID) -> frozenset[UUID]:
    """A box, and those it is taking the place of: what they guard may be wrapped for either."""
    before = session.scalars(select(RotationRow.old_box_id).where(RotationRow.new_box_id == box_id))
    return frozenset({box_id, *before})


def rewrap(session: CaseSession, key_id: UUID, *, out_of: Collection[UUID], into: UUID, by: HoldsKeys) -> bool:
    """Wrap a data key for `into` and destroy its wrappings for `out_of`; False where that was done before.

    Whoever does it need not hold `into`: then the key is sealed to its public half. The rows it seals stay as they are,
    so whoever copied the data key itself still opens what they copied of those (docs/keys.md).

    Raises:
        NoKeyError: `by` holds none of them.
        NotFoundError: the key has been destroyed.
        OutOfDateError: it is wrapped for other boxes by now, such as one that has taken the place of one of them.
        BoxNotKeptError: `into` was made in this unit of work.
    """
    if not is_kept(session, into):
        raise BoxNotKeptError
    # Held, so that what is destroyed or rotated meanwhile is seen as it is then.
    wrapped = select(WrappedKeyRow.box_id).where(WrappedKeyRow.key_id == key_id).order_by(WrappedKeyRow.box_id)
    boxes = session.keys.scalars(wrapped.with_for_update()).all()
    old = [box_id for box_id in boxes if box_id in out_of]
    if not old:
        if not boxes:
            raise NotFoundError("record")
        if into not in boxes:
            raise OutOfDateError
        return False
    if into not in boxes:
        made = by.keys.wrap_for(session, into, key_id, by.keys.data_key(session, key_id))
        _put_in_place(session, old.pop(), [made])
    these = (WrappedKeyRow.key_id == key_id, WrappedKeyRow.box_id.in_(old))
    session.keys.execute(delete(WrappedKeyRow).where(*these))
    return True


def rewrap_some(session: CaseSession, old: UUID, new: UUID, most: int, *, by: HoldsKeys) -> int:
    """Wrap data keys for the box that takes the place of another, which `by` holds; gives how many were looked at.

    None is left when it gives 0. What somebody destroys meanwhile is passed over and stays destroyed.
    """
    wrapped = select(WrappedKeyRow.key_id).where(WrappedKeyRow.box_id == old).order_by(WrappedKeyRow.key_id)
    key_ids = _held(session, wrapped, most)
    if not key_ids:
        return 0
    opened = by.keys.opened_keys(session, key_ids)
    both = select(WrappedKeyRow.key_id).where(WrappedKeyRow.box_id == new, WrappedKeyRow.key_id.in_(opened))
    there = set(session.keys.scalars(both))
    by.keys.compartment_key(session, new)
    anew = [by.keys.wrap_for(session, new, one, key) for one, key in opened.items() if one not in there]
    _put_in_place(session, old, anew)
    gone = (WrappedKeyRow.box_id == old, WrappedKeyRow.key_id.in_(there))
    session.keys.execute(delete(WrappedKeyRow).where(*gone))
    return len(opened)


def hand_on_days(session: CaseSession, old: UUID, new: BoxRow, holder: Identity) -> None:
    """Seal the seeds of days that are not retired to the box that takes the place of another, whose seed is `holder`.

    They stand in the keys database alone. A day that somebody retires meanwhile is passed over, and stays retired.
    """
    sealed_to_old = select(IntakeGrantRow.box_id).where(IntakeGrantRow.to_box_id == old).order_by(IntakeGrantRow.box_id)
    days = _held(session, sealed_to_old)
    there = set(session.keys.scalars(select(IntakeGrantRow.box_id).where(IntakeGrantRow.to_box_id == new.id)))
    recipient = recipient_of(session, new)
    for day in days:
        these = (IntakeGrantRow.box_id == day, IntakeGrantRow.to_box_id == old)
        if day in there:
            session.keys.execute(delete(IntakeGrantRow).where(*these))
            continue
        seed = unseal_small(
            session.keys.scalars(select(IntakeGrantRow.sealed).where(*these)).one(), holder, grant_context(day, old)
        )
        sealed = seal_small(seed, recipient, grant_context(day, new.id))
        session.keys.execute(update(IntakeGrantRow).where(*these).values(to_box_id=new.id, sealed=sealed))


def _held(session: CaseSession, ids: Select[UUID], most: int | None = None) -> Sequence[UUID]:
    """Those of these rows that nobody else is changing, held; where there are none, one of them when they have done.

    It waits for one alone, because whoever destroys several holds them in an order of their own.
    """
    free = session.keys.scalars(ids.limit(most).with_for_update(skip_locked=True)).all()
    return free or session.keys.scalars(ids.limit(1).with_for_update()).all()


def _put_in_place(session: CaseSession, old: UUID, anew: Iterable[WrappedKeyRow]) -> None:
    """Put wrappings in the place of those for the old box.

    The row is changed, never made: one that was destroyed since it was read stays destroyed, and whoever destroys one
    that is being changed waits, and destroys what it has become.
    """
    session.keys.flush()
    values = [
        {"key": one.key_id, "old": old, "new": one.box_id, "how": one.wrapping, "made": one.wrapped} for one in anew
    ]
    if values:
        session.keys.connection().execute(_IN_PLACE, values)
