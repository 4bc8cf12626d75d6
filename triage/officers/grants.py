"""Who can open what, grant by grant: who gave it, since when, and when somebody last looked whether it is needed."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from uuid import UUID

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow, GrantReviewRow, GrantRow, Purpose
from triage.officers.errors import OneselfError
from triage.officers.names import names_of
from triage.officers.people import box_holders, box_names
from triage.paging import Cut, cut
from triage.spreadsheets import safe_cell

PER_PAGE = 50
REVIEW_DAYS = 365
COLUMNS = ("key", "for", "opened by", "since", "granted by", "last reviewed", "reviewed by", "review due")


@dataclass(frozen=True)
class GrantLine:
    """One grant as an auditor reads it; `is_due` when nobody has looked at it for a year."""

    id: UUID
    key: str
    purpose: Purpose
    holder: str
    holder_box_id: UUID
    since: date
    granted_by: str
    reviewed_on: date | None
    reviewed_by: str
    is_due: bool


@dataclass(frozen=True)
class GrantsPage:
    """One page of them, how many fit, and how many of those are due."""

    lines: tuple[GrantLine, ...]
    here: Cut
    fitting: int
    due: int


def grants(session: CaseSession, *, words: str = "", only_due: bool = False, by: KeyHolder) -> tuple[GrantLine, ...]:
    """Every grant but those of a day's intake key, by key and holder; `words` must stand in what is shown of it."""
    names, holders = box_names(session, by=by), box_holders(session, by=by)
    boxes = {row.id: row for row in session.scalars(select(BoxRow).where(BoxRow.purpose != Purpose.INTAKE))}
    reviews = {row.id: row for row in session.scalars(select(GrantReviewRow))}
    rows = session.scalars(select(GrantRow)).all()
    people = names_of(session, {row.granted_by for row in rows} | {one.reviewed_by for one in reviews.values()}, by=by)
    found = []
    for row in rows:
        box = boxes.get(row.box_id)
        if box is None:
            continue
        review = reviews.get(row.id)
        last = review.reviewed_on if review else row.granted_on
        line = GrantLine(
            id=row.id,
            key=names.get(row.box_id, Purpose(box.purpose).value.capitalize()),
            purpose=Purpose(box.purpose),
            holder=holders.get(row.to_box_id) or _unnamed(boxes.get(row.to_box_id)),
            holder_box_id=row.to_box_id,
            since=row.granted_on,
            granted_by=people[row.granted_by],
            reviewed_on=review.reviewed_on if review else None,
            reviewed_by=people[review.reviewed_by] if review else "",
            is_due=(session.today - last).days >= REVIEW_DAYS,
        )
        text = f"{line.key} {line.purpose} {line.holder} {line.granted_by}".casefold()
        if all(word in text for word in words.casefold().split()) and (line.is_due or not only_due):
            found.append(line)
    return tuple(sorted(found, key=lambda one: (one.key.casefold(), one.holder.casefold(), one.id)))


def grants_page(found: Sequence[GrantLine], page: int) -> GrantsPage:
    """One page of a list that is there."""
    here = cut(len(found), PER_PAGE, page=page)
    shown = tuple(found[here.begins : here.begins + PER_PAGE])
    return GrantsPage(shown, here, len(found), sum(1 for one in found if one.is_due))


def grants_as_csv(found: Sequence[GrantLine]) -> str:
    """The same for a spreadsheet."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in found:
        cells = (
            one.key,
            one.purpose.value,
            one.holder,
            one.since.isoformat(),
            one.granted_by,
            one.reviewed_on.isoformat() if one.reviewed_on else "",
            one.reviewed_by,
            "yes" if one.is_due else "no",
        )
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def record_taken_away(session: CaseSession, count: int, *, by: KeyHolder) -> None:
    """The list left as a file."""
    record(session, Act.EXPORTED, None, by=by, reason="who can open what", count=count)


def review_grant(session: CaseSession, grant_id: UUID, *, by: KeyHolder) -> None:
    """Say that somebody else still needs a grant: it is asked again in a year.

    Raises:
        NotFoundError: it was taken away.
        OneselfError: it is one's own.
    """
    row = session.get(GrantRow, grant_id)
    if row is None:
        raise NotFoundError("grant")
    if row.to_box_id == by.keys.box_id:
        raise OneselfError
    session.merge(GrantReviewRow(id=grant_id, reviewed_by=by.id, reviewed_on=session.today))
    session.flush()
    record(session, Act.GRANT_REVIEWED, row.box_id, by=by, to=row.to_box_id)


def _unnamed(box: BoxRow | None) -> str:
    if box is None:
        return "A key that is gone"
    return "The recovery key" if box.purpose == Purpose.RECOVERY else f"A {box.purpose} key"
