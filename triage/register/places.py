"""Addresses and vehicles as people write them, taken apart into fields and put together again."""

import re
from dataclasses import dataclass

from triage.register import checks
from triage.register.errors import FieldError

# How a street's name ends, so that a building without a number is told from its street.
STREETS = frozenset(
    (
        *("road", "street", "lane", "avenue", "close", "drive", "court", "place", "row", "way", "yard", "square"),
        *("terrace", "grove", "gardens", "crescent", "hill", "parade", "walk", "path", "gate", "rd", "st", "ave", "ln"),
    )
)
_NUMBERED = re.compile(r"(\d{1,5}[A-Za-z]?(?:[-/]\d{1,5}[A-Za-z]?)?) +(.+)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or is seen."""

    within: str = ""  # flat, building
    number: str = ""
    street: str = ""
    area: str = ""
    postcode: str = ""

    def __str__(self) -> str:
        street = f"{self.number} {self.street}".strip()
        return ", ".join(part for part in (self.within, street, self.area, self.postcode) if part)

    @classmethod
    def parse(cls, text: str, *, field: str = "addresses") -> "Address":
        """Read `Flat 3, 12 Alder Street, Eastgate, MB1 4QQ`; only the street is needed.

        Raises:
            FieldError: too long.
        """
        parts = [part.strip() for part in checks.one_line(field, text, most=checks.LONG).split(",") if part.strip()]
        postcode = ""
        if len(parts) > 1 and checks.looks_like_postcode(parts[-1]):
            postcode = checks.postcode(field, parts.pop())
        numbered = next((place for place, part in enumerate(parts) if _NUMBERED.fullmatch(part)), None)
        if numbered is None:
            named = next((place for place, part in enumerate(parts) if part.split()[-1].lower() in STREETS), 0)
            within = ", ".join(parts[:named])
            street = parts[named] if parts else ""
            return cls(within=within, street=street, area=", ".join(parts[named + 1 :]), postcode=postcode)
        found = _NUMBERED.fullmatch(parts[numbered])
        number, street = found.groups() if found else ("", parts[numbered])
        within = ", ".join(parts[:numbered])
        return cls(within, number.upper(), street, ", ".join(parts[numbered + 1 :]), postcode)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle somebody uses; the plate without spaces, `?` for what is not known of it."""

    vrm: str = ""
    make: str = ""
    model: str = ""
    colour: str = ""

    def __str__(self) -> str:
        words = " ".join(part for part in (self.colour, self.make, self.model) if part)
        return ", ".join(part for part in (checks.written_plate(self.vrm), words) if part)

    def as_line(self) -> str:
        """One line of a form or a list: `MB00 XRT | Volkswagen | Golf | white`."""
        parts = (checks.written_plate(self.vrm), self.make, self.model, self.colour)
        return " | ".join(parts).rstrip(" |")

    @classmethod
    def parse(cls, text: str, *, field: str = "vehicles") -> "Vehicle":
        """Read `plate|make|model|colour`; commas will do, and what is not known is left empty.

        Raises:
            FieldError: the plate cannot be one, or there are too many parts.
        """
        line = checks.one_line(field, text, most=checks.LONG)
        parts = [part.strip() for part in (line.split("|") if "|" in line else line.split(","))]
        if len(parts) > 4:
            raise FieldError(field, f"Give a vehicle as plate | make | model | colour: “{line}” has more parts")
        plate, make, model, colour = (*parts, "", "", "", "")[:4]
        return cls(checks.vrm(field, plate), make, model, colour)
