"""How alike two whole names are, whatever the order of their words."""

from functools import lru_cache, partial

from rapidfuzz.distance import OSA

from triage.linking.naming.arranging import arrange, is_syllable, part_syllables
from triage.linking.naming.common_words import COMMON, JOINING, LIGHT
from triage.linking.naming.folding import KEPT
from triage.linking.naming.forms import family_alike, short_for, spelt_alike
from triage.linking.naming.likeness import SLIP, likeness

_INITIAL = 0.8  # how alike an initial is to a word that begins with it
_Matched = tuple[float, str, str]


@lru_cache(maxsize=KEPT)
def _telling(word: str) -> float:
    """How much it says that two people share this word."""
    if word in JOINING:
        return 0.08
    if len(word) == 1:
        return 0.3
    if word in COMMON or word in LIGHT:
        return 0.6
    return 0.8 if len(word) < 4 else 1.0


def _alike(one: str, other: str) -> float:
    if len(one) == 1 or len(other) == 1:
        return 1.0 if one == other else _INITIAL if one[0] == other[0] else 0.0
    return likeness(one, other)


def _alike_as_syllables(one: str, other: str, *, vietnamese: bool) -> float:
    """In Chinese and Vietnamese names a letter more is another name: Wei, Wen and Lei."""
    if one == other or len(one) == 1 or len(other) == 1 or spelt_alike(one, other) or short_for(one, other):
        return _alike(one, other)
    told = is_syllable(one, vietnamese=vietnamese), is_syllable(other, vietnamese=vietnamese)
    if not any(told):
        return _alike(one, other)
    if not all(told):
        near = OSA.distance(one, other) == 1 or sorted(one) == sorted(other)
        return SLIP if near else 0.0  # a slip, where what is written is no syllable
    return (
        0.9
        if family_alike(one, other) or one.replace("k", "c") == other.replace("k", "c")
        else 0.45
        if one[0] == other[0]
        else 0.2
    )


def _joined(parted: list[str], whole: list[str]) -> None:
    """Write as one word what the other name writes as one: Jean Paul and Jeanpaul, De La Cruz and Delacruz."""
    for width in (3, 2):
        for place in range(len(parted) - width, -1, -1):
            parts = parted[place : place + width]
            if width == 3 and parts[0] not in JOINING:
                continue
            if any(_is_joint(parts, word) for word in whole):
                parted[place : place + width] = ["".join(parts)]


def _is_joint(parts: list[str], word: str) -> bool:
    """Whether a word is these parts run together rather than any one of them."""
    both = "".join(parts)
    if len(word) <= max(map(len, parts)) or abs(len(word) - len(both)) > 2:
        return False
    near = likeness(both, word)
    least = 0.76 if not JOINING.isdisjoint(parts) else 0.8
    return near > least and near > max(likeness(part, word) for part in parts) + 0.02


def _pair_up(
    ours: list[str], theirs: list[str], *, syllables: bool, vietnamese: bool
) -> tuple[list[_Matched], list[str]]:
    """Pair the words best first; returned with those that found no partner."""
    alike = partial(_alike_as_syllables, vietnamese=vietnamese) if syllables else _alike
    grid = sorted(
        ((alike(one, other), -abs(i - j), i, j) for i, one in enumerate(ours) for j, other in enumerate(theirs)),
        reverse=True,
    )
    left, right = set(range(len(ours))), set(range(len(theirs)))
    matched: list[_Matched] = []
    for near, _, i, j in grid:
        if i in left and j in right:
            one, other = ours[i], theirs[j]
            if near < 0.9 and (one in JOINING) != (other in JOINING) and not syllables:
                continue
            if syllables and not near:
                continue  # Michael, beside Ka Ho, is one name more and no other
            left.discard(i)
            right.discard(j)
            matched.append((near, one, other))
    return matched, [ours[i] for i in left] + [theirs[j] for j in right]


def _against(near: float, one: str, other: str) -> float:
    """How much two words that stand against each other say: a Singh may also be a Bains."""
    if one in JOINING and other in JOINING:
        return 0.15
    if len(one) == 1 or len(other) == 1:
        return 0.7
    if near > 0.55:
        return 1.0  # Mohammed and Mahmood: the place is the same, the name is another
    return 1 - 0.25 * ((one in LIGHT) + (other in LIGHT))


def _sharp(near: float) -> float:
    """What likeness of two words says of two people: below about .5 words are alike by chance."""
    return min(0.5 + 0.5 * near, max(0.02 + 0.05 * near, (near - 0.45) / 0.45))


def compare_names(a: str, b: str) -> float:
    """How alike two whole names of any script are, in any order of their words: 0 to 1, symmetric.

    Every word that finds no likeness speaks against; one that is only missing (a middle name, a patronymic, an
    article) speaks against little. Words that many people share count less than the rare ones.
    """
    ours, theirs = sorted((arrange(a), arrange(b)))
    if not ours.words or not theirs.words:
        return 0.0
    if sorted(ours.words) == sorted(theirs.words):
        return 1.0 if ours.words == theirs.words else 0.995
    syllables = ours.syllables or theirs.syllables
    left, right = list(ours.words), list(theirs.words)
    if syllables:
        left, right = part_syllables(ours.words), part_syllables(theirs.words)
    else:
        _joined(left, right)
        _joined(right, left)
    matched, lonely = _pair_up(left, right, syllables=syllables, vietnamese=ours.vietnamese or theirs.vietnamese)
    score, agreed = 1.0, 0.0
    for near, one, other in matched:
        sharp = _sharp(near)
        score *= 1 - _against(near, one, other) * (1 - sharp)
        agreed += min(_telling(one), _telling(other)) * sharp
    if not agreed:
        return 0.0
    alone = sum(map(_telling, lonely))
    return score * (0.35 + 0.65 * agreed / (agreed + 0.5 * alone + 0.15)) if alone else score
