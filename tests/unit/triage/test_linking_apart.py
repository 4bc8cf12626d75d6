"""Who and what is named and not meant is left out, and nobody who is meant goes with it."""

from uuid import UUID

import pytest

from tests.unit.triage.test_linking_evidence import LARCHES, REGISTER, ROWANS, TOBY, TODAY, TONY
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
