"""Finds people and groups on the register by names, plates, numbers, places and words, and says which field fits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import KeyHolder
from triage.linking.holder.background import SOON, Background
from triage.linking.naming import compare_names
from triage.register.browsing import Line, line_of
from triage.register.checks import fold
from triage.register.entries import Entry, Kind, Status
from triage.register.opening import has_more_entries, only_compartment
from triage.register.unlocked import Unlocked, compartments_of, register_version, unlock_register, unlocked_already
from triage.search.entry_words import entry_words, fields_of, read_entry_words
from triage.search.marking import Excerpt, Marker, excerpt
from triage.search.postings import Near
from triage.search.query import Query, Term, TermKind

MOST_COMPARED = 300  # names that are compared as whole names; what comes after stands by its spelling alone
Progress = Callable[[float], None]

_READING: "WeakKeyDictionary[Engine, Background]" = WeakKeyDictionary()


@dataclass(frozen=True)
class EntryHit:
    """An entry that was found, in the copy it was found in."""

    id: UUID
    kind: Kind
    copy: Unlocked
    near: int

    @cached_property
    def entry(self) -> Entry:
        return self.copy.entries[self.id].entry


@dataclass(frozen=True)
class FoundEntries:
    """Every hit in its order. `percent` below 100 while a large register is still being opened."""

    people: tuple[EntryHit, ...]
    groups: tuple[EntryHit, ...]
    percent: int
    spellings: dict[Term, dict[str, Near]]


@dataclass(frozen=True)
class EntryLine:
    """One entry on the page: how lists show it, and the fields that fit."""

    line: Line
    fields: tuple[tuple[str, Excerpt], ...]
    why: tuple[str, ...]


def find_entries(session: CaseSession, query: Query, *, archived: bool, by: KeyHolder) -> FoundEntries:
    """People and groups that meet every term; the archived only where they are asked for."""
    hits: list[EntryHit] = []
    spellings: dict[Term, dict[str, Near]] = {}
    shares: list[float] = []
    for compartment_id in compartments_of(session, by=by):
        try:
            copy, share = _readied(session, compartment_id, by=by)
        except NoKeyError:  # a grant leads there that opens nothing
            continue
        shares.append(share)
        known = None if copy is None else entry_words(copy)
        if copy is None or known is None:
            continue
        looked = known.postings.look(query)
        for term, words in looked.spellings.items():
            spellings.setdefault(term, {}).update(words)
        for entry_id, near in looked.texts.items():
            kept = copy.entries.get(entry_id)
            if kept is None:  # added since, where the words are ahead of the copy that is searched
                continue
            if archived or kept.entry.status is not Status.ARCHIVED:
                hits.append(EntryHit(entry_id, kept.entry.kind, copy, near))
    ordered = _in_order(hits, query)
    return FoundEntries(
        people=tuple(hit for hit in ordered if hit.kind is Kind.PERSON),
        groups=tuple(hit for hit in ordered if hit.kind is Kind.GROUP),
        percent=int(100 * min(shares, default=1.0)),
        spellings=spellings,
    )


def entry_line(hit: EntryHit, marker: Marker) -> EntryLine:
    """One hit with the fields that say why it was found."""
    marked = [(field, marker.spans(field.text)) for field in fields_of(hit.entry)]
    fitting = [(field, spans) for field, spans in marked if spans]
    return EntryLine(
        line_of(hit.copy.entries[hit.id], hit.copy),
        tuple((field.label, excerpt(field.text, spans)) for field, spans in fitting),
        marker.sentences([field.text for field, _ in fitting]),
    )


def wait_until_read(session: CaseSession, compartment_id: UUID, seconds: float) -> None:
    """Wait for a large register that is being opened: for tests and the bench."""
    background = _READING.get(session.home.case)
    if background is not None:
        background.wait(compartment_id, seconds)


def _readied(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> tuple[Unlocked | None, float]:
    """A copy that can be searched and how much is done: a large register is read meanwhile, and searched as it was."""
    if not has_more_entries(session, compartment_id, than=SOON):
        copy = unlock_register(session, compartment_id, by=by)
        read_entry_words(copy)
        return copy, 1.0
    version = register_version(session, compartment_id)
    newest = next(iter(unlocked_already(session, compartment_id, by=by)), None)
    words = None if newest is None else entry_words(newest)
    if newest is not None and words is not None and newest.version == version and words.behind(newest) <= SOON:
        read_entry_words(newest)
        return newest, 1.0
    home, holder = session.home, only_compartment(session, compartment_id, by=by)
    background = _READING.setdefault(home.case, Background())

    def read_on(tell: Progress) -> None:
        with home.look() as later:
            copy = unlock_register(later, compartment_id, by=holder, progress=lambda share: tell(share / 2))
        read_entry_words(copy, lambda share: tell(0.5 + share / 2))

    background.start(compartment_id, read_on)
    return newest if words is not None else None, min(0.99, background.share(compartment_id))


def _in_order(hits: list[EntryHit], query: Query) -> list[EntryHit]:
    """The nearest spelling first, of those the likest whole name, then by name and id."""
    said = " ".join(word for term in query.terms if term.kind in _NAMES for word in term.words)
    steady = sorted(hits, key=lambda hit: (hit.near, fold(hit.entry.shown_name), hit.id))
    first, rest = steady[:MOST_COMPARED], steady[MOST_COMPARED:]
    alike = {hit.id: compare_names(said, hit.entry.shown_name) if said else 0.0 for hit in first}
    return [*sorted(first, key=lambda hit: (hit.near, -round(alike[hit.id], 3))), *rest]


_NAMES = frozenset({TermKind.WORD, TermKind.EXACT, TermKind.PHRASE})
