"""A reporter's unfinished answers, sealed inside their own page under a key that lives two days.

Between pages nothing stays with us: the answers travel in a hidden field. The key of a day is made from the
day before's and cannot be turned back, so that a page saved from a screen opens for nobody later.

    nonce 12 ‖ ChaCha20-Poly1305(true length 4 ‖ state ‖ zeros to a bucket) ‖ tag 16, in URL-safe base64

The text carries no day: both keys are tried.
"""

import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

from envelope.errors import EnvelopeError, PageStateError, TamperedError
from envelope.padding import REPORT_BUCKETS, pad_to_bucket, unpad
from envelope.suite import NONCE_LENGTH, TAG_LENGTH, hkdf, lock, unlock

ROOT_LENGTH = 32

_OVERHEAD = NONCE_LENGTH + TAG_LENGTH
_AAD = b"quietword page state v1"
_FIRST_LABEL = b"quietword page state: first day "
_NEXT_LABEL = b"quietword page state: next day"
_SEAL_LABEL = b"quietword page state: sealing"
_LONGEST_RATCHET = 3660  # ten years of days: a clock further off than that is wrong, and would cost seconds
_STALE = "This page was open for too long, or was changed on its way, so it cannot be used. Start again."


class PageStateKeys:
    """Today's key and yesterday's, shared by every public process that was given the same root and first day.

    `root` is 32 random bytes; it is not kept. Safe to use from several threads.
    """

    def __init__(self, root: bytes, started_on: date) -> None:
        if len(root) != ROOT_LENGTH:
            raise ValueError("The root of the page state keys is 32 bytes")
        self._lock = threading.Lock()
        self._day = started_on
        self._today = hkdf(root, info=_FIRST_LABEL + started_on.isoformat().encode("ascii"))
        self._yesterday: bytes | None = None

    def seal(self, state: bytes, today: date) -> str:
        """URL-safe base64, of one of four lengths. Raises TooLongError, or PageStateError for a clock gone back."""
        key = self._keys_on(today)[0]
        return urlsafe_b64encode(lock(_sealing_key(key), pad_to_bucket(state, REPORT_BUCKETS), _AAD)).decode("ascii")

    def open(self, text: str, today: date) -> bytes:
        """What `seal` was given today or yesterday; raises PageStateError for anything else."""
        locked = _decode(text)
        for key in self._keys_on(today):
            try:
                padded = unlock(_sealing_key(key), locked, _AAD)
            except TamperedError:
                continue
            try:
                return unpad(padded)
            except EnvelopeError as error:
                raise PageStateError(_STALE) from error
        raise PageStateError(_STALE)

    def _keys_on(self, today: date) -> list[bytes]:
        """The keys of `today` and the day before, those we hold, after moving forward if the day is new."""
        with self._lock:
            days = (today - self._day).days
            if days > _LONGEST_RATCHET:
                raise PageStateError("The clock of this service is wrong, so nothing can be sent. Try again later.")
            for _ in range(days):
                self._today, self._yesterday = hkdf(self._today, info=_NEXT_LABEL), self._today
            self._day = max(self._day, today)
            held = [self._today] if self._yesterday is None else [self._today, self._yesterday]
        # A request that began before midnight may ask just after another moved on: yesterday's key is its today's.
        keys = held if days >= 0 else held[1:] if days == -1 else []
        if not keys:
            raise PageStateError(_STALE)
        return keys


def _sealing_key(day_key: bytes) -> bytes:
    return hkdf(day_key, info=_SEAL_LABEL)


def _decode(text: str) -> bytes:
    try:
        locked = urlsafe_b64decode(text.encode("ascii"))
    except ValueError as error:
        raise PageStateError(_STALE) from error
    # Another size is none of ours: refused before a stranger's megabyte is tried under two keys.
    canonical = urlsafe_b64encode(locked).decode("ascii") == text
    if not canonical or len(locked) - _OVERHEAD not in REPORT_BUCKETS:
        raise PageStateError(_STALE)
    return locked
