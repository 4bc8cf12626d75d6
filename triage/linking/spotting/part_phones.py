"""Parts of telephone numbers that no shape gives away: told by what stands around them, added up.

Two or three figures are an age, a price or a house far more often than the end of a number. So every run of figures has
points for its length, for a telephone spoken of near it, for words that say where in a number it stands, and for signs
and words that say that more was not seen.
"""

import re

from triage.linking.spotting.aloud import FIGURES
from triage.linking.spotting.around import FAR, NEAR, Around, Edge
from triage.linking.words import PLATE_WORDS, STREET_WORDS, words_of

ENOUGH = 3.0  # points
SPEAKS = words_of(
    """phone phones fone fones mobile mobiles mob mobs cell cellphone handset handsets sim sims burner burners whatsapp
    telephone tel telegram snapchat text texts texted texting txt txts sms message messages messaged call calls called
    caller calling ring rings rang ringing rung phoned phoning dial dialled dials voicemail receiver screen display
    nokia iphone samsung landline contact line id signal app bell bells
    belled lockscreen payphone buzzer chatline"""
)
_NUMBERS = words_of("number numbers num nums no nos digits digit figures")
_AMOUNTS = words_of(
    """year years yr yrs yo old month months week weeks day days hour hours hr hrs min mins minute minutes people lads
    men women girls boys kids blokes quid pound pounds grand k kg kilo kilos gram grams g oz ounce ounces pills wraps
    bags mile miles mph times percent foot ft feet am pm oclock phones cars litres plants stone of or st nd rd th
    till"""
)
_HOMES = words_of(
    """flat house room unit bus gate junction door bay pitch order address aged age route ward floor court club seat lot
    time ref reference serial img model account camera"""
)
_PLATES = PLATE_WORDS | words_of("car van vehicle motor")
_NO_NUMBER = frozenset("£$€%:")
# Codes of large towns, and of this country from abroad.
AREA = re.compile(r"0(?:20|1[1-6]1|11[3-8]|0?44|2[389])")
SERVICES = frozenset({"999", "911", "101", "111", "112", "247"})
_SINCE = words_of("in since from until till")
_YEAR = re.compile(r"(?:19[3-9]|20[0-4])[0-9]")


def is_hinted(around: Around, digits: str, words: tuple[int, int], signs: tuple[str, str]) -> tuple[bool, Edge | None]:
    """Whether digits are told as part of a number, and where in it they stand, None where nothing says.

    `words` are the first and last word of them, `signs` what stands right before and after them, empty for a space.
    """
    text, (first, last) = around.text, words
    if signs[0] in _NO_NUMBER or signs[1] in _NO_NUMBER or not _AMOUNTS.isdisjoint(text.after(last, 1)):
        return False, None
    told = around.told(first, last)
    speaks, numbers = around.near(first, last, SPEAKS), around.near(first, last, _NUMBERS)
    points = {1: -1.5, 2: -0.5, 3: 0.5, 4: 0.5}.get(len(digits), 1.5)
    if digits.startswith("0"):
        points += (1.5 if 3 < len(digits) < 8 else 1.0) + 1.0 * (told.goes_on and len(digits) < 4)
    points += 1.5 if speaks < NEAR else 1.0 if speaks <= FAR else 0.5 * around.says(SPEAKS)
    points += 1.0 if numbers < NEAR else 0.5 if numbers <= FAR else 0.0
    points += 1.0 * (len(digits) > 2 and last - first > 1 and text.folds[last] in FIGURES)  # one at a time
    points += 1.5 * bool(AREA.fullmatch(digits)) - 2.0 * (told.edge is None and digits in SERVICES)
    points += told.points + 0.5 * (told.sure or told.edge is Edge.INSIDE)
    points += 1.0 * (told.edge is not None and around.is_counted(first, last, len(digits)))
    points += around.unsure(first, last) / 2
    left = text.before(first, 2)
    points -= 1.5 * bool(_HOMES.intersection(left if _NUMBERS.intersection(left[:1]) else left[:1]))
    points -= 1.0 * (told.edge is None and not STREET_WORDS.isdisjoint(text.after(last, 3)))
    points -= 1.5 * (around.near(first, last, _PLATES) < min(speaks, 2 * NEAR))
    if _YEAR.fullmatch(digits):
        points -= 3.0 if not _SINCE.isdisjoint(text.before(first, 1)) else 1.5
    return points >= ENOUGH, told.edge
