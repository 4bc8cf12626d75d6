"""Checks of single fields: each gives the value as it is kept, or raises the sentence that says what to enter."""

import re
import unicodedata
from datetime import date

from anyascii import anyascii

from triage.register.errors import FieldError

SHORT, LONG, NOTES = 80, 200, 4_000
MOST_OF_A_KIND = 50
OLDEST = 120  # years

_SPACES = re.compile(r"\s+")
_VRM = re.compile(r"[A-Z0-9?]{2,8}")
# The shapes of British plates: current, prefix, suffix, and the dateless ones (DVLA INF104).
_PLATES = (
    re.compile(r"([A-Z]{2}[0-9]{2})([A-Z]{3})"),
    re.compile(r"([A-Z][0-9]{1,3})([A-Z]{3})"),
    re.compile(r"([A-Z]{3})([0-9]{1,3}[A-Z])"),
    re.compile(r"([A-Z]{1,3})([0-9]{1,4})"),
    re.compile(r"([0-9]{1,4})([A-Z]{1,3})"),
)
# How British numbers are grouped (Ofcom, National Telephone Numbering Plan).
_NATIONAL = (
    re.compile(r"(02\d)(\d{4})(\d{4})"),
    re.compile(r"(011\d|01\d1|03\d\d|08\d\d)(\d{3})(\d{4})"),
    re.compile(r"(\d{5})(\d{5,6})"),
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def one_line(field: str, text: str, *, most: int = SHORT) -> str:
    """Text on one line with single spaces, in NFC; raises FieldError past `most` characters."""
    kept = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in kept):
        raise FieldError(field, "Take out the characters that cannot be seen")
    if len(kept) > most:
        raise FieldError(field, f"Make this shorter: it may have {most} characters and has {len(kept)}")
    return kept


def several_lines(field: str, text: str, *, most: int = NOTES) -> str:
    """A text with its line breaks; raises FieldError past `most` characters."""
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in kept if character not in "\n\t"):
        raise FieldError(field, "Take out the characters that cannot be seen")
    if len(kept) > most:
        raise FieldError(field, f"Make this shorter: it may have {most:,} characters and has {len(kept):,}")
    return kept


def vrm(field: str, text: str) -> str:
    """A number plate in capitals without spaces; `?` stands for a character that is not known."""
    kept = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not kept:
        return ""
    if not _VRM.fullmatch(kept) or not kept.strip("?"):
        raise FieldError(
            field, f"Enter a number plate such as MB00 XRT, with ? for what is not known: “{text.strip()}” is not one"
        )
    return kept


def written_plate(kept: str) -> str:
    """A kept number plate with the space it is written with: `MB00XRT` is `MB00 XRT`."""
    for shape in _PLATES:
        if found := shape.fullmatch(kept):
            return " ".join(found.groups())
    return kept


def phone(field: str, text: str) -> str:
    """A telephone number in E.164 (`+447700900101`); one without a country code is British."""
    digits = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text)).replace("+440", "+44")
    if not digits:
        return ""
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+44{digits[1:]}"
    international = re.fullmatch(r"\+[1-9][0-9]{7,14}", digits)
    british = re.fullmatch(r"\+44[1-9][0-9]{8,9}", digits)
    if not (british if digits.startswith("+44") else international):
        raise FieldError(
            field, f"Enter a telephone number such as 07700 900123 or +353 20 910 0123: “{text.strip()}” is not one"
        )
    return digits


def written_phone(kept: str) -> str:
    """A kept number as people here write it: `+447700900101` is `07700 900101`."""
    if not kept.startswith("+44"):
        return kept
    national = f"0{kept[3:]}"
    for shape in _NATIONAL:
        if found := shape.fullmatch(national):
            return " ".join(found.groups())
    return national


def postcode(field: str, text: str) -> str:
    """A postcode in capitals with its space; empty stays empty."""
    kept = re.sub(r"\s", "", text).upper()
    if not kept:
        return ""
    found = _POSTCODE.fullmatch(kept)
    if found is None:
        raise FieldError(field, f"Enter a postcode such as MB1 4QQ: “{text.strip()}” is not one")
    return " ".join(found.groups())


def looks_like_postcode(text: str) -> bool:
    """Whether a part of an address is its postcode."""
    return _POSTCODE.fullmatch(re.sub(r"\s", "", text).upper()) is not None


def born(field: str, text: str, *, today: date | None = None) -> str:
    """A date of birth as precise as it is known: `1969-03-14`, `1969-03`, `1969` or `about 1969`; empty stays empty."""
    kept = _SPACES.sub(" ", text).strip().lower()
    if not kept:
        return ""
    wrong = FieldError(field, f"Enter a date of birth such as 1969-03-14, 1969-03, 1969 or about 1969, not “{text}”")
    if not (found := re.fullmatch(r"(about )?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", kept, re.ASCII)):
        raise wrong
    about, year, month, day = found.groups()
    if about and month:
        raise wrong
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise wrong from None
    if today is not None and not today.year - OLDEST <= first.year <= today.year:
        raise FieldError(field, f"Enter a year of birth between {today.year - OLDEST} and {today.year}")
    return kept


def fold(text: str) -> str:
    """What two spellings of one name share: no case, accents, script or spacing."""
    plain = anyascii(unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "")).split())
