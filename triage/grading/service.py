"""Split a report into numbered items and grade each: a new version each time, the older ones kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError, TriageError
from triage.grading.models import GradingRow, ItemRow
from triage.grading.rules import (
    Category,
    CorroboratingItem,
    Grade,
    Nature,
    grade_from_body,
    grade_to_body,
    require_gradable,
)
from triage.intake.reports import (
    CaseReport,
    ReportState,
    case_report,
    has_reached,
    is_ungraded_again,
    open_for_work,
)
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, reseal_row, seal_row

MOST_ITEMS = 50


class ItemError(TriageError):
    """An item that cannot be written as asked."""


@dataclass(frozen=True)
class NamedPerson:
    """Somebody an item names, and who they are in it; a person can be victim and member at once."""

    name: str
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class GradeVersion:
    """One version of an item's grade: what, by whom, when."""

    version: int
    grade: Grade
    nature: Nature
    people: tuple[NamedPerson, ...]
    why: str
    graded_by: UUID
    graded_on: date


@dataclass(frozen=True)
class Item:
    """A numbered item of a report. `versions` are the oldest first; nothing is ever taken out of them."""

    id: UUID
    report_id: UUID
    number: int
    text: str
    versions: tuple[GradeVersion, ...]

    @property
    def current(self) -> GradeVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def version(self) -> int:
        """How many versions there are: what a form was drawn over."""
        return len(self.versions)


class Corroboration(Protocol):
    """Finds items of other reports that may bear one out; linking knows them, and the case file joins the two."""

    def candidates(self, session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[CorroboratingItem, ...]: ...


class NoCorroboration:
    """Knows of nothing, so nothing is ever graded B."""

    def candidates(self, session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[CorroboratingItem, ...]:  # noqa: ARG002
        return ()


def items_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[Item, ...]:
    """The items of a report by their numbers, with every version of their grades.

    Raises:
        NoKeyError: it is not for `by` to read.
    """
    rows = session.scalars(select(ItemRow).where(ItemRow.report_id == report_id).order_by(ItemRow.number)).all()
    gradings = session.scalars(
        select(GradingRow).where(GradingRow.report_id == report_id).order_by(GradingRow.item_id, GradingRow.version)
    ).all()
    versions: dict[UUID, list[GradeVersion]] = {}
    for grading in gradings:
        versions.setdefault(grading.item_id, []).append(_version(session, grading, by=by))
    return tuple(
        Item(row.id, report_id, row.number, open_row(session, row, by=by)["text"], tuple(versions.get(row.id, ())))
        for row in rows
    )


def whole_text(report: CaseReport) -> str:
    """What an item starts from when nobody has split the report: everything said in the sender's own words."""
    spoken = [answer for answer in report.answers_in_order if answer.own_words and answer.question != "careful"]
    if len(spoken) == 1:
        return spoken[0].text.strip()
    return "\n\n".join(
        answer.text.strip() if answer.question == "what" else f"{answer.label}: {answer.text.strip()}"
        for answer in spoken
    )


def split_report(session: CaseSession, report_id: UUID, texts: Sequence[str], *, by: KeyHolder) -> tuple[int, ...]:
    """Add items with these texts after those there are; gives their numbers.

    Raises:
        ItemError: there is nothing to write, or too much.
        ReportClosedError: the report is closed.
    """
    wanted = [text.strip() for text in texts if text.strip()]
    if not wanted:
        raise ItemError("Enter the text of at least one item.")
    row = open_for_work(session, report_id, by=by)
    last = session.scalar(select(func.max(ItemRow.number)).where(ItemRow.report_id == report_id)) or 0
    if last + len(wanted) > MOST_ITEMS:
        raise ItemError(f"A report can have {MOST_ITEMS} items. Put some of them together.")
    numbers = tuple(range(last + 1, last + 1 + len(wanted)))
    for number, text in zip(numbers, wanted, strict=True):
        item = ItemRow(id=uuid4(), report_id=report_id, number=number)
        seal_row(session, item, {"text": text}, by=by, key_id=row.data_key_id)
    is_ungraded_again(session, report_id)
    session.flush()
    record(session, Act.ITEM_WRITTEN, report_id, by=by, count=len(numbers))
    return numbers


def change_item(session: CaseSession, report_id: UUID, number: int, text: str, *, by: KeyHolder) -> None:
    """Write an item's text anew; empty takes the item away. A graded one stays as it was graded.

    Raises:
        ItemError: it has been graded.
        NotFoundError, ReportClosedError.
    """
    open_for_work(session, report_id, by=by)
    row = _item_row(session, report_id, number)
    if session.scalar(select(func.count()).select_from(GradingRow).where(GradingRow.item_id == row.id)):
        raise ItemError("This item has been graded, so its words stay. Add a new item instead.")
    if text.strip():
        reseal_row(session, row, {"text": text.strip()}, by=by)
    else:
        session.delete(row)
    session.flush()
    _settle(session, report_id)
    record(session, Act.ITEM_WRITTEN, report_id, by=by)


def grade_item(
    session: CaseSession,
    report_id: UUID,
    number: int,
    grade: Grade,
    *,
    nature: Nature = Nature.CLAIM,
    people: Sequence[NamedPerson] = (),
    why: str = "",
    over_version: int | None = None,
    corroboration: Corroboration | None = None,
    by: KeyHolder,
) -> int:
    """Grade an item; gives the new version's number. Item 1 of a report nobody has split is the whole text.

    `over_version` is the version the officer had before them; `why` is asked for when a grade is changed.

    Raises:
        UngradableError: with each problem and the part of the grade it is about.
        OutOfDateError: somebody graded it meanwhile.
        ReportClosedError, NotFoundError.
    """
    row = open_for_work(session, report_id, by=by)
    report = case_report(session, report_id, by=by)
    known = corroboration.candidates(session, report_id, by=by) if corroboration and grade.corroborated_by else ()
    require_gradable(
        grade,
        report_id=report_id,
        is_anonymous=report.is_anonymous,
        corroborating=next((item for item in known if item.item_id == grade.corroborated_by), None),
    )
    if number == 1 and not _has_items(session, report_id):
        split_report(session, report_id, [whole_text(report)], by=by)
    item = _item_row(session, report_id, number)
    version = session.scalar(select(func.max(GradingRow.version)).where(GradingRow.item_id == item.id)) or 0
    if over_version is not None and over_version != version:
        raise OutOfDateError
    if version and not why.strip():
        raise ItemError("Enter why you change the grade.")
    grading = GradingRow(
        id=uuid4(),
        report_id=report_id,
        item_id=item.id,
        version=version + 1,
        graded_by=by.id,
        graded_on=session.today,
    )
    body = {
        "grade": grade_to_body(grade),
        "nature": nature.value,
        "people": [
            {"name": person.name, "categories": [category.value for category in person.categories]} for person in people
        ],
        "why": why.strip(),
    }
    seal_row(session, grading, body, by=by, key_id=row.data_key_id)
    session.flush()
    _settle(session, report_id)
    record(session, Act.GRADED, report_id, by=by)
    return version + 1


def _settle(session: CaseSession, report_id: UUID) -> None:
    """A report is graded when each of its items is."""
    items = session.scalar(select(func.count()).select_from(ItemRow).where(ItemRow.report_id == report_id)) or 0
    graded = (
        session.scalar(select(func.count(GradingRow.item_id.distinct())).where(GradingRow.report_id == report_id)) or 0
    )
    if items and items == graded:
        has_reached(session, report_id, ReportState.GRADED)


def _has_items(session: CaseSession, report_id: UUID) -> bool:
    return session.scalars(select(ItemRow.id).where(ItemRow.report_id == report_id).limit(1)).first() is not None


def _item_row(session: CaseSession, report_id: UUID, number: int) -> ItemRow:
    row = session.scalars(select(ItemRow).where(ItemRow.report_id == report_id, ItemRow.number == number)).one_or_none()
    if row is None:
        raise NotFoundError("item")
    return row


def _version(session: CaseSession, row: GradingRow, *, by: KeyHolder) -> GradeVersion:
    body: Mapping[str, Any] = open_row(session, row, by=by)  # JSON of our own making
    return GradeVersion(
        version=row.version,
        grade=grade_from_body(body["grade"]),
        nature=Nature(body["nature"]),
        people=tuple(
            NamedPerson(person["name"], tuple(Category(one) for one in person["categories"]))
            for person in body["people"]
        ),
        why=body["why"],
        graded_by=row.graded_by,
        graded_on=row.graded_on,
    )
