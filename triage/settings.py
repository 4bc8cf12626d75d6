"""The settings of the running program, as its app factory was given them."""

from flask import current_app

from config import TriageSettings

EXTENSION = "quietword.settings"


def settings() -> TriageSettings:
    """Those of the program that serves this request."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, TriageSettings)  # noqa: S101  the app factory puts them there
    return found
