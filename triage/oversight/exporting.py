"""What an auditor takes away: the lines as CSV, the proof that they are in the log, and who signed for that.

The file is a zip of four: `audit-log.csv`; `proofs.json`, in which every line stands as it is hashed, with the hashes
that lead from it to a signed root; `statement.txt`, who took what away; and its Ed25519 signature in base64. Whose key
that is stands in the log too, so the system's key is all that a reader need know.
"""

import base64
import binascii
import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from store.batches import batches
from triage.audit.binding import Binding
from triage.audit.checking import content_of, is_signed, leaf_query
from triage.audit.merkle import leaf_hash
from triage.audit.models import AuditLeafRow
from triage.audit.notes import Note, NoteError, read_note
from triage.audit.proofs import includes, inclusion
from triage.audit.service import LeafContent
from triage.audit.tree import Tree
from triage.database import CaseSession
from triage.errors import TriageError
from triage.officers.officer import Officer

CSV, PROOFS, STATEMENT, SIGNATURE = "audit-log.csv", "proofs.json", "statement.txt", "statement.sig"
NAMES = (CSV, PROOFS, STATEMENT, SIGNATURE)
STATEMENT_LABEL = "quietword audit export v1"
# Each line brings about 700 bytes of proof; more than this belongs in two exports.
LINES_MOST = 20_000
FILE_MOST = 256 * 1024 * 1024
WHEN = (1980, 1, 1, 0, 0, 0)  # in every zip, so that two exports of one log are the same bytes


class ExportError(TriageError):
    """An export that cannot be made, or is not as it was made."""


@dataclass(frozen=True)
class Checked:
    """What an export turned out to hold."""

    lines: int
    size: int
    signed_by: UUID


def prove(session: CaseSession, lines: Sequence[int], note: Note) -> str:
    """Lines as they are hashed, and the hashes from each to the root of `note`, as JSON.

    Raises:
        ExportError: one of them is not under that root.
    """
    size, tree, nodes = note.checkpoint.size, Tree(session), dict[str, str]()

    def keeping(begin: int, end: int) -> bytes:
        found = tree.root_of(begin, end)
        nodes[f"{begin}-{end}"] = _in_base64(found)
        return found

    told = []
    for some in batches(sorted(set(lines))):
        query = leaf_query().where(AuditLeafRow.sequence.in_(some)).order_by(AuditLeafRow.sequence)
        for row in session.execute(query).all():
            if row.sequence >= size:
                raise ExportError(f"Line {row.sequence:,} is not under that checkpoint.")
            inclusion(row.sequence, size, keeping)
            told.append({"line": row.sequence, "leaf": _in_base64(content_of(row).to_bytes())})
    if len(told) != len(set(lines)):
        raise ExportError("One of these lines is not in the log.")
    return json.dumps({"checkpoint": note.text, "lines": told, "nodes": nodes}, indent=1) + "\n"


def signed_export(session: CaseSession, csv: str, lines: Sequence[int], note: Note, *, by: Officer) -> bytes:
    """The zip.

    Raises:
        ExportError: too many lines, or the log does not say yet whose key the auditor's is.
    """
    if len(lines) > LINES_MOST:
        raise ExportError(f"That is more than {LINES_MOST:,} lines. Choose fewer days, one person or one act.")
    own = _own_binding(session, by)
    proofs = prove(session, [*lines, own], note)
    statement = "\n".join(
        (
            STATEMENT_LABEL,
            f"by {by.id}",
            f"whose key line {own} names",
            f"lines {len(lines)}",
            f"{CSV} sha256 {_sha256(csv.encode())}",
            f"{PROOFS} sha256 {_sha256(proofs.encode())}",
            "",
        )
    )
    signature = _in_base64(by.signing_key.sign(statement.encode())) + "\n"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in zip(NAMES, (csv, proofs, statement, signature), strict=True):
            file.writestr(zipfile.ZipInfo(name, WHEN), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def check_export(path: Path, key: VerifyingKey) -> Checked:
    """Check an export against the system's key alone.

    Raises:
        ExportError: a byte of it was changed, or it is of another log.
    """
    try:
        with zipfile.ZipFile(path) as file:
            if tuple(sorted(file.namelist())) != tuple(sorted(NAMES)):
                raise ExportError("That is not an export of the audit log: it holds other files.")
            if sum(one.file_size for one in file.infolist()) > FILE_MOST:
                raise ExportError("That is larger than any export of ours.")
            csv, proofs, statement, signature = (file.read(name) for name in NAMES)
        label, by, line, count, csv_told, proofs_told = statement.decode().splitlines()
        if (label, csv_told, proofs_told) != (
            STATEMENT_LABEL,
            f"{CSV} sha256 {_sha256(csv)}",
            f"{PROOFS} sha256 {_sha256(proofs)}",
        ):
            raise ExportError("A file in it is not the one that was signed for.")
        signer, own = UUID(by.removeprefix("by ")), int(line.split()[3])
        note, leaves = _proven(json.loads(proofs), key)
        binding = _binding_in(leaves[own])
        signed = binding is not None and binding.officer_id == signer
        if (
            not signed
            or binding is None
            or not is_signed(
                VerifyingKey(binding.key), statement, base64.b64decode(signature.removesuffix(b"\n"), validate=True)
            )
        ):
            raise ExportError("It is not signed by whom it names.")
        return Checked(int(count.removeprefix("lines ")), note.checkpoint.size, signer)
    except (KeyError, ValueError, TypeError, IndexError, binascii.Error, zipfile.BadZipFile, EnvelopeError):
        raise ExportError("That is not an export of the audit log, or it was changed.") from None
    except NoteError as error:
        raise ExportError(str(error)) from None


def _proven(told: dict[str, object], key: VerifyingKey) -> tuple[Note, dict[int, bytes]]:
    """Every line of it as it is hashed, once it is shown to be under the signed root."""
    text, lines, nodes = told["checkpoint"], told["lines"], told["nodes"]
    if not isinstance(text, str) or not isinstance(lines, list) or not isinstance(nodes, dict):
        raise ExportError("That is not an export of the audit log, or it was changed.")
    note = read_note(text, key)
    size, root, leaves = note.checkpoint.size, note.checkpoint.root, dict[int, bytes]()
    for one in lines:
        line, leaf = int(one["line"]), base64.b64decode(one["leaf"], validate=True)
        path = inclusion(line, size, lambda begin, end: base64.b64decode(nodes[f"{begin}-{end}"], validate=True))
        if LeafContent.number_in(leaf) != line or not includes(leaf_hash(leaf), line, size, path, root):
            raise ExportError(f"Line {line:,} is not in the log that was signed.")
        leaves[line] = leaf
    return note, leaves


def _own_binding(session: Session, by: Officer) -> int:
    query = select(AuditLeafRow.sequence, AuditLeafRow.binding).where(AuditLeafRow.binding.is_not(None))
    own = by.signing_key.verifying_key.public_key
    for sequence, data in session.execute(query.order_by(AuditLeafRow.sequence.desc())):
        binding = Binding.from_bytes(bytes(data or b""))
        if (binding.officer_id, binding.key) == (by.id, own):
            return int(sequence)
    raise ExportError("The log does not say yet whose key is whose. Ask for `quietword audit bind` to be run once.")


def _binding_in(leaf: bytes) -> Binding | None:
    data = LeafContent.binding_in(leaf)
    return None if data is None else Binding.from_bytes(data)


def _in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
