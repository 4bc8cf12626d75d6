"""Where an officer lives, which a supervisor records so that looking for it is an alert (triage/officers/oneself.py).

Families place people, and they look for officers' homes: so it is sealed to the officer's own box, nobody else reads
it, and a page says to others only that it is known and since when. This host signs the row, because whoever owns the
database could seal another address to the same public key and have the alert look for that one.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.padding import RECORD_BUCKETS, pad_to_bucket, unpad
from envelope.recipient import Recipient, seal_small
from envelope.unseal import unseal_small
from envelope.wire import Context, Purpose
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.host_signed import Forged, is_own_address_signed, sign_own_address, tell_of
from triage.keys.keyring import KeyHolder
from triage.officers.held import row_of_another
from triage.officers.living_at import names_a_home
from triage.officers.models import OwnAddressRow
from triage.officers.officer import Officer
from triage.officers.service import officer_box

LABEL = b"own address"
ADDRESS_MOST = 200


class AddressError(TriageError):
    """What was entered can be compared with nothing."""

    def __init__(self) -> None:
        super().__init__("Enter a number and a street, or a whole postcode, such as 12 Alder Street, MB1 4QQ.")


@dataclass(frozen=True)
class OwnAddress:
    """One's own address as it was recorded; the text is None where the row cannot be read or this host signed none."""

    text: str | None = field(repr=False)
    recorded_on: date


def record_own_address(session: CaseSession, officer_id: UUID, address: str, *, by: KeyHolder) -> None:
    """Write down where somebody else lives, in the place of what was known.

    Raises:
        NotFoundError, OneselfError, WrongStateError, AddressError.
        UnvouchedBoxError: the public key that stands for them is not one that they signed.
    """
    row = row_of_another(session, officer_id, by=by)
    text = " ".join(address.split())
    if len(text) > ADDRESS_MOST or not names_a_home(text):
        raise AddressError
    box = officer_box(session, row.id)
    _write(session, row.id, text.encode(), (box.id, Recipient(box.public_key)))
    record(session, Act.OWN_ADDRESS_RECORDED, row.id, by=by)


def remove_own_address(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> None:
    """Let go of it: from now on nobody is told when they look for it.

    Raises:
        NotFoundError: there is no such person, or nothing was recorded.
        OneselfError, WrongStateError.
    """
    row = row_of_another(session, officer_id, by=by)
    if session.get(OwnAddressRow, row.id) is None:
        raise NotFoundError("address")
    forget_own_address(session, row.id)
    record(session, Act.OWN_ADDRESS_REMOVED, row.id, by=by)


def own_address_known_since(session: CaseSession, officer_id: UUID) -> date | None:
    """Since when it is known where somebody lives; it needs no key and says nothing of where."""
    row = session.get(OwnAddressRow, officer_id)
    return None if row is None else row.recorded_on


def own_address(session: CaseSession, *, by: Officer) -> OwnAddress | None:
    """Where one lives oneself, as it was recorded; of a row that somebody else wrote, the auditors are told."""
    row = session.get(OwnAddressRow, by.id)
    if row is None:
        return None
    body = _opened(session, row, (by.keys.box_id, Identity(by.keys.own_seed)))
    if body is None:
        tell_of(session, Forged.OWN_ADDRESS, by.id)
    return OwnAddress(None if body is None else body.decode(), row.recorded_on)


def move_own_address(
    session: CaseSession, officer_id: UUID, old: tuple[UUID, Identity], new: tuple[UUID, Identity]
) -> None:
    """Seal it to the box that somebody has from now on."""
    row = session.get(OwnAddressRow, officer_id)
    if row is None:
        return
    body = _opened(session, row, old)
    if body is None:
        tell_of(session, Forged.OWN_ADDRESS, officer_id)
        session.delete(row)
    else:
        _write(session, officer_id, body, (new[0], new[1].recipient()), on=row.recorded_on)


def forget_own_address(session: CaseSession, officer_id: UUID) -> None:
    """Of somebody whose box is retired: nobody could read it any more."""
    session.execute(delete(OwnAddressRow).where(OwnAddressRow.officer_id == officer_id))


def _write(
    session: CaseSession, officer_id: UUID, body: bytes, to: tuple[UUID, Recipient], *, on: date | None = None
) -> None:
    padded = pad_to_bucket(body, RECORD_BUCKETS)
    sealed = seal_small(padded, to[1], _context(officer_id, to[0]))
    when = on or session.today
    signature = sign_own_address(session, officer_id, when, sealed)
    session.merge(OwnAddressRow(officer_id=officer_id, sealed=sealed, recorded_on=when, host_signature=signature))
    session.flush()


def _opened(session: CaseSession, row: OwnAddressRow, own: tuple[UUID, Identity]) -> bytes | None:
    """None for what this host did not sign, and for what does not open."""
    if not is_own_address_signed(session, row.officer_id, row.recorded_on, row.sealed, row.host_signature):
        return None
    try:
        return unpad(unseal_small(row.sealed, own[1], _context(row.officer_id, own[0])))
    except EnvelopeError:
        return None


def _context(officer_id: UUID, box_id: UUID) -> Context:
    return Context(Purpose.RECORD, (LABEL, officer_id.bytes, box_id.bytes))
