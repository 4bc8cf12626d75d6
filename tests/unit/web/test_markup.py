"""Text is made safe in one place, and it is safe whatever it says."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from web.markup import NAMED, Span, marked, officers_note, plain, writable

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "</textarea><script>alert(1)</script>",
    "<b style='x:expression(alert(1))'>",
    "<p onclick=alert(1)>",
    "&lt;script&gt;",
    "<!--<script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
)
TAGS = {"html", "head", "body", "br", "span", "mark"}


def tags_in(markup: str) -> set[str]:
    page = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(f"<!DOCTYPE html><body>{markup}")
    return {str(element.tag) for element in page.iter()}


def words_in(markup: str) -> str:
    return "".join(html5lib.parse(f"<p>{markup}", namespaceHTMLElements=False).itertext())


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_reporters_words_are_only_ever_words(attack: str) -> None:
    assert tags_in(plain(attack)) <= TAGS
    assert words_in(plain(attack)) == attack


@given(st.text())
def test_no_words_at_all_make_markup(text: str) -> None:
    assert tags_in(plain(text)) <= TAGS
    plain(text).encode("utf-8")


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8))
def test_marking_never_changes_the_words(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start, end, "person", "<b>'\"") for start, end in places]

    assert words_in(marked(text, spans)) == words_in(plain(text))
    assert tags_in(marked(text, spans)) <= TAGS


def test_line_ends_stay() -> None:
    assert plain("one\r\ntwo\rthree\nfour") == Markup("one<br>\ntwo<br>\nthree<br>\nfour")


@pytest.mark.parametrize("trick", sorted(NAMED))
def test_characters_that_turn_or_hide_text_are_named(trick: str) -> None:
    shown = plain(f"to{trick}ny")

    assert trick not in shown
    assert f"[{NAMED[trick]}]" in shown


@pytest.mark.parametrize(
    "control", ["\x01", "\x08", "\x1b", "\x7f", "\x85", "\u2028", "\ud800", "\ufffe", "\U000e0041"]
)
def test_control_characters_are_shown(control: str) -> None:
    assert "hidden character" in plain(f"a{control}b")


def test_nul_goes() -> None:
    assert plain("a\x00b") == "ab"


@pytest.mark.parametrize("words", ["Łukasz żółć", "محمد علی", "می‌خواهم", "ਪੰਜਾਬੀ", "👨‍👩‍👧 café", "中文 报告"])
def test_ordinary_words_of_any_language_stay_as_they_are(words: str) -> None:
    assert plain(words) == words


def test_nothing_shows_nothing() -> None:
    assert plain(None) == plain("") == officers_note("") == ""


def test_a_mark_says_why() -> None:
    shown = marked("Big Tony & co", [Span(0, 8, "person", 'Known as "Tony"')])

    assert shown == '<mark class="qw-mark--person" title="Known as &#34;Tony&#34;">Big Tony</mark> &amp; co'


def test_overlapping_marks_do_not_nest_and_lose_no_reason() -> None:
    shown = marked("abcdefgh", [Span(3, 8, "b"), Span(0, 5, "a"), Span(0, 2, "c")])

    assert shown == ('<mark class="qw-mark--a" title="">abcde</mark><mark class="qw-mark--b" title="">fgh</mark>')


def test_marks_outside_the_text_are_ignored() -> None:
    assert marked("ab", [Span(5, 9, "a"), Span(2, 1, "b")]) == "ab"


def test_a_note_keeps_its_light_formatting() -> None:
    note = "<p>Seen <strong>twice</strong> by <em>two</em> people</p><ul><li>one</li></ul>"

    assert officers_note(note) == note


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_note_keeps_nothing_else(attack: str) -> None:
    allowed = TAGS | {"p", "ul", "ol", "li", "strong", "em"}

    assert tags_in(officers_note(attack)) <= allowed
    assert "onerror" not in officers_note("<p onerror=x>a</p>")


def test_a_plain_note_keeps_its_lines() -> None:
    assert officers_note("one\r\ntwo") == "one<br>\ntwo"


def test_a_note_cannot_hide_anything_either() -> None:
    assert "[right-to-left override]" in officers_note("a\u202eb\x00")


@given(st.text())
def test_what_stands_in_a_field_is_valid_html(text: str) -> None:
    value = writable(text)
    parser = html5lib.HTMLParser(strict=True)

    parser.parse(f"<!DOCTYPE html><title>x</title><textarea>\n{plain_escape(value)}</textarea>".encode())


def plain_escape(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))


def test_a_mark_leads_somewhere_and_says_what_it_is_to_those_who_hear_it() -> None:
    span = Span(0, 4, "person", "A name", note="a name", anchor="said-1", leads_to="why-1-1", key="1")

    assert marked("Tony", [span]) == (
        '<mark class="qw-mark--person" title="A name" id="said-1" data-lights="1">'
        '<a class="qw-mark__link" href="#why-1-1">Tony</a>'
        '<span class="govuk-visually-hidden qw-mark__note"> (a name)</span></mark>'
    )


def test_a_mark_said_again_is_no_stop_of_tab() -> None:
    shown = marked("Tony", [Span(0, 4, "person", leads_to="why-1-1", again=True)])

    assert '<a class="qw-mark__link" href="#why-1-1" tabindex="-1">Tony</a>' in shown


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_part_of_a_mark_is_obeyed(attack: str) -> None:
    span = Span(0, len(attack), "person", attack, note=attack, anchor=attack, leads_to=attack, key=attack)

    assert tags_in(marked(attack, [span])) <= TAGS | {"mark", "a", "span", "br"}
