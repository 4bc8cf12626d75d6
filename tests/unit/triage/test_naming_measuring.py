"""The measure itself, and the command that prints it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from triage.commands.linking import linking
from triage.linking.naming.measuring import UnreadablePairsError, area_under_curve, read_pairs

HEADER = "name_a,name_b,is_match\n"


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    assert area_under_curve([(0.9, True), (0.1, False)]) == 1.0
    assert area_under_curve([(0.1, True), (0.9, False)]) == 0.0
    assert area_under_curve([(0.5, True), (0.5, False)]) == 0.5
    assert area_under_curve([(0.9, True), (0.3, True), (0.5, False), (0.3, False)]) == 0.625


def test_an_area_needs_both_kinds() -> None:
    with pytest.raises(UnreadablePairsError, match="both matches"):
        area_under_curve([(0.5, True)])


@pytest.mark.parametrize("said", ["1", "true", "Yes", "1.0"])
def test_a_match_may_be_said_in_several_words(tmp_path: Path, said: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(f"\ufeff{HEADER}Daz Smith,Darren Smith,{said}\n", encoding="utf-8")
    assert read_pairs(file) == [("Daz Smith", "Darren Smith", True)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name_a,name_b\nA,B\n", "no column is_match"),
        (f"{HEADER}A,B,perhaps\n", "Row 2"),
        (f"{HEADER}A\n", "Row 2"),
    ],
)
def test_a_file_that_cannot_be_measured_says_why(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadablePairsError, match=told):
        read_pairs(file)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_bytes(b"\xff\xfe\x00name_a")
    with pytest.raises(UnreadablePairsError, match="UTF-8"):
        read_pairs(file)


def test_the_command_prints_the_area_and_what_a_pair_costs(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(f"{HEADER}Daz Smith,Darren Smith,1\nDaz Smith,Paul Smith,0\n", encoding="utf-8")
    found = json.loads(CliRunner().invoke(linking, ["score-names", "--pairs", str(file), "--json"]).stdout)
    assert (found["pairs"], found["matches"], found["auc"]) == (2, 1, 1.0)
    assert found["microseconds_per_pair"] > 0
    said = CliRunner().invoke(linking, ["score-names", "--pairs", str(file)]).stdout
    assert "Area under the ROC curve: 1.000." in said
