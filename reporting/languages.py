"""The languages of the public form: what each is called, which way it runs, and whether a person has checked it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language. `name` is what its speakers call it; `reviewed` says that a person has read every sentence.

    `plurals` is gettext's rule (CLDR 48, as whole numbers need it).
    """

    tag: str
    name: str
    plurals: str = "nplurals=2; plural=(n != 1);"
    right_to_left: bool = False
    reviewed: bool = False

    @property
    def direction(self) -> str:
        """What `dir` says in HTML."""
        return "rtl" if self.right_to_left else "ltr"


_SLAVIC = "(n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
_SMALL_IS_ONE = "nplurals=2; plural=(n > 1);"

ENGLISH = Language("en", "English", reviewed=True)
# In the order in which a page offers them: about as many people here need each as the one before.
LANGUAGES = (
    ENGLISH,
    Language("ur", "اردو", right_to_left=True),
    Language(
        "ar",
        "العربية",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        right_to_left=True,
    ),
    Language("pl", "Polski", f"nplurals=3; plural=(n==1 ? 0 : {_SLAVIC[:-1]});"),
    Language("pa", "ਪੰਜਾਬੀ", _SMALL_IS_ONE),
    Language("bn", "বাংলা", _SMALL_IS_ONE),
    Language("ro", "Română", "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>=1 && n%100<=19) ? 1 : 2);"),
    Language("pt", "Português", _SMALL_IS_ONE),
    Language("zh", "简体中文", "nplurals=1; plural=0;"),
    Language("fa", "فارسی", _SMALL_IS_ONE, right_to_left=True),
    Language("so", "Soomaali"),
    Language("ckb", "کوردی", right_to_left=True),
    Language("gu", "ગુજરાતી", _SMALL_IS_ONE),
    Language("es", "Español"),
    Language(
        "cy",
        "Cymraeg",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    ),
    Language("uk", "Українська", f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC[:-1]});"),
)
TAGS = tuple(language.tag for language in LANGUAGES)
_BY_TAG = {language.tag: language for language in LANGUAGES}

# Small words of English that hardly any other language here writes, and those that some do ("to", "on" and "my" are
# Polish too, "are" is Romanian, "is" Somali).
_ONLY_ENGLISH = frozenset(
    {
        *("the", "and", "of", "were", "have", "with", "from", "that", "this", "there", "they", "them", "their"),
        *("she", "his", "him", "at", "out", "up", "not", "who", "what", "when", "where", "which", "some", "all", "you"),
        *("know", "knows", "said", "says", "people", "always", "never", "only", "other", "two", "every", "english"),
        *("your", "near", "after", "before", "about", "because", "but", "been", "being", "goes", "does", "did"),
    }
)
_ENGLISH_TOO = _ONLY_ENGLISH | {
    *("a", "to", "on", "by", "my", "we", "he", "has", "is", "in", "are", "for", "or", "an", "it", "had", "her", "our"),
    *("i", "was", "me", "be", "as", "no", "so", "if", "one", "will", "can", "do"),
}
# Every fifth word must be one of either, and every twentieth one of the first. Ordinary English has twice as many.
_OF_EITHER, _OF_THE_FIRST = 5, 20
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_named(tag: str) -> Language:
    """The language of this tag, or English for one that we do not have."""
    return _BY_TAG.get(tag, ENGLISH)


def is_english(texts: Iterable[str]) -> bool:
    """Whether somebody who reads English needs nothing more to read these words.

    So they do when there are no words at all, or when they are in plain Latin letters and enough of them are the small
    words of English. Where it cannot tell, as in a list of names, the answer is no.
    """
    words = [word for text in texts for word in _WORD.findall(text.casefold())]
    if not all(word.replace("’", "'").isascii() for word in words):
        return False
    either = sum(word in _ENGLISH_TOO for word in words)
    first = sum(word in _ONLY_ENGLISH for word in words)
    return either * _OF_EITHER >= len(words) and first * _OF_THE_FIRST >= len(words)


def language_to_read(texts: Iterable[str], page: str) -> str:
    """The language that a sealed report names: the page's where its words need it to be read, and English otherwise.

    Somebody who reads the page in Urdu and writes in English is not told apart from anybody else.
    """
    return page if page != ENGLISH.tag and not is_english(texts) else ENGLISH.tag
