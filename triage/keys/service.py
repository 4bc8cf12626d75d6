"""Make boxes, give and take away access, and find the force's own boxes by name."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from envelope.identity import Identity
from envelope.recipient import Recipient, seal_small
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError
from triage.keys.holding import hold_boxes, hold_live, hold_what_is_granted
from triage.keys.host import SYSTEM_ID as SYSTEM_ID
from triage.keys.host_signed import (
    Forged,
    ForgedKeyError,
    recipient_of,
    require_signed,
    sign_box,
    sign_grant,
    tell_of,
)
from triage.keys.keyring import KeyHolder, grant_context
from triage.keys.models import BoxRow, BoxState, GrantRow, IntakeGrantRow, Purpose
from triage.keys.vouching import made_here, owner_of

# What is made for people to hold is held by the recovery box too, so that no lost passphrase loses a report. An
# officer's own box never is: whoever held it could sign in their name.
RECOVERABLE = frozenset({Purpose.COMPARTMENT, Purpose.TEAM, Purpose.SIGNING})


class BoxName(StrEnum):
    """The boxes every force has. Their names say nothing of the force."""

    DIRECTORY = "directory"  # names of officers and teams: everybody who signs in
    DESK = "desk"  # reports and the register: triage officers and supervisors
    SUPERVISORS = "supervisors"  # what supervisors may grant on: teams, signing
    AUDIT = "audit"  # the content of audit lines: auditors
    SIGNING = "signing"  # signs intake keys: supervisors, never administrators
    # Files in quarantine: safeguarding leads. Made when the first of them is named, so that nobody else ever held it.
    SAFEGUARDING = "safeguarding"
    RECOVERY = "recovery"  # opens every other; its seed exists only as shares in the hands of several people


def create_box(
    session: CaseSession,
    purpose: Purpose,
    *,
    name: str = "",
    not_before: date | None = None,
    not_after: date | None = None,
    identity: Identity | None = None,
) -> tuple[BoxRow, Identity]:
    """A new key pair. The caller grants its seed to somebody, or it is lost at the end of the request.

    What people will hold is granted to the recovery box as well, where there is one.
    """
    identity = identity or Identity.generate()
    box = BoxRow(
        id=uuid4(),
        purpose=purpose,
        name=name,
        public_key=identity.recipient().public_key,
        state=BoxState.LIVE,
        created_on=session.today,
        not_before=not_before,
        not_after=not_after,
    )
    if purpose is not Purpose.OFFICER:
        sign_box(session, box)
    session.add(box)
    session.flush()
    made_here(session, box.id)
    recovery = find_box(session, BoxName.RECOVERY) if purpose in RECOVERABLE else None
    if recovery is not None:
        seal_grant(session, box.id, identity, recovery, granted_by=SYSTEM_ID)
    return box, identity


def box_named(session: CaseSession, name: BoxName) -> BoxRow:
    """One of the force's own boxes.

    Raises:
        NotFoundError: no force has been set up here.
    """
    box = find_box(session, name)
    if box is None:
        raise NotFoundError("force here: run `quietword init` first")
    return box


def find_box(session: CaseSession, name: BoxName) -> BoxRow | None:
    """The same, or None while there is none yet.

    Raises:
        ForgedKeyError: the row of that name is not as this host signed it, or there are two of them.
    """
    rows = session.scalars(select(BoxRow).where(BoxRow.name == name, BoxRow.state == BoxState.LIVE)).all()
    for row in rows:
        require_signed(session, row)
    if len(rows) > 1:
        tell_of(session, Forged.BOX, rows[0].id)
        raise ForgedKeyError
    return rows[0] if rows else None


def fingerprint(public_key: bytes) -> str:
    """Sixteen hexadecimal digits in groups, enough to read over the telephone: the beginning of SHA-256."""
    digits = hashlib.sha256(public_key).hexdigest()[:16]
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def retire_box(session: CaseSession, box_id: UUID) -> None:
    """Take everything that was granted to a box away from it, and grant it nothing more; nothing is recorded here."""
    hold_what_is_granted(session, [box_id])
    rotation_is_due(session, session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == box_id)).all())
    session.execute(delete(GrantRow).where(GrantRow.to_box_id == box_id))
    box = session.get(BoxRow, box_id)
    if box is not None:
        box.state = BoxState.RETIRED


def hold_to_make(session: CaseSession, box_ids: Iterable[UUID]) -> Mapping[UUID, BoxRow]:
    """Hold these boxes and the recovery box, which is granted what is made now as well; gives them by id."""
    recovery = find_box(session, BoxName.RECOVERY)
    return hold_boxes(session, {*box_ids, *([recovery.id] if recovery is not None else [])})


def rotation_is_due(session: CaseSession, box_ids: Iterable[UUID]) -> None:
    """Note that somebody who could open these boxes should not any more; the first such day stays."""
    session.execute(
        update(BoxRow)
        .where(BoxRow.id.in_(list(box_ids)), BoxRow.rotation_due.is_(None))
        .values(rotation_due=session.today)
    )


def desk_id(session: CaseSession) -> UUID:
    """The compartment every report starts in."""
    return box_named(session, BoxName.DESK).id


def seal_grant(session: CaseSession, box_id: UUID, identity: Identity, to: BoxRow, *, granted_by: UUID) -> None:
    """Seal a box's seed to another box and keep it; nothing is recorded here.

    Raises:
        UnvouchedBoxError: the other box is a person's, and its public key is not the one that they signed.
        ForgedKeyError: it is another, and its public key is not the one that this host signed.
    """
    if to.purpose == Purpose.OFFICER:
        owner_of(session, to)
        recipient = Recipient(to.public_key)
    else:
        recipient = recipient_of(session, to)
    already = session.scalars(
        select(GrantRow).where(GrantRow.box_id == box_id, GrantRow.to_box_id == to.id)
    ).one_or_none()
    if already is not None:
        return
    row = GrantRow(
        id=uuid4(),
        box_id=box_id,
        to_box_id=to.id,
        sealed=seal_small(identity.seed, recipient, grant_context(box_id, to.id)),
        granted_by=granted_by,
        granted_on=session.today,
    )
    sign_grant(session, row)
    session.add(row)
    session.flush()


def seal_intake_grant(session: CaseSession, box_id: UUID, identity: Identity, to: BoxRow) -> None:
    """Seal a day's intake seed to the desk, in the keys database alone."""
    sealed = seal_small(identity.seed, recipient_of(session, to), grant_context(box_id, to.id))
    session.keys.add(IntakeGrantRow(box_id=box_id, to_box_id=to.id, sealed=sealed))


def grant(session: CaseSession, box_id: UUID, to_box_id: UUID, *, by: KeyHolder) -> None:
    """Give the holder of one box access to another, which `by` must hold.

    Raises:
        NoKeyError: `by` does not hold what they would give.
        OutOfDateError: either box has been rotated or retired since it was looked for.
    """
    to = hold_live(session, {box_id, to_box_id}).get(to_box_id)
    if to is None:
        raise NotFoundError("box")
    by.keys.forget_ways()
    seal_grant(session, box_id, by.keys.identity(session, box_id), to, granted_by=by.id)
    by.keys.forget_ways()
    record(session, Act.KEY_GRANTED, box_id, by=by, to=to_box_id)


def revoke(session: CaseSession, box_id: UUID, to_box_id: UUID, *, by: KeyHolder) -> None:
    """Take a grant away: from the next request on it opens nothing through us.

    A seed somebody copied out of memory still opens what it opened; rotating the box ends that, and is due from now on.

    Raises:
        OutOfDateError: there is no such grant, as when another box has just taken the place of this one.
    """
    take_away(session, box_id, to_box_id)
    by.keys.forget_ways()
    record(session, Act.KEY_REVOKED, box_id, by=by, to=to_box_id)


def take_away(session: CaseSession, box_id: UUID, to_box_id: UUID) -> None:
    """Destroy a grant; nothing is recorded here.

    Raises:
        OutOfDateError: there is none; where another box has taken the place of this one, the grant went there.
    """
    hold_boxes(session, [box_id])
    gone = session.execute(delete(GrantRow).where(GrantRow.box_id == box_id, GrantRow.to_box_id == to_box_id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
        raise OutOfDateError
    rotation_is_due(session, [box_id])
