"""Each alert fires beyond its limit, says why, and stays silent within it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from triage.audit.acts import Act
from triage.audit.reading import Line
from triage.officers.oneself import bears, looks_for
from triage.oversight.alerts import Alert, Known, Limits, alerts
from triage.oversight.sampling import chosen

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SYSTEM, TOM, TESS = uuid4(), uuid4(), uuid4()
HONEY, TIED = str(uuid4()), str(uuid4())
USUAL = Limits()
KNOWN = Known(SYSTEM, {TOM: {TIED}}, {HONEY})


def line(at: datetime, *, by: UUID = TOM, act: str = Act.OPENED, subject: str | None = None, number: int = 7) -> Line:
    about = str(uuid4()) if subject is None else subject
    return Line(number, uuid4(), by, at.date(), act, at.isoformat(timespec="seconds"), about, "", "", None)


def found(lines: Sequence[Line], limits: Limits = USUAL) -> tuple[Alert, ...]:
    return alerts(lines, limits, KNOWN)


def test_an_ordinary_day_sets_off_nothing() -> None:
    assert found([line(NOON + timedelta(minutes=10 * at)) for at in range(30)]) == ()


@pytest.mark.parametrize(("count", "fires"), [(40, False), (41, True)])
def test_many_records_within_an_hour(count: int, fires: bool) -> None:
    alerted = found([line(NOON + timedelta(minutes=at), number=at) for at in range(count)])
    assert [one.rule for one in alerted] == (["Many records in an hour"] if fires else [])
    if fires:
        assert alerted[0].why == "41 different records within an hour up to 2026-11-23 12:40 (UTC); the limit is 40"
        assert alerted[0].lines == tuple(range(41))


def test_the_same_record_over_and_over_is_one() -> None:
    assert found([line(NOON, subject="one") for _ in range(100)]) == ()


def test_as_many_over_a_day_are_not_many() -> None:
    assert found([line(NOON + timedelta(minutes=2 * at)) for at in range(200)], Limits(to_hour=24, from_hour=0)) == ()


@pytest.mark.parametrize(("hour", "fires"), [(5, True), (6, False), (21, False), (22, True)])
def test_looks_outside_working_hours(hour: int, fires: bool) -> None:
    alerted = found([line(NOON.replace(hour=hour))])
    assert [one.rule for one in alerted] == (["Outside working hours"] if fires else [])


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
    assert [one.rule for one in found([line(NOON, act=Act.OWN_NAME_LOOKED_FOR)])] == ["Own name"]


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


def test_a_sample_is_two_in_a_hundred_and_the_same_for_everybody_with_the_seed() -> None:
    lines, seed = list(range(100, 1100)), UUID(int=5)
    drawn = chosen(seed, lines)
    assert len(drawn) == 20
    assert drawn == chosen(seed, list(reversed(lines)))
    assert drawn != chosen(UUID(int=6), lines)
    assert set(drawn) <= set(lines)
    assert len(chosen(seed, [3])) == 1
