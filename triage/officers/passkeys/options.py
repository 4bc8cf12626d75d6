"""What a page's script asks an authenticator for, as JSON; every octet string in URL-safe base64 without padding."""

import base64
from datetime import datetime
from typing import Any

from config import TriageSettings
from triage.errors import TriageError
from triage.officers.passkeys.challenges import Purpose, make_challenge
from triage.officers.passkeys.keeping import Passkey, binding_of
from triage.officers.session import SignedIn

# EdDSA, ES256 and RS256 (IANA COSE algorithms): what authenticators make, and `webauthn` checks.
ALGORITHMS = (-8, -7, -257)
SITE_NAME = "Quiet Word triage"
Options = dict[str, Any]  # Any: JSON


class NoPasskeysHereError(TriageError):
    """Passkeys are made for one address, and nobody has said which it is."""

    def __init__(self) -> None:
        super().__init__("There are no passkeys here until QUIETWORD_TRIAGE_ORIGIN says which address officers open.")


def options_to_sign_in(settings: TriageSettings, now: datetime) -> Options:
    """For somebody who has said nothing yet: the authenticator offers what it has for this site."""
    return {**_site(settings), "challenge": _text(make_challenge(settings, Purpose.SIGN_IN, b"", now)), "allow": []}


def options_to_prove(settings: TriageSettings, here: SignedIn, owned: tuple[Passkey, ...], now: datetime) -> Options:
    """For somebody signed in: one of their own."""
    challenge = make_challenge(settings, Purpose.PROVE, binding_of(here), now)
    return {**_site(settings), "challenge": _text(challenge), "allow": [_text(one.credential_id) for one in owned]}


def options_to_add(
    settings: TriageSettings, here: SignedIn, owned: tuple[Passkey, ...], now: datetime, *, sign_in_name: str
) -> Options:
    """For a new one: not on an authenticator that has one of this officer's already.

    The authenticator keeps the officer's random id, and shows the name when it asks which passkey to use.
    """
    challenge = make_challenge(settings, Purpose.ADD, binding_of(here), now)
    return {
        **_site(settings),
        "challenge": _text(challenge),
        "site": SITE_NAME,
        "user": _text(here.officer.id.bytes),
        "name": sign_in_name or "officer",
        "display": here.officer.name,
        "algorithms": list(ALGORITHMS),
        "exclude": [_text(one.credential_id) for one in owned],
    }


def _site(settings: TriageSettings) -> Options:
    if settings.origin is None:
        raise NoPasskeysHereError
    return {"origin": settings.origin, "rpId": settings.relying_party}


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
