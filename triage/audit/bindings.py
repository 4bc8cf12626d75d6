"""Read from the log whose key is whose, believing only what somebody signed who might say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from envelope.signing import VerifyingKey
from triage.audit.as_kept import LINES_THAT_BIND, Kept
from triage.audit.binding import Binding, Bound
from triage.audit.checking import Known, Problems, is_signed
from triage.audit.merkle import leaf_hash
from triage.audit.service import SIGNED_LEAF

SYSTEM_ROLE = "system"


@dataclass(frozen=True)
class Trusted:
    """Where believing begins: this host's own system key, and the roles that may say whose key is whose.

    `before_bindings` is what the database says of a log that was begun before lines said it; nothing else is.
    """

    system_id: UUID
    system_key: VerifyingKey
    roles_that_bind: frozenset[str]
    before_bindings: tuple[Binding, ...] = ()


def read_bindings(session: Session, trusted: Trusted, problems: Problems) -> Known:
    """Everybody's keys, each from the line on that says so."""
    bound = Bound.of([Binding(trusted.system_id, trusted.system_key.public_key, SYSTEM_ROLE, 0)])
    lines: set[int] = set()
    for line in map(Kept.of, session.execute(LINES_THAT_BIND)):
        lines.add(line.sequence)
        try:
            binding = Binding.from_bytes(line.binding or b"")
            VerifyingKey(binding.key)
        except ValueError:
            problems.add(f"Line {line.sequence:,} names a key, and cannot be read.")
            continue
        key = bound.key_at(line.signer_id, line.sequence)
        signed = key is not None and is_signed(key, SIGNED_LEAF + leaf_hash(line.leaf), line.signature)
        if signed and _may_say(line.signer_id, line.sequence, binding, bound, trusted):
            bound.add(binding)
        else:
            problems.add(f"Line {line.sequence:,} names a key for somebody, and is by nobody who may.")
    if not lines:
        for one in trusted.before_bindings:
            bound.add(one)
    return Known(bound, frozenset(lines))


def _may_say(signer_id: UUID, sequence: int, said: Binding, bound: Bound, trusted: Trusted) -> bool:
    """The system may say anything of anybody but itself; others name keys from the next line on, and never a role
    for themselves."""
    if said.officer_id == trusted.system_id:
        return False
    if signer_id == trusted.system_id:
        return said.from_line is not None and said.from_line <= sequence + 1
    if said.from_line != sequence + 1:
        return False
    signer, before = bound.at(signer_id, sequence), bound.at(said.officer_id, sequence)
    if signer is None:
        return False
    if signer_id == said.officer_id:
        return before is not None and before.role == said.role
    return signer.role in trusted.roles_that_bind


def rows_that_differ(rows: Iterable[Binding], bound: Bound) -> list[str]:
    """A sentence for each person whose row in the database says another key or role than the log."""
    kept, found = {row.officer_id: row for row in rows}, []
    last = bound.last()
    for officer_id, row in sorted(kept.items()):
        said = last.get(officer_id)
        if said is None:
            found.append(f"The officer {officer_id} is in the database, and no line of the log names their key.")
        elif said.key != row.key:
            found.append(f"The key of the officer {officer_id} in the database is not the one that the log names.")
        elif said.role != row.role:
            found.append(f"The officer {officer_id} is {row.role} in the database, and the log made them {said.role}.")
    gone = [one for one, said in last.items() if one not in kept and said.role != SYSTEM_ROLE]
    found += [f"The officer {one} is in the log and not in the database any more." for one in sorted(gone)]
    return found
