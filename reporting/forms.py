"""The forms of the public pages, made from the questions; their token is the sealed page state."""

from collections.abc import Mapping

from flask import g, request

from envelope.errors import PageStateError
from reporting.program import program
from reporting.questions import QUESTIONS, Field, Kind, Question, question_named
from reporting.speaking import speak
from reporting.state import FILES, Draft, open_draft, seal_draft
from reporting.wording import N_
from web.fields import CountedTextField, LongTextField, RadiosField, SelectChoice
from web.forms import QuietForm, StaleFormError, posted_by_another_site, says_which_site

TOKEN_FIELD = QuietForm.Meta.csrf_field_name
YOUR_RECEIPT = N_("Your receipt")


class PageStateTokens:
    """Puts the draft into the page as the form's token, and opens it when it comes back."""

    def token(self) -> str:
        """The draft that this page carries, sealed."""
        held = program()
        return seal_draft(g.shown_draft, held.page_state_keys, held.today())

    def check(self, value: str) -> None:
        """Let a page pass that carries a draft of ours.

        Raises:
            StaleFormError: it is not ours, or is older than yesterday.
        """
        held = program()
        try:
            open_draft(value, held.page_state_keys, held.today())
        except PageStateError as error:
            raise StaleFormError(str(error)) from error


def carry(draft: Draft) -> None:
    """Let the page that is about to be drawn carry this draft, and remember when the first one was drawn."""
    g.shown_draft = draft.since(int(program().seconds()))


def came_back() -> Draft | None:
    """The draft of the page that was posted, or None for a page that is stale, forged, or was posted by another site.

    Another site could post a page of its own here, in the browser of whoever it sent: what they then write would have
    a receipt that it knows. Where the browser does not say whose page it was, what is written gets a receipt of this
    moment instead; a page that is sent keeps its own, so that sending it twice is one report.

    What may be wrong with an answer is the flow's to say, so no form is made here: a burst of reports comes this way.
    """
    if posted_by_another_site():
        return None
    held = program()
    try:
        draft = open_draft(request.form.get(TOKEN_FIELD, ""), held.page_state_keys, held.today())
    except PageStateError:
        return None
    speak(draft.language)
    written_on = draft.step == FILES or question_named(draft.step) is not None
    return draft.under_new_receipt() if written_on and not says_which_site() else draft


class ReceiptForm(QuietForm):
    """A receipt, typed in."""

    receipt = LongTextField(
        YOUR_RECEIPT,
        description=N_("Eight words with spaces between them, or 32 digits. Capital letters do not matter."),
    )


def question_form(question: Question, typed: Mapping[str, str], problems: Mapping[str, str]) -> QuietForm:
    """The form of one question, filled in, with the sentences that say what to put right."""
    form = _FORMS[question.id](formdata=None, data=dict(typed))
    for name, sentence in problems.items():
        form[name].errors = (sentence,)
    return form


def _drawn(asked: Field) -> CountedTextField | RadiosField:
    if asked.kind is Kind.CHOICE:
        choices = [SelectChoice(choice.value, choice.label) for choice in asked.choices]
        return RadiosField(asked.label, description=asked.hint, choices=choices)
    return CountedTextField(asked.label, limit=asked.limit, description=asked.hint)


_FORMS: dict[str, type[QuietForm]] = {
    question.id: type(f"{question.id.title()}Form", (QuietForm,), {one.id: _drawn(one) for one in question.fields})
    for question in QUESTIONS
}
