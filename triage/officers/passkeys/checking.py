"""What an authenticator says, checked with `webauthn` against our address, our challenge and the key we know."""

from dataclasses import dataclass

from config import TriageSettings
from triage.officers.passkeys.answers import Answer
from triage.officers.passkeys.errors import PasskeyRefusedError

# What a broken or hostile answer makes the library and what it stands on raise, besides its own errors.
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
SIGN_COUNT_MOST = 2**32


@dataclass(frozen=True)
class NewPasskey:
    """An authenticator that has just made a key pair for us."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def check_new(answer: Answer, settings: TriageSettings) -> NewPasskey:
    """Check that a new key was made for this site, on our challenge, by a person who was verified.

    Raises:
        PasskeyRefusedError: it was not.
    """
    # Imported where it is used: it takes a fifth of a second, and most processes and commands never need it.
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    origin, relying_party = _site(answer, settings)
    try:
        verified = verify_registration_response(
            credential=answer.credential,
            expected_challenge=answer.challenge,
            expected_rp_id=relying_party,
            expected_origin=origin,
            require_user_verification=True,
        )
    except (WebAuthnException, *BROKEN):
        raise PasskeyRefusedError from None
    return NewPasskey(verified.credential_id, verified.credential_public_key, verified.sign_count)


def check_known(answer: Answer, settings: TriageSettings, public_key: bytes, sign_count: int, owner: bytes) -> int:
    """Check an answer against the key we know; gives the new sign count.

    Raises:
        PasskeyRefusedError: another site, challenge, key or owner; nobody was verified; or the count did not go up,
            which is how a copied authenticator shows (WebAuthn level 3, §6.1.1).
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    origin, relying_party = _site(answer, settings)
    try:
        verified = verify_authentication_response(
            credential=answer.credential,
            expected_challenge=answer.challenge,
            expected_rp_id=relying_party,
            expected_origin=origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
        handle = answer.credential["response"].get("userHandle")
    except (WebAuthnException, *BROKEN):
        raise PasskeyRefusedError from None
    if handle is not None and handle != owner_handle(owner):
        raise PasskeyRefusedError
    return verified.new_sign_count


def owner_handle(owner: bytes) -> str:
    """An officer's id as authenticators keep it and give it back: random, and nobody's name."""
    from webauthn.helpers import bytes_to_base64url

    return bytes_to_base64url(owner)


def _site(answer: Answer, settings: TriageSettings) -> tuple[str, str]:
    """The one origin and relying party that count here; none does in a frame of another site."""
    if settings.origin is None or settings.relying_party is None or answer.is_cross_origin:
        raise PasskeyRefusedError
    return settings.origin, settings.relying_party
