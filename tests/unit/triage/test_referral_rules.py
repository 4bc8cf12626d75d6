"""What a referral may ask, when it may be acted on, and the steps it takes."""

from datetime import date, timedelta

import pytest

from triage.referral.rules import (
    LONGEST_EMBARGO_DAYS,
    LONGEST_RETURN_DAYS,
    Ask,
    ReferralError,
    ReferralState,
    Terms,
    is_embargoed,
    number_of,
    require_asks,
    require_move,
)

TODAY = date(2026, 11, 22)
SOON = TODAY + timedelta(days=28)
SENT, READ, ANSWERED, RETURNED = ReferralState
ALLOWED = {
    (SENT, READ),
    (SENT, RETURNED),
    (READ, ANSWERED),
    (READ, RETURNED),
    (ANSWERED, ANSWERED),
    (ANSWERED, RETURNED),
}


@pytest.mark.parametrize(
    ("embargo", "expires", "part"),
    [
        (TODAY - timedelta(days=1), SOON, "embargo_until"),
        (TODAY + timedelta(days=LONGEST_EMBARGO_DAYS + 1), TODAY + timedelta(days=300), "embargo_until"),
        (SOON, SOON, "expires_on"),
        (None, TODAY, "expires_on"),
        (None, TODAY + timedelta(days=LONGEST_RETURN_DAYS + 1), "expires_on"),
    ],
)
def test_dates_that_do_not_fit_are_refused_where_they_stand(embargo: date | None, expires: date, part: str) -> None:
    with pytest.raises(ReferralError) as refused:
        Terms(embargo, expires).check(TODAY)
    assert refused.value.part == part


@pytest.mark.parametrize("embargo", [None, TODAY, TODAY + timedelta(days=27)])
def test_dates_that_fit_are_taken(embargo: date | None) -> None:
    Terms(embargo, SOON).check(TODAY)


def test_the_last_day_of_an_embargo_is_a_day_of_it() -> None:
    assert is_embargoed(TODAY, TODAY)
    assert not is_embargoed(TODAY, TODAY + timedelta(days=1))
    assert not is_embargoed(None, TODAY)


def test_no_overt_action_has_an_end() -> None:
    with pytest.raises(ReferralError, match="last day of the embargo"):
        require_asks((Ask.OBSERVE, Ask.NO_OVERT_ACTION), Terms(None, SOON))
    require_asks((Ask.NO_OVERT_ACTION,), Terms(TODAY, SOON))


def test_something_is_asked() -> None:
    with pytest.raises(ReferralError, match="at least one"):
        require_asks((), Terms(None, SOON))


@pytest.mark.parametrize("now", ReferralState)
@pytest.mark.parametrize("to", ReferralState)
def test_a_referral_takes_these_steps_and_no_others(now: ReferralState, to: ReferralState) -> None:
    if (now, to) in ALLOWED:
        require_move(now, to)
    else:
        with pytest.raises(ReferralError):
            require_move(now, to)


def test_a_number_is_read_out_over_the_radio() -> None:
    assert number_of("BCDF2346") == "QW-BCDF-2346"
