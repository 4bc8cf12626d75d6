"""Parts of plates and numbers that only what stands around them gives away, and what looks like them and is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.triage.test_linking_evidence import REGISTER, TODAY
from triage.linking.matching import RegisterMatcher
from triage.linking.reading import read
from triage.linking.spotting.around import Around, Edge
from triage.linking.spotting.phones import find_phones
from triage.linking.spotting.plates import Part, find_plates
from triage.linking.spotting.text import cut

REGISTERED = RegisterMatcher(REGISTER, today=TODAY)._register
MODELS = frozenset({"golf", "corsa", "sprinter", "focus"})


def plates_in(text: str) -> list[tuple[str, Part]]:
    found = find_plates(Around(cut(read(text))), REGISTERED.vehicles, MODELS, REGISTERED.names.words)
    return [(one.text, one.part) for one in found]


def phones_in(text: str) -> list[tuple[str, str, str]]:
    return [(one.start, one.end, one.inside) for one in find_phones(Around(cut(read(text))))]


@pytest.mark.parametrize(
    ("text", "key", "part"),
    [
        ("a blue Corsa, LQ5 something, by the bookies", "lq5", Part.START),
        ("black van ends ZTR", "ztr", Part.END),
        ("silver people carrier, ZTR are the final letters", "ztr", Part.END),
        ("a lorry, the registration of which commenced with the letters QX", "qx", Part.START),
        ("white sprinter QZB last 3", "qzb", Part.END),
        ("a car with K5 on it then mud, could not read the rest", "k5", Part.ANYWHERE),
        ("it was QZ?7 on the reg", "qz7", Part.ANYWHERE),
        ("the reg had N-Q-Z in it", "nqz", Part.ANYWHERE),
        ("old focus, 55 plate, no tax", "55", Part.ANYWHERE),
        ("it is an R reg Corsa, green", "r", Part.ANYWHERE),
        ("number beginning QX, a cream motorhome", "qx", Part.START),
        ("the plate was four two Q in the middle", "42q", Part.ANYWHERE),
        ("a Corsa, Q for queen, Z for zip, then a six", "qz6", Part.START),
        ("his van had a Q and a Z on the reg", "qz", Part.ANYWHERE),
        ("hotel quebec zulu, a grey focus", "hqz", Part.ANYWHERE),
        ("dark van, the bit after the space was QLZ", "qlz", Part.END),
        ("ZQX last, a black sprinter", "zqx", Part.END),
        ("ZQX mate, at the very end, some car", "zqx", Part.END),
        ("the reg ended 9P as far as I saw", "9p", Part.END),
        ("1st half just QX, an old focus", "qx", Part.START),
        ("QX6 and then either a five or an S, a red golf", "qx6", Part.START),
    ],
)
def test_part_of_a_plate_is_told_by_what_stands_around_it(text: str, key: str, part: Part) -> None:
    assert (key, part) in plates_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "he drives a Golf Mk4 and parks at bay 41",
        "WD40 and rags in the van",
        "he gets the X5 bus past the car park",
        "flat B12, the van is outside",
        "the UPS van comes at 9",
        "an Audi RS4 races on the A34 in the evening",
        "postcode area MB1, a white van comes round",
        "20 bags for 10er from the car",
        "he paid £60 for the plates",
        "she said I'm 79 and the car is mine",
        "drivers doing 15 hrs in the van",
        "the gin is in the boot of the car",
        "his plate was off, lad is 19 and drunk",
        "number plates off 5 cars in one night",
        "back on the plane in 24 hours",
        "an XC60 and a C220 and an RS3 outside, all his",
        "the car is a 2.0 tdi",
        "a five bed house in WA14 area, two cars",
        "a car pulled up and K and J got out",
        "their car was seen on the M60 at junction 12",
        "the van was left in a ditch on the A57",
        "get off at J19 in the car",
        "an AK47 in the van",
        "he has a C1 licence",
        "white van, ADT on the side",
        "Mike and Juliet in a car",
        "he paid 400 for the reg",
        "they had 40 plates and 3 pots",
        "his car has a P plate",
    ],
)
def test_what_looks_like_part_of_a_plate_is_left_alone(text: str) -> None:
    assert plates_in(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("he rings from 07 something 441", ("7", "441", "")),
        ("her phone lit up with a number ending 53", ("", "53", "")),
        ("the handset they share is ??38", ("", "38", "")),
        ("the sim he uses now has 617 at the tail", ("", "617", "")),
        ("double four seven is the end of his mobile, the rest I missed", ("", "447", "")),
        ("it came up on the screen as seven seven six at the end, then he rang off", ("", "776", "")),
        ("his mobile has 9001 somewhere in the middle", ("", "", "9001")),
        ("he texts off a number, started 0 double 7", ("77", "", "")),
        ("his phone finishes forty six", ("", "46", "")),
        ("the mobile ends thirty", ("", "30", "")),
        ("a telephone with twenty twenty at the end", ("", "2020", "")),
        ("o seven nine three, I think it is a burner", ("793", "", "")),
        ("I heard six three one on the phone", ("", "", "631")),
        ("someone rang her off an 0151", ("151", "", "")),
        ("last two of his phone could be 56", ("", "56", "")),
        ("6006 at da end on her lockscreen", ("", "6006", "")),
    ],
)
def test_part_of_a_number_is_told_by_what_stands_around_it(text: str, said: tuple[str, str, str]) -> None:
    assert said in phones_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "had 3 phones and £200 on him",
        "he phoned at 10:30 and again at 11:45",
        "call me on it, flat 24, the phone is off",
        "the shift ends 10 pm, he is on his phone",
        "20 pills and a phone",
        "in 1998 he had one phone",
        "his phone was on for 24 hours",
        "he rang, and 60 people came",
        "he is forty six and always on his phone",
        "I rang one oh one and they did nothing",
        "sixty quid and a phone",
        "on the phone at twenty five to nine",
        "he called me at 07 30",
        "the last message 21 05",
        "his phone contract ends in 24",
        "the call ended after 30",
        "140, call him",
        "I rang the police on 101 twice",
        "the calls began in 2021",
    ],
)
def test_what_looks_like_part_of_a_number_is_left_alone(text: str) -> None:
    assert phones_in(text) == []


@pytest.mark.parametrize(
    ("text", "edge", "sure"),
    [
        ("it ends 24", Edge.END, True),
        ("the last three 24", Edge.END, True),
        ("the last is 24", Edge.END, False),
        ("24 at the end", Edge.END, True),
        ("24 to begin with", Edge.START, False),
        ("24 in the middle", Edge.INSIDE, False),
        ("24 at the end of the market", None, False),
        ("last night 24", None, False),
    ],
)
def test_where_a_part_stands_is_what_its_teller_says(text: str, edge: Edge | None, sure: bool) -> None:
    words = cut(read(text))
    place = words.folds.index("24")
    told = Around(words).told(place, place)
    assert told.edge == edge
    assert told.sure == sure


@pytest.mark.parametrize("signs", ["**", "???", "...", "…", "__", " ** ", "--"])
def test_signs_for_what_was_not_seen_are_seen_on_either_side(signs: str) -> None:
    after = cut(read(f"lq{signs}"))
    assert Around(after).told(0, 0).goes_on
    before = cut(read(f"{signs}lq"))
    assert Around(before).told(0, 0).edge is Edge.END


def test_a_question_is_no_sign_for_what_was_not_seen() -> None:
    assert Around(cut(read("is it lq? he asked"))).told(2, 2).gap == 0


@given(st.text(alphabet="lq5 ?*.…x-07£\u200b\n", max_size=60))
def test_no_text_breaks_what_looks_around(text: str) -> None:
    words = cut(read(text))
    around = Around(words)
    for place in range(len(words.words)):
        assert 0 <= around.told(place, place).points <= 4
        assert 0 <= around.unsure(place, place) <= 1.5
