"""Grading: items, versions, the state of the report, and what may not be graded."""

from uuid import UUID

import pytest
from sqlalchemy import select

from migrations.runner import History
from tests.databases import assert_models_match
from tests.desk_work import at_once, report_at_desk
from tests.force import Force
from triage.database import CaseSession
from triage.errors import NoKeyError, OutOfDateError
from triage.grading.codes import Scheme, codes_on
from triage.grading.models import GradingRow, ItemRow
from triage.grading.rules import Category, CorroboratingItem, Grade, Intelligence, Nature, Source, UngradableError
from triage.grading.service import (
    ItemError,
    NamedPerson,
    change_item,
    grade_item,
    items_of,
    split_report,
)
from triage.intake.errors import ReportClosedError
from triage.intake.reports import ReportState, case_report, close, read_by_a_person, reopen
from triage.intake.writing import write_report
from triage.keys.keyring import KeyHolder
from triage.tables import CASE

SEEN = Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="Says they saw it")


def received(force: Force, what: str = "Big Tony sells by the arch. He has a van.", **answers: str) -> UUID:
    return report_at_desk(force, what, **answers)


def state(force: Force, report_id: UUID) -> ReportState:
    with force.database.begin() as session:
        return case_report(session, report_id, by=force.officer("tom")).state


def test_a_report_nobody_split_is_graded_whole_as_item_one(force_on_both: Force) -> None:
    report_id = received(force_on_both, who="Tony Skellow")
    with force_on_both.database.begin() as session:
        assert grade_item(session, report_id, 1, Grade(), over_version=0, by=force_on_both.officer("tom")) == 1
    with force_on_both.database.begin() as session:
        (item,) = items_of(session, report_id, by=force_on_both.officer("tess"))
    assert item.text == "Big Tony sells by the arch. He has a van.\n\nWho is doing it: Tony Skellow"
    assert item.current is not None
    assert item.current.grade == Grade()
    assert state(force_on_both, report_id) is ReportState.GRADED


def test_a_report_is_graded_when_each_of_its_items_is(force: Force) -> None:
    report_id = received(force)
    with force.database.begin() as session:
        tom = force.officer("tom")
        assert split_report(session, report_id, ["Sells by the arch", " ", "Has a van"], by=tom) == (1, 2)
        grade_item(session, report_id, 1, Grade(), by=tom)
    assert state(force, report_id) is not ReportState.GRADED
    with force.database.begin() as session:
        grade_item(session, report_id, 2, SEEN, by=force.officer("tom"))
    assert state(force, report_id) is ReportState.GRADED
    with force.database.begin() as session:
        split_report(session, report_id, ["Something more"], by=force.officer("tom"))
    assert state(force, report_id) is ReportState.OPEN


def test_a_new_grade_is_a_new_version_and_the_old_one_stays(force_on_both: Force) -> None:
    report_id = received(force_on_both)
    tom, tess = force_on_both.officer("tom"), force_on_both.officer("tess")
    with force_on_both.database.begin() as session:
        grade_item(session, report_id, 1, Grade(), by=tom)
    with force_on_both.database.begin() as session, pytest.raises(ItemError, match="why you change"):
        grade_item(session, report_id, 1, SEEN, over_version=1, by=tess)
    people = (NamedPerson("Tony", (Category.SUSPECT, Category.VICTIM)),)
    with force_on_both.database.begin() as session:
        grade_item(
            session, report_id, 1, SEEN, nature=Nature.FACT, people=people, why="They say how", over_version=1, by=tess
        )
    with force_on_both.database.begin() as session:
        (item,) = items_of(session, report_id, by=tom)
    first, second = item.versions
    assert (first.grade, first.graded_by, first.version) == (Grade(), tom.id, 1)
    assert (second.grade, second.graded_by, second.version) == (SEEN, tess.id, 2)
    assert (second.why, second.nature, second.people) == ("They say how", Nature.FACT, people)


def test_two_officers_cannot_grade_over_each_other_unseen(force: Force) -> None:
    report_id = received(force)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, Grade(), over_version=0, by=force.officer("tom"))
    with force.database.begin() as session, pytest.raises(OutOfDateError):
        grade_item(session, report_id, 1, SEEN, over_version=0, by=force.officer("tess"))


def test_two_officers_at_the_same_moment_are_one_after_the_other(force_on_both: Force) -> None:
    report_id = received(force_on_both)

    def grade_as(name: str) -> int:
        officer = force_on_both.officer(name)
        with force_on_both.database.begin() as session:
            return grade_item(session, report_id, 1, Grade(), over_version=0, by=officer)

    def read_as(name: str) -> bool:
        with force_on_both.database.begin() as session:
            return read_by_a_person(session, report_id, by=force_on_both.officer(name))

    for name in ("tom", "tess"):
        force_on_both.officer(name)
    first = at_once(lambda: read_as("tom"), lambda: read_as("tess"))
    assert sorted(map(bool, first)) == [False, True]
    graded = at_once(lambda: grade_as("tom"), lambda: grade_as("tess"))
    assert [one for one in graded if one == 1] == [1]
    assert [type(one) for one in graded if one != 1] == [OutOfDateError]


def test_a_source_of_1_is_refused_for_what_came_without_a_name_and_taken_from_an_officer(force: Force) -> None:
    report_id = received(force)
    with force.database.begin() as session, pytest.raises(UngradableError):
        grade_item(session, report_id, 1, Grade(Source.RELIABLE), by=force.officer("tom"))
    with force.database.begin() as session:
        written = write_report(session, {"what": "Seen on patrol at the arch"}, by=force.officer("tom"))
        assert grade_item(session, written, 1, Grade(Source.RELIABLE), by=force.officer("tom")) == 1


class Known:
    """Says that these items bear on every report."""

    def __init__(self, *items: CorroboratingItem) -> None:
        self.items = items

    def candidates(self, session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[CorroboratingItem, ...]:  # noqa: ARG002
        return self.items


def test_b_needs_an_item_graded_a_of_another_origin(force: Force) -> None:
    report_id, other_id = received(force, "one"), received(force, "other")
    with force.database.begin() as session:
        tom = force.officer("tom")
        written = write_report(session, {"what": "Seen on patrol"}, by=tom)
        grade_item(session, other_id, 1, SEEN, by=tom)
        grade_item(session, written, 1, SEEN, by=tom)
        (anonymous,) = items_of(session, other_id, by=tom)
        (seen,) = items_of(session, written, by=tom)
    known = Known(
        CorroboratingItem(anonymous.id, other_id, is_anonymous=True, intelligence=Intelligence.KNOWN_DIRECTLY),
        CorroboratingItem(seen.id, written, is_anonymous=False, intelligence=Intelligence.KNOWN_DIRECTLY),
    )

    def grade_b(item_id: UUID) -> None:
        grade = Grade(intelligence=Intelligence.CORROBORATED, corroborated_by=item_id)
        with force.database.begin() as session:
            grade_item(session, report_id, 1, grade, corroboration=known, by=force.officer("tom"))

    with pytest.raises(UngradableError, match="do not corroborate each other"):
        grade_b(anonymous.id)
    grade_b(seen.id)


def test_a_graded_item_keeps_its_words_and_an_ungraded_one_may_go(force: Force) -> None:
    report_id = received(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        split_report(session, report_id, ["one", "two"], by=tom)
        grade_item(session, report_id, 1, Grade(), by=tom)
        with pytest.raises(ItemError, match="words stay"):
            change_item(session, report_id, 1, "another one", by=tom)
        change_item(session, report_id, 2, "", by=tom)
    assert state(force, report_id) is ReportState.GRADED


def test_a_closed_report_is_not_graded_until_it_is_open_again(force: Force) -> None:
    report_id = received(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        close(session, report_id, reason="Known already", by=tom)
    with force.database.begin() as session, pytest.raises(ReportClosedError):
        grade_item(session, report_id, 1, Grade(), by=tom)
    with force.database.begin() as session:
        reopen(session, report_id, reason="Something new", by=tom)
        grade_item(session, report_id, 1, Grade(), by=tom)


def test_grading_keeps_a_report_for_six_years(force: Force) -> None:
    report_id = received(force)
    with force.database.begin() as session:
        before = case_report(session, report_id, by=force.officer("tom"))
        assert (before.retain_until - before.received_on).days == 90
        grade_item(session, report_id, 1, Grade(), by=force.officer("tom"))
    with force.database.begin() as session:
        after = case_report(session, report_id, by=force.officer("tom"))
    assert after.retain_until.year == after.received_on.year + 6


def test_nobody_without_the_desks_key_reads_a_grade(force: Force) -> None:
    report_id = received(force)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, SEEN, by=force.officer("tom"))
        assert all(b"saw it" not in row.sealed for row in session.scalars(select(GradingRow)))
        assert all(b"arch" not in row.sealed for row in session.scalars(select(ItemRow)))
    for name in ("ada", "iris", "nell"):
        with force.database.begin() as session, pytest.raises(NoKeyError):
            items_of(session, report_id, by=force.officer(name))


def test_the_code_tables_are_data_with_dates(force_on_both: Force) -> None:
    with force_on_both.database.begin() as session:
        now = codes_on(session, force_on_both.today)
        then = codes_on(session, force_on_both.today.replace(year=2015))
    assert [code.code for code in now[Scheme.SOURCE]] == ["1", "2", "3"]
    assert [code.code for code in now[Scheme.INTELLIGENCE]] == ["A", "B", "C", "D", "E"]
    assert [code.code for code in now[Scheme.CONDITION]] == ["A1", "A2", "A3", "S1", "S2"]
    assert now[Scheme.OLD_SOURCE] == ()
    assert [code.code for code in then[Scheme.OLD_INFORMATION]] == ["1", "2", "3", "4", "5"]
    assert then[Scheme.SOURCE] == ()
    assert_models_match(force_on_both.database.case, History.CASE, CASE)
