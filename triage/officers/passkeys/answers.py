"""What a page's script sends of a passkey: read strictly, and refused where it holds the authenticator's raw secret.

    {"id", "rawId", "type": "public-key", "unlock"?,
     "response": {"clientDataJSON", "authenticatorData", "signature", "userHandle"?}}     signing in, proving
     "response": {"clientDataJSON", "attestationObject"}                                  adding

`unlock` is HKDF-SHA256 of the PRF's output, made in the page (static/src/passkeys.js). A browser's own
`credential.toJSON()` carries that output itself under `clientExtensionResults`: whoever sends it is refused.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from triage.officers.passkeys.errors import PasskeyRefusedError, RawSecretError

UNLOCK_BYTES = 32
CHALLENGE_MOST = 128
# An answer is about 1 kB; one with a chain of certificates is not asked for.
ANSWER_MOST = 20_000
TOP = frozenset({"id", "rawId", "type", "response", "unlock"})
GIVEN = frozenset({"clientDataJSON", "authenticatorData", "signature", "userHandle"})
MADE = frozenset({"clientDataJSON", "attestationObject"})
# Where browsers put what extensions gave, in each spelling that a script could send it in.
RAW = frozenset({"clientExtensionResults", "getClientExtensionResults", "extensions", "prf", "results", "first"})


@dataclass(frozen=True)
class Answer:
    """An authenticator's answer that has the right shape; nothing about it has been checked."""

    credential: dict[str, Any] = field(repr=False)  # Any: JSON of the shape above
    credential_id: bytes
    challenge: bytes
    unlock: bytes | None = field(repr=False)
    is_cross_origin: bool


def read_answer(text: str, *, adding: bool = False) -> Answer:
    """Read an answer.

    Raises:
        RawSecretError: the raw output of the PRF is in it, or might be.
        PasskeyRefusedError: it has another shape.
    """
    if len(text) > ANSWER_MOST:
        raise PasskeyRefusedError
    try:
        found = json.loads(text)
        _refuse_raw(found)
        response = found["response"]
        if not set(found) <= TOP or not set(response) <= (MADE if adding else GIVEN):
            raise PasskeyRefusedError
        unlock = found.pop("unlock", "")
        client = json.loads(_bytes(response["clientDataJSON"]))
        return Answer(
            credential=found,
            credential_id=_bytes(found["rawId"]),
            challenge=_bytes(client["challenge"])[:CHALLENGE_MOST],
            unlock=_unlock(unlock) if unlock else None,
            is_cross_origin=bool(client.get("crossOrigin", False) or "topOrigin" in client),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PasskeyRefusedError from None


def _refuse_raw(value: object) -> None:
    """Wherever in an answer it stands."""
    if isinstance(value, dict):
        if not RAW.isdisjoint(value):
            raise RawSecretError
        for one in value.values():
            _refuse_raw(one)
    elif isinstance(value, list):
        for one in value:
            _refuse_raw(one)


def _unlock(text: object) -> bytes:
    unlock = _bytes(text)
    if len(unlock) != UNLOCK_BYTES:
        raise PasskeyRefusedError
    return unlock


def _bytes(text: object) -> bytes:
    """URL-safe base64 without padding, as WebAuthn writes it."""
    if not isinstance(text, str):
        raise PasskeyRefusedError
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise PasskeyRefusedError from None
