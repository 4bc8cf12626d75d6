"""Who is named but is no subject: the teller's own people, the police, whoever was told or was harmed."""

import re

from triage.linking.columns.groups import HOUSES
from triage.linking.ordinary import COMMON, EVERYDAY, KIN, NEIGHBOURLY, POLICE, SEEN
from triage.linking.spotting.tellers import makes_demands, orders, where_from
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, STREET_WORDS, words_of

_MINE = frozenset(["my", "our", "me"])
_TOLD = words_of("told tell told phoned emailed spoke informed")
_FRIENDLY = words_of("friend mate pal")
_OTHERS = words_of("his her their hers a")  # whose friend it is, where it is not the teller's
_SAW = words_of("told saw seen see sees says said saying heard confirmed reported witnessed logged")
_SELF = words_of("he she hes shes himself herself")
_SAID_BEFORE = words_of("old poor neighbour neighbor resident neighbouring")
_PLACED = words_of("area estate street road town")
_HARMS = words_of("robbed attacked stabbed mugged burgled assaulted victim victims")
_THANKED = words_of("cheers thanks thx ta shout props")
_ACCUSES = re.compile(
    r"(?:(?:and|who|that|he|hes|she|shes|is|has|been|was|are|have|also|always|just|keeps|now|a|the|who|whos|drug|local|out"
    r"|there|still|openly|in|on|it|with|them) )*"
    r"(?:deal|deals|dealing|dealt|dealer|dealers|sell|sells|selling|sold|supplies|supplying|supplier|robs|robbing|robber"
    r"|nicks|nicking|steals|stealing|burgles|shots|shotting|smuggles|smuggling|traffics|trafficking|launders|laundering"
    r"|grows|growing|pimps|cuckoos|beats|hits|abuses|carries|hides|stashes|has a gun|got a gun|gun|knife)\b"
)
_TREES = words_of("tree trees hedge hedges bush bushes sapling saplings")
_A_TREE = words_of("a an my our your that this two three some big old")
_KNOWN = NEIGHBOURLY | _FRIENDLY
_BEFORE = frozenset({*_MINE, *_KNOWN, *_THANKED, *_TOLD, *_HARMS, *POLICE, "poor", "victim", "by", "from"})


def find_apart(text: Text) -> list[tuple[int, int]]:
    """First and last words of names that are no subject's; takes their words."""
    found: list[tuple[int, int]] = []
    for place, word in enumerate(text.folds):
        if word in _TREES and _is_tree(text, place):
            found.append((place - 1, place - 1))
            text.take(place - 1, place - 1)
        if word not in _BEFORE or not (following := text.after(place, 5)):
            continue
        start = -1
        if word in _MINE:
            start = _after_kin(text, place) or -1
            if start < 0 and word == "our" and _is_named(text, place + 1) and following[0] not in _PLACED:
                start = place + 1  # our Kev, as the north of England speaks of its own
        elif word in _KNOWN and not _OTHERS.intersection(text.before(place, 2)):
            start = place + 1 if _is_named(text, place + 1) and _tells(text, place + 1) else -1
        elif word in _THANKED and following[0] == "to":
            start = place + 2
        elif word == "poor" and _is_named(text, place + 1):
            start = place + 1
        elif word in _TOLD and following[0] in {"me", "us", "my"}:
            start = _teller_before(text, place)
        elif word in POLICE and following[0] not in EVERYDAY:
            start = place + 1
        elif word in POLICE and following[0] in {"called", "named"}:
            start = place + 2
        elif (
            (word in _TOLD and _was_told(text, place))
            or (word == "victim" and following[0] not in EVERYDAY)
            or (word in _HARMS and _is_named(text, place + 1 + (following[0] in {"old", "poor"})))
            or (word in {"by", "from"} and _SAW.intersection(text.before(place, 1)))
        ):
            start = place + 1 + (following[0] in _SAID_BEFORE)
        if start >= 0:
            last = _name_end(text, start)
            if last >= start and text.is_free(start, last):
                found.append((start, last))
                text.take(start, last)
    return found


def _is_tree(text: Text, place: int) -> bool:
    """Whether the name before `tree` is what the tree is called: `a larch tree`; the Rowan Tree may be a pub."""
    if not text.before(place, 1) or not _is_named(text, place - 1) or not text.is_free(place - 1, place - 1):
        return False
    if STREET_WORDS.union(HOUSES).intersection(text.after(place, 1)):
        return False
    return text.folded(place).endswith("s") or bool(_A_TREE.intersection(text.before(place, 4)[1:]))


def _tells(text: Text, start: int) -> bool:
    """Whether the name that begins at a place saw or told something."""
    last = _name_end(text, start)
    return last >= start and bool(_SAW.intersection(text.after(last, 2)))


def _teller_before(text: Text, told: int) -> int:
    """Where the name begins of whoever `told me`; -1 where nobody is, or it was said of himself or as a threat."""
    if _SELF.intersection(text.after(told + 1, 2)) or makes_demands(text, told):
        return -1
    last = told - 1 - where_from(text, told)
    if not text.joined(max(last, 0), told) or last < 0 or not _is_named(text, last):
        return -1
    return last - 1 if text.joined(max(last - 1, 0), last) and _is_named(text, last - 1) else last


def _was_told(text: Text, told: int) -> bool:
    """Whether I told somebody who is named, and not to stop it."""
    if text.before(told, 1) not in (["i"], ["we"], ["ive"]) or not _is_named(text, told + 1):
        return False
    return not orders(text.after(max(told + 1, _name_end(text, told + 1)), 3))


def _is_named(text: Text, place: int) -> bool:
    """Whether a name seems to begin at a place, after `old` perhaps."""
    word = text.folded(place)
    return bool(word) and word.isalpha() and word not in EVERYDAY


def _after_kin(text: Text, place: int) -> int:
    """Where the name begins after `my daughter` or `my mate`; 0 where the words go on to accuse that person."""
    for step in (1, 2, 3):
        word = text.folded(place + step)
        if not text.joined(place, place + step):
            return 0
        if word in KIN or word in NEIGHBOURLY:
            start = place + step + 1
            while text.folded(start) in {"called", "named", "name", "is"} and text.joined(place, start):
                start += 1
            if text.folded(start) in {"in", "old", "year"} or not text.joined(place, start):
                continue
            last = _name_end(text, start)
            if last < start:
                continue
            if _ACCUSES.match(" ".join(text.after(last, 8))):
                return 0
            tells = SEEN.intersection(text.after(last, 5))
            return start if word not in NEIGHBOURLY or tells else 0
    return 0


def _name_end(text: Text, start: int) -> int:
    last = start - 1
    for place in range(start, min(start + 2, len(text.words))):
        word = text.folded(place)
        if not text.joined(start, place) or word in COMMON or (word in EMPTY and place > start) or not word.isalpha():
            break
        if place > start and text.listed[place]:
            break
        last = place
    return last
