"""The bell rings for danger until somebody answers, and survives being started again; the test moves its clock."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from store.errors import StoreUnavailableError
from tests.audit_lines import audit_lines
from tests.desk_work import unsealed
from tests.force import Force, client_for
from tests.night_watch import FIRST, SECOND, AtOnce, Bell, calling, officer_answers, reads
from triage.bell.models import BellRow
from triage.bell.rules import VOUCHED_FOR, Call
from triage.errors import OutOfDateError
from triage.intake.models import AnsweredRow


@pytest.fixture
def bell(force_on_both: Force) -> Bell:
    """A bell that has had its first test."""
    made = Bell(force_on_both)
    made.watch.turn()
    made.pager.forget()
    return made


def test_it_rings_at_once_and_again_until_somebody_answers(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    assert bell.pager.dangers == ["--on-call"]
    bell.minutes_pass(4)
    assert bell.pager.dangers == ["--on-call"]
    bell.minutes_pass(2)
    assert bell.pager.dangers == ["--on-call"] * 2
    officer_answers(bell.force)
    bell.minutes_pass(30)
    assert bell.pager.dangers == ["--on-call"] * 2


def test_it_calls_a_second_person_when_nobody_answers_the_first(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.minutes_pass(16)
    assert bell.pager.dangers == ["--on-call"] * 3 + ["--on-call", "--chief"]
    assert {call for _, call in bell.pager.calls[-2:]} == {Call.UNANSWERED}
    reasons = [line["reason"] for line in audit_lines(bell.force) if line["act"] == "bell rung"]
    assert reasons == ["someone may be in danger", "nobody had answered"]


def test_it_keeps_quiet_for_what_is_not_in_danger(bell: Bell) -> None:
    bell.force.send("They have a gun and will shoot him tonight")
    bell.minutes_pass(10)
    assert bell.pager.dangers == []


def test_reading_the_report_answers_it(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    [report_id] = unsealed(bell.force)
    bell.minutes_pass(6)
    assert len(bell.pager.dangers) == 2, "taken out of its envelope is not read"
    reads(bell.force, report_id)
    bell.minutes_pass(30)
    assert len(bell.pager.dangers) == 2


def test_another_report_rings_again_while_an_answered_one_is_unread(bell: Bell) -> None:
    bell.force.send("first", danger=True)
    bell.watch.turn()
    officer_answers(bell.force)
    bell.minutes_pass(10)
    bell.force.send("second", danger=True)
    bell.minutes_pass(1)
    assert len(bell.pager.dangers) == 2
    [one, two] = unsealed(bell.force)
    reads(bell.force, one)
    reads(bell.force, two)
    bell.minutes_pass(30)
    assert len(bell.pager.dangers) == 2


def test_an_answer_counts_for_the_report_after_its_drop_is_opened(bell: Bell) -> None:
    bell.force.send("first", danger=True)
    bell.watch.turn()
    officer_answers(bell.force)
    unsealed(bell.force)
    bell.minutes_pass(30)
    assert len(bell.pager.dangers) == 1


def test_nobody_answers_for_what_came_while_their_page_was_open(bell: Bell) -> None:
    bell.force.send("first", danger=True)
    bell.watch.turn()
    shown = calling(bell.force)
    bell.force.send("second", danger=True)
    bell.watch.turn()
    with pytest.raises(OutOfDateError):
        officer_answers(bell.force, shown=shown)
    assert calling(bell.force) == 2


def test_it_goes_on_where_it_was_when_it_is_started_again(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.minutes_pass(11)
    assert bell.pager.dangers == ["--on-call"] * 3
    bell.starts()
    bell.watch.turn()
    assert bell.pager.dangers == ["--on-call"] * 4 + ["--chief"]


def test_what_it_remembers_has_no_hour_of_any_report(bell: Bell) -> None:
    """It counts its calls, and is vouched for until the same minute whether or not it rings."""
    bell.minutes_pass(10)
    quiet = remembered(bell.force)
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    loud = remembered(bell.force)
    assert quiet | {"rings": 1} == loud
    officer_answers(bell.force)
    bell.watch.turn()
    assert remembered(bell.force) == quiet


def test_it_is_tested_every_day_and_the_test_is_written_down(bell: Bell) -> None:
    for day in range(3):
        bell.force.clock.now = bell.force.clock.now.replace(hour=6) + timedelta(days=1)
        bell.minutes_pass(1)
        assert len(bell.pager.calls) == 2 * day, "nobody is woken for a test"
        bell.force.clock.forward(hours=1)
        bell.minutes_pass(5)
        assert bell.pager.calls[2 * day :] == [("--on-call", Call.TEST), ("--chief", Call.TEST)]
    assert [line["reason"] for line in audit_lines(bell.force) if line["act"] == "bell tested"] == ["it worked"] * 4


def test_a_failed_test_is_told_to_officers_and_on_the_form_until_it_works_again(bell: Bell) -> None:
    assert bell.form_says_it_rings
    bell.pager.broken.add(SECOND)
    bell.force.clock.forward(days=1)
    bell.minutes_pass(2)
    assert not bell.form_says_it_rings
    tom = client_for(bell.force, "tom")
    tom.page("/reports")
    tom.sees("The alarm’s last call or test failed")
    bell.pager.broken.clear()
    bell.minutes_pass(20)
    assert bell.form_says_it_rings
    tom.page("/reports")
    tom.does_not_see("test failed")
    reasons = [line["reason"] for line in audit_lines(bell.force) if line["act"] == "bell tested"]
    assert reasons == ["it worked", "it failed", "it worked"]


def test_a_command_that_fails_in_earnest_calls_the_second_at_once_and_is_tried_every_minute(bell: Bell) -> None:
    bell.pager.broken.add(FIRST)
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    assert bell.pager.dangers == ["--on-call", "--chief"]
    bell.pager.broken.add(SECOND)
    bell.minutes_pass(8)
    assert len(bell.pager.dangers) >= 6
    assert not bell.form_says_it_rings


def test_a_bell_that_was_never_heard_promises_nothing(force: Force) -> None:
    fresh = Bell(force)
    fresh.pager.broken |= {FIRST, SECOND}
    fresh.watch.turn()
    assert not fresh.form_says_it_rings


def test_a_bell_first_heard_in_earnest_needs_no_test_to_be_believed(force: Force) -> None:
    """The one that is started while somebody is in danger rings, and is tested when it is quiet again."""
    force.send("They have him in the flat", danger=True)
    fresh = Bell(force)
    fresh.watch.turn()
    assert fresh.form_says_it_rings
    assert [call for _, call in fresh.pager.calls] == [Call.DANGER]
    officer_answers(force)
    fresh.minutes_pass(1)
    assert fresh.form_says_it_rings
    assert [call for _, call in fresh.pager.calls] == [Call.DANGER, Call.TEST, Call.TEST]


def test_a_watch_that_died_is_forgotten_by_the_form_within_minutes(bell: Bell) -> None:
    assert bell.form_says_it_rings
    bell.force.clock.forward(seconds=VOUCHED_FOR.total_seconds() + 60)
    assert not bell.form_says_it_rings
    tom = client_for(bell.force, "tom")
    tom.page("/reports")
    tom.sees("The alarm has stopped")


def test_a_watch_that_is_stopped_takes_its_promise_down_at_once(bell: Bell) -> None:
    bell.watch.until(AtOnce())
    assert not bell.form_says_it_rings


def test_it_rings_for_what_is_here_when_the_public_host_is_away(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.takes_in()

    def away() -> object:
        raise StoreUnavailableError("away")

    bell.watch.collect = away
    bell.watch.turn()
    assert bell.pager.dangers == ["--on-call"]


def test_a_case_database_that_is_away_does_not_end_it(bell: Bell) -> None:
    working, calls = bell.force.database.begin, []

    class Away:
        """Raises as a server that is not there does."""

        clock = bell.force.clock

        def begin(self) -> object:
            calls.append("begin")
            with bell.force.drop.connect() as connection:
                connection.execute(text("SELECT * FROM a_table_that_is_not_there"))
            return working()

    bell.watch.database = Away()  # type: ignore[assignment]
    bell.watch.turn()
    assert calls


def test_officers_see_and_answer_it_on_the_queue(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    tom = client_for(bell.force, "tom")
    tom.page("/reports")
    tom.sees("The alarm is ringing")
    tom.submit(button="I have this: stop the alarm")
    tom.does_not_see("The alarm is ringing")
    assert calling(bell.force) == 0
    [line] = [one for one in audit_lines(bell.force) if one["act"] == "bell answered"]
    assert line["count"] == 1
    tom.page("/bell")
    tom.sees("Awake, and quiet")
    tom.sees("22 November 2026: it worked")


def test_before_the_first_test_the_page_says_when_it_comes(force: Force) -> None:
    bell, tom = Bell(force), client_for(force, "tom")
    force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    tom.page("/bell")
    tom.sees("None yet. The first comes when nobody is being called any more")
    officer_answers(force)
    tom.page("/bell")
    tom.sees("None yet. The first comes within a minute")
    force.clock.forward(minutes=6)
    tom.page("/bell")
    tom.sees("None yet. The first comes as soon as it runs")
    bell.watch.turn()
    tom.page("/bell")
    tom.sees("22 November 2026: it worked")


def test_a_force_without_a_bell_is_told_so(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/bell")
    tom.sees("This force has no alarm")
    tom.sees("Never")
    tom.page("/reports")
    tom.does_not_see("The alarm has stopped")


def test_answers_are_forgotten_once_their_reports_are_read(bell: Bell) -> None:
    bell.force.send("They have him in the flat", danger=True)
    bell.watch.turn()
    officer_answers(bell.force)
    [report_id] = unsealed(bell.force)
    reads(bell.force, report_id)
    bell.force.clock.forward(days=1)
    bell.watch.turn()
    with bell.force.database.look() as session:
        assert session.scalars(select(AnsweredRow)).all() == []


def remembered(force: Force) -> dict[str, object]:
    with force.database.look() as session:
        [row] = session.scalars(select(BellRow)).all()
        columns = ("name", "rings", "tested_on", "failed", "awake_until")
        return {column: getattr(row, column) for column in columns}
