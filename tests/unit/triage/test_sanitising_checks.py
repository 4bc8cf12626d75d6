"""What the checks of a sanitised text find, and what they leave alone."""

import pytest

from triage.sanitising.checks import Kind, check


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I saw him on the stairs", Kind.FIRST_PERSON),
        ("He keeps it at my cousin's", Kind.KINSHIP),
        ("It is our kid who carries it", Kind.KINSHIP),
        ("Heard through the wall most nights", Kind.KINSHIP),
        ("It has gone on since they moved in", Kind.TENURE),
        ("The cleaner who saw it left", Kind.TENURE),
        ("A car came at 21:40", Kind.EXACT_TIME),
        ("It happens at half past nine", Kind.EXACT_TIME),
        ("Deliveries come at 3am", Kind.EXACT_TIME),
        ("It was on 12 March 2026", Kind.EXACT_DATE),
        ("He came last Tuesday", Kind.EXACT_DATE),
        ("The flat at 14 Alder Street", Kind.EXACT_ADDRESS),
        ("Go to flat 3", Kind.EXACT_ADDRESS),
        ("He drives AB12 XYZ", Kind.VEHICLE),
        ("He said “nobody leaves this estate”", Kind.QUOTE),
        ("His number is 07700 900123", Kind.CONTACT),
        ("The source said he is armed", Kind.EARLIER),
        ("This was reported anonymously", Kind.EARLIER),
        ("There is nowt to be done", Kind.DIALECT),
        ("He waits until after 6.", Kind.EXACT_TIME),
        ("They meet next Friday", Kind.EXACT_DATE),
        ("The reg is mb01 djs", Kind.VEHICLE),
        ("A resident has seen it", Kind.TENURE),
        ("A family member reported it", Kind.TENURE),
        ("It was told to my neighbours", Kind.KINSHIP),
        ("We’re afraid of him", Kind.FIRST_PERSON),
    ],
)
def test_what_points_back_is_found_and_said_why(text: str, kind: Kind) -> None:
    findings = check(text)
    assert kind in {one.kind for one in findings}
    for one in findings:
        assert text[one.start : one.end] == one.words
        assert one.why
        assert one.instead


@pytest.mark.parametrize(
    "text",
    [
        "A man is believed to supply drugs in the Eastgate area in the evenings.",
        "A silver hatchback is used. Children are present at the address.",
        "His cousin is said to store goods for him.",
        "A group controls a lock-up near the canal; the IT shop is not involved.",
        "Goods come from the US. About 13 people work at the site, after 6 weeks of building.",
    ],
)
def test_a_text_written_anew_raises_nothing(text: str) -> None:
    assert check(text) == ()


def test_the_reporters_wording_is_found_again_however_it_is_spaced_or_cased() -> None:
    original = "He comes round the back every night and the little lad carries the bag up for him."
    text = "The boy is used: THE LITTLE  LAD carries, the bag up. Nothing else is known."
    copied = [one for one in check(text, original=original) if one.kind is Kind.COPIED]
    assert [one.words for one in copied] == ["THE LITTLE  LAD carries, the bag up"]


def test_four_words_in_common_are_nobodys_wording() -> None:
    assert check("a man in a van", original="there was a man in a car") == ()


def test_a_named_person_who_is_not_a_suspect_is_pointed_out() -> None:
    findings = check("Mrs Thornby was threatened.", harmless_names=["thornby"])
    assert [(one.kind, one.words) for one in findings] == [(Kind.NAMED, "Thornby")]


def test_kinship_is_told_once_and_not_again_as_first_person() -> None:
    assert [one.kind for one in check("my cousin told everybody")] == [Kind.KINSHIP]


def test_a_wall_of_one_letter_takes_no_time() -> None:
    assert check("a" * 20_000, original="a" * 20_000) == ()
    assert check("my " * 6_000)
