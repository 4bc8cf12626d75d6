"""An officer puts another authenticator in the place of theirs: its first code is checked before the old one goes.

The new secret travels in the page it is shown on, sealed under a key of the session beside a digest of the second
factor it would replace: it is of no use in another session, nor once any replacement has been made.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from envelope.errors import EnvelopeError
from envelope.vault import decrypt_blob, encrypt_blob
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.officers.errors import StaleOfferError, WrongCodeError
from triage.officers.models import OfficerRow
from triage.officers.news import What, note_change
from triage.officers.second_factor import new_totp_secret, seal_totp, step_of
from triage.officers.session import SignedIn, end_sessions_of, hold_session

LABEL = b"quietword new authenticator v1"


@dataclass(frozen=True)
class Offer:
    """A secret for a new authenticator, and what the page that shows it sends back: the same, sealed."""

    secret: str = field(repr=False)
    sealed: str = field(repr=False)


def offer_authenticator(session: CaseSession, here: SignedIn) -> Offer:
    """A new secret; nothing is changed by it."""
    secret = new_totp_secret()
    sealed = encrypt_blob(here.kept_key, secret.encode(), _context(_row(session, here)))
    return Offer(secret, base64.urlsafe_b64encode(sealed).decode("ascii"))


def open_offer(session: CaseSession, here: SignedIn, sealed: str) -> Offer:
    """The offer that a page sent back.

    Raises:
        StaleOfferError: it was made in another session, or before the authenticator was replaced.
    """
    return Offer(_open(_row(session, here), here, sealed), sealed)


def replace_authenticator(session: CaseSession, here: SignedIn, sealed: str, code: str) -> None:
    """Make the offered secret the second factor, on a code of it that then counts as used; other sessions end.

    Raises:
        StaleOfferError: the offer is of another session, or a replacement was made since.
        WrongCodeError: the code is not of the new secret, so the authenticator does not have it yet.
        SignedOutError: the session ended meanwhile, or they may not sign in any more.
    """
    row = hold_session(session, here)  # of two replacements at once the second finds its offer stale
    secret = _open(row, here, sealed)
    step = step_of(secret, code, session.now)
    if step is None:
        raise WrongCodeError
    row.sealed_totp = seal_totp(here.seed, secret, row.id.bytes)
    row.last_totp_step = step
    end_sessions_of(session, row.id, but=here.digest)
    note_change(session, What.AUTHENTICATOR_REPLACED, here)
    record(session, Act.AUTHENTICATOR_REPLACED, row.id, by=here.officer)


def _row(session: CaseSession, here: SignedIn) -> OfficerRow:
    row = session.get(OfficerRow, here.officer.id)
    if row is None:
        raise NotFoundError("officer")
    return row


def _open(row: OfficerRow, here: SignedIn, sealed: str) -> str:
    try:
        data = base64.b64decode(sealed, altchars=b"-_", validate=True)
        return decrypt_blob(here.kept_key, data, _context(row)).decode()
    except (binascii.Error, ValueError, EnvelopeError):
        raise StaleOfferError from None


def _context(row: OfficerRow) -> bytes:
    return b"\0".join((LABEL, row.id.bytes, hashlib.sha256(row.sealed_totp).digest()))
