"""Search results leave as a list: for a reason, with no word of a report, without what is in quarantine."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import CONDITIONAL, report_at_desk
from tests.force import Force, client_for
from tests.quarantine_work import named, shut
from tests.sent_files import attach, picture, report_with
from triage.database import CaseSession
from triage.grading.rules import Nature
from triage.grading.service import grade_item
from triage.linking.holder.background import Background
from triage.register.entries import Person
from triage.register.service import add_entry
from triage.search import export as exporting
from triage.search import held, register
from triage.search.errors import (
    NothingToExportError,
    ReasonForExportMissingError,
    StillReadingError,
    TooMuchToExportError,
)
from triage.search.export import HEAD, Exported, as_csv, export, harmless
from triage.search.narrowing import Narrowing, Part
from triage.search.query import read_query
from triage.search.service import Hits, find


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    held.HELD.wipe()


def exported(
    force: Force, words: str, narrowing: Narrowing | None = None, *, reason: str = "For the meeting"
) -> Exported:
    tom = force.officer("tom")
    with force.database.begin() as session:
        hits = find(session, read_query(words), narrowing or Narrowing(), by=tom)
        return export(session, hits, narrowing or Narrowing(), reason=reason, by=tom)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def graded(force: Force, what: str) -> UUID:
    report_id = report_at_desk(force, what)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, CONDITIONAL, nature=Nature.CLAIM, by=force.officer("tom"))
    return report_id


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+447700900123", "'+447700900123"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("Marlow, Anthony", "Marlow, Anthony"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert harmless(cell) == written
    [line] = rows(as_csv([("Person", "", cell, "", "", "", "")]))
    assert line["Name"] == written


def test_a_list_has_ids_dates_states_and_handling_and_no_word_of_a_report(force: Force) -> None:
    open_id, graded_id = report_at_desk(force, "Tony sells pills"), graded(force, "Tony sells more pills")
    with force.database.begin() as session:
        add_entry(session, Person("", "=HYPERLINK(1)", "Tony"), by=force.officer("tom"))
    made = exported(force, "tony")
    by_reference = {row["Reference"]: row for row in rows(made.text)}
    assert tuple(rows(made.text)[0]) == HEAD
    assert (made.lines, made.kept_back) == (3, 0)
    assert by_reference[str(open_id)]["Handling"] == "Not graded: do not share"
    assert by_reference[str(graded_id)]["Handling"].startswith("C: ")
    assert by_reference[str(graded_id)]["State"] == "Graded"
    assert by_reference["N-0001"]["Name"].startswith("'=HYPERLINK")
    assert "pills" not in made.text


def test_a_report_with_a_file_in_quarantine_stays(force: Force) -> None:
    named(force, "tess")
    report_id = report_with(force, attach(force, picture()), what="Tony by the arches")
    other = report_at_desk(force, "Tony again")
    shut(force, report_id)
    made = exported(force, "tony", Narrowing(part=Part.REPORTS))
    assert [row["Reference"] for row in rows(made.text)] == [str(other)]
    assert made.kept_back == 1


def test_an_export_is_an_act_of_its_own_with_its_reason_and_never_the_words(force: Force) -> None:
    report_at_desk(force, "Tony Marlow")
    tom = client_for(force, "tom")
    tom.page("/search")
    tom.submit(words="marlow", button="Search")
    address = tom.path
    tom.follow("Export this list")
    tom.submit(reason="", button="Export")
    assert tom.errors() == ["Enter why you export this list"]
    page = tom.client.post(
        f"{address}/export?part=reports",
        data={"reason": "For the meeting on Monday", "csrf_token": tom.value("csrf_token")},
        base_url=tom.base_url,
    )
    assert page.headers["Content-Disposition"] == 'attachment; filename="search-results.csv"'
    assert page.headers["Cache-Control"] == "no-store"
    assert [row["Kind"] for row in rows(page.get_data(as_text=True))] == ["Report"]
    line = audit_lines(force, force.officer("tom").id)[-1]
    assert (line["act"], line["count"]) == ("exported", 1)
    assert line["reason"] == "search results: For the meeting on Monday"
    assert "arlow" not in repr(line)


@pytest.mark.parametrize("what", ["reports", "register"])
def test_no_list_leaves_while_what_it_would_hold_is_still_read(
    force: Force, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Three reports are as many as a hundred thousand where only two are read while somebody waits."""
    for number in range(3):
        report_at_desk(force, f"Tony by the arches, {number}")
        with force.database.begin() as session:
            add_entry(session, Person("", f"Tony {number}"), by=force.officer("tom"))
    monkeypatch.setattr(held if what == "reports" else register, "SOON", 2)
    monkeypatch.setattr(Background, "start", lambda *_: None)
    tom = force.officer("tom")
    before = len(audit_lines(force, tom.id))
    with pytest.raises(StillReadingError, match="would not be complete"):
        exported(force, "tony", Narrowing(part=Part.REPORTS if what == "reports" else Part.PEOPLE))
    assert len(audit_lines(force, tom.id)) == before
    client = client_for(force, "tom")
    client.page("/search")
    client.submit(words="tony", button="Search")
    client.follow("Export this list")
    client.submit(reason="For the meeting", button="Export")
    assert client.errors()[0].startswith("The search is still reading")
    monkeypatch.undo()
    assert exported(force, "tony").lines == 6


def test_the_reports_are_read_before_anything_is_written(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    report_at_desk(force, "Tony by the arches")
    looked: list[bool] = []

    def watched(session: CaseSession, *args: Any, **named: Any) -> Hits:  # Any: handed on as it came
        looked.append(session.get_bind() is not force.database.case)
        return find(session, *args, **named)

    monkeypatch.setattr("triage.search.views.find", watched)
    client = client_for(force, "tom")
    client.page("/search")
    client.submit(words="tony", button="Search")
    client.follow("Export this list")
    client.client.post(
        client.path,
        data={"reason": "For the meeting", "csrf_token": client.value("csrf_token")},
        base_url=client.base_url,
    )
    assert looked == [True, True]


def test_nothing_leaves_without_a_reason_or_a_result_or_by_the_thousand(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_at_desk(force, "Tony by the arches")
    report_at_desk(force, "Nobody by the arches")
    tom = force.officer("tom")
    before = len(audit_lines(force, tom.id))
    with pytest.raises(ReasonForExportMissingError):
        exported(force, "arches", reason=" ")
    with pytest.raises(NothingToExportError):
        exported(force, "something")
    monkeypatch.setattr(exporting, "MOST_LINES", 1)
    with pytest.raises(TooMuchToExportError, match="Narrow the search"):
        exported(force, "arches")
    assert len(audit_lines(force, tom.id)) == before
