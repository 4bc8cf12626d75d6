"""One search over reports and register: what is found and why, who may, what is recorded, and what is left nowhere."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete

from tests.audit_lines import audit_lines
from tests.canaries import Canaries
from tests.desk_work import report_at_desk, unsealed
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.errors import NotFoundError
from triage.intake.models import ReportRow
from triage.intake.priority import Band
from triage.intake.reports import ReportState, close
from triage.keys.records import destroy_data_key
from triage.keys.service import desk_id, revoke
from triage.linking.holder.background import Background
from triage.linking.service import Found, confirm
from triage.officers.models import SessionRow
from triage.officers.service import officer_box
from triage.register.entries import Group, Membership, Person
from triage.register.places import Address, Vehicle
from triage.register.service import add_entry, archive_entry
from triage.search import held
from triage.search.keeping import MOST_LAST, begin_search, keep_search, kept_searches, search_of
from triage.search.models import SearchRow
from triage.search.narrowing import Linked, Narrowing, Order, Part
from triage.search.query import read_query
from triage.search.service import Results, find, results_page

TONY = "Tony Marlow sells pills from Foundry Rd, white Golf MB00 XRT, his number is 07700 900 123."
ANTHONY = "Anthony Marlowe was by the arches again, they say."
SHOP = "A shop by the arches sells drink to children."
ADDRESS = re.compile(r"/search/[0-9a-f-]{36}")


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    held.HELD.wipe()


@pytest.fixture
def known(force: Force) -> dict[str, UUID]:
    """Three reports, and a person and a group on the register."""
    ids = {name: report_at_desk(force, text) for name, text in (("tony", TONY), ("anthony", ANTHONY), ("shop", SHOP))}
    tom = force.officer("tom")
    with force.database.begin() as session:
        ids["group"] = add_entry(session, Group("", "The Marlow lot", aliases=("Foundry boys",)), by=tom)
        person = Person(
            "",
            "Marlow",
            "Anthony",
            nicknames=("Big Tony",),
            addresses=(Address("", "7", "Foundry Road"),),
            vehicles=(Vehicle("MB00XRT", "VW", "Golf", "white"),),
            phones=("+447700900123",),
            memberships=(Membership(ids["group"]),),
        )
        ids["person"] = add_entry(session, person, by=tom)
    return ids


def look(force: Force, words: str, narrowing: Narrowing | None = None, *, by: str = "tom") -> Results:
    with force.database.look() as session:
        hits = find(session, read_query(words), narrowing or Narrowing(), by=force.officer(by))
        return results_page(session, hits, narrowing or Narrowing(), by=force.officer(by))


def reports(results: Results) -> list[UUID]:
    return [one.hit.id for one in results.reports]


def search(client: PageClient, words: str) -> str:
    """Search from the box of the navigation; gives the address of the results."""
    client.page("/reports")
    client.submit(find=words, button="Find")
    return client.path


def test_people_groups_and_reports_are_found_at_once_and_say_why(force: Force, known: dict[str, UUID]) -> None:
    tom = client_for(force, "tom")
    search(tom, "tony marlow")
    for sentence in ("People on the register: 1 person", "Reports: 2 reports", "Big Tony"):
        tom.sees(sentence)
    tom.sees("“Anthony” for “tony”: another form of the name")
    marked = [text_of(one) for one in tom.root.findall(".//mark")]
    assert {"Tony", "Marlow", "Anthony", "Marlowe"} <= set(marked)
    found = look(force, "tony marlow")
    assert reports(found) == [known["tony"], known["anthony"]]
    assert [one.line.id for one in found.people] == [known["person"]]


@pytest.mark.parametrize(
    "words", ["XRT", "mb00 xrt", "MB?? XRT", "07700 900123", "0123", "foundry rd", '"foundry road"']
)
def test_plates_numbers_and_streets_find_the_person_and_the_report(
    force: Force, known: dict[str, UUID], words: str
) -> None:
    found = look(force, words)
    assert reports(found) == [known["tony"]]
    assert [one.line.id for one in found.people] == [known["person"]]
    assert found.people[0].fields[0][1].spans


def test_groups_are_found_by_what_they_are_also_called(force: Force, known: dict[str, UUID]) -> None:
    found = look(force, "foundry boys")
    assert [(one.line.id, one.fields[0][0]) for one in found.groups] == [(known["group"], "Also known as")]


def test_what_was_searched_for_is_in_no_address_and_no_audit_line(force: Force, known: dict[str, UUID]) -> None:
    tom = client_for(force, "tom")
    address = search(tom, "Marlow")
    assert ADDRESS.fullmatch(address)
    lines = audit_lines(force, force.officer("tom").id)
    line = next(one for one in reversed(lines) if one["act"] == "reports and register searched")
    assert (line["reason"], line["count"]) == ("all", 4)
    assert "arlow" not in repr(lines)


def test_what_was_searched_for_lies_sealed_and_opens_for_nobody_else(force: Force) -> None:
    canaries = Canaries()
    word = canaries.plant("a search")
    with force.database.begin() as session:
        search_id = begin_search(session, word, by=force.officer("tom"))
    tom, tess = force.officer("tom"), force.officer("tess")
    with force.database.look() as session:
        assert search_of(session, search_id, by=tom).words == word
        with pytest.raises(NotFoundError):
            search_of(session, search_id, by=tess)
    for path in force.settings.instance.rglob("*"):
        assert not path.is_file() or word.encode() not in path.read_bytes()
    client_for(force, "tess").page(f"/search/{search_id}", status=404)


@pytest.mark.parametrize("name", ["nell", "ada", "iris"])
def test_neighbourhood_auditor_and_administrator_see_nothing_of_it(force: Force, name: str) -> None:
    client = client_for(force, name)
    client.page("/account")
    client.does_not_see("Search reports")
    client.page("/search", status=403)


def test_without_the_desks_key_nothing_is_searched(force: Force, known: dict[str, UUID]) -> None:
    sam, tom = force.officer("sam"), force.officer("tom")
    client = client_for(force, "tom")
    look(force, "marlow", by="tess")
    with force.database.begin() as session:
        revoke(session, desk_id(session), officer_box(session, tom.id).id, by=sam)
    client.page("/search")
    client.sees("You do not hold the desk’s key yet")
    found = look(force, "marlow")
    assert found.counts[Part.ALL] == 0


def test_reports_are_narrowed_by_state_date_priority_and_link(force: Force, known: dict[str, UUID]) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        confirm(session, known["tony"], known["person"], found=Found.SEARCHED, by=tom)
        close(session, known["anthony"], reason="Nothing in it", by=tom)
    every = look(force, "marlow")
    assert reports(every) == [known["tony"], known["anthony"]]
    for narrowing, wanted in (
        (Narrowing(states=(ReportState.CLOSED,)), [known["anthony"]]),
        (Narrowing(linked=Linked.YES), [known["tony"]]),
        (Narrowing(linked=Linked.NO), [known["anthony"]]),
        (Narrowing(bands=(Band.DANGER_NOW,)), []),
        (Narrowing(since=force.today + timedelta(days=1)), []),
        (Narrowing(until=force.today), [known["tony"], known["anthony"]]),
    ):
        assert reports(look(force, "marlow", narrowing)) == wanted


def test_archived_entries_are_found_only_where_they_are_asked_for(force: Force, known: dict[str, UUID]) -> None:
    with force.database.begin() as session:
        archive_entry(session, known["person"], reason="He has died", version=1, by=force.officer("tom"))
    assert look(force, "tony").people == ()
    assert [one.line.id for one in look(force, "tony", Narrowing(archived=True)).people] == [known["person"]]


def test_results_are_sorted_and_paged(force: Force) -> None:
    for number in range(30):
        force.send(f"the arches again, number {number}")
    unsealed(force)
    tom = client_for(force, "tom")
    search(tom, "arches")
    tom.sees("Show all 30 reports")
    tom.page(f"{tom.path}?part=reports&order=newest&page=2")
    tom.sees("page 2 of 2")
    first = look(force, "arches", Narrowing(part=Part.REPORTS, order=Order.OLDEST, page=1))
    second = look(force, "arches", Narrowing(part=Part.REPORTS, order=Order.OLDEST, page=2))
    assert (len(first.reports), len(second.reports)) == (25, 5)
    assert not set(reports(first)) & set(reports(second))


def test_a_new_report_is_found_at_once_and_a_deleted_one_no_more(force: Force, known: dict[str, UUID]) -> None:
    assert len(reports(look(force, "arches"))) == 2
    fourth = report_at_desk(force, "Somebody burns things by the arches")
    assert fourth in reports(look(force, "arches"))
    with force.database.begin() as session:
        row = session.get_one(ReportRow, known["shop"])
        destroy_data_key(session, row.data_key_id, by=force.officer("tom"))
    found = look(force, "arches")
    assert next(one for one in found.reports if one.hit.id == known["shop"]).excerpt is None
    with force.database.begin() as session:
        session.delete(session.get_one(ReportRow, known["shop"]))
    assert known["shop"] not in reports(look(force, "arches"))
    with force.database.look() as session:
        kept = held.held_reports(session, desk_id(session), by=force.officer("tom"))
        assert "drink" not in kept.postings._number_of_word


def test_whoever_signed_out_at_another_worker_holds_no_words_here(force: Force, known: dict[str, UUID]) -> None:
    client_for(force, "tom")
    tom = force.officer("tom")
    look(force, "arches")
    held.HELD.wipe_signed_out()
    assert held.HELD.holds_anything()
    with force.database.begin() as session:
        session.execute(delete(SessionRow).where(SessionRow.officer_id == tom.id))
    held.HELD.wipe_signed_out()
    assert not held.HELD.holds_anything()


def test_the_words_in_memory_go_with_the_last_holder_and_when_idle(force: Force, known: dict[str, UUID]) -> None:
    tom, tess = force.officer("tom"), force.officer("tess")

    def is_empty() -> bool:
        return not held.HELD.holds_anything()

    look(force, "arches")
    look(force, "arches", by="tess")
    held.HELD.let_go(tom.id)
    assert not is_empty()
    held.HELD.let_go(tess.id)
    assert is_empty()
    look(force, "arches")
    held.HELD.wipe_idle(float("inf"))
    assert is_empty()
    client = client_for(force, "tom")
    search(client, "arches")
    held.HELD.let_go(force.officer("tess").id)
    assert not is_empty()
    client.page("/account")
    client.submit(button="Sign out")
    assert is_empty()


def test_many_reports_are_read_meanwhile_and_the_page_says_how_far(
    force: Force, known: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "SOON", 1)
    monkeypatch.setattr(Background, "start", lambda *_: None)
    client = client_for(force, "tom")
    address = search(client, "arches")
    client.sees("The reports are being read for searching: 0 % are done (0 of 3)")
    monkeypatch.undo()
    monkeypatch.setattr(held, "SOON", 1)
    client.page(address)
    with force.database.look() as session:
        held.wait_until_read(session, desk_id(session), 10)
    client.page(address)
    client.sees("Reports: 2 reports")
    client.does_not_see("are being read")


@pytest.mark.parametrize("words", ["", "x", "a*", "\u200b", "y" * 20_000])
def test_what_cannot_be_searched_for_is_said_on_the_page(force: Force, words: str) -> None:
    tom = client_for(force, "tom")
    tom.page("/search")
    tom.submit(words=words, button="Search")
    assert tom.errors()
    with force.database.look() as session:
        assert session.query(SearchRow).count() == 0


def test_a_search_is_kept_renamed_and_deleted(force: Force, known: dict[str, UUID]) -> None:
    tom = client_for(force, "tom")
    address = search(tom, "marlow")
    tom.page(f"{address}/keep")
    tom.submit(name="", button="Keep this search")
    assert tom.errors() == ["Enter a name for this search"]
    tom.submit(name="The Marlows", button="Keep this search")
    tom.sees("This search is kept")
    tom.page(f"{address}/keep")
    tom.submit(name="Marlow family", button="Keep this search")
    tom.page("/search")
    tom.sees("Marlow family")
    tom.does_not_see("The Marlows")
    tom.submit(button="Delete Marlow family")
    tom.does_not_see("Marlow family")
    with force.database.look() as session:
        assert session.query(SearchRow).count() == 0


def test_searches_without_a_name_go_when_others_come_and_when_their_officer_signs_out(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        kept = begin_search(session, "the arches", by=tom)
        keep_search(session, kept, "Arches", by=tom)
        ids = [begin_search(session, f"number {number}", by=tom) for number in range(MOST_LAST + 5)]
        assert {row.id for row in session.query(SearchRow)} == {kept, *ids[5:]}
    client = client_for(force, "tom")
    client.page("/account")
    client.submit(button="Sign out")
    with force.database.look() as session:
        assert [one.name for one in kept_searches(session, by=force.officer("tom"))] == ["Arches"]
        assert session.query(SearchRow).count() == 1


def test_a_search_of_another_day_goes_with_the_next_one(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        begin_search(session, "the arches", by=tom)
    force.clock.forward(days=1)
    with force.database.begin() as session:
        newest = begin_search(session, "the arches again", by=tom)
        assert [row.id for row in session.query(SearchRow)] == [newest]


def test_a_search_is_begun_answered_and_kept_on_both_databases(force_on_both: Force) -> None:
    report_id = report_at_desk(force_on_both, TONY)
    tom = client_for(force_on_both, "tom")
    address = search(tom, "marlow")
    tom.sees("Reports: 1 report")
    tom.page(f"{address}?part=reports&order=priority&state=new&linked=no")
    tom.sees("Reports: 1 report")
    tom.page(f"{address}/keep")
    tom.submit(name="Marlow", button="Keep this search")
    tom.sees("This search is kept")
    assert reports(look(force_on_both, "0123")) == [report_id]
