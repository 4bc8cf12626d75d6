"""The register's code tables as versioned data: each word with the day it came into use (domain.md §5)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Code:
    """One word of a table; `valid_to` is its last day, None while it is in use."""

    word: str
    valid_from: date
    valid_to: date | None = None
    reverse: str = ""  # how a tie reads from its other end
    family: bool = False


@dataclass(frozen=True)
class CodeTable:
    """One table. A word once in it is never taken out, so that old entries can always be read."""

    name: str
    codes: tuple[Code, ...]

    def known(self, word: str) -> bool:
        """Whether the word was ever in use."""
        return any(code.word == word for code in self.codes)

    def in_use(self, today: date) -> tuple[str, ...]:
        """The words that may be written today."""
        return tuple(
            code.word
            for code in self.codes
            if code.valid_from <= today and (code.valid_to is None or today <= code.valid_to)
        )

    def code(self, word: str) -> Code:
        """The code of a word; one nobody knows stands for itself."""
        return next((code for code in self.codes if code.word == word), Code(word, date.min))


def _table(name: str, *words: str) -> CodeTable:
    return CodeTable(name, tuple(Code(word, _FIRST) for word in words))


_FIRST = date(2026, 1, 1)

ROLES = _table("role", "principal", "significant", "peripheral")
FUNCTIONS = _table(
    "function",
    "leader",
    "enforcer",
    "courier",
    "financier",
    "facilitator",
    "exploited child",
    "cuckooed victim",
    "associate",
    "family",
)
THREATS = _table(
    "threat family",
    "drugs",
    "firearms",
    "violence",
    "child criminal/sexual exploitation",
    "modern slavery",
    "organised immigration crime",
    "fraud",
    "money laundering",
    "cyber",
    "acquisitive",
    "environmental",
    "corruption",
    "other",
)
# The scale values of the national matrix are not public: these three are illustrative, and the page says so.
BANDS = _table("band", "high", "medium", "low")
# POLE data standard: a person's sex as recorded, by the letter that lists use.
SEXES = _table("sex", "F", "M", "X", "U")
SEX_WORDS = {"F": "female", "M": "male", "X": "other", "U": "not known"}

TIES = CodeTable(
    "tie",
    (
        Code("parent", _FIRST, reverse="child of", family=True),
        Code("sibling", _FIRST, reverse="sibling of", family=True),
        Code("cousin", _FIRST, reverse="cousin of", family=True),
        Code("in-law", _FIRST, reverse="in-law of", family=True),
        Code("partner", _FIRST, reverse="partner of", family=True),
        Code("associate", _FIRST, reverse="associate of"),
        Code("rival", _FIRST, reverse="rival of"),
        Code("supplies", _FIRST, reverse="is supplied by"),
        Code("controls", _FIRST, reverse="is controlled by"),
        Code("uses", _FIRST, reverse="is used by"),
        Code("lives at", _FIRST, reverse="is home to"),
        Code("seen at", _FIRST, reverse="has seen"),
        Code("works for", _FIRST, reverse="is worked for by"),
    ),
)

# Word of a tie as it reads from the end it starts at, where that is not the word itself.
FORWARD = {
    "parent": "parent of",
    "sibling": "sibling of",
    "cousin": "cousin of",
    "in-law": "in-law of",
    "partner": "partner of",
    "associate": "associate of",
    "rival": "rival of",
}


def reads_as(word: str, *, from_start: bool) -> str:
    """A tie in words, seen from one of its ends."""
    return FORWARD.get(word, word) if from_start else TIES.code(word).reverse or word
