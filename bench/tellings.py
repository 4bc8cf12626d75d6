"""Simulated reports with a known origin: originals, near-copies, retellings, and others about the same people.

`python -m bench.tellings` prints how many pairs of one origin are found, and how many that are not.

Invented people and places; telephone numbers of Ofcom's drama range, plates of no issued form. Two who tell of the same
event independently share its facts, and now and then a turn of phrase, but not their words: that is what must be told
apart from one telling that went round.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from bench.told_words import (
    CARS,
    CLOSINGS,
    DETAILS,
    EVENTS,
    FRAMES,
    GIVEN,
    GOODS,
    NICKNAMES,
    OPENINGS,
    PLACES,
    SAID_FOR,
    STREETS,
    SURNAMES,
    TEXT_SPEAK,
)
from triage.linking.origins.shelf import Shelf

SEED_DEVELOPMENT, SEED_TEST = 11, 2026


class Kind(StrEnum):
    """How a report came about."""

    ORIGINAL = "original"
    NEAR_COPY = "near-copy"
    RETELLING = "retelling"


@dataclass(frozen=True)
class Told:
    """One report: its words, the telling it goes back to, and the person it is about."""

    text: str
    origin: int
    subject: int
    kind: Kind


@dataclass(frozen=True)
class _Subject:
    called: tuple[str, ...]
    street: str
    place: str
    car: str
    plate: str
    phone: str
    goods: str
    events: tuple[str, ...]


def tellings(seed: int = SEED_DEVELOPMENT, subjects: int = 200) -> tuple[Told, ...]:
    """About 17 reports for every two people told of, in the order of chance."""
    draw = random.Random(seed)
    found: list[Told] = []
    origin = 0
    for number in range(subjects):
        subject, used = _subject(draw), set[str]()
        for _ in range(draw.randint(3, 5)):
            text = _original(subject, used, draw)
            found.append(Told(text, origin, number, Kind.ORIGINAL))
            if draw.random() < 0.5:
                found += [
                    Told(_near_copy(text, draw), origin, number, Kind.NEAR_COPY) for _ in range(draw.randint(1, 3))
                ]
            elif draw.random() < 0.6:
                found += [
                    Told(_retelling(text, draw), origin, number, Kind.RETELLING) for _ in range(draw.randint(1, 2))
                ]
            origin += 1
    draw.shuffle(found)
    return tuple(found)


def _subject(draw: random.Random) -> _Subject:
    given, surname, nickname = draw.choice(GIVEN), draw.choice(SURNAMES), draw.choice(NICKNAMES)
    called = (f"{given} {surname}", nickname, f"{given} {surname} known as {nickname}", given, f"one of the {surname}s")
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    plate = f"{draw.choice(letters)}Q{draw.choice(('00', '01'))} {''.join(draw.choices(letters, k=3))}"
    return _Subject(
        called,
        f"{draw.randint(1, 140)} {draw.choice(STREETS)}" if draw.random() < 0.5 else draw.choice(STREETS),
        draw.choice(PLACES),
        draw.choice(CARS),
        plate,
        f"07700 900{draw.randint(0, 999):03}",
        draw.choice(GOODS),
        tuple(draw.sample(sorted(EVENTS), k=4)),
    )


def _original(subject: _Subject, used: set[str], draw: random.Random) -> str:
    """What one of several tellers says; nobody puts it as another of them did."""
    events = draw.sample(subject.events, k=draw.choices((1, 2, 3, 4), weights=(2, 5, 4, 1))[0])
    ways = [draw.choice([way for way in EVENTS[event] if way not in used]) for event in events]
    used.update(ways)
    said = [
        (f"{way}, {draw.choice(DETAILS)}" if draw.random() < 0.6 else way).format(
            who=draw.choice(subject.called),
            street=subject.street,
            place=subject.place,
            car=subject.car,
            plate=subject.plate if draw.random() < 0.7 else subject.plate.rpartition(" ")[2],
            phone=subject.phone if draw.random() < 0.7 else f"ending {subject.phone[-4:]}",
            goods=subject.goods,
        )
        for way in ways
    ]
    parts = [draw.choice(OPENINGS), *(one[0].upper() + one[1:] + "." for one in said), draw.choice(CLOSINGS)]
    text = " ".join(part for part in parts if part)
    match draw.randrange(8):
        case 0:
            return text.lower().replace(".", "")
        case 1:
            return text.upper()
        case 2:
            return _in_text_speak(text)
        case _:
            return text


def _near_copy(text: str, draw: random.Random) -> str:
    """The same words sent again: a slip or two, a word gone or changed, another ending, other capitals."""
    words = text.split()
    for _ in range(draw.randint(0, max(1, len(words) // 15))):
        place = draw.randrange(len(words))
        word = words[place]
        match draw.randrange(3):
            case 0 if len(word) > 4:
                at = draw.randrange(1, len(word) - 2)
                words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case 1 if len(words) > 8:
                del words[place]
            case _:
                words[place] = SAID_FOR.get(word, word)
    copy = " ".join(words)
    if draw.random() < 0.25:
        copy = f"{draw.choice([one for one in OPENINGS if one])} {copy}"
    if draw.random() < 0.25:
        copy = f"{copy} {draw.choice([one for one in CLOSINGS if one])}"
    if draw.random() < 0.2:
        copy = copy.upper() if draw.random() < 0.3 else copy.lower()
    return f"Fwd: {copy}" if draw.random() < 0.1 else copy


def _retelling(text: str, draw: random.Random) -> str:
    """Passed on by another mouth: in another order, with other words, something left out, something of their own."""
    told = text.lower() if text.isupper() else text
    sentences = [one.strip() for one in told.replace("?", ".").split(".") if one.strip()]
    kept = [one for one in sentences if one not in "".join((*OPENINGS, *CLOSINGS)).replace(".", "")] or sentences
    draw.shuffle(kept)
    if len(kept) > 2 and draw.random() < 0.2:
        kept.pop()
    for word, other in SAID_FOR.items():
        if draw.random() < 0.7:
            kept = [one.replace(f" {word} ", f" {other} ") for one in kept]
    dropped = [" ".join(word for word in one.split() if draw.random() > 0.12) for one in kept]
    if draw.random() < 0.4:
        dropped.insert(draw.randrange(len(dropped) + 1), draw.choice(DETAILS))
    frame = draw.choice(FRAMES)
    retold = f"{frame} {'. '.join(dropped)}".strip()
    if draw.random() < 0.5:
        retold = f"{retold}. {draw.choice([one for one in CLOSINGS if one])}"
    return _in_text_speak(retold) if draw.random() < 0.2 else retold


def _in_text_speak(text: str) -> str:
    return " ".join(TEXT_SPEAK.get(word.lower(), word) for word in text.split())


@dataclass(frozen=True)
class Measured:
    """Shares of the pairs of one origin that met, of the pairs that met which are right, and what it cost.

    What it cost is time of the processor, so that a busy machine gives the same figure as an idle one.
    """

    near_copies: float
    retellings: float
    precision: float
    independent_pairs: int
    independent_merged: int
    ms_a_report: float


def measured(told: Sequence[Told]) -> Measured:
    """Compare the reports as the program does, and count pair by pair."""
    shelf = Shelf(UUID(int=0))
    began = time.process_time()
    for number, one in enumerate(told):
        shelf.put(UUID(int=number), one.text)
    met = {frozenset((number, other.int)) for number in range(len(told)) for other, _ in shelf.alike(UUID(int=number))}
    seconds = time.process_time() - began
    of_subject: dict[int, list[int]] = {}
    for number, one in enumerate(told):
        of_subject.setdefault(one.subject, []).append(number)
    near, retold, independent = [], [], []
    for numbers in of_subject.values():
        for pair in map(frozenset, combinations(numbers, 2)):
            one, other = (told[number] for number in pair)
            if one.origin != other.origin:
                independent.append(pair in met)
            elif Kind.RETELLING in {one.kind, other.kind}:
                retold.append(pair in met)
            else:
                near.append(pair in met)
    right = sum(near) + sum(retold)
    return Measured(
        near_copies=sum(near) / len(near),
        retellings=sum(retold) / len(retold),
        precision=right / len(met),
        independent_pairs=len(independent),
        independent_merged=sum(independent),
        ms_a_report=seconds / len(told) * 1000,
    )


def main() -> None:
    """Print the figures of both seeds; nothing was tuned on the second."""
    for name, seed in (("development", SEED_DEVELOPMENT), ("test", SEED_TEST)):
        told = tellings(seed)
        print(f"{name}: {len(told):,} reports, {measured(told)}")


if __name__ == "__main__":
    main()
