"""How dates, numbers and plurals are written on a page."""

import re
from datetime import date

from flask import Flask

BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(day: date) -> str:
    """``22 November 2026``, without asking the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """``22 Nov 2026``, for columns of a table."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def thousands(number: int) -> str:
    """``20,000``."""
    return f"{number:,}"


def counted(number: int, word: str, words: str | None = None) -> str:
    """``1 report``, ``2 reports``, ``3 people``: a count with the right form of its word."""
    return f"{thousands(number)} {word if number == 1 else (words or word + 's')}"


def listed(things: list[str], last: str = "and") -> str:
    """``one, two and three``."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def days_ago(day: date, today: date) -> str:
    """``today``, ``yesterday`` or ``9 days ago``; a day to come is written as its date."""
    match (today - day).days:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case days if days > 1:
            return f"{thousands(days)} days ago"
        case _:
            return long_date(day)


def percentage(share: float) -> str:
    """``62%`` for 0.62."""
    return f"{share * 100:.0f}%"


def unbroken(text: str) -> str:
    """The same words, with the groups of a telephone number kept on one line."""
    return BETWEEN_DIGITS.sub("\u00a0", text)


def add_filters(app: Flask) -> None:
    """Let templates use these by name."""
    for one in (long_date, short_date, thousands, counted, listed, days_ago, percentage, unbroken):
        app.jinja_env.filters[one.__name__] = one
