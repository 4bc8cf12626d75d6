"""The check page marks what could tell who wrote it, in place, with a reason; it changes nothing and stops nobody."""

import pytest

from reporting.coaching.shown import MOST_NOTES
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm

HARMLESS = "A white van comes every Friday."
TELLING = "My brother owes them money."


def on_the_check_page(form: PublicForm, **answers: str) -> PageClient:
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=answers.pop("what"), button="check")
    for question, words in answers.items():
        person.submit(button=f"change-{question}")
        person.submit({question: words}, button="Continue")
    assert person.heading() == "Check your answers"
    return person


def marked(person: PageClient) -> list[str]:
    return [text_of(mark) for mark in person.root.findall(".//mark")]


def test_a_telling_sentence_is_marked_where_it_stands_with_the_reason_under_it(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=f"{HARMLESS} {TELLING} They sell at night.")
    assert marked(person) == [TELLING]
    [note] = person.root.findall(".//div[@class='qw-coach__note']")
    assert "About these words" in text_of(note)
    assert "who your family or friends are" in text_of(note)
    person.sees("We marked 1 sentence that could help someone guess who you are.")
    person.sees("You can leave it as it is.")


def test_the_words_are_all_there_and_in_order_around_the_marks(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=f"{HARMLESS} {TELLING} They sell at night.")
    read = person.text()
    assert read.index(HARMLESS) < read.index(TELLING) < read.index("They sell at night.")


def test_change_under_a_mark_leads_to_that_answer(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=HARMLESS, who=TELLING)
    [button] = person.root.findall(".//div[@class='qw-coach__note']/button")
    assert "Who is doing it" in text_of(button)
    person.submit(button=str(button.get("value")))
    assert person.heading() == "Who is doing it?"
    assert person.value("who") == TELLING


def test_with_nothing_marked_it_says_what_was_looked_for_and_never_that_all_is_safe(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=HARMLESS)
    assert marked(person) == []
    person.sees("We looked for words about you, your family, your home and your work.")
    person.sees("We can miss things.")
    assert "safe" not in person.text().lower()


def test_nothing_is_blocked_and_the_report_holds_every_word(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=TELLING)
    person.submit(button="Send")
    [report] = public_form.reports()
    assert report.answers["what"] == TELLING


def test_marks_hold_words_and_never_markup(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what="My brother said <script>alert(1)</script> & laughed.")
    assert marked(person) == ["My brother said <script>alert(1)</script> & laughed."]


def test_a_mark_keeps_its_own_direction_and_its_note_the_pages(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what="میرا بھائی ان کے لیے کام کرتا ہے۔")
    [words] = person.root.findall(".//div[@class='qw-words']")
    assert words.get("dir") == "auto"
    [note] = words.findall("div")
    assert note.get("dir") == "ltr"
    person.sees("In your language we can only find some of these things.")


def test_a_language_without_rules_is_told_so(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what="Ο αδελφός μου το ξέρει.")
    person.sees("In some of it we could only look for phone numbers and addresses.")


def test_a_very_long_answer_is_marked_throughout_and_explained_for_its_first_sentences(public_form: PublicForm) -> None:
    person = on_the_check_page(public_form, what=(TELLING + " ") * 60)
    assert len(marked(person)) == 60
    assert len(person.root.findall(".//div[@class='qw-coach__note']")) == MOST_NOTES


@pytest.mark.parametrize(
    ("question", "words"),
    [("things", "07700 900123\nsnap @northsidez"), ("guess", "")],
)
def test_what_a_question_asks_for_is_not_held_against_the_answer(
    public_form: PublicForm, question: str, words: str
) -> None:
    person = on_the_check_page(public_form, what=HARMLESS)
    person.submit(button=f"change-{question}")
    person.submit({question: words} if words else {"careful": "Only three people know this."}, button="Continue")
    assert marked(person) == []
