"""The invented town holds nothing that could be real, and every reference in it leads somewhere."""

import csv
import re
from importlib.resources import files

import pytest

from quietword.demo.notebook import millbrook
from reporting.questions import answers_given, every_field

FICTIONAL_PHONES = re.compile(r"07700 900\d{3}|0161 496 0\d{3}")
# The age mark of a current plate begins at 02 and 51: no vehicle ever bore 00 or 01.
IMPOSSIBLE_PLATE = re.compile(r"[A-Z]{2}0[01] [A-Z]{3}")


def rows(name: str) -> list[dict[str, str]]:
    with files("quietword").joinpath("millbrook", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of_reports() -> str:
    return "\n".join(words for told in millbrook("reports.json") for words in told["answers"].values())


def test_the_town_is_as_large_as_promised() -> None:
    assert len(rows("groups.csv")) == 12
    assert 85 <= len(rows("people.csv")) <= 95
    assert len(millbrook("reports.json")) == 41
    force = millbrook("force.json")
    assert len(force["teams"]) == 3
    assert len(force["officers"]) == 7
    assert {person["role"] for person in force["officers"]} == {
        "supervisor",
        "triage officer",
        "neighbourhood",
        "auditor",
        "administrator",
    }


def test_every_phone_is_from_the_numbers_kept_for_drama() -> None:
    phones = [phone.strip() for person in rows("people.csv") for phone in person["phones"].split(";") if phone]
    assert phones
    assert [phone for phone in phones if not FICTIONAL_PHONES.fullmatch(phone)] == []
    assert all(
        FICTIONAL_PHONES.search(found) for found in re.findall(r"0\d{4} ?\d{6}|0\d{3} \d{3} \d{4}", words_of_reports())
    )


def test_no_plate_could_be_on_a_car() -> None:
    vehicles = [one.split("|") for person in rows("people.csv") for one in person["vehicles"].split(";") if one]
    assert vehicles
    assert [vehicle for vehicle in vehicles if len(vehicle) != 4 or not IMPOSSIBLE_PLATE.fullmatch(vehicle[0])] == []
    spoken = re.findall(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", words_of_reports().upper())
    assert [plate for plate in spoken if not IMPOSSIBLE_PLATE.fullmatch(f"{plate[:4]} {plate[-3:]}")] == []


def test_every_reference_leads_somewhere() -> None:
    groups = {group["reference"] for group in rows("groups.csv")}
    people = {person["reference"] for person in rows("people.csv")}
    assert {person["group"] for person in rows("people.csv")} == groups
    ends = {tie[end] for tie in rows("ties.csv") for end in ("from", "to")}
    assert ends <= groups | people
    keys = [told["key"] for told in millbrook("reports.json")]
    assert len(set(keys)) == len(keys)
    officers = {person["sign_in"] for person in millbrook("force.json")["officers"]}
    for case in millbrook("cases.json"):
        assert case["report"] in keys
        assert {case["read_by"], case.get("approve_by", case["read_by"])} <= officers
        assert case.get("approve_by") != case["read_by"]
        assert set(case.get("confirm", [])) | set(case.get("reject", [])) <= groups | people


@pytest.mark.parametrize("told", millbrook("reports.json"), ids=lambda told: str(told["key"]))
def test_every_report_could_have_been_typed_into_the_form(told: dict[str, object]) -> None:
    answers = told["answers"]
    assert isinstance(answers, dict)
    assert answers_given(answers) == {name: answers[name] for name in answers_given(answers)}
    assert len(answers_given(answers)) == len(answers)
    fields = {one.id: one for one in every_field()}
    assert [fields[name].problem_with(words) for name, words in answers.items()] == [None] * len(answers)
