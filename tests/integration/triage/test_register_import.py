"""Importing the register: good rows in, bad rows listed, stopped and resumed, and nothing overwritten."""

from pathlib import Path

import pytest

from tests.force import Force
from triage.errors import NoKeyError
from triage.keys.service import desk_id
from triage.register.entries import Group, Person
from triage.register.errors import ImportFileError
from triage.register.importing import ROWS_A_BATCH, ImportProgress, ImportState, import_register
from triage.register.tables import COLUMNS, File
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"


def write(folder: Path, file: File, *rows: str, heading: str | None = None) -> None:
    first = ",".join(COLUMNS[file]) if heading is None else heading
    (folder / file).write_text("\n".join((first, *rows)) + "\n", encoding="utf-8")


def imported(force: Force, folder: Path, name: str = "tom") -> ImportProgress:
    return import_register(force.database, folder, by=force.officer(name))


def test_millbrook_is_imported_whole_and_a_second_time_changes_nothing(force_on_both: Force) -> None:
    seen: list[ImportProgress] = []
    done = import_register(force_on_both.database, MILLBROOK, by=force_on_both.officer("tom"), progress=seen.append)
    assert done.errors == ()
    assert done.state is ImportState.FINISHED
    assert done.added == done.total == done.done
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    again = imported(force_on_both, MILLBROOK, "sam")
    assert (again.added, again.already) == (0, done.total)
    with force_on_both.database.begin() as session:
        tess = force_on_both.officer("tess")
        copy = unlock_register(session, desk_id(session), by=tess)
        tony = copy.entries[copy.by_reference["n-0001"]].entry
    assert isinstance(tony, Person)
    assert tony.nicknames == ("Big Tony", "Tone", "The Gaffer")
    assert tony.vehicles[0].vrm == "MB00XRT"
    assert tony.phones == ("+447700900101",)
    group = copy.entries[tony.memberships[0].group_id].entry
    assert isinstance(group, Group)
    assert group.family_based


def test_a_bad_row_is_named_with_its_number_column_and_what_to_do(force: Force, tmp_path: Path) -> None:
    write(tmp_path, File.GROUPS, "G1,The First,,family-based,Eastgate,drugs,active,", "G2,,,sometimes,,,lively,")
    write(
        tmp_path,
        File.PEOPLE,
        "P1,G1,principal,leader,Alder,Ann,,1980-02-30,F,,!!,not a number,",
        "P2,G9,,,Alder,Bob,,,,,,,",
        "P3,G1,principal,leader,Alder,Cid,,1980,M,,,07700 900001,",
        "too,short",
    )
    write(tmp_path, File.TIES, "P3,P1,sibling,", "P3,G1,married,")
    done = imported(force, tmp_path)
    assert done.added == 2
    wrong = {(error.file, error.row, error.column) for error in done.errors}
    assert wrong == {
        ("people.csv", 5, ""),
        ("groups.csv", 3, "type"),
        ("groups.csv", 3, "status"),
        ("groups.csv", 3, "name"),
        ("people.csv", 2, "born"),
        ("people.csv", 2, "vehicles"),
        ("people.csv", 2, "phones"),
        ("people.csv", 3, "group"),
        ("ties.csv", 2, "to"),
        ("ties.csv", 3, "type"),
    }
    assert done.refused == 6
    assert next(error.sentence for error in done.errors if error.column == "phones").startswith("Enter a telephone")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"reference,name\nG1,Caf\xe9\n", "not in UTF-8 (see line 2)"),
        ("reference,name\n".encode("utf-16"), "UTF-16"),
        (b"reference,name\nG1\0\n", "not a text file"),
        (b"reference,title\n", "It lacks name, aliases"),
        (b"", "It lacks reference"),
    ],
)
def test_a_file_that_cannot_be_read_says_how_to_save_it(force: Force, tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / File.GROUPS).write_bytes(data)
    with pytest.raises(ImportFileError) as refused:
        imported(force, tmp_path)
    assert says in str(refused.value)


def test_a_byte_order_mark_is_no_mistake(force: Force, tmp_path: Path) -> None:
    write(tmp_path, File.GROUPS, "G1,Ring,,,,,,")
    path = tmp_path / File.GROUPS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert imported(force, tmp_path).added == 1


def test_a_stopped_import_is_resumed_by_starting_again(force: Force, tmp_path: Path) -> None:
    rows = [f"P{number},,,,Alder,Ann,,,,,,," for number in range(ROWS_A_BATCH * 2 + 5)]
    write(tmp_path, File.PEOPLE, *rows)
    tom = force.officer("tom")
    stopped = import_register(force.database, tmp_path, by=tom, stop=lambda: True)
    assert (stopped.state, stopped.added) == (ImportState.STOPPED, ROWS_A_BATCH)
    done = imported(force, tmp_path)
    assert (done.added, done.already) == (ROWS_A_BATCH + 5, ROWS_A_BATCH)


def test_whoever_holds_no_desk_key_cannot_import(force: Force, tmp_path: Path) -> None:
    write(tmp_path, File.GROUPS, "G1,Ring,,,,,,")
    with pytest.raises(NoKeyError):
        imported(force, tmp_path, "ada")
