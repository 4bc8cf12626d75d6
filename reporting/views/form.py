"""The form: every step is posted to one dull address, and everything between pages travels in the page."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Request, make_response, render_template, request
from flask.typing import ResponseReturnValue

from envelope.errors import PageStateError
from reporting.coaching.shown import coach_and_show
from reporting.counter import Readers
from reporting.flow import Go, Turn, posted_answers, questions_of, show, turn
from reporting.forms import TOKEN_FIELD, YOUR_RECEIPT, PageStateTokens, came_back, carry, question_form
from reporting.intake import NoIntakeKeyError
from reporting.program import program
from reporting.questions import (
    ABOUT_POLICE,
    QUESTION_OF_FIELD,
    Field,
    Question,
    about_police,
    every_field,
    in_danger,
    question_named,
)
from reporting.sent import sent_page
from reporting.speaking import speak, spoken
from reporting.state import CHECK, FILES, SENT, Draft, Wait, open_draft
from reporting.submit import Sending, send_report
from reporting.views.files import arriving, files_page, listed
from reporting.wording import N_
from store.errors import StoreError
from store.noticeboard import Bell
from web.forms import QuietForm
from web.incidents import log_incident
from web.multipart import MULTIPART
from web.wording import say

bp = Blueprint("form", __name__)

# A machine that was started again counts from nothing, and must not keep anybody waiting for ever.
LONGEST_WAIT = 600

NO_KEY = N_("This form has no key for today, so it could not lock your report. We do not take a report without a lock.")
STORE_AWAY = N_("The place where we keep locked reports could not be reached, or was full.")
STALE = N_(
    "Nothing was sent. This page was open for too long, or was changed on its way. What you typed on this page is "
    "still here. We keep nothing between pages, so we could not open what you wrote on earlier pages. You will have to "
    "write that again."
)


@bp.get("/")
def start() -> ResponseReturnValue:
    try:
        program().desk.open_on(program().today())
    except NoIntakeKeyError:
        return render_template("reporting/closed.html", why=NO_KEY), 503
    except StoreError:
        return render_template("reporting/closed.html", why=STORE_AWAY), 503
    return _page(show(Draft.begin(spoken())))


@bp.post("/")
def press() -> ResponseReturnValue:
    draft, problems = arriving() if request.mimetype == MULTIPART else (came_back(), ())
    if draft is None:
        return _stale(request.form)
    if problems:
        return files_page(draft, problems)
    pinned = program().settings.counter_verifying_key is not None
    taken = turn(draft, request.form.get("go", ""), request.form, separate_team=pinned)
    speak(taken.draft.language)
    return _send(taken.draft) if taken.send else _page(taken)


def words_back(failed: Request) -> Mapping[str, str]:
    """Everything the sender of a failed request had written, on this page and on those before it, by question."""
    posted = failed.form
    held: dict[str, str] = {}
    with contextlib.suppress(PageStateError):
        draft = open_draft(posted.get(TOKEN_FIELD, ""), program().page_state_keys, program().today())
        speak(draft.language)
        held.update(draft.answers)
    held.update((asked.id, posted[asked.id]) for asked in every_field() if posted.get(asked.id))
    words = {asked.label: _spoken(asked, held[asked.id]) for asked in every_field() if asked.id in held}
    return words | ({YOUR_RECEIPT: posted["receipt"]} if posted.get("receipt") else {})


def _spoken(asked: Field, answer: str) -> str:
    """A choice in the reader's language; somebody's own words exactly as they are."""
    return say(asked.spoken(answer)) if asked.choices else answer


def _page(taken: Turn, *, notice: str = "") -> ResponseReturnValue:
    draft = taken.draft
    if draft.step == CHECK:
        return _check_page(draft)
    if draft.step == FILES:
        return files_page(draft)
    carry(draft)
    question = question_named(draft.step)
    if question is not None:
        return _question_page(taken, question, notice)
    first_page = "reporting/add.html" if draft.adds else "reporting/start.html"
    return render_template(first_page, form=QuietForm(formdata=None), notice=notice)


def _question_page(taken: Turn, question: Question, notice: str) -> ResponseReturnValue:
    return render_template(
        "reporting/question.html",
        form=question_form(question, taken.typed, taken.problems),
        question=question,
        changing=taken.draft.changing,
        bell=_bell() if question.id == "danger" else None,
        about_police=about_police(taken.draft.answers),
        separate_team=_separate_team() if question.id in {"who", "danger"} else False,
        notice=notice,
    )


def _check_page(draft: Draft, seconds: int = 0, *, held_back: bool = False) -> ResponseReturnValue:
    """What will be sent and to whom; `held_back` says that it was not sent, because its readers are not there."""
    carry(draft.addressed())
    about = about_police(draft.answers)
    questions = questions_of(draft)
    written = [asked.id for question in questions for asked in question.fields if not asked.choices]
    return render_template(
        "reporting/check.html",
        coached=coach_and_show({name: draft.answers.get(name, "") for name in written}, spoken()),
        form=QuietForm(formdata=None),
        questions=questions,
        adds=draft.adds,
        answers=draft.answers,
        files=listed(draft),
        danger=in_danger(draft.answers),
        bell=_bell(),
        about_police=about,
        separate_team=about and _separate_team(),
        held_back=held_back,
        seconds=seconds,
    )


def _send(draft: Draft) -> ResponseReturnValue:
    held = program()
    go = Go.SEND_TO_TEAM if request.form.get("go") == Go.SEND_TO_TEAM else Go.SEND
    sending = Sending.of(draft, send_to_team=go is Go.SEND_TO_TEAM)
    apart = sending.readers is Readers.SEPARATE_TEAM
    wait = _wait_for(draft, sending)
    seconds = wait.until - int(held.seconds()) if wait else 0
    if seconds > 0:
        return _check_page(draft.waiting(wait), seconds)
    try:
        send_report(
            draft,
            sending,
            desk=held.counter if apart else held.desk,
            dropbox=held.dropbox,
            decoys=held.decoys,
            today=held.today(),
        )
    except NoIntakeKeyError:
        # What is about the police never goes to the others unless its sender says so.
        return _check_page(draft, held_back=True) if apart else _not_sent(draft, NO_KEY, go)
    except StoreError as error:
        log_incident(error)
        return _not_sent(draft, STORE_AWAY, go)
    # What is added to it goes to the same readers unless its sender says otherwise: at triage an addition to a report
    # that nobody has there would tell that there is one about the police.
    after = Draft.addition_to(draft.receipt, draft.language).answering(ABOUT_POLICE if apart else {})
    carry(replace(after, step=SENT, mailbox=draft.mailbox))
    return sent_page(
        draft.receipt,
        PageStateTokens().token(),
        adds=draft.adds,
        danger=sending.danger,
        separate_team=apart,
        bell=_bell() if sending.danger else None,
    )


def _wait_for(draft: Draft, sending: Sending) -> Wait | None:
    """What this sending must wait for, if anything; one that was given a time keeps it and is not counted again."""
    held = program()
    now = int(held.seconds())
    if draft.wait is not None and draft.wait.digest == sending.digest:
        return draft.wait if draft.wait.until - now <= LONGEST_WAIT else None
    seconds = held.delay(draft.age(now))
    return Wait(now + seconds, sending.digest) if seconds else None


def _not_sent(draft: Draft, why: str, again: Go) -> ResponseReturnValue:
    carry(draft.at(CHECK))
    page = render_template("reporting/not_sent.html", form=QuietForm(formdata=None), why=why, again=again.value)
    return page, 503


def _stale(posted: Mapping[str, str]) -> ResponseReturnValue:
    """Start again with what stands on this page, and say what could not be kept."""
    draft = Draft.begin(spoken())
    question = next((QUESTION_OF_FIELD[name] for name in posted if name in QUESTION_OF_FIELD), None)
    if question is None:
        return make_response(_page(show(draft), notice=STALE), 400)
    typed = posted_answers(question, posted)
    return make_response(_page(Turn(draft.at(question.id), typed), notice=STALE), 400)


def _separate_team() -> bool:
    """Whether there is a counter-corruption box today. When that cannot be known, no page says that there is one."""
    held = program()
    try:
        held.counter.open_on(held.today())
    except (NoIntakeKeyError, StoreError):
        return False
    return True


def _bell() -> Bell:
    try:
        return program().noticeboard.bell()
    except StoreError:
        return Bell(rings=False, next_release="")
