"""The one place that makes text safe to show, and the only caller of bleach."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import bleach
from flask import Flask
from markupsafe import Markup, escape

from web.letters import UNWRITABLE, with_line_feeds

NOTE_TAGS = frozenset({"p", "ul", "ol", "li", "strong", "em", "br"})
# Characters that turn or hide the text around them (Unicode UAX 9, UTR 36), with what an officer is told.
NAMED = {
    "\u00ad": "soft hyphen",
    "\u061c": "Arabic letter mark",
    "\u200b": "zero-width space",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of direction",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2060": "word joiner",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "first strong isolate",
    "\u2069": "end of isolate",
    "\ufeff": "byte order mark",
}
# Persian, Urdu, Panjabi and many emoji are spelt with the joiners, so they stay as they are.
ORDINARY = frozenset("\t\u200c\u200d")
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True)
class Span:
    """A stretch of a text, ``start`` to ``end`` in characters, with the words that say why it is marked.

    `note` is said to those who hear the page. `anchor` is the mark's id, `leads_to` the id that pressing it leads to,
    `key` what a script knows it by. A mark `again` was there before: it is pressed and not reached by Tab, so that
    a name said forty times is one stop.
    """

    start: int
    end: int
    kind: str
    title: str = ""
    note: str = ""
    anchor: str = ""
    leads_to: str = ""
    key: str = ""
    again: bool = False


def _is_noncharacter(character: str) -> bool:
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


@cache
def _hidden_name(character: str) -> str | None:
    """What an officer is told of a character that would hide or turn text; None for any that may stand."""
    if character in ORDINARY:
        return None
    if character in NAMED:
        return NAMED[character]
    if unicodedata.category(character) in HIDDEN_CATEGORIES or _is_noncharacter(character):
        return f"hidden character {ord(character):04X}"
    return None


def _shown(character: str) -> Markup:
    if character == "\x00":
        return Markup("")
    name = _hidden_name(character)
    if name is None:
        return escape(character)
    return Markup('<span class="qw-hidden-character">[{}]</span>').format(name)


def _is_plain(text: str) -> bool:
    return text.isprintable() and not any(mark in text for mark in NAMED)


def _safe(text: str) -> Markup:
    if _is_plain(text):  # the common case costs one pass in C
        return escape(text)
    return Markup("").join(_shown(character) for character in text)


def plain(text: str | None) -> Markup:
    """Somebody else's words, exactly, as text: nothing in them is obeyed, and nothing in them can hide."""
    if not text:
        return Markup("")
    return Markup("<br>\n").join(_safe(line) for line in with_line_feeds(text).split("\n"))


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """The words as `plain` shows them, with each span inside a ``<mark class="qw-mark--kind" title=…>``.

    Spans may come in any order and overlap. Where two meet, the earlier keeps its whole stretch, the longer of two
    that start together wins, and the other is marked only in what is left of it. Spans outside the text are
    ignored. Line ends count as they do in ``text``, so pass the text the spans were found in.
    """
    parts: list[Markup] = []
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind, one.title)):
        start, end = max(span.start, at), min(span.end, len(text))
        if start >= end:
            continue
        parts.append(plain(text[at:start]))
        parts.append(_mark(span, plain(text[start:end])))
        at = end
    parts.append(plain(text[at:]))
    return Markup("").join(parts)


def _mark(span: Span, inside: Markup) -> Markup:
    named = Markup(' id="{}"').format(span.anchor) if span.anchor else ""
    key = Markup(' data-lights="{}"').format(span.key) if span.key else ""
    if span.leads_to:
        by_pointer = Markup(' tabindex="-1"') if span.again else ""
        inside = Markup('<a class="qw-mark__link" href="#{}"{}>{}</a>').format(span.leads_to, by_pointer, inside)
    if span.note:
        inside += Markup('<span class="govuk-visually-hidden qw-mark__note"> ({})</span>').format(writable(span.note))
    opening = Markup('<mark class="qw-mark--{}" title="{}"{}{}>').format(span.kind, writable(span.title), named, key)
    return opening + inside + Markup("</mark>")


def officers_note(text: str | None) -> Markup:
    """An officer's own note with light formatting: paragraphs, lists, strong and em; anything else is removed.

    A note without a paragraph or a list keeps its line breaks.
    """
    if not text:
        return Markup("")
    visible = "".join(
        one if one == "\n" or (name := _hidden_name(one)) is None else f"[{name}]"
        for one in with_line_feeds(text)
        if one != "\x00"
    )
    cleaned = bleach.clean(visible, tags=NOTE_TAGS, attributes={}, strip=True, strip_comments=True)
    if not any(block in cleaned for block in ("<p>", "<ul>", "<ol>", "<li>", "<br>")):
        cleaned = cleaned.replace("\n", "<br>\n")
    return Markup(cleaned)  # noqa: S704 - bleach has just allowed only NOTE_TAGS, without attributes


def writable(text: str | None) -> str:
    """The text as it may stand in a form's field: what HTML cannot carry becomes U+FFFD, line ends become LF."""
    return UNWRITABLE.sub("\ufffd", with_line_feeds(text or ""))


def presentable(value: object) -> object:
    """What a template's every ``{{ … }}`` goes through: text that HTML cannot carry is made so, and None is empty."""
    if value is None:
        return ""
    if type(value) is str and not value.isprintable():
        return writable(value)
    return value


def add_markup_filters(app: Flask) -> None:
    """Let templates write ``{{ text|plain }}``, ``{{ text|marked(spans) }}`` and ``{{ note|officers_note }}``."""
    for one in (plain, marked, officers_note, writable):
        app.jinja_env.filters[one.__name__] = one
