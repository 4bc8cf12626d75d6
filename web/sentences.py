"""Sentences that are written in English and translated where they are shown: plain text, no framework."""

from collections.abc import Mapping

Value = str | int  # a value that is itself a Sentence is translated too


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """The same sentence, in English: what collects the catalogues finds it by this call."""
    return sentence


class Sentence(str):
    """A sentence with values in it. It reads as English; `translated` gives it in another language.

    A whole number is written as the language writes numbers; any other value stands as it is.
    """

    pattern: str
    values: Mapping[str, Value]

    __slots__ = ("pattern", "values")

    def __new__(cls, pattern: str, **values: Value) -> "Sentence":
        shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        sentence = super().__new__(cls, pattern % shown)
        sentence.pattern = pattern
        sentence.values = values
        return sentence
