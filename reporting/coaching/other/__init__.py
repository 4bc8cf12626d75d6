"""Rules for the form's other languages: family, home, work, threats, contact, earlier talks. Fewer than English has.

They were written from grammars and word lists and no native speaker has checked them, so they are kept to words that
can hardly mean anything else. docs/coaching.md says what each language has.
"""

from reporting.coaching.kinds import Kind
from reporting.coaching.other.arabic_script import ARABIC as ARABIC
from reporting.coaching.other.arabic_script import CENTRAL_KURDISH, FARSI, URDU
from reporting.coaching.other.east import BENGALI, CHINESE, GUJARATI, PANJABI, UKRAINIAN
from reporting.coaching.other.latin import POLISH, PORTUGUESE, ROMANIAN, SOMALI, SPANISH, WELSH
from reporting.coaching.other.pack import Pack

PACKS: dict[str, Pack] = {
    "ur": URDU,
    "ar": ARABIC,
    "pl": POLISH,
    "pa": PANJABI,
    "bn": BENGALI,
    "ro": ROMANIAN,
    "pt": PORTUGUESE,
    "zh": CHINESE,
    "fa": FARSI,
    "so": SOMALI,
    "ckb": CENTRAL_KURDISH,
    "gu": GUJARATI,
    "es": SPANISH,
    "cy": WELSH,
    "uk": UKRAINIAN,
}


def look(low: str, tags: tuple[str, ...]) -> dict[Kind, tuple[int, int]]:
    """Each kind once, with its place in the folded sentence, by the rules of these languages."""
    found: dict[Kind, tuple[int, int]] = {}
    for tag in tags:
        for kind, pattern in PACKS[tag].items():
            match = None if kind in found else pattern.search(low)
            if match is not None:
                found[kind] = match.span()
    return found
