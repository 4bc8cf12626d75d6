"""What makes sharing start with conditions: words that speak of the sender, and what the sender said."""

import pytest

from triage.grading.identifying import telling_words, why_identifying


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My son owes them", ("my son",)),
        ("it is next door to us", ("next door to us",)),
        ("since we moved in", ("since we moved",)),
        ("I WORK AT THE STATION", ("i work",)),
        ("there are only three of us", ("only three of us",)),
        ("a van outside the shop", ()),
        ("mymy sonata", ()),
    ],
)
def test_kinship_place_and_work_words_tell_who_wrote(text: str, words: tuple[str, ...]) -> None:
    assert telling_words({"what": text}) == words


def test_what_the_sender_says_of_themselves_counts_too() -> None:
    assert why_identifying({"what": "a van", "guess": "no"}) == ()
    assert len(why_identifying({"what": "my mum saw", "guess": "yes", "careful": "do not come"})) == 3
