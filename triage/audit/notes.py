"""Checkpoints for witnesses, as the signed notes that other logs use too: C2SP `tlog-checkpoint` and `tlog-witness`.

quietword/audit/1f0a…          the log: this, and the key that signs, never change
4711                           how many lines
q2ooKc9Z…=                     the root over them, RFC 6962
verified 2026-11-22            only where somebody had checked every line up to here

— quietword/audit/1f0a… mF3kQ…=
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from envelope.errors import EnvelopeError
from envelope.signing import SIGNATURE_LENGTH, SigningKey, VerifyingKey
from triage.audit.checkpoints import Checkpoint
from triage.audit.merkle import HASH_BYTES
from triage.audit.proofs import only_grew
from triage.errors import TriageError

DASH = "\N{EM DASH} "
_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_VERIFIED = "verified "
_OLD = "old "


class NoteError(TriageError):
    """What a witness kept, or was handed, is not what this log signed."""


@dataclass(frozen=True)
class Note:
    """A checkpoint as a witness keeps it; `text` is the whole of it, signature included."""

    checkpoint: Checkpoint
    verified_on: date | None
    text: str = field(repr=False)


def name_of(key: VerifyingKey) -> str:
    """What the log is called: the same as long as its system key is."""
    return f"quietword/audit/{hashlib.sha256(key.public_key).hexdigest()[:16]}"


def sign_note(checkpoint: Checkpoint, key: SigningKey, *, verified_on: date | None = None) -> Note:
    """Sign one."""
    name, lines = name_of(key.verifying_key), [str(checkpoint.size), _in_base64(checkpoint.root)]
    if verified_on is not None:
        lines.append(_VERIFIED + verified_on.isoformat())
    body = "".join(f"{line}\n" for line in (name, *lines))
    signature = _key_id(name, key.verifying_key) + key.sign(body.encode())
    return Note(checkpoint, verified_on, f"{body}\n{DASH}{name} {_in_base64(signature)}\n")


def read_note(text: str, key: VerifyingKey) -> Note:
    """Read one note strictly.

    Raises:
        NoteError: it is something else, of another log, or not signed by `key`.
    """
    body, blank, signed = text.partition("\n\n")
    body += "\n"
    lines = body.splitlines()
    name = name_of(key)
    if not blank or not lines or lines[0] != name:
        raise NoteError("A checkpoint is of another log, or is not whole.")
    signature = _signature(signed, name, key)
    try:
        key.verify(body.encode(), signature)
        _, size, root, *more = lines
        verified = [date.fromisoformat(one.removeprefix(_VERIFIED)) for one in more if one.startswith(_VERIFIED)]
        checkpoint = Checkpoint(int(size), base64.b64decode(root, validate=True))
    except (EnvelopeError, ValueError, binascii.Error):
        raise NoteError("A checkpoint is not signed by this log's system key.") from None
    if checkpoint.size < 0 or len(checkpoint.root) != HASH_BYTES or len(more) != len(verified):
        raise NoteError("A checkpoint says what no checkpoint of ours says.")
    return Note(checkpoint, verified[-1] if verified else None, text)


def read_notes(text: str, key: VerifyingKey) -> tuple[Note, ...]:
    """Every note of a witness's file, in order.

    Raises:
        NoteError: one of them is not this log's, or they do not grow.
    """
    notes: list[Note] = []
    lines: list[str] = []
    for line in text.splitlines():
        if line or lines:
            lines.append(line)
        if line.startswith(DASH):
            notes.append(read_note("\n".join(lines) + "\n", key))
            lines = []
    if lines:
        raise NoteError("The witness's file ends in the middle of a checkpoint.")
    for before, after in pairwise(note.checkpoint for note in notes):
        if after.size < before.size:
            raise NoteError(f"The witness was given {after.size:,} lines after {before.size:,}: the log was cut short.")
        if after.size == before.size and after.root != before.root:
            raise NoteError(f"The witness was given two logs of {after.size:,} lines: the log was written anew.")
    return tuple(notes)


def to_witness(note: Note, old: int, proof: Sequence[bytes]) -> str:
    """What a witness is handed: how far its last checkpoint was, why this one follows from it, and this one."""
    hashes = "".join(f"{_in_base64(one)}\n" for one in proof)
    return f"{_OLD}{old}\n{hashes}\n{note.text}"


def from_log(text: str, key: VerifyingKey, kept: Sequence[Note]) -> Note:
    """What a witness takes in after what it has `kept`: it believes no log, only that this one still begins as it did.

    Raises:
        NoteError: it does not, or what was handed over is something else.
    """
    head, _, rest = text.partition("\n\n")
    first, *hashes = head.splitlines() or [""]
    note = read_note(rest, key)
    try:
        old = int(first.removeprefix(_OLD)) if first.startswith(_OLD) else -1
        proof = [base64.b64decode(one, validate=True) for one in hashes]
    except (ValueError, binascii.Error):
        raise NoteError("What was handed over is not a checkpoint with its proof.") from None
    last = kept[-1].checkpoint if kept else Checkpoint(0, b"")
    if old != last.size:
        raise NoteError(f"The last checkpoint here is of {last.size:,} lines: ask for a proof from there on.")
    if last.size and not only_grew(last.size, last.root, note.checkpoint.size, note.checkpoint.root, proof):
        raise NoteError(
            f"The log does not begin with the {last.size:,} lines witnessed before: it was cut short or written anew."
        )
    return note


def _signature(signed: str, name: str, key: VerifyingKey) -> bytes:
    try:
        dash, signer, encoded = signed.removesuffix("\n").split(" ")
        found = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise NoteError("A checkpoint has no signature that can be read.") from None
    whole = dash == DASH.strip() and signer == name and len(found) == _KEY_ID_BYTES + SIGNATURE_LENGTH
    if not whole or found[:_KEY_ID_BYTES] != _key_id(name, key):
        raise NoteError("A checkpoint is signed by another key than this log's.")
    return found[_KEY_ID_BYTES:]


def _key_id(name: str, key: VerifyingKey) -> bytes:
    """C2SP `signed-note`: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key)."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.public_key).digest()[:_KEY_ID_BYTES]


def _in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
