"""The register's pages: looked through, filled in, archived, and imported through a browser."""

from io import BytesIO
from pathlib import Path

import pytest

from tests.force import Force, client_for
from tests.pages import PageClient
from triage.register.importing import import_register
from triage.register.tables import COLUMNS, File

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"


@pytest.fixture
def tom(force: Force) -> PageClient:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return client_for(force, "tom")


def test_the_lists_are_narrowed_sorted_and_paged(tom: PageClient) -> None:
    tom.page("/register")
    tom.sees("Skellow family")
    tom.page("/register?kind=person")
    tom.sees("90 people")
    tom.follow("Next")
    tom.submit({"words": "xrt golf"}, button="Search")
    tom.sees("1 person found")
    tom.sees("Skellow, Anthony Joseph")
    tom.page("/register?kind=person&words=nobodyatall")
    tom.sees("Nobody fits.")
    tom.page("/register?kind=person&order=reference&down=yes&page=99")
    tom.page("/register?kind=odd&order=odd&status=odd&page=x")


def test_an_entry_shows_its_people_and_its_ties_from_both_ends(tom: PageClient) -> None:
    tom.page("/register?words=skellow+family")
    tom.follow("Skellow family")
    assert tom.heading() == "Skellow family"
    tom.follow("Anthony Joseph Skellow")
    tom.sees("MB00 XRT, white Volkswagen Golf")
    tom.sees("07700 900101")
    tom.sees("Child of")
    tom.follow("Maureen Skellow")
    tom.sees("Parent of")


def test_a_group_and_a_person_in_it_are_added_and_changed(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/register")
    tom.follow("Add a group")
    tom.submit(button="Save group")
    assert tom.errors() == ["Enter the name of the group"]
    tom.submit({"name": "Larch Lane lot", "threats": ["drugs"], "status": "active"}, button="Save group")
    tom.sees("OCG-0001")
    tom.follow("Add a person to this group")
    assert tom.value("memberships").strip() == "OCG-0001"
    tom.submit(
        {"phones": "12\n07700 900555", "vehicles": "!!", "memberships": "OCG-0001, king", "born": "then"},
        button="Save person",
    )
    assert [error.split(":")[0] for error in tom.errors()] == [
        "Enter a surname, a given name or a nickname",
        "Enter a date of birth such as 1969-03-14, 1969-03, 1969 or about 1969, not “then”",
        "Enter a role",
        "Enter a number plate such as MB00 XRT, with ? for what is not known",
        "Line 1",
    ]
    assert "07700 900555" in tom.value("phones")
    tom.submit(
        {
            "surname": "Larch",
            "given_names": "Lee",
            "phones": "07700 900555",
            "vehicles": "LL?? LAR, Ford, Focus, red",
            "memberships": "OCG-0001, significant, courier",
            "born": "about 1990",
            "addresses": "Flat 3, 12 Alder Street, Eastgate",
        },
        button="Save person",
    )
    assert tom.heading() == "Lee Larch"
    tom.sees("Flat 3, 12 Alder Street, Eastgate")
    tom.follow("Change this entry")
    tom.submit({"notes": "=2+2 <script>alert(1)</script>"}, button="Save person")
    tom.sees("=2+2 <script>alert(1)</script>")


def test_a_change_over_a_stale_page_is_refused_and_keeps_every_word(tom: PageClient, force: Force) -> None:
    tess = client_for(force, "tess")
    for client in (tom, tess):
        client.page("/register?words=kiln")
        client.follow("Kiln Street line")
        client.follow("Change this entry")
    tom.submit({"area": "Market Hill"}, button="Save group")
    tess.submit({"notes": "Mine"}, button="Save group")
    assert tess.errors()[0].startswith("Somebody changed this entry")
    assert tess.value("notes").strip() == "Mine"
    tess.submit(button="Save group")
    tess.sees("Mine")


def test_an_archived_entry_leaves_the_lists_and_can_be_brought_back(tom: PageClient) -> None:
    tom.page("/register?words=kiln")
    tom.follow("Kiln Street line")
    address = tom.path
    tom.follow("Archive")
    tom.submit({"reason": ""}, button="Archive")
    assert tom.errors() == ["Enter why this entry is archived"]
    tom.submit({"reason": "All in prison"}, button="Archive")
    tom.sees("All in prison")
    tom.page("/register?words=kiln")
    tom.does_not_see("Kiln Street line")
    tom.page(address)
    tom.submit(button="Bring it back")
    tom.follow("Change this entry")


def test_a_tie_is_added_once_and_removed(tom: PageClient) -> None:
    tom.page("/register?kind=person&words=big+tony")
    tom.follow("Skellow, Anthony Joseph")
    tom.follow("Add a tie")
    tom.submit({"type": "rival", "other": "N-9999"}, button="Add tie")
    assert tom.errors() == ["Enter a reference that is on the register"]
    tom.submit({"type": "rival", "other": "N-0001"}, button="Add tie")
    assert "cannot be tied to itself" in tom.errors()[0]
    tom.submit({"type": "seen at", "other": "", "words": "The Foundry Arms"}, button="Add tie")
    tom.sees("The Foundry Arms")
    removing = [
        link.get("href", "") for link in tom.root.findall(".//a") if "Foundry Arms" in link.get("aria-label", "")
    ]
    tom.page(removing[0])
    tom.sees("Anthony Joseph Skellow seen at The Foundry Arms")
    tom.submit(button="Remove the tie")
    tom.does_not_see("The Foundry Arms</td>")


def test_lists_are_uploaded_and_bad_rows_can_be_fetched_without_a_formula(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/register/import")
    tom.submit(button="Import")
    assert tom.errors() == ["Choose at least one of the three lists."]
    rows = "\n".join([",".join(COLUMNS[File.PEOPLE]), "P1,,,,Alder,Ann,,,,,,,", "=P2,,,,,,,=cmd(),,,,,"])
    tom.submit({"people": (BytesIO(rows.encode()), "people.csv")}, button="Import")
    assert tom.heading() == "The import is finished"
    tom.sees("Enter a surname, a given name or a nickname")
    address = tom.path
    report = tom.client.get(f"{address}/errors.csv", base_url=tom.base_url)
    assert report.headers["Content-Disposition"].startswith("attachment")
    lines = report.text.splitlines()
    assert lines[0] == "file,row,column,what to do"
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line.split(","))


def test_a_long_upload_goes_on_in_steps_and_can_be_stopped(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.register.import_views.SECONDS_A_REQUEST", 0.0)
    tom = client_for(force, "tom")
    rows = "\n".join([",".join(COLUMNS[File.PEOPLE]), *(f"P{number},,,,Alder,Ann,,,,,,," for number in range(150))])
    tom.page("/register/import")
    tom.submit({"people": (BytesIO(rows.encode()), "people.csv")}, button="Import")
    tom.sees("0 of 150 rows done")
    monkeypatch.setattr("triage.register.import_views.SECONDS_A_REQUEST", 0.001)
    tom.submit(button="Go on importing")
    tom.sees("100 of 150 rows done")
    tom.submit(button="Stop here")
    assert tom.heading() == "The import was stopped"


def test_an_upload_of_another_encoding_says_what_to_do(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/register/import")
    tom.submit({"groups": (BytesIO("Café".encode("latin-1")), "groups.csv")}, button="Import")
    assert tom.errors() == ["groups.csv is not in UTF-8 (see line 1). Save it again as “CSV UTF-8”."]


@pytest.mark.parametrize("path", ["/register", "/register/groups/new", "/register/import"])
def test_whoever_is_not_at_the_desk_reaches_none_of_it(force: Force, path: str) -> None:
    client_for(force, "nell").page(path, status=403)
    client_for(force, "ada").page(path, status=403)
