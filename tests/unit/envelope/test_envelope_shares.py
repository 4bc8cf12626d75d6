"""A seed split among people: any few of them make it whole, fewer learn nothing, and a slip of the pen is caught."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from envelope.shares import WORDS_A_SHARE, ShareError, join_shares, read_share, split_seed

SEED = bytes(range(32))
SHARES = split_seed(SEED, shares=5, together=3)


def test_any_three_of_five_make_the_seed_whole() -> None:
    for some in combinations(SHARES, 3):
        assert join_shares([read_share(one) for one in some]) == SEED


def test_two_of_five_are_too_few() -> None:
    for some in combinations(SHARES, 2):
        with pytest.raises(ShareError, match="too few"):
            join_shares([read_share(one) for one in some])


def test_one_person_alone_is_never_enough() -> None:
    for shares, together in ((1, 1), (5, 1), (2, 3), (17, 3)):
        with pytest.raises(ShareError, match="one person could open everything"):
            split_seed(SEED, shares=shares, together=together)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, WORDS_A_SHARE - 1), word=st.sampled_from(WORDLIST))
def test_one_wrong_word_is_caught_wherever_it_stands(place: int, word: str) -> None:
    words = SHARES[0].split()
    if words[place] == word:
        return
    words[place] = word
    with pytest.raises(ShareError, match="do not belong together"):
        read_share(" ".join(words))


def test_two_words_swapped_are_caught() -> None:
    words = SHARES[0].split()
    for place in range(WORDS_A_SHARE - 1):
        if words[place] == words[place + 1]:
            continue
        swapped = [*words[:place], words[place + 1], words[place], *words[place + 2 :]]
        with pytest.raises(ShareError):
            read_share(" ".join(swapped))


def test_a_word_of_no_list_is_named_with_its_place() -> None:
    words = SHARES[0].split()
    words[6] = "zzz"
    with pytest.raises(ShareError, match="Word 7 is “zzz”"):
        read_share(" ".join(words))


def test_four_letters_and_capitals_are_enough() -> None:
    short = "  ".join(word[:4].upper() for word in SHARES[1].split())
    assert read_share(short) == read_share(SHARES[1])


def test_a_word_that_only_begins_like_one_of_the_list_is_refused() -> None:
    words = SHARES[0].split()
    words[3] = words[3][:4] + "xyz"
    with pytest.raises(ShareError, match="Word 4"):
        read_share(" ".join(words))


def test_shares_of_two_splits_do_not_mix() -> None:
    other = split_seed(SEED, shares=5, together=3)
    mixed = [read_share(SHARES[0]), read_share(other[1]), read_share(other[2])]
    if mixed[0].set_number == mixed[1].set_number:  # once in 32,768 times
        return
    with pytest.raises(ShareError, match="not all of one set"):
        join_shares(mixed)


def test_the_same_share_twice_is_refused() -> None:
    with pytest.raises(ShareError, match="given twice"):
        join_shares([read_share(SHARES[0])] * 3)
