"""Tree heads signed by the system key: whoever keeps a copy of one sees any later change to what it covers."""

import base64
import binascii
from dataclasses import dataclass

from sqlalchemy import select

from envelope.signing import SigningKey
from triage.audit.merkle import HASH_BYTES, Frontier
from triage.audit.models import AuditCheckpointRow, AuditHeadRow
from triage.audit.service import HEAD
from triage.audit.tree import add_tiles
from triage.database import CaseSession
from triage.errors import TriageError

SIGNED_CHECKPOINT = b"quietword signed audit checkpoint v1\n"
_WORD = "quietword-audit"


class CheckpointTextError(TriageError):
    """A copied checkpoint that is not one."""

    def __init__(self) -> None:
        super().__init__(
            "That is not a checkpoint: give the whole line that `quietword audit verify` printed, "
            f"which begins with {_WORD}."
        )


@dataclass(frozen=True)
class Checkpoint:
    """How many lines there were, and the root of the tree over them (32 bytes)."""

    size: int
    root: bytes

    def to_signed_bytes(self) -> bytes:
        """What the system signs."""
        return SIGNED_CHECKPOINT + self.size.to_bytes(8, "big") + self.root

    def to_text(self) -> str:
        """One line for an auditor to keep somewhere else."""
        return f"{_WORD} {self.size} {base64.b64encode(self.root).decode('ascii')}"

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Read such a line.

        Raises:
            CheckpointTextError: it is something else.
        """
        try:
            word, size, root = text.split()
            checkpoint = cls(int(size), base64.b64decode(root, validate=True))
        except (ValueError, binascii.Error):
            raise CheckpointTextError from None
        if word != _WORD or checkpoint.size < 0 or len(checkpoint.root) != HASH_BYTES:
            raise CheckpointTextError
        return checkpoint


def take_checkpoint(session: CaseSession, signing_key: SigningKey) -> Checkpoint:
    """Sign the head of the log as it stands, once for each size."""
    head = session.scalars(select(AuditHeadRow).where(AuditHeadRow.name == HEAD).with_for_update()).one_or_none()
    frontier = Frontier() if head is None else Frontier.from_bytes(head.size, head.frontier)
    checkpoint = Checkpoint(frontier.size, frontier.root())
    if frontier.size and session.get(AuditCheckpointRow, frontier.size) is None:
        session.add(
            AuditCheckpointRow(
                size=checkpoint.size,
                root=checkpoint.root,
                made_on=session.today,
                signature=signing_key.sign(checkpoint.to_signed_bytes()),
            )
        )
        add_tiles(session, checkpoint.size)
        session.flush()
    return checkpoint
