"""The recovery box: it opens every other, and its own seed exists only as shares in the hands of several people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from envelope.identity import Identity
from envelope.shares import ReadShare, ShareError, join_shares, split_seed
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.holding import hold_live, hold_what_is_granted
from triage.keys.keyring import KeyHolder, KeyRing
from triage.keys.models import BoxRow, BoxState, GrantRow, Purpose
from triage.keys.service import RECOVERABLE, BoxName, create_box, find_box, retire_box, seal_grant


class WrongSharesError(TriageError):
    """The shares that came together open nothing here; the message is the sentence their holders read."""


@dataclass(frozen=True)
class Split:
    """How many shares there are, and how many people must bring theirs together."""

    shares: int
    together: int

    def __str__(self) -> str:
        return f"{self.together} of {self.shares}"


USUAL_SPLIT = Split(shares=5, together=3)


@dataclass(frozen=True)
class Uncovered:
    """A box that the recovery box does not open yet."""

    box_id: UUID
    name: str


def make_recovery_box(session: CaseSession, split: Split) -> tuple[str, ...]:
    """A new recovery box; gives its shares, which are kept nowhere, and takes the place of the one before.

    Raises:
        WrongSharesError: one person alone could make the key whole, or nobody could.
        OutOfDateError: somebody else split it at this moment.
    """
    identity = Identity.generate()
    try:
        shares = split_seed(identity.seed, shares=split.shares, together=split.together)
    except ShareError as error:
        raise WrongSharesError(str(error)) from None
    before = hold_recovery(session)
    if before is not None:
        retire_box(session, before.id)
        session.flush()
    create_box(session, Purpose.RECOVERY, name=BoxName.RECOVERY, identity=identity)
    return shares


def hold_recovery(session: CaseSession) -> BoxRow | None:
    """Hold the recovery box, if there is one, and what is granted to it: before the line that says who splits it.

    Raises:
        OutOfDateError: somebody else split it at this moment.
    """
    box = find_box(session, BoxName.RECOVERY)
    if box is not None:
        hold_what_is_granted(session, [box.id])
        hold_live(session, [box.id])
    return box


def split_anew(session: CaseSession, split: Split, *, by: KeyHolder) -> tuple[str, ...]:
    """Make a recovery box where there was none, or a new one in place of the old, whose shares then open nothing new.

    What `by` holds is granted to it. The rest others bring with `cover`: see `uncovered`.

    Raises:
        WrongSharesError.
    """
    shares = make_recovery_box(session, split)
    box = find_box(session, BoxName.RECOVERY)
    record(session, Act.RECOVERY_SPLIT, box.id if box else None, by=by, reason=str(split), count=split.shares)
    cover(session, by=by)
    return shares


def cover(session: CaseSession, *, by: KeyHolder) -> int:
    """Grant the recovery box whatever `by` holds and it does not; gives how many boxes.

    Raises:
        NotFoundError: there is no recovery box.
    """
    recovery = _recovery_box(session)
    granted = 0
    for one in uncovered(session):
        if by.keys.holds(session, one.box_id):
            identity = by.keys.identity(session, one.box_id)
            seal_grant(session, one.box_id, identity, recovery, granted_by=by.id)
            granted += 1
            record(session, Act.KEY_GRANTED, one.box_id, by=by, to=recovery.id)
    by.keys.forget_ways()
    return granted


def uncovered(session: CaseSession) -> tuple[Uncovered, ...]:
    """Every live box for people to hold that the recovery box does not open, along however many grants."""
    recovery = find_box(session, BoxName.RECOVERY)
    reached: set[UUID] = set()
    edge = {recovery.id} if recovery else set()
    while edge:
        reached |= edge
        edge = set(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id.in_(edge)))) - reached
    rows = session.scalars(
        select(BoxRow)
        .where(BoxRow.state == BoxState.LIVE, BoxRow.purpose.in_(RECOVERABLE))
        .order_by(BoxRow.name, BoxRow.id)
    )
    return tuple(Uncovered(row.id, row.name or row.purpose) for row in rows if row.id not in reached)


def recovered_ring(session: CaseSession, shares: Sequence[ReadShare]) -> KeyRing:
    """What opens every box that the recovery box was granted, from enough shares of it.

    Raises:
        NotFoundError: there is no recovery box here.
        WrongSharesError: they make no key, or the key of another box than today's.
    """
    recovery = _recovery_box(session)
    try:
        identity = Identity(join_shares(shares))
    except ShareError as error:
        raise WrongSharesError(str(error)) from None
    if identity.recipient().public_key != recovery.public_key:
        raise WrongSharesError(
            "These shares are of another force, or from before the last split: they open nothing here."
        )
    return KeyRing(recovery.id, identity)


def _recovery_box(session: CaseSession) -> BoxRow:
    recovery = find_box(session, BoxName.RECOVERY)
    if recovery is None:
        raise NotFoundError("recovery box here: make one with `quietword keys split`")
    return recovery
