"""Entries and ties: to their stored bodies and back, strictly; fields checked with sentences."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.keys.records import text_of
from triage.register import checks
from triage.register.bodies import entry_of, read_entry, read_stored, read_tie, tie_of
from triage.register.entries import (
    Group,
    Membership,
    Person,
    Status,
    Tie,
    entry_body,
    tie_body,
)
from triage.register.errors import BodyError, FieldError
from triage.register.places import Address, Vehicle

GROUP = Group(
    "G1", "The Larches", ("Larch Lane",), True, ("drugs",), "Eastgate", Status.ACTIVE, review_on=date(2027, 1, 2)
)
PERSON = Person(
    "N1",
    "Larch",
    "Lee",
    ("Lee-Lee",),
    "about 1990",
    "M",
    markers=("Dogs",),
    addresses=(Address("Flat 3", "12", "Alder Street", "Eastgate", "MB1 4QQ"),),
    vehicles=(Vehicle("MB00XRT", "Ford", "Focus", "red"),),
    phones=("+447700900001",),
    memberships=(Membership(UUID(int=5), "principal", "leader"),),
)
TIE = Tie(UUID(int=1), "supplies", UUID(int=2), note="Weekly", seen_on=date(2026, 1, 1))


@pytest.mark.parametrize("entry", [GROUP, PERSON])
def test_an_entry_comes_back_from_its_body_as_it_was(entry: Group | Person) -> None:
    assert entry_of(entry_body(entry)) == entry
    assert read_entry(text_of(entry_body(entry))) == entry


def test_a_tie_comes_back_from_its_body_as_it_was() -> None:
    assert tie_of(tie_body(TIE)) == TIE
    assert tie_of(tie_body(Tie(UUID(int=1), "seen at", to_words="The Foundry Arms"))).to_id is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("kind", "place"),
        ("name", 3),
        ("aliases", "x"),
        ("aliases", [1]),
        ("family_based", "yes"),
        ("status", "lively"),
        ("review_on", "soon"),
        ("unknown", ""),
    ],
)
def test_a_body_of_another_shape_is_refused_whole(field: str, value: object) -> None:
    with pytest.raises(BodyError) as refused:
        entry_of({**entry_body(GROUP), field: value})
    assert "lively" not in str(refused.value), "what was stored is not for a message"
    with pytest.raises(BodyError):
        read_stored(text_of({**entry_body(GROUP), field: value}))


ID = str(UUID(int=5))


@pytest.mark.parametrize("group", ["", "5", ID.replace("-", ""), f"{{{ID}}}", ID.replace("0", "A", 1), ID + "0"])
def test_a_group_is_named_in_one_way(group: str) -> None:
    place = {"group_id": group, "role": "", "function": ""}
    with pytest.raises(BodyError):
        read_stored(text_of({**entry_body(PERSON), "memberships": [place]}))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b'{"kind":"person"}', b"\xff", b'"Larch"'])
def test_what_is_no_body_is_refused(text: bytes) -> None:
    for read in (read_stored, read_entry, read_tie):
        with pytest.raises(BodyError):
            read(text)


@pytest.mark.parametrize("field", ["addresses", "vehicles", "memberships"])
def test_a_body_with_an_odd_part_is_refused_whole(field: str) -> None:
    with pytest.raises(BodyError):
        entry_of({**entry_body(PERSON), field: [{"street": "Alder Street"}]})
    missing = entry_body(PERSON)
    del missing[field]
    with pytest.raises(BodyError):
        entry_of(missing)


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [
        ("07700 900101", "+447700900101", "07700 900101"),
        ("+44 (0)161 496 0101", "+441614960101", "0161 496 0101"),
        ("0044 1632 960123", "+441632960123", "01632 960123"),
        ("020 7946 0123", "+442079460123", "020 7946 0123"),
        ("+353 20 910 0123", "+353209100123", "+353209100123"),
        ("", "", ""),
    ],
)
def test_telephone_numbers_are_kept_in_one_form_and_written_as_people_do(typed: str, kept: str, written: str) -> None:
    assert checks.phone("phones", typed) == kept
    assert checks.written_phone(kept) == written


@pytest.mark.parametrize("typed", ["12", "not a number", "+44 77", "07700 900 101 222 333", "٠٧٧٠٠٩٠٠١٠١x"])
def test_what_is_no_telephone_number_says_what_to_enter(typed: str) -> None:
    with pytest.raises(FieldError) as refused:
        checks.phone("phones", typed)
    assert str(refused.value).startswith("Enter a telephone number such as")


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [
        ("mb00 xrt", "MB00XRT", "MB00 XRT"),
        ("A 12-BCD", "A12BCD", "A12 BCD"),
        ("abc123d", "ABC123D", "ABC 123D"),
        ("??00 XRT", "??00XRT", "??00XRT"),
    ],
)
def test_plates_are_kept_without_spaces(typed: str, kept: str, written: str) -> None:
    assert checks.vrm("vehicles", typed) == kept
    assert checks.written_plate(kept) == written


@pytest.mark.parametrize("typed", ["!!", "???", "TOO LONG FOR A PLATE", "Ж12"])
def test_what_is_no_plate_is_refused(typed: str) -> None:
    with pytest.raises(FieldError):
        checks.vrm("vehicles", typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1969-03-14", "1969-03-14"), ("1969-03", "1969-03"), ("1969", "1969"), ("About  1969", "about 1969"), ("", "")],
)
def test_a_date_of_birth_keeps_its_precision(typed: str, kept: str) -> None:
    assert checks.born("born", typed, today=date(2026, 11, 22)) == kept


@pytest.mark.parametrize("typed", ["1980-02-30", "14/03/1969", "about 1969-03", "1850", "2031", "١٩٦٩"])
def test_an_impossible_date_of_birth_is_refused(typed: str) -> None:
    with pytest.raises(FieldError):
        checks.born("born", typed, today=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("12 Alder Street, Eastgate", Address("", "12", "Alder Street", "Eastgate", "")),
        (
            "Flat 3, 12a Alder Street, Eastgate, mb1 4qq",
            Address("Flat 3", "12A", "Alder Street", "Eastgate", "MB1 4QQ"),
        ),
        ("Marsh Farm, Marsh Road, Marsh End", Address("Marsh Farm", "", "Marsh Road", "Marsh End", "")),
        ("The lock-ups", Address("", "", "The lock-ups", "", "")),
    ],
)
def test_an_address_is_taken_apart(typed: str, address: Address) -> None:
    assert Address.parse(typed) == address
    assert Address.parse(str(address)) == address


def test_a_vehicle_is_read_with_bars_or_commas() -> None:
    assert Vehicle.parse("MB00 XRT | VW | Golf | white") == Vehicle.parse("mb00xrt,VW,Golf,white")
    assert str(Vehicle("MB00XRT", "VW", "Golf", "white")) == "MB00 XRT, white VW Golf"
    with pytest.raises(FieldError):
        Vehicle.parse("a|b|c|d|e")


@given(st.text(max_size=60))
def test_no_text_breaks_a_check(text: str) -> None:
    for check in (checks.phone, checks.vrm, checks.born, checks.postcode, checks.one_line, checks.several_lines):
        try:
            check("field", text)
        except FieldError as error:
            assert str(error)  # noqa: PT017  any sentence will do; anything else would be a crash
    for parse in (Address.parse, Vehicle.parse):
        try:
            parse(text)
        except FieldError:
            continue
    checks.fold(text)
