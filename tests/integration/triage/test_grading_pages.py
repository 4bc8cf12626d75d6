"""The pages that grade: one press for the default, a reason for everything else, and no grade that may not stand."""

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from triage.grading.rules import Grade, Intelligence, Source
from triage.grading.service import grade_item, items_of
from triage.intake.writing import write_report
from triage.linking.service import confirm
from triage.register.entries import Person
from triage.register.service import add_entry

SOLD = "Big Tony sells by the arch"


def test_the_default_grade_takes_one_press(force_on_both: Force) -> None:
    report_id = report_at_desk(force_on_both, SOLD)
    tom = client_for(force_on_both, "tom")
    tom.page(f"/reports/{report_id}")
    tom.follow("Grade this report")
    tom.submit(button="Save grade")
    tom.sees("Item 1: 2/D/P")
    tom.sees("Item 1 graded 2/D/P")
    tom.page("/reports?shown=graded")
    tom.sees("Big Tony sells by the arch")


def test_what_a_code_means_and_why_one_is_impossible_stands_on_the_page(force: Force) -> None:
    report_id = report_at_desk(force, SOLD)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.sees("nobody knows who sent this report, so nobody can have tested them")
    tom.sees("Two anonymous reports do not corroborate each other")
    tom.sees("The source saw or heard it themselves")
    radios = {(box.get("name"), box.get("value")) for box in tom.root.findall(".//input")}
    assert ("source", "2") in radios
    assert not {("source", "1"), ("intelligence", "B")} & radios
    tom.submit(source="1", button="Save grade")
    assert tom.errors() == ["Choose 2 or 3: an anonymous source cannot have been found reliable"]


def test_a_text_that_could_show_its_sender_starts_at_c_and_asks_for_its_codes(force: Force) -> None:
    report_id = report_at_desk(force, "My next door neighbour told me", guess="yes")
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.sees("Sharing starts at C")
    tom.submit(button="Save grade")
    assert tom.errors() == [
        "Choose what a recipient may do: A1, A2 or A3",
        "Choose who must agree first: S1 or S2",
    ]
    tom.submit(action="A3", sanction="S2", button="Save grade")
    assert tom.errors() == ["Enter how it may be used overtly"]
    tom.submit(action="A1", sanction="S2", button="Save grade")
    tom.sees("Item 1: 2/D/C A1 S2")


def test_a_claim_of_having_seen_it_is_shown_as_unverified(force: Force) -> None:
    report_id = report_at_desk(force, SOLD)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(intelligence="A", button="Save grade")
    assert len(tom.errors()) == 1
    tom.submit(
        intelligence="A",
        direct_basis="Says they saw it",
        person_1="Big Tony",
        category_1="suspect",
        person_2="Big Tony",
        category_2="victim",
        button="Save grade",
    )
    tom.sees("Claimed, unverified. Basis: Says they saw it")
    tom.sees("Big Tony: suspect and victim")


def test_changing_a_grade_asks_why_and_keeps_the_earlier_one(force: Force) -> None:
    report_id = report_at_desk(force, SOLD)
    tom, tess = client_for(force, "tom"), client_for(force, "tess")
    tom.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(button="Save grade")
    tess.page(f"/reports/{report_id}/items/1/grade")
    tess.submit(source="3", source_reason="Has sent untruths", button="Save grade")
    assert tess.errors() == ["Enter why you change the grade."]
    tess.submit(why="The street does not exist", button="Save grade")
    tess.sees("Item 1: 3/D/P")
    tess.sees("2/D/P by Tom Arkwright")
    tess.sees("The street does not exist")


def test_two_officers_who_grade_at_once_are_told(force: Force) -> None:
    report_id = report_at_desk(force, SOLD)
    tom, tess = client_for(force, "tom"), client_for(force, "tess")
    for one in (tom, tess):
        one.page(f"/reports/{report_id}/items/1/grade")
    tom.submit(button="Save grade")
    tess.submit(source="3", source_reason="Has sent untruths", button="Save grade")
    assert "Somebody changed this while you were working on it" in tess.errors()[0]
    tess.sees("It is graded 2/D/P now")
    assert tess.value("source_reason") == "Has sent untruths"
    tess.submit(why="They have sent untruths before", button="Save grade")
    tess.sees("Item 1: 3/D/P")


def test_a_report_is_split_and_each_item_graded_on_its_own(force: Force) -> None:
    report_id = report_at_desk(force, SOLD)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.follow("Split into items")
    assert tom.root.findtext(".//title") == f"{tom.heading()} – Quiet Word triage"
    tom.submit(texts="Sells by the arch\nmost nights\n\n  \nHas a van", button="Add items")
    tom.sees("Item 1: not graded")
    tom.sees("Item 2: not graded")
    tom.follow("Change or add items")
    tom.follow("Change or take away item 2")
    tom.submit(text="Has a white van", button="Save item")
    tom.sees("Has a white van")
    for _ in range(2):
        tom.page(f"/reports/{report_id}")
        tom.follow("Grade item")
        tom.submit(button="Save grade")
    tom.page("/reports?shown=graded")
    tom.sees("Graded (1)")


def test_what_a_team_saw_can_bear_out_what_somebody_claimed(force: Force) -> None:
    person = Person("N-0001", "Skellow", "Anthony", nicknames=("Big Tony",))
    claimed = report_at_desk(force, SOLD)
    with force.database.begin() as session:
        tom = force.officer("tom")
        seen = write_report(session, {"what": "Tony Skellow seen selling at the arch"}, by=tom)
        person_id = add_entry(session, person, by=tom)
        for report_id in (claimed, seen):
            confirm(session, report_id, person_id, by=tom)
        basis = "Seen on four evenings"
        grade_item(session, seen, 1, Grade(Source.RELIABLE, Intelligence.KNOWN_DIRECTLY, basis=basis), by=tom)
        (item,) = items_of(session, seen, by=tom)
    client = client_for(force, "tom")
    client.page(f"/reports/{claimed}/items/1/grade")
    client.submit(intelligence="B", button="Save grade")
    assert client.errors() == ["Choose the item of another origin, graded A, that corroborates it"]
    client.submit(intelligence="B", corroborated_by=str(item.id), button="Save grade")
    client.sees("Item 1: 2/B/P")
    client.sees("Borne out by an item of another origin")
