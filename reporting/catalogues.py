"""The sentences of the public form in its languages: each catalogue is read when it is first needed, and stays."""

from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from reporting.languages import ENGLISH
from web import filters
from web.sentences import Sentence

FOLDER = Path(__file__).parent / "translations"
DOMAIN = "messages"


def folder_of(tag: str) -> Path:
    """Where the catalogue of one language lies, for people (`.po`) and for the program (`.mo`)."""
    return FOLDER / tag / "LC_MESSAGES"


@cache
def catalogue(tag: str) -> NullTranslations:
    """Every sentence in this language; one that has no translation yet stays English, and so does English."""
    if tag == ENGLISH.tag:
        return NullTranslations()
    with (folder_of(tag) / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)


def translated(sentence: str, tag: str) -> str:
    """A sentence in this language, with its values put in."""
    if tag == ENGLISH.tag or not sentence:
        return sentence
    if not isinstance(sentence, Sentence):
        return catalogue(tag).gettext(sentence)
    values = {name: _value(value, tag) for name, value in sentence.values.items()}
    return catalogue(tag).gettext(sentence.pattern) % values


def number(value: int, tag: str) -> str:
    """A whole number as this language writes it, in the digits that every page here uses."""
    if tag == ENGLISH.tag:
        return filters.thousands(value)
    # Babel takes a tenth of a second to import, and most processes of a small force never need it.
    from babel.numbers import format_decimal

    return format_decimal(value, locale=tag, numbering_system="latn")


def long_date(day: date, tag: str) -> str:
    """A day as this language writes it."""
    if tag == ENGLISH.tag:
        return filters.long_date(day)
    from babel.dates import format_date

    return format_date(day, "long", locale=tag)


def _value(value: str | int, tag: str) -> str:
    if isinstance(value, int):
        return number(value, tag)
    return translated(value, tag) if isinstance(value, Sentence) else value
