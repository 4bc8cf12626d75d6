"""Evidence is found as people write it, what contradicts counts against, and who is no subject is left out."""

from datetime import date
from uuid import UUID

import pytest

from triage.linking.matching import RegisterMatcher, Strength, Suggestion
from triage.register.entries import Entry, Group, Membership, Person
from triage.register.places import Address, Vehicle

LARCHES, ROWANS, SOLO = UUID(int=1), UUID(int=2), UUID(int=3)
TONY, KYLE, TOBY, ADA, MO = (UUID(int=number) for number in (10, 11, 12, 13, 14))


def person(
    number: UUID, given: str, surname: str, group: UUID, nicknames: tuple[str, ...] = (), **more: object
) -> tuple[UUID, Entry]:
    made = Person(f"N{number.int}", surname, given, nicknames, memberships=(Membership(group),), **more)  # type: ignore[arg-type]
    return number, made


def crowd() -> list[tuple[UUID, Entry]]:
    """Two hundred others, so that something is rare and something is not."""
    given = ("Alan", "Brian", "Carol", "Derek", "Elaine", "Frank", "Gemma", "Harold", "Irene", "Joan")
    surnames = ("Quill", "Rusk", "Sorrel", "Thrift", "Umber", "Vetch", "Wick", "Yarrow", "Zander", "Dunnock")
    streets = ("Alder Road", "Bracken Street", "Cowslip Lane", "Dock Avenue", "Elder Close")
    return [
        person(
            UUID(int=100 + number),
            given[number % 10],
            surnames[number // 10 % 10],
            SOLO,
            addresses=(Address("", str(number), streets[number % 5], "Westmere", f"ZZ{number % 9 + 1} 1AA"),),
            vehicles=(Vehicle(f"ZZ{10 + number % 80}QQ{'ABCDEFGHJK'[number % 10]}", "Ford", "Focus", "blue"),),
            phones=(f"+4477009001{number % 100:02}",),
            born=f"{1950 + number % 50}-06-15",
            sex="mf"[number % 2],
        )
        for number in range(200)
    ]


REGISTER: list[tuple[UUID, Entry]] = [
    (LARCHES, Group("G1", "Larch family", ("The Larches",), family_based=True, area="Eastgate")),
    (ROWANS, Group("G2", "Rowan Square Boys", ("RSQ",), businesses=("Shine Hand Car Wash",))),
    (SOLO, Group("G3", "Westmere network")),
    person(
        *(TONY, "Anthony Joseph", "Larch", LARCHES, ("Big Tony",)),
        addresses=(Address("", "17", "Foundry Road", "Eastgate", "MB1 4QQ"),),
        vehicles=(Vehicle("MB00XRT", "Volkswagen", "Golf", "white"), Vehicle("Q123ABC", "Austin", "Maxi", "brown")),
        phones=("+447700900940",),
        born="1990-03-14",
        sex="m",
        online_names=("big.tony_69",),
    ),
    person(*(KYLE, "Kyle", "Larch", LARCHES), addresses=(Address("", "5", "Elm Row", "Eastgate"),), sex="m"),
    person(*(TOBY, "Toby", "Varnish", ROWANS, ("Spider",)), phones=("+447700900017",), sex="m", born="1971-01-02"),
    person(*(ADA, "Ada", "Castell", ROWANS), sex="f", addresses=(Address("", "9", "Birch Way", "Norton"),)),
    person(*(MO, "Mohammed", "Rahman", ROWANS, ("Mo",)), sex="m"),
    *crowd(),
]
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def matcher() -> RegisterMatcher:
    return RegisterMatcher(REGISTER, today=TODAY)


def first(matcher: RegisterMatcher, text: str) -> Suggestion:
    return matcher.rank(text)[0]


def evidence(suggestion: Suggestion) -> dict[str, str]:
    return {reason.evidence: reason.said for reason in suggestion.reasons}


@pytest.mark.parametrize(
    ("text", "who", "kind", "said"),
    [
        ("a man called Anthony Larch", TONY, "full name", "Anthony Larch"),
        ("LARCH, ANTHONY - DEALS FROM HOME", TONY, "full name", "LARCH, ANTHONY"),
        ("tony larch sells weed", TONY, "full name", "tony larch"),
        ("someone called A Larch at 17 Foundry Road", TONY, "initial and surname", "A Larch"),
        ("they call him Big Tony", TONY, "nickname", "Big Tony"),
        ("toby varnsih sells weed", TOBY, "full name", "toby varnsih"),
        ("Muhammad Rehman sells weed", MO, "full name", "Muhammad Rehman"),
        ("plate MB00 XRT", TONY, "plate", "MB00 XRT"),
        ("reg MB OO XRT", TONY, "plate", "MB OO XRT"),
        ("reg MBOO XBT", TONY, "plate", "MBOO XBT"),
        ("the plate ends in X R T", TONY, "part of a plate", "X R T"),
        ("part plate XRT, white Golf", TONY, "part of a plate", "XRT"),
        ("reg Q123 ABC", TONY, "plate", "Q123 ABC"),
        ("reg mike bravo zero zero x-ray romeo tango", TONY, "plate", "mike bravo zero zero x-ray romeo tango"),
        ("the registartion ends XRT", TONY, "part of a plate", "XRT"),
        ("man like anthonylarch sells weed", TONY, "full name", "anthonylarch"),
        ("intelligence suggests Toby Varnish is in possession of a gun", TOBY, "full name", "Toby Varnish"),
        ("young Toby Varnish sells weed", TOBY, "full name", "Toby Varnish"),
        ("txts from ....940", TONY, "part of a telephone", "940"),
        ("Toby, year 1971 born", TOBY, "date of birth", "1971"),
        ("he drives a white VW Golf, Larch is his name", TONY, "vehicle", "white VW Golf"),
        ("ring +44 7700 900940", TONY, "telephone", "+44 7700 900940"),
        ("his number ends 940", TONY, "part of a telephone", "940"),
        ("last four digits of his mobile are 0940", TONY, "part of a telephone", "0940"),
        ("number is 0770 something 940", TONY, "part of a telephone", "0770 something 940"),
        ("number 07700xxx940", TONY, "part of a telephone", "07700xxx940"),
        ("his number ends nine four zero", TONY, "part of a telephone", "nine four zero"),
        ("the house at 17 Foundry Rd", TONY, "address", "17 Foundry Rd"),
        ("he lives on Fuondry Road", TONY, "street", "Fuondry Road"),
        ("he lives on Foundry Raod", TONY, "street", "Foundry Raod"),
        ("it is going on at MB1 4QQ", TONY, "postcode", "MB1 4QQ"),
        ("he sells on insta as @big.tony_69", TONY, "online name", "big.tony_69"),
        ("Toby born 02/01/1971", TOBY, "date of birth", "02/01/1971"),
    ],
)
def test_each_kind_of_evidence_is_found_as_people_write_it(
    matcher: RegisterMatcher, text: str, who: UUID, kind: str, said: str
) -> None:
    found = first(matcher, text)
    assert found.entry_id == who
    assert evidence(found).get(kind) == said


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("one of the Larches from Eastgate", LARCHES),
        ("the larch brothers are dealing", LARCHES),
        ("the Rowan Square lot run it", ROWANS),
        ("Family Larch, one man sells weed", LARCHES),
        ("RSQ run it", ROWANS),
        ("it all goes through Shine Hand Car Wahs, one of the Rowan Square Boys", ROWANS),
    ],
)
def test_a_family_or_group_is_found_by_its_name(matcher: RegisterMatcher, text: str, group: UUID) -> None:
    assert first(matcher, text).group_id == group


@pytest.mark.parametrize("said", ["the Red Lion pub", "red lion inn", "The Red Lion Club"])
def test_a_pub_is_found_by_its_name_however_the_register_calls_it(said: str) -> None:
    group = (ROWANS, Group("G2", "Rowan Square Boys", businesses=("The Red Lion Inn",)))
    found = RegisterMatcher([group, REGISTER[5]], today=TODAY).rank(f"they deal from {said} every night")
    assert found[0].group_id == ROWANS
    assert "business" in evidence(found[0])


@pytest.mark.parametrize(
    ("registered", "text", "said"),
    [
        ("big_t", "insta as big_t", "big_t"),
        ("merc_boy", "he sells on insta as @merc_boy", "merc_boy"),
        ("dr.green", "his snap is dr.green.", "dr.green"),
        ("st_mick", "insta st_mick", "st_mick"),
        ("vw.jag-av", "@VW.Jag-Av on insta", "VW.Jag-Av"),
        ("merc", "his snap is @merc", "merc"),
        ("mick's.yard", "his snap is micks.yard", "micks.yard"),
        ("zoë_st", "insta zoe_st", "zoe_st"),
    ],
)
def test_an_online_name_is_itself_whatever_its_parts_are_short_for(registered: str, text: str, said: str) -> None:
    somebody = person(UUID(int=99), "Rowan", "Tamblyn", SOLO, online_names=("drg", "street.mic", registered))
    suggested = RegisterMatcher([*REGISTER, somebody], today=TODAY).suggest(text)
    assert [one.entry_id for one in suggested] == [somebody[0]]
    [reason] = suggested[0].reasons
    assert (reason.evidence, reason.said, reason.known) == ("online name", said, registered)


def test_a_companion_speaks_for_the_group_and_is_not_the_subject(matcher: RegisterMatcher) -> None:
    alone = next(one for one in matcher.rank("a lad called Mohammed sells weed") if one.entry_id == MO)
    found = first(matcher, "a lad called Mohammed sells weed. He works with Toby Varnish.")
    assert found.entry_id == MO
    assert evidence(found)["associate"] == "Toby Varnish"
    assert found.posterior > alone.posterior


def test_part_of_a_plate_that_fits_nobody_speaks_against_nobody(matcher: RegisterMatcher) -> None:
    plain = next(one for one in matcher.rank("Anthony Larch deals") if one.entry_id == TONY)
    found = next(one for one in matcher.rank("Anthony Larch deals. A plate ends ZZX.") if one.entry_id == TONY)
    assert found.posterior == plain.posterior
    assert found.against == ()


@pytest.mark.parametrize(
    ("said", "against"),
    [
        ("He is about 61.", "age"),
        ("She has a flat.", "sex"),
        ("His plate is ZZ99 ZZZ.", "plate"),
        ("He lives on Cowslip Lane.", "street"),
        ("His number is 07700 900555.", "telephone"),
    ],
)
def test_what_contradicts_is_counted_and_said(matcher: RegisterMatcher, said: str, against: str) -> None:
    plain = next(one for one in matcher.rank("Anthony Larch deals") if one.entry_id == TONY)
    found = next(one for one in matcher.rank(f"Anthony Larch deals. {said}") if one.entry_id == TONY)
    assert against in {reason.evidence for reason in found.against}
    assert all(reason.against for reason in found.against)
    assert found.posterior < plain.posterior


@pytest.mark.parametrize(
    "text",
    [
        "I am worried for my daughter Ada who walks past there",
        "I told PC Varnish last year",
        "my mate Toby Varnish saw it too",
        "They robbed Toby Varnish",
        "Poor Toby Varnish had his windows broken",
        "Toby Varnish next door told me about it",
        "Reported by neighbour Toby Varnish",
        "cheers to Toby Varnish for the heads up",
        "a white Golf plate MB00 XRT was there but that is just the builders",
        "You can ring me on 07700 900940",
    ],
)
def test_who_is_no_subject_is_no_evidence(matcher: RegisterMatcher, text: str) -> None:
    assert matcher.suggest(text) == ()


def test_who_is_no_subject_is_marked_apart(matcher: RegisterMatcher) -> None:
    text = "my daughter Ada was there"
    assert [(one.kind, text[one.start : one.end]) for one in matcher.mentions(text)] == [("apart", "Ada")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Steve Ford sells weed", set()),
        ("he drives a blue Ford", {"vehicle"}),
        ("young lads deliver for him", set()),
        ("he turned up in 3 hours with 500 quid", set()),
    ],
)
def test_words_that_are_names_and_things_are_told_apart_by_what_stands_beside_them(
    matcher: RegisterMatcher, text: str, kinds: set[str]
) -> None:
    assert {one.kind for one in matcher.mentions(text)} - {"person"} == kinds


def test_the_runner_up_is_named_with_what_parts_the_two(matcher: RegisterMatcher) -> None:
    found = first(matcher, "Tony Larch from Eastgate, white Golf")
    assert found.runner_up.startswith("Next likeliest: Kyle Larch.")
    assert "vehicle" in found.runner_up


def test_strength_rests_on_the_posterior_and_no_figure_of_it_is_in_any_sentence(matcher: RegisterMatcher) -> None:
    strong = matcher.suggest("Big Tony Larch, 17 Foundry Road, plate MB00 XRT")[0]
    assert strong.strength is Strength.STRONG
    assert not any("%" in reason.sentence for reason in (*strong.reasons, *strong.against))
    assert "%" not in strong.runner_up


def test_nothing_below_the_threshold_is_shown_though_it_is_ranked(matcher: RegisterMatcher) -> None:
    text = "somebody called Alan"
    assert matcher.rank(text)
    assert matcher.suggest(text) == ()


def test_each_reason_knows_where_its_words_stand(matcher: RegisterMatcher) -> None:
    text = "Big Tony lives at 17 Foundry Road. He is about 61."
    found = first(matcher, text)
    for reason in (*found.reasons, *found.against):
        assert " ".join(text[reason.start : reason.end].split()) == reason.said
        assert type(reason.near) is bool
        assert type(reason.others) is int
