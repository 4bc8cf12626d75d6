"""Opens rows of the register, few or a hundred thousand, for whoever can open the compartment they lie in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Row, Select, func, literal, select

from envelope.errors import EnvelopeError
from envelope.vault import CompartmentKey
from store.batches import VALUES_A_STATEMENT, batches
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import HoldsKeys, KeyRing
from triage.keys.records import body_of, open_text
from triage.register.models import EntryRow, TieRow


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One row of the register and its body, as the JSON that was sealed; a tie has no versions."""

    id: UUID
    version: int
    updated_on: date
    text: bytes = field(repr=False)

    @property
    def body(self) -> dict[str, Any]:  # JSON by nature
        """The body, read anew each time."""
        return body_of(self.text)


class Holder(HoldsKeys, Protocol):
    """Somebody who opens the register, and by whose id it is known that they have it open."""

    @property
    def id(self) -> UUID: ...


@dataclass(frozen=True)
class OneCompartment:
    """A holder of one compartment and of nothing else: for work in the background, which needs nobody's own keys."""

    id: UUID
    keys: KeyRing = field(repr=False)


def hold_key(session: CaseSession, compartment_id: UUID, *, by: HoldsKeys) -> CompartmentKey:
    """The key of a compartment, opened: that a row of the database says somebody holds it proves nothing.

    Raises:
        NoKeyError: no chain of grants leads there, or what a grant holds opens nothing.
        ReplacedKeyError: somebody has put another seed there.
    """
    try:
        return by.keys.compartment_key(session, compartment_id)
    except EnvelopeError:
        raise NoKeyError from None


def only_compartment(session: CaseSession, compartment_id: UUID, *, by: Holder) -> OneCompartment:
    """The holder of a compartment, reduced to it; raises as `hold_key`."""
    hold_key(session, compartment_id, by=by)
    return OneCompartment(by.id, KeyRing(compartment_id, by.keys.identity(session, compartment_id)))


def opened_entries(
    session: CaseSession, ids: Sequence[UUID], compartment_id: UUID, *, by: Holder
) -> Iterator[OpenedRow]:
    """The entries of these ids whose keys the compartment opens; one whose key was destroyed has been deleted."""
    columns = select(EntryRow.id, EntryRow.data_key_id, EntryRow.sealed, EntryRow.version, EntryRow.updated_on)
    for some in batches(ids):
        yield from _opened(session, EntryRow.__tablename__, columns.where(EntryRow.id.in_(some)), compartment_id, by)


def every_opened_entry(session: CaseSession, compartment_id: UUID, *, by: Holder) -> Iterator[OpenedRow]:
    """Every entry of a compartment in the order of ids, as `opened_entries`, in one pass for whoever has none yet."""
    columns = select(EntryRow.id, EntryRow.data_key_id, EntryRow.sealed, EntryRow.version, EntryRow.updated_on)
    here = columns.where(EntryRow.compartment_id == compartment_id).order_by(EntryRow.id).limit(VALUES_A_STATEMENT)
    rows = session.execute(here).all()
    while rows:
        yield from _opened_rows(session, EntryRow.__tablename__, rows, compartment_id, by)
        rows = session.execute(here.where(EntryRow.id > rows[-1][0])).all()


def opened_ties(session: CaseSession, ids: Sequence[UUID], compartment_id: UUID, *, by: Holder) -> Iterator[OpenedRow]:
    """The same of ties."""
    columns = select(TieRow.id, TieRow.data_key_id, TieRow.sealed, literal(1), TieRow.updated_on)
    for some in batches(ids):
        yield from _opened(session, TieRow.__tablename__, columns.where(TieRow.id.in_(some)), compartment_id, by)


def _opened(
    session: CaseSession,
    table: str,
    query: Select[UUID, UUID, bytes, int, date],
    compartment_id: UUID,
    by: Holder,
) -> Iterator[OpenedRow]:
    yield from _opened_rows(session, table, session.execute(query).all(), compartment_id, by)


def _opened_rows(
    session: CaseSession,
    table: str,
    rows: Sequence[Row[UUID, UUID, bytes, int, date]],
    compartment_id: UUID,
    by: Holder,
) -> Iterator[OpenedRow]:
    # A ring for each batch, so that none ends up with a hundred thousand data keys in it.
    holder = only_compartment(session, compartment_id, by=by)
    opened = holder.keys.opened_keys(session, [row[1] for row in rows])
    for row_id, data_key_id, sealed, version, updated_on in rows:
        key = opened.get(data_key_id)
        if key is not None:
            yield OpenedRow(row_id, version, updated_on, open_text(key, table, row_id, sealed))


def count_entries(session: CaseSession, compartment_id: UUID) -> int:
    """How many entries a compartment's register has; it needs no key."""
    return session.scalar(select(func.count()).where(EntryRow.compartment_id == compartment_id)) or 0


def versions_of_entries(session: CaseSession, compartment_id: UUID) -> dict[UUID, int]:
    """Every entry of a compartment and how often it has changed; it needs no key."""
    rows = session.execute(select(EntryRow.id, EntryRow.version).where(EntryRow.compartment_id == compartment_id))
    return {entry_id: version for entry_id, version in rows}  # noqa: C416  a Row is not a pair to mypy
