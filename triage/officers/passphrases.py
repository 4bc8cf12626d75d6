"""What a passphrase must be, what guessing one costs, and a suggestion for who cannot think of one."""

import re
import secrets

from config import TriageSettings
from envelope.vault import KdfCost
from envelope.words import list_of_words
from triage.officers.breached.guessing import BITS_LEAST, bits_of
from triage.officers.errors import PassphraseError

PASSPHRASE_LEAST = 14
PASSPHRASE_MOST = 1000
DIFFERENT_LEAST = 6
# A shorter name stands in many words by chance (“jo” in “banjo”): it is refused as a word by itself.
NAME_ANYWHERE_FROM = 5
# Six words of the EFF's long list are 77 bits, more than anybody guesses through Argon2id.
SUGGESTED_WORDS = 6


def kdf_cost(settings: TriageSettings) -> KdfCost:
    """What Argon2id spends on one guess here."""
    return KdfCost(memory_kib=settings.argon2_memory_kib, iterations=settings.argon2_iterations, lanes=4)


def check_passphrase(passphrase: str, sign_in_name: str) -> None:
    """Refuse what is short, holds the name, or is made of what many people use (NIST SP 800-63B §3.1.1.2).

    Raises:
        PassphraseError: with the sentence to show.
    """
    if len(passphrase) < PASSPHRASE_LEAST:
        raise PassphraseError(f"Use a passphrase of {PASSPHRASE_LEAST} characters or more, such as four random words.")
    if len(passphrase) > PASSPHRASE_MOST:
        raise PassphraseError(f"Use a passphrase of at most {PASSPHRASE_MOST:,} characters.")
    if _holds(passphrase.casefold(), " ".join(sign_in_name.casefold().split())):
        raise PassphraseError("Use a passphrase that does not hold your sign-in name.")
    if len(set(passphrase)) < DIFFERENT_LEAST:
        raise PassphraseError("Use a passphrase of more than a few different characters, such as four random words.")
    if bits_of(passphrase) < BITS_LEAST:
        raise PassphraseError(
            "Use a passphrase that others do not use: this one is made of passwords that are in lists of stolen ones, "
            "of repetitions or of rows of keys. Four random words are better."
        )


def suggest_passphrase(sign_in_name: str) -> str:
    """Six random words that are taken of whoever signs in by that name: handed over once, changed at first sign-in."""
    words = list_of_words()
    while True:
        suggested = " ".join(secrets.choice(words) for _ in range(SUGGESTED_WORDS))
        try:
            check_passphrase(suggested, sign_in_name)
        except PassphraseError:
            continue  # a word in thousands holds a name: six others are drawn
        return suggested


def _holds(passphrase: str, name: str) -> bool:
    if len(name) >= NAME_ANYWHERE_FROM:
        return name in passphrase
    return bool(name) and re.search(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", passphrase) is not None
