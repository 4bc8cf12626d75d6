"""Learning from decisions: the rising curve, what the shipped calibration counts for, and that nothing runs away."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.linking.decisions import Decision, Found, Suggested, Verdict, in_order
from triage.linking.learning.calibration import (
    SHIPPED_COUNTS,
    TENTHS,
    Calibration,
    body_of,
    calibrate,
    calibration_of,
    moved,
    tenth_of,
)
from triage.linking.learning.cultures import Culture, culture_of_name, words_by_language
from triage.linking.learning.figures import drift_of, figures_of
from triage.linking.learning.isotonic import Curve, Point, curve_through, pool
from triage.linking.learning.outcomes import Learnt, Outcome, Settled, learnt_from
from triage.linking.learning.shares import FEWEST_SHOWN, Share
from triage.linking.matching import Strength, Suggestion
from triage.linking.naming.folding import fold
from triage.linking.naming.tables import FAMILY, GIVEN, read_lines
from triage.register.entries import Kind

DAY = date(2026, 11, 22)
SHARES = st.floats(0, 1)


def outcome(posterior: float, right: bool | None, *, blind: bool = True, day: date = DAY) -> Outcome:
    strength = Strength.STRONG if posterior >= 0.9 else Strength.FAIR if posterior >= 0.45 else Strength.WEAK
    return Outcome(uuid4(), uuid4(), "person", strength, posterior, right, blind, day)


def many(posterior: float, right: int, of: int, *, blind: bool = True) -> list[Outcome]:
    return [outcome(posterior, number < right, blind=blind) for number in range(of)]


def settled(somebody: int, of: int) -> tuple[Settled, ...]:
    return tuple(Settled(uuid4(), number < somebody, False, DAY) for number in range(of))


def learn(*outcomes: Outcome, reports: tuple[Settled, ...] = ()) -> Calibration:
    return calibrate(Learnt(outcomes, reports))


# --- the rising curve


@pytest.mark.parametrize(
    ("values", "pooled"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([3, 2, 1], [2, 2, 2]),
        ([1, 3, 2, 4], [1, 2.5, 2.5, 4]),
        ([4, 1, 1, 1, 10], [1.75, 1.75, 1.75, 1.75, 10]),
        ([1, 5, 4, 3, 2, 6], [1, 3.5, 3.5, 3.5, 3.5, 6]),
        ([2, 3, 1, 1, 3], [1.75, 1.75, 1.75, 1.75, 3]),
    ],
)
def test_pooling_gives_what_it_gives_by_hand(values: list[float], pooled: list[float]) -> None:
    curve = curve_through(Point(number, value) for number, value in enumerate(values))
    assert [curve(number) for number in range(len(values))] == pytest.approx(pooled)


def test_weights_count_and_points_at_one_place_are_one() -> None:
    (block,) = pool([Point(0.2, 1.0, 3), Point(0.4, 0.0, 1)])
    assert (block.low, block.high, block.value, block.weight) == (0.2, 0.4, 0.75, 4)
    (one,) = pool([Point(0.5, 1.0), Point(0.5, 0.0), Point(0.5, 0.0)])
    assert one.value == pytest.approx(1 / 3)


def test_between_blocks_is_a_straight_line_and_beyond_them_it_is_level() -> None:
    curve = curve_through([Point(0.2, 0.1), Point(0.6, 0.5)])
    assert [curve(at) for at in (0, 0.2, 0.4, 0.6, 1)] == pytest.approx([0.1, 0.1, 0.3, 0.5, 0.5])
    assert Curve(())(0.37) == 0.37


@given(st.lists(st.tuples(SHARES, SHARES, st.floats(0.01, 50)), min_size=1, max_size=40))
def test_the_curve_never_falls_and_keeps_the_weighted_mean(points: list[tuple[float, float, float]]) -> None:
    blocks = pool(Point(*one) for one in points)
    curve = curve_through(Point(*one) for one in points)
    heights = [curve(step / 50) for step in range(51)]
    assert all(one <= other + 1e-9 for one, other in pairwise(heights))
    assert sum(one.weight * one.value for one in blocks) == pytest.approx(sum(v * w for _, v, w in points))


# --- blending with the shipped calibration


def test_with_nothing_decided_the_shipped_calibration_holds() -> None:
    found = learn()
    assert [found.probability(at) for at in TENTHS] == pytest.approx(TENTHS)
    assert found.show_from == 0.2


def test_twenty_decisions_weigh_as_much_as_the_shipped_calibration() -> None:
    """All twenty at .75 were right: half way from .75 to 1 (and what lies above it rises with it)."""
    assert learn(*many(0.75, SHIPPED_COUNTS, SHIPPED_COUNTS)).probability(0.75) == pytest.approx(
        (0.75 + 1) / 2, abs=0.02
    )
    assert learn(*many(0.75, 1, 1)).probability(0.75) == pytest.approx((15 + 1) / 21)
    assert learn(*many(0.55, 12, 20)).probability(0.55) == pytest.approx((11 + 12) / 40)


def test_decisions_in_one_tenth_leave_a_far_one_alone() -> None:
    found = learn(*many(0.95, 90, 100))
    assert [found.probability(at) for at in TENTHS[:7]] == pytest.approx(TENTHS[:7])


def test_the_share_about_somebody_moves_the_shipped_part_only_as_far_as_reports_show() -> None:
    few, lots = learn(reports=settled(0, 5)), learn(reports=settled(100, 1000))
    assert few.prior == pytest.approx(50 / 105)
    assert lots.prior == pytest.approx(150 / 1100)
    assert lots.probability(0.55) == pytest.approx(moved(0.55, lots.prior))
    assert moved(0.55, lots.prior) < 0.2
    assert moved(0.7, 0.5) == pytest.approx(0.7)
    assert (moved(0.0, 0.1), moved(1.0, 0.1)) == (0.0, 1.0)


def test_a_calibration_is_the_same_after_it_was_kept() -> None:
    made = learn(*many(0.75, 15, 40), *many(0.95, 3, 40, blind=False), reports=settled(3, 9))
    assert calibration_of(body_of(made)) == made


# --- what was on the page


@given(
    st.lists(st.tuples(SHARES, st.booleans()), max_size=60),
    st.lists(st.tuples(SHARES, st.booleans()), max_size=60),
)
def test_what_was_decided_on_the_page_never_raises_a_figure_and_never_hides_anything(
    unseen: list[tuple[float, bool]], seen: list[tuple[float, bool]]
) -> None:
    honest = [outcome(posterior, right) for posterior, right in unseen]
    without, with_them = learn(*honest), learn(*honest, *(outcome(at, right, blind=False) for at, right in seen))
    assert all(with_them.probability(step / 50) <= without.probability(step / 50) + 1e-9 for step in range(51))
    assert with_them.show_from == without.show_from


def test_however_many_were_rejected_on_the_page_a_strong_suggestion_is_still_fair() -> None:
    found = learn(*many(0.95, 0, 5000, blind=False))
    assert 0.95 / 2 <= found.probability(0.95) < 0.9
    assert found.applied((suggestion(0.95),))[0].strength is Strength.FAIR


def truth(posterior: float) -> float:
    """How often the matcher of this test is right: it believes too much."""
    return 0.7 * posterior


def run(*, agreeing: float, held: float, months: int = 30, chance: Random, feeds: bool = False) -> Calibration:
    """Months of reports, an officer who confirms what is on the page with `agreeing` chance, and learning after each.

    With `feeds`, what was on the page counts as if it had been decided unseen: what this program must not do.
    """
    outcomes: list[Outcome] = []
    found = learn()
    for _ in range(months):
        for _ in range(400):
            posterior = chance.uniform(0.25, 1)
            right = chance.random() < truth(posterior)
            if chance.random() < held:
                outcomes.append(outcome(posterior, right))
            elif posterior >= found.show_from:
                said = right or chance.random() < agreeing
                outcomes.append(outcome(posterior, said, blind=feeds))
        found = learn(*outcomes)
    return found


@pytest.mark.parametrize("seed", [1, 7])
def test_an_officer_who_agrees_with_what_is_shown_does_not_make_it_truer(seed: int) -> None:
    """About 600 unseen decisions in 30 months: within two standard errors of a tenth of them, and some of shipped."""
    half, always = (run(agreeing=agreeing, held=0.05, chance=Random(seed)) for agreeing in (0.6, 1.0))
    assert all(abs(always.probability(at) - truth(at)) < 0.18 for at in TENTHS[3:])
    assert [always.probability(at) for at in TENTHS] == pytest.approx([half.probability(at) for at in TENTHS], abs=0.02)


def test_without_a_held_back_share_the_figures_never_rise_above_the_shipped() -> None:
    found = run(agreeing=1.0, held=0.0, months=6, chance=Random(7))
    assert all(found.probability(at) <= at + 1e-9 for at in TENTHS)


def test_the_simulation_shows_a_learning_that_does_feed_on_itself() -> None:
    """The same months learnt from as if nothing had been on the page: every figure runs off to certainty."""
    found = run(agreeing=1.0, held=0.05, months=6, chance=Random(7), feeds=True)
    assert found.probability(0.55) > truth(0.55) + 0.4


# --- what is shown


def suggestion(posterior: float, strength: Strength | None = None) -> Suggestion:
    given_strength = strength or outcome(posterior, None).strength
    return Suggestion(uuid4(), None, "person", "Lee Marsh", given_strength, (), (), posterior=posterior)


def test_a_strength_changes_where_what_was_learnt_is_in_another_class_and_nowhere_else() -> None:
    found = learn(*many(0.95, 60, 100), *many(0.5, 100, 100))
    assert found.applied((suggestion(0.95), suggestion(0.3)))[0].strength is not Strength.STRONG
    kept = learn().applied((suggestion(0.93, Strength.WEAK),))  # the matcher had a reason of its own
    assert kept[0].strength is Strength.WEAK


def test_a_report_whose_likeliest_is_hardly_ever_right_gets_none() -> None:
    found = learn(*many(0.35, 2, 300), *many(0.45, 10, 300), reports=settled(40, 400))
    assert found.applied((suggestion(0.35), suggestion(0.1))) == ()
    first, second = found.applied((suggestion(0.95), suggestion(0.1)))
    assert (first.posterior, second.posterior) == (0.95, 0.1)
    assert found.applied(()) == ()


# --- what decisions say


TONY, LEE, GROUP, ELSE = (UUID(int=number) for number in range(1, 5))
REPORT = UUID(int=99)
LIST = (
    Suggested(TONY, GROUP, "person", 0.8, Strength.FAIR),
    Suggested(LEE, None, "person", 0.1, Strength.WEAK),
)


def decided(
    number: int,
    verdict: Verdict,
    entry: UUID | None = None,
    *,
    blind: bool = False,
    kind: Kind = Kind.PERSON,
    suggested: tuple[Suggested, ...] = LIST,
    answered: bool = True,
) -> Decision:
    return Decision(
        id=UUID(int=1000 + number),
        report_id=REPORT,
        number=number,
        verdict=verdict,
        found=Found.SUGGESTED,
        entry_id=entry,
        kind=kind if entry else None,
        name="",
        strength=None,
        reasons=(),
        decided_by=uuid4(),
        decided_on=DAY,
        suggested=suggested,
        blind=blind,
        answered=answered,
    )


def rights(*decisions: Decision) -> dict[UUID, tuple[bool | None, bool]]:
    return {one.entry_id: (one.right, one.blind) for one in learnt_from(in_order(decisions)).outcomes}


def test_decided_unseen_everything_there_was_is_right_or_wrong() -> None:
    assert rights(decided(1, Verdict.CONFIRMED, TONY, blind=True)) == {TONY: (True, True), LEE: (False, True)}
    assert rights(decided(1, Verdict.NOBODY, blind=True)) == {TONY: (False, True), LEE: (False, True)}


def test_confirmed_only_once_it_was_seen_does_not_count_as_unseen() -> None:
    unseen, seen = decided(1, Verdict.CONFIRMED, LEE, blind=True), decided(2, Verdict.CONFIRMED, TONY)
    assert rights(unseen, seen) == {LEE: (True, True), TONY: (True, False)}
    changed = (decided(1, Verdict.NOBODY, blind=True), decided(2, Verdict.CONFIRMED, TONY))
    assert rights(*changed) == {TONY: (True, False), LEE: (None, False)}
    assert learnt_from(in_order(changed)).settled == ()


def test_the_group_alone_leaves_its_people_open_and_one_of_it_makes_it_right() -> None:
    assert rights(decided(1, Verdict.CONFIRMED, GROUP, blind=True, kind=Kind.GROUP))[TONY] == (None, False)
    both = (*LIST, Suggested(GROUP, GROUP, "group", 0.9, Strength.STRONG))
    assert rights(decided(1, Verdict.CONFIRMED, TONY, blind=True, suggested=both))[GROUP] == (True, True)
    assert rights(decided(1, Verdict.CONFIRMED, ELSE, blind=True, suggested=both))[GROUP] == (None, False)


def test_whoever_nothing_suggested_counts_as_missed() -> None:
    (missed,) = learnt_from(in_order([decided(1, Verdict.CONFIRMED, ELSE, blind=True)])).settled
    (found,) = learnt_from(in_order([decided(1, Verdict.CONFIRMED, TONY, blind=True)])).settled
    assert (missed.somebody, missed.missed, found.missed) == (True, True, False)


def test_with_the_index_away_nothing_is_learnt_of_what_it_did_not_say() -> None:
    assert learnt_from([decided(1, Verdict.NOBODY, blind=True, suggested=(), answered=False)]) == Learnt()


def test_on_the_page_only_what_was_decided_counts_and_the_last_word_stands() -> None:
    assert rights(decided(1, Verdict.CONFIRMED, TONY)) == {TONY: (True, False), LEE: (None, False)}
    assert rights(decided(1, Verdict.CONFIRMED, TONY), decided(2, Verdict.REJECTED, TONY))[TONY] == (False, False)
    taken = (decided(1, Verdict.CONFIRMED, TONY), decided(2, Verdict.TAKEN_BACK, TONY))
    assert rights(*taken)[TONY] == (None, False)


def test_a_decision_of_before_whole_lists_were_kept_counts_by_its_own_posterior() -> None:
    old = replace(decided(1, Verdict.REJECTED, TONY, suggested=()), posterior=0.6, strength=Strength.FAIR)
    (one,) = learnt_from(in_order([old])).outcomes
    assert (one.entry_id, one.posterior, one.right, one.blind) == (TONY, 0.6, False, False)
    assert learnt_from(in_order([replace(old, posterior=None)])) == Learnt()


def test_asking_to_see_decides_nothing_and_makes_what_follows_count_as_seen() -> None:
    asked = decided(1, Verdict.ASKED, suggested=())
    assert learnt_from(in_order([asked])) == Learnt()
    assert rights(asked, decided(2, Verdict.NOBODY), decided(3, Verdict.REJECTED, TONY))[TONY] == (False, False)
    assert [one.stands for one in in_order([asked, decided(2, Verdict.NOBODY)])] == [False, True]


# --- the tables


def test_the_interval_is_wilsons() -> None:
    """Ten of ten: from .722 (Brown, Cai and DasGupta 2001, table of the Wilson interval)."""
    assert (Share(10, 10).low, Share(10, 10).high) == pytest.approx((0.7225, 1.0), abs=1e-3)
    assert (Share(0, 10).low, Share(0, 10).high) == pytest.approx((0.0, 0.2775), abs=1e-3)
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)


def test_of_each_kind_of_names_what_was_seen_and_what_was_not_are_counted_apart() -> None:
    few, enough = many(0.95, 3, FEWEST_SHOWN - 1), many(0.95, 20, FEWEST_SHOWN, blind=False)
    unseen = many(0.95, 10, FEWEST_SHOWN)
    names = {one.entry_id: Culture.POLISH for one in few}
    names |= {one.entry_id: Culture.SOMALI for one in (*enough, *unseen)}
    found = figures_of(Learnt((*few, *enough, *unseen, outcome(0.95, None, blind=False))), None, names)
    rows = {row.culture: (row.blind, row.shown) for row in found.cultures}
    assert rows == {
        Culture.POLISH: (Share(3, FEWEST_SHOWN - 1), Share(0, 0)),
        Culture.SOMALI: (Share(10, FEWEST_SHOWN), Share(20, FEWEST_SHOWN)),
    }
    assert {culture for culture, pair in rows.items() if all(one.is_told for one in pair)} == {Culture.SOMALI}
    assert not any(one.is_told for one in rows[Culture.POLISH])


def test_undecided_ones_count_as_suggested_alone() -> None:
    few, enough = many(0.95, 3, 24), many(0.95, 20, 25, blind=False)
    found = figures_of(Learnt((*few, *enough, outcome(0.95, None, blind=False))), None, {})
    assert found.cultures == ()
    strong = {row.blind: row for row in found.strengths if row.strength is Strength.STRONG}
    assert (strong[False].suggested, strong[False].right) == (26, Share(20, 25))
    assert found.tenths[9].blind == Share(3, 24)


def test_drift_is_told_from_chance() -> None:
    assert not drift_of(Learnt(tuple(many(0.75, 15, 20))), None).is_beyond_chance
    assert drift_of(Learnt(tuple(many(0.75, 30, 100))), None).is_beyond_chance
    assert not drift_of(Learnt(), None).is_beyond_chance


@pytest.mark.parametrize(
    ("name", "culture"),
    [
        ("Gareth Hughes", Culture.BRITISH),
        ("Wojciech Kowalczyk", Culture.POLISH),
        ("Gheorghe Ionescu", Culture.ROMANIAN),
        ("Mehmet", Culture.NOT_TOLD),
        ("Maxamed Cabdi Warsame", Culture.SOMALI),
        ("Mohamed Abdi Guled", Culture.SOMALI),
        ("Mohammed Kashif Iqbal", Culture.URDU),
        ("Mohammed Khan", Culture.URDU),
        ("Hossein Ebrahim", Culture.PERSIAN),
        ("Khaled Abdelkader", Culture.ARABIC),
        ("Mohamed Hassan", Culture.SHARED),
        ("Khaled Kashif Mohamed", Culture.SHARED),
        ("Rofique Hossain", Culture.SOUTH_ASIAN),
        ("Zzyzx Qwq", Culture.NOT_TOLD),
        ("", Culture.NOT_TOLD),
    ],
)
def test_a_name_is_of_the_tables_that_know_it_or_of_none(name: str, culture: Culture) -> None:
    assert culture_of_name(name) is culture


def test_every_word_that_points_to_a_language_stands_in_a_table_of_names_and_in_one_line() -> None:
    tables = {
        fold(word) for line in read_lines(GIVEN + FAMILY) for word in line.replace("=", " ").replace(":", " ").split()
    }
    words = [fold(word) for some in words_by_language().values() for word in some]
    assert [word for word in words if word not in tables] == []
    assert len(words) == len(set(words)) > 400


def test_the_tenths_cover_the_scale() -> None:
    assert [tenth_of(at) for at in (0.0, 0.0999, 0.1, 0.95, 1.0, 1.2, -0.1)] == [0, 0, 1, 9, 9, 9, 0]
