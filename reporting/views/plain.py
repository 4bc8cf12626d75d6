"""The pages that ask nothing: what we promise, and whether the form is open today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from reporting.intake import NoIntakeKeyError
from reporting.program import program
from reporting.questions import QUESTIONS
from store.errors import StoreError

bp = Blueprint("plain", __name__)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    settings = program().settings
    code_alone = settings.drop_url.get_backend_name() == "sqlite"
    return render_template("reporting/privacy.html", code_alone=code_alone)


@bp.get("/helping")
def helping() -> ResponseReturnValue:
    """For a trusted person who hands over what somebody else knows."""
    return render_template("reporting/helping.html")


@bp.get("/paper")
def paper() -> ResponseReturnValue:
    """The same questions on paper: made from the questions of the form, so that the two never differ."""
    return render_template("reporting/paper.html", questions=QUESTIONS)


@bp.get("/access")
def access() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("reporting/access.html")


@bp.get("/health")
def health() -> ResponseReturnValue:
    """For whoever keeps the service running: 200 while a report can be sealed to a key of today, 503 otherwise."""
    held = program()
    try:
        held.desk.open_on(held.today())
    except (NoIntakeKeyError, StoreError):
        return "not ready\n", 503, {"Content-Type": "text/plain; charset=utf-8"}
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
