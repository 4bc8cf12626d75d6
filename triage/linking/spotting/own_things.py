"""The teller's own car, birthday, age and address, and those of their family: `my sister drives a white Golf`.

They are told by the words from `I`, `we`, `my` or `our` to them. A relative who is named, or accused in the same
sentence, is no such: what is said of them counts.
"""

import re
from dataclasses import replace

from triage.linking.ordinary import KIN
from triage.linking.spotting.ages import AgeSaid
from triage.linking.spotting.phones import words_at
from triage.linking.spotting.places import PostcodeSaid, StreetSaid, TownSaid
from triage.linking.spotting.text import Text
from triage.linking.spotting.vehicles import VehicleSaid
from triage.linking.words import words_of

_REACH = 10  # words from `my` to what is theirs
_BEGIN = words_of("i im ive we weve were my our")
_JOINS = words_of("and but so because cos coz as while when though although since if for plus then also btw yes well")
_USES = words_of("drives drive driving drove uses use using used stole steals took takes nicked borrows borrowed")
_LEADS_ON = words_of(
    "parked outside pulling coming sitting turning following going stopping driving arriving that which"
)
_FILMED = words_of(
    "camera cameras cctv dashcam video film filmed footage photo photos picture pictures recorded doorbell"
)
_NOTED = words_of("have got had ive weve a an the")  # I have MB00 XRT as the plate: noted, not owned
_NEIGHBOURS = words_of("next opposite door neighbour neighbours neighbor above below upstairs downstairs across number")
_ACCUSED = words_of(
    """deal deals dealing dealt sell sells selling sold drug drugs weed coke cocaine heroin crack spice ket gun guns
    knife stolen steals stealing nicks nicking robs robbing hits hitting beats abuses threatens threatening launders
    grows growing supplies supplying smuggles scams pimps moves stash stashes fights attacked stabbed wanted prison"""
)
_LIKE = (
    "old|new|little|big|small|own|other|second|hand|dark|light|late|poor|dear|best|good|elder|eldest|younger|youngest"
)
_KIN = rf"(?:my|our)(?: (?:{_LIKE}))* (?:{'|'.join(sorted(KIN))})s?"
_NOW = r"(?: (?:also|only|just|still|now|currently|used to|both|always))*"
_CAR = re.compile(
    rf"(?:(?:i|we){_NOW} (?:have|own|drive|drove|had|run|bought)(?: got)?|(?:ive|weve){_NOW}(?: got)?"
    rf"|{_KIN}{_NOW} (?:has|have|owns|own|drives|drive|drove|had|runs|got|bought)(?: got)?)"
    rf"(?: (?:a|an|my|our|the|two|his|her|their))?(?: (?:{_LIKE}))*"
    rf"|(?:my|our|{_KIN})(?: (?:{_LIKE}))* (?:car|van|motor|vehicle|runabout|whip|motorbike|truck|reg|regs|plate|plates"
    r"|registration|numberplate|number plate)"
    rf"(?: (?:reg|registration|plate|number|is|was|a|an|the|{_LIKE}))*"
)
_MY_CAR = re.compile(rf"(?:.* )?(?P<my>(?:my|our|{_KIN})(?: (?:{_LIKE}))*)")
_AGE = re.compile(
    rf"(?:(?:i|we) (?:am|are|was|were)|im|(?:i|we|ive|weve)(?: have)?(?: just)? turned){_NOW}"
    r"(?: (?:born|aged|age|about|around|nearly|almost|over|on|in|the|a|an))*"
    rf"|{_KIN}{_NOW}(?: (?:who|is|was|are|were|turned|turns|just|aged|age|born|about|only|nearly|on|in|the))*"
    rf"|(?:my|our|{_KIN})(?: own)? (?:date of birth|dob|d o b|birthday|birth date|age|year of birth|yob)"
    r"(?: (?:is|was|on))*"
)
_HOME = re.compile(
    rf"(?:(?:i|we){_NOW} (?:live|lived|am|are|stay|stayed|reside|own|rent|work|have lived|have been living|moved to"
    rf"|have a (?:house|flat|shop))|im|(?:ive|weve){_NOW} (?:lived|been living|got a (?:house|flat|shop)|moved to)"
    rf"|{_KIN}{_NOW} (?:lives|live|lived|stays|stay|is|has a (?:house|flat)|moved to)"
    rf"|(?:my|our|{_KIN})(?: (?:{_LIKE}|home|full))* (?:house|flat|home|place|address|shop|business|property|bungalow"
    r"|postcode|post code|postal code)(?: (?:is|was))?)(?: (?:here|just|at|on|in|as))*"
)
_NUMBER = re.compile(r"(?: (?:flat|apartment|unit|no|number|house)?(?: ?[0-9]{1,4}[a-z]?)){1,3}$")


def set_apart_cars(text: Text, said: list[VehicleSaid]) -> tuple[list[VehicleSaid], list[tuple[int, int]]]:
    """The vehicles that may be the subject's, and where the teller's own stand (first and last words)."""
    kept: list[VehicleSaid] = []
    own: list[tuple[int, int]] = []
    for one in said:
        plate = one.plate
        is_named = bool(one.places)
        mine = is_named and _is_own_car(text, one.places[0], one.places[-1])
        with_it = is_named and plate is not None and text.sentences[one.places[0]] == text.sentences[plate.first]
        plate_mine = plate is not None and (
            (mine and with_it)
            or (_NOTED.isdisjoint(text.before(plate.first, 1)) and _is_own_car(text, plate.first, plate.last))
        )
        mine = mine or (plate_mine and with_it)
        if mine:
            own.append((one.places[0], one.places[-1]))
        if plate is not None and plate_mine:
            own.append((plate.first, plate.last))
        left = None if plate_mine else plate
        if not mine and (is_named or left is not None):
            kept.append(one if left is plate else replace(one, plate=left))
        elif mine and left is not None:
            kept.append(VehicleSaid(plate=left))
    return kept, own


def set_apart_ages(text: Text, said: list[AgeSaid]) -> tuple[list[AgeSaid], list[tuple[int, int]]]:
    """The ages and births that may be the subject's, and where the teller's own stand."""
    kept, own = [], []
    for one in said:
        first, last = words_at(text, *one.place)
        kin = bool(KIN.intersection(text.after(last, 5))) and text.before(first, 1) in (["my"], ["our"])
        if _is_own(text, first, last, _AGE) or (kin and not _ACCUSED.intersection(text.after(last, 20))):
            own.append((first, last))
        else:
            kept.append(one)
    return kept, own


def set_apart_homes(
    text: Text, streets: list[StreetSaid], towns: list[TownSaid], postcodes: list[PostcodeSaid]
) -> tuple[list[StreetSaid], list[TownSaid], list[PostcodeSaid], list[tuple[int, int]]]:
    """The streets, towns and postcodes that may be the subject's, and where the teller's own address stands.

    A street or town without a number is kept, and so is the street of whoever lives beside the teller: there it is.
    """
    kept: list[StreetSaid] = []
    own: list[tuple[int, int]] = []
    for one in streets:
        if not one.number or not _is_own(text, one.first, one.last, _HOME):
            kept.append(one)
        elif _NEIGHBOURS.intersection(text.after(one.last, 20)):
            kept.append(replace(one, number=""))
        else:
            own.append((one.first - text.folded(one.first - 1)[:1].isdecimal(), one.last))
    of_streets = list(own)

    def goes_on(first: int) -> bool:
        return any(0 < first - end <= 4 and text.joined(end, first) for _, end in of_streets)

    own += [(one.first, one.last) for one in towns if goes_on(one.first)]
    codes: list[PostcodeSaid] = []
    for code in postcodes:
        first, last = words_at(text, *code.place)
        if goes_on(first) or (code.is_whole and _is_own(text, first, last, _HOME)):
            own.append((first, last))
        else:
            codes.append(code)
    return kept, [one for one in towns if not goes_on(one.first)], codes, own


def _is_own_car(text: Text, first: int, last: int) -> bool:
    if _is_own(text, first, last, _CAR):
        return True
    match = _MY_CAR.fullmatch(" ".join(text.before(first, _REACH)[::-1]))
    if match is None or _ACCUSED.intersection(text.after(last, 20)):
        return False
    return not _USES.intersection(match.string[: match.start("my")].split()[-2:])


def _is_own(text: Text, first: int, last: int, pattern: re.Pattern[str]) -> bool:
    """Whether a clause that begins with the teller or their family leads to these words, and accuses nobody."""
    for begin in range(first - 1, max(text.begins[first] - 1, first - _REACH - 1), -1):
        word = text.folded(begin)
        if word not in _BEGIN or not (
            begin == text.begins[first] or text.listed[begin] or text.folded(begin - 1) in _JOINS
        ):
            continue
        words = " ".join(text.folds[begin:first])
        if pattern is _HOME:
            words = _NUMBER.sub("", words)
        if not pattern.fullmatch(words):
            continue
        after = text.after(last, 20)
        if word in {"my", "our"} and _ACCUSED.intersection(after):
            return False
        seen = _LEADS_ON.intersection(after[:1]) or _FILMED.intersection(after[:6])
        return not (pattern is _CAR and word not in {"my", "our"} and seen)
    return False
