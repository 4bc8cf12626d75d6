"""Every act of the program is one of the kinds that DPA 2018 s.62 names, or is of running the system."""

import ast
from pathlib import Path

import triage
from triage.audit.acts import Act
from triage.audit.section62 import LOGGED, RUNNING, Processing, Why, processing_of

SOURCES = [path for path in Path(triage.__file__).parent.rglob("*.py") if "audit/acts.py" not in path.as_posix()]


def test_every_act_is_of_one_kind() -> None:
    assert set(LOGGED) | RUNNING == set(Act)
    assert not set(LOGGED) & RUNNING


def test_all_six_kinds_are_logged() -> None:
    assert {processing_of(act) for act in Act} == set(Processing)


def test_every_disclosure_says_to_whom() -> None:
    disclosures = [act for act, logged in LOGGED.items() if logged.processing is Processing.DISCLOSURE]
    assert disclosures
    assert all(LOGGED[act].to for act in disclosures)


def test_an_act_whose_reason_justifies_it_is_never_recorded_without_one() -> None:
    """Read from the program's own source: every call that leaves such a line hands a reason over."""
    calls = [call for path in SOURCES for call in _records(path)]
    assert len(calls) > 60
    missing = [
        (where, act)
        for where, act, names in calls
        if act in LOGGED and LOGGED[act].why is not Why.BY_ACT and "reason" not in names
    ]
    assert missing == []


def test_a_referral_names_the_team() -> None:
    [names] = [names for path in SOURCES for _, act, names in _records(path) if act is Act.REFERRED]
    assert "to" in names


def _records(path: Path) -> list[tuple[str, Act, set[str | None]]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "record":
            continue
        act = node.args[1] if len(node.args) > 1 else None
        if isinstance(act, ast.Attribute) and isinstance(act.value, ast.Name) and act.value.id == "Act":
            found.append((f"{path.name}:{node.lineno}", Act[act.attr], {one.arg for one in node.keywords}))
    return found
