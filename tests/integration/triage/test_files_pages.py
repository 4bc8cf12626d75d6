"""The pages of a report's files: a warning first, one blurred picture, a line for each look, and nothing that runs."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from envelope.report import MediaType, PartReference
from tests.audit_lines import audit_lines
from tests.desk_work import agreed
from tests.force import Force, client_for
from tests.pages import PageClient
from tests.sent_files import attach, picture, report_with
from triage.audit.acts import Act
from triage.intake.files import files_of
from triage.intake.models import FileRow, HeldPartRow
from web.headers import HEADERS, NOTHING_RUNS

REASON = "the report says it shows the van"


def address(force: Force, report_id: UUID) -> str:
    with force.database.look() as session:
        [file] = files_of(session, report_id, by=force.officer("tom"))
    return f"/reports/{report_id}/files/{file.id}"


def opened(force: Force, person: PageClient, report_id: UUID) -> str:
    """Ask for the only file of a report, with a reason; gives the address of its bytes."""
    person.page(address(force, report_id))
    person.submit(reason=REASON, button="Show it, blurred at first")
    [image] = person.root.findall(".//main//img")
    return image.get("src", "")


def fetched(person: PageClient, path: str) -> tuple[int, bytes, dict[str, str]]:
    answer = person.client.get(path, base_url=person.base_url)
    return answer.status_code, answer.data, dict(answer.headers)


@pytest.fixture
def reference(force: Force) -> PartReference:
    return attach(force, picture())


@pytest.fixture
def report_id(force: Force, reference: PartReference) -> UUID:
    return report_with(force, reference)


def test_the_report_lists_its_files_by_number_kind_and_size_and_shows_none(force: Force) -> None:
    report_id = report_with(
        force, attach(force, picture()), attach(force, b"%PDF-1.7 and so on" * 100_000, MediaType.PDF)
    )
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.sees("Picture 1, JPEG, 4 kB")
    tom.sees("Document 2, PDF, 1.8 MB")
    assert tom.root.findall(".//main//img") == []


def test_opening_one_warns_and_asks_why_before_anything_is_shown(force: Force, report_id: UUID) -> None:
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.follow("Picture 1")
    tom.sees("Nobody has checked what it shows")
    tom.sees("recorded, with your reason")
    assert tom.root.findall(".//main//img") == []
    for nothing in ("", " "):
        tom.submit(reason=nothing, button="Show it, blurred at first")
        assert tom.errors()[0].startswith("Enter why you open this file")
    tom.submit(reason=REASON, button="Show it, blurred at first")
    assert tom.heading() == "Picture 1"
    [image] = tom.root.findall(".//main//img")
    assert "qw-picture__image" in image.get("class", "")
    [tick] = tom.root.findall(".//main//input[@type='checkbox']")
    assert tick.get("checked") is None


def test_every_opening_leaves_a_line_with_its_reason(force: Force, report_id: UUID) -> None:
    tom = client_for(force, "tom")
    path = address(force, report_id)
    for _ in range(2):
        opened(force, tom, report_id)
    lines = [line for line in audit_lines(force) if line["act"] == Act.FILE_OPENED]
    assert [(line["subject"], line["reason"]) for line in lines] == [(path.rpartition("/")[2], REASON)] * 2


def test_the_bytes_are_served_so_that_nothing_in_them_runs(force: Force, report_id: UUID) -> None:
    tom = client_for(force, "tom")
    status, content, headers = fetched(tom, opened(force, tom, report_id))
    assert (status, content) == (200, picture())
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Content-Disposition"] == 'inline; filename="picture-1.jpg"'
    assert headers["Content-Security-Policy"] == NOTHING_RUNS == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Length"] == str(len(content))
    for name, value in HEADERS.items():
        assert headers[name] == value or name == "Content-Security-Policy"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not {"ETag", "Last-Modified", "Server"} & headers.keys()


def test_a_document_is_offered_as_a_download_and_never_drawn(force: Force) -> None:
    content = b"%PDF-1.7 a page made of a picture"
    report_id = report_with(force, attach(force, content, MediaType.PDF))
    tom = client_for(force, "tom")
    tom.page(address(force, report_id))
    assert "Show it, blurred" not in tom.response.text
    form = {"reason": REASON, "download": "Download it", "csrf_token": tom.value("csrf_token")}
    answer = tom.client.post(tom.path, data=form, base_url=tom.base_url)
    status, got, headers = fetched(tom, answer.headers["Location"])
    assert (status, got) == (200, content)
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="document-1.pdf"'
    assert headers["Content-Security-Policy"] == NOTHING_RUNS


TICKET = re.compile(r"ticket=([^&]+)")


def test_without_the_ticket_of_a_recorded_opening_nothing_is_served(force: Force, report_id: UUID) -> None:
    tom, tess = client_for(force, "tom"), client_for(force, "tess")
    path = opened(force, tom, report_id)
    ticket = TICKET.findall(path)[0]
    bare = path.partition("?")[0]
    attempts = (
        (tom, bare),
        (tom, f"{bare}?ticket=AAAA"),
        (tom, f"{bare}?ticket=%FF"),
        (tom, f"{bare}?ticket={ticket[:-4]}AAAA"),
        (tom, f"{bare}?ticket={'A' * 8}{ticket[8:]}"),
        (tess, path),
    )
    for person, wanted in attempts:
        for tried in (wanted, wanted.replace("/content", "/shown")):
            status, content, headers = fetched(person, tried)
            assert (status, picture() in content) == (303, False), tried
            assert headers["Location"] == bare.removesuffix("/content")
    assert fetched(tom, path)[0] == 200


def test_a_ticket_is_for_one_file_and_one_session_and_a_few_minutes(force: Force) -> None:
    first = report_with(force, attach(force, picture()))
    second = report_with(force, attach(force, picture(words="another")), what="another")
    tom = client_for(force, "tom")
    path, other = opened(force, tom, first), address(force, second)
    assert fetched(tom, f"{other}/content?{path.partition('?')[2]}")[0] == 303
    force.clock.now += timedelta(minutes=9, seconds=59)
    assert fetched(tom, path)[0] == 200
    force.clock.now += timedelta(seconds=2)
    assert fetched(tom, path)[0] == 303
    again = client_for(force, "tom")
    assert fetched(tom, opened(force, again, first))[0] == 303


def test_a_file_of_another_report_is_not_found_under_this_one(force: Force) -> None:
    first = report_with(force, attach(force, picture()))
    second = report_with(force, attach(force, picture(words="another")), what="another")
    tom = client_for(force, "tom")
    file_id = address(force, second).rpartition("/")[2]
    tom.page(f"/reports/{first}/files/{file_id}", status=404)


def test_a_changed_file_is_refused_whole_and_leaves_no_line_that_it_was_opened(
    force: Force, reference: PartReference, report_id: UUID
) -> None:
    with force.database.begin() as session:
        row = session.get_one(HeldPartRow, (reference.file_id, 0))
        row.sealed = row.sealed[:-40] + bytes([row.sealed[-40] ^ 1]) + row.sealed[-39:]
    tom = client_for(force, "tom")
    tom.page(address(force, report_id))
    tom.submit(reason=REASON, button="Show it, blurred at first")
    assert "changed, cut or put in another’s place" in tom.errors()[0]
    assert not [line for line in audit_lines(force) if line["act"] == Act.FILE_OPENED]


def test_a_file_changed_after_its_opening_was_recorded_gives_no_byte(
    force: Force, reference: PartReference, report_id: UUID
) -> None:
    """Whoever has the database changes it between the page and its picture: an error page, and nothing of the file."""
    tom = client_for(force, "tom")
    path = opened(force, tom, report_id)
    with force.database.begin() as session:
        row = session.get_one(HeldPartRow, (reference.file_id, 0))
        row.sealed = row.sealed[:-1]
    status, content, headers = fetched(tom, path)
    assert status == 422
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert picture()[:40] not in content


def test_a_report_says_of_a_file_that_is_not_there_yet_that_it_is_not(force: Force) -> None:
    reference = attach(force, picture(), only=())
    report_id = report_with(force, reference)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.sees("Picture 1, JPEG, 4 kB: not here yet. Files are taken in at the next release.")
    tom.page(address(force, report_id))
    tom.sees("It has not arrived yet")


def test_the_button_puts_it_out_of_reach_and_the_report_says_so(force: Force, report_id: UUID) -> None:
    tom = client_for(force, "tom")
    path = opened(force, tom, report_id)
    tom.sees("Protection of Children Act 1978")
    tom.sees("section 160 of the Criminal Justice Act 1988")
    tom.submit(button="Put it in quarantine")
    tom.sees("A file of this report is in quarantine")
    tom.sees("in quarantine since 22 November 2026")
    tom.does_not_see("Write a sanitised text")
    tom.page(f"/reports/{report_id}/sanitise", status=422)
    tom.sees("no text of it is written")
    assert fetched(tom, path)[0] == 404
    tom.page(address(force, report_id))
    tom.sees("The desk holds no key to it any more")
    tom.sees("supervisors hold its key")


def test_a_lead_sees_the_quarantine_opens_it_and_releases_it_on_two_pages(force: Force, report_id: UUID) -> None:
    sam, tess, tom = (client_for(force, name) for name in ("sam", "tess", "tom"))
    sam.page("/quarantine")
    sam.submit(officer="", button="Give them the key")
    assert sam.errors() == ["Choose an officer"]
    sam.submit(officer=str(force.officer("tess").id), button="Give them the key")
    sam.sees("Tess Marlow")
    sam.sees("There is only one")
    opened(force, tom, report_id)
    tom.submit(button="Put it in quarantine")
    tom.page("/quarantine")
    tom.sees("You do not hold the key of the quarantine")
    tess.page("/quarantine")
    tess.sees("Put here by Tom Arkwright")
    tess.follow("Decide about file 1")
    tess.follow("Open the file")
    tess.submit(reason="our procedure asks a lead to look", button="Show it, blurred at first")
    assert tess.heading() == "Picture 1"
    tess.page("/quarantine")
    tess.follow("Decide about file 1")
    tess.submit(reason="it shows a doll", button="Ask for its release")
    tess.sees("stays in quarantine until it is agreed")
    tess.follow("Decide about file 1")
    tess.sees("it shows a doll")
    tess.submit(button="Leave it in quarantine")
    assert "Enter why this file stays in quarantine." in tess.errors()
    tess.submit(button="Release it to the desk")
    tess.sees("the desk can open it again")
    assert fetched(tom, opened(force, tom, report_id))[1] == picture()


def test_a_report_with_a_file_in_quarantine_is_not_referred_and_its_page_says_why(force: Force) -> None:
    report_id = report_with(force, attach(force, picture()), what="He comes round the back every night.")
    draft_id = agreed(force, report_id)
    tess = client_for(force, "tess")
    opened(force, tess, report_id)
    tess.submit(button="Put it in quarantine")
    tess.sees("It is not referred while a file is in quarantine")
    tess.sees("Not while a file is in quarantine")
    tess.page(f"/sanitised/{draft_id}/refer")
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["OBSERVE"]}, button="Refer it")
    assert any("in quarantine" in error for error in tess.errors())


def test_a_row_taken_out_of_the_list_of_files_is_missed(force: Force, report_id: UUID) -> None:
    with force.database.begin() as session:
        session.query(FileRow).delete()
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}")
    tom.sees("This report came with 1 file, and none is listed here.")
