"""Files that another program made for a key of ours, kept so that we notice if we ever stop opening them."""

from pathlib import Path

import pytest

from envelope import bech32
from envelope.agefile import open_file
from envelope.errors import EnvelopeError, MalformedError
from envelope.identity import Identity
from envelope.recipient import Recipient
from envelope.unseal import unseal
from envelope.wire import Context, Purpose

FOLDER = Path(__file__).parent / "interop"
IDENTITY = Identity.decode((FOLDER / "identity.txt").read_text().strip())


def test_a_file_made_by_the_format_authors_own_library_opens():
    file = (FOLDER / "made-by-age-encryption-0.3.1.age").read_bytes()
    assert open_file(file, IDENTITY.private_key) == b"Made by another program, for a key of ours.\n"


def test_such_a_file_is_not_taken_for_an_envelope():
    file = (FOLDER / "made-by-age-encryption-0.3.1.age").read_bytes()
    with pytest.raises(MalformedError):
        unseal(file, IDENTITY, Context(Purpose.REPORT))


def test_the_recipient_we_compute_is_the_one_the_other_library_computed():
    assert (FOLDER / "recipient.txt").read_text().strip() == IDENTITY.recipient().encode()


def test_the_example_key_of_the_specification_reads():
    text = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    identity = Identity.decode(text)
    assert identity.encode() == text
    assert (
        identity.recipient()
        .encode()
        .startswith("age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqtz")
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text + text[-1],
        lambda text: text[:-1] + ("q" if text[-1].lower() != "q" else "p"),
        lambda text: text.replace("1", "", 1),
        lambda text: "x" + text,
        lambda text: text[:20] + "é" + text[21:],
        lambda text: text[:20] + "b" + text[21:],
        lambda text: text[:30].lower() + text[30:].upper(),
        lambda text: text[:0],
    ],
)
def test_a_mistyped_key_is_refused(spoil):
    for text, kind in ((IDENTITY.recipient().encode(), Recipient), (IDENTITY.encode(), Identity)):
        with pytest.raises(EnvelopeError):
            kind.decode(spoil(text))


def test_keys_are_read_in_either_case():
    assert Recipient.decode(IDENTITY.recipient().encode().upper()) == IDENTITY.recipient()
    assert Identity.decode(IDENTITY.encode().lower()) == IDENTITY


@pytest.mark.parametrize("spoil_end", [lambda values: [*values[:-1], values[-1] | 1], lambda values: [*values, 0]])
def test_a_key_has_one_spelling_even_with_a_right_checksum(spoil_end):
    """The bits that fill the last character are zero, and there is no character too many."""
    values = spoil_end(bech32._regroup(IDENTITY.recipient().public_key, 8, 5, pad=True))
    residue = bech32._polymod([*bech32._expand("age1pq"), *values, *([0] * 6)]) ^ 1
    values += [(residue >> 5 * (5 - place)) & 31 for place in range(6)]
    with pytest.raises(MalformedError, match="does not end where it should"):
        Recipient.decode("age1pq1" + "".join(bech32._ALPHABET[value] for value in values))
