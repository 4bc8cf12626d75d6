"""What a stranger tries before anybody knows them, and what would let somebody guess: fields, names, clocks, chance."""

import ast
import base64
import re
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event, select

import triage.officers.signing_in
from envelope.errors import WrongPassphraseError
from envelope.passphrase import KdfCost, open_with_passphrase, seal_to_passphrase
from envelope.vault import DataKey, encrypt_field
from tests.audit_lines import audit_lines
from tests.force import PEOPLE, Force, client_for, passphrase_of
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.keys.system import sign_in_digest
from triage.officers.models import OfficerRow
from triage.officers.second_factor import new_totp_secret
from triage.spreadsheets import safe_cell

ROOT = Path(__file__).parents[2]
PROGRAMS = ("envelope", "store", "web", "reporting", "triage", "quietword")
CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=4)
# How long a demonstration waits between two steps is chance, and nobody gains by guessing it.
MAY_USE_ORDINARY_CHANCE = {"quietword/waiting.py"}
SECRETS = re.compile(r"(^|_)(token|secret|cookie|passphrase|seed|mac|signature)s?$")
# Not with what a stranger sent: a browser's token with itself in a list, after its digest was checked; a row's lock
# with the same row's a moment ago; a new passphrase with its second typing, by whoever typed both.
COMPARES_NO_STRANGER = {
    ("triage/officers/devices.py", "token"),
    ("triage/officers/signing_in.py", "locked_seed"),
    ("triage/asking.py", "passphrase"),
}


@pytest.fixture(scope="module")
def sources() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8")))
        for program in PROGRAMS
        for path in sorted((ROOT / program).rglob("*.py"))
    ]


def test_secrets_are_typed_into_fields_that_hide_them_and_take_what_is_pasted(force: Force) -> None:
    """And password managers are told which is which; no script of ours listens for pasting."""
    stranger, tom = PageClient(force.app()), client_for(force, "tom")
    stranger.page("/sign-in")
    tom.page("/account")
    hidden = {
        str(field.get("name")): field.get("autocomplete")
        for page in (stranger, tom)
        for field in page.root.iter("input")
        if field.get("type") == "password"
    }
    assert {"passphrase", "current", "new", "again"} <= set(hidden)
    assert set(hidden.values()) <= {"current-password", "new-password"}
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "static" / "src").rglob("*.js"))
    assert "paste" not in scripts


def test_the_door_asks_for_nothing_but_what_is_written_down(force: Force) -> None:
    stranger = PageClient(force.app())
    stranger.page("/sign-in")
    asked = {
        field.get("name")
        for field in stranger.root.iter("input")
        if field.get("type") not in {"hidden", "submit"} and field.get("name")
    }
    assert asked == {"sign_in_name", "passphrase", "code"}
    assert not {"hint", "question", "forgot"} & set(re.findall(r"\w+", stranger.text().casefold()))


@pytest.mark.parametrize("change", [str.upper, str.strip, lambda one: one[:-1], lambda one: f"{one} ", str.title])
def test_a_passphrase_counts_to_its_last_character_as_it_was_typed(change: object) -> None:
    """Of two hundred characters each counts: nothing is cut, folded or trimmed."""
    assert callable(change)
    passphrase = " zwölf leise Boote " + "auf dem Kanal " * 13
    locked = seal_to_passphrase(bytes(32), passphrase, CHEAP)
    assert open_with_passphrase(locked, passphrase) == bytes(32)
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(locked, change(passphrase))


def test_no_passphrase_ends_by_the_calendar(force: Force) -> None:
    """Three years later the same one lets its owner in, where nobody's vetting has run out."""
    force.clock.forward(days=3 * 365)
    client_for(force, "tom").page("/account")


def test_a_new_force_has_no_account_but_those_it_was_given(force: Force) -> None:
    """No root, no admin: every row's sign-in name is one of those that somebody chose."""
    with force.database.look() as session:
        there = set(session.scalars(select(OfficerRow.sign_in_digest)))
    assert there == {sign_in_digest(force.settings, name) for name, _, _ in PEOPLE}


def test_a_name_that_nobody_has_takes_the_same_work_as_one_that_somebody_has(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: each wrong try is one passphrase stretched once, and as many statements to the databases."""
    stretched: list[str] = []
    real = triage.officers.signing_in.open_with_passphrase

    def counted(locked: bytes, passphrase: str) -> bytes:
        stretched.append(passphrase)
        return real(locked, passphrase)

    monkeypatch.setattr(triage.officers.signing_in, "open_with_passphrase", counted)
    statements: list[str] = []
    for engine in (force.database.case, force.database.keys):
        event.listen(engine, "before_cursor_execute", lambda *said: statements.append(str(said[2])))
    work = {}
    for name in ("warm", "tom", "nobody", "iris"):
        client = PageClient(force.shared_app())
        client.page("/sign-in")
        stretched.clear()
        statements.clear()
        client.post("/sign-in", {"sign_in_name": name, "passphrase": "not one of theirs at all", "code": "123456"})
        work[name] = (len(stretched), len(statements))
    assert work["tom"] == work["nobody"] == work["iris"]
    assert work["tom"][0] == 1


def test_the_clock_of_a_code_is_the_servers(force: Force) -> None:
    """Whatever the request says of the time: a code of an hour ago is none."""
    client = PageClient(force.shared_app())
    old = force.code("tom")
    force.clock.forward(hours=1)
    fields = {"sign_in_name": "tom", "passphrase": passphrase_of("tom"), "code": old}
    answer = client.client.post(
        "/sign-in", data=fields, base_url=client.base_url, headers={"Date": "Sun, 22 Nov 2026 09:05:00 GMT"}
    )
    assert "is not right" in answer.text


def test_nothing_that_must_not_be_guessed_is_drawn_from_the_ordinary_generator(
    sources: list[tuple[str, ast.Module]],
) -> None:
    """`random` is imported nowhere but where chance decides nothing of worth; secrets have the length they need."""
    ordinary = {
        name
        for name, tree in sources
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(one.name == "random" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    }
    assert ordinary == MAY_USE_ORDINARY_CHANCE
    assert len(base64.b32decode(new_totp_secret())) >= 20
    assert len({new_totp_secret() for _ in range(500)}) == 500


def test_secrets_are_never_compared_letter_by_letter(sources: list[tuple[str, ast.Module]]) -> None:
    """No `==` between names of secrets in any program: what a stranger sends is compared in constant time."""
    found = set()
    for name, tree in sources:
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and any(isinstance(one, ast.Eq | ast.NotEq) for one in node.ops):
                for side in (node.left, *node.comparators):
                    word = side.attr if isinstance(side, ast.Attribute) else getattr(side, "id", "")
                    if SECRETS.search(word):
                        found.add((name, word))
    assert found - COMPARES_NO_STRANGER == set()


def test_no_two_encryptions_share_a_nonce() -> None:
    """Twenty thousand of one text under one key: the twelve bytes behind the version never come twice."""
    key, row = DataKey.generate(), uuid4()
    nonces = {encrypt_field(key, b"the same", table="t", column="c", row=row)[1:13] for _ in range(20_000)}
    assert len(nonces) == 20_000


def test_every_line_of_the_record_is_in_utc(force: Force) -> None:
    client_for(force, "tom").page("/reports")
    moments = [str(line["at"]) for line in audit_lines(force)]
    assert len(moments) > 3
    assert [one for one in moments if not re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:]{8}\+00:00)?", one)] == []


def test_signing_in_and_out_leaves_a_line(force: Force) -> None:
    client = client_for(force, "nell")
    client.page("/account")
    client.submit(button="Sign out")
    acts = [line["act"] for line in audit_lines(force, force.officer("nell").id)]
    assert acts[-2:] == [Act.SIGNED_IN, Act.SIGNED_OUT]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", " =", "\r="])
def test_an_export_of_the_log_is_no_formula(begin: str) -> None:
    assert safe_cell(f"{begin}HYPERLINK(1)").startswith("'")
    assert safe_cell("an ordinary reason") == "an ordinary reason"
