"""Telephone numbers, whole and in fragments, however the fragments are announced."""

import re
from dataclasses import dataclass

from triage.linking.columns.keys import phone_key
from triage.linking.spotting.aloud import FIGURES, TENS
from triage.linking.spotting.around import Around, Edge
from triage.linking.spotting.part_phones import AREA, SERVICES, is_hinted
from triage.linking.spotting.tellers import is_tellers_number
from triage.linking.spotting.text import Text
from triage.linking.words import EDGE_WORDS, STREET_WORDS, words_of
from triage.linking.words import PHONE_WORDS as ANNOUNCE

MOST = 60
PHONE_WORDS = ANNOUNCE | words_of(
    "txt txts texts texted texting handset contact burners rang calls telefone telefon cellphone"
)
_WHOLE = 9  # digits without country code and zero
_MOBILE = 10
_LONGEST = 13
# Bounded on every side, so that it takes linear time on anything.
_NUMBER = re.compile(r"\+?[0-9](?:[ ().-]{0,2}[0-9]){1,60}")
_CUT_OFF = re.compile(r"(?:\.{3}|…|[xX?*]{2})")
_NO_FIGURE = re.compile(r"[^0-9+]")
_PIECE = re.compile(r"\+?[0-9]+")
_WITH_GAP = re.compile(r"(?<![a-z0-9])\+?([0-9]{2,8}) ?(?:[x*?#_]{1,9}|\.{2,9}) ?([0-9]{2,8})(?![a-z0-9])")
_GAP = re.compile(r"[ .]{0,2}(?:[x*?_#.…-]{1,10}|something|blah(?: blah)?|dunno|unknown|then|to|and|,)[ .]{0,2}")
_ENDS = words_of("end ends ending ended finish finishes finishing last final")
_RUN = {"double": 2, "treble": 3, "triple": 3}
_DEALS = words_of("drug drugs county deal deals graft")
_AT = words_of("at by till until from about around since before after message")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][05]")
_YEAR = re.compile(r"(?:19[3-9]|20[0-3])[0-9]")
_FIGURE_WORDS = {figure: word for word, figure in FIGURES.items()}  # any one of its words
_NOT_PHONES = words_of(
    """about aged age year years yr yrs old pounds quid grand grams kilos people born dob no flat house number
    plate reg registration at lives address door yob birth"""
)


@dataclass(frozen=True)
class PhoneSaid:
    """A number or the parts of one: `start`, `end`, `inside` are digits it begins with, ends with and holds.

    Where it is the teller's own, none of it is kept.
    """

    whole: str
    start: str
    end: str
    inside: str
    place: tuple[int, int]
    tellers: bool = False


def find_phones(around: Around) -> list[PhoneSaid]:
    """Numbers and fragments, in the order of the text; takes the words they are made of."""
    text = around.text
    found = _glued(text)
    runs = [*_runs(text), *_spoken(text, around)]
    skip: set[int] = set()
    for number, (digits, start, end) in enumerate(runs):
        if number in skip or len(found) >= MOST:
            continue
        first, last = words_at(text, start, end)
        if not text.is_free(first, last):
            continue
        if len(digits) >= 10 and is_tellers_number(text, first, last):
            text.take(first, last)
            found.append(PhoneSaid("", "", "", "", (start, end), tellers=True))
            continue
        following = runs[number + 1] if number + 1 < len(runs) else None
        if (
            following
            and _is_gap(text, end, following[1])
            and len(digits) < 10
            and _announced(text, first, last, digits)
        ):
            skip.add(number + 1)
            end = following[2]
            said = PhoneSaid("", _bare(digits), following[0].lstrip("+"), "", (start, end))
        else:
            one = _said(around, digits, first, last, (start, end))
            if one is None:
                continue
            said = one
        text.take(*words_at(text, start, end))
        found.append(said)
    return found


def _said(around: Around, digits: str, first: int, last: int, place: tuple[int, int]) -> PhoneSaid | None:
    text, key = around.text, phone_key(digits.replace("+440", "+44"))
    bare = digits.lstrip("+")
    if _WHOLE <= len(key) <= _LONGEST and (bare.startswith(("0", "44")) or len(key) == 10):
        return PhoneSaid(key, "", "", "", place)
    if not 2 <= len(bare) < _WHOLE + 2 or _is_time(text, bare, first, last):
        return None
    if len(bare) < 3 or not _announced(text, first, last, digits):
        return _hinted(around, bare, first, last, place)
    edge = Edge.END if text.reading.text[max(0, place[0] - 2) : place[0]] in {"..", " …", "xx", "??"} else None
    edge = edge or (Edge.START if _CUT_OFF.match(text.reading.text, place[1]) else around.edge(first, last))
    return _part(key, bare, edge, bare.startswith(("07", "447", "0044")) or bool(AREA.fullmatch(bare)), place)


def _hinted(around: Around, digits: str, first: int, last: int, place: tuple[int, int]) -> PhoneSaid | None:
    """The part of a number that only its surroundings say it is."""
    written = around.text.reading.text
    signs = written[max(0, place[0] - 1) : place[0]].strip(), written[place[1] : place[1] + 1].strip()
    told, edge = is_hinted(around, digits, (first, last), signs)
    if not told:
        return None
    return _part(phone_key(digits), digits, edge, digits.startswith("0"), place)


def _part(key: str, digits: str, edge: Edge | None, begins: bool, place: tuple[int, int]) -> PhoneSaid | None:
    """Part of a number by where it stands; `begins` where its digits say themselves that a number begins so."""
    if edge is Edge.START or (edge is None and begins):
        return PhoneSaid("", key, "", "", place) if len(key) > 1 else None
    return PhoneSaid("", "", digits, "", place) if edge is Edge.END else PhoneSaid("", "", "", digits, place)


def _announced(text: Text, first: int, last: int, digits: str) -> bool:
    """Whether something says that these digits are of a telephone; 07 and two more say it themselves."""
    bare = digits.lstrip("+")
    if len(bare) >= 4 and bare.startswith(("07", "447")):
        return True
    before, after = text.before(first, 8), text.after(last, 5)
    if bare in SERVICES and not EDGE_WORDS.intersection(before[:4]):
        return False
    if len(bare) <= 4 and not bare.startswith("0") and STREET_WORDS.intersection(after[:4]):
        return False
    near = next((word for word in before if word in PHONE_WORDS or word in _NOT_PHONES), "")
    if near == "line" and _DEALS.intersection(before):
        near = ""  # a drug line is no telephone
    if _YEAR.fullmatch(bare) and not (PHONE_WORDS | EDGE_WORDS | _ENDS).intersection(before[:2]):
        return False
    if near in PHONE_WORDS or (near == "number" and len(bare) >= 3):
        return True
    edged = bool((EDGE_WORDS & set(before[:4])) | (_ENDS & set(after)))
    if edged and len(bare) >= 3 and not near:
        return True
    return bool(PHONE_WORDS & set(after[:4])) and len(bare) >= 3 and not near and not text.listed[last + 1]


def _is_time(text: Text, digits: str, first: int, last: int) -> bool:
    """Whether four digits in two words are a time of day: `closes at 17 30`."""
    return last == first + 1 and bool(_TIME.fullmatch(digits)) and not _AT.isdisjoint(text.before(first, 1))


def _bare(digits: str) -> str:
    return phone_key(digits)


def _is_gap(text: Text, end: int, start: int) -> bool:
    between = text.reading.text[end:start].lower()
    if len(between) > 40:
        return False
    words = set(re.findall(r"[a-z]+", between))
    return (bool(_GAP.fullmatch(between)) and between.strip() not in {",", "."}) or bool(
        words
        and words
        <= {"something", "blah", "dunno", "then", "and", "ends", "ending", "in", "it", "with", "x", "xx", "xxx"}
        | {
            "xxxx",
            "xxxxx",
            "not",
            "sure",
            "middle",
            "the",
            "but",
            "i",
            "forget",
            "dont",
            "know",
            "end",
            "finishes",
            "last",
        }
        | {"is", "digits", "unknown", "maybe", "starts", "or"}
    )


def _glued(text: Text) -> list[PhoneSaid]:
    """Numbers with signs for the digits that were not seen: `06747xxx545`, `07700???11`."""
    found: list[PhoneSaid] = []
    reading = text.reading
    for match in _WITH_GAP.finditer(reading.flat) if text.has_figures else ():
        start, end = reading.places[match.start()], reading.places[match.end() - 1] + 1
        first, last = words_at(text, start, end)
        if len(match[1] + match[2]) >= 4 and text.is_free(first, last) and len(found) < MOST:
            text.take(first, last)
            found.append(PhoneSaid("", _bare(match[1]), match[2], "", (start, end)))
    return found


def _runs(text: Text) -> list[tuple[str, int, int]]:
    reading = text.reading
    found = []
    flat, places = reading.flat, reading.places
    for run in _NUMBER.finditer(flat) if text.has_figures else ():
        begin, end = run.span()
        if begin and flat[begin - 1].isalnum():
            continue
        if end < len(flat) and flat[end].isalpha():
            continue
        if end - begin <= _LONGEST:
            found.append((_NO_FIGURE.sub("", run.group()), places[begin], places[end - 1] + 1))
            continue
        for digits, first, last in _parted(run.group()):
            found.append((digits, places[begin + first], places[begin + last - 1] + 1))
    return found


def _parted(run: str) -> list[tuple[str, int, int]]:
    """The numbers of a run of digits in which several stand with only a space between, each with its place in it."""
    found: list[tuple[str, int, int]] = []
    for piece in _PIECE.finditer(run):
        digits, first, _ = found[-1] if found else ("", piece.start(), 0)
        if not found or _is_whole(digits, piece.group()):
            found.append((piece.group(), piece.start(), piece.end()))
        else:
            found[-1] = (digits + piece.group(), first, piece.end())
    return found


def _is_whole(digits: str, following: str) -> bool:
    """Whether a number ends before the digits that follow after a space."""
    key = phone_key(digits.replace("+440", "+44"))
    if digits.startswith("0") and not digits.startswith("00") and len(digits) == _MOBILE + 1:
        return True
    if digits.startswith(("07", "447", "+447")) and len(key) == _MOBILE:
        return True
    return (len(key) >= _WHOLE and following.startswith(("0", "+", "44"))) or len(digits) + len(
        following
    ) > _LONGEST + 2


def _spoken(text: Text, around: Around) -> list[tuple[str, int, int]]:
    """Numbers told in words: `oh seven double eight five`; fewer than five digits only where something says so."""
    found: list[tuple[str, int, int]] = []
    digits, first, times, tens = "", 0, 1, False
    for place in range(len(text.words) + 1):
        word, following = text.folded(place), text.folded(place + 1)
        if word == "o" and (following in FIGURES or following in _RUN or text.folded(place - 1) in FIGURES):
            word = "oh"
        if word in _FIGURE_WORDS and (text.folded(place - 1) in _RUN or following in _RUN):
            word = _FIGURE_WORDS[word]  # 0 double 7
        if word in _RUN and (digits or following in FIGURES or following in _FIGURE_WORDS):
            first, times = (first if digits else place), _RUN[word]
        elif word in FIGURES and (not digits or text.sentences[place] == text.sentences[place - 1]):
            first = first if digits or times > 1 else place
            digits, times = digits + FIGURES[word] * times, 1
        elif word in TENS and (not digits or text.sentences[place] == text.sentences[place - 1]):
            first, tens = (first if digits else place), True
            digits += TENS[word] + "0" * (FIGURES.get(following, "0") == "0" or not text.joined(place, place + 1))
        else:
            sure = len(digits) >= 5 and not tens
            if sure or (len(digits) >= 2 and _is_cued(text, around, digits, first, place - 1)):
                found.append((digits, *text.span(first, place - 1)))
            digits, times, tens = "", 1, False
    return found


def _is_cued(text: Text, around: Around, digits: str, first: int, last: int) -> bool:
    before = text.before(first, 7)
    if len(digits) > 2 and PHONE_WORDS.intersection(before) and EDGE_WORDS.intersection(before):
        return True
    return is_hinted(around, digits, (first, last), ("", ""))[0]


def words_at(text: Text, start: int, end: int) -> tuple[int, int]:
    """The first and last word of a stretch of the original."""
    first = text.reading.word_at(start)
    last = text.reading.word_at(end) - 1
    first = min(first, len(text.words) - 1)
    return first, max(first, last)
