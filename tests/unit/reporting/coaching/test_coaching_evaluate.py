"""The figures are counted right, and a bad file is refused with the line that is bad."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reporting.coaching.evaluate import LabelledError, measure, read_labelled
from reporting.command import coaching

LINES = [
    {"text": "me nan saw it", "label": True, "kind": "kinship"},
    {"text": "He sells at night.", "label": True, "kind": "kinship"},
    {"text": "His cousin drives.", "label": False, "kind": "hard"},
    {"text": "My uncle drives.", "label": False, "kind": "hard"},
]


def written(folder: Path, *lines: object) -> str:
    path = folder / "sentences.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return str(path)


def test_precision_recall_and_recall_by_kind_are_counted() -> None:
    measured = measure(read_labelled(json.dumps(line) for line in LINES))
    assert (measured.right, measured.wrong, measured.missed) == (1, 1, 1)
    assert measured.precision == measured.recall == 0.5
    assert {one.kind: one.recall for one in measured.kinds} == {"kinship": 0.5, "hard": None}


def test_the_command_prints_json_that_a_machine_reads(tmp_path: Path) -> None:
    result = CliRunner().invoke(coaching, ["evaluate", "--sentences", written(tmp_path, *LINES), "--json"])
    assert result.exit_code == 0
    figures = json.loads(result.output)
    assert figures["precision"] == figures["recall"] == 0.5
    assert figures["recall_by_kind"] == {"kinship": 0.5}


def test_the_command_prints_the_same_for_people(tmp_path: Path) -> None:
    result = CliRunner().invoke(coaching, ["evaluate", "--sentences", written(tmp_path, *LINES)])
    assert result.exit_code == 0
    for words in ("precision  0.500", "recall     0.500", "kinship: 0.500", "hard: harmless  (1 of 2 marked)"):
        assert words in result.output


def test_nothing_labelled_true_gives_no_recall_rather_than_a_good_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(coaching, ["evaluate", "--sentences", written(tmp_path, LINES[2]), "--json"])
    assert json.loads(result.output)["recall"] is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{not json", "Line 2 is not JSON"),
        (["text"], "Line 2 is not an object"),
        ({"label": True, "kind": "x"}, "Line 2 has no “text”"),
        ({"text": " ", "label": True, "kind": "x"}, "Line 2 has no “text”"),
        ({"text": "words", "label": "yes", "kind": "x"}, "Line 2 has a “label” that is neither true nor false"),
        ({"text": "words", "label": True, "kind": 3}, "Line 2 has a “kind” that is not a string"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: object, why: str) -> None:
    result = CliRunner().invoke(coaching, ["evaluate", "--sentences", written(tmp_path, LINES[0], bad)])
    assert result.exit_code == 1
    assert why in result.output


def test_an_empty_file_a_missing_one_and_one_of_other_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelledError, match="no sentences"):
        read_labelled(["", " "])
    missing = CliRunner().invoke(coaching, ["evaluate", "--sentences", str(tmp_path / "none.jsonl")])
    assert missing.exit_code == 1
    assert "cannot be read" in missing.output
    (tmp_path / "other").write_bytes(b"\xff\xfe\x00")
    other = CliRunner().invoke(coaching, ["evaluate", "--sentences", str(tmp_path / "other")])
    assert other.exit_code == 1
    assert "not UTF-8" in other.output
