"""The catalogues as they are committed: sound in form, and what the program reads is what the translators wrote."""

import re
from datetime import date

import pytest
from babel import Locale

from reporting.catalogues import DOMAIN, catalogue, folder_of, long_date, number, translated
from reporting.languages import LANGUAGES, TAGS, Language
from reporting.translating import (
    TEMPLATE,
    as_text,
    brought_up_to_date,
    collected,
    compiled,
    faults,
    problems,
    read,
    translated_languages,
)
from web.sentences import Sentence

EACH = pytest.mark.parametrize("language", translated_languages(), ids=lambda language: language.tag)
DATE_OR_PLACE = re.compile(rb"\d{4}-\d{2}-\d{2}|POT-Creation|Generated-By|Last-Translator|^#: .*:\d", re.MULTILINE)


def test_the_form_speaks_sixteen_languages() -> None:
    assert len(set(TAGS)) == len(TAGS) == 16
    assert {language.tag for language in LANGUAGES if language.right_to_left} == {"ur", "ar", "fa", "ckb"}


def test_every_sentence_of_the_form_is_collected() -> None:
    found = {message.id for message in collected() if message.id}
    # One of each way in which a sentence is marked: template, question, error of a receipt, field.
    assert {
        "If someone is in danger now, call 999.",
        "Who is doing it?",
        "A receipt has 32 digits. You entered %(count)s.",
        "You can enter up to %(limit)s characters",
    } <= found


@EACH
def test_every_sentence_of_the_form_is_said_in_every_language(language: Language) -> None:
    """Also the newest one: `quietword translations update` shows what is missing."""
    assert list(problems(language)) == []


@EACH
def test_nothing_translated_is_broken(language: Language) -> None:
    assert list(faults(language)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "Idź tam",  # the value is gone
        "%(seconds)s %(num)s",  # one that English does not have
        "%(num)s <b>teraz</b>",  # markup
        "%(num)s %",  # a sign that would break the sentence when the value is put in
    ],
)
def test_what_is_broken_is_found(wrong: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    polish = next(language for language in LANGUAGES if language.tag == "pl")
    path = tmp_path / "pl" / "LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Wait %(num)s"\nmsgstr "{wrong}"\n', "utf-8")
    monkeypatch.setattr("reporting.catalogues.FOLDER", tmp_path)

    assert len(list(faults(polish))) == 1


@EACH
def test_the_program_reads_what_the_translators_wrote(language: Language) -> None:
    assert (folder_of(language.tag) / f"{DOMAIN}.mo").read_bytes() == compiled(read(language))


@EACH
def test_the_files_are_the_same_whoever_makes_them(language: Language) -> None:
    written = (folder_of(language.tag) / f"{DOMAIN}.po").read_bytes()

    assert DATE_OR_PLACE.search(written + TEMPLATE.read_bytes()) is None
    once = as_text(brought_up_to_date(language, collected()))
    assert once == as_text(brought_up_to_date(language, collected()))


@EACH
def test_the_forms_of_a_number_are_those_of_the_language(language: Language) -> None:
    """Ours are written by hand for gettext; CLDR's rules, which Babel carries, sort every number the same."""
    ours = compile(_as_python(language.plurals.partition("plural=")[2].rstrip(";")), "plural", "eval")
    theirs = Locale.parse(language.tag).plural_form

    pairs = {(eval(ours, {"n": n}), theirs(n)) for n in range(1201)}  # noqa: S307 - our own rule
    assert len({form for form, _ in pairs}) == len(pairs) == len({name for _, name in pairs})
    assert {form for form, _ in pairs} == set(range(len(pairs)))


def _as_python(rule: str) -> str:
    """gettext's rule, which is C, as Python: only `?:`, `&&` and `||` differ."""
    rule = rule.strip().replace("&&", " and ").replace("||", " or ")
    condition, question, rest = _split(rule)
    if not question:
        return f"int({condition})"
    yes, _, no = rest.partition(" : ")
    return f"({_as_python(yes)} if {condition} else {_as_python(no)})"


def _split(rule: str) -> tuple[str, str, str]:
    if rule.startswith("(") and rule.endswith(")") and " ? " in rule:
        rule = rule[1:-1]
    return rule.partition(" ? ")


def test_english_needs_no_catalogue() -> None:
    assert catalogue("en").gettext("Send") == "Send"
    assert translated(Sentence("You have %(n)s", n=20_000), "en") == "You have 20,000"


def test_a_sentence_without_a_translation_stays_english() -> None:
    assert translated("A sentence that nobody wrote", "pl") == "A sentence that nobody wrote"
    assert translated("", "pl") == ""


def test_values_are_put_in_as_the_language_writes_them() -> None:
    sentence = Sentence(
        "Make this shorter: it may have %(limit)s characters and has %(over)s too many", limit=20_000, over=7
    )
    assert "20\N{NO-BREAK SPACE}000" in translated(sentence, "pl")
    assert sentence == "Make this shorter: it may have 20,000 characters and has 7 too many"


@EACH
def test_dates_and_numbers_keep_the_digits_that_a_phone_has_keys_for(language: Language) -> None:
    assert "22" in long_date(date(2026, 11, 22), language.tag)
    assert "2026" in long_date(date(2026, 11, 22), language.tag)
    assert re.sub(r"\D", "", number(20_000, language.tag)) == "20000"
    assert number(20_000, language.tag).isascii() or "\N{NO-BREAK SPACE}" in number(20_000, language.tag)
