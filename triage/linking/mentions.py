"""Finds in a report what the register knows, and plates and telephone numbers whether it knows them or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from rapidfuzz.distance import OSA

from triage.linking.evidence import Evidence, mark_of
from triage.linking.lexicon import (
    FRAGMENTS,
    LONGEST_PHRASE,
    PREFIX,
    SHORTEST_CORRECTED,
    SUFFIX,
    Lexicon,
    phone_key,
    plate_key,
    shortened,
)
from triage.linking.reading import Reading, Word
from triage.linking.words import EDGE_WORDS, EMPTY, ORDINARY, PHONE_WORDS, PLATE_WORDS

MOST_HITS = 2_000
MOST_SPELLINGS = 3
MOST_WAYS = 16  # of reading one phrase whose words may each be misspelt
MOST_CORRECTED = 600  # different words of one report

_PLATE = re.compile(r"[a-z]{2}[0-9]{2}[a-z]{3}")
_OLD_PLATE = re.compile(r"[a-z][0-9]{1,3}[a-z]{3}|[a-z]{3}[0-9]{1,3}[a-z]")
_DIGITS = frozenset("0123456789oi")  # O and I are written for 0 and 1
_FRONT = re.compile(r"[a-z]{2}[0-9]{2}")
# Bounded on every side, so that it takes linear time on anything.
_NUMBER = re.compile(r"\+?[0-9](?:[ ().-]{0,2}[0-9]){3,14}")
_WHOLE_NUMBER = 9  # digits without country code and zero


@dataclass(frozen=True)
class Mention:
    """A stretch of the text that means something: `kind` as the page marks it, `value` in a word or two.

    Kinds: person, vehicle, phone, place, account, business, date, and `apart` for somebody named who is no subject
    (the teller's family, police, a victim).
    """

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A stretch of the text that fits entries of the register."""

    evidence: Evidence
    start: int
    end: int
    key: str
    owners: frozenset[int]
    near: bool = False  # spelt a little differently
    faint: bool = False  # an ordinary word unless its capital is meant

    @property
    def mention(self) -> Mention:
        return Mention(mark_of(self.evidence), self.evidence.value, self.start, self.end)


def find_hits(reading: Reading, lexicon: Lexicon, *, every: bool = False) -> tuple[Hit, ...]:
    """Everything of the register that the text mentions, in the order of the text, at most MOST_HITS.

    What is said twice is evidence once; `every` gives each place where it is said, for marking.
    """
    found: dict[tuple[Evidence, str, int], Hit] = {}
    for source in (_numbers(reading, lexicon), _plates(reading, lexicon), _phrases(reading, lexicon)):
        for hit in source:
            place = (hit.evidence, hit.key, hit.start if every else 0)
            first = found.get(place)
            if first is None or (first.near, first.faint) > (hit.near, hit.faint):
                found[place] = hit
            if len(found) >= MOST_HITS:
                break
    return tuple(sorted(found.values(), key=lambda hit: (hit.start, -hit.end, hit.evidence)))


def find_unknown(reading: Reading) -> tuple[Mention, ...]:
    """Plates and telephone numbers by their shape alone, for the reader's eye."""
    found: list[Mention] = []
    for joined, first, last in _joined(reading.words):
        written = reading.said(first.start, last.end)
        if _PLATE.fullmatch(joined) or (_OLD_PLATE.fullmatch(joined) and written.isupper()):
            found.append(Mention("vehicle", "plate", first.start, last.end))
    for digits, start, end in _digit_runs(reading):
        if 10 <= len(digits.lstrip("+")) <= 15:
            found.append(Mention("phone", "telephone", start, end))
    return tuple(found)


def _phrases(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    spellings = _spellings(reading, lexicon)
    words = reading.words
    for place, word in enumerate(words):
        for length in range(1, min(LONGEST_PHRASE, len(words) - place) + 1):
            last = words[place + length - 1]
            ways = [spellings.get(one.folded, ((one.folded, False),)) for one in words[place : place + length]]
            if prod(len(one) for one in ways) > MOST_WAYS:
                break
            for way in product(*ways):
                key = " ".join(spelling for spelling, _ in way)
                kinds = lexicon.phrases.get(key)
                if kinds is None or (length == 1 and key in EMPTY):
                    continue
                near = any(other for _, other in way)
                faint = _is_faint(reading, words[place : place + length])
                if near and faint:
                    continue
                for evidence, owners in kinds.items():
                    yield Hit(evidence, word.start, last.end, key, frozenset(owners), near, faint)


def _is_faint(reading: Reading, phrase: tuple[Word, ...]) -> bool:
    """Whether a phrase rests on one word that may well be an ordinary one here."""
    telling = [word for word in phrase if word.folded not in EMPTY]
    if len(telling) != 1:
        return False
    return not telling[0].capital if reading.tells_case else telling[0].folded in ORDINARY


def _spellings(reading: Reading, lexicon: Lexicon) -> dict[str, tuple[tuple[str, bool], ...]]:
    """For a word that is no name of the register: itself, and the names it may stand for (plural, or one slip)."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    corrected = 0
    for folded in dict.fromkeys(word.folded for word in reading.words):
        if len(folded) < 4 or folded in EMPTY or folded in lexicon.names or folded.isdecimal():
            continue
        ways: list[tuple[str, bool]] = [(folded, False)]
        if folded.endswith("s") and folded[:-1] in lexicon.phrases:
            ways.append((folded[:-1], False))
        elif len(folded) >= SHORTEST_CORRECTED and folded not in lexicon.phrases and corrected < MOST_CORRECTED:
            corrected += 1
            ways += [(name, True) for name in _near(folded, lexicon)]
        if len(ways) > 1:
            found[folded] = tuple(ways[: MOST_SPELLINGS + 1])
    return found


def _near(word: str, lexicon: Lexicon) -> list[str]:
    """Names one slip away: a letter more, fewer, other, or two changed over; names share their first or last letter."""
    candidates = {name for shorter in shortened(word) for name in lexicon.near.get(shorter, ())}
    close = [name for name in candidates if OSA.distance(word, name, score_cutoff=1) <= 1]
    return sorted(name for name in close if name[0] == word[0] or name[-1] == word[-1])


def _joined(words: tuple[Word, ...]) -> Iterator[tuple[str, Word, Word]]:
    """One to three words written as one, where they hold letters and digits (or O and I for them): `MB 00 XRT`."""
    for place, first in enumerate(words):
        joined = ""
        for last in words[place : place + 3]:
            joined += last.folded
            if len(joined) > 8:
                break
            if _DIGITS & set(joined) and not joined.isdecimal():
                yield joined, first, last


def _plates(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    words, joined_words = reading.words, list(_joined(reading.words))
    whole: set[int] = set()  # where a whole plate stands, so that no part of it is taken for a partial one
    for joined, first, last in joined_words:
        key = plate_key(joined)
        if len(joined) >= 4 and key in lexicon.plates:
            yield Hit(Evidence.PLATE, first.start, last.end, key, frozenset(lexicon.plates[key]))
        elif not _PLATE.fullmatch(joined):
            continue
        whole.update(range(first.start, last.end))
    for joined, first, last in joined_words:
        key = plate_key(joined)
        if _FRONT.fullmatch(joined) and key in lexicon.fragments and first.start not in whole:
            yield Hit(Evidence.PART_PLATE, first.start, last.end, key, frozenset(lexicon.fragments[key]))
    for place, word in enumerate(words):
        key = plate_key(word.folded)
        if len(key) not in FRAGMENTS or key not in lexicon.fragments or word.start in whole or word.folded in EMPTY:
            continue
        around = {one.folded for one in (*words[max(0, place - 6) : place], *words[place + 1 : place + 4])}
        mixed = any(sign.isdecimal() for sign in word.folded) and not word.folded.isdecimal()
        shouted = reading.tells_case and reading.said(word.start, word.end).isupper() and around & EDGE_WORDS
        if mixed or shouted or around & PLATE_WORDS:
            yield Hit(Evidence.PART_PLATE, word.start, word.end, key, frozenset(lexicon.fragments[key]))


def _digit_runs(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for found in _NUMBER.finditer(reading.flat):
        digits = re.sub(r"[^0-9+]", "", found.group())
        yield digits, reading.places[found.start()], reading.places[found.end() - 1] + 1


def _numbers(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    for digits, start, end in _digit_runs(reading):
        key = phone_key(digits.replace("+440", "+44"))
        if len(key) >= _WHOLE_NUMBER:
            if key in lexicon.phones:
                yield Hit(Evidence.PHONE, start, end, key, frozenset(lexicon.phones[key]))
            continue
        place = reading.word_at(start)
        around = {one.folded for one in reading.words[max(0, place - 6) : place + 4]}
        if not around & (PHONE_WORDS | EDGE_WORDS):
            continue
        bare = digits.lstrip("+")
        fits = {number for number in lexicon.phone_ends.get(f"…{bare[-SUFFIX:]}", ()) if number.endswith(bare)}
        if len(key) >= PREFIX:
            starts = lexicon.phone_ends.get(f"{key[:PREFIX]}…", ())
            fits |= {number for number in starts if number.startswith(key)}
        if fits:
            owners = frozenset(owner for number in fits for owner in lexicon.phones[number])
            yield Hit(Evidence.PART_PHONE, start, end, bare, owners)
