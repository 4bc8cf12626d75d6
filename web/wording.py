"""Says a sentence in the language of the page that is drawn. A program that has one language need not do anything."""

from collections.abc import Callable

from flask import Flask, current_app

WORDING = "quietword.wording"


def use_wording(app: Flask, say_it: Callable[[str], str]) -> None:
    """Let everything that this application shows go through ``say_it``, which is never given an empty text."""
    app.extensions[WORDING] = say_it


def say(sentence: object) -> str:
    """The sentence in the reader's language. What is in no catalogue stays as it is, and so does ``Sentence``'s text
    in a program without catalogues."""
    say_it = current_app.extensions.get(WORDING)
    text = sentence if isinstance(sentence, str) else str(sentence)
    return say_it(text) if say_it and text else text


def add_wording_filter(app: Flask) -> None:
    """Let templates write ``{{ sentence|said }}`` for a sentence that was written elsewhere."""
    app.jinja_env.filters["said"] = say
