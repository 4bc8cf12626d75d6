"""A bulk export: every text of some days that two officers agreed may leave, of the compartments that whoever carries
it out holds, and never a word of a report.

What leaves carries its own id, grade and handling and the day it was agreed. The report's id, its sender's words, its
files and its mailbox stay: a receiver who loses the file loses nothing that points back (promise 13).
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from envelope.archive import seal_stream
from envelope.errors import EnvelopeError
from envelope.recipient import Recipient
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import TriageError
from triage.grading.rules import grade_to_body
from triage.intake.errors import QuarantinedError
from triage.intake.models import ReportRow
from triage.intake.shut_files import require_not_quarantined
from triage.officers.officer import Officer
from triage.operations.rules import Operation
from triage.operations.service import carry_out, propose
from triage.sanitising.models import DraftRow
from triage.sanitising.service import draft_of

SIGNED_LABEL = b"quietword export v1\n"
MOST_TEXTS = 5_000
# Of a grade its codes and instructions; what officers wrote about the source and the risk stays.
_CODES = frozenset({"source", "intelligence", "handling", "action", "sanction", "instructions"})


class ExportError(TriageError):
    """It cannot leave as it was asked for; the message is the sentence that the page shows."""


@dataclass(frozen=True)
class Exported:
    """The sealed file, how many texts are in it, and how many stayed because of a file in quarantine."""

    file: bytes
    texts: int
    kept_back: int


def recipient_of(text: str) -> Recipient:
    """Whom it is sealed to: the public key of any age tool of today, `age1pq1…`.

    Raises:
        ExportError: it is not one.
    """
    try:
        return Recipient.decode("".join(text.split()))
    except EnvelopeError:
        raise ExportError("Paste the whole age public key of the receiver, which begins with age1pq1.") from None


def fingerprint_of(recipient: Recipient) -> str:
    """What both officers and the receiver read to one another: the whole SHA-256 of the key in hexadecimal."""
    return hashlib.sha256(recipient.public_key).hexdigest()


def propose_export(
    session: CaseSession, recipient: Recipient, since: date, until: date, *, reason: str, by: Officer
) -> UUID:
    """Put an export forward, for another person to approve: to whom, of which days (both included), and why.

    Raises:
        ExportError: the days are the wrong way round, or no text was agreed in them.
    """
    if since > until:
        raise ExportError("The first day must not be after the last.")
    if not _agreed(session, since, until, by=by):
        raise ExportError("No text was agreed in these days.")
    asked = {"since": since.isoformat(), "until": until.isoformat(), "sealed_to": fingerprint_of(recipient)}
    return propose(session, Operation.BULK_EXPORT, subject=None, parameters=asked, reason=reason, by=by)


def export(session: CaseSession, operation_id: UUID, recipient: Recipient, *, by: Officer) -> Exported:
    """Carry out an approved export, once; the file is signed by the officer and sealed to the receiver.

    Raises:
        ExportError: this is not the key that was approved, or there are more texts than a person could answer for.
    """
    approved = carry_out(session, operation_id, Operation.BULK_EXPORT, by=by)
    if approved.parameters["sealed_to"] != fingerprint_of(recipient):
        raise ExportError("This is another key than the one that was approved.")
    since, until = (date.fromisoformat(str(approved.parameters[name])) for name in ("since", "until"))
    rows = _agreed(session, since, until, by=by)
    if len(rows) > MOST_TEXTS:
        raise ExportError(f"These days have more than {MOST_TEXTS:,} texts. Export fewer days at a time.")
    lines, kept_back = [], 0
    for row in rows:
        try:
            require_not_quarantined(session, row.report_id)
        except QuarantinedError:
            kept_back += 1
            continue
        lines.append(_line(session, row, by=by))
        record(session, Act.EXPORTED_CASES, row.report_id, by=by, reason=approved.reason, to=operation_id)
    record(session, Act.EXPORTED, operation_id, by=by, reason=approved.reason, count=len(lines))
    body = b"".join(lines)
    return Exported(b"".join(seal_stream(_signed(body, by), recipient)), len(lines), kept_back)


def _agreed(session: CaseSession, since: date, until: date, *, by: Officer) -> list[DraftRow]:
    """Those of the compartments that `by` holds: of another nothing is exported, counted or told."""
    held = select(ReportRow.id).where(ReportRow.compartment_id.in_(by.keys.held(session)))
    query = select(DraftRow).where(
        DraftRow.state == "agreed",
        DraftRow.reviewed_on >= since,
        DraftRow.reviewed_on <= until,
        DraftRow.report_id.in_(held),
    )
    return list(session.scalars(query.order_by(DraftRow.reviewed_on, DraftRow.id).limit(MOST_TEXTS + 1)))


def _line(session: CaseSession, row: DraftRow, *, by: Officer) -> bytes:
    draft = draft_of(session, row.id, by=by)
    if not draft.is_agreed or draft.reviewed_by in {None, draft.drafted_by}:
        raise ExportError("A text was not agreed by a second officer, so nothing was exported.")
    told = {
        "text_id": str(row.id),
        "agreed_on": row.reviewed_on.isoformat() if row.reviewed_on else "",
        "grade": {name: value for name, value in grade_to_body(draft.content.grade).items() if name in _CODES},
        "text": draft.content.text,
        "do_not": list(draft.content.do_not),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _signed(body: bytes, by: Officer) -> Iterator[bytes]:
    """The lines, and then one that signs all of them."""
    yield body
    signature = by.signing_key.sign(SIGNED_LABEL + hashlib.sha256(body).digest())
    foot = {
        "signed_by": str(by.id),
        "signature": base64.b64encode(signature).decode("ascii"),
        "verifies_with": base64.b64encode(by.signing_key.verifying_key.public_key).decode("ascii"),
    }
    yield json.dumps(foot, sort_keys=True).encode() + b"\n"
