"""Keeps the catalogues: collects the sentences, brings each language up to date, compiles it, and says what is amiss.

Everything is written so that the same sources give the same bytes: no dates, no names, no line numbers.
"""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from reporting.catalogues import DOMAIN, FOLDER, folder_of
from reporting.languages import ENGLISH, LANGUAGES, Language, language_named

HOUSE = Path(__file__).resolve().parent.parent
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
# What a frightened person meets first is translated first; the rest follows in the order of its place.
FIRST = (
    "reporting/templates/reporting/emergency.html",
    "reporting/templates/reporting/danger.html",
    "reporting/templates/reporting/when_read.html",
    "reporting/templates/reporting/sent.html",
    "reporting/templates/reporting/not_sent.html",
    "reporting/templates/reporting/start.html",
    "reporting/templates/reporting/other_ways.html",
    "reporting/templates/reporting/check.html",
    "reporting/questions.py",
)
# What the public form shows; what stands under `triage` is for officers, who work in English.
PLACES = (
    "reporting/**/*.html",
    "web/templates/web/base.html",
    "web/templates/web/error.html",
    "web/templates/web/components/exit_button.html",
    "reporting/**/*.py",
    "web/*.py",
    "envelope/receipt.py",
)
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "ReceiptError": None}
FOR_TRANSLATORS = ("Translators:",)
PLACEHOLDER = re.compile(r"%\([a-z_]+\)s")
MARKUP = re.compile(r"[<>]|&\w+;")


class QuietCatalog(Catalog):
    """A catalogue whose head says the language and its plurals and nothing else."""

    @property
    def num_plurals(self) -> int:
        """How many forms a sentence with a number has."""
        return 2 if self.locale is None else _plural_forms(language_named(str(self.locale)))

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The head, which gettext reads."""
        language = None if self.locale is None else language_named(str(self.locale))
        return [
            *([("Language", language.tag)] if language else []),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            *([("Plural-Forms", language.plurals)] if language else []),
        ]

    @mime_headers.setter
    def mime_headers(self, _: object) -> None:
        """What a file says of itself is not believed: `reporting.languages` knows."""


@cache
def collected() -> Catalog:
    """Every sentence that the public form can show, in the order in which it should be translated."""
    catalog = QuietCatalog(fuzzy=False, header_comment="")
    for path in _sources():
        method = "jinja2.ext:babel_extract" if path.endswith(".html") else "python"
        with (HOUSE / path).open("rb") as file:
            options = {"encoding": "utf-8"}
            for line, sentence, comments, _ in extract(method, file, KEYWORDS, FOR_TRANSLATORS, options, True):
                if sentence:
                    catalog.add(sentence, None, [(path, line)], auto_comments=comments)
    return catalog


def _sources() -> list[str]:
    found = {str(path.relative_to(HOUSE)) for place in PLACES for path in HOUSE.glob(place)}
    return [*(path for path in FIRST if path in found), *sorted(found - set(FIRST))]


def read(language: Language) -> Catalog:
    """The catalogue of one language as its translators left it; empty where there is none yet."""
    catalog = QuietCatalog(locale=language.tag, fuzzy=False, header_comment="")
    path = folder_of(language.tag) / f"{DOMAIN}.po"
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=language.tag):
                if message.id:
                    catalog[message.id] = message
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """A catalogue as a `.po` file."""
    written = BytesIO()
    write_po(written, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return written.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as the program reads it."""
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def brought_up_to_date(language: Language, template: Catalog) -> Catalog:
    """The catalogue with today's sentences: what was translated stays, what is new is empty, what is gone goes."""
    catalog = read(language)
    fresh = QuietCatalog(locale=language.tag, fuzzy=False, header_comment="")
    for message in template:
        if message.id:
            known = catalog.get(_english(message))
            kept = known.string if known is not None and known.id == message.id else None
            fresh.add(
                message.id,
                kept if kept is not None else None,
                message.locations,
                flags=message.flags,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known is not None else (),
            )
    return fresh


def write_template() -> None:
    """Write `messages.pot`."""
    TEMPLATE.write_bytes(as_text(collected()))


def update_all() -> None:
    """Write the template, and every language's catalogue with its sentences."""
    template = collected()
    TEMPLATE.write_bytes(as_text(template))
    for language in translated_languages():
        folder_of(language.tag).mkdir(parents=True, exist_ok=True)
        path = folder_of(language.tag) / f"{DOMAIN}.po"
        path.write_bytes(as_text(brought_up_to_date(language, template)))


def compile_all() -> None:
    """Write what the program reads, from what the translators wrote."""
    for language in translated_languages():
        (folder_of(language.tag) / f"{DOMAIN}.mo").write_bytes(compiled(read(language)))


def translated_languages() -> tuple[Language, ...]:
    """Every language but English, which is the one that all are made from."""
    return tuple(language for language in LANGUAGES if language != ENGLISH)


def forms_of(message: Message) -> tuple[tuple[str, str], ...]:
    """Each translation of one message beside the English that it must agree with."""
    said = message.string or ""
    return tuple((_english(message, -1), form) for form in ([said] if isinstance(said, str) else said))


def _english(message: Message, form: int = 0) -> str:
    return message.id if isinstance(message.id, str) else message.id[form]


def faults(language: Language) -> Iterator[str]:
    """What is wrong with what is translated: another number of forms, other placeholders, markup, a guess."""
    for message in read(language):
        if not message.id:
            continue
        english, forms = _english(message), forms_of(message)
        if message.fuzzy:
            yield f"{language.tag}: marked as a guess: {english!r}"
        if len(forms) != (_plural_forms(language) if message.pluralizable else 1):
            yield f"{language.tag}: {len(forms)} forms of {english!r}"
        for wanted, said in forms:
            if said and _marks(said) != _marks(wanted):
                yield f"{language.tag}: other placeholders: {english!r} → {said!r}"


def missing(language: Language, template: Catalog) -> list[str]:
    """The sentences of today that this language does not say yet."""
    catalog = brought_up_to_date(language, template)
    return [
        _english(message)
        for message in catalog
        if message.id and not all(said.strip() for _, said in forms_of(message))
    ]


def problems(language: Language) -> Iterator[str]:
    """Everything that keeps this language from being shipped, one sentence each."""
    yield from faults(language)
    yield from (f"{language.tag}: not translated: {sentence!r}" for sentence in missing(language, collected()))
    if (folder_of(language.tag) / f"{DOMAIN}.mo").read_bytes() != compiled(read(language)):
        yield f"{language.tag}: messages.mo is not made from messages.po: run `quietword translations compile`"


def _marks(sentence: str) -> tuple[list[str], list[str], int]:
    """What a translation must have as the English has it: placeholders, markup, and bare per cent signs."""
    bare = PLACEHOLDER.sub("", sentence).count("%")
    return sorted(PLACEHOLDER.findall(sentence)), sorted(MARKUP.findall(sentence)), bare


def _plural_forms(language: Language) -> int:
    return int(re.findall(r"nplurals=(\d)", language.plurals)[0])
