"""Origins: what goes back to one telling, an officer's word on it, and what reports on one entry say together."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk, unsealed
from tests.force import SEE_OTHER, Force, client_for
from triage.errors import NoKeyError, NotFoundError
from triage.grading.rules import Grade, Intelligence
from triage.grading.service import grade_item
from triage.holding import IDLE_SECONDS
from triage.keys.records import destroy_data_key
from triage.keys.service import desk_id
from triage.linking.corroboration import LinkedCorroboration
from triage.linking.origins import comparing, shelf
from triage.linking.origins.accounts import account_of
from triage.linking.origins.beside import origins_beside
from triage.linking.origins.comparing import compare_more, kin_of
from triage.linking.origins.deciding import (
    Ground,
    OriginVerdict,
    SameReportError,
    decide_origin,
    origin_decisions,
)
from triage.linking.origins.models import OriginDecisionRow
from triage.linking.origins.shelf import shelf_of
from triage.linking.service import Found, confirm
from triage.officers.models import SessionRow
from triage.register.importing import import_register
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
TOLD = (
    "Big Tony keeps a handgun wrapped in a towel in the loft on Thrum Street, his plate ends XRT. He showed it off at "
    "a christening and laughed, and the little brother carries it when the coast is clear."
)
COPY = TOLD.replace("laughed", "laughd") + " Please do something."
RETOLD = (
    "I heard that the little brother carries it for him when the coast is clear. Big Tony has a gun wrapped in a towel "
    "in the loft on Thrum Street. He showed it off at a christening, plate ends XRT."
)
OTHER = "Every Friday the shopkeepers by the arches hand envelopes to Big Tony. A white Golf waits with its engine on."


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


@pytest.fixture
def four(millbrook: Force) -> tuple[UUID, ...]:
    """An original, a near-copy, a retelling, and one of another origin: all confirmed to be about Big Tony."""
    tom = millbrook.officer("tom")
    ids = tuple(report_at_desk(millbrook, text) for text in (TOLD, COPY, RETOLD, OTHER))
    with millbrook.database.begin() as session:
        for report_id in ids:
            confirm(session, report_id, tony(millbrook), by=tom)
    return ids


def tony(force: Force) -> UUID:
    officer = force.officer("tom")
    with force.database.look() as session:
        return unlock_register(session, desk_id(session), by=officer).by_reference["n-0001"]


def kin_ids(force: Force, report_id: UUID) -> set[UUID]:
    officer = force.officer("tom")
    with force.database.look() as session:
        compare_more(session, by=officer)
        return {one.report.id for one in kin_of(session, report_id, by=officer)}


def origins(force: Force) -> list[set[UUID]]:
    officer, entry_id = force.officer("tom"), tony(force)
    with force.database.begin() as session:
        account = account_of(session, entry_id, by=officer)
    return [{one.report.id for one in origin.reports} for origin in account.origins]


def test_copies_and_retellings_are_one_origin_and_another_sight_of_him_is_not(
    millbrook: Force, four: tuple[UUID, ...]
) -> None:
    original, copy, retold, other = four
    assert kin_ids(millbrook, original) == {copy, retold}
    assert kin_ids(millbrook, other) == set()
    assert sorted(origins(millbrook), key=len) == [{other}, {original, copy, retold}]


def test_what_several_say_is_joined_on_facts_and_each_origin_has_what_it_adds(
    millbrook: Force, four: tuple[UUID, ...]
) -> None:
    with millbrook.database.begin() as session:
        account = account_of(session, tony(millbrook), by=millbrook.officer("tom"))
    assert (account.reports, len(account.origins)) == (4, 2)
    one, two = (origin.number for origin in sorted(account.origins, key=lambda each: -len(each.reports)))
    by_fact = {(row.fact.kind, row.origins) for row in account.rows}
    assert ("nickname", (1, 2)) in by_fact
    assert ("plate", (one,)) in by_fact
    assert ("vehicle", (two,)) in by_fact
    assert account.only_together
    assert {row.fact.kind for row in account.borne_out} == {"nickname"}


def test_an_officers_word_outranks_the_words_is_kept_sealed_and_can_be_taken_back(
    millbrook: Force, four: tuple[UUID, ...]
) -> None:
    original, copy, retold, other = four
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    with millbrook.database.begin() as session:
        decide_origin(session, other, original, OriginVerdict.ONE, ground=Ground.ONE_REPEATS, by=tom)
        decide_origin(session, original, retold, OriginVerdict.TWO, by=tom)
    assert sorted(origins(millbrook), key=len) == [{retold}, {original, copy, other}]
    with millbrook.database.begin() as session:
        for one, two in ((other, original), (retold, original)):
            decide_origin(session, one, two, OriginVerdict.TAKEN_BACK, by=tess)
    assert sorted(origins(millbrook), key=len) == [{other}, {original, copy, retold}]
    with millbrook.database.look() as session:
        kept = origin_decisions(session, by=tess)
        assert [one.stands for one in kept] == [False, False, True, True]
        assert {one.decided_by for one in kept} == {tom.id, tess.id}
        assert kept[0].ground is Ground.ONE_REPEATS
        for row in session.query(OriginDecisionRow):
            assert b"repeats" not in row.sealed
            assert not any(str(report_id).encode() in row.sealed for report_id in four)


def test_held_apart_they_meet_not_even_through_a_third(millbrook: Force, four: tuple[UUID, ...]) -> None:
    original, copy, retold, _ = four
    with millbrook.database.begin() as session:
        decide_origin(session, original, copy, OriginVerdict.TWO, by=millbrook.officer("tom"))
    together = next(each for each in origins(millbrook) if retold in each)
    assert not {original, copy} <= together


def test_a_report_is_not_compared_with_itself_and_not_with_one_that_is_none(
    millbrook: Force, four: tuple[UUID, ...]
) -> None:
    tom = millbrook.officer("tom")
    with pytest.raises(SameReportError), millbrook.database.begin() as session:
        decide_origin(session, four[0], four[0], OriginVerdict.ONE, by=tom)
    with pytest.raises(NotFoundError), millbrook.database.begin() as session:
        decide_origin(session, four[0], UUID(int=3), OriginVerdict.ONE, by=tom)


@pytest.mark.parametrize("name", ["nell", "ada", "iris"])
def test_whoever_holds_no_key_decides_and_reads_nothing(millbrook: Force, four: tuple[UUID, ...], name: str) -> None:
    outsider = millbrook.officer(name)
    with millbrook.database.look() as session:
        assert compare_more(session, by=outsider).total == 0
        assert origin_decisions(session, by=outsider) == ()
        with pytest.raises(NoKeyError):
            shelf_of(session, desk_id(session), by=outsider)
        with pytest.raises(NoKeyError):
            origins_beside(session, four[0], by=outsider)
    with pytest.raises(NoKeyError), millbrook.database.begin() as session:
        decide_origin(session, four[0], four[1], OriginVerdict.ONE, by=outsider)


def test_one_receipt_is_the_reporters_own_word_that_two_are_one_origin(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    receipt = millbrook.send(TOLD)
    [first] = unsealed(millbrook)
    millbrook.send(OTHER, adds_to=receipt)
    [added] = unsealed(millbrook)
    with millbrook.database.begin() as session:
        for report_id in (first, added):
            confirm(session, report_id, tony(millbrook), by=tom)
    assert origins(millbrook) == [{first, added}]
    with millbrook.database.begin() as session:
        decide_origin(session, first, added, OriginVerdict.TWO, by=tom)
    assert len(origins(millbrook)) == 2


def test_grading_is_told_that_one_repeats_the_other(millbrook: Force, four: tuple[UUID, ...]) -> None:
    original, copy, _, other = four
    tom = millbrook.officer("tom")
    graded = Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="Says they saw it")
    with millbrook.database.begin() as session:
        for report_id in (copy, other):
            grade_item(session, report_id, 1, graded, by=tom)
    with millbrook.database.begin() as session:
        found = {one.report_id: one.same_origin for one in LinkedCorroboration().candidates(session, original, by=tom)}
    assert found == {copy: True, other: False}


def test_a_deleted_report_is_of_no_origin_any_more(millbrook: Force, four: tuple[UUID, ...]) -> None:
    original, copy, retold, _ = four
    tom = millbrook.officer("tom")
    assert kin_ids(millbrook, original) == {copy, retold}
    with millbrook.database.begin() as session:
        decide_origin(session, original, copy, OriginVerdict.TWO, by=tom)
        key_id = comparing.opened_reports(session, [copy], by=tom)[copy].data_key_id
        destroy_data_key(session, key_id, by=tom)
    assert kin_ids(millbrook, original) == {retold}


def test_the_words_in_memory_go_with_their_last_holder_and_when_nobody_uses_them(millbrook: Force) -> None:
    report_at_desk(millbrook, TOLD)
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    with millbrook.database.look() as session:
        compare_more(session, by=tom)
        compare_more(session, by=tess)
        assert len(shelf_of(session, desk_id(session), by=tom).tellings) == 1
        desk = desk_id(session)
    held, home = shelf.HELD, millbrook.database
    held.let_go(tom.id)
    assert held.peek(home, desk)
    held.let_go(tess.id)
    assert not held.peek(home, desk)
    with millbrook.database.look() as session:
        compare_more(session, by=tom)
    used_at = held.used_at(home, desk)
    held.wipe_idle(used_at + IDLE_SECONDS - 1)
    assert held.peek(home, desk)
    held.wipe_idle(used_at + IDLE_SECONDS + 1)
    assert not held.peek(home, desk)


def test_whoever_signed_out_at_another_worker_holds_no_words_here(millbrook: Force) -> None:
    report_at_desk(millbrook, TOLD)
    client_for(millbrook, "tom")
    client_for(millbrook, "tess")
    tom, tess, held = millbrook.officer("tom"), millbrook.officer("tess"), shelf.HELD
    with millbrook.database.look() as session:
        compare_more(session, by=tom)
        compare_more(session, by=tess)
        desk = desk_id(session)
    held.wipe_signed_out()
    assert held.holders(millbrook.database, desk) == {tom.id, tess.id}
    for gone, left in ((tom, {tess.id}), (tess, set())):
        with millbrook.database.begin() as session:
            session.execute(delete(SessionRow).where(SessionRow.officer_id == gone.id))
        held.wipe_signed_out()
        assert held.holders(millbrook.database, desk) == left
    assert not held.peek(millbrook.database, desk)


def test_signing_out_lets_go_of_the_words(millbrook: Force) -> None:
    report_id = report_at_desk(millbrook, TOLD)
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{report_id}/origins")
    with millbrook.database.look() as session:
        desk = desk_id(session)
    refused = tom.client.post("/sign-out", base_url=tom.base_url)
    assert refused.status_code != SEE_OTHER
    assert shelf.HELD.peek(millbrook.database, desk), "and a press that is refused lets go of nothing"
    tom.submit(button="Sign out")
    assert not shelf.HELD.peek(millbrook.database, desk)


def test_reading_for_comparing_goes_on_where_it_stopped(millbrook: Force) -> None:
    for number in range(5):
        millbrook.send(f"{OTHER} Number {number}")
    ids = unsealed(millbrook)
    tom = millbrook.officer("tom")
    shelf.HELD.wipe()
    with millbrook.database.look() as session:
        first = compare_more(session, by=tom, first=[ids[0]], most=2)
        assert (first.done, first.total, first.is_complete) == (3, 5, False)
        assert compare_more(session, by=tom, most=2).is_complete


def test_the_pages_say_how_many_origins_and_mark_what_two_reports_share(
    millbrook: Force, four: tuple[UUID, ...]
) -> None:
    original, copy, _, _ = four
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{original}")
    tom.sees("4 reports, 2 origins")
    tom.sees("2 other reports go back to the same telling")
    tom.follow("Look at its origin")
    assert tom.heading() == "Where does this come from?"
    tom.sees("Nearly the same, word for word.")
    tom.page(f"/reports/{original}/origins/{copy}")
    assert '<mark class="qw-mark--same"' in tom.response.text
    tom.sees("Nobody has decided. The program goes by the words: one origin.")
    tom.submit({"ground": "they tell of different events"}, button="They have two origins")
    tom.sees("Tom Arkwright decided on 22 November 2026: two origins, because they tell of different events.")
    tom.submit(button="Take back what was decided")
    tom.sees("Nobody has decided.")
    tom.sees("Every decision about these two")
    tom.page(f"/register/{tony(millbrook)}")
    tom.follow("Which origin adds which fact")
    assert tom.heading() == "4 reports, 2 origins"
    assert [link.text.strip() for link in tom.root.findall(".//nav//a[@aria-current]")] == ["Register"]
    tom.sees("Only together do they say all of this")
    tom.sees("Two anonymous reports do not corroborate each other.")


def test_the_grading_question_is_asked_and_no_grade_is_set(millbrook: Force, four: tuple[UUID, ...]) -> None:
    original, copy, _, other = four
    graded = Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="Says they saw it")
    with millbrook.database.begin() as session:
        for report_id in (copy, other):
            grade_item(session, report_id, 1, graded, by=millbrook.officer("tom"))
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{original}/origins")
    tom.sees("Does another report bear it out?")
    tom.sees("Two anonymous reports do not corroborate each other")
    tom.page(f"/reports/{original}")
    tom.sees("Nobody has graded this report.")


def test_hearsay_is_said_and_every_look_leaves_a_line(millbrook: Force) -> None:
    report_id = report_at_desk(millbrook, RETOLD, how="told")
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{report_id}/origins")
    tom.sees("The reporter says that somebody told them.")
    tom.sees("“I heard” speaks of what somebody else said.")
    assert any(
        line.get("reason") == "looking at its origin" and line.get("subject") == str(report_id)
        for line in audit_lines(millbrook)
    )


def test_an_officer_finds_reports_linked_by_search_too(millbrook: Force) -> None:
    report_id = report_at_desk(millbrook, "Nothing that fits")
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony(millbrook), found=Found.SEARCHED, by=millbrook.officer("tom"))
    tom = client_for(millbrook, "tom")
    tom.page(f"/register/{tony(millbrook)}/origins")
    tom.sees("None of them says anything that fits the entry by itself")
