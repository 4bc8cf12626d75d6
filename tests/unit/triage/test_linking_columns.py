"""What is packed at once for a hundred thousand entries is what each would be by itself."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from triage.linking.columns.keys import confused_key, each_key, plate_key
from triage.linking.columns.places import PlaceColumns
from triage.linking.columns.postings import Postings
from triage.linking.columns.slips import Slips
from triage.linking.columns.things import PLATE_LENGTH, Written
from triage.linking.naming import skeleton
from triage.linking.naming.spelling import sound
from triage.linking.reading import key_of
from triage.register.entries import Person
from triage.register.places import Address

WORDS = ("skellow", "skelow", "skellows", "ana", "anna", "nana", "aan", "hussein", "hussain", "zoë", "ab", "a" * 31)


@pytest.mark.parametrize("word", [*WORDS, "sekllow", "xskellow", "hussien", "nna", ""])
def test_every_word_one_slip_away_is_found_and_none_that_is_further_than_two(word: str) -> None:
    near = dict(Slips(WORDS).near(word))
    fit = [other for other in WORDS if 3 <= len(other) <= 30] if 3 <= len(word) <= 30 else []
    assert {other for other in fit if OSA.distance(word, other) == 1} <= near.keys()
    assert near == {other: OSA.distance(word, other) for other in near}
    assert all(0 < distance <= 2 for distance in near.values())


@pytest.mark.parametrize("postcode", ["MB1 4QQ", "mb1 4qq", "MB14QQ", "M1A  4QQ", "St 4", "MB1", "", "МВ1 4QQ"])
def test_a_postcode_is_found_as_its_words_are_read(postcode: str) -> None:
    places = PlaceColumns()
    places.add(3, [Person("P1", "Larch", addresses=(Address(street="Mill Lane", postcode=postcode),))])
    places.finish([])
    key = key_of(postcode).replace(" ", "")
    assert list(places.postcodes) == ([key] if key else [])
    assert [places.person_of[row] for row in places.postcodes.of(key)] == ([3] if key else [])


@pytest.mark.parametrize("key", [plate_key, confused_key])
@pytest.mark.parametrize("plates", [["MB00XRT", "", "İO1"], ["A\nB", "C"], []])
def test_plates_are_written_together_as_each_by_itself(key: Callable[[str], str], plates: list[str]) -> None:
    assert each_key(key, plates) == [key(plate) for plate in plates]


@pytest.mark.parametrize("texts", [["mb00xrt", "", "ab", "abcdefghijk"], ["zoë1", "b"]])
def test_what_is_written_is_found_from_its_beginning_and_from_its_end(texts: list[str]) -> None:
    written = Written(texts, PLATE_LENGTH)
    kept = [text[:PLATE_LENGTH] for text in texts]
    for text, size in product(kept, (1, 2, 5)):
        if not text.isascii():
            continue
        assert written.starts(text[:size]).tolist() == [one.replace("ë", "?").startswith(text[:size]) for one in kept]
        assert written.ends(text[-size:])[texts.index(text) if text in texts else -1]
    assert written.ends("rt").tolist() == [one.endswith("rt") for one in kept]


def test_one_key_for_each_is_noted_as_several_would_be() -> None:
    keys, codes, owners = (
        ["mill lane", "", "high street"],
        np.array([2, 0, 1, 0], np.int32),
        np.arange(4, dtype=np.int32),
    )
    one, other = Postings(), Postings()
    one.note_each(keys, codes, owners)
    other.note_all([[key] if key else [] for key in keys], codes, owners)
    for postings in (one, other):
        postings.note("the wharf", 9)
        postings.finish()
    assert {key: one.of(key).tolist() for key in one} == {key: other.of(key).tolist() for key in other}
    assert one.of("mill lane").tolist() == [1, 3]
    assert not len(one.of(""))


@pytest.mark.parametrize(
    "name", ["Ahmed", "Hussain", "Szczepan", "Abbott", "Aziz", "Ottley", "Xhevdet", "Nguyen", "Oo"]
)
def test_a_skeleton_is_the_frame_of_the_sounds(name: str) -> None:
    heard = sound(name)
    assert skeleton(name) == ("a" if heard.vowels[0] else "") + heard.frame
