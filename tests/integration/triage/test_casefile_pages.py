"""One report on its page: its words, its way, and how it is closed and taken up again."""

from uuid import UUID

import pytest

from store.noticeboard import Noticeboard
from tests.desk_work import collected, report_at_desk
from tests.force import Force, client_for
from tests.whole_case import work_whole_case
from triage.register.entries import Person
from triage.register.service import add_entry

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
TURNED = "plain \u202egnp.exe\u202c and \u2066isolated\u2069 and\x00 nul"


def received(force: Force, what: str = "Big Tony sells by the arch", *, danger: bool = False, **answers: str) -> UUID:
    return report_at_desk(force, what, danger=danger, **answers)


def test_reading_a_report_opens_it_and_tells_its_sender(force: Force) -> None:
    report_id = received(force, how="saw", where="By the arch")
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.follow("Big Tony sells by the arch")
    tom.sees("By the arch")
    tom.sees("They saw it or heard it themselves")
    tom.sees("Single anonymous report: no action on this alone.")
    tom.sees("First read")
    tom.page(f"/reports/{report_id}")
    assert tom.text().count("First read by Tom Arkwright") == 1
    tom.page("/reports")
    tom.sees("Open")


def test_the_sender_is_told_received_read_and_closed(force: Force) -> None:
    from envelope.mailbox import Mailbox
    from triage.outcome.publishing import publish_due_notices

    receipt = force.send("Tell me how it goes")
    collected(force)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.submit(button="Open new reports")
    tom.follow("Tell me how it goes")
    tom.follow("Close this report")
    tom.submit(reason="Known already", button="Close report")
    publish_due_notices(force.database, force.settings, publishing=force.publishing, collection=force.collection)
    mailbox = Mailbox.from_receipt(receipt)
    sealed = Noticeboard(force.drop).notices(mailbox.lookup_id)
    assert {mailbox.open_notice(one.sealed).state.value for one in sealed} == {"received", "read", "closed"}


def test_danger_now_says_that_nobody_can_trace_the_sender(force: Force) -> None:
    report_id = received(force, "He is hurting her", danger=True)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.sees("Nobody can trace the reporter")
    tom.sees("threat-to-life procedure")


def test_a_report_is_closed_with_a_reason_and_taken_up_again(force: Force) -> None:
    report_id = received(force)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/close")
    tom.submit(reason=" ", button="Close report")
    assert tom.errors() == ["Enter why you close this report."] or tom.errors() == ["Enter why you close this report"]
    tom.submit(reason="Known already", button="Close report")
    tom.sees("Known already")
    tom.sees("Closed")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(button="Save grade", status=422)
    tom.sees("This report is closed")
    tom.page(f"/reports/{report_id}")
    tom.follow("Open this report again")
    tom.submit(reason="Something new came in", button="Open report again")
    tom.follow("Grade this report")
    tom.submit(button="Save grade")
    tom.follow("Close this report")
    tom.submit(reason="Nothing more to do", button="Close report")
    tom.follow("Open this report again")
    tom.submit(reason="Once more", button="Open report again")
    tom.page("/reports?shown=graded")
    tom.sees("Graded (1)")


def test_nothing_a_reporter_or_an_officer_writes_is_obeyed_by_the_page(force: Force) -> None:
    answers = dict.fromkeys(
        ("who", "where", "when", "things", "careful", "how", "guess", "still", "unknown_one"), SCRIPT
    )
    report_id = received(force, SCRIPT + TURNED, **answers)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(
        source="3",
        source_reason=SCRIPT,
        intelligence="E",
        rationale=SCRIPT,
        risk=SCRIPT,
        handling="C",
        instructions=SCRIPT,
        action="A3",
        usage=SCRIPT,
        sanction="S2",
        person_1=SCRIPT,
        category_1="suspect",
        button="Save grade",
    )
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(why=SCRIPT, button="Save grade")
    tom.page(f"/reports/{report_id}/close")
    tom.submit(reason=SCRIPT, button="Close report")
    for path in ("", "/items", "/items/1/grade", "/close", "/reopen"):
        tom.page(f"/reports/{report_id}{path}")
        assert "<img src=x" not in tom.response.text
        assert tom.root.findall(".//img") == []
        assert "\u202e" not in tom.response.text
    tom.page("/reports?shown=all")
    assert "<img src=x" not in tom.response.text
    assert "\u202e" not in tom.response.text
    tom.page(f"/reports/{report_id}")
    tom.sees("[right-to-left override]")


@pytest.mark.parametrize("name", ["ada", "iris", "nell"])
def test_only_the_desk_reaches_reports(force: Force, name: str) -> None:
    report_id = received(force)
    client = client_for(force, name)
    for path in ("/reports", f"/reports/{report_id}", f"/reports/{report_id}/items/1/grade", "/intake/refused"):
        client.page(path, status=403)
        client.does_not_see("Big Tony")


def test_a_report_that_is_not_there_says_so(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page(f"/reports/{UUID(int=1)}", status=404)
    tom.sees("no such record")
    report_id = received(force)
    tom.page(f"/reports/{report_id}/items/2/grade", status=404)


def test_a_case_file_tells_the_whole_way_with_names_and_dates(force: Force) -> None:
    case = work_whole_case(force)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{case.report_id}")
    for words in (
        "Received",
        "Unsealed by Tom Arkwright",
        "First read by Tom Arkwright",
        "Item 1 graded 2/D/C A1 S2 by Tom Arkwright",
        "Item 1 graded again 2/D/C A1 S2",
        "Link confirmed:",
        "drafted by Tom Arkwright",
        "agreed by Tess Marlow",
        "Referred to Eastgate by Sam Underhill",
        "Outcome: Seen and corroborated by Nell Farrow",
    ):
        sam.sees(words)


def test_who_a_report_may_be_about_stands_on_it_with_the_reasons(force: Force) -> None:
    report_id = received(force, "Big Tony sells by the arch from a white Golf")
    with force.database.begin() as session:
        add_entry(session, Person("N-0001", "Skellow", "Anthony", nicknames=("Big Tony",)), by=force.officer("tom"))
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.sees("The program suggests these. An officer decides.")
    tom.sees("Anthony Skellow")
    tom.sees("known nickname")
    assert any("Big Tony" in "".join(mark.itertext()) for mark in tom.root.findall(".//mark"))
    tom.follow("Decide who it is about")
