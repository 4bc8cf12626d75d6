"""The way through the form: which page comes next for the button that was pressed. Plain rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reporting.languages import TAGS
from reporting.questions import (
    QUESTIONS,
    QUESTIONS_ADDING,
    THINGS,
    WHAT,
    WHO,
    WHO_WITH_POLICE,
    Question,
    cleaned,
    question_named,
)
from reporting.state import CHECK, FILES, SENT, START, Draft


class Go(StrEnum):
    """What the reporter pressed. `change-` is followed by the question to change, `remove-` by the place of a file,
    `lang-` by a language's tag."""

    CONTINUE = "continue"
    BACK = "back"
    CHECK = "check"
    ADD = "add"
    SEND = "send"
    SEND_TO_TEAM = "send-to-team"


CHANGE = "change-"
REMOVE = "remove-"
LANGUAGE = "lang-"


@dataclass(frozen=True)
class Turn:
    """Where one press of a button leads: a page to show, or a report to send.

    `problems` holds a sentence for each field to put right; `typed` is what stands in the fields of the page.
    """

    draft: Draft
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    problems: Mapping[str, str] = field(default_factory=dict)
    send: bool = False


def turn(draft: Draft, go: str, posted: Mapping[str, str], *, separate_team: bool = False) -> Turn:
    """Take what the page posted into the draft and find the next page. No word that was typed is ever dropped.

    `separate_team` says that reports about the police have readers of their own. Whoever adds something must then say
    whether it is about the police: nobody remembers what was said of the report, and at triage an addition to nothing
    tells that those readers have one.
    """
    question = _asked(draft, draft.step, separate_team=separate_team)
    if in_another_language(go):
        draft = draft.speaking(go.removeprefix(LANGUAGE))
        return Turn(draft, posted_answers(question, posted)) if question else show(draft)
    if question is not None:
        return _leave_question(draft, question, go, posted, separate_team=separate_team)
    if draft.step == FILES:
        return _leave_files(draft, go, separate_team=separate_team)
    if draft.step == CHECK:
        return _leave_check(draft, go, separate_team=separate_team)
    if draft.step == SENT:
        return show(draft.at(START))
    return show(draft.at(WHAT.id))


def questions_of(draft: Draft) -> tuple[Question, ...]:
    """What is asked on the way to the check page: fewer questions of somebody who only adds something."""
    return QUESTIONS_ADDING if draft.adds else QUESTIONS


def in_another_language(go: str) -> bool:
    """Whether the button asks for the same page in another language of ours."""
    return go.startswith(LANGUAGE) and go.removeprefix(LANGUAGE) in TAGS


def show(draft: Draft) -> Turn:
    """The page of this draft, with the answers it already holds."""
    question = question_named(draft.step)
    return Turn(draft, _held(draft, question) if question else {})


def posted_answers(question: Question, posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed on this question's page."""
    return {field.id: cleaned(posted.get(field.id, "")) for field in question.fields}


def _asked(draft: Draft, step: str, *, separate_team: bool) -> Question | None:
    """The question of this step as it is asked of this draft, or None when the step is not a question."""
    if step == WHO.id and draft.adds and separate_team:
        return WHO_WITH_POLICE
    return question_named(step)


def _missing(draft: Draft, *, separate_team: bool) -> Question | None:
    """The first question that must be answered before this draft can be sent."""
    asked = (_asked(draft, step, separate_team=separate_team) for step in (WHAT.id, WHO.id))
    return next((question for question in asked if question and _problems(question, _held(draft, question))), None)


def _held(draft: Draft, question: Question) -> dict[str, str]:
    return {field.id: draft.answers.get(field.id, "") for field in question.fields}


def _problems(question: Question, typed: Mapping[str, str]) -> dict[str, str]:
    found = {field.id: field.problem_with(typed[field.id]) for field in question.fields}
    return {name: sentence for name, sentence in found.items() if sentence}


def _leave_question(
    draft: Draft, question: Question, go: str, posted: Mapping[str, str], *, separate_team: bool
) -> Turn:
    typed = posted_answers(question, posted)
    problems = _problems(question, typed)
    if go == Go.BACK:
        # Going back with nothing typed is allowed; going back with too much would lose words.
        problems = {name: sentence for name, sentence in problems.items() if typed[name].strip()}
    if problems:
        return Turn(draft, typed, problems)
    draft = draft.answering(typed)
    if go == Go.BACK:
        # Whoever was brought here to answer and does not is not led to a page that offers to send.
        missing = _missing(draft, separate_team=separate_team)
        to_check = draft.changing and (missing is None or missing.id == WHAT.id)
        return show(draft.at(CHECK if to_check else _before(draft, question.id)))
    if go == Go.CHECK or draft.changing:
        return _check(draft, separate_team=separate_team)
    return show(draft.at(_after(draft, question.id)))


def _leave_files(draft: Draft, go: str, *, separate_team: bool) -> Turn:
    """What was chosen on this page was taken before this, whichever button was pressed."""
    if go.startswith(REMOVE) and go.removeprefix(REMOVE).isdecimal():
        return show(draft.without_file(int(go.removeprefix(REMOVE)[:2])))
    if go == Go.ADD:
        return show(draft)
    if go == Go.BACK:
        return show(draft.at(CHECK if draft.changing else _before(draft, FILES)))
    if go == Go.CHECK or draft.changing:
        return _check(draft, separate_team=separate_team)
    return show(draft.at(_after(draft, FILES)))


def _leave_check(draft: Draft, go: str, *, separate_team: bool) -> Turn:
    if go == Go.BACK:
        return show(draft.at(questions_of(draft)[-1].id))
    if go == CHANGE + FILES or (go.startswith(CHANGE) and question_named(go.removeprefix(CHANGE))):
        return show(draft.at(go.removeprefix(CHANGE), changing=True))
    if go in {Go.SEND, Go.SEND_TO_TEAM} and _missing(draft, separate_team=separate_team) is None:
        return Turn(draft, send=True)
    return _check(draft, separate_team=separate_team)


def _check(draft: Draft, *, separate_team: bool) -> Turn:
    """The check page, or a question that must be answered before it: what is wrong is said to those who saw it."""
    missing = _missing(draft, separate_team=separate_team)
    if missing is None:
        return show(draft.at(CHECK))
    held = _held(draft, missing)
    seen = missing is WHAT or draft.step == missing.id
    return Turn(draft.at(missing.id, changing=True), held, _problems(missing, held) if seen else {})


def _way(draft: Draft) -> list[str]:
    """Every step, in order."""
    steps = [question.id for question in questions_of(draft)]
    steps.insert(steps.index(THINGS.id) + 1, FILES)
    return [START, *steps, CHECK]


def _before(draft: Draft, step: str) -> str:
    way = _way(draft)
    return way[way.index(step) - 1]


def _after(draft: Draft, step: str) -> str:
    way = _way(draft)
    return way[way.index(step) + 1]
