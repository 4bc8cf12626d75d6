"""What lies on the desk beside a text: the original, the other texts, and what the text may be graded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from triage.database import CaseSession
from triage.grading.codes import Code, Scheme, codes_on
from triage.grading.rules import Category, Intelligence, Source
from triage.grading.service import Item, items_of
from triage.intake.answers import Answer
from triage.officers.names import SOMEBODY, names_of
from triage.officers.officer import Officer
from triage.sanitising.draft import Draft
from triage.sanitising.rules import allowed_grades
from triage.sanitising.service import drafts_of, original_of

# Whoever is one of these in an item may be asked about; anybody else may be asked who spoke (DPA 2018 s.38).
UNDER_SUSPICION = frozenset({Category.SUSPECT, Category.CONVICTED})


@dataclass(frozen=True)
class Material:
    """Everything a page about a text shows beside it."""

    report_id: UUID
    answers: tuple[Answer, ...] = field(repr=False)
    drafts: tuple[Draft, ...] = field(repr=False)
    grades: tuple[tuple[Source, Intelligence], ...]
    harmless_names: tuple[str, ...] = field(repr=False)
    codes: Mapping[Scheme, Sequence[Code]] = field(repr=False)
    names: Mapping[UUID, str] = field(repr=False)

    def own(self, officer_id: UUID) -> Draft | None:
        """The text an officer is at work on, or has put forward."""
        return next((one for one in self.drafts if one.drafted_by == officer_id and not one.is_agreed), None)

    def name_of(self, officer_id: UUID | None) -> str:
        """Somebody's name, for a page that says who did what."""
        return self.names.get(officer_id, SOMEBODY) if officer_id is not None else SOMEBODY

    def label(self, scheme: Scheme, code: str) -> str:
        """What a code means today."""
        return next((one.label for one in self.codes[scheme] if one.code == code), "")


def material_for(session: CaseSession, report_id: UUID, *, by: Officer) -> Material:
    """Open a report to write, or to agree to, a text from it; the look is recorded.

    Raises:
        NotFoundError, NoKeyError.
    """
    items = items_of(session, report_id, by=by)
    drafts = drafts_of(session, report_id, by=by)
    return Material(
        report_id=report_id,
        answers=original_of(session, report_id, by=by),
        drafts=drafts,
        grades=allowed_grades([item.current.grade for item in items if item.current is not None]),
        harmless_names=tuple(dict.fromkeys(_harmless(items))),
        codes=codes_on(session, session.today),
        names=names_of(
            session, {one for draft in drafts for one in (draft.drafted_by, draft.reviewed_by) if one}, by=by
        ),
    )


def _harmless(items: Sequence[Item]) -> list[str]:
    return [
        person.name
        for item in items
        if item.current is not None
        for person in item.current.people
        if not UNDER_SUSPICION & set(person.categories)
    ]
