"""Whom the audit log believes, and checkpoints taken when people sign in and drops are collected."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from config import TriageSettings
from envelope.signing import SigningKey, VerifyingKey
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.bindings import Trusted, rows_that_differ
from triage.audit.checkpoints import Checkpoint, take_checkpoint
from triage.audit.models import AuditLeafRow
from triage.audit.notes import Note, NoteError, sign_note, to_witness
from triage.audit.proofs import consistency
from triage.audit.service import record
from triage.audit.tree import Tree
from triage.audit.verify import Progress, Verification, verify
from triage.database import CaseSession
from triage.errors import TriageError
from triage.keys.system import SYSTEM_ID, SYSTEM_LABEL, system_actor, system_secret
from triage.officers.models import OfficerRow
from triage.officers.rules import Role

# Whoever adds a person names their first key, and whoever gives somebody their keys back names the new one.
ROLES_THAT_BIND = frozenset({Role.ADMINISTRATOR.value, Role.SUPERVISOR.value})


class AlreadyBoundError(TriageError):
    """Lines that say whose key is whose are believed from the first on: a second beginning would be a way round."""

    def __init__(self) -> None:
        super().__init__("The log says whose key is whose already. Nothing was written.")


def checkpoint(session: CaseSession, settings: TriageSettings) -> Checkpoint:
    """Sign the head of the audit log; call it last in a unit of work."""
    return take_checkpoint(session, system_signing_key(settings))


def note_of(checkpoint: Checkpoint, settings: TriageSettings, *, verified_on: date | None = None) -> Note:
    """A checkpoint as witnesses keep it."""
    return sign_note(checkpoint, system_signing_key(settings), verified_on=verified_on)


def for_witness(session: CaseSession, note: Note, old: int) -> str:
    """A checkpoint with the proof that its log begins with the first `old` lines, for whoever kept those.

    Raises:
        NoteError: the log is shorter than that.
    """
    size = note.checkpoint.size
    if old > size:
        raise NoteError(f"The witness was given {old:,} lines, and {size:,} are left: the log was cut short.")
    return to_witness(note, old, consistency(old, size, Tree(session).root_of) if old else ())


def verify_audit_log(
    session: CaseSession,
    settings: TriageSettings,
    *,
    copies: Sequence[Checkpoint] = (),
    begin: Progress | None = None,
    signed_from: int = 0,
    processes: int = 1,
    tell: Callable[[Progress, int], None] | None = None,
) -> Verification:
    """Check the log, and that everybody's row in the database says the key and the role that the log says.

    Whose key is whose comes from lines of the log, back to this host's own system key. A log that was begun before
    lines said so is checked against the rows, until `bind_everybody` has been run once.
    """
    rows = session.scalars(select(OfficerRow)).all()
    trusted = Trusted(
        SYSTEM_ID,
        system_signing_key(settings).verifying_key,
        ROLES_THAT_BIND,
        tuple(binding for row in rows for binding in _as_the_row_says(row)),
    )
    found = verify(
        session,
        trusted=trusted,
        copies=copies,
        begin=begin,
        signed_from=signed_from,
        processes=processes,
        tell=tell,
    )
    assert found.known is not None  # noqa: S101  it has just been read
    if found.lines and found.says_whose_key:
        now = [Binding(row.id, bytes(row.verifying_key), row.role) for row in rows]
        found = found.with_more(rows_that_differ(now, found.known.bound))
    return found


def bind_everybody(session: CaseSession, settings: TriageSettings) -> int:
    """For a log begun before lines said whose key is whose: say it once of everybody; gives how many there were.

    It takes the database's word, as `verify` did until then; from here on it takes it no more.

    Raises:
        AlreadyBoundError: some line says it already.
    """
    said = select(AuditLeafRow.sequence).where(AuditLeafRow.binding.is_not(None)).limit(1)
    if session.scalars(said).first() is not None:
        raise AlreadyBoundError
    rows = session.scalars(select(OfficerRow).order_by(OfficerRow.id)).all()
    system = system_actor(session, settings)
    for row in rows:
        for binding in _as_the_row_says(row):
            record(session, Act.KEY_BOUND, row.id, by=system, binds=binding)
    return len(rows)


def system_signing_key(settings: TriageSettings) -> SigningKey:
    """What signs checkpoints and unattended acts: from the host's own secret."""
    return SigningKey.of_seed(system_secret(settings), SYSTEM_LABEL)


def system_verifying_key(settings: TriageSettings) -> VerifyingKey:
    """What a witness pins."""
    return system_signing_key(settings).verifying_key


def _as_the_row_says(row: OfficerRow) -> Iterator[Binding]:
    if row.first_verifying_key is not None and row.enrolled_at_line is not None:
        yield Binding(row.id, bytes(row.first_verifying_key), row.role, 0)
        yield Binding(row.id, bytes(row.verifying_key), row.role, row.enrolled_at_line)
    else:
        yield Binding(row.id, bytes(row.verifying_key), row.role, 0)
