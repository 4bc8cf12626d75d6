"""Each alert fires beyond its limit, says why, and stays silent within it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from triage.audit.acts import Act
from triage.audit.reading import Line
from triage.officers.oneself import bears, is_named_in, looks_for
from triage.oversight.alerts import Alert, Known, Limits, alerts
from triage.oversight.sampling import chosen

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SYSTEM, TOM, TESS = uuid4(), uuid4(), uuid4()
HONEY, TIED = str(uuid4()), str(uuid4())
USUAL = Limits()
KNOWN = Known(SYSTEM, {TOM: {TIED}}, {HONEY})


def line(
    at: datetime,
    *,
    by: UUID = TOM,
    act: str = Act.OPENED,
    subject: str | None = None,
    number: int = 7,
    count: int | None = None,
) -> Line:
    about = str(uuid4()) if subject is None else subject
    return Line(number, uuid4(), by, at.date(), act, at.isoformat(timespec="seconds"), about, "", "", count)


def found(lines: Sequence[Line], limits: Limits = USUAL) -> tuple[Alert, ...]:
    return alerts(lines, limits, KNOWN)


def test_an_ordinary_day_sets_off_nothing() -> None:
    assert found([line(NOON + timedelta(minutes=10 * at)) for at in range(30)]) == ()


@pytest.mark.parametrize(("count", "fires"), [(40, False), (41, True)])
def test_many_records_within_an_hour(count: int, fires: bool) -> None:
    alerted = found([line(NOON + timedelta(minutes=at), number=at) for at in range(count)])
    assert [one.rule for one in alerted] == (["Many records in an hour"] if fires else [])
    if fires:
        assert alerted[0].why == "41 different records within an hour up to 2026-11-23 12:40; the limit is 40"
        assert alerted[0].lines == tuple(range(41))


def test_what_was_written_into_the_database_by_hand() -> None:
    refused = [line(NOON, by=SYSTEM, act=Act.FORGERY_REFUSED, number=at) for at in (3, 5)]
    [alert] = found(refused)
    assert (alert.rule, alert.officer_id, alert.lines) == ("Written into the database", SYSTEM, (3, 5))
    assert alert.why == "refused what somebody wrote into the database: 2 times"


def test_the_recovery_key_is_never_touched_in_silence() -> None:
    used = line(NOON, by=SYSTEM, act=Act.RECOVERY_USED, number=9)
    split, by_system = found([line(NOON, act=Act.RECOVERY_SPLIT, number=4), used])
    assert (split.rule, split.officer_id, split.lines) == ("Recovery key", TOM, (4,))
    assert (by_system.rule, by_system.officer_id, by_system.lines) == ("Recovery key", SYSTEM, (9,))


def test_the_same_record_over_and_over_is_one() -> None:
    assert found([line(NOON, subject="one") for _ in range(100)]) == ()


def test_as_many_over_a_day_are_not_many_in_an_hour() -> None:
    whole_day = Limits(a_day=500, to_hour=24, from_hour=0)
    assert found([line(NOON + timedelta(minutes=2 * at)) for at in range(200)], whole_day) == ()


@pytest.mark.parametrize(("hour", "fires"), [(5, True), (6, False), (21, False), (22, True)])
def test_looks_outside_working_hours(hour: int, fires: bool) -> None:
    alerted = found([line(NOON.replace(hour=hour))])
    assert [one.rule for one in alerted] == (["Outside working hours"] if fires else [])


@pytest.mark.parametrize(("month", "hour", "fires"), [(7, 5, False), (7, 20, False), (7, 21, True), (12, 5, True)])
def test_working_hours_are_those_of_the_clock_on_the_wall(month: int, hour: int, fires: bool) -> None:
    at_home = Limits(zone=ZoneInfo("Europe/London"))
    assert bool(found([line(datetime(2026, month, 9, hour, 30, tzinfo=UTC))], at_home)) == fires


@pytest.mark.parametrize(("hour", "fires"), [(23, False), (3, False), (6, True), (12, True)])
def test_work_may_go_on_past_midnight(hour: int, fires: bool) -> None:
    assert bool(found([line(NOON.replace(hour=hour))], Limits(from_hour=22, to_hour=6))) == fires


@pytest.mark.parametrize(("count", "fires"), [(150, False), (151, True)])
def test_many_records_in_a_day_though_never_many_in_an_hour(count: int, fires: bool) -> None:
    """And by that day's clock on the wall: half an hour before midnight in London is not the next day."""
    begin = datetime(2026, 7, 8, 23, 0, tzinfo=UTC)
    whole_day = Limits(from_hour=0, to_hour=24, zone=ZoneInfo("Europe/London"))
    alerted = found([line(begin + timedelta(minutes=9 * at), number=at) for at in range(count)], whole_day)
    assert [one.rule for one in alerted] == (["Many records in a day"] if fires else [])
    if fires:
        assert alerted[0].why == "151 different records on 2026-07-09; the limit is 150"


@pytest.mark.parametrize(("count", "fires"), [(10, False), (11, True)])
def test_being_refused_again_and_again(count: int, fires: bool) -> None:
    alerted = found([line(NOON, act=Act.ACCESS_REFUSED) for _ in range(count)])
    assert [one.why for one in alerted] == (["refused 11 times on 2026-11-23; the limit is 10"] if fires else [])


@pytest.mark.parametrize("act", [Act.SEARCHED, Act.QUEUE_READ, Act.REGISTER_READ, Act.EXPORTED, Act.EXPORTED_CASES])
def test_lists_searches_and_exports_outside_working_hours(act: Act) -> None:
    """They name no record, and so they are no looks at one: only the hour counts."""
    at_night = line(NOON.replace(hour=3), act=act, subject="", count=12)
    assert [one.rule for one in found([at_night])] == ["Outside working hours"]
    assert found([line(NOON, act=act, subject="", count=12) for _ in range(41)]) == ()


@pytest.mark.parametrize(("counts", "fires"), [((500,), False), ((501,), True), ((300, 200, 1), True)])
def test_much_exported_on_one_day_in_one_file_or_in_many(counts: tuple[int, ...], fires: bool) -> None:
    exports = [line(NOON, act=Act.EXPORTED, subject="", number=at, count=one) for at, one in enumerate(counts)]
    alerted = found(exports)
    assert [one.rule for one in alerted] == (["Much at once"] if fires else [])
    if fires:
        files = "1 file" if len(counts) == 1 else "3 files"
        assert alerted[0].why == f"501 records exported on 2026-11-23, in {files}; the limit is 500"


def test_as_much_exported_over_two_days_is_not_much_at_once() -> None:
    days = [NOON, NOON + timedelta(days=1)]
    assert found([line(day, act=Act.EXPORTED, subject="", count=300) for day in days]) == ()


def test_a_search_that_finds_thousands_is_an_ordinary_one() -> None:
    assert found([line(NOON, act=Act.SEARCHED, subject="", count=9_000)]) == ()


def test_signing_in_at_night_is_no_look() -> None:
    assert found([line(NOON.replace(hour=3), act=Act.SIGNED_IN)]) == ()


def test_what_somebody_has_a_declared_tie_to() -> None:
    assert [(one.rule, one.officer_id) for one in found([line(NOON, subject=TIED)])] == [("Declared conflict", TOM)]
    assert found([line(NOON, subject=TIED, by=TESS)]) == ()


def test_a_honey_record() -> None:
    assert [(one.rule, one.officer_id) for one in found([line(NOON, subject=HONEY, by=TESS)])] == [
        ("Honey record", TESS)
    ]
    assert found([line(NOON, subject=HONEY, act=Act.HONEY_SET)]) == ()


def test_ones_own_name() -> None:
    [alert] = found([line(NOON, act=Act.OWN_NAME_LOOKED_FOR)])
    assert (alert.rule, alert.why) == ("Own name", "looked for, or opened: once")


def test_ones_own_address() -> None:
    [alert] = found([line(NOON, act=Act.OWN_ADDRESS_LOOKED_FOR), line(NOON, act=Act.OWN_ADDRESS_LOOKED_FOR)])
    assert (alert.rule, alert.why) == ("Own address", "looked for, or opened: 2 times")


def test_what_the_system_does_by_itself_is_nobodys_fault() -> None:
    assert found([line(NOON.replace(hour=3), by=SYSTEM, subject=HONEY) for _ in range(100)]) == ()


@pytest.mark.parametrize(
    ("words", "fits"),
    [("Arkwright", True), ("tony ARKWRIGHT white van", True), ("Tom", False), ("Arkwrights", False), ("", False)],
)
def test_a_search_for_ones_own_surname(words: str, fits: bool) -> None:
    assert looks_for("Tom Arkwright", words) is fits


def test_an_entry_that_bears_ones_own_name() -> None:
    assert bears("Tom Arkwright", "ARKWRIGHT, Tom (Big Tom)")
    assert not bears("Tom Arkwright", "Arkwright family")
    assert looks_for("Zoë Núñez", "nunez")
    assert not bears("Tom", "Tom")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("An officer called TOM ARKWRIGHT, they say, tells them.", True),
        ("Tom  Arkwright's van", True),
        ("Tom sold it to Ann Arkwright", False),
        ("Arkwright, Tom", False),
        ("", False),
    ],
)
def test_a_report_that_says_ones_own_name(text: str, fits: bool) -> None:
    assert is_named_in("Tom Arkwright", text) is fits


def test_a_name_of_one_word_is_in_too_many_reports() -> None:
    assert not is_named_in("Tom", "Tom was here")


def test_a_sample_is_two_in_a_hundred_and_the_same_for_everybody_with_the_seed() -> None:
    lines, seed = list(range(100, 1100)), UUID(int=5)
    drawn = chosen(seed, lines)
    assert len(drawn) == 20
    assert drawn == chosen(seed, list(reversed(lines)))
    assert drawn != chosen(UUID(int=6), lines)
    assert set(drawn) <= set(lines)
    assert len(chosen(seed, [3])) == 1
