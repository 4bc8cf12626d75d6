"""The age v1 file with `mlkem768x25519` stanzas: written plainly, read strictly; used inside this package alone.

    age-encryption.org/v1
    -> mlkem768x25519 <encapsulated key, 1,120 bytes as 1,494 characters of base64>
    <file key sealed, 32 bytes as 43 characters>
    --- <HMAC-SHA256 of all above, 43 characters>
    payload (envelope/stream.py)

Source: C2SP age.md, "Encrypted file format" and "The MLKEM768-X25519 … recipient type".
"""

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from secrets import token_bytes

from envelope.errors import MalformedError, NotForUsError, TamperedError
from envelope.stream import FILE_KEY_LENGTH, open_payload, payload_length, seal_payload
from envelope.suite import (
    ENCAPSULATED_LENGTH,
    TAG_LENGTH,
    PrivateKey,
    PublicKey,
    hkdf,
    hybrid_open,
    hybrid_seal,
)

VERSION_LINE = b"age-encryption.org/v1\n"
STANZA_TYPE = b"mlkem768x25519"
WRAP_INFO = b"age-encryption.org/mlkem768x25519"

_BODY_COLUMNS = 64
_MAC_CHARACTERS = 43
_WRAPPED_LENGTH = FILE_KEY_LENGTH + TAG_LENGTH
_ARGUMENT = re.compile(rb"[!-~]+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")


@dataclass(frozen=True)
class Stanza:
    """One recipient stanza: its arguments as written, and its body decoded."""

    arguments: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """A header that parsed. `covered` is what the MAC is over; `length` is where the payload begins."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    length: int


def seal_file(plaintext: bytes, public_key: PublicKey) -> bytes:
    """A whole age file for one recipient, with a fresh file key."""
    file_key = token_bytes(FILE_KEY_LENGTH)
    stanza = wrap_file_key(file_key, public_key)
    return write_header(file_key, [stanza]) + seal_payload(file_key, plaintext)


def open_file(file: bytes, private_key: PrivateKey) -> bytes:
    """The plaintext, all of it or none; raises MalformedError, NotForUsError or TamperedError."""
    header = read_header(file)
    file_key = unwrap_file_key(header, private_key)
    check_mac(header, file_key)
    return open_payload(file_key, file[header.length :])


def sealed_length(plaintext_length: int) -> int:
    """How long the age file of so many bytes of plaintext is, to the byte."""
    stanza = len(b"-> ") + len(STANZA_TYPE) + 1 + 1494 + 1 + 43 + 1
    return len(VERSION_LINE) + stanza + len(b"--- ") + _MAC_CHARACTERS + 1 + payload_length(plaintext_length)


def wrap_file_key(file_key: bytes, public_key: PublicKey) -> Stanza:
    """Seal a file key to one recipient."""
    sealed = hybrid_seal(public_key, file_key, WRAP_INFO)
    encapsulated = _encode(sealed[:ENCAPSULATED_LENGTH])
    return Stanza((STANZA_TYPE, encapsulated), sealed[ENCAPSULATED_LENGTH:])


def unwrap_file_key(header: Header, private_key: PrivateKey) -> bytes:
    """The file key from whichever of our stanzas opens. Other types are skipped; ours must be well formed."""
    ours = [stanza for stanza in header.stanzas if stanza.arguments[0] == STANZA_TYPE]
    sealed_keys = [_sealed_file_key(stanza) for stanza in ours]
    for sealed in sealed_keys:
        try:
            return hybrid_open(private_key, sealed, WRAP_INFO)
        except NotForUsError:
            continue
    raise NotForUsError("No stanza of this envelope opens with this identity")


def write_header(file_key: bytes, stanzas: list[Stanza]) -> bytes:
    """Version line, stanzas and MAC line."""
    lines = [VERSION_LINE]
    for stanza in stanzas:
        lines.append(b"-> " + b" ".join(stanza.arguments) + b"\n")
        body = _encode(stanza.body)
        # The last line is always shorter than the others, so it is empty when the body fills its lines exactly.
        for start in range(0, len(body) + 1, _BODY_COLUMNS):
            lines.append(body[start : start + _BODY_COLUMNS] + b"\n")  # noqa: PERF401 - reads better so
    covered = b"".join([*lines, b"---"])
    return covered + b" " + _encode(_mac(file_key, covered)) + b"\n"


def read_header(file: bytes) -> Header:
    """Parse a header by its grammar and nothing looser; raises MalformedError."""
    if not file.startswith(VERSION_LINE):
        raise MalformedError("Not an age v1 file")
    position = len(VERSION_LINE)
    stanzas = []
    while file.startswith(b"->", position):
        stanza, position = _read_stanza(file, position)
        stanzas.append(stanza)
    if not stanzas:
        raise MalformedError("The header names no recipient")
    line, end = _read_line(file, position)
    if not line.startswith(b"--- "):
        raise MalformedError("The header does not end with its MAC")
    if len(line) != len(b"--- ") + _MAC_CHARACTERS:
        raise MalformedError("The header's MAC has the wrong length")
    return Header(tuple(stanzas), file[: position + 3], _decode(line[4:]), end)


def check_mac(header: Header, file_key: bytes) -> None:
    """Raise TamperedError unless the header is as its writer left it."""
    if not hmac.compare_digest(header.mac, _mac(file_key, header.covered)):
        raise TamperedError("The header was changed")


def _read_stanza(file: bytes, position: int) -> tuple[Stanza, int]:
    line, position = _read_line(file, position)
    if not line.startswith(b"-> "):
        raise MalformedError("A recipient stanza does not begin as it should")
    arguments = tuple(line[3:].split(b" "))
    if not all(_ARGUMENT.fullmatch(argument) for argument in arguments):
        raise MalformedError("A recipient stanza has an argument that is empty or not plain ASCII")
    body = []
    while True:
        line, position = _read_line(file, position)
        if len(line) > _BODY_COLUMNS:
            raise MalformedError("A recipient stanza has a line longer than 64 columns")
        body.append(line)
        if len(line) < _BODY_COLUMNS:
            return Stanza(arguments, _decode(b"".join(body))), position


def _read_line(file: bytes, position: int) -> tuple[bytes, int]:
    end = file.find(b"\n", position)
    if end < 0:
        raise MalformedError("The header is cut")
    return file[position:end], end + 1


def _sealed_file_key(stanza: Stanza) -> bytes:
    if len(stanza.arguments) != 2:
        raise MalformedError("A recipient stanza has the wrong number of arguments")
    encapsulated = _decode(stanza.arguments[1])
    # Lengths are checked before any key is tried, so that one ciphertext cannot ask about many keys.
    if len(encapsulated) != ENCAPSULATED_LENGTH or len(stanza.body) != _WRAPPED_LENGTH:
        raise MalformedError("A recipient stanza has the wrong length")
    return encapsulated + stanza.body


def _mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(hkdf(file_key, info=b"header"), covered, hashlib.sha256)


def _encode(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Unpadded base64, in its one canonical spelling (RFC 4648 §3.5)."""
    if not _BASE64.fullmatch(text) or len(text) % 4 == 1:
        raise MalformedError("The header holds something that is not base64")
    data = b64decode(text + b"=" * (-len(text) % 4))
    if _encode(data) != text:
        raise MalformedError("The header holds base64 in a spelling that is not canonical")
    return data
