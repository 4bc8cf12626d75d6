"""A small program on the base application, with one of everything a page can hold."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from flask import Flask, Request, abort, session
from wtforms.validators import InputRequired, Optional

from web.app import create_base_app
from web.fields import (
    CheckboxesField,
    CountedTextField,
    DateField,
    FileField,
    LongTextField,
    PasswordField,
    RadiosField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    TickField,
)
from web.forms import STALE, QuietForm, StaleFormError, use_form_tokens
from web.markup import Span

TOKEN = "right-token"
SECRET_WORDS = "canary-words-of-a-reporter"

FORM_PAGE = """
{% extends "web/base.html" %}
{% block content %}
{{ error_summary(form) }}
<form method="post" action="/" enctype="{{ enctype }}" novalidate autocomplete="off">
{{ form.hidden_tag() }}
{{ form.heard(heading="l", rows=8) }}
{{ form.street(size="s", classes="govuk-input--width-20") }}
{{ form.note() }}
{{ form.knows(size="m") }}
{{ form.about() }}
{{ form.team() }}
{{ form.seen() }}
{{ form.agree() }}
{{ form.passphrase(autocomplete="current-password") }}
{{ form.picture() }}
{{ form.send() }}
</form>
{% endblock %}
"""

COMPONENTS_PAGE = """
{% extends "web/base.html" %}
{% from "web/components/alert.html" import alert %}
{% from "web/components/badge.html" import badge %}
{% from "web/components/filter.html" import filter %}
{% from "web/components/page_links.html" import page_links %}
{% from "web/components/side_navigation.html" import side_navigation %}
{% from "web/components/sortable_table.html" import sortable_table %}
{% from "web/components/sub_navigation.html" import sub_navigation %}
{% from "web/components/task_list.html" import task_list %}
{% from "web/components/timeline.html" import timeline %}
{% block body_attributes %} data-shortcuts="on" data-idle-seconds="900"{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Reports</h1>
{{ sub_navigation({"label": "This report", "items": [{"text": words, "href": "/", "active": true}]}) }}
{{ side_navigation({"label": "Steps", "items": [{"text": words, "href": "/"}]}) }}
{{ alert({"variant": "warning", "title": words, "text": words}) }}
{% call filter({"hidden": {"sort": words}, "selectedFilters": {"clearLink": {"text": "Clear filters", "href": "/"},
  "categories": [{"heading": {"text": "State"}, "items": [{"text": words, "href": "/"}]}]}}) %}
<label class="govuk-label" for="q">Words</label><input class="govuk-input" id="q" name="q">
{% endcall %}
{{ sortable_table({"caption": words, "head": [
  {"text": words, "href": "/?sort=a", "sort": "ascending"}, {"text": "Age", "href": "/?sort=b"}, {"text": "State"}],
  "rows": [{"cells": [{"text": words, "href": "/", "header": true}, {"text": words},
    {"html": badge({"text": words, "classes": "moj-badge--red"})}]}]}) }}
{{ sortable_table({"id": "other", "caption": "None", "head": [{"text": "A"}], "rows": [], "empty": "No reports"}) }}
{{ page_links({"page": 5, "pages": 12, "address": address}) }}
{{ task_list({"items": [{"title": {"text": words}, "href": "/", "status": {"text": words}}]}) }}
{{ timeline({"items": [{"label": {"text": words}, "byline": {"text": words}, "date": day, "text": words,
  "badge": {"text": words}}]}) }}
<div class="qw-words">{{ words|plain }}</div>
<div class="qw-words">{{ words|marked(spans) }}</div>
<div class="qw-words">{{ words|officers_note }}</div>
{% include "web/components/idle_warning.html" %}
{% endblock %}
"""


class OneToken:
    """A token that is always the same."""

    def token(self) -> str:
        return TOKEN

    def check(self, value: str) -> None:
        if value != TOKEN:
            raise StaleFormError(STALE)


class EverythingForm(QuietForm):
    heard = CountedTextField(
        "What have you seen?", [InputRequired("Enter what has happened")], limit=20, description="In your own words"
    )
    street = TextField("Street", [Optional()])
    note = LongTextField("Note", [Optional()])
    knows = RadiosField(
        "How do you know?",
        [InputRequired("Choose how you know")],
        choices=[SelectChoice("saw", "I saw it", {"hint": "With my own eyes"}), SelectChoice("told", "I was told")],
    )
    about = CheckboxesField("About", choices=[SelectChoice("drugs", "Drugs"), SelectChoice("guns", "Guns")])
    team = SelectField("Team", choices=[SelectChoice("n", "North"), SelectChoice("s", "South")])
    seen = DateField("When?", [Optional()], description="For example, 27 3 2026")
    agree = TickField("I agree")
    passphrase = PasswordField("Passphrase")
    picture = FileField("Picture")
    send = SubmitField("Send")


def words_of(request: Request) -> Mapping[str, str]:
    return {"What have you seen?": request.form.get("heard", "")}


def sample_program(program: str = "public", **options: object) -> Flask:
    """The sample: a form at /, components at /components, and pages that fail in each way."""
    app = create_base_app(
        "sample",
        title="Quiet Word",
        program=program,
        template_folder=Path(__file__).parent,
        demo=True,
        words_back=words_of,
        exit_url="https://weather.example/" if program == "public" else None,
        **options,  # type: ignore[arg-type]  # tests pass the factory's own options
    )
    use_form_tokens(app, OneToken())
    form_page = app.jinja_env.from_string(FORM_PAGE)
    components_page = app.jinja_env.from_string(COMPONENTS_PAGE)
    app.config["SAMPLE_WORDS"] = "Big Tony drives"

    @app.route("/", methods=["GET", "POST"])
    def everything() -> str:
        form = EverythingForm()
        if form.validate_on_submit():
            form.picture.data = form.picture.data and form.picture.data.read()
            app.config["SAMPLE_TAKEN"] = {name: value for name, value in form.data.items() if name != "csrf_token"}
        return form_page.render(form=form, enctype="multipart/form-data")

    @app.get("/components")
    def components() -> str:
        return components_page.render(
            words=app.config["SAMPLE_WORDS"],
            spans=[Span(0, 8, "person", app.config["SAMPLE_WORDS"])],
            day=date(2026, 11, 22),
            address=lambda number: f"/?page={number}",
        )

    @app.route("/fails", methods=["GET", "POST"])
    def fails() -> str:
        raise ValueError(SECRET_WORDS)

    @app.route("/aborts/<int:status>", methods=["GET", "POST"])
    def aborts(status: int) -> str:
        abort(status)

    @app.get("/remembers")
    def remembers() -> str:
        session["who"] = SECRET_WORDS
        return ""

    return app
