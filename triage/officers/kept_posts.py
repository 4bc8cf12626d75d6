"""A post that waits for its officer to show who they are, sealed in the page that asks them, and kept nowhere else.

It is sealed under a key of their own seed, so that nobody else opens it, and so that it outlives the session it was
typed in: whoever was signed out on that page signs in and goes on. It opens at the address it was for alone, and for
as long as a session may last.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.vault import decrypt_blob, derive, encrypt_blob
from triage.officers.errors import StalePageError
from triage.officers.session import SignedIn

KEPT_FIELD = "kept"
TOKEN_FIELD = "csrf_token"  # noqa: S105  the name of a field
KEY_LABEL = "quietword kept post v2"
POST_LABEL = b"quietword kept post v2"

Fields = list[tuple[str, str]]


def seal_post(here: SignedIn, fields: Iterable[tuple[str, str]], path: str, now: datetime) -> str:
    """The fields of a post to `path` in URL-safe base64, without the token: each time it is sent it brings its own."""
    kept = {"at": now.isoformat(), "fields": [one for one in fields if one[0] != TOKEN_FIELD]}
    data = encrypt_blob(derive(here.seed, KEY_LABEL), json.dumps(kept).encode(), _context(here, path))
    return base64.urlsafe_b64encode(data).decode("ascii")


def open_post(settings: TriageSettings, here: SignedIn, kept: str, path: str, now: datetime) -> Fields:
    """The fields again.

    Raises:
        StalePageError: it is somebody else's, was for another address, or is older than a session gets.
    """
    try:
        data = base64.b64decode(kept, altchars=b"-_", validate=True)
        told = json.loads(decrypt_blob(derive(here.seed, KEY_LABEL), data, _context(here, path)))
    except (binascii.Error, ValueError, EnvelopeError):
        raise StalePageError from None
    if not timedelta() <= now - datetime.fromisoformat(told["at"]) < timedelta(hours=settings.absolute_hours):
        raise StalePageError
    return [(str(name), str(one)) for name, one in told["fields"]]


def _context(here: SignedIn, path: str) -> bytes:
    return b"\0".join((POST_LABEL, here.officer.id.bytes, path.encode()))
