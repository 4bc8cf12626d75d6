"""Opens rows of the register, few or a hundred thousand, for whoever can open the compartment they lie in."""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, func, literal, select, type_coerce

from envelope.errors import EnvelopeError
from envelope.vault import CompartmentKey
from store.batches import batches
from triage.base import IdAsKept, IdKept, hex_of
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import HoldsKeys, KeyRing
from triage.keys.records import open_texts, wrapped_ahead
from triage.register.models import EntryRow, TieRow

_ENTRIES, _TIES = EntryRow.__table__.c, TieRow.__table__.c
_ENTRY_ID, _TIE_ID = type_coerce(_ENTRIES.id, IdAsKept()), type_coerce(_TIES.id, IdAsKept())
_SOME: BindParameter[IdKept] = bindparam("ids", expanding=True)
_EVERY_ENTRY = select(
    _ENTRY_ID, type_coerce(_ENTRIES.data_key_id, IdAsKept()), _ENTRIES.sealed, _ENTRIES.version, _ENTRIES.updated_on
).order_by(_ENTRY_ID)
# Written so that no index of compartments is used: walking the table in the order it lies in takes half the time.
A_PASS = 2_000
_FIRST = _EVERY_ENTRY.where(
    func.coalesce(_ENTRIES.compartment_id, _ENTRIES.compartment_id) == bindparam("compartment")
).limit(bindparam("most"))
_NEXT = _FIRST.where(bindparam("after") < _ENTRY_ID)
# A box wraps the keys of reports, too: as many as these are read ahead for each entry, and the rest is looked up.
MOST_AHEAD = 2
_EVERY_TIE = select(
    _TIE_ID, type_coerce(_TIES.data_key_id, IdAsKept()), _TIES.sealed, literal(1), _TIES.updated_on
).order_by(_TIE_ID)


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


def every_opened_entry(session: CaseSession, compartment_id: UUID, *, by: Holder) -> Iterator[Opened]:
    """Every entry of a compartment whose key it opens, in the order of ids: in one pass, for whoever has none yet."""
    hold_key(session, compartment_id, by=by)
    ahead = wrapped_ahead(session, compartment_id, most=int(MOST_AHEAD * count_entries(session, compartment_id)))
    here = {"compartment": compartment_id, "most": A_PASS}
    rows = session.execute(_FIRST, here).all()
    while rows:
        yield _opened(session, EntryRow.__tablename__, rows, compartment_id, by, ahead)
        rows = session.execute(_NEXT, {**here, "after": rows[-1][0]}).all()


def opened_entries(session: CaseSession, ids: Iterable[str], compartment_id: UUID, *, by: Holder) -> Iterator[Opened]:
    """The entries of these ids whose keys the compartment opens; one whose key was destroyed has been deleted."""
    for some in batches(sorted(ids)):
        rows = session.execute(_EVERY_ENTRY.where(_ENTRY_ID.in_(_SOME)), {"ids": some}).all()
        yield _opened(session, EntryRow.__tablename__, rows, compartment_id, by)


def opened_ties(session: CaseSession, ids: Iterable[str], compartment_id: UUID, *, by: Holder) -> Iterator[Opened]:
    """The same of ties."""
    for some in batches(sorted(ids)):
        rows = session.execute(_EVERY_TIE.where(_TIE_ID.in_(_SOME)), {"ids": some}).all()
        yield _opened(session, TieRow.__tablename__, rows, compartment_id, by)


def _opened(
    session: CaseSession,
    table: str,
    rows: Sequence[Row[IdKept, IdKept, bytes, int, date]],
    compartment_id: UUID,
    by: Holder,
    ahead: MutableMapping[IdKept, bytes] | None = None,
) -> Opened:
    # A ring for each batch, so that none ends up with a hundred thousand data keys in it.
    holder = only_compartment(session, compartment_id, by=by)
    ids, key_ids, sealed = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    texts = open_texts(session, table, ids, key_ids, sealed, compartment_id, by=holder, ahead=ahead)
    days: dict[date, date] = {}  # each once: the driver makes one for every row
    there = [(row, text) for row, text in zip(rows, texts, strict=True) if text is not None]
    return Opened(
        [hex_of(row[0]) for row, _ in there],
        [row[3] for row, _ in there],
        [days.setdefault(row[4], row[4]) for row, _ in there],
        [text for _, text in there],
    )


def count_entries(session: CaseSession, compartment_id: UUID) -> int:
    """How many entries a compartment's register has; it needs no key."""
    return session.scalar(select(func.count()).where(EntryRow.compartment_id == compartment_id)) or 0


def has_more_entries(session: CaseSession, compartment_id: UUID, *, than: int) -> bool:
    """Whether a compartment's register has more entries than so many; counting all of them takes far longer."""
    one_beyond = select(literal(1)).where(EntryRow.compartment_id == compartment_id).offset(than).limit(1)
    return session.scalar(one_beyond) is not None


def versions_of_entries(session: CaseSession, compartment_id: UUID) -> dict[str, int]:
    """Every entry of a compartment, in the order of ids, and how often it has changed; it needs no key."""
    of = _ENTRIES
    rows = session.execute(
        select(type_coerce(of.id, IdAsKept()), of.version).where(of.compartment_id == compartment_id)
    ).all()
    return dict(sorted([(hex_of(row[0]), row[1]) for row in rows]))


def ids_of_ties(session: CaseSession, compartment_id: UUID) -> set[str]:
    """Every tie of a compartment; it needs no key."""
    rows = session.execute(select(_TIE_ID).where(_TIES.compartment_id == compartment_id))
    return {hex_of(tie_id) for (tie_id,) in rows}
