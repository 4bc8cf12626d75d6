"""What stands behind each door of the envelope: none that is open to the public program leads to what opens."""

import ast
from pathlib import Path

import pytest

import envelope

FOLDER = Path(envelope.__file__).parent
OPENERS = {"identity", "unseal", "vault", "passphrase"}
PUBLIC = [
    "recipient",
    "mailbox",
    "report",
    "page_state",
    "signing",
    "padding",
    "wire",
    "errors",
    "stream",
    "file",
    "derivation",
]
FRAMEWORKS = {"flask", "sqlalchemy", "wtforms", "logging", "click", "os", "datetime.datetime"}


def imports_of(name: str) -> set[str]:
    tree = ast.parse((FOLDER / f"{name}.py").read_text())
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return named | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def reached_from(name: str) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached.add(here)
        imported = imports_of(here)
        waiting += [one.removeprefix("envelope.") for one in imported if one.startswith("envelope.")]
        if "envelope" in imported:
            waiting += ["wire", "bech32"]
    return reached


@pytest.mark.parametrize("name", PUBLIC)
def test_no_public_door_reaches_what_opens(name):
    assert not reached_from(name) & OPENERS


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_every_room_is_pure(path):
    assert not imports_of(path.stem) & FRAMEWORKS
    assert len(path.read_text().splitlines()) < 300
