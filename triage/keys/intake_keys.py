"""Intake boxes, one a day: made and signed ahead by a supervisor, so that the public form always has a key."""

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.signing import IntakeKey, SignedIntakeKey, SigningKey, VerifyingKey, sign_intake_key
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow, BoxState, IntakeSignatureRow, Purpose
from triage.keys.service import BoxName, box_named, create_box, fingerprint, seal_intake_grant

DAYS_AHEAD = 35
WARN_BELOW_DAYS = 14
SIGNING_LABEL = "quietword force signing v1"
# A report begun before midnight may be sent after it.
DAYS_OF_GRACE = 1


def force_signing_key(session: CaseSession, *, by: KeyHolder) -> SigningKey:
    """The key that vouches for intake keys.

    Raises:
        NoKeyError: it is granted to supervisors, never to administrators.
    """
    return SigningKey.of_seed(by.keys.identity(session, box_named(session, BoxName.SIGNING).id).seed, SIGNING_LABEL)


def force_verifying_key(session: CaseSession, *, by: KeyHolder) -> VerifyingKey:
    """What the public host pins: a changed drop database cannot redirect reports."""
    return force_signing_key(session, by=by).verifying_key


@dataclass(frozen=True)
class PinnedKey:
    """The force's verifying key as this host pins it for the public form."""

    fingerprint: str
    is_ours: bool | None


def pinned_key(session: CaseSession, settings: TriageSettings, *, by: KeyHolder) -> PinnedKey | None:
    """What is pinned here, and whether it is the key that signs; None where nothing is pinned on this host.

    Only a supervisor can say whether it is: for others `is_ours` is None.
    """
    public_key = _read_pinned(settings)
    if public_key is None:
        return None
    try:
        is_ours = force_verifying_key(session, by=by).public_key == public_key
    except NoKeyError:
        is_ours = None
    return PinnedKey(fingerprint(public_key), is_ours)


def known_verifying_key(session: CaseSession, settings: TriageSettings, *, by: KeyHolder) -> VerifyingKey | None:
    """The force's verifying key from the key that signs, for a supervisor; for others the one pinned here, if any."""
    try:
        return force_verifying_key(session, by=by)
    except NoKeyError:
        pass
    try:
        return VerifyingKey(_read_pinned(settings) or b"")
    except EnvelopeError:
        return None


def _read_pinned(settings: TriageSettings) -> bytes | None:
    try:
        return base64.b64decode(settings.verifying_key_path.read_text("ascii").strip(), validate=True)
    except (OSError, ValueError):
        return None


def sign_intake_keys(session: CaseSession, *, by: KeyHolder, days: int = DAYS_AHEAD) -> tuple[SignedIntakeKey, ...]:
    """Make and sign the intake boxes still missing for the next `days` days, from today on; gives all there are.

    A box is signed when it is made, and what is given back for an older one is the signature of that moment: a key
    that somebody wrote into the database is left out, and its day gets a box of its own.

    Publish what is returned only after the commit: a key that reached the form must never be lost here.
    """
    signing_key = force_signing_key(session, by=by)
    desk = box_named(session, BoxName.DESK)
    have = _vouched_for(session, signing_key.verifying_key)
    made = 0
    for day in (session.today + timedelta(days=ahead) for ahead in range(days)):
        if day in have:
            continue
        box, identity = create_box(
            session, Purpose.INTAKE, not_before=day, not_after=day + timedelta(days=DAYS_OF_GRACE)
        )
        seal_intake_grant(session, box.id, identity, desk)
        have[day] = signed = sign_intake_key(_intake_key(box), signing_key)
        session.add(IntakeSignatureRow(box_id=box.id, signature=signed.signature))
        made += 1
    record(session, Act.INTAKE_KEYS_SIGNED, None, by=by, count=made)
    return tuple(have[day] for day in sorted(have) if have[day].key.not_after >= session.today)


def _vouched_for(session: CaseSession, verifying_key: VerifyingKey) -> dict[date, SignedIntakeKey]:
    """The live boxes, by their first day, that the force signed as they stand now."""
    signatures = {row.box_id: row.signature for row in session.scalars(select(IntakeSignatureRow))}
    found = {}
    for box in _live_intake_boxes(session):
        try:
            signed = SignedIntakeKey(_intake_key(box), signatures.get(box.id, b""))
            signed.verify(verifying_key)
        except EnvelopeError:
            continue
        found[signed.key.not_before] = signed
    return found


@dataclass(frozen=True)
class IntakeSupply:
    """How long the form can go on taking reports without a supervisor."""

    last_day: date | None
    days_left: int

    @property
    def is_low(self) -> bool:
        return self.days_left < WARN_BELOW_DAYS


def intake_supply(session: CaseSession, verifying_key: VerifyingKey | None = None) -> IntakeSupply:
    """The last day that has a key the force vouches for, and how many days that is from today.

    Without the force's verifying key (`known_verifying_key`) a day counts when it has a signature, whatever it is of.
    """
    if verifying_key is not None:
        days = list(_vouched_for(session, verifying_key))
    else:
        signed = set(session.scalars(select(IntakeSignatureRow.box_id)))
        days = [_first_day(box) for box in _live_intake_boxes(session) if box.id in signed]
    last = max(days, default=None)
    return IntakeSupply(last, 0 if last is None else max(0, (last - session.today).days + 1))


@dataclass(frozen=True)
class IntakeDay:
    """One day's intake box, as an auditor reads it."""

    box_id: UUID
    not_before: date
    not_after: date
    state: BoxState
    fingerprint: str

    @property
    def is_live(self) -> bool:
        return self.state is BoxState.LIVE


def intake_days(session: CaseSession) -> tuple[IntakeDay, ...]:
    """Every intake box there ever was, by its first day."""
    rows = session.scalars(select(BoxRow).where(BoxRow.purpose == Purpose.INTAKE)).all()
    days = [
        IntakeDay(row.id, _first_day(row), row.not_after or date.min, BoxState(row.state), fingerprint(row.public_key))
        for row in rows
    ]
    return tuple(sorted(days, key=lambda day: (day.not_before, day.box_id)))


def intake_boxes_for(session: CaseSession, received_on: date) -> tuple[BoxRow, ...]:
    """The live boxes a drop of that date can be sealed to, the likeliest first: an envelope names no key."""
    boxes = [
        box
        for box in _live_intake_boxes(session)
        if box.not_after is not None and _first_day(box) <= received_on <= box.not_after
    ]
    return tuple(sorted(boxes, key=_first_day, reverse=True))


def _live_intake_boxes(session: CaseSession) -> list[BoxRow]:
    return list(session.scalars(select(BoxRow).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.state == BoxState.LIVE)))


def _first_day(box: BoxRow) -> date:
    return box.not_before or date.min


def _intake_key(box: BoxRow) -> IntakeKey:
    return IntakeKey(
        box_id=box.id.bytes,
        public_key=box.public_key,
        not_before=_first_day(box),
        not_after=box.not_after or date.min,
        purpose=Purpose.INTAKE,
    )
