"""Challenges for passkeys: made without being stored, good for minutes, for one purpose and session, answered once.

    challenge    nonce 16 ‖ the second it ends, 8, big-endian ‖ HMAC-SHA256 32    = 56 bytes

The HMAC is under the system's secret, over purpose, binding, nonce and end, so a challenge of somebody else's session,
or of another purpose, is not one of ours. Its digest is kept once it was answered, by every process in one table.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_bytes

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from config import TriageSettings
from envelope.vault import keyed_digest
from triage.database import CaseSession
from triage.keys.system import system_secret
from triage.officers.passkeys.errors import PasskeyRefusedError
from triage.officers.passkeys.models import SpentChallengeRow

NONCE_BYTES = 16
END_BYTES = 8
CHALLENGE_BYTES = NONCE_BYTES + END_BYTES + 32
LABEL = "quietword passkey challenge v1"
# As long as a browser waits for somebody to find their key and touch it.
GOOD_FOR = timedelta(minutes=5)
SPENT_KEPT = timedelta(days=1)


class Purpose(StrEnum):
    """What an answer is for."""

    SIGN_IN = "sign in"
    PROVE = "prove again"
    ADD = "add a passkey"


def make_challenge(settings: TriageSettings, purpose: Purpose, binding: bytes, now: datetime) -> bytes:
    """A new challenge; `binding` says whose session it is for, and is empty before there is one."""
    ends = int((now + GOOD_FOR).timestamp()).to_bytes(END_BYTES, "big")
    begun = token_bytes(NONCE_BYTES) + ends
    return begun + _tag(settings, purpose, binding, begun)


def spend_challenge(
    session: CaseSession, settings: TriageSettings, challenge: bytes, purpose: Purpose, binding: bytes
) -> None:
    """Take a challenge as answered.

    Raises:
        PasskeyRefusedError: it is not ours, for something else or somebody else, too old, or answered already.
    """
    begun, tag = challenge[: -len(_EMPTY_TAG)], challenge[-len(_EMPTY_TAG) :]
    if len(challenge) != CHALLENGE_BYTES or not hmac.compare_digest(tag, _tag(settings, purpose, binding, begun)):
        raise PasskeyRefusedError
    if session.now.timestamp() >= int.from_bytes(begun[NONCE_BYTES:], "big"):
        raise PasskeyRefusedError
    session.execute(delete(SpentChallengeRow).where(SpentChallengeRow.spent_on < session.today - SPENT_KEPT))
    session.add(SpentChallengeRow(digest=hashlib.sha256(challenge).digest(), spent_on=session.today))
    try:
        session.flush()
    except IntegrityError:  # whoever answers the same one at the same moment waits here, and is refused
        raise PasskeyRefusedError from None


_EMPTY_TAG = bytes(32)


def _tag(settings: TriageSettings, purpose: Purpose, binding: bytes, begun: bytes) -> bytes:
    context = purpose.encode() + b"\0" + len(binding).to_bytes(2, "big") + binding
    return keyed_digest(system_secret(settings), LABEL, context + begun)
