"""A link to a page of our own, which leads to it in the language of the page that it stands on."""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup

CARRIED = "quietword.carried_language"
LINK, LINK_ENDS = Markup('<a class="{}" href="{}">'), Markup("</a>")
# The form `carrying` of the base page holds the language: an address would keep it in the browser's history.
BUTTON, BUTTON_ENDS = Markup('<button type="submit" form="carrying" class="{}" formaction="{}">'), Markup("</button>")
LOOK_OF_A_LINK = {"govuk-link": "qw-link-button"}


def carry_language(app: Flask, carried: Callable[[], str]) -> None:
    """Let the links of this application carry a language; ``carried`` is empty where a plain link does as well."""
    app.extensions[CARRIED] = carried


def carried_language() -> str:
    """The language that this page's links must carry, or nothing."""
    carried = current_app.extensions.get(CARRIED)
    return carried() if carried else ""


def link(path: str, words: str, classes: str = "govuk-link") -> Markup:
    """``{{ link("/receipt", _("Check a receipt")) }}``: a link, or a button that looks like one."""
    return link_begins(path, classes) + words + link_ends()


def link_begins(path: str, classes: str = "govuk-link") -> Markup:
    """The beginning of such a link, for one that stands in the middle of a translated sentence."""
    if carried_language():
        return BUTTON.format(LOOK_OF_A_LINK.get(classes, classes), path)
    return LINK.format(classes, path)


def link_ends() -> Markup:
    """Its end."""
    return BUTTON_ENDS if carried_language() else LINK_ENDS


def add_link_globals(app: Flask) -> None:
    """Let templates use these by name."""
    for one in (carried_language, link, link_begins, link_ends):
        app.jinja_env.globals[one.__name__] = one
