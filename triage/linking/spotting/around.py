"""What stands around something that may be part of a plate or of a number, and says that it is part of one.

Which sentence comes first changes nothing: words of other sentences count only as being somewhere in the text.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from triage.linking.spotting.text import Text
from triage.linking.words import words_of

NEAR, FAR = 4, 14  # words
NOWHERE = 99  # words away

_REACH = 8  # words from what says how something begins or ends to the part
_AWAY = 3  # of them words of any kind, where a verb says it
_STARTING = words_of(
    """start starts starting started begin begins beginning began commence commences commenced commencing opened"""
)
_ENDING = words_of("end ends ending ended endin finish finishes finishing finished closes closing concludes")
_FIRST = words_of("first 1st opening initial")
_LAST = words_of("last final concluding closing tail")
_INSIDE = words_of("middle midway halfway somewhere someplace inside centre")
# What may stand between “last” or “ends” and the part.
_BETWEEN = words_of(
    """with in is as was were are on at the a an it its letter letters digit digits number numbers figure figures
    character characters one ones two three four five 2 3 4 5 bit part half piece pair of be to reg plate i think
    da de di maybe probably like being line few couple they just only his her their phone mobile could might"""
)
# What may stand between the part and “the end”.
_LEADING = words_of(
    """from at on as is was were are the for being in its those these to thats my made up an a and it 2 3 da de di
    very far arse his her their other la mate love dear bro sis fam"""
)
_COUNTED = words_of(
    """end pair bit letters letter digits digit numbers number figures characters two three four couple few part half
    bits group lot set side hand 2 3 4"""
)
_OF_IT = words_of("it reg plate registration number phone mobile numberplate no num what")
_COUNTS = {
    "two": 2,
    "couple": 2,
    "pair": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    **{str(many): many for many in range(2, 6)},
}
# What ends or begins in or after so many: no plate and no number.
_ENDS_ITSELF = words_of("contract call shift school work job tenancy lease deal class party")
_SPACE = words_of("space gap")
# “The last three” is of a plate, “last night” is not.
_TIMES = words_of(
    """night nite week weeks weekend month months year years yr summer winter spring autumn time times day days monday
    tuesday wednesday thursday friday saturday sunday sat sun mon tues wed thu thurs fri minute hour house door place
    road street class floor aid thing name person man lad bus train stop christmas easter term evening morning"""
)
_UNSEEN = words_of(
    """x xx xxx xxxx xxxxx something somthing sumthing sumthin sumat summat sommat somat smth smthing blank blah unknown
    dunno idk dash dot whatever gap"""
)
_THEN_NOTHING = _UNSEEN | words_of("either nothing smoke more two three four some mud glare dirt its a i muck black")
_UNSURE = words_of(
    """rest remainder remember rember remembr rembr recall catch caught glimpse glimpsed clocked partial partially
    forget forgot missed smudged mud muddy muck only far fragment read reads figures characters digits see seen noted
    certain exactly wrote memory obscured hidden covered torn ripped wet smear smeared scratched survived half kept
    illegible unread cut"""
)
_SURELY_PART = words_of("rest remainder partial partially fragment")
_STARS = re.compile(r"[*_#?]{2,}|[*_#]")
_DOTS = re.compile(r"\.{2,}|…|- ?-|[-–—]{2,}")


class Edge(StrEnum):
    """Where in the whole a part stands, as its teller says."""

    START = "start"
    END = "end"
    INSIDE = "inside"


_EDGES = {
    **dict.fromkeys(_STARTING | _FIRST, Edge.START),
    **dict.fromkeys(_ENDING | _LAST, Edge.END),
}
_SPACED = {"before": Edge.START, "after": Edge.END}
_SIDES = {"back": Edge.END, "rear": Edge.END, "right": Edge.END, "front": Edge.START, "left": Edge.START}


@dataclass(frozen=True)
class Told:
    """What is said beside a part."""

    edge: Edge | None
    sure: bool  # of the edge: “ends in” or “the last three”, not “the last”
    gap: float  # signs or words for what was not seen, from 0 to 1.5
    goes_on: bool  # whether they stand after it

    @property
    def points(self) -> float:
        """What it counts for its being part of something, from 0 to 4."""
        return self.gap + (0.0 if self.edge is None else 1.0 if self.edge is Edge.INSIDE else 2.0) + 0.5 * self.sure


class Around:
    """The surroundings of the words of one text."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def anywhere(self) -> frozenset[str]:
        """Every word of the text, a cue with a slip put right."""
        return frozenset(self.text.cues)

    def says(self, cues: AbstractSet[str]) -> bool:
        """Whether one of these cues is anywhere in the text."""
        return not cues.isdisjoint(self.anywhere)

    def near(self, first: int, last: int, cues: AbstractSet[str]) -> int:
        """How many words away the nearest of these cues is in the sentence: 1 is beside it, NOWHERE is beyond FAR."""
        before = next((away for away, word in enumerate(self.text.before(first, FAR), 1) if word in cues), NOWHERE)
        after = next((away for away, word in enumerate(self.text.after(last, FAR), 1) if word in cues), NOWHERE)
        return min(before, after)

    def unsure(self, first: int, last: int) -> float:
        """From 0 to 1.5: whether the teller says that it is all they saw, kept or are sure of."""
        beside = {*self.text.before(first, FAR), *self.text.after(last, FAR)}
        said = 0.5 * len(beside & _UNSURE) + 0.5 * len(beside & _SURELY_PART)
        return min(1.5, said or 0.5 * self.says(_SURELY_PART))

    def is_counted(self, first: int, last: int, many: int) -> bool:
        """Whether close by stands how many signs there are, and so many there are: “the last two, 38”."""
        beside = (*self.text.before(first, NEAR), *self.text.after(last, NEAR))
        return many in {_COUNTS.get(word) for word in beside}

    def told(self, first: int, last: int) -> Told:
        """What is said beside words `first` to `last`."""
        left, right = self.text.before(first, 2), self.text.after(last, 4)
        before = 1.5 if _is_unseen(left, _UNSEEN) else _gap(self.text.between(first - 1), back=True)
        after = 1.5 if _is_unseen(right, _THEN_NOTHING) else _gap(self.text.between(last), back=False)
        edge = self.edge(first, last)
        sure = edge is not None and self._is_sure(first, last)
        if edge is None and bool(before) != bool(after):
            edge = Edge.END if before else Edge.START
        return Told(edge, sure, max(before, after), after > 0)

    def edge(self, first: int, last: int) -> Edge | None:
        """Where in the whole words `first` to `last` are said to stand; None where nothing says."""
        return self.edge_before(first) or self._edge_after(last)

    def _is_sure(self, first: int, last: int) -> bool:
        """Whether a verb says the edge with nothing between, or how many signs it is."""
        nearest = next((word for word in self.text.before(first, NEAR) if word not in _BETWEEN), "")
        if nearest in _STARTING or nearest in _ENDING:
            return True
        return not _COUNTED.isdisjoint((*self.text.before(first, 3), *self.text.after(last, 5)))

    def edge_before(self, first: int) -> Edge | None:
        """The same by the words before alone."""
        between: list[str] = []
        for word in self.text.before(first, _REACH):
            close = _BETWEEN.issuperset(between)
            if word in _INSIDE and close:
                return Edge.INSIDE
            if word in _SPACE and close:
                beyond = self.text.before(first, len(between) + NEAR)[len(between) + 1 :]
                return next((_SPACED[one] for one in beyond if one in _SPACED), None)
            if not _ENDS_ITSELF.isdisjoint(self.text.before(first - len(between) - 1, 1)):
                return None  # the contract ends in 24
            is_verb = word in _STARTING or word in _ENDING
            if word in _EDGES and (close or (is_verb and len(between) <= _AWAY)) and _TIMES.isdisjoint(between[-1:]):
                return _EDGES[word]
            between.append(word)
        return None

    def _edge_after(self, last: int) -> Edge | None:
        after = self.text.after(last, 8)
        led = next((place for place, word in enumerate(after) if word not in _LEADING), len(after))
        word, following = "".join(after[led : led + 1]), after[led + 1 : led + 4]
        if word in _INSIDE or after[:2] == ["in", "it"]:
            return Edge.INSIDE
        if not _TIMES.isdisjoint(following[:1]) or (following[:1] == ["of"] and _OF_IT.isdisjoint(following[1:])):
            return None
        counted = not _COUNTED.isdisjoint(following[:1])
        if word in _SIDES:  # the back of the car has a whole plate, the back half is part of one
            return (_SIDES[word] if counted else Edge.INSIDE) if led else None
        apart = last + led + 2 < len(self.text.listed) and self.text.listed[last + led + 2]  # “TBX last, a black van”
        return _EDGES.get(word) if led or counted or apart or not following else None


def _is_unseen(words: list[str], after_then: frozenset[str]) -> bool:
    """Whether the nearest words stand for signs that were not seen: `something`, `then mud`, `and blank`."""
    if not words or words[0] in _UNSEEN:
        return bool(words)
    if words[0] == "then":
        return not after_then.isdisjoint(words[1:2])
    if words[:2] == ["and", "then"]:
        return not after_then.isdisjoint(words[2:3])
    return words[0] in {"and", "or"} and not _UNSEEN.isdisjoint(words[1:3])


def _gap(signs: str, *, back: bool) -> float:
    """What the signs between two words say of signs not seen: stars more than dots, spaces nothing."""
    glued = not (signs.endswith(" ") if back else signs.startswith(" "))
    if _STARS.search(signs) or (signs in {"?", " ?"} and glued):
        return 1.5
    return 1.0 if glued and _DOTS.search(signs) else 0.0
