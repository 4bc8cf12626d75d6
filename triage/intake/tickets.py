"""A ticket for one file: given when its opening has been recorded, and good for a few minutes of that one session.

It is made with the officer's own seed, which their browser never has: nobody writes themselves a ticket, so no file
is shown whose opening left no line. Any process of ours checks it, and none has to remember it.
"""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

from envelope.vault import keyed_digest
from triage.keys.keyring import KeyHolder

GOOD_FOR = timedelta(minutes=10)
LABEL = "quietword ticket for a file v1"
_SECONDS_BYTES = 6


def make_ticket(file_id: UUID, session_digest: bytes, *, now: datetime, by: KeyHolder) -> str:
    """A ticket that is good from `now` on."""
    until = int((now + GOOD_FOR).timestamp()).to_bytes(_SECONDS_BYTES, "big")
    return base64.urlsafe_b64encode(until + _proof(file_id, session_digest, until, by)).decode("ascii")


def ticket_holds(ticket: str, file_id: UUID, session_digest: bytes, *, now: datetime, by: KeyHolder) -> bool:
    """Whether this ticket is for that file, of that session and this officer, and its time is not over."""
    try:
        data = base64.b64decode(ticket.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        return False
    until, proof = data[:_SECONDS_BYTES], data[_SECONDS_BYTES:]
    if not hmac.compare_digest(proof, _proof(file_id, session_digest, until, by)):
        return False
    return now < datetime.fromtimestamp(int.from_bytes(until, "big"), UTC)


def _proof(file_id: UUID, session_digest: bytes, until: bytes, by: KeyHolder) -> bytes:
    return keyed_digest(by.keys.own_seed, LABEL, file_id.bytes + until + session_digest)
