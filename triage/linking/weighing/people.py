"""What a name said in a report is worth to the people it may be the name of."""

from dataclasses import dataclass

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.names import NameColumns
from triage.linking.columns.postings import Bits, Numbers, Postings
from triage.linking.evidence import Evidence
from triage.linking.reading import key_of
from triage.linking.spotting.names_said import NameSaid, NameWord
from triage.linking.weighing.fits import worth
from triage.linking.words import EMPTY, PARTICLES

# How often the one meant is named in this way, where the words have this shape; and how often anybody is.
_FULL, _INITIAL, _NICK, _SURNAME, _GIVEN, _CALLED = 5, 4, 3, 2, 1, 0
_EVIDENCE = (
    Evidence.NICKNAME,
    Evidence.GIVEN_NAME,
    Evidence.SURNAME,
    Evidence.NICKNAME,
    Evidence.INITIAL,
    Evidence.FULL_NAME,
)
_MEANT_OF_MANY = {_FULL: 0.7, _INITIAL: 0.5, _NICK: 0.5, _SURNAME: 0.035, _GIVEN: 0.03, _CALLED: 0.03}
_MEANT_OF_ONE = {_FULL: 0.3, _INITIAL: 0.3, _NICK: 0.45, _SURNAME: 0.12, _GIVEN: 0.4, _CALLED: 0.1}
_MEANT_OF_TITLE = {_FULL: 0.3, _INITIAL: 0.3, _NICK: 0.05, _SURNAME: 0.9, _GIVEN: 0.1, _CALLED: 0.03}
_USUAL = {_FULL: 3e-5, _INITIAL: 1e-4, _NICK: 3e-4, _SURNAME: 8e-4, _GIVEN: 4e-3, _CALLED: 1e-3}
_CLOSENESS_MEANT = ((0.99, 1.0), (0.96, 0.5), (0.93, 0.28), (0.84, 0.2), (0.74, 0.16), (0.0, 0.06))
_MOST_LETTERED = 8_000  # people of one given name whose surnames are looked at
_OTHER_LETTER = 0.8
_OF_ANOTHER = 0.125  # of the chance to be called by one's surname and another given name, where somebody bears both
_LEFT_OUT = 0.85
_SLIP_BELOW = 0.985
_LIGHT = EMPTY | PARTICLES
MISSED_MANY, MISSED_ONE = 0.06, 0.25  # how often the one meant is called what the register does not know


@dataclass(frozen=True)
class NameFit:
    """Whom one name fits: people in rising order, log2(m/u), how many others fit as well, and how."""

    said: NameSaid
    owners: Numbers
    bits: Bits
    others: Numbers
    kinds: Numbers
    near: Numbers
    missed: float  # bits of everybody else
    is_somebodys: bool = False  # a full name, and exactly that of somebody on the register

    def at(self, owner: int) -> int:
        """Where an owner stands; -1 where the name does not fit them."""
        place = int(np.searchsorted(self.owners, owner))
        return place if place < len(self.owners) and self.owners[place] == owner else -1

    def evidence(self, place: int) -> Evidence:
        return _EVIDENCE[int(self.kinds[place])]

    def names(self, owner: int) -> bool:
        """Whether it names an owner by full name, initial and surname or nickname, not by one word of several."""
        place = self.at(owner)
        return place >= 0 and int(self.kinds[place]) >= _NICK

    def by_whole(self) -> Numbers:
        """Places of those it fits as a whole, where there are such; else of all."""
        whole = self.kinds >= _INITIAL
        if self.is_somebodys:
            whole &= self.near == 0
        return np.flatnonzero(whole if whole.any() else self.bits > 0).astype(np.int32)

    def plainly(self) -> Numbers:
        """Owners whose name this is: in full or a nickname, with no slip."""
        owners: Numbers = self.owners[(self.near == 0) & ((self.kinds == _FULL) | (self.kinds == _NICK))]
        return owners


def weigh_name(said: NameSaid, register: Register) -> NameFit:
    """Everybody a name fits, in whole or in part."""
    names, size = register.names, register.size
    rank = np.zeros(size, np.float32)  # class + closeness, the better the higher; 0 where nothing fits
    words = said.words
    letter = words[-1].folded if len(words) == 2 and len(words[-1].folded) == 1 else ""
    if letter:
        words = words[:1]  # Mohammed K
    many = len(words) > 1
    called = [_called(word, names, size) for word in words]
    for place, word in enumerate(words):
        _rank(rank, _CALLED, *_levels(word, (names.called,), near=True))
        _rank(rank, _GIVEN, *_lettered(*_levels(word, (names.first,), near=True), letter, register))
        owners, near = _levels(word, (names.surname,), near=True)
        _rank(rank, _SURNAME, owners, near)
        if many:
            _pair(rank, place, words, called, owners, near, names)
    if len(words) > 2:
        _cover(rank, words, called, names)
    for phrase, near_phrase in said.nicknames:
        if len(phrase.split()) == len([word for word in words if len(word.folded) > 1]) or not many:
            _rank(rank, _NICK, names.nickname.of(phrase), near_phrase)
        elif len(phrase.split()) > 1:
            _rank(rank, _NICK, names.nickname.of(phrase), near_phrase * 0.9)
    if many:  # written apart: Abdul Rahman for Abdulrahman
        joined = NameWord("", tuple(names.likely("".join(word.folded for word in words[:2]))))
        for one in joined.likely:
            if one.closeness >= 0.9:
                _rank(rank, _GIVEN, names.first.of(one.word), one.closeness * 0.95)
    return _counted(said, rank, register, many=many)


def _lettered(owners: Numbers, near: Bits, letter: str, register: Register) -> tuple[Numbers, Bits]:
    """Of those who bear a given name, the ones whose surname begins with a letter stay as near; the others do not."""
    if not letter or not len(owners) or len(owners) > _MOST_LETTERED:
        return owners, near
    begins = [key_of(register.people[owner].surname).startswith(letter) for owner in owners.tolist()]
    return owners, np.where(begins, near, near * _OTHER_LETTER).astype(np.float32)


def _cover(rank: Bits, words: tuple[NameWord, ...], called: list[Bits], names: NameColumns) -> None:
    """Of three words and more, whoever bears only two of them is less likely meant: Thomas beside Trevor Thomas."""
    telling = [place for place, word in enumerate(words) if len(word.folded) > 1 and word.folded not in _LIGHT]
    owners = np.flatnonzero(rank >= _FULL)
    if len(telling) < 3 or not len(owners):
        return
    told = np.zeros(len(owners), np.int32)
    for place in telling:
        surnames, _ = _levels(words[place], (names.surname,), near=True)
        told += (called[place][owners] > 0) | np.isin(owners, surnames)
    left_out = owners[told < told.max()]
    rank[left_out] = _FULL + (rank[left_out] - _FULL) * _LEFT_OUT


def _called(word: NameWord, names: NameColumns, size: int) -> Bits:
    """How closely a word is a given name, a middle name or a nickname of each person."""
    found = np.zeros(size, np.float32)
    for postings, share in ((names.middle, 0.8), (names.called, 1.0), (names.first, 1.0)):
        for one in word.likely:
            owners = postings.of(one.word)
            found[owners] = np.maximum(found[owners], one.closeness * share)
    return found


def _levels(word: NameWord, postings: tuple[Postings, ...], *, near: bool) -> tuple[Numbers, Bits]:
    people, levels = [], []
    for one in word.likely if near else word.likely[:1]:
        for column in postings:
            owners = column.of(one.word)
            if len(owners):
                people.append(owners)
                levels.append(np.full(len(owners), one.closeness, np.float32))
    if not people:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    return np.concatenate(people), np.concatenate(levels)


def _rank(rank: Bits, kind: int, owners: Numbers, near: Bits | float) -> None:
    if len(owners):
        np.maximum.at(rank, owners, kind + np.asarray(near, np.float32) * 0.98 + 0.01)


def _pair(
    rank: Bits,
    place: int,
    words: tuple[NameWord, ...],
    called: list[Bits],
    owners: Numbers,
    near: Bits,
    names: NameColumns,
) -> None:
    """Full names: one word a surname, another what that person is called; the order may be turned round."""
    if not len(owners):
        for word in words:
            if len(word.folded) == 1:
                continue
    best = np.zeros(len(owners), np.float32)
    more = np.zeros(len(owners), np.float32)
    for other, closeness in enumerate(called):
        if other == place or (other > place and words[place].folded in EMPTY):
            continue  # Black Jimmy is no Jimmy Black
        theirs = closeness[owners] * (1.0 if other < place else 0.92)
        more += (theirs > 0) & (best > 0)
        best = np.maximum(best, theirs)
    full = best > 0
    if full.any():
        level = near[full] * best[full]
        np.maximum.at(rank, owners[full], _FULL + np.minimum(level * 0.9 + 0.09 * more[full], 0.99))
    for other, word in enumerate(words):
        if len(word.folded) == 1 and other != place:
            for one in words[place].likely:
                _rank(rank, _INITIAL, names.initials.of(f"{word.folded} {one.word}"), one.closeness)


def _together(groups: Numbers) -> int:
    """How many of these people at most are in one group: they bear one name because they are one family."""
    known = groups[groups >= 0]
    return int(np.unique(known, return_counts=True)[1].max()) if len(known) else 1


def _counted(said: NameSaid, rank: Bits, register: Register, *, many: bool) -> NameFit:
    """Turn ranks into bits: u is how many fit this well or better."""
    size = register.size
    owners = np.flatnonzero(rank > 0).astype(np.int32)
    kinds = np.floor(rank[owners]).astype(np.int32)
    near = ((rank[owners] - kinds) - 0.01) / 0.98
    near[kinds == _FULL] = np.minimum((rank[owners] - kinds)[kinds == _FULL] / 0.9, 1.0)
    bits, others = np.zeros(len(owners), np.float32), np.zeros(len(owners), np.int32)
    meant_of = _MEANT_OF_TITLE if said.title and not many else _MEANT_OF_MANY if many else _MEANT_OF_ONE
    rounded = np.round(near, 2)
    slip = (near < _SLIP_BELOW).astype(np.int32)
    is_somebodys = many and bool(((kinds == _FULL) & (slip == 0)).any())
    for kind in np.unique(kinds):
        of_kind = kinds == kind
        for level in np.unique(rounded[of_kind]):
            same = of_kind & (rounded == level)
            # of one word, who fits as a nickname does not stand in the way of who fits as a surname
            as_well = int(((rounded >= level) & of_kind).sum() + (kinds > kind).sum() * many)
            rarer = _OF_ANOTHER if is_somebodys and kind < _NICK else 1.0
            meant = rarer * meant_of[int(kind)] * next(share for least, share in _CLOSENESS_MEANT if level >= least)
            kin = _together(register.group_of[owners[of_kind & (rounded >= level)]]) if kind == _FULL else 1
            bits[same] = worth(meant, as_well, max(size, 1), _USUAL[int(kind)], together=kin)
            others[same] = as_well - 1
    missed = float(np.log2(MISSED_MANY if many else MISSED_ONE))
    return NameFit(said, owners, bits, others, kinds, slip, missed, is_somebodys)
