"""Forms that draw GOV.UK components and take their token against forgery from the program they stand in.

    class GradeForm(QuietForm):
        handling = RadiosField("How may it be shared?", [InputRequired("Choose how it may be shared")], choices=[…])
        save = SubmitField("Save grade")

In a template::

    {{ error_summary(form) }}
    <form method="post" novalidate autocomplete="off">
      {{ form.hidden_tag() }}
      {{ form.handling(heading="l") }}
      {{ form.save() }}
    </form>
"""

from collections.abc import Iterable
from typing import Any, Protocol

from flask import Flask, current_app, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from web.fields import DateField, draw
from web.sentences import N_
from web.wording import say

TOKENS = "quietword.csrf"
OUR_OWN = frozenset({"same-origin", "none"})
STALE = N_("This page was open for too long or was opened twice. Check your answers and send it again.")
# The browser itself puts the focus on the summary: it is read out first, and Tab goes on from it, with no script.
TAKES_FOCUS = {"tabindex": "-1", "autofocus": ""}


class StaleFormError(ValueError):
    """A form's token is missing, forged or out of date; the message is what the page says."""


def posted_by_another_site() -> bool:
    """Whether the browser says that a page which is not ours sent this request.

    One without Sec-Fetch-Site may say it by its Origin, unless the other site hides that: `null` is what our own pages
    send as well, under their policy of no referrer.
    """
    if not says_which_site():
        return bool(request.environ.get("quietword.from") == "cross")
    return request.headers["Sec-Fetch-Site"] not in OUR_OWN


def says_which_site() -> bool:
    """Whether the browser tells which site sent a request: Safari before 16.4, and any over plain http, does not."""
    return "Sec-Fetch-Site" in request.headers


class FormTokens(Protocol):
    """What a program puts into ``app.extensions["quietword.csrf"]``."""

    def token(self) -> str:
        """The token for the page that is being drawn: asked for once, when the hidden field is drawn."""
        ...

    def check(self, value: str) -> None:
        """Raise `StaleFormError` unless the token that came back is right for whoever sent it."""
        ...


def use_form_tokens(app: Flask, tokens: FormTokens) -> None:
    """Let every `QuietForm` of an application carry and check these tokens."""
    app.extensions[TOKENS] = tokens


class _TokenField(CSRFTokenField):
    """The hidden token, made when it is drawn: the public form's token holds the answers just given."""

    def process(self, *args: Any, **kwargs: Any) -> None:  # Any: WTForms has no types
        super(CSRFTokenField, self).process(*args, **kwargs)

    def _value(self) -> str:
        return str(current_app.extensions[TOKENS].token())


class _ProgramTokens(CSRF):
    """Asks the program, not Flask's session, whether a token is right."""

    field_class = _TokenField

    def validate_csrf_token(self, form: BaseForm, field: CSRFTokenField) -> None:
        try:
            current_app.extensions[TOKENS].check(field.data or "")
        except StaleFormError as error:
            raise ValidationError(str(error)) from error


class QuietForm(FlaskForm):
    """The base of every form of both programs."""

    class Meta(FlaskForm.Meta):
        """Our token, and the posted form even where it is empty."""

        csrf = True
        csrf_class = _ProgramTokens
        csrf_field_name = "csrf_token"

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:  # Any: WTForms has no types
            """A post that says nothing is still a post: its fields are empty, not back at their defaults."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if request.method not in {"POST", "PUT", "PATCH", "DELETE"}:
                return None
            return CombinedMultiDict((request.files, request.form)) if request.files else request.form

    @property
    def error_list(self) -> list[dict[str, str]]:
        """What the error summary lists: each field's first error, linked to its first input."""
        listed: list[dict[str, str]] = []
        for field in self:
            if not field.errors:
                continue
            if isinstance(field, CSRFTokenField):
                listed.insert(0, {"text": say(field.errors[0])})
                continue
            at = f"{field.id}-day" if isinstance(field, DateField) else field.id
            listed.append({"text": say(field.errors[0]), "href": f"#{at}"})
        listed.extend({"text": say(error)} for error in self.form_errors)
        return listed

    def refuse(self, message: str) -> None:
        """Put an error about the whole form into its summary, for instance a domain error's sentence."""
        self.form_errors.append(message)


def error_summary(*forms: QuietForm) -> Markup | str:
    """The GOV.UK error summary of one or more forms; nothing where there are no errors."""
    listed: Iterable[dict[str, str]] = [error for form in forms for error in form.error_list]
    if not listed:
        return ""
    told = {"titleText": say(N_("There is a problem")), "errorList": listed, "attributes": TAKES_FOCUS}
    return draw("error-summary", "govukErrorSummary", told)


def add_form_globals(app: Flask) -> None:
    """Let templates write ``{{ error_summary(form) }}``."""
    app.jinja_env.globals["error_summary"] = error_summary
