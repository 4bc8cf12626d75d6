"""Names of any script in the letters a to z, and a whole name as its words."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MOST_LETTERS = 64  # of one word; no name has so many
KEPT = 16_384  # words whose keys are remembered: those of the reports of a day, in some megabytes

_NO_LETTER = re.compile(r"[^a-z]+")
_BREAK = re.compile(r"[^a-z']+")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAN_HANGUL = re.compile("[\u3400-\u9fff\uac00-\ud7af]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARTICLE = re.compile("(?<!\\S)(?:ال|ٱل)(?=\\S{2})")
# Waw and ya are consonants where a word begins with them and before a long vowel.
_WAW = re.compile("(?:(?<!\\S)و(?=\\S)|و(?=[اويیى]))")
_YA = re.compile("(?:(?<!\\S)[يی](?=\\S)|[يی](?=[او]))")
_BENGALI_W = re.compile("ওয়|ওয়")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_TURKISH = str.maketrans({"ı": "i", "İ": "i"})
# Arabic writes its long vowels with letters that are consonants elsewhere; the short ones it leaves out.
_ARABIC_LETTERS = str.maketrans(
    {
        "ا": "a",
        "أ": "a",
        "إ": "i",
        "آ": "a",
        "ى": "a",
        "ة": "a",
        "ع": "a",
        "ء": "",
        "ؤ": "u",
        "ئ": "i",
        "و": "u",
        "ي": "i",
        "ی": "i",
        "ے": "e",
        "ہ": "h",
        "ھ": "h",
        "ه": "h",
        "ح": "h",
        "خ": "kh",
        "ش": "sh",
        "چ": "ch",
        "ث": "th",
        "ذ": "dh",
        "ج": "j",
        "غ": "gh",
        "ق": "q",
        "ک": "k",
        "گ": "g",
        "پ": "p",
        "ں": "n",
        "ـ": "",
    }
)


def _romanise(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if _ARABIC.search(text):
        text = _ARTICLE.sub("al-", text)
        text = _WAW.sub("w", _YA.sub("y", text)).translate(_ARABIC_LETTERS)
    text = _BENGALI_W.sub("w", text)
    if _UKRAINIAN.search(text):
        text = text.replace("г", "h").replace("Г", "H")
    plain = anyascii(text.translate(_TURKISH))
    return _INNER_CAPITAL.sub(" ", plain) if _HAN_HANGUL.search(text) else plain


def fold(text: str) -> str:
    """A word of any script in the letters a to z, and nothing else; what is past MOST_LETTERS is left out."""
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS]
    return text if text.isascii() and text.isalpha() and text.islower() else _fold(text)


@lru_cache(maxsize=KEPT)
def _fold(text: str) -> str:
    return _NO_LETTER.sub("", _romanise(text).lower())


def words_of(name: str) -> list[str]:
    """The folded words of a whole name, in order: hyphens part words, an apostrophe does not."""
    plain = _romanise(name).lower().replace("’", "'").replace("`", "'")
    return [word for word in (part.replace("'", "") for part in _BREAK.split(plain)) if word]
