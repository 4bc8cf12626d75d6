"""docs/asvs.csv goes through six chapters of OWASP ASVS 5.0.0: none left out, none met by a test that is not there."""

import ast
import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# The level of each requirement of ASVS 5.0.0, by chapter and section, in their order (facts of the standard).
LEVELS = {
    "V6.1": "122",
    "V6.2": "111111112222",
    "V6.3": "11223333",
    "V6.4": "112233",
    "V6.5": "22222333",
    "V6.6": "2223",
    "V6.7": "33",
    "V6.8": "2222",
    "V7.1": "222",
    "V7.2": "1111",
    "V7.3": "22",
    "V7.4": "11222",
    "V7.5": "223",
    "V7.6": "22",
    "V8.1": "1233",
    "V8.2": "1123",
    "V8.3": "133",
    "V8.4": "23",
    "V11.1": "2233",
    "V11.2": "22233",
    "V11.3": "11233",
    "V11.4": "1222",
    "V11.5": "23",
    "V11.6": "23",
    "V11.7": "33",
    "V14.1": "22",
    "V14.2": "12223333",
    "V14.3": "122",
    "V16.1": "2",
    "V16.2": "22222",
    "V16.3": "2222",
    "V16.4": "222",
    "V16.5": "2223",
}
REQUIRED = {f"{part}.{number}": level for part, levels in LEVELS.items() for number, level in enumerate(levels, 1)}
STATES = {"met", "not applicable", "exception", "not met"}
SUBSTANCE = 60  # characters: a reason that is shorter says nothing
# Said aloud here too, so that one more cannot slip in among a hundred lines.
NOT_MET: set[str] = set()


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def functions_of(path: Path) -> frozenset[str]:
    """The tests that pytest collects from a file: its functions of that name."""
    tree = ast.parse(path.read_text("utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


def test_every_requirement_of_the_chapters_is_there_once_at_its_level() -> None:
    assert len(REQUIRED) == 133
    assert Counter(row["requirement"] for row in rows()) == Counter(dict.fromkeys(REQUIRED, 1))
    assert {row["requirement"]: row["level"] for row in rows()} == REQUIRED


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["requirement"])
def test_a_requirement_is_met_by_tests_that_are_there_or_has_a_reason(row: dict[str, str]) -> None:
    assert row["status"] in STATES
    assert row["what it asks"]
    named = [one.strip() for one in row["tests"].split(";") if one.strip()]
    for one in named:
        file, _, name = one.partition("::")
        path = ROOT / file
        assert path.is_relative_to(ROOT / "tests"), one
        assert path.name.startswith("test_"), one
        assert path.is_file(), one
        assert name in functions_of(path) if name else functions_of(path), one
    if row["status"] == "met":
        assert named, "what is met has a test that shows it"
        assert not row["reason"]
    else:
        assert len(row["reason"]) >= SUBSTANCE, "what is not met has a reason of substance"


def test_no_reason_is_given_for_two_different_things() -> None:
    """But for the federation and the codes by telephone that are not there at all."""
    reasons = Counter(row["reason"] for row in rows() if row["status"] in {"exception", "not met"})
    assert [reason for reason, times in reasons.items() if times > 1] == []


def test_what_is_not_met_is_not_hidden() -> None:
    assert {row["requirement"] for row in rows() if row["status"] == "not met"} == NOT_MET
