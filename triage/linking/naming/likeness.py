"""How alike two words are: by the tables, by their sounds, by the slips of hand and eye."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from triage.linking.naming.folding import KEPT, fold
from triage.linking.naming.forms import (
    family_alike,
    is_listed,
    one_name_abroad,
    other_skeletons,
    short_alike,
    short_for,
    short_for_it_abroad,
    spelt_alike,
)
from triage.linking.naming.spelling import Sound, skeleton, sound, whose_servant

SPELT, SHORT, FAMILY, BY_RULE, SHORT_ALIKE, ABROAD, SLIP = 0.96, 0.95, 0.92, 0.93, 0.82, 0.8, 0.8
LEAST = 0.7  # what is less close than this is, for one word alone, nothing
APART = 0.62  # at most, of two names that are both listed and not as one
HOPELESS = 0.4  # two words less alike than this no rule will bring together
PET = 0.66  # too little for one word alone
_PET_ENDING = re.compile("(?:chik|inh[oa]|it[oa]|zek|sia|sha|ush|ica|ek|ik|ka|ko|us|ie|ey|ee|y|i|o|a)$")
SERVANT = "abd"
ARTICLES = ("al", "el", "ul")

# How often one vowel stands for another when a name changes its alphabet: a and e, i and e, o and u.
_VOWEL_NEAR = {
    frozenset("ae"): 0.75,
    frozenset("ei"): 0.85,
    frozenset("ou"): 0.85,
    frozenset("ao"): 0.5,
    frozenset("ai"): 0.25,
    frozenset("au"): 0.35,
    frozenset("eo"): 0.3,
    frozenset("eu"): 0.15,
    frozenset("iu"): 0.1,
    frozenset("io"): 0.1,
}
_SOUTHERN = 0.86  # how alike two words are that differ as -a and -er
# How little one vowel more or less says: least of all a mute e.
_MUTE = {"e": 0.75, "a": 0.6, "i": 0.6, "o": 0.6, "u": 0.6}
# One letter, other sounds: Somali c is silent to English ears, Turkish c is j, ç is ch; j is y in half of Europe.
_READINGS = (("c", "", "j", "ch", "ts"), ("j", "y", "h"), ("x", "sh", "j"), ("z", "j"), ("g", "k", "h", "j"))
# The endings of family names that go by the sex of their bearer, Slavic and Lithuanian.
_ENDINGS = (
    ("skaya", "ski"), ("skaia", "ski"), ("ska", "ski"), ("sky", "ski"), ("skyi", "ski"), ("skiy", "ski"),
    ("skii", "ski"), ("skij", "ski"), ("tskaya", "tski"), ("cka", "cki"), ("cky", "cki"), ("ova", "ov"), ("eva", "ev"),
    ("ina", "in"), ("owa", "ow"), ("off", "ov"), ("eff", "ev"), ("aite", "as"), ("iene", "as"), ("ute", "us"),
    ("yte", "is"), ("aviciute", "avicius"), ("eviciene", "evicius"), ("kis", "kas"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _slot(one: str, other: str) -> float:
    """How alike are the vowels that stand at one place of a frame."""
    if one == other:
        return 1.0
    if not one or not other:
        return _MUTE.get(one or other, 0.35)
    best = max(1.0 if x == y else _VOWEL_NEAR[frozenset(x + y)] for x in one for y in other)
    if len(one) == len(other) == 1:
        return best
    return 0.8 * best if abs(len(one) - len(other)) < 2 else 0.6 * best


def _vowels_alike(one: Sound, other: Sound) -> float:
    told = [_slot(x, y) for x, y in zip(one.vowels, other.vowels, strict=True) if x or y]
    if not told:
        return 1.0
    found = sum(told) / len(told)
    ours, theirs = one.vowels[-1][-1:], other.vowels[-1][-1:]
    if bool(ours) != bool(theirs):
        found -= 0.3 if "a" in (ours, theirs) else 0.2 if len(one.frame) < 3 else 0.05  # Samir and Samira
    elif ours != theirs and "a" in (ours, theirs) and "e" not in (ours, theirs):
        found -= 0.2  # Mario and Maria
    return max(found, 0.0)


def _by_sound(one: Sound, other: Sound) -> float:
    """By the frame where it is one, and then the vowels decide; else by how many sounds differ."""
    if one.frame == other.frame and one.frame:
        bare = min(sum(map(len, one.vowels)), sum(map(len, other.vowels)))
        if 3 * bare <= len(one.frame) and len(one.frame) >= 3:
            return 0.86  # a script that leaves vowels out, or a hand that does
        floor = 0.45 if len(one.frame) > 2 else 0.36
        return floor + (BY_RULE - floor) * _vowels_alike(one, other)
    longer = max(len(one.whole), len(other.whole))
    if not longer:
        return 0.0
    found = 0.92 * (1 - OSA.distance(one.whole, other.whole) / longer)
    return found if one.whole[:1] == other.whole[:1] else 0.85 * found


def _by_hand(one: str, other: str) -> float:
    """Slips of hand and eye: one letter wrong, left out, put in, or two changed about."""
    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    if _ends_alike(shorter, longer):
        return _SOUTHERN
    slips = OSA.distance(one, other)
    plain = 1 - slips / len(longer)
    if slips == 1 and len(shorter) > 3:
        found = SLIP + 0.005 * min(len(shorter), 10) if len(shorter) > 4 else 0.74
        if one[0] != other[0]:
            return found - 0.12  # Harry and Barry: the first letter is seldom the wrong one
        if len(one) == len(other) and one[-1] != other[-1] and {one[-1], other[-1]} <= set("aeiou"):
            return found - 0.1
        if longer == shorter + "a" and (is_listed(shorter) or not is_listed(longer)):
            return found - 0.16  # Samir and Samira; but Mirz is Mirza
        return found
    if slips == 2 and len(shorter) > 6:
        return 0.74 if one[0] == other[0] else 0.62
    if len(shorter) > 2 and longer.startswith(shorter) and len(longer) > 5:
        return max(plain, 0.7 if len(shorter) > 4 else 0.66)
    return min(0.7, 0.75 * plain + 0.25 * max(0.0, JaroWinkler.similarity(one, other) - 0.3))


def _ends_alike(shorter: str, longer: str) -> bool:
    """Parminda and Parminder: most of England sounds no r at the end of a word."""
    return len(shorter) > 4 and shorter[-1] == "a" and longer[-2:] in {"er", "ar", "or"} and shorter[:-1] == longer[:-2]


def _as_pet_form(one: str, other: str) -> float:
    """Debbie beside Deborah and Zbyszek beside Zbyslaw: no list has them all, and what they begin with is theirs."""
    for pet, full in ((one, other), (other, one)):
        stem = _PET_ENDING.sub("", pet)
        if stem[-2:-1] == stem[-1:]:
            stem = stem[:-1]
        if 2 < len(stem) < len(pet) and len(full) > len(stem) + 1 and full.startswith(stem):
            return PET
    return 0.0


def _listed(one: str, other: str) -> float:
    if spelt_alike(one, other):
        return SPELT
    if short_for(one, other):
        return SHORT
    if family_alike(one, other):
        return FAMILY
    if short_alike(one, other):
        return SHORT_ALIKE
    return ABROAD if one_name_abroad(one, other) or short_for_it_abroad(one, other) else 0.0


@lru_cache(maxsize=2 * KEPT)
def likeness(one: str, other: str) -> float:
    """How alike two folded words are, 0 to 1, symmetric and without a floor."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    listed = _listed(one, other)
    if listed >= FAMILY:
        return listed
    if SERVANT in one[:4] and SERVANT in other[:4] and whose_servant(one) and whose_servant(other):
        return max(listed, _servants(one, other))
    ours, theirs = sound(one), sound(other)
    heard, written = _by_sound(ours, theirs), _by_hand(one, other)
    if ours.frame == theirs.frame:
        written = min(written, 0.74)  # only vowels differ, and of those the rules know more than the hand
    found = max(heard, written)
    if is_listed(one) and is_listed(other):
        return max(listed, found if found >= 0.9 else min(found, APART))
    if found < SLIP and min(len(one), len(other)) > 2:
        if found > HOPELESS:
            found = max(found, _by_bearer(one, other), _without_article(one, other), _servants(one, other))
            if found < SLIP:
                found = max(found, _read_otherwise(one, other), _as_pet_form(one, other))
        if skeleton(one) in other_skeletons(other) or skeleton(other) in other_skeletons(one):
            found = max(found, ABROAD)  # a listed form, misspelt
    return max(listed, found)


def _by_bearer(one: str, other: str) -> float:
    """Ivanov beside Ivanova, Kazlauskas beside Kazlauskiene."""
    stems = {_bearer_stem(one), _bearer_stem(other)}
    return 0.9 if len(stems) == 1 else 0.0


@lru_cache(maxsize=KEPT)
def _bearer_stem(word: str) -> str:
    if len(word) > (7 if word.endswith("ina") else 5):
        for ending, common in _ENDINGS:
            if word.endswith(ending):
                return word[: -len(ending)] + common
    return word


def _without_article(one: str, other: str) -> float:
    """Alkhatib beside Khatib, O'Reilly beside Reilly."""
    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    if len(shorter) < 4 or len(longer) == len(shorter) or shorter[:2] == longer[:2]:
        return 0.0
    if longer[:2] in ARTICLES:
        return 0.97 * max(likeness(shorter, longer[2:]), likeness(shorter, longer[3:]))
    return 0.92 * likeness(shorter, longer[1:]) if longer[0] == "o" and longer[1] not in "aeiou" else 0.0


def _servants(one: str, other: str) -> float:
    """Abdurrahman beside Abdelrahman, or beside Rahman: the prefix is written many ways, and what follows decides."""
    ours, theirs = whose_servant(one), whose_servant(other)
    if ours and theirs:
        return 0.98 * likeness(ours, theirs)
    return 0.86 * likeness(ours or one, theirs or other) if ours or theirs else 0.0


def _read_otherwise(one: str, other: str) -> float:
    """Celik beside Chelik, Cumar beside Umar, Jablonski beside Yablonski."""
    best = 0.0
    for letter, *readings in _READINGS:
        for with_it, without in ((one, other), (other, one)):
            if letter in with_it and letter not in without.replace("ch", ""):
                for reading in readings:
                    best = max(best, 0.97 * _by_sound(sound(with_it.replace(letter, reading)), sound(without)))
    return best if best >= SLIP else 0.0


def apart(one: str, other: str) -> bool:
    """Whether both words are given names that the tables know, and know as two: Jamal and Jamil, one letter apart."""
    ours, theirs = fold(one), fold(other)
    return ours != theirs and is_listed(ours) and is_listed(theirs) and likeness(ours, theirs) <= APART


def closeness(said: str, known: str) -> float:
    """How close one word of a name is to another, 0 to 1 and symmetric.

    1 is the same, about .95 a listed other form (Daz and Darren), about .9 the same by the rules of transliteration,
    about .8 one slip of the pen; 0 is nothing to speak of.
    """
    one, other = fold(said), fold(known)
    if one == other:
        return 1.0 if one else 0.0
    if min(len(one), len(other)) < 3:
        return SHORT if short_for(one, other) else SPELT if spelt_alike(one, other) else 0.0
    found = likeness(one, other)
    return found if found >= LEAST else 0.0
