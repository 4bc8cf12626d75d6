"""What somebody had typed into a page that could not be taken, so that it can be given back to them."""

import re
from collections.abc import Mapping

from flask import Request
from werkzeug.datastructures import MultiDict

# Secrets are never put back into a page, and ids and buttons are nobody's words. `answer` is an authenticator's, with
# what unlocks its officer's seed; `kept` is a page that was sealed while its reader proved who they are.
SECRET = re.compile(r"pass|code|token|current|again|^new$|secret|^answer$|^kept|^after$")
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
WORDS_LEAST = 2


def words_kept(request: Request) -> Mapping[str, str]:
    """The words of a post by the name of their field, written as a label."""
    return words_in(request.form)


def words_in(form: MultiDict[str, str]) -> Mapping[str, str]:
    """The same of the fields of one, such as one that was kept sealed."""
    kept: dict[str, str] = {}
    for name, values in form.lists():
        if SECRET.search(name):
            continue
        text = "\n".join(value for value in values if _is_typed(value))
        if text:
            kept[_label(name)] = text
    return kept


def _is_typed(value: str) -> bool:
    return len(value.strip()) >= WORDS_LEAST and value not in {"yes", "no"} and ID.fullmatch(value) is None


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize() or "Text"
