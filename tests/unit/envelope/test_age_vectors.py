"""The age format's own public test vectors: what a strict reader must open, and what it must refuse."""

import contextlib
import hashlib
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from envelope.agefile import check_mac, open_file, read_header, write_header
from envelope.errors import EnvelopeError, MalformedError, NotForUsError, TamperedError
from envelope.identity import Identity
from envelope.stream import SEALED_CHUNK_LENGTH, PayloadReader
from envelope.suite import hkdf

FOLDER = Path(__file__).parent / "vectors"
ALL = (FOLDER / "MANIFEST").read_text().split()
HERE = sorted(path.name for path in (FOLDER / "cctv").iterdir())
HYBRID = [name for name in HERE if name.startswith("hybrid")]
GENERIC = [name for name in HERE if not name.startswith("hybrid")]

NOT_OURS = {
    "armor": "we write and read binary files only",
    "scrypt": "we seal to keys, never to a passphrase, in age's format",
    "x25519": "we open no stanza that a quantum computer could",
}
REFUSALS = {
    "header failure": MalformedError,
    "HMAC failure": TamperedError,
    "payload failure": TamperedError,
    "no match": NotForUsError,
}
# This one asks the identity of a type we do not have to refuse a stanza of its type; to us it is one to pass over.
NO_STANZA_OF_OURS = "hybrid_x25519_arg"
# Each of these ends wrongly after a chunk that the reference has shown by then. Ours waits to see what follows a full
# chunk before it gives it out, and so gives less: never other bytes, and never the last ones.
GIVES_LESS = {
    "stream_no_final_full",
    "stream_no_final_two_chunks_full",
    "stream_trailing_garbage_long",
    "stream_trailing_garbage_short",
    "stream_two_final_chunks",
    "stream_two_final_chunks_full",
    "stream_two_final_chunks_second",
}


@dataclass(frozen=True)
class Vector:
    expect: str
    payload: str | None
    file_key: bytes | None
    identities: tuple[str, ...]
    file: bytes


def load(name: str) -> Vector:
    head, _, file = (FOLDER / "cctv" / name).read_bytes().partition(b"\n\n")
    fields = [line.split(": ", 1) for line in head.decode().split("\n")]
    known = dict(fields)
    assert known.keys() <= {"expect", "payload", "identity", "file key", "comment", "compressed"}
    if known.get("compressed") == "zlib":
        file = zlib.decompress(file)
    return Vector(
        known["expect"],
        known.get("payload"),
        bytes.fromhex(known["file key"]) if "file key" in known else None,
        tuple(value for key, value in fields if key == "identity"),
        file,
    )


def test_every_vector_is_run_or_passed_over_for_a_reason_that_is_counted():
    missing = [name for name in ALL if name not in HERE]
    counted = Counter(name.split("_")[0] for name in missing)
    assert len(ALL) == 143
    assert set(HERE) <= set(ALL)
    assert counted.keys() == NOT_OURS.keys()
    assert counted == {"armor": 33, "scrypt": 25, "x25519": 14}
    assert (len(HYBRID), len(GENERIC)) == (18, 53)


@pytest.mark.parametrize("name", HYBRID)
def test_a_hybrid_vector_opens_or_is_refused_as_the_format_says(name):
    vector = load(name)
    identity = next(text for text in vector.identities if text.startswith("AGE-SECRET-KEY-PQ-1"))
    private_key = Identity.decode(identity).private_key
    if vector.expect == "success":
        assert hashlib.sha256(open_file(vector.file, private_key)).hexdigest() == vector.payload
        return
    refusal = NotForUsError if name == NO_STANZA_OF_OURS else REFUSALS[vector.expect]
    with pytest.raises(refusal):
        open_file(vector.file, private_key)


@pytest.mark.parametrize("name", GENERIC)
def test_a_header_or_stream_vector_is_read_as_the_format_says(name):
    """These wrap their file key for a type we do not open, so it is handed over; all else is our own reader."""
    vector = load(name)
    released = bytearray()

    def read() -> None:
        header = read_header(vector.file)
        assert vector.file_key is not None
        check_mac(header, vector.file_key)
        reader = PayloadReader(vector.file_key)
        for start in range(header.length, len(vector.file), 50_000):
            released.extend(reader.feed(vector.file[start : start + 50_000]))
        released.extend(reader.finish())

    if vector.expect == "success":
        read()
    else:
        with pytest.raises(REFUSALS[vector.expect]):
            read()
    if name in GIVES_LESS:
        assert vector.expect == "payload failure"
        assert len(released) < len(_given_by_the_reference(vector))
        assert _given_by_the_reference(vector).startswith(released)
    elif vector.expect in {"success", "payload failure"}:
        assert hashlib.sha256(released).hexdigest() == vector.payload


def _given_by_the_reference(vector: Vector) -> bytes:
    """The whole chunks, each opened as last or not, whose hash is the one the vector names."""
    assert vector.file_key is not None
    payload = vector.file[read_header(vector.file).length :]
    cipher = ChaCha20Poly1305(hkdf(vector.file_key, salt=payload[:16], info=b"payload"))
    given = b""
    for counter, start in enumerate(range(16, len(payload), SEALED_CHUNK_LENGTH)):
        sealed = payload[start : start + SEALED_CHUNK_LENGTH]
        for last in (0, 1):
            with contextlib.suppress(InvalidTag):
                given += cipher.decrypt(counter.to_bytes(11, "big") + bytes([last]), sealed, None)
        if hashlib.sha256(given).hexdigest() == vector.payload:
            return given
    raise AssertionError


@pytest.mark.parametrize("name", HERE)
def test_a_header_that_parses_is_written_again_to_the_byte(name):
    vector = load(name)
    try:
        header = read_header(vector.file)
    except EnvelopeError:
        assert vector.expect in {"header failure", "no match"}
        return
    written = write_header(vector.file_key or bytes(16), list(header.stanzas))
    assert written.startswith(header.covered)
