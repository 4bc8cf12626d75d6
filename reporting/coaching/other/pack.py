"""The rules of one language: one pattern for each kind that it has."""

import re

from reporting.coaching.kinds import Kind

Pack = dict[Kind, re.Pattern[str]]

# Vowel signs and points are no \w to Python, yet they are part of a word.
_LETTER = r"[\w'\u0610-\u065f\u0670\u200c\u0900-\u0dff]"


def pack(**patterns: str) -> Pack:
    """A pattern for each kind, matched as whole words, with white space wherever one is written."""
    return {
        Kind[kind.upper()]: re.compile(rf"(?<!{_LETTER})(?:" + pattern.replace(" ", r"\s{1,3}") + rf")(?!{_LETTER})")
        for kind, pattern in patterns.items()
    }


def unspaced(**patterns: str) -> Pack:
    """The same for a script that writes no spaces."""
    return {Kind[kind.upper()]: re.compile(pattern) for kind, pattern in patterns.items()}
