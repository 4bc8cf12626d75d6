"""How alike two names are: word against word, and whole name against whole name."""

from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from triage.linking.naming.forms import short_forms, spellings
from triage.linking.naming.spelling import KEPT, fold, skeleton, sound

LEAST = 0.6


@lru_cache(maxsize=4 * KEPT)
def likeness(one: str, other: str) -> float:
    """How alike two folded words are, 0 to 1, without a floor."""
    if one == other:
        return 1.0
    if other in spellings(one):
        return 0.97
    if other in short_forms(one):
        return 0.95
    if sound(one) == sound(other):
        return 0.9
    near = OSA.normalized_similarity(one, other)
    if OSA.distance(one, other) == 1 and min(len(one), len(other)) > 4:
        near = max(near, 0.8)
    if skeleton(one) == skeleton(other):
        return max(near, 0.5 + OSA.normalized_similarity(sound(one), sound(other)) / 2 - 0.1)
    return float(min(near, 0.85))


def closeness(said: str, known: str) -> float:
    """How close one word is to another: 1 the same, .95 a listed form, .9 by rule, .8 one slip, 0 nothing."""
    found = likeness(fold(said), fold(known))
    return found if found >= LEAST else 0.0


def compare_names(a: str, b: str) -> float:
    """How alike two whole names are, in any order of their words, 0 to 1."""
    ours, theirs = anyascii(a).lower().replace("-", " ").split(), anyascii(b).lower().replace("-", " ").split()
    if not ours or not theirs:
        return 0.0
    pairs = sorted(
        ((likeness(fold(x), fold(y)), i, j) for i, x in enumerate(ours) for j, y in enumerate(theirs)), reverse=True
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    total = 0.0
    for near, i, j in pairs:
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            total += near
    return 2 * total / (len(ours) + len(theirs))
