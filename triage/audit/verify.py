"""Find any edit, removal, insertion or reordering in the audit log, reading it once from its beginning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from triage.audit.checkpoints import Checkpoint
from triage.audit.merkle import HASH_BYTES, Frontier, leaf_hash
from triage.audit.models import AuditCheckpointRow, AuditHeadRow, AuditKeyRow, AuditLeafRow
from triage.audit.service import HEAD, SALT_BYTES, SIGNED_LEAF, LeafContent, key_digest
from triage.database import CaseSession

ROWS_AT_ONCE = 500
# After so many the log is not a log any more, and a list of a million sentences helps nobody.
PROBLEMS_SHOWN = 50

_KEYS = select(AuditKeyRow.id, AuditKeyRow.sealed)


@dataclass(frozen=True)
class Signer:
    """Somebody who may have acted, and the key that each of their lines must be signed by.

    Whoever was added by somebody else has a key of their own only from line `own_from` on; `first_key` signed what
    came before, and signs nothing after it, because others may have kept its seed.
    """

    key: VerifyingKey
    first_key: VerifyingKey | None = None
    own_from: int = 0

    def key_at(self, sequence: int) -> VerifyingKey:
        """The one key that a line of that number can be signed by."""
        return self.first_key if self.first_key is not None and sequence < self.own_from else self.key


@dataclass(frozen=True)
class Verification:
    """What was checked and what is wrong, in sentences."""

    lines: int
    checkpoints: int
    root: bytes
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems

    @property
    def checkpoint(self) -> Checkpoint:
        """What to keep a copy of, once it holds."""
        return Checkpoint(self.lines, self.root)


class _Problems:
    """Collects sentences, up to a limit."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._more = 0

    def add(self, sentence: str) -> None:
        if len(self._found) < PROBLEMS_SHOWN:
            self._found.append(sentence)
        else:
            self._more += 1

    def sentences(self) -> tuple[str, ...]:
        more = (f"And {self._more:,} more.",) if self._more else ()
        return (*self._found, *more)


def verify(
    session: CaseSession,
    *,
    signers: Mapping[UUID, Signer],
    system_key: VerifyingKey,
    copies: Sequence[Checkpoint] = (),
) -> Verification:
    """Check every line, the head and every checkpoint. Others may go on writing: a `look` is of one moment.

    `signers` are the keys of everybody who may have acted, by id. `system_key` comes from the host's own secret, not
    from the database, so that whoever rewrites the whole database still cannot sign a checkpoint. `copies` are
    checkpoints kept elsewhere: with one, a removal from the end shows even when its checkpoints went with it.
    """
    problems = _Problems()
    signed = _checkpoints(session, system_key, problems)
    roots = _roots_by_size([*signed, *copies], problems)
    keys = {row_id: key_digest(bytes(sealed)) for row_id, sealed in session.execute(_KEYS)}
    frontier, expected = Frontier(), 0
    for row in _leaves(session, problems):
        if row.sequence != expected:
            problems.add(_gap(expected, row.sequence))
        digest = _check_leaf(row, signers, keys, problems)
        frontier = frontier.append(digest)
        expected = row.sequence + 1
        _check_root(frontier, roots, problems)
    _check_head(session, frontier, problems)
    for size in sorted(size for size in roots if size > frontier.size):
        problems.add(f"A checkpoint says that there were {size:,} lines, and {frontier.size:,} are left.")
    return Verification(frontier.size, len(signed), frontier.root(), problems.sentences())


def _leaves(session: CaseSession, problems: _Problems) -> Iterator[AuditLeafRow]:
    query = select(AuditLeafRow).order_by(AuditLeafRow.sequence).execution_options(yield_per=ROWS_AT_ONCE)
    rows = iter(session.scalars(query))
    while True:
        try:
            row = next(rows, None)
        except (ValueError, TypeError):
            problems.add("A line cannot be read as a line at all, nor anything after it.")
            return
        if row is None:
            return
        yield row
        session.expunge(row)


def _gap(expected: int, found: int) -> str:
    if found < expected:
        return f"A line is numbered {found:,}, where {expected:,} was to come."
    last = found - 1
    return f"Line {expected:,} is missing." if last == expected else f"Lines {expected:,} to {last:,} are missing."


def _check_leaf(
    row: AuditLeafRow,
    signers: Mapping[UUID, Signer],
    keys: Mapping[UUID, bytes],
    problems: _Problems,
) -> bytes:
    """The hash of what stands in the row now, after saying whatever is wrong with it."""
    content = LeafContent(
        sequence=row.sequence,
        id=row.id,
        signer_id=row.signer_id,
        key_id=row.key_id,
        key_digest=bytes(row.key_digest),
        recorded_on=row.recorded_on,
        salt=bytes(row.salt),
        sealed=bytes(row.sealed),
    )
    # No line of ours has a number that eight bytes cannot hold.
    digest = leaf_hash(content.to_bytes() if row.sequence >= 0 else b"")
    # A byte moved from the salt to the sealed body would hash alike.
    if digest != row.leaf_hash or len(row.salt) != SALT_BYTES:
        problems.add(f"Line {row.sequence:,} was changed: it does not have the hash that was kept of it.")
    signer = signers.get(row.signer_id)
    if signer is None:
        problems.add(f"Line {row.sequence:,} is by somebody who was never an officer here.")
    elif not _is_signed(signer.key_at(row.sequence), SIGNED_LEAF + digest, row.signature):
        problems.add(f"Line {row.sequence:,} is not signed by whom it names.")
    if row.key_id not in keys:
        problems.add(f"Line {row.sequence:,} cannot be read any more: the key it is sealed under is gone.")
    elif keys[row.key_id] != row.key_digest:
        problems.add(f"Line {row.sequence:,} cannot be read any more: the key it is sealed under was changed.")
    return digest


def _is_signed(key: VerifyingKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(message, bytes(signature))
    except EnvelopeError:
        return False
    return True


def _checkpoints(session: CaseSession, system_key: VerifyingKey, problems: _Problems) -> list[Checkpoint]:
    found = []
    for row in session.scalars(select(AuditCheckpointRow).order_by(AuditCheckpointRow.size)):
        checkpoint = Checkpoint(row.size, bytes(row.root))
        whole = row.size > 0 and len(row.root) == HASH_BYTES
        if not whole or not _is_signed(system_key, checkpoint.to_signed_bytes(), row.signature):
            problems.add(f"The checkpoint after {row.size:,} lines is not signed by this force's system.")
        found.append(checkpoint)
    return found


def _roots_by_size(checkpoints: Sequence[Checkpoint], problems: _Problems) -> dict[int, bytes]:
    roots: dict[int, bytes] = {}
    for checkpoint in checkpoints:
        if roots.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
            problems.add(f"Two checkpoints after {checkpoint.size:,} lines differ: the log was written anew.")
    return roots


def _check_root(frontier: Frontier, roots: Mapping[int, bytes], problems: _Problems) -> None:
    kept = roots.get(frontier.size)
    if kept is not None and kept != frontier.root():
        problems.add(
            f"The first {frontier.size:,} lines are not those a checkpoint was signed over: "
            "one of them was changed, removed, put in or moved."
        )


def _check_head(session: CaseSession, frontier: Frontier, problems: _Problems) -> None:
    heads = session.scalars(select(AuditHeadRow)).all()
    kept = [head for head in heads if head.name == HEAD]
    if len(heads) != len(kept) or len(kept) > 1:
        problems.add("The log has more than one head.")
    size = kept[0].size if kept else 0
    held = session.scalar(select(func.count()).select_from(AuditLeafRow)) or 0
    if size != held:
        problems.add(f"The head of the log says that it has {size:,} lines, and it has {held:,}.")
    if kept and bytes(kept[0].frontier) != frontier.to_bytes():
        problems.add("The head of the log does not fit its lines: one of them was changed, removed, put in or moved.")
