"""Check a receipt: every receipt that is typed rightly gets the same page, of the same length."""

from enum import StrEnum

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from envelope.errors import ReceiptError
from envelope.mailbox import Receipt
from reporting.flow import LANGUAGE, in_another_language
from reporting.forms import ReceiptForm, came_back, carry
from reporting.program import program
from reporting.receipt import slip
from reporting.speaking import speak, spoken
from reporting.state import Draft
from reporting.wording import N_
from store.errors import StoreError
from web.forms import QuietForm

bp = Blueprint("receipt", __name__)


class Step(StrEnum):
    """Which of these pages a draft is on."""

    ENTER = "receipt"
    LOOKED = "looked"
    BURN = "burn"


BURN_IT = "burn"  # what the button of both pages sends
ADD_TO_IT = "add"

STALE = N_("This page was open for too long, so we asked for your receipt again. Nothing was changed.")
AWAY = N_("We could not look just now. Your receipt is fine. Please try again later.")
NOT_BURNT = N_("We could not do that just now. Nothing was changed. Please try again later.")


@bp.get("/receipt")
def enter() -> ResponseReturnValue:
    return _enter(ReceiptForm(formdata=None))


@bp.post("/receipt")
def press() -> ResponseReturnValue:
    draft = came_back()
    if draft is None:
        return _enter(ReceiptForm(), STALE, 400)
    go = request.form.get("go", "")
    if in_another_language(go):
        draft = draft.speaking(go.removeprefix(LANGUAGE))
        speak(draft.language)
        if draft.step == Step.BURN:
            return _ask_before_burning(draft)
    pressed_burn = go == BURN_IT
    match draft.step:
        case Step.LOOKED if pressed_burn:
            return _ask_before_burning(draft)
        case Step.LOOKED if go == ADD_TO_IT:
            return _begin_adding(draft)
        case Step.BURN if pressed_burn:
            return _burn(draft)
        case Step.LOOKED | Step.BURN:
            return _look(draft.receipt)
        case _:
            return _parse()


def _ask_before_burning(draft: Draft) -> ResponseReturnValue:
    carry(draft.at(Step.BURN))
    return render_template("reporting/burn.html", form=QuietForm(formdata=None))


def _begin_adding(draft: Draft) -> ResponseReturnValue:
    """The same for every receipt: nothing is looked up, so nothing tells whether there is a report to add to."""
    carry(Draft.addition_to(draft.receipt, draft.language))
    return render_template("reporting/add.html", form=QuietForm(formdata=None), notice="")


def _parse() -> ResponseReturnValue:
    try:
        receipt = Receipt.parse(request.form.get("receipt", ""))
    except ReceiptError as error:
        form = ReceiptForm()
        form.receipt.errors = (slip(error),)
        return _enter(form)
    return _look(receipt)


def _enter(form: ReceiptForm, notice: str = "", status: int = 200) -> ResponseReturnValue:
    carry(Draft.begin(spoken()).at(Step.ENTER))
    return render_template("reporting/receipt.html", form=form, notice=notice), status


def _look(receipt: Receipt) -> ResponseReturnValue:
    held = program()
    try:
        news = held.mailboxes.look(receipt, held.today())
    except StoreError:
        return _enter(ReceiptForm(), AWAY, 503)
    carry(Draft(receipt, Step.LOOKED, language=spoken()))
    return render_template("reporting/looked.html", form=QuietForm(formdata=None), news=news)


def _burn(draft: Draft) -> ResponseReturnValue:
    held = program()
    try:
        held.mailboxes.burn(draft.receipt, held.today())
    except StoreError:
        return _enter(ReceiptForm(formdata=None), NOT_BURNT, 503)
    return render_template("reporting/burnt.html")
