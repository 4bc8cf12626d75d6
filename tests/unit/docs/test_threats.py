"""docs/threats.md stands beside tests: each that it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "threats.md").read_text("utf-8")
# `test_a_file.py::test_a_promise` or `…::test_a_promise`, which means the file last named before it.
NAMED = re.compile(r"`(?P<file>[\w/]*test_\w+\.py|…)(?:::(?P<test>test_\w+))?`")
SHORT = re.compile(r"`(?P<number>test_\d\d)`")  # the tests of one promise


def files_of(name: str) -> list[Path]:
    return [path for path in (ROOT / "tests").rglob(Path(name).name) if str(path).endswith(f"/{name}")]


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def named() -> list[tuple[str, str]]:
    """Each file and test that the page names, in its order; the test is empty where a whole file is meant."""
    found: list[tuple[str, str]] = []
    for one in NAMED.finditer(PAGE):
        file = found[-1][0] if one["file"] == "…" else one["file"]
        found.append((file, one["test"] or ""))
    return found


def test_every_file_that_is_named_is_there_once() -> None:
    assert {file for file, _ in named() if len(files_of(file)) != 1} == set()
    assert {one for one in SHORT.findall(PAGE) if not list((ROOT / "tests" / "promises").glob(f"{one}_*.py"))} == set()


def test_every_test_that_is_named_is_in_its_file() -> None:
    tests = [(file, test) for file, test in named() if test]
    assert [f"{file}::{test}" for file, test in tests if test not in functions_of(files_of(file)[0])] == []
    assert PAGE.count("::test_") == len(tests), "a name is written in a way that this test does not read"
