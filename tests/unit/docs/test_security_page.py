"""docs/security.md says what an assessor asks to see: its figures and its lists are those of the code."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest

from config import TriageSettings
from triage.keys.models import Purpose
from triage.officers.news import KEPT, SLIPS, TRIES_KEPT
from triage.officers.passphrases import PASSPHRASE_LEAST
from triage.officers.patience import FORGOTTEN_AFTER, FREE_TRIES, LONGEST
from triage.officers.session import FRESH_FOR

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
PROGRAMS = ("envelope", "store", "web", "reporting", "triage", "quietword")
# What the libraries call an algorithm, and what else stands beside them that is none.
NOT_ALGORITHMS = {"InvalidTag", "InvalidSignature", "Suite", "KEM", "KDF", "AEAD"}
# Not ours to rely on: the proof looks for digests that a careless server would keep.
LOOKS_FOR_DIGESTS = "quietword/proof/writing.py"


def part(heading: str) -> str:
    """What stands under a heading of the page."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, heading
    return found.group(1)


@pytest.fixture(scope="module")
def trees() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8")))
        for program in PROGRAMS
        for path in sorted((ROOT / program).rglob("*.py"))
    ]


def test_the_waits_at_the_door_are_those_of_the_code() -> None:
    told = part("Ways in")
    hours, minutes = FORGOTTEN_AFTER // timedelta(hours=1), LONGEST // timedelta(minutes=1)
    shipped = TriageSettings.from_environ({"QUIETWORD_INSTANCE": "/nowhere"})
    assert f"The first {FREE_TRIES} tries are free" in told
    assert f"at most {minutes} minutes, and after {hours} hours it is forgotten" in told
    assert f"{shipped.argon2_memory_kib // 1024} MiB and {shipped.argon2_iterations} passes" in told
    assert f"{PASSPHRASE_LEAST} characters or more" in told


def test_every_way_in_is_written_down(trees: list[tuple[str, ast.Module]]) -> None:
    """Each function that gives somebody an officer to act as is of one of the rows of the table."""
    told = part("Ways in")
    doors = {
        node.name
        for name, tree in trees
        if name.startswith("triage/officers/")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith(("by_", "enter_by_", "unlock_without"))
    }
    ways = {
        "by_code": "passphrase and code",
        "by_passkey": "passphrase and passkey",
        "enter_by_passkey": "passkey with PRF",
    }
    # Before anybody has an authenticator, a command of the host sets the force up by the passphrase alone.
    assert doors - {"unlock_without_code"} == set(ways)
    assert all(f"| {way} |" in told for way in (*ways.values(), "recovery shares"))
    assert "no e-mail, no telephone, no hint, no secret question" in told


def test_the_ends_of_a_session_are_those_of_the_settings() -> None:
    shipped = TriageSettings.from_environ({"QUIETWORD_INSTANCE": "/nowhere"})
    told = part("Sessions")
    assert f"after {shipped.idle_minutes} minutes without a request and after {shipped.absolute_hours} hours" in told
    assert f"more than {FRESH_FOR // timedelta(minutes=1)} minutes ago" in told


def test_how_many_sessions_is_written_down() -> None:
    assert "Somebody may have any number of sessions at once" in part("Sessions")


@pytest.mark.parametrize("words", ["By field:", "A team is shown of a report nothing but the sanitised text"])
def test_what_of_a_record_leaves_the_desk_is_written_down(words: str) -> None:
    assert words in part("Who may do what")


def test_the_circumstances_that_count_are_written_down() -> None:
    told = part("Who may do what")
    for one in ("how often a name was tried", "proved who they are", "vetting has run", "conflict", "second person"):
        assert one in told
    assert "What follows:" in told


def test_every_algorithm_in_use_is_in_the_inventory(trees: list[tuple[str, ast.Module]]) -> None:
    """Each name that any program takes from the cryptographic library, found in the source, stands in the table."""
    told = part("Cryptography")
    used: set[str] = set()
    for name, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography"):
                assert name.startswith("envelope/"), f"{name} calls a cipher itself"
                used |= {re.sub(r"(Private|Public)Key$", "", one.name) for one in node.names}
    used -= NOT_ALGORITHMS
    assert len(used) >= 6
    assert {one for one in used if one not in told} == set()


def test_hashes_outside_the_envelope_are_in_the_inventory(trees: list[tuple[str, ast.Module]]) -> None:
    """Python's own hashing: SHA-256 and SHAKE-256, and no MD5 or SHA-1 anywhere."""
    used = {
        (node.attr, name)
        for name, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "hashlib"
    }
    assert {how for how, name in used if name != LOOKS_FOR_DIGESTS} <= {"sha256", "shake_256"}


def test_every_purpose_of_a_box_has_its_life_written_down() -> None:
    rows = re.findall(r"^\| ([a-z-]+) \|", part("Cryptography"), re.MULTILINE)
    assert {purpose.value for purpose in Purpose} <= set(rows)


def test_every_class_of_data_is_written_down() -> None:
    rows = [line for line in part("Data, by what they need").splitlines() if line.startswith("| ")]
    assert len(rows) >= 7
    assert all(line.count("|") == 7 and "|  |" not in line for line in rows)


def test_every_event_that_is_logged_is_in_the_inventory(trees: list[tuple[str, ast.Module]]) -> None:
    """Whatever writes to a log does so by name, and every name stands on the page."""
    told = part("Logs")
    events = set()
    for name, tree in trees:
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "log_event" and node.args:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{name} logs an event without a fixed name"
                events.add(str(first.value))
    assert events
    assert {one for one in events if one not in told} == set()


def test_what_officers_are_told_of_their_sign_in_is_that_of_the_code() -> None:
    assert f"on their account page for {KEPT.days} days, of refused tries {TRIES_KEPT} at most" in PAGE
    assert f"Up to {SLIPS} tries in a browser they signed in from before" in PAGE
