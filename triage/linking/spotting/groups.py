"""Groups, families, businesses and online names as people call them."""

import re
from dataclasses import dataclass, replace

from triage.linking.columns.groups import HOUSES, GroupColumns, PhraseColumns, house_of
from triage.linking.columns.names import NameColumns
from triage.linking.ordinary import COMMON, EVERYDAY, FAMILY_WORDS
from triage.linking.reading import bare_key
from triage.linking.spotting.beginnings import Beginnings
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, GENERIC, words_of

MOST = 40
MOST_LOOKED_UP = 150  # misspelt businesses of one report
_HANDLE = re.compile(r"(?<![a-z0-9._@])@?([a-z0-9_][a-z0-9._-]{1,29}[a-z0-9_])")
_SAID_FIRST = words_of("family clan brothers")
_NO_HOUSE = words_of("local same old nearest other whole that this main")


@dataclass(frozen=True)
class GroupSaid:
    """What may name a group or a family: keys of groups (with closeness) and words that may be a surname."""

    cores: tuple[tuple[str, float], ...]
    surnames: tuple[tuple[str, float], ...]
    whole: str
    first: int
    last: int
    company: bool = False  # said of whom the subject keeps company with


@dataclass(frozen=True)
class PhraseSaid:
    """A business or online name of the register."""

    key: str
    near: bool
    is_online: bool
    place: tuple[int, int]


def find_groups(text: Text, groups: GroupColumns, names: NameColumns, begin: frozenset[str]) -> list[GroupSaid]:
    """`X lads`, `the X family`, `the Xs`, `X OCG`, in the order of the text; takes their words.

    `begin` are the words that whole names of groups begin with.
    """
    found: list[GroupSaid] = []
    for place, word in enumerate(text.folds):
        if len(found) >= MOST:
            break
        telling = place not in text.taken and word not in EVERYDAY
        said = None
        if word in FAMILY_WORDS and place - 1 not in text.taken:
            said = _before_family(text, place, groups, names)
        elif telling and text.before(place, 1) == ["the"]:
            said = _the_plural(text, place, groups, names)
        if said is None and telling and word in begin:
            said = _whole(text, place, groups)
        if said is not None and text.is_free(said.first, said.last):
            found.append(replace(said, company=_is_company(text, said.first)))
            text.take(said.first, said.last)
    return found


def _before_family(text: Text, place: int, groups: GroupColumns, names: NameColumns) -> GroupSaid | None:
    """The one to three words before `lads`, `family` and so on."""
    for count in (3, 2, 1):
        first = place - count
        if not text.joined(first, place) or not text.is_free(first, place):
            continue
        words = [text.folded(one) for one in range(first, place)]
        if words[0] in {"the", "of", "a", "them", "those", "one"}:
            continue
        core = " ".join(words)
        if count == 1 and core in EVERYDAY and not _is_meant(text, first, place):
            continue
        cores = _cores(core, groups) if core not in EVERYDAY or groups.core.count(core) else ()
        surnames = _surnames(words[0], names) if count == 1 else ()
        if count > 1 and not cores:
            continue
        if cores or surnames:
            return GroupSaid(cores, surnames, f"{core} {text.folded(place)}", first, place)
    following = text.folded(place + 1)
    if text.folded(place) in _SAID_FIRST and following not in EVERYDAY and text.joined(place, place + 1):
        cores = _cores(following, groups)
        if following in names.surname and cores and cores[0][1] == 1.0:  # Family Larch, as much of Europe says it
            return GroupSaid(cores, _surnames(following, names), f"{following} {text.folded(place)}", place, place + 1)
    if text.after(place, 1) in (["called"], ["named"]) and text.joined(place, place + 2):
        word = text.folded(place + 2)
        return GroupSaid(_cores(word, groups), _surnames(word, names), word, place + 2, place + 2)
    return None


def _is_meant(text: Text, first: int, family: int) -> bool:
    """Whether an everyday word before `lads` or `family` is a name: young lads are no family called Young."""
    if text.reading.tells_case:
        return text.words[first].capital and text.joined(first - 1, first)
    return text.before(first, 1) == ["the"] and text.folded(family) in {"family", "brothers", "ocg", "clan", "mob"}


def _is_company(text: Text, first: int) -> bool:
    """Whether a family is named for whom somebody keeps company with: `he is one of the`, `in with the`."""
    before = [word for word in text.before(first, 7) if word != "the"]
    if before[:1] and before[0] in {"with", "for", "alongside"}:
        return True
    of = before[:2] in (["of", "one"], ["of", "part"], ["of", "member"], ["of", "some"]) or before[:1] in (
        ["from"],
        ["in"],
    )
    return of and bool({"he", "hes", "she", "shes", "is", "theyre", "they"} & set(before[1:]))


def _the_plural(text: Text, place: int, groups: GroupColumns, names: NameColumns) -> GroupSaid | None:
    """`the Larches`: a plural after `the`, where it is a group or the plural of a surname."""
    word = text.folded(place)
    if text.folded(place + 1) in FAMILY_WORDS and text.joined(place, place + 1):
        return None
    if not word.endswith("s") or len(word) < 4:
        return None
    singles = [single for single in (word[:-1], word[:-2] if word.endswith("es") else "") if single]
    surnames: dict[str, float] = {}
    for single in (word, *singles):
        for other, near in _surnames(single, names):
            surnames[other] = max(surnames.get(other, 0.0), near)
    best = max(surnames.values(), default=0.0)
    kept = tuple(
        sorted(
            ((other, near) for other, near in surnames.items() if near >= best - 0.1), key=lambda one: (-one[1], one[0])
        )
    )
    cores = _cores(word, groups) or next((one for single in singles if (one := _cores(single, groups))), ())
    return GroupSaid(cores, kept[:12], word, place, place) if cores or kept else None


def _whole(text: Text, place: int, groups: GroupColumns) -> GroupSaid | None:
    """A group by its whole name of two or more words, or a short one that is its own (`RSQ`)."""
    for count in range(text.free_run(place, 4), 0, -1):
        last = place + count - 1
        key = " ".join(text.folds[place : last + 1])
        if count > 1 and text.folded(last) in FAMILY_WORDS and _core_of(key) in groups.core:
            continue  # `_before_family` finds it, and whoever else is called so
        if key in groups.whole and (count > 1 or groups.whole.count(key) <= 3):
            return GroupSaid(((key, 1.0),), (), key, place, last)
    return None


def _core_of(key: str) -> str:
    return " ".join(word for word in key.split() if word not in GENERIC)


def _cores(core: str, groups: GroupColumns) -> tuple[tuple[str, float], ...]:
    if core in groups.core:
        return ((core, 1.0),)
    joined = core.replace(" ", "")
    if joined in groups.joined:
        return ((groups.joined[joined], 0.95),)
    if len(joined) < 4:
        return ()
    near = groups.near_core.near(joined, most=1 if len(joined) < 7 else 2)
    best = near[0][1] if near else 0
    return tuple((groups.joined[one], 0.8 if distance == 1 else 0.65) for one, distance in near if distance == best)[:8]


def _surnames(word: str, names: NameColumns) -> tuple[tuple[str, float], ...]:
    if word in EMPTY and word not in names.surname:
        return ()
    return tuple((one.word, one.closeness) for one in names.likely(word) if one.word in names.surname)


def find_phrases(text: Text, phrases: PhraseColumns, begin: Beginnings) -> list[PhraseSaid]:
    """Businesses and online names of the register; takes their words."""
    found: list[PhraseSaid] = []
    looked_up = 0
    for place, word in enumerate(text.folds):
        if len(found) >= MOST or not phrases.joined:
            break
        if word in COMMON and word not in phrases.first_words:
            continue
        begins, first = begin.business_at(word), word in phrases.first_words
        for count in range(text.free_run(place, 5), 0, -1):
            last = place + count - 1
            # Misspelt words may be a business where the last is one that businesses end with, or the first begins one.
            likely = count > 1 and looked_up < MOST_LOOKED_UP and (first or text.folds[last] in phrases.last_words)
            if not (begins or likely):
                continue
            joined = "".join(text.folds[place : last + 1])
            key = phrases.joined.get(joined, "")
            near = False
            if not key and likely and len(joined) >= 8:
                looked_up += 1
                close = phrases.near.near(joined, most=2 if len(joined) > 10 else 1)
                key, near = (phrases.joined[close[0][0]], True) if close else ("", False)
            if key and (count > 1 or key not in EVERYDAY):
                found.append(PhraseSaid(key, near, False, text.span(place, last)))
                text.take(place, last)
                break
    for place, folded in enumerate(text.folds):
        if folded in HOUSES and len(found) < MOST:
            house = _house(text, place, phrases)
            if house is not None:
                found.append(house)
    if len(phrases.online):
        for match in _HANDLE.finditer(text.reading.flat):
            key = bare_key(match[1])
            if key in phrases.online and key not in EVERYDAY and len(found) < 2 * MOST:
                start, end = text.reading.places[match.start(1)], text.reading.end_of(match.end(1))
                found.append(PhraseSaid(key, False, True, (start, end)))
                text.take(text.reading.word_at(start), max(text.reading.word_at(start), text.reading.word_at(end) - 1))
    return found


def _house(text: Text, last: int, phrases: PhraseColumns) -> PhraseSaid | None:
    """`The Red Lion pub`: a house of the register, or one that is marked and is no evidence; takes its words."""
    for first in (last - 3, last - 2, last - 1):
        if not text.joined(first, last) or not text.is_free(first, last):
            continue
        words = [text.folded(one) for one in range(first, last)]
        key = phrases.of_house.get(house_of(words), "")
        named = text.before(first, 1) == ["the"] and words[0] != "the" and not EMPTY.issuperset(words)
        unknown = named and len(words) < 3 and any(word not in EVERYDAY for word in words) and words[0] not in _NO_HOUSE
        if key or unknown:
            text.take(first, last)
            return PhraseSaid(key or " ".join(words), False, False, text.span(first, last))
    return None
