"""Find one entry among many for a page that is about something else: by words, or by its id."""

from collections.abc import Iterable
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.officers.oneself import record_if_searched
from triage.paging import cut
from triage.register import checks
from triage.register.browsing import Line, Listing, Order, line_of, lines_fitting, sort_key
from triage.register.entries import Status
from triage.register.glimpse import copies_with
from triage.register.unlocked import unlock_all

PAGE = 10


def find_page(session: CaseSession, words: str, *, by: KeyHolder, page: int = 1) -> Listing:
    """Groups and people in use that fit all the words, groups first, ten a page.

    The search is recorded without its words.
    """
    if not checks.fold(words):
        return Listing((), 1, 1, 0)
    found = [
        line
        for copy in unlock_all(session, by=by)
        for line in lines_fitting(copy, words)
        if line.status is not Status.ARCHIVED
    ]
    found.sort(key=lambda line: (line.kind, *sort_key(line, Order.NAME)))
    here = cut(len(found), PAGE, page=page)
    record(session, Act.REGISTER_READ, None, by=by, reason="searched", count=len(found))
    record_if_searched(session, words, by=by)
    return Listing(tuple(found[here.begins : here.begins + PAGE]), here.page, here.pages, len(found))


def lines_of(session: CaseSession, entry_ids: Iterable[UUID], *, by: KeyHolder) -> dict[UUID, Line]:
    """Entries as lists show them, for pages that speak of them; those `by` cannot open are left out."""
    wanted = set(entry_ids)
    return {
        entry_id: line_of(copy.entries[entry_id], copy)
        for copy in copies_with(session, wanted, by=by)
        for entry_id in wanted & copy.entries.keys()
    }
