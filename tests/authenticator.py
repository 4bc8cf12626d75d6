"""An authenticator in software, for what a real browser never sends: each part of its answer can be bent.

What a real one does is asked of Chromium's virtual authenticator (tests/journeys/test_passkeys_in_a_browser.py).
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ORIGIN, RELYING_PARTY = "http://localhost:5001", "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
SEED_INPUT = b"quietword passkey seed v1"
UNLOCK_INFO = b"quietword passkey unlock v1\0"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def octets(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


@dataclass
class Authenticator:
    """One passkey, with a counter, on a browser that runs our page's script."""

    has_prf: bool = True
    counts: bool = True
    credential_id: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(32))
    user: str = ""
    count: int = 0

    @property
    def prf(self) -> bytes:
        """What the authenticator makes, and what must never be sent."""
        salted = hashlib.sha256(b"WebAuthn PRF\0" + SEED_INPUT).digest()
        return hmac.digest(self.secret, salted, "sha256")

    @property
    def unlock(self) -> str:
        """What the page's script makes of it."""
        info = UNLOCK_INFO + RELYING_PARTY.encode()
        return text(HKDF(hashes.SHA256(), 32, self.credential_id, info).derive(self.prf))

    def adds(self, options: dict[str, Any], **bent: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        self.user = options["user"]
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        credential = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + key
        data = self._data(bent, PRESENT | VERIFIED | ATTESTED) + credential
        response = {
            "clientDataJSON": text(self._client("webauthn.create", options, bent)),
            "attestationObject": text(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._answer(response, bent, unlocks=True)

    def answers(self, options: dict[str, Any], *, unlocks: bool = True, **bent: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        self.count += self.counts
        data = self._data(bent, PRESENT | VERIFIED)
        client = self._client("webauthn.get", options, bent)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(client),
            "authenticatorData": text(data),
            "signature": text(bent.get("signature", signed)),
            "userHandle": bent.get("user", self.user),
        }
        return self._answer(response, bent, unlocks=unlocks)

    def _answer(self, response: dict[str, str], bent: dict[str, Any], *, unlocks: bool) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": text(self.credential_id),
            "rawId": text(self.credential_id),
            "type": "public-key",
            "response": response,
        }
        if self.has_prf and unlocks:
            made["unlock"] = bent.get("unlock", self.unlock)
        return made | bent.get("more", {})

    def _client(self, kind: str, options: dict[str, Any], bent: dict[str, Any]) -> bytes:
        told = {
            "type": bent.get("kind", kind),
            "challenge": bent.get("challenge", options["challenge"]),
            "origin": bent.get("origin", ORIGIN),
            "crossOrigin": bent.get("cross_origin", False),
        }
        return json.dumps(told).encode()

    def _data(self, bent: dict[str, Any], flags: int) -> bytes:
        site = hashlib.sha256(bent.get("relying_party", RELYING_PARTY).encode()).digest()
        return site + bytes([bent.get("flags", flags)]) + bent.get("count", self.count).to_bytes(4, "big")
