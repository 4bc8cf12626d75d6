"""An officer's searches: the words lie sealed to their own box, so that no address and no other officer holds them."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from envelope.errors import EnvelopeError
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.keys.records import create_data_key, destroy_data_key, open_row, reseal_row, seal_row
from triage.officers.officer import Officer
from triage.search.errors import SearchError
from triage.search.models import SearchRow

MOST_LAST = 10  # searches without a name that Back still finds
MOST_KEPT = 100
MOST_NAME = 80


@dataclass(frozen=True)
class Search:
    """One search: its words, and its name where it is kept."""

    id: UUID
    words: str
    name: str = ""

    @property
    def is_kept(self) -> bool:
        return bool(self.name)


def begin_search(session: CaseSession, words: str, *, by: Officer) -> UUID:
    """Put a search down for the page that answers it; older ones without a name make way, and those of another day."""
    last = _rows(session, by, kept=False)
    making_way = last[: max(0, len(last) + 1 - MOST_LAST)]
    for row in dict.fromkeys([*making_way, *(one for one in last if one.made_on < session.today)]):
        _destroy(session, row, by=by)
        last.remove(row)
    row = SearchRow(id=uuid4(), officer_id=by.id, is_kept=False, made_on=session.today)
    number = 1 + max((_number(session, one, by=by) for one in last), default=0)
    key_id = create_data_key(session, guards=[by.keys.box_id], by=by)
    seal_row(session, row, {"words": words, "name": "", "number": number}, by=by, key_id=key_id)
    session.flush()
    return row.id


def search_of(session: CaseSession, search_id: UUID, *, by: Officer) -> Search:
    """One of an officer's own searches.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = _row(session, search_id, by)
    body = open_row(session, row, by=by)
    return Search(row.id, body["words"], body["name"])


def kept_searches(session: CaseSession, *, by: Officer) -> tuple[Search, ...]:
    """The searches that an officer gave a name, by name."""
    found = (search_of(session, row.id, by=by) for row in _rows(session, by, kept=True))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def keep_search(session: CaseSession, search_id: UUID, name: str, *, by: Officer) -> None:
    """Give a search a name, or another one: it stays until it is deleted.

    Raises:
        SearchError: no name, one too long, or as many are kept as may be.
        NotFoundError.
    """
    name = " ".join(name.split())
    if not name:
        raise SearchError("Enter a name for this search")
    if len(name) > MOST_NAME:
        raise SearchError(f"Make the name shorter: it may have {MOST_NAME} characters and has {len(name):,}")
    row = _row(session, search_id, by)
    if not row.is_kept and len(_rows(session, by, kept=True)) >= MOST_KEPT:
        raise SearchError(f"You keep {MOST_KEPT} searches: delete one before you keep another")
    body = open_row(session, row, by=by)
    row.is_kept = True
    reseal_row(session, row, {**body, "name": name}, by=by)
    record(session, Act.SEARCH_KEPT, search_id, by=by)


def delete_search(session: CaseSession, search_id: UUID, *, by: Officer) -> None:
    """Destroy a search and its key; raises NotFoundError."""
    _destroy(session, _row(session, search_id, by), by=by)
    record(session, Act.SEARCH_DELETED, search_id, by=by)


def forget_last(session: CaseSession, *, by: Officer) -> None:
    """An officer signs out: the searches without a name go."""
    for row in _rows(session, by, kept=False):
        _destroy(session, row, by=by)


def _row(session: CaseSession, search_id: UUID, by: Officer) -> SearchRow:
    row = session.get(SearchRow, search_id)
    if row is None or row.officer_id != by.id:
        raise NotFoundError("search")
    return row


def _rows(session: CaseSession, by: Officer, *, kept: bool) -> list[SearchRow]:
    """The oldest first; within a day their number, which is sealed, says which."""
    query = select(SearchRow).where(SearchRow.officer_id == by.id, SearchRow.is_kept.is_(kept))
    rows = session.scalars(query.order_by(SearchRow.made_on, SearchRow.id)).all()
    return sorted(rows, key=lambda row: (row.made_on, _number(session, row, by=by), row.id))


def _number(session: CaseSession, row: SearchRow, *, by: Officer) -> int:
    try:
        return int(open_row(session, row, by=by)["number"])
    except (NoKeyError, NotFoundError, EnvelopeError):
        return 0


def _destroy(session: CaseSession, row: SearchRow, *, by: Officer) -> None:
    destroy_data_key(session, row.data_key_id, by=by)
    session.delete(row)
    session.flush()
