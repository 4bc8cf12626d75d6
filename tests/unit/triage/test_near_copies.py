"""Near-copies are found by their words alone, in their order, at a cost that is bounded."""

import random

import pytest

from triage.casefile import near_copies
from triage.casefile.near_copies import MOST_CANDIDATES, Fold, folds

TOLD = (
    "A white van stops behind the arches most nights after eleven and two men carry boxes into the end unit. They use "
    "the side gate, and a third one waits at the corner with a phone. It has gone on since the summer."
)
TOLD_ANEW = (
    "Since summer there is a van, white, that comes at night to the units under the railway. Boxes go in by the gate "
    "at the side. Somebody keeps watch on the corner."
)


def changed(text: str, words: int, *, seed: int) -> str:
    """The text with some of its words replaced, as somebody does who wants it to look like another report."""
    chance = random.Random(seed)
    parts = text.split()
    for place in chance.sample(range(len(parts)), words):
        parts[place] = f"word{chance.randrange(10_000)}"
    return " ".join(parts)


def test_copies_with_a_few_words_changed_stand_behind_the_first() -> None:
    texts = [TOLD, "Somebody burns cars on the field.", *(changed(TOLD, 2, seed=one) for one in range(14))]
    assert folds(texts) == (Fold(0, tuple(range(2, 16))), Fold(1))


def test_the_same_thing_told_by_somebody_else_is_no_copy() -> None:
    """Two people who saw the same must both be read: that they agree is what matters."""
    assert folds([TOLD, TOLD_ANEW]) == (Fold(0), Fold(1))


def test_a_report_in_which_most_is_new_is_no_copy_of_what_it_quotes() -> None:
    """Whoever floods with a real report's beginning cannot hide what another one adds to it."""
    longer = TOLD + " " + " ".join(f"detail{number} seen by the gate" for number in range(20))
    assert folds([TOLD, longer]) == (Fold(0), Fold(1))


def test_case_stops_and_spaces_make_no_difference() -> None:
    assert folds([TOLD, TOLD.upper().replace(".", " !!"), f"  {TOLD}\n"]) == (Fold(0, (1, 2)),)


def test_short_and_empty_texts_are_copies_only_of_the_same() -> None:
    assert folds(["dealing", "dealing", "dealing now", "", ""]) == (Fold(0, (1,)), Fold(2), Fold(3), Fold(4))


def test_other_scripts_are_compared_too() -> None:
    told = "یہ لوگ رات کو گاڑی میں ڈبے لاتے ہیں اور صبح سے پہلے چلے جاتے ہیں"
    assert folds([told, f"{told} آج"]) == (Fold(0, (1,)),)


def test_every_text_stands_in_one_place() -> None:
    chance = random.Random(7)
    found = folds([changed(TOLD, chance.randrange(36), seed=number) for number in range(300)])
    assert sorted(place for fold in found for place in (fold.first, *fold.copies)) == list(range(300))
    assert [fold.first for fold in found] == sorted(fold.first for fold in found)


def test_texts_made_to_look_half_alike_are_not_all_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five hundred that share their beginning and nothing else: each is compared with a few."""
    alike, compared = near_copies._alike, []

    def counting(one: frozenset[int], other: frozenset[int]) -> float:
        compared.append(1)
        return alike(one, other)

    monkeypatch.setattr(near_copies, "_alike", counting)
    beginning = " ".join(TOLD.split()[:20])
    folds([beginning + " " + changed(TOLD, 36, seed=number) for number in range(500)])
    assert 0 < len(compared) <= 500 * MOST_CANDIDATES
