"""Draws the page “Sent”. A burst of reports ends on it, so its fixed text is drawn once for each way it can look."""

from dataclasses import asdict, dataclass
from functools import partial

from flask import render_template

from envelope.mailbox import Receipt
from reporting.program import program
from reporting.speaking import browsers_own, spoken
from store.noticeboard import Bell
from web.gaps import gap

TOKEN, DIGITS = "token", "digits"
WORDS = tuple(f"word{number}" for number in range(1, 9))


@dataclass(frozen=True)
class _Look:
    """Everything that the fixed text depends on; none of it tells one sender of a language from another."""

    language: str
    browsers_own: str
    adds: bool
    danger: bool
    separate_team: bool
    bell: Bell | None


def sent_page(receipt: Receipt, token: str, *, adds: bool, danger: bool, separate_team: bool, bell: Bell | None) -> str:
    """The page that says that a report was sent, with its receipt; `token` is the page state for adding to it."""
    look = _Look(spoken(), browsers_own(), adds, danger, separate_team, bell)
    page = program().sent_pages.page(look, partial(_draw, look))
    words = dict(zip(WORDS, receipt.words(), strict=True))
    return page.filled({**words, DIGITS: receipt.digits(), TOKEN: token})


def _draw(look: _Look) -> str:
    said = {name: value for name, value in asdict(look).items() if name not in {"language", "browsers_own", "bell"}}
    return render_template(
        "reporting/sent.html",
        token=gap(TOKEN),
        words=[gap(word) for word in WORDS],
        digits=gap(DIGITS),
        bell=look.bell,
        **said,
    )
