"""The second factor: a code of six digits that works once (RFC 6238)."""

from datetime import datetime

import pyotp
from sqlalchemy import update

from envelope.errors import EnvelopeError
from envelope.vault import decrypt_blob, derive, encrypt_blob
from triage.database import CaseSession
from triage.officers.errors import SignInError
from triage.officers.models import OfficerRow

TOTP_LABEL = "quietword totp v1"
TOTP_STEP_SECONDS = 30
ISSUER = "Quiet Word"
SECRET_LETTERS = 32
BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def new_totp_secret() -> str:
    """160 random bits in base 32, as authenticators take them."""
    return pyotp.random_base32()


def is_totp_secret(text: str) -> bool:
    """Whether a text could be one of ours: 32 letters of base 32."""
    return len(text) == SECRET_LETTERS and set(text) <= set(BASE_32)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute a code belongs to, of this one and one either side; None when it fits none."""
    totp, step_now = pyotp.TOTP(secret), int(now.timestamp()) // TOTP_STEP_SECONDS
    typed = "".join(code.split())
    fitting = (
        step
        for step in (step_now, step_now - 1, step_now + 1)
        if pyotp.utils.strings_equal(typed, totp.generate_otp(step))
    )
    return next(fitting, None)


def totp_uri(secret: str, sign_in_name: str) -> str:
    """What an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name=ISSUER)


def in_fours(secret: str) -> str:
    """The secret as a person can type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def seal_totp(seed: bytes, secret: str, officer_id: bytes) -> bytes:
    """The secret under a key of the officer's own seed: a stolen database makes no codes."""
    return encrypt_blob(derive(seed, TOTP_LABEL, 32), secret.encode(), officer_id)


def spend_code(session: CaseSession, row: OfficerRow, seed: bytes, code: str, now: datetime) -> None:
    """Accept a code of this half minute or one either side, once (RFC 6238 §5.2).

    Raises:
        SignInError: it does not fit, or it or a later one was used before, or the secret is not of this seed.
    """
    try:
        secret = decrypt_blob(derive(seed, TOTP_LABEL, 32), row.sealed_totp, row.id.bytes).decode()
    except EnvelopeError:  # the lock that was opened, or the secret, is not of this row: somebody wrote it there
        raise SignInError from None
    step = step_of(secret, code, now)
    if step is None or step <= row.last_totp_step:
        raise SignInError
    # Written where it still stands below, so that two requests with one code cannot both win, and where the secret is
    # still the one that was read, so that no code of an authenticator counts that has just been replaced.
    spent = session.execute(
        update(OfficerRow)
        .where(OfficerRow.id == row.id, OfficerRow.last_totp_step < step, OfficerRow.sealed_totp == row.sealed_totp)
        .values(last_totp_step=step)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
        raise SignInError
