"""The page “Everything we keep about a report”."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from reporting.kept import kept_by_the_team, kept_here

bp = Blueprint("kept", __name__)


@bp.get("/kept")
def kept() -> ResponseReturnValue:
    return render_template("reporting/kept.html", here=kept_here(), team=kept_by_the_team())
