"""The three lists of an import: their columns, how a file is read, and how cells are written for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from triage.register.errors import ImportFileError, RowError
from triage.spreadsheets import safe_cell as safe_cell

MOST_BYTES = 64 << 20  # of one file on the command line: 100,000 people are about 20 MB
MOST_CELL = 8_000


class File(StrEnum):
    """The files of an import, in the order they are taken in."""

    GROUPS = "groups.csv"
    PEOPLE = "people.csv"
    TIES = "ties.csv"


COLUMNS: dict[File, tuple[str, ...]] = {
    File.GROUPS: ("reference", "name", "aliases", "type", "area", "threats", "status", "notes"),
    File.PEOPLE: (
        "reference",
        "group",
        "role",
        "function",
        "surname",
        "given_names",
        "nicknames",
        "born",
        "sex",
        "addresses",
        "vehicles",
        "phones",
        "notes",
    ),
    File.TIES: ("from", "to", "type", "note"),
}


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet counts it, and its cells by column."""

    file: File
    row: int
    cells: dict[str, str]

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, apart by semicolons."""
        return tuple(dict.fromkeys(one.strip() for one in self.cells[column].split(";") if one.strip()))


def decode(file: File, data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises:
        ImportFileError: too long, another encoding, or not text.
    """
    if len(data) > MOST_BYTES:
        raise ImportFileError(f"{file} is too long: split it into files of less than {MOST_BYTES >> 20} MB.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportFileError(f"{file} is in UTF-16. Save it again as “CSV UTF-8”.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportFileError(f"{file} is not in UTF-8 (see line {line}). Save it again as “CSV UTF-8”.") from None
    if "\0" in text:
        raise ImportFileError(f"{file} is not a text file. Save it as “CSV UTF-8”.")
    return text


def read(file: File, text: str) -> tuple[list[Record], list[RowError]]:
    """The rows of a file, and what is wrong with those that cannot be read as rows.

    Raises:
        ImportFileError: the heading row is not the one that is expected.
    """
    expected = COLUMNS[file]
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    errors: list[RowError] = []
    number = 1
    try:
        heading = [cell.strip().lower() for cell in next(rows, [])]
        if tuple(heading) != expected:
            raise ImportFileError(
                f"{file} must begin with the row {','.join(expected)}. {_difference(heading, expected)}"
            )
        for cells in rows:
            number += 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(expected):
                sentence = (
                    f"This row has {len(cells)} columns instead of {len(expected)}: put quotation marks around commas"
                )
                errors.append(RowError(file, number, "", sentence))
            elif long := next(
                (name for name, cell in zip(expected, cells, strict=True) if len(cell) > MOST_CELL), None
            ):
                errors.append(
                    RowError(file, number, long, f"Make this shorter: it has more than {MOST_CELL:,} characters")
                )
            else:
                records.append(Record(file, number, dict(zip(expected, cells, strict=True))))
    except csv.Error:
        sentence = "A quotation mark is not closed or stands alone from here on: nothing after this row was read"
        errors.append(RowError(file, number + 1, "", sentence))
    return records, errors


def _difference(heading: Sequence[str], expected: Sequence[str]) -> str:
    missing = [name for name in expected if name not in heading]
    unknown = [name for name in heading if name not in expected]
    if missing:
        return f"It lacks {', '.join(missing)}."
    if unknown:
        return f"Take out {', '.join(name[:40] or 'the column without a name' for name in unknown[:5])}."
    return "Put its columns in that order."


def error_report(errors: Iterable[RowError]) -> str:
    """The list of what was wrong, as CSV for a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("file", "row", "column", "what to do"))
    for error in errors:
        writer.writerow([safe_cell(cell) for cell in (error.file, str(error.row), error.column, error.sentence)])
    return out.getvalue()
