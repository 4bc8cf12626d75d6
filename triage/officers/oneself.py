"""Whether somebody looks for themselves: said to the auditors as a bare fact, without the words they looked for."""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.officers.officer import Officer

_WORD = re.compile(r"\w+")
SHORTEST = 3  # a surname of two letters is in too many words to mean anything


def looks_for(own_name: str, words: str) -> bool:
    """Whether words that somebody searches for hold their own surname, which is the last part of their name."""
    own = _words(own_name)
    return bool(own) and len(own[-1]) >= SHORTEST and own[-1] in _words(words)


def bears(own_name: str, name: str) -> bool:
    """Whether an entry has every part of their name."""
    own = _words(own_name)
    return len(own) > 1 and set(own) <= set(_words(name))


def is_named_in(own_name: str, text: str) -> bool:
    """Whether a text says their whole name, its parts one after another, as a report does that is about them."""
    own, words = _words(own_name), _words(text)
    return len(own) > 1 and any(words[at : at + len(own)] == own for at in range(len(words) - len(own) + 1))


def record_if_named(session: CaseSession, texts: Iterable[str], *, opened: UUID, by: Officer) -> None:
    """Leave a line where somebody opens a report that names them."""
    if any(is_named_in(by.name, text) for text in texts):
        record(session, Act.OWN_NAME_LOOKED_FOR, opened, by=by, reason="named in what was opened")


def record_if_oneself(session: CaseSession, words: str, *, opened: UUID | None = None, by: KeyHolder) -> None:
    """Leave a line where somebody looks for their own name, or opens an entry that bears it."""
    name = by.name if isinstance(by, Officer) else ""
    if bears(name, words) if opened else looks_for(name, words):
        record(session, Act.OWN_NAME_LOOKED_FOR, opened, by=by, reason="opened" if opened else "searched")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
