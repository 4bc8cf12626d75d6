"""Opens rows of the register, few or a hundred thousand, for whoever can open the compartment they lie in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, type_coerce
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from envelope.errors import EnvelopeError
from envelope.vault import CompartmentKey
from store.batches import batches
from triage.base import IdAsKept, hex_of
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import HoldsKeys, KeyRing
from triage.keys.records import IdKept, SealedText, open_texts
from triage.register.models import EntryRow, TieRow

_Query = Select[IdKept, IdKept, bytes, int, date]
_ENTRIES, _TIES = EntryRow.__table__.c, TieRow.__table__.c


@dataclass(frozen=True, slots=True)
class Opened:
    """Some rows of the register in the order of their ids, column by column; each text is the JSON that was sealed.

    An id is 32 hexadecimal digits. A tie has no versions.
    """

    ids: Sequence[str]
    versions: Sequence[int]
    updated_on: Sequence[date]
    texts: Sequence[bytes] = field(repr=False)

    def __len__(self) -> int:
        return len(self.ids)


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


def opened_entries(session: CaseSession, ids: Iterable[str], compartment_id: UUID, *, by: Holder) -> Iterator[Opened]:
    """The entries of these ids whose keys the compartment opens; one whose key was destroyed has been deleted."""
    columns = _columns(_ENTRIES, _ENTRIES.version)
    return _opened(session, EntryRow.__tablename__, columns, sorted(ids), compartment_id, by)


def opened_ties(session: CaseSession, ids: Iterable[str], compartment_id: UUID, *, by: Holder) -> Iterator[Opened]:
    """The same of ties."""
    return _opened(session, TieRow.__tablename__, _columns(_TIES, literal(1)), sorted(ids), compartment_id, by)


def _columns(of: ReadOnlyColumnCollection[str, KeyedColumnElement[Any]], version: ColumnElement[int]) -> _Query:
    return select(
        type_coerce(of.id, IdAsKept()), type_coerce(of.data_key_id, IdAsKept()), of.sealed, version, of.updated_on
    )


def _opened(
    session: CaseSession, table: str, columns: _Query, ids: list[str], compartment_id: UUID, by: Holder
) -> Iterator[Opened]:
    own_id = columns.selected_columns[0]
    for some in batches(ids):
        rows = session.execute(columns.where(own_id.in_(some)).order_by(own_id)).all()
        # A ring for each batch, so that none ends up with a hundred thousand data keys in it.
        holder = only_compartment(session, compartment_id, by=by)
        sealed = [SealedText(row_id, key_id, text) for row_id, key_id, text, _, _ in rows]
        texts = open_texts(session, table, sealed, compartment_id, by=holder)
        there = [(row, text) for row, text in zip(rows, texts, strict=True) if text is not None]
        yield Opened(
            [hex_of(row[0]) for row, _ in there],
            [row[3] for row, _ in there],
            [row[4] for row, _ in there],
            [text for _, text in there],
        )


def count_entries(session: CaseSession, compartment_id: UUID) -> int:
    """How many entries a compartment's register has; it needs no key."""
    return session.scalar(select(func.count()).where(EntryRow.compartment_id == compartment_id)) or 0


def versions_of_entries(session: CaseSession, compartment_id: UUID) -> dict[str, int]:
    """Every entry of a compartment, in the order of ids, and how often it has changed; it needs no key."""
    of = _ENTRIES
    rows = session.execute(
        select(type_coerce(of.id, IdAsKept()), of.version).where(of.compartment_id == compartment_id)
    )
    return dict(sorted((hex_of(entry_id), version) for entry_id, version in rows))


def ids_of_ties(session: CaseSession, compartment_id: UUID) -> set[str]:
    """Every tie of a compartment; it needs no key."""
    of = _TIES
    rows = session.execute(select(type_coerce(of.id, IdAsKept())).where(of.compartment_id == compartment_id))
    return {hex_of(tie_id) for (tie_id,) in rows}
