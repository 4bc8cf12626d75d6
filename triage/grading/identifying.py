"""Whether a report's text could tell who sent it: what decides if sharing starts with conditions.

Sanitising looks much closer; this only sets the default that an officer sees.
"""

import re
from collections.abc import Mapping

_TELLING = re.compile(
    r"(?<!\w)(?:"
    r"my\s+(?:\w+\s+)?(?:mum|mam|mom|mother|dad|father|son|daughter|brother|sister|cousin|nan|gran|uncle|aunt\w*|nephew|niece"
    r"|wife|husband|partner|ex|boyfriend|girlfriend|mate|friend|neighbou?r|boss|kids?|child(?:ren)?|house|flat|window|garden|street)"
    r"|next\s+door(?:\s+to\s+(?:me|us))?|my\s+work|i\s+work(?:ed)?|where\s+i\s+(?:work|live)|we\s+moved|i\s+moved|since\s+(?:i|we)\s+moved"
    r"|i\s+live|we\s+live|i\s+rent|(?:told|asked|said\s+to|threatened|followed)\s+me|only\s+(?:me|i|\w+\s+of\s+us)|on\s+(?:my|that)\s+shift"
    r"|opposite\s+(?:me|us|mine)|above\s+(?:me|us)|below\s+(?:me|us)"
    r")(?!\w)",
    re.IGNORECASE,
)


def telling_words(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The words that could tell who wrote, each once, as they stand in the text."""
    found = (" ".join(match.group().split()) for text in answers.values() for match in _TELLING.finditer(text))
    return tuple(dict.fromkeys(words.casefold() for words in found))


def why_identifying(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The reasons, as sentences, to start from sharing with conditions; none when the text tells little."""
    reasons = []
    if answers.get("guess") == "yes":
        reasons.append("The reporter says that someone might guess who told us.")
    if answers.get("careful", "").strip():
        reasons.append("The reporter asks us to be careful.")
    words = telling_words(answers)
    if words:
        listed = ", ".join(f"“{one}”" for one in words[:5])
        reasons.append(f"The text speaks of the reporter: {listed}.")
    return tuple(reasons)
