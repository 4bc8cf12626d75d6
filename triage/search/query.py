"""What an officer wrote into the box, as the terms that must all be met. Plain Python; bounded whatever is written."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from triage.linking.words import EMPTY
from triage.search.errors import SearchError
from triage.search.words import folded_words

MOST_LETTERS = 300  # of a whole search
MOST_TERMS = 12
LEAST_BEFORE_STAR = 3
LEAST_DIGITS = 3
LEAST_OF_A_PLATE = 2
SHORT_OF_A_PLATE = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_STARS = str.maketrans({"＊": "*", "？": "?"})
_PHRASE = re.compile(r'"([^"]*)"')
_DIGITS = re.compile(r"\+?\(?[0-9][0-9()+./-]*")
# The shapes of British plates, the dateless ones aside, which are also words and numbers; ? is an unknown character.
_WHOLE_PLATE = re.compile(r"[a-z?]{2}[0-9?]{2}[a-z?]{3}|[a-z?][0-9?]{1,3}[a-z?]{3}|[a-z?]{3}[0-9?]{1,3}[a-z?]")
_PLATE_PART = re.compile(r"[a-z0-9?]{2,8}")


class TermKind(StrEnum):
    """How a term is looked for."""

    WORD = "word"
    EXACT = "exact word"
    BEGINNING = "beginning of a word"
    PHRASE = "phrase"
    PLATE = "plate"
    NUMBER = "number"


@dataclass(frozen=True)
class Term:
    """One thing to be found: as it was written, and the folded words, letters or digits that are looked for."""

    kind: TermKind
    said: str
    words: tuple[str, ...]

    @property
    def word(self) -> str:
        return self.words[0]


@dataclass(frozen=True)
class Query:
    """All of it. `said` is what the box shows again."""

    said: str
    terms: tuple[Term, ...]


def read_query(text: str) -> Query:
    """The terms of a search.

    Raises:
        SearchError: it is empty, too long, too short, or a * stands where it would fit everything.
    """
    visible = "".join(one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) not in _UNSEEN)
    said = " ".join(visible.split())
    if len(said) > MOST_LETTERS:
        raise SearchError(f"Make the search shorter: it may have {MOST_LETTERS} characters and has {len(said):,}")
    marked = said.translate(_QUOTES).translate(_STARS)
    terms: list[Term] = []
    at = 0
    for phrase in _PHRASE.finditer(marked):
        terms += _loose(marked[at : phrase.start()])
        words = tuple(folded_words(phrase.group(1)))
        if words:
            kind = TermKind.PHRASE if len(words) > 1 else TermKind.EXACT
            terms.append(Term(kind, phrase.group(1).strip(), words))
        at = phrase.end()
    terms += _loose(marked[at:])
    terms = list(dict.fromkeys(terms))
    if not terms:
        raise SearchError("Enter a name, plate, telephone number, street or words to search for")
    if len(terms) > MOST_TERMS:
        raise SearchError(f"Search for at most {MOST_TERMS} words or phrases at once: you wrote {len(terms)}")
    if all(len("".join(term.words)) < LEAST_OF_A_PLATE for term in terms):
        raise SearchError("Enter at least two letters or digits: one letter is in nearly every report")
    return Query(said, tuple(terms))


_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})


def _loose(text: str) -> list[Term]:
    """What stands outside quotation marks, word by word; groups of one number or plate are put together."""
    parts = text.replace('"', " ").split()
    found: list[Term] = []
    while parts:
        taken, terms = _next(parts)
        found += terms
        parts = parts[taken:]
    return found


def _next(parts: list[str]) -> tuple[int, list[Term]]:
    digits = 0
    while digits < len(parts) and _DIGITS.fullmatch(parts[digits]):
        digits += 1
    if digits:
        said = " ".join(parts[:digits])
        number = re.sub(r"[^0-9]", "", said)
        if len(number) >= LEAST_DIGITS:
            return digits, [Term(TermKind.NUMBER, said, (number,))]
    for together in (3, 2, 1):
        said = " ".join(parts[:together])
        plate = re.sub(r"[\s-]", "", said).lower()
        if len(parts) >= together and plate.isascii() and _WHOLE_PLATE.fullmatch(plate) and _tells(plate):
            return together, [Term(TermKind.PLATE, said, (plate,))]
    return 1, _one(parts[0])


def _one(part: str) -> list[Term]:
    if "*" in part:
        return _beginning(part)
    plate = part.lower().replace("-", "").strip(".,;:!()")
    inner = plate.rstrip("?") if "?" not in plate.rstrip("?") else plate
    if _PLATE_PART.fullmatch(inner) and _is_part_of_a_plate(inner):
        return [Term(TermKind.PLATE, part, (inner,))]
    words = folded_words(part)
    return [Term(TermKind.WORD, part if len(words) == 1 else word, (word,)) for word in words]


def _beginning(part: str) -> list[Term]:
    word = part.strip(".,;:!?()")
    stem = "".join(folded_words(word.rstrip("*")))
    if "*" in word.rstrip("*") or len(stem) < LEAST_BEFORE_STAR:
        raise SearchError("Put * only at the end of a word, after three letters or more, as in mahm*")
    return [Term(TermKind.BEGINNING, part, (stem,))]


def _is_part_of_a_plate(text: str) -> bool:
    letters = any(one.isalpha() for one in text)
    unknown = "?" in text
    return (letters or unknown) and any(one.isdigit() or one == "?" for one in text) and _tells(text)


def _tells(plate: str) -> bool:
    """Whether enough of a plate is known to look for it, and it is more than question marks."""
    return sum(one != "?" for one in plate) >= LEAST_OF_A_PLATE and any(one.isdigit() or one == "?" for one in plate)


def may_be_near(word: str) -> bool:
    """Whether a word is looked for in other spellings too: names are, and what everybody says is not."""
    return word not in EMPTY and word.isalpha() and len(word) >= LEAST_BEFORE_STAR
