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

from triage.linking.origins.shelf import Shelf

SEED_DEVELOPMENT, SEED_TEST = 11, 2026

GIVEN = [
    "Darren", "Imran", "Kayleigh", "Tomasz", "Abdi", "Sharon", "Wesley", "Femi", "Ioana", "Besnik", "Craig", "Nasreen",
    "Declan", "Minh", "Jerome", "Yusuf",
]  # fmt: skip
SURNAMES = [
    "Hollis", "Mirza", "Brackley", "Wojcik", "Warsame", "Pendle", "Adeyemi", "Stanciu", "Hoxha", "Rudge", "Begum",
    "Tiernan", "Pham", "Knox", "Demir",
]  # fmt: skip
NICKNAMES = [
    "Spud", "the Ferret", "Big Daz", "Lanky", "Goldie", "Mad Mick", "the Vicar", "Biscuit", "Tiny", "Ginger Col",
    "Slim", "Papa", "Smiler", "Duke",
]  # fmt: skip
STREETS = [
    "Tanner Row", "Foundry Lane", "Loom Street", "Cresswell Road", "Kiln Close", "Harbour View", "Dyer Terrace",
    "Mill Brow",
]  # fmt: skip
PLACES = [
    "the Weavers Arms", "the old baths", "the car wash", "the bookies", "the playing field", "the underpass",
    "the garages",
]  # fmt: skip
CARS = ["a black Audi", "a silver Transit", "a white Golf", "a blue Corsa", "a grey BMW", "a red Fiesta"]
GOODS = ["weed", "coke", "pills", "spice", "stolen bikes", "knock-off cigarettes", "heroin"]

# What happened, and ways in which different people put it.
EVENTS: dict[str, tuple[str, ...]] = {
    "selling": (
        "{who} is selling {goods} out of the house on {street} day and night",
        "You can see people queue at {street} from tea time, it is {who} who serves them {goods}",
        "If anybody wants {goods} round here they go to {who} on {street}",
        "Buyers knock twice at the door in {street} and get handed {goods} by {who}",
        "{goods} dealing at {street}. Main man: {who}",
        "I know for certain {who} supplies {goods}, customers come to {street} on foot and by taxi",
    ),
    "car": (
        "{who} drives {car}, the plate is {plate}",
        "There is {car} parked across the pavement every evening, reg {plate}, it belongs to {who}",
        "Saw {who} loading heavy bags into {car} ({plate})",
        "Look for {car} with the number {plate}, that is what {who} gets about in",
        "Vehicle used by {who}: {car}, {plate}",
        "{car} {plate} collects {who} around eleven most nights with its lights off",
    ),
    "kids": (
        "{who} has lads of thirteen or fourteen carrying things on bikes to {place}",
        "School children are being used as runners, they meet {who} behind {place}",
        "My nephew was offered trainers by {who} near {place} if he would hold a parcel",
        "Youngsters in grey tracksuits hang about {place} and do errands for {who}",
        "It is not right what {who} makes those boys do at {place}",
        "Teenagers run packages between {place} and wherever {who} tells them",
    ),
    "threat": (
        "{who} told the shopkeeper his windows would go through unless he paid every Friday",
        "Everybody pays {who}, the ones that refuse get bricks or worse",
        "An old man on {street} was slapped by {who} for complaining about noise",
        "People are frightened to speak because {who} has a machete under the stairs",
        "{who} carries a knife and waves it at anyone who looks too long",
        "Shops near {place} hand over money weekly to {who}, I have watched it happen",
    ),
    "gun": (
        "There is a handgun wrapped in a towel in the loft at {street}, {who} showed it off at a christening",
        "{who} bragged about owning a shooter while drunk in {place}",
        "Someone heard two bangs by {place} and then {who} running with something in his sleeve",
        "I believe {who} hides a firearm somewhere near {place}",
        "{who} keeps a gun. Do not go there without thinking",
        "A pistol was passed to {who} from a van window outside {place}",
    ),
    "phone": (
        "The number to ring is {phone}, {who} answers himself",
        "{who} texts everyone on Thursdays from {phone} with prices",
        "Ask your experts to check {phone}, it is the line {who} uses for orders",
        "{phone} is written on the toilet wall of {place}, belongs to {who}",
        "I have been getting messages from {phone} offering a deal, my neighbour says that is {who}",
        "Work phone of {who}: {phone}",
    ),
    "cash": (
        "{who} bought two flats with cash and has never had a job",
        "How does somebody on benefits like {who} afford a Rolex and holidays in Dubai",
        "Bundles of notes get counted in the back room at {place}, {who} brings them in a rucksack",
        "{who} launders through {place}, it is always empty yet the till is full",
        "Money from all this goes to {who}, who owns half of {street} by now",
        "The takings are driven to {who} on Sunday mornings in a sports bag",
    ),
    "woman": (
        "A young woman who speaks no English is kept upstairs at {street} and {who} has her passport",
        "Different men visit the girl at {street} every hour, {who} waits outside",
        "I am worried for a foreign lady, {who} shouts at her and she is never let out alone",
        "{who} takes wages off the workers at {place}, they sleep ten to a room",
        "Girls are moved by {who} between addresses, one is {street}",
        "There is a lass crying at night in the back bedroom in {street}, {who} locks the door",
    ),
}  # fmt: skip
OPENINGS = (
    "", "", "", "Hello, I would like to report something.", "I am writing because I cannot stand by any longer.",
    "Please do not say where this came from.", "to whom it may concern", "Right so.", "This has gone on since spring.",
    "Not sure if this is for you but", "I live nearby and have two small ones.", "INFO:",
)  # fmt: skip
CLOSINGS = (
    "", "", "", "Please do something before somebody is killed.", "I will not give my name.", "Thank you for reading.",
    "The council have been told and did nothing.", "They are all scared of that family.", "Be careful.",
    "It gets worse at weekends.", "hope this helps", "I could lose my home over this.",
)  # fmt: skip
# What one teller adds of their own to a sentence, so that two people's words differ as they do in life.
DETAILS = (
    "when the school run is over",
    "with a dog that barks at everyone",
    "since my sister moved out",
    "by the bins",
    "always in a grey hoodie",
    "as soon as the lights go off",
    "and laughs about it",
    "you can set your watch by it",
    "my own bedroom looks straight onto it",
    "a lad with a limp helps",
    "it stinks the whole stairwell out",
    "even on Christmas Eve",
    "they use a baby monitor as a lookout",
    "two of them have walkie talkies",
    "in broad daylight",
    "I counted nine visits on Tuesday",
    "the postman will not go near",
    "wearing surgical gloves",
    "after football",
    "with music turned up to cover it",
    "the landlord knows and shrugs",
    "a woman in a yellow coat keeps watch",
    "it started when the factory closed",
    "they park on the zebra crossing",
    "and no one checks",
    "near the recycling",
    "the cameras there have been painted over",
    "last week an ambulance came",
    "at the back where the fence is down",
    "my hands shake typing this",
    "a cousin from Leeds turns up monthly",
    "his mum covers for him",
)
FRAMES = ("I heard that", "Someone told me", "People are saying", "A friend of mine says", "Apparently", "Word is", "")
# What one says for another when a story is passed on; some of it the program knows to be one word, most of it not.
SAID_FOR = {
    "selling": "flogging", "house": "gaff", "people": "folk", "drives": "has got", "bought": "got", "lads": "boys",
    "children": "kids", "told": "warned", "old man": "pensioner", "frightened": "scared", "money": "cash",
    "girl": "lass", "parked": "left", "evening": "night", "knife": "blade", "handgun": "gun", "running": "legging it",
    "number": "no", "watched": "seen", "near": "by", "behind": "round the back of", "always": "never not",
    "loft": "attic", "nights": "evenings", "parcel": "package", "van": "motor", "wages": "pay", "address": "place",
    "young": "little",
}  # fmt: skip
TEXT_SPEAK = {"you": "u", "are": "r", "to": "2", "for": "4", "please": "pls", "with": "wiv", "and": "n", "that": "dat"}


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
    """Shares of the pairs of one origin that met, of the pairs that met which are right, and what it cost."""

    near_copies: float
    retellings: float
    precision: float
    independent_pairs: int
    independent_merged: int
    ms_a_report: float


def measured(told: Sequence[Told]) -> Measured:
    """Compare the reports as the program does, and count pair by pair."""
    shelf = Shelf(UUID(int=0))
    began = time.perf_counter()
    for number, one in enumerate(told):
        shelf.put(UUID(int=number), one.text)
    met = {frozenset((number, other.int)) for number in range(len(told)) for other, _ in shelf.alike(UUID(int=number))}
    seconds = time.perf_counter() - began
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
