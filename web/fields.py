"""WTForms fields that draw themselves with GOV.UK components.

In a template ``{{ form.street() }}`` draws the whole component: label, hint, error and input. It takes

- ``heading="l"``: the label or legend is the page's ``<h1>`` (also ``"m"``, ``"s"``);
- ``size="m"``: the same look without the ``<h1>``;
- any parameter of the GOV.UK macro (``classes=``, ``rows=``, ``hint={"text": …}``, ``formGroup={…}``).

A field's ``description`` is its hint. An option's hint is ``SelectChoice(value, label, {"hint": "…"})``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import fields, validators
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from web.letters import UNWRITABLE
from web.markup import writable
from web.sentences import N_, Sentence
from web.wording import say

__all__ = [
    "CheckboxesField",
    "CountedTextField",
    "DateField",
    "FileField",
    "HiddenField",
    "LongTextField",
    "PasswordField",
    "RadiosField",
    "SelectChoice",
    "SelectField",
    "SubmitField",
    "TextField",
    "TickField",
]

Params = dict[str, Any]  # Any: GOV.UK's macros take nested mappings of strings, numbers and booleans
UNREADABLE = N_("Check what you wrote: some characters could not be read and are shown as \ufffd")


def draw(component: str, macro: str, params: Mapping[str, Any]) -> Markup:
    """Call a GOV.UK macro from Python; its template is compiled once and stays."""
    template = current_app.jinja_env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    drawn: Markup = getattr(template.module, macro)(params)
    return drawn


def _own_params(field: fields.Field, given: Params, *, grouped: bool = False) -> Params:
    """What every component shares: its name, its label or legend, its hint and its error."""
    heading, size = given.pop("heading", None), given.pop("size", None)
    label: Params = {"text": say(field.label.text)}
    if heading or size:
        label["classes"] = f"govuk-{'fieldset__legend' if grouped else 'label'}--{heading or size}"
        label["isPageHeading"] = bool(heading)
    params: Params = {"name": field.name}
    if grouped:
        params |= {"fieldset": {"legend": label}, "idPrefix": field.id}
    else:
        params |= {"label": label, "id": field.id}
    if field.description:
        params["hint"] = {"text": say(field.description)}
    if field.errors:
        params["errorMessage"] = {"text": say(field.errors[0]), "visuallyHiddenText": say(N_("Error"))}
    return params


def _items(field: fields.SelectField, key: str) -> list[Params]:
    """The options of a field; ``key`` is the word the component has for the chosen ones."""
    return [
        {
            "value": str(choice.value),
            "text": say(choice.label),
            key: choice.selected,
            **({"hint": {"text": say(choice.render_kw["hint"])}} if "hint" in choice.render_kw else {}),
        }
        for choice in field.iter_choices()
    ]


class _ReadableText:
    """Takes text as Unicode with LF line ends, and says so when some of it cannot be kept or shown."""

    data: str | None
    unreadable = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the first value, with what no page can carry (NUL, controls, lone surrogates) made U+FFFD."""
        if valuelist:
            self.unreadable = UNWRITABLE.search(valuelist[0]) is not None
            self.data = writable(valuelist[0])

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a text that lost characters, once: the person sees what is left and can send that."""
        if self.unreadable:
            raise validators.StopValidation(UNREADABLE)


class TextField(_ReadableText, fields.StringField):
    """One line."""

    input_type = "text"

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: WTForms passes what a template wrote
        """Draw a GOV.UK text input."""
        params = _own_params(field, given)
        return draw(
            "input",
            "govukInput",
            {**params, "type": self.input_type, "value": self.shown(), "autocomplete": "off", **given},
        )

    def shown(self) -> str:
        """The value as the page may hold it."""
        return writable(self.data)


class PasswordField(TextField):
    """A secret; what was typed is never put back into a page."""

    input_type = "password"

    def shown(self) -> str:
        """Nothing."""
        return ""


class LongTextField(_ReadableText, fields.TextAreaField):
    """Several lines."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK textarea."""
        params = {**_own_params(field, given), "autocomplete": "off", "value": self.shown()}
        return draw("textarea", "govukTextarea", params | given)

    def shown(self) -> str:
        """The value; a browser drops the first line end in a textarea, so one stands before it."""
        return f"\n{writable(self.data)}"


class CountedTextField(LongTextField):
    """Several lines with a limit in characters; the count is alive with a script and a sentence without."""

    def __init__(self, label: str, checks: list[Any] | None = None, *, limit: int, **kwargs: Any) -> None:
        # Any: WTForms has no types
        super().__init__(label, checks, **kwargs)
        self.limit = limit

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """Refuse what is longer than the limit, and say by how much."""
        over = len(self.data or "") - self.limit
        if over > 0:
            raise validators.ValidationError(
                Sentence(
                    N_("Make this shorter: it may have %(limit)s characters and has %(over)s too many"),
                    limit=self.limit,
                    over=over,
                )
            )

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK textarea with the markup of its character count."""
        message = draw(
            "hint",
            "govukHint",
            {
                "id": f"{field.id}-info",
                "classes": "govuk-character-count__message",
                "text": say(Sentence(N_("You can enter up to %(limit)s characters"), limit=self.limit)),
            },
        )
        group = {
            "classes": "govuk-character-count",
            "attributes": {
                "data-module": "govuk-character-count",
                "data-maxlength": self.limit,
                "data-left": say(N_("You have % characters left")),
                "data-over": say(N_("You have % characters too many")),
            },
            "afterInput": {"html": message},
        }
        return super().widget(field, **{"formGroup": group, "describedBy": f"{field.id}-info", **given})


class RadiosField(fields.RadioField):
    """One of a few."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw GOV.UK radios in a fieldset."""
        params = {**_own_params(field, given, grouped=True), "items": _items(self, "checked")}
        return draw("radios", "govukRadios", params | given)


class CheckboxesField(fields.SelectMultipleField):
    """Any of a few."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw GOV.UK checkboxes in a fieldset."""
        params = {**_own_params(field, given, grouped=True), "items": _items(self, "checked")}
        return draw("checkboxes", "govukCheckboxes", params | given)


class TickField(fields.BooleanField):
    """One box to tick, whose label is the statement ticked."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a single GOV.UK checkbox."""
        params = _own_params(field, given, grouped=True)
        hint = {"hint": params.pop("hint")} if "hint" in params else {}
        del params["fieldset"]
        item = {"value": "y", "text": say(field.label.text), "checked": bool(self.data), **hint}
        return draw("checkboxes", "govukCheckboxes", {**params, "items": [item], **given})


class SelectField(fields.SelectField):
    """One of many."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK select."""
        params = {**_own_params(field, given), "items": _items(self, "selected")}
        return draw("select", "govukSelect", params | given)


class DateField(fields.Field):
    """A day in three inputs, ``name-day``, ``name-month`` and ``name-year``; its data is a date or None."""

    PARTS = (("day", 2), ("month", 2), ("year", 4))

    def process(self, formdata: Any, data: Any = fields.core.unset_value, extra_filters: Any = None) -> None:
        """Read the three inputs, all three left empty being no date."""
        self.typed = {part: "" for part, _ in self.PARTS}  # Any above: WTForms has no types
        self.process_errors: list[str] = []
        self.raw_data = None
        if formdata is None:
            self.data = (
                (self.default() if callable(self.default) else self.default)
                if (data is fields.core.unset_value)
                else data
            )
            if isinstance(self.data, date):
                self.typed = {part: str(getattr(self.data, part)) for part, _ in self.PARTS}
            return
        self.typed = {part: writable(formdata.get(f"{self.name}-{part}", "")).strip() for part, _ in self.PARTS}
        self.raw_data = ["-".join(self.typed.values())] if any(self.typed.values()) else [""]
        self.data = None
        if any(self.typed.values()):
            try:
                year, month, day = (int(self.typed[part]) for part in ("year", "month", "day"))
                self.data = date(year, month, day)
            except (ValueError, OverflowError):
                self.process_errors.append("Enter a real date, such as 27 3 2026")

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK date input."""
        params = _own_params(field, given, grouped=True)
        width = " govuk-input--error" if field.errors else ""
        items = [
            {
                "name": f"{field.name}-{part}",
                "id": f"{field.id}-{part}",
                "label": part.capitalize(),
                "classes": f"govuk-input--width-{digits}{width}",
                "value": self.typed[part],
                "autocomplete": "off",
            }
            for part, digits in self.PARTS
        ]
        params["id"] = params.pop("idPrefix")
        params["fieldset"]["role"] = "group"
        return draw("date-input", "govukDateInput", {**params, "items": items, **given})


class FileField(fields.FileField):
    """A file, as Werkzeug's FileStorage in memory, or None."""

    def process_formdata(self, valuelist: list[FileStorage | str]) -> None:
        """Keep a file that was really sent."""
        sent = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        self.data = sent[0] if sent else None

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK file upload."""
        return draw("file-upload", "govukFileUpload", {**_own_params(field, given), **given})


class SubmitField(fields.SubmitField):
    """A button; several on one form are told apart by which one is in the form's data."""

    def widget(self, field: fields.Field, **given: Any) -> Markup:  # Any: as above
        """Draw a GOV.UK button."""
        params = {"text": say(field.label.text), "name": field.name, "value": "yes", "preventDoubleClick": True}
        return draw("button", "govukButton", params | given)


class HiddenField(_ReadableText, fields.HiddenField):
    """A value that travels unseen."""
