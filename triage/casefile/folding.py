"""Folds near-copies at the head of the queue behind the first of each kind, so that a flood hides nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, select

from envelope.errors import EnvelopeError
from triage.casefile.near_copies import folds
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.answers import IN_THEIR_WORDS
from triage.intake.models import ReportRow
from triage.intake.reports import CaseReport, ReportState, opened
from triage.keys.keyring import KeyHolder

# Bodies opened to fold one view of the queue: a flood of thousands folds this many at a time.
MOST_OPENED = 500


@dataclass(frozen=True)
class Folding:
    """The head of a queue with its near-copies taken out: `head` ids stand first, then all after `covered`."""

    head: tuple[UUID, ...] = ()
    covered: int = 0
    copies: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def folded_away(self) -> int:
        return self.covered - len(self.head)

    def ids_of(self, session: CaseSession, query: Select[UUID], *, begins: int, most: int) -> Sequence[UUID]:
        """The ids of one page: some of the head, and what comes after it as the queue has it."""
        of_head = self.head[begins : begins + most]
        rest = max(0, begins - len(self.head))
        more = most - len(of_head)
        if not more:
            return of_head
        return (*of_head, *session.scalars(query.limit(more).offset(self.covered + rest)))


NOTHING_FOLDED = Folding()


def fold_head(session: CaseSession, query: Select[UUID], *, by: KeyHolder, page_size: int) -> Folding:
    """Fold the first `MOST_OPENED` reports of a queue, if its first page alone holds near-copies.

    Only unread reports are folded, and only behind one of the same band: what an officer has begun with stands for
    itself, and nothing more urgent is behind something less so. Looking at one page is what an ordinary day costs.
    """
    first = session.scalars(query.limit(page_size)).all()
    if len(_fold(session, first, by=by).head) == len(first):
        return NOTHING_FOLDED
    return _fold(session, session.scalars(query.limit(MOST_OPENED)).all(), by=by)


def _fold(session: CaseSession, ids: Sequence[UUID], *, by: KeyHolder) -> Folding:
    unread = select(ReportRow).where(ReportRow.id.in_(ids), ReportRow.state == ReportState.NEW)
    rows = {row.id: row for row in session.scalars(unread)}
    by.keys.open_many(session, [row.data_key_id for row in rows.values()])
    of_band: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    for report_id in ids:
        words = _words(session, rows[report_id], by=by) if report_id in rows else ""
        if words:
            of_band[rows[report_id].band].append((report_id, words))
    behind: set[UUID] = set()
    copies: dict[UUID, int] = {}
    for texts in of_band.values():
        for fold in folds([words for _, words in texts]):
            if fold.copies:
                copies[texts[fold.first][0]] = len(fold.copies)
                behind |= {texts[place][0] for place in fold.copies}
    return Folding(tuple(report_id for report_id in ids if report_id not in behind), len(ids), copies)


def _words(session: CaseSession, row: ReportRow, *, by: KeyHolder) -> str:
    """What the sender wrote; nothing of a report that this person cannot open."""
    try:
        report: CaseReport = opened(session, row, by=by)
    except (NoKeyError, NotFoundError, EnvelopeError):
        return ""
    return "\n".join(report.answers[name] for name in IN_THEIR_WORDS if report.answers.get(name))
