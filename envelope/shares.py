"""A seed split among people, of whom a few together make it whole: SLIP-39, in words. Inside the wall only.

Source: SLIP-0039, "Shamir's Secret-Sharing for Mnemonic Codes"; one group, no passphrase, iteration exponent 1 (the
secret is 32 random bytes, so that stretching adds nothing).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from envelope.errors import EnvelopeError

WORDS_A_SHARE = 33
FEWEST_TOGETHER = 2
MOST_SHARES = 16
# Any list word is told from every other by its first four letters (SLIP-39, "Wordlist").
TELLING_LETTERS = 4
_BY_BEGINNING = {word[:TELLING_LETTERS]: word for word in WORDLIST}


class ShareError(EnvelopeError):
    """A share that cannot be read, or that is not of this set; the message is the sentence its holder reads."""


@dataclass(frozen=True)
class ReadShare:
    """One share that was read whole: which of its set it is (from 1), and how many of the set must come together."""

    words: str = field(repr=False)
    set_number: int
    number: int
    together: int


def split_seed(seed: bytes, *, shares: int, together: int) -> tuple[str, ...]:
    """`shares` lines of 33 words, any `together` of which make the seed whole; fewer say nothing of it.

    Raises:
        ShareError: one person alone would be enough, or more are needed than there are.
    """
    if not FEWEST_TOGETHER <= together <= shares <= MOST_SHARES:
        raise ShareError(
            f"Choose from {FEWEST_TOGETHER} to {MOST_SHARES} shares, and at least {FEWEST_TOGETHER} people who must "
            "come together: with one alone, one person could open everything."
        )
    [group] = generate_mnemonics(1, [(together, shares)], seed, iteration_exponent=1)
    return tuple(group)


def read_share(typed: str) -> ReadShare:
    """One share as its holder types it: case and spaces do not matter, and four letters of a word are enough.

    Raises:
        ShareError: a word is not of the list (which one is said), some are missing, or the check does not fit.
    """
    words = []
    for place, piece in enumerate(typed.split(), start=1):
        word = _BY_BEGINNING.get(piece.casefold()[:TELLING_LETTERS])
        if word is None or not word.startswith(piece.casefold()):
            raise ShareError(f"Word {place} is “{piece}”, which no share holds: read that word again.")
        words.append(word)
    if len(words) != WORDS_A_SHARE:
        raise ShareError(f"A share has {WORDS_A_SHARE} words, and {len(words)} were typed: read it again.")
    line = " ".join(words)
    try:
        share = Share.from_mnemonic(line)
    except MnemonicError:
        raise ShareError("These words do not belong together: one of them is wrong, or two are swapped.") from None
    if share.group_count != 1:
        raise ShareError("This share is not of a set that Quiet Word makes.")
    return ReadShare(line, share.identifier, share.index + 1, share.member_threshold)


def join_shares(shares: Sequence[ReadShare]) -> bytes:
    """The seed, from as many shares of one set as it takes.

    Raises:
        ShareError: they are of different sets, one is there twice, there are too few, or one was forged.
    """
    if len({one.set_number for one in shares}) > 1:
        raise ShareError("These shares are not all of one set: perhaps one is from before the last split.")
    if len({one.number for one in shares}) != len(shares):
        raise ShareError("One share was given twice: each must be another person's.")
    if not shares or len(shares) < shares[0].together:
        raise ShareError("There are too few shares to make the key whole.")
    try:
        seed: bytes = combine_mnemonics([one.words for one in shares[: shares[0].together]])
    except MnemonicError:
        raise ShareError("These shares do not make a key together: one of them is not what was handed out.") from None
    return seed
