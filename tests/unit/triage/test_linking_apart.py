"""Who and what is named and not meant is left out, and nobody who is meant goes with it."""

from uuid import UUID

import pytest

from tests.unit.triage.test_linking_evidence import KYLE, LARCHES, REGISTER, ROWANS, TOBY, TODAY, TONY
from triage.linking.matching import RegisterMatcher

MATCHER = RegisterMatcher(REGISTER, today=TODAY)


def suggested(text: str) -> list[UUID]:
    return [one.entry_id for one in MATCHER.suggest(text)]


def marked(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in MATCHER.mentions(text)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tony Larch acts like a nice bloke but he is the main dealer on the estate.", TONY),
        ("Everyone thinks Tony Larch is harmless but he's the boss.", TONY),
        ("Nobody says a word but they are the Larch brothers", LARCHES),
        ("Tony Larch sells weed but it's the kids I worry about", TONY),
        ("Tony Larch is out of it he says but he is the man behind the builders", TONY),
        ("I have nothing to do with Tony Larch, I just see him sell drugs.", TONY),
        ("Tony Larch sells weed but it's nothing to do with me", TONY),
        ("Kyle is not involved, Tony Larch is", TONY),
        ("Tony Larch says he is not involved", TONY),
        ("Tony Larch is not involved in the burglary but he deals", TONY),
        ("It is not Tony Larch, it is Toby Varnish.", TOBY),
        ("it isnt Tony Larch but Toby Varnish", TOBY),
        ("They are not the Larches, they are the Rowan Square Boys.", ROWANS),
        ("It's nothing to do with Tony Larch, it's Toby Varnish", TOBY),
        ("It’s not Tony Larch’s first time", TONY),
        ("It is not just Tony Larch", TONY),
        ("Not Tony Larch, Toby Varnish", TOBY),
        ("The dealer is Tony Larch, not Kyle Larch", TONY),
        ("Tony Larch is not involved but Kyle Larch is", KYLE),
        ("Is it not Tony Larch?", TONY),
    ],
)
def test_who_is_accused_beside_what_is_harmless_is_suggested(text: str, who: UUID) -> None:
    assert suggested(text)[:1] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "a white Golf plate MB00 XRT was there but that is just the builders",
        "a white Golf plate MB00 XRT was there but  it's the gas man",
        "a white Golf plate MB00 XRT comes but that's nothing to do with it",
        "a white Golf plate MB00 XRT comes but he is only my landlord",
        "Tony Larch isn't involved",
        "It is not Tony Larch.",
    ],
)
def test_what_a_report_calls_harmless_itself_is_no_evidence(text: str) -> None:
    assert TONY not in suggested(text)


def test_whoever_it_is_not_is_marked_apart() -> None:
    assert marked("It is not Tony Larch, it is Toby Varnish.") == [("apart", "Tony Larch"), ("person", "Toby Varnish")]
    assert marked("They are not the Larches.") == [("apart", "Larches")]
    assert marked("It is not acceptable, it is every night.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tony Larch told me to keep my mouth shut or he would burn my house down.",
        "Tony Larch told me to pay up by Friday.",
        "Tony Larch told my son to carry drugs for him.",
        "Tony Larch told our two boys to carry drugs for him.",
        "Tony Larch told me not to ring you",
        "Tony Larch told me to ring him at night",
        "Tony Larch told me he would kill me",
        "Tony Larch told me I owe him money",
        "Tony Larch phoned me and threatened to kill me.",
        "Tony Larch phoned me last night and demanded money",
        "Tony Larch phoned me asking for the money I owe",
        "I told Tony Larch to stop selling weed outside",
        "He keeps texting me from 07700 900940 asking for money.",
        "he rings me on 07700 900940",
        "they text me from 07700 900940",
        "they call me, 07700 900940",
        "my son buys off 07700 900940",
        "a number texting our kids, 07700 900940",
        "it says on my phone 07700 900940",
        "my sons dealer is on 07700 900940",
    ],
)
def test_whoever_threatens_the_teller_is_meant_and_so_is_the_number_that_they_use(text: str) -> None:
    assert suggested(text)[:1] == [TONY]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kyle Larch told me to ring you", "Kyle Larch"),
        ("Kyle Larch next door told me to report it", "Kyle Larch"),
        ("Kyle Larch from next door told me.", "Kyle Larch"),
        ("Kyle over the road told us about it", "Kyle"),
        ("Kyle Larch, my neighbour, told me about it", "Kyle Larch"),
        ("Kyle Larch phoned me and said there was a fight", "Kyle Larch"),
        ("You can ring me on 07700 900940", "07700 900940"),
        ("RONG ME ON 07700 900940", "07700 900940"),
        ("If he comes back call me after 6pm on 07700 900940", "07700 900940"),
        ("ring me, 07700 900940", "07700 900940"),
        ("text me on this number 07700 900940", "07700 900940"),
        ("I told Kyle Larch to ring you", "Kyle Larch"),
        ("he deals, my number is 07700 900940", "07700 900940"),
        ("My mobile 07700 900940", "07700 900940"),
        ("07700 900940 is my number", "07700 900940"),
    ],
)
def test_a_teller_and_the_number_to_ring_them_back_on_are_marked_apart(text: str, said: str) -> None:
    assert ("apart", said) in marked(text)
    assert suggested(text) == []


# What the teller has is nobody's: of these two sentences only the first tells of the subject.
@pytest.mark.parametrize(
    ("told", "beside", "apart"),
    [
        ("They call him Big Tony.", "My sister drives a white Golf.", ["white Golf"]),
        ("They call him Big Tony.", "He keyed my white Golf.", ["white Golf"]),
        ("They call him Big Tony.", "I was born 14/03/1990.", ["14/03/1990"]),
        ("They call him Big Tony.", "I am 36 years old.", ["36"]),
        ("They call him Big Tony.", "I'm a 36 year old mother.", ["36"]),
        ("They call him Big Tony.", "My husband has a white Golf.", ["white Golf"]),
        ("They call him Big Tony.", "My 36 year old son is scared.", ["36"]),
        ("They call him Big Tony.", "I live at 17 Foundry Road, Eastgate.", ["17 Foundry Road", "Eastgate"]),
        ("They call him Big Tony.", "My postcode is MB1 4QQ.", ["MB1 4QQ"]),
        ("They call him Big Tony.", "My reg is MB00 XRT.", ["MB00 XRT"]),
        ("His number ends 940.", "My car is a white Golf.", ["white Golf"]),
        ("His number ends 940.", "There is a Larch tree in my garden.", ["Larch"]),
        ("One of the Larches has a gun.", "My son is called Kyle.", ["Kyle"]),
        ("One of the Larches has a gun.", "Kyle from next door told me.", ["Kyle"]),
        ("One of the Rowan Square Boys was there.", "My daughters name is Ada and so on.", ["Ada"]),
    ],
)
def test_what_is_the_tellers_own_counts_for_nothing_and_is_marked_apart(
    told: str, beside: str, apart: list[str]
) -> None:
    def found(text: str) -> list[tuple[UUID, float]]:
        return [(one.entry_id, round(one.posterior, 6)) for one in MATCHER.suggest(text)]

    assert found(f"{told} {beside}") == found(f"{beside} {told}") == found(told)
    assert [said for kind, said in marked(f"{told} {beside}") if kind == "apart"] == apart


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my cousin Tony drives a white Golf", "white Golf"),
        ("my brother Tony Larch drives a white Golf", "white Golf"),
        ("My brother drives a white Golf and sells weed, they call him Big Tony", "white Golf"),
        ("My neighbour drives a white Golf. They call him Big Tony.", "white Golf"),
        ("My car is a red Corsa. He drives MB00 XRT.", "MB00 XRT"),
        ("My car was hit by a white Golf reg MB00 XRT.", "MB00 XRT"),
        ("I saw Big Tony in a white Golf", "white Golf"),
        ("I have a white Golf parked outside every night", "white Golf"),
        ("I have a white Golf MB00 XRT on camera", "white Golf"),
        ("I have MB00 XRT as the reg", "MB00 XRT"),
        ("Big Tony drives my old white Golf", "white Golf"),
        ("I live at 15 Foundry Road and the man next door deals", "Foundry Road"),
        ("I live on Foundry Road and Tony deals", "Foundry Road"),
        ("I bought weed at 17 Foundry Road", "Foundry Road"),
        ("I was told he is 36 years old", "36"),
        ("my brother is called Tony Larch and he deals", "Tony Larch"),
        ("my son Kyle Larch is selling drugs", "Kyle Larch"),
        ("my landlord is called Tony Larch", "Tony Larch"),
        ("they drink in the Rowan Tree pub with Tony Larch", "Tony Larch"),
    ],
)
def test_what_a_relative_has_who_is_accused_goes_on_counting(text: str, said: str) -> None:
    assert any(said in words for kind, words in marked(text) if kind != "apart")
