"""The answers as officers read them: every question of the public form, in its order."""

from triage.intake.answers import CHOICES, LABELS, answers_in_order, first_words


def test_every_question_the_public_form_asks_has_its_label_and_its_choices() -> None:
    from reporting.questions import every_field

    fields = list(every_field())
    assert [field.id for field in fields] == list(LABELS)
    assert {field.id: {choice.value for choice in field.choices} for field in fields if field.choices} == {
        question: set(choices) for question, choices in CHOICES.items()
    }


def test_answers_stand_in_the_order_of_the_form_and_unknown_ones_last() -> None:
    answers = answers_in_order({"zebra": "z", "danger": "yes", "what": "w", "how": "saw", "who": "  ", "apple": "a"})
    assert [answer.question for answer in answers] == ["what", "how", "danger", "apple", "zebra"]
    assert answers[1].text == "They saw it or heard it themselves"
    assert [answer.own_words for answer in answers] == [True, False, False, True, True]


def test_a_choice_nobody_offered_is_shown_as_it_came() -> None:
    (answer,) = answers_in_order({"how": "<b>dreamt it</b>"})
    assert answer.text == "<b>dreamt it</b>"
    assert answer.own_words


def test_first_words_are_one_line_cut_at_a_word() -> None:
    assert first_words({"what": "one\n\ntwo\tthree"}) == "one two three"
    long = first_words({"what": "word " * 100})
    assert long.endswith("word…")
    assert len(long) <= 91
    assert first_words({"what": "x" * 500}) == "x" * 90 + "…"
    assert first_words({}) == ""
