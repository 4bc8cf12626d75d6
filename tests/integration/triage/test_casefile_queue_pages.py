"""The queue as an officer works through it: what waits, in which order, and how it is narrowed."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import collected, report_at_desk, unsealed
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.grading.rules import Grade
from triage.grading.service import grade_item
from triage.keys.service import desk_id, revoke
from triage.officers.service import officer_box


def received(force: Force, what: str = "Big Tony sells by the arch", *, danger: bool = False, **answers: str) -> UUID:
    return report_at_desk(force, what, danger=danger, **answers)


def rows(client: PageClient) -> list[str]:
    """What each line of the queue says, from the top."""
    body = client.root.findall(".//tbody")
    return [" ".join("".join(row.itertext()).split()) for row in (body[0] if body else [])]


def test_an_empty_queue_says_what_will_happen(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("There is nothing to do")


def test_without_the_desks_key_one_banner_says_whom_to_ask(force: Force) -> None:
    """No row, no count, and no line that says the queue was read: nothing was."""
    received(force)
    tom, sam = force.officer("tom"), force.officer("sam")
    client = client_for(force, "tom")
    with force.database.begin() as session:
        revoke(session, desk_id(session), officer_box(session, tom.id).id, by=sam)
    before = len(audit_lines(force, tom.id))
    client.page("/reports")
    client.sees("You do not hold the desk’s key yet")
    client.sees(f"Ask {sam.name}.")
    assert rows(client) == []
    client.does_not_see("New (1)")
    assert len(audit_lines(force, tom.id)) == before


def test_new_reports_are_opened_with_one_button(force_on_both: Force) -> None:
    force_on_both.send("Big Tony sells by the arch")
    force_on_both.send("A van with no plates")
    collected(force_on_both)
    tom = client_for(force_on_both, "tom")
    tom.page("/reports")
    tom.sees("2 new reports are waiting to be opened")
    tom.submit(button="Open new reports")
    tom.sees("2 new reports opened")
    tom.sees("Big Tony sells by the arch")
    tom.does_not_see("waiting to be opened")


def test_danger_that_nobody_has_opened_yet_stands_above_everything(force: Force) -> None:
    force.send("a van with no plates")
    force.send("he is hurting her", danger=True)
    collected(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("1 new report says that someone is in danger now")
    tom.submit(button="Open new reports")
    tom.does_not_see("new report says that someone")
    assert "he is hurting her" in rows(tom)[0]


def test_one_press_opens_a_whole_days_reports(force: Force) -> None:
    for number in range(120):
        force.send(f"report {number}")
    collected(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.submit(button="Open new reports")
    tom.sees("120 new reports opened")
    tom.does_not_see("waiting to be opened")


def test_the_queue_stands_in_the_order_of_priority_then_age(force: Force) -> None:
    force.send("routine, and the oldest")
    unsealed(force)
    force.clock.forward(days=1)
    force.send("he has a gun tonight")
    force.send("a second routine one")
    unsealed(force)
    force.clock.forward(days=1)
    force.send("somebody is being hurt", danger=True)
    force.send("debts are being called in")
    unsealed(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    found = rows(tom)
    starts = [
        next(i for i, row in enumerate(found) if words in row)
        for words in (
            "somebody is being hurt",
            "he has a gun tonight",
            "debts are being",
            "routine, and the oldest",
            "a second routine",
        )
    ]
    assert starts == [0, 1, 2, 3, 4]
    tom.sees("“gun”")
    tom.page("/reports?order=newest")
    assert "routine, and the oldest" in rows(tom)[-1]
    tom.page("/reports?order=oldest")
    assert "routine, and the oldest" in rows(tom)[0]


def test_the_queue_is_filtered_by_state_priority_and_date_without_a_script(force: Force) -> None:
    received(force, "an old routine one")
    force.clock.forward(days=3)
    urgent = received(force, "he has a gun")
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.submit({"band": ["1"]}, button="Apply filters")
    assert len(rows(tom)) == 1
    tom.sees("he has a gun")
    tom.follow("Clear filters")
    assert len(rows(tom)) == 2
    day = force.today - timedelta(days=1)
    tom.submit(
        {"since-day": str(day.day), "since-month": str(day.month), "since-year": str(day.year)}, button="Apply filters"
    )
    assert len(rows(tom)) == 1
    tom.page(f"/reports/{urgent}")
    tom.page("/reports?shown=open")
    assert len(rows(tom)) == 1
    tom.page("/reports?shown=closed")
    tom.sees("No report is closed")


@pytest.mark.parametrize(
    "query",
    [
        "shown=%00&order=nonsense&page=-1&band=9&band=x",
        "page=999999&since-day=99&since-month=x&since-year=0",
        "since-day=1&page=99999999999999999999",
        "shown=closed&shown=new&opened=a&refused=1000000",
    ],
)
def test_an_address_of_nonsense_is_answered_with_a_page(force: Force, query: str) -> None:
    received(force)
    client_for(force, "tom").page(f"/reports?{query}")


def test_the_queue_comes_in_pages_of_twenty_five(force: Force) -> None:
    for number in range(30):
        force.send(f"report number {number}")
    unsealed(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    assert len(rows(tom)) == 25
    first = set(rows(tom))
    tom.follow("Next")
    assert len(rows(tom)) == 5
    assert not first & set(rows(tom))


def test_a_supervisor_sees_the_drops_that_could_not_be_opened(force: Force) -> None:
    from sqlalchemy import select

    from triage.intake.models import HeldDropRow

    force.send("broken on the way")
    collected(force)
    with force.database.begin() as session:
        for row in session.scalars(select(HeldDropRow)):
            row.sealed = row.sealed[:-1]
    tom, sam = client_for(force, "tom"), client_for(force, "sam")
    tom.page("/reports")
    tom.submit(button="Open new reports")
    tom.sees("1 drop could not be opened and is kept aside")
    tom.page("/intake/refused", status=403)
    sam.page("/reports")
    sam.follow("1 drop could not be opened")
    sam.sees("It was changed, cut or put in another's place")
    sam.does_not_see("broken on the way")
    sam.submit(button="Try all of them again")
    sam.sees("1 new report is waiting")


def test_a_changed_row_breaks_its_own_line_and_no_other(force: Force) -> None:
    from triage.intake.models import ReportRow

    broken, _sound = received(force, "this one is changed"), received(force, "this one is whole")
    with force.database.begin() as session:
        row = session.get(ReportRow, broken)
        assert row is not None
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("It was changed after it was stored")
    tom.sees("this one is whole")


def test_who_did_something_last_stands_in_the_queue(force: Force) -> None:
    report_id = received(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("Nobody yet")
    tom.page(f"/reports/{report_id}")
    force.clock.forward(days=1)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, Grade(), by=force.officer("tess"))
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("Tess Marlow graded, today")
