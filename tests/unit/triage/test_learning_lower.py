"""How far down the likeliest is shown: only by what was decided unseen, within bounds, and never to many wrongly."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.triage.test_learning import DAY, REPORT, decided, outcome, suggestion
from triage.linking.decisions import Suggested, Verdict, in_order
from triage.linking.learning.calibration import Calibration, body_of, calibrate, calibration_of
from triage.linking.learning.lowering import LOWEST, MOST_FALSE, false_from, lowest_shown, right_from
from triage.linking.learning.outcomes import Learnt, Nearest, Settled, learnt_from
from triage.linking.matching import SHOW, Strength

TONY, LEE, GROUP = (UUID(int=number) for number in range(1, 4))
NEAR = (Suggested(TONY, GROUP, "person", 0.5, Strength.FAIR), Suggested(LEE, None, "person", 0.1, Strength.WEAK))


def settled(somebody: bool, nearest: Nearest | None, times: int = 1) -> list[Settled]:
    return [Settled(uuid4(), somebody, False, DAY, nearest) for _ in range(times)]


def nobody(times: int, *, shown: int = 0, near: float = 0.1) -> list[Settled]:
    """Reports about nobody: so many that are shown somebody, and as for the rest how near the likeliest came."""
    return settled(False, Nearest(True), shown) + settled(False, Nearest(False, near), times - shown)


def meant(at: float, right: int, of: int) -> list[Settled]:
    """Reports about somebody of which the matcher suggests nobody."""
    return settled(True, Nearest(False, at, True), right) + settled(True, Nearest(False, at, False), of - right)


def learn(*reports: Settled) -> Calibration:
    return calibrate(Learnt((), reports))


def test_with_nothing_decided_what_is_shipped_holds() -> None:
    assert learn().lowest == SHOW
    assert not learn().lowers
    assert learn().from_below((suggestion(0.59),)) == ()


def test_it_is_lowered_as_far_as_the_evidence_lies_and_no_further_than_fair() -> None:
    quiet = nobody(200)
    assert lowest_shown([*quiet, *meant(0.52, 8, 8)]) == LOWEST  # from there down nobody would be newly shown wrongly
    assert lowest_shown([*quiet, *meant(0.52, 8, 8), *settled(True, Nearest(False, 0.49), 9)]) == 0.5
    assert lowest_shown([*quiet, *meant(0.3, 50, 50)]) == SHOW
    assert LOWEST == 0.45


def test_the_range_of_chance_must_lie_on_the_right_side_of_both_bars() -> None:
    good = meant(0.52, 8, 8)
    assert lowest_shown([*good, *nobody(92)]) == SHOW
    assert lowest_shown([*good, *nobody(93)]) == LOWEST
    assert lowest_shown([*good, *nobody(400, shown=16)]) == SHOW, "4 in a hundred may be 6"
    assert lowest_shown([*good, *nobody(400, shown=5)]) == LOWEST
    assert lowest_shown([*nobody(200), *meant(0.52, 3, 3)]) == SHOW
    assert lowest_shown([*nobody(200), *meant(0.52, 4, 4)]) == LOWEST
    assert lowest_shown([*nobody(200), *meant(0.52, 8, 16)]) == SHOW


def test_what_would_be_shown_of_nobody_keeps_it_up() -> None:
    wrong = settled(False, Nearest(False, 0.5), 6)
    assert lowest_shown([*nobody(200), *meant(0.55, 20, 20), *wrong]) == 0.51
    assert false_from([*nobody(10, shown=1), *wrong], 0.5).hits == 7
    assert right_from([*meant(0.55, 20, 20), *wrong], 0.5).hits == 20
    assert right_from([*meant(0.55, 20, 20), *wrong], 0.5).of == 26


def test_reports_of_which_it_was_not_kept_say_nothing() -> None:
    assert lowest_shown([*settled(False, None, 500), *meant(0.52, 8, 8)]) == SHOW


def test_what_hides_the_likeliest_outweighs_what_would_show_it() -> None:
    """Where nearly every report is about nobody, so low a posterior is hardly ever right, and nothing is shown."""
    found = learn(*nobody(2000), *meant(0.52, 8, 8))
    assert found.lowest == LOWEST
    assert found.show_from > 0.52
    assert found.applied(found.from_below((suggestion(0.52),))) == ()


REPORTS = st.lists(
    st.builds(
        Settled,
        st.uuids(),
        st.booleans(),
        st.just(False),
        st.just(DAY),
        st.none() | st.builds(Nearest, st.booleans(), st.floats(0, 0.6), st.booleans()),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(REPORTS, st.integers(0, 300))
def test_however_it_was_decided_it_stays_within_its_bounds(reports: list[Settled], quiet: int) -> None:
    every = [*reports, *nobody(quiet)]
    found = lowest_shown(every)
    assert LOWEST <= found <= SHOW
    if found < SHOW:
        assert false_from(every, found).high <= MOST_FALSE
        assert right_from(every, found).low >= 0.5


def test_nothing_that_was_on_the_page_lowers_it() -> None:
    agreed = [outcome(0.5, True, blind=False) for _ in range(5000)]
    assert calibrate(Learnt(tuple(agreed), tuple(nobody(200)))).lowest == SHOW


def test_only_who_comes_near_enough_is_shown_and_no_crumbs_beside_them() -> None:
    lowered = learn(*nobody(200), *meant(0.52, 8, 8))
    assert [one.posterior for one in lowered.from_below((suggestion(0.5), suggestion(0.2), suggestion(0.01)))] == [
        0.5,
        0.2,
    ]
    assert lowered.from_below((suggestion(0.44), suggestion(0.2))) == ()
    assert calibration_of(body_of(lowered)) == lowered
    before = {key: value for key, value in body_of(lowered).items() if key != "lowest"}
    assert calibration_of(before).lowest == SHOW


@pytest.mark.parametrize(
    ("verdict", "entry", "nearest"),
    [
        (Verdict.CONFIRMED, TONY, Nearest(False, 0.5, True)),
        (Verdict.CONFIRMED, LEE, Nearest(False, 0.5, False)),
        (Verdict.NOBODY, None, Nearest(False, 0.5, False)),
    ],
)
def test_a_decision_made_unseen_says_whether_the_nearest_was_right(
    verdict: Verdict, entry: UUID | None, nearest: Nearest
) -> None:
    one = replace(decided(1, verdict, entry, blind=True, suggested=()), near=NEAR)
    (report,) = learnt_from(in_order([one])).settled
    assert (report.report_id, report.nearest) == (REPORT, nearest)


def test_a_decision_of_before_keeps_no_nearest_and_one_with_suggestions_says_so() -> None:
    old = decided(1, Verdict.NOBODY, blind=True)
    assert [one.nearest for one in learnt_from(in_order([old])).settled] == [None]
    new = replace(old, near=())
    assert [one.nearest for one in learnt_from(in_order([new])).settled] == [Nearest(True)]
    assert [one.nearest for one in learnt_from(in_order([replace(new, suggested=())])).settled] == [Nearest(False)]
