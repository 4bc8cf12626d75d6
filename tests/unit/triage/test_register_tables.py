"""Lists: strict headings, rows as a spreadsheet counts them, and cells that no spreadsheet takes for a formula."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.register.errors import ImportFileError, RowError
from triage.register.rows import RefusedRowError, group_of, person_of, tie_of_row
from triage.register.tables import COLUMNS, MOST_BYTES, File, decode, error_report, read, safe_cell

TODAY = date(2026, 11, 22)
HEADING = ",".join(COLUMNS[File.GROUPS])


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("", "It lacks"),
        (HEADING + ",extra", "Take out extra"),
        ("name,reference,aliases,type,area,threats,status,notes", "Put its columns in that order"),
        (HEADING.replace(",", ";"), "It lacks"),
    ],
)
def test_another_heading_is_refused_whole(heading: str, says: str) -> None:
    with pytest.raises(ImportFileError, match=says):
        read(File.GROUPS, heading + "\nG1,Ring,,,,,,\n")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    records, errors = read(File.GROUPS, f'{HEADING}\nG1,Ring,,,,,,"two\nlines"\n\nG2,Rung,,,,,,\nshort\n')
    assert [record.row for record in records] == [2, 4]
    assert [(error.row, error.column) for error in errors] == [(5, "")]


def test_a_quotation_mark_left_open_is_said_and_what_came_before_is_kept() -> None:
    records, errors = read(File.GROUPS, f'{HEADING}\nG1,Ring,,,,,,\nG2,"Rung,,,,,,\nG3,Rang,,,,,,\n')
    assert [record.row for record in records] == [2]
    assert errors[0].row == 3
    assert "quotation mark" in errors[0].sentence


def test_a_cell_too_long_is_named() -> None:
    _, errors = read(File.GROUPS, f"{HEADING}\nG1,Ring,,,,,,{'x' * 9_000}\n")
    assert (errors[0].column, errors[0].row) == ("notes", 2)


def test_a_file_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImportFileError, match="too long"):
        decode(File.GROUPS, b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_report_is_taken_for_a_formula(cell: str) -> None:
    assert safe_cell(cell).startswith("'")
    report = error_report([RowError("groups.csv", 2, cell, cell)])
    assert f"'{cell[0]}" in report


@given(st.text(max_size=400))
def test_no_text_breaks_a_list(text: str) -> None:
    for file in File:
        try:
            records, _ = read(file, ",".join(COLUMNS[file]) + "\n" + text)
        except ImportFileError:
            continue
        for record in records:
            try:
                match file:
                    case File.GROUPS:
                        group_of(record, TODAY)
                    case File.PEOPLE:
                        person_of(record, {}, TODAY)
                    case File.TIES:
                        tie_of_row(record, {}, TODAY)
            except RefusedRowError as refused:
                assert all(error.sentence for error in refused.errors)  # noqa: PT017  anything else would be a crash
