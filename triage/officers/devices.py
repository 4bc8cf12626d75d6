"""Browsers somebody has signed in from before, so that a stranger's wrong tries never lock an officer out.

A browser keeps a random token beside a keyed digest that binds it to one sign-in name (the "device cookie" of
OWASP's Authentication notes): the server stores nothing, and nobody else can make one.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from secrets import token_bytes

from config import TriageSettings
from envelope.vault import keyed_digest
from triage.keys.system import sign_in_digest, system_secret

TOKEN_BYTES = 16
DIGEST_BYTES = 32
DEVICE_LABEL = "quietword device v1"
# A station's computer is shared by a shift; the oldest of more names than this is forgotten.
NAMES_KEPT = 8
KEPT_FOR_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class Device:
    """One browser that one name has signed in from."""

    token: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    def encode(self) -> str:
        return base64.urlsafe_b64encode(self.token + self.digest).decode("ascii").rstrip("=")


def device_cookie_name(settings: TriageSettings) -> str:
    return "__Host-quietword-device" if settings.secure_cookies else "quietword-device"


def known_device(settings: TriageSettings, sign_in_name: str, cookie: str) -> bytes | None:
    """The token by which this browser is known for that name, or None: nobody of that name signed in from it."""
    return known_device_of(settings, sign_in_digest(settings, sign_in_name), cookie)


def known_device_of(settings: TriageSettings, whom: bytes, cookie: str) -> bytes | None:
    """The same for somebody whose name was not typed; `whom` is their sign-in digest."""
    for device in _devices(cookie):
        if hmac.compare_digest(device.digest, _digest(settings, whom, device.token)):
            return device.token
    return None


def remember_device(settings: TriageSettings, sign_in_name: str, cookie: str) -> str:
    """The cookie of a browser that this name has just signed in from: its names, the newest first."""
    return remember_device_of(settings, sign_in_digest(settings, sign_in_name), cookie)


def remember_device_of(settings: TriageSettings, whom: bytes, cookie: str) -> str:
    """The same for somebody whose name was not typed; `whom` is their sign-in digest."""
    token = known_device_of(settings, whom, cookie) or token_bytes(TOKEN_BYTES)
    newest = Device(token, _digest(settings, whom, token))
    others = [device for device in _devices(cookie) if device.token != token]
    return ".".join(device.encode() for device in (newest, *others[: NAMES_KEPT - 1]))


def _digest(settings: TriageSettings, whom: bytes, token: bytes) -> bytes:
    return keyed_digest(system_secret(settings), DEVICE_LABEL, whom + token)


def _devices(cookie: str) -> list[Device]:
    found = []
    for part in cookie.split(".")[:NAMES_KEPT]:
        try:
            data = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            continue
        if len(data) == TOKEN_BYTES + DIGEST_BYTES:
            found.append(Device(data[:TOKEN_BYTES], data[TOKEN_BYTES:]))
    return found
