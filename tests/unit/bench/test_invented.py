"""The invented register and reports: the same for the same seed, honest about who fits, and of safe values alone."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.invented.facts import Fact, Index
from bench.invented.names import CULTURES
from bench.invented.register import Register, invent_register
from bench.invented.reports import invent_reports
from bench.invented.styles import SPLITS
from bench.invented.styles.style import SLOTS, Style

PEOPLE, GROUPS, REPORTS = 600, 40, 150
# What DVLA has issued or may issue (INF104): a tag and a suffix without I and Q, a tag without Z, years that were used.
ISSUED = re.compile(
    r"[A-HJ-PR-Y]{2}(0[2-9]|[1-7]\d)[A-HJ-PR-Z]{3}|[A-HJ-NP-TV-Y]\d{1,3}[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3}\d{1,3}[A-HJ-NP-TV-Y]"
    r"|[A-HJ-PR-Y]{3}\d{1,4}|\d{1,4}[A-HJ-PR-Y]{3}"
)
A_PLATE = re.compile(r"[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]?")


@pytest.fixture(scope="module")
def register() -> Register:
    return invent_register(7, people=PEOPLE, groups=GROUPS)


@pytest.fixture(scope="module", params=sorted(SPLITS))
def reports(request: pytest.FixtureRequest, register: Register) -> list[dict[str, Any]]:
    return list(invent_reports(register, 7, split=request.param, number=REPORTS))


def written(folder: Path, *arguments: str, hash_seed: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "bench.invented", "--folder", str(folder), "--people", "300", "--groups", "20"]
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([*command, "--reports", "60", *arguments], check=True, env=environ)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    first = written(tmp_path / "a", "--split", "test", hash_seed="1")
    assert set(first) == {"register.jsonl.gz", "reports_test.jsonl"}
    assert written(tmp_path / "b", "--split", "test", hash_seed="2") == first
    other = written(tmp_path / "c", "--split", "test", "--seed", "3", hash_seed="1")
    assert all(other[name] != content for name, content in first.items())


def test_kinds_are_written_apart(tmp_path: Path) -> None:
    files = written(tmp_path, "--kinds", "street,partial plate", hash_seed="1")
    lines = [json.loads(line) for line in files["reports_development_street.jsonl"].splitlines()]
    assert lines
    assert all("street" in line["kind"] and line["person"] for line in lines)
    assert "reports_development_partial_plate.jsonl" in files
    register = gzip.decompress(files["register.jsonl.gz"]).decode().splitlines()
    assert [json.loads(line)["kind"] for line in register].count("person") == 300


def test_every_person_has_a_group_and_every_group_somebody(register: Register) -> None:
    assert len(register.people) == PEOPLE
    assert {person["group"] for person in register.people} == {group["id"] for group in register.groups}


def test_every_culture_has_reports_on_a_register_of_some_size(register: Register) -> None:
    assert len(CULTURES) >= 15
    assert len({one["slice"] for one in invent_reports(register, 1, split="development", number=600)} - {None}) >= 12


def test_a_report_is_about_somebody_who_fits_or_about_nobody(reports: list[dict[str, Any]], register: Register) -> None:
    people = {person["id"]: person for person in register.people}
    linked = [report for report in reports if report["person"] is not None]
    assert 0.6 < len(linked) / len(reports) < 0.85
    for report in linked:
        assert people[report["person"]]["group"] == report["group"]
        assert 0 < report["ceiling_person"] <= report["ceiling_group"] <= 1
    for report in reports:
        if report["person"] is None:
            names = ("group", "slice", "ceiling_person", "ceiling_group")
            assert {report[name] for name in names} == {None}
        assert set(report["said"]) == set(report["kind"])
        assert "{" not in report["text"]


def test_what_is_said_stands_in_the_text(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        text = report["text"].lower()
        for kind in ("misspelt street", "partial plate", "phone fragment"):
            if kind in report["said"]:
                assert report["said"][kind].lower().split()[0] in text, report


def test_plates_numbers_and_postcodes_can_be_nobodys(register: Register) -> None:
    for person in register.people:
        for vehicle in person["vehicles"]:
            assert A_PLATE.fullmatch(vehicle["vrm"]), vehicle
            assert not ISSUED.fullmatch(vehicle["vrm"]), vehicle
        for phone in person["phones"]:
            assert re.fullmatch(r"07700900\d{3}|06\d{9}", phone), phone
        for address in person["addresses"]:
            assert re.fullmatch(r"[QV][A-Z]\d{1,2} \d[A-Z]{2}", address["postcode"]), address


def test_a_text_holds_no_number_that_could_ring(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        for run in re.findall(r"(?:\+44|\b0)[\d .]{9,}\d", report["text"]):
            digits = "0" + re.sub(r"\D", "", run).removeprefix("44").removeprefix("0")
            assert digits.startswith(("06", "07700900")), report


def every_phrase(styles: tuple[Style, ...]) -> set[str]:
    return {one for style in styles for ones in (*style.bank.phrases.values(), style.bank.doing) for one in ones}


def test_the_splits_share_no_style_and_no_phrase() -> None:
    development, test = SPLITS["development"], SPLITS["test"]
    assert not {style.name for style in development} & {style.name for style in test}
    assert not every_phrase(development) & every_phrase(test)
    assert {style.shape for style in test} - {style.shape for style in development}


def test_every_bank_has_a_phrase_for_everything() -> None:
    for styles in SPLITS.values():
        for style in styles:
            assert set(style.bank.phrases) == set(SLOTS)
            assert all(style.bank.phrases.values())


def person(number: int, group: int, given: str, surname: str, **told: Any) -> dict[str, Any]:
    empty = {"middle": [], "aliases": [], "nicknames": [], "vehicles": [], "phones": [], "businesses": []}
    home = {"number": 4, "street": "Tanner Road", "town": "Harlowick", "postcode": "QA1 1AA"}
    named = {"kind": "person", "id": f"p{number}", "group": f"g{group}", "given": given, "surname": surname}
    return {**named, "sex": "m", "born": "1990-05-01", "addresses": [home], **empty, **told}


@pytest.fixture
def index() -> Index:
    """Two Darren Marshes and a Lee Marsh of two groups, and a Gary Pike with a car and a telephone."""
    car = {"vrm": "QD16XRT", "make": "Volkswagen", "model": "Golf", "colour": "white"}
    people = (
        person(0, 0, "Darren", "Marsh", nicknames=["Tank"]),
        person(1, 1, "Darren", "Marsh", born="1971-02-02"),
        person(2, 0, "Lee", "Marsh"),
        person(3, 1, "Gary", "Pike", vehicles=[car], phones=["06123456940"]),
    )
    groups = tuple({"id": f"g{n}", "name": f"Group {n}", "aliases": [], "businesses": []} for n in range(2))
    return Index(Register(groups, people, ("wb",) * 4, (), ("Marsh", "")))


@pytest.mark.parametrize(
    ("facts", "fitting"),
    [
        ([Fact("given", ("Darren",)), Fact("surname", ("Marsh",))], {0, 1}),
        ([Fact("given", ("Daz",)), Fact("surname", ("Marsh",))], {0, 1}),
        ([Fact("given", ("Darren",)), Fact("age", ("36",))], {0}),
        ([Fact("initial", ("L", "Marsh"))], {2}),
        ([Fact("family", ("Marsh",))], {0, 1, 2}),
        ([Fact("nickname", ("Tank",))], {0}),
        ([Fact("town", ("Harlowick",))], {0, 1, 2, 3}),
        ([Fact("town", ("Tarnby",))], set()),
        ([Fact("with", ("Gary", "Pike"))], {1}),
        ([Fact("with", ("Darren", "Marsh")), Fact("given", ("Lee",))], {2}),
        ([Fact("plate_start", ("QD1",))], {3}),
        ([Fact("plate_end", ("QD1",))], set()),
        ([Fact("phone_gap", ("0612", "940"))], {3}),
        ([Fact("phone_gap", ("0613", "940"))], set()),
        ([Fact("phone_end", ("941",))], set()),
        ([Fact("vehicle", ("white", "", "Golf")), Fact("born", ("1990",))], {3}),
    ],
)
def test_who_fits_is_counted_on_the_true_facts(index: Index, facts: list[Fact], fitting: set[int]) -> None:
    assert index.fitting(facts) == fitting
