"""3x5x2: every combination of codes, and each rule of domain.md §2 by name."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

import pytest

from triage.grading.rules import (
    NO_MUTUAL_CORROBORATION,
    Action,
    CorroboratingItem,
    Grade,
    Handling,
    Intelligence,
    Sanction,
    Source,
    UngradableError,
    default_grade,
    grade_from_body,
    grade_to_body,
    problems,
    require_gradable,
)

HERE, ELSEWHERE = uuid4(), uuid4()
ITEM = UUID(int=7)
BORNE_OUT = CorroboratingItem(ITEM, ELSEWHERE, is_anonymous=False, intelligence=Intelligence.KNOWN_DIRECTLY)
EVERY_CODE = tuple(product(Source, Intelligence, Handling, (None, *Action), (None, *Sanction)))


def parts(grade: Grade, *, is_anonymous: bool = True, corroborating: CorroboratingItem | None = None) -> set[str]:
    found = problems(grade, report_id=HERE, is_anonymous=is_anonymous, corroborating=corroborating)
    return {problem.part for problem in found}


def filled(source: Source, intelligence: Intelligence, handling: Handling, action: object, sanction: object) -> Grade:
    """A grade with every text it could need, so that only its codes can be wrong."""
    return Grade(
        source=source,
        intelligence=intelligence,
        handling=handling,
        action=action,  # type: ignore[arg-type]
        sanction=sanction,  # type: ignore[arg-type]
        instructions="Not beyond the team",
        usage="At a meeting",
        source_reason="Sent the same untruth twice",
        basis="Says they saw it",
        corroborated_by=ITEM if intelligence is Intelligence.CORROBORATED else None,
        rationale="The street does not exist",
        risk="The person named",
    )


def may_stand(grade: Grade, *, is_anonymous: bool) -> bool:
    """The definitions again, written the other way round from the rules."""
    conditions = (grade.action is not None, grade.sanction is not None)
    fits = conditions == (True, True) if grade.handling is Handling.WITH_CONDITIONS else conditions == (False, False)
    return fits and not (is_anonymous and grade.source is Source.RELIABLE)


@pytest.mark.parametrize("is_anonymous", [True, False], ids=["anonymous", "known source"])
def test_every_combination_of_codes_stands_exactly_when_the_definitions_allow_it(*, is_anonymous: bool) -> None:
    for codes in EVERY_CODE:
        grade = filled(*codes)
        corroborating = BORNE_OUT if grade.corroborated_by else None
        assert (parts(grade, is_anonymous=is_anonymous, corroborating=corroborating) == set()) is may_stand(
            grade, is_anonymous=is_anonymous
        ), grade.code


def test_every_combination_without_its_texts_asks_for_each_of_them() -> None:
    for source, intelligence, handling, action, sanction in EVERY_CODE:
        grade = Grade(source, intelligence, handling, action, sanction)
        wanted = set()
        if source is Source.RELIABLE:
            wanted.add("source")
        if source is Source.NOT_RELIABLE:
            wanted.add("source_reason")
        if intelligence in {Intelligence.KNOWN_DIRECTLY, Intelligence.KNOWN_INDIRECTLY}:
            wanted.add("basis")
        if intelligence is Intelligence.CORROBORATED:
            wanted.add("corroborated_by")
        if intelligence is Intelligence.SUSPECTED_FALSE:
            wanted |= {"rationale", "risk"}
        if handling is Handling.LAWFUL_SHARING and (action or sanction):
            wanted.add("handling")
        if handling is Handling.WITH_CONDITIONS:
            wanted.add("instructions")
            wanted |= {name for name, code in (("action", action), ("sanction", sanction)) if code is None}
            if action is Action.OVERT_USE:
                wanted.add("usage")
        assert parts(grade) == wanted, grade.code


def test_white_space_is_no_text() -> None:
    blank = replace(
        filled(
            Source.NOT_RELIABLE,
            Intelligence.KNOWN_DIRECTLY,
            Handling.WITH_CONDITIONS,
            Action.OVERT_USE,
            Sanction.CONSULT_ORIGINATOR,
        ),
        instructions=" \n",
        usage="\t",
        source_reason=" ",
        basis="  ",
    )
    assert parts(blank) == {"source_reason", "basis", "instructions", "usage"}


def test_an_anonymous_report_starts_at_2_d_p() -> None:
    assert default_grade(could_identify_sender=False).code == "2/D/P"
    assert parts(default_grade(could_identify_sender=False)) == set()


def test_a_text_that_could_identify_its_sender_starts_at_2_d_c_and_asks_for_its_conditions() -> None:
    grade = default_grade(could_identify_sender=True)
    assert grade.code == "2/D/C"
    assert parts(grade) == {"action", "sanction"}


def test_an_anonymous_source_is_never_reliable() -> None:
    assert parts(Grade(Source.RELIABLE)) == {"source"}
    assert parts(Grade(Source.RELIABLE), is_anonymous=False) == set()


def borne_out_by(item: CorroboratingItem, *, is_anonymous: bool = True) -> str:
    grade = Grade(intelligence=Intelligence.CORROBORATED, corroborated_by=ITEM)
    found = problems(grade, report_id=HERE, is_anonymous=is_anonymous, corroborating=item)
    return found[0].sentence if found else ""


def test_two_anonymous_reports_do_not_corroborate_each_other() -> None:
    other = replace(BORNE_OUT, is_anonymous=True)
    assert NO_MUTUAL_CORROBORATION.rstrip(".") in borne_out_by(other)
    assert borne_out_by(other, is_anonymous=False) == ""


def test_an_item_of_the_same_report_corroborates_nothing() -> None:
    assert "same report" in borne_out_by(replace(BORNE_OUT, report_id=HERE))


def test_two_items_of_one_origin_corroborate_nothing() -> None:
    assert "same origin" in borne_out_by(replace(BORNE_OUT, same_origin=True))


@pytest.mark.parametrize("code", [code for code in Intelligence if code is not Intelligence.KNOWN_DIRECTLY])
def test_only_an_item_graded_a_corroborates(code: Intelligence) -> None:
    assert f"graded {code}" in borne_out_by(replace(BORNE_OUT, intelligence=code))


def test_an_item_that_was_not_found_corroborates_nothing() -> None:
    grade = Grade(intelligence=Intelligence.CORROBORATED, corroborated_by=ITEM)
    assert parts(grade, corroborating=None) == {"corroborated_by"}
    assert parts(grade, corroborating=replace(BORNE_OUT, item_id=uuid4())) == {"corroborated_by"}


def test_every_2_d_carries_its_banner_and_nothing_else_does() -> None:
    carrying = {grade.code[:3] for codes in EVERY_CODE if (grade := filled(*codes)).is_single_anonymous}
    assert carrying == {"2/D"}


def test_an_ungradable_grade_says_everything_at_once() -> None:
    with pytest.raises(UngradableError) as raised:
        require_gradable(Grade(Source.RELIABLE, Intelligence.SUSPECTED_FALSE), report_id=HERE, is_anonymous=True)
    assert [problem.part for problem in raised.value.problems] == ["source", "rationale", "risk"]


def test_a_grade_is_the_same_after_it_was_kept() -> None:
    for codes in EVERY_CODE:
        grade = filled(*codes)
        assert grade_from_body(grade_to_body(grade)) == grade
