"""Which languages a sentence may be in, so that only their rules read it."""

import re

_SCRIPTS = (
    (re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), ("ur", "ar", "fa", "ckb")),
    (re.compile(r"[\u0a00-\u0a7f]"), ("pa",)),
    (re.compile(r"[\u0980-\u09ff]"), ("bn",)),
    (re.compile(r"[\u0a80-\u0aff]"), ("gu",)),
    (re.compile(r"[\u3400-\u9fff]"), ("zh",)),
    (re.compile(r"[іїєґ]|(?<!\w)(?:я|ми|мене|мені|він|вони|що|та|й|мій|моя|вже|живу|мого)(?!\w)"), ("uk",)),
)
_LATIN = re.compile(r"[a-z]")
_LETTER = re.compile(r"[^\W\d_]")

# Small words that mark a language. What English writes too ("to", "do", "no") is
# in its list as well, and English wins a draw.
_SMALL = {
    "en": (
        "the and of is are was he she they with his her it that this have has from who their them him in "
        "for there be i a to on at do no me we my our so im an as or by you your up out what when all "
        "not but if get got am too"
    ),
    "pl": (
        "w na się sie nie jest że ze są po za przy ale oni czy już juz tam jego jej ich był było ktory "
        "który mnie mi z i od co jak tym mieszkam"
    ),
    "ro": "și si în la pe cu nu este că sunt din care pentru au lui mai acolo să iar sa mea meu casa unde de mi",
    "pt": (
        "os da em na que não nao é com para um uma por eles ele ela dos das seu sua está estão ao meu "
        "minha uns nos o eu já de"
    ),
    "es": (
        "el los las del en que es con para un una por ellos él ella su sus está están y se lo al hay mi mis de la me ya"
    ),
    "so": "waa iyo ka ku oo ay uu wuxuu waxay waxaan soo guriga aan loo ayuu ayay waxa meesha u la ugu ii igu",
    "cy": ("yn yr mae ac wedi ei eu sy gan maen nhw ddim mewn roedd bod sydd ar ym dwi rwy fy ein y i o am dw drws"),
}
_SMALL_WORDS = {tag: frozenset(words.split()) for tag, words in _SMALL.items()}
LATIN = tuple(_SMALL_WORDS)


def latin_language(said: frozenset[str]) -> str | None:
    """The tag of the language that most of these words are small words of, or None when they do not tell."""
    counts = [len(said & small) for small in _SMALL_WORDS.values()]
    best = max(counts)
    if best < 2:
        return None
    if counts[0] == best:
        return LATIN[0]
    return LATIN[counts.index(best)] if counts.count(best) == 1 else None


def latin_language_within(said: frozenset[str], whole: str) -> str:
    """The tag of one sentence's language, in a text that is mostly in `whole`."""
    told = latin_language(said)
    if told is None and whole != "en" and no_small_word(said, whole) and not no_small_word(said, "en"):
        return "en"
    return told or whole


def no_small_word(said: frozenset[str], tag: str) -> bool:
    """Whether none of these words is a small word of this language."""
    return _SMALL_WORDS[tag].isdisjoint(said)


def scripts_of(low: str) -> tuple[str, ...]:
    """The languages with rules that are written in the scripts of this folded text; Latin ones are not told here."""
    return tuple(tag for letters, tags in _SCRIPTS if letters.search(low) for tag in tags)


def in_latin_letters(low: str) -> bool:
    """Whether at least half of the letters are Latin: a name or an address among others does not count."""
    return 2 * len(_LATIN.findall(low)) >= len(_LETTER.findall(low)) > 0


def has_letters(low: str) -> bool:
    return _LETTER.search(low) is not None
