"""The page of how often suggestions are right: what it shows, and who may see it and learn."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.learning_desk import acts, entries, has, hold, imported
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.linking.models import CalibrationRow
from triage.linking.service import (
    confirm,
)


@pytest.fixture
def millbrook(force: Force) -> Iterator[Force]:
    yield imported(force)
    hold(force, 0)


@pytest.fixture
def tony(millbrook: Force) -> UUID:
    return entries(millbrook)["n-0001"]


def test_a_supervisor_sees_the_figures_learns_and_puts_back(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, (tony, 0.95))
    ids = [report_at_desk(millbrook, f"Ask about Big Tony {number}") for number in range(21)]
    hold(millbrook, 0)
    sam = client_for(millbrook, "sam")
    sam.page("/learning")
    sam.sees("Only 0 suggestions have been decided. Once there are 20, you can learn from them.")
    with millbrook.database.begin() as session:
        for report_id in ids:
            confirm(session, report_id, tony, by=millbrook.officer("tom"))
    sam.page("/learning")
    sam.sees("On the page 21 21 0 100% (85% to 100%)")
    sam.sees("Names the tables do not tell apart 0 – Fewer than 25 Not shown")
    sam.sees("A name that could be of any of them, such as Mohamed Hassan, is in the row of names that they share")
    sam.does_not_see("Tom Arkwright")
    sam.submit(button="Learn from 21 decisions")
    sam.sees("Calibration 1 by Sam Underhill on 22 November 2026")
    sam.submit(button="Put back the calibration the program came with")
    sam.sees("The calibration that the program came with. It was measured on invented reports")
    sam.submit(button="Put back calibration 1")
    sam.sees("Calibration 3, which is number 1 put back, by Sam Underhill")
    told = acts(millbrook, "sam")
    assert told.count(Act.CALIBRATION_READ) >= 5
    assert (told.count(Act.CALIBRATED), told.count(Act.CALIBRATION_PUT_BACK)) == (1, 2)


def test_the_page_is_narrowed_to_days_and_says_what_is_no_day(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, (tony, 0.95))
    hold(millbrook, 0)
    report_id = report_at_desk(millbrook, "Ask about Big Tony")
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony, by=millbrook.officer("tom"))
    sam = client_for(millbrook, "sam")
    sam.page("/learning?since-day=22&since-month=11&since-year=2026")
    sam.sees("On the page 1 1 0 100%")
    sam.page("/learning?until-day=21&until-month=11&until-year=2026")
    sam.does_not_see("On the page 1 1 0")
    sam.page("/learning?since-day=31&since-month=2&since-year=2026")
    assert sam.errors() == ["Enter a real date, such as 27 3 2026"]


@pytest.mark.parametrize("name", ["tom", "iris", "ada", "nell"])
def test_supervisors_alone_see_it_and_learn(millbrook: Force, name: str) -> None:
    client: PageClient = client_for(millbrook, name)
    client.page("/learning", status=403)
    client.page("/account")
    token = client.value("csrf_token")
    for path in ("/learning/learn", "/learning/put-back"):
        client.post(path, {"csrf_token": token, "number": "0", "instead_of": "0"}, status=403)
    with millbrook.database.look() as session:
        assert session.query(CalibrationRow).count() == 0


def test_too_few_is_said_and_a_press_from_an_old_page_changes_nothing(millbrook: Force) -> None:
    sam = client_for(millbrook, "sam")
    sam.page("/learning")
    token = sam.value("csrf_token")
    sam.post("/learning/learn", {"csrf_token": token, "learn": "yes"}, status=422)
    sam.sees("Only 0 suggestions have been decided")
    sam.post("/learning/put-back", {"csrf_token": token, "number": "0", "instead_of": "5"}, status=409)
    sam.post("/learning/put-back", {"csrf_token": token, "number": "x", "instead_of": "0"}, status=404)
