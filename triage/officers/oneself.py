"""Whether somebody looks for themselves: said to the auditors as a bare fact, without the words they looked for."""

from collections.abc import Iterable
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.officers.folding import words_of
from triage.officers.living_at import is_said_in
from triage.officers.officer import Officer
from triage.officers.own_address import own_address

SHORTEST = 3  # a surname of two letters is in too many words to mean anything
SEARCHED, OPENED, NAMED = "searched", "opened", "named in what was opened"


def looks_for(own_name: str, words: str) -> bool:
    """Whether words that somebody searches for hold their own surname, which is the last part of their name."""
    own = words_of(own_name)
    return bool(own) and len(own[-1]) >= SHORTEST and own[-1] in words_of(words)


def bears(own_name: str, name: str) -> bool:
    """Whether an entry has every part of their name."""
    own = words_of(own_name)
    return len(own) > 1 and set(own) <= set(words_of(name))


def is_named_in(own_name: str, text: str) -> bool:
    """Whether a text says their whole name, its parts one after another, as a report does that is about them."""
    own, words = words_of(own_name), words_of(text)
    return len(own) > 1 and any(words[at : at + len(own)] == own for at in range(len(words) - len(own) + 1))


def record_if_searched(session: CaseSession, words: str, *, by: KeyHolder) -> None:
    """Leave a line where somebody searches for their own name, and one where they search for their own address."""
    if isinstance(by, Officer):
        _record(session, None, SEARCHED, name=looks_for(by.name, words), places=[words], by=by)


def record_if_entry_of_oneself(
    session: CaseSession, entry_id: UUID, name: str, addresses: Iterable[str], *, by: KeyHolder
) -> None:
    """Leave a line where somebody opens an entry that bears their name, and one where it has their address."""
    if isinstance(by, Officer):
        _record(session, entry_id, OPENED, name=bears(by.name, name), places=addresses, by=by)


def record_if_named(session: CaseSession, texts: Iterable[str], *, opened: UUID, by: Officer) -> None:
    """Leave a line where somebody opens a report that names them, and one where it says their address."""
    said = list(texts)
    _record(session, opened, NAMED, name=any(is_named_in(by.name, text) for text in said), places=said, by=by)


def _record(
    session: CaseSession, subject_id: UUID | None, how: str, *, name: bool, places: Iterable[str], by: Officer
) -> None:
    if name:
        record(session, Act.OWN_NAME_LOOKED_FOR, subject_id, by=by, reason=how)
    own = own_address(session, by=by)
    if own is not None and own.text is not None and any(is_said_in(own.text, place) for place in places):
        record(session, Act.OWN_ADDRESS_LOOKED_FOR, subject_id, by=by, reason=how)
