"""Speaking as “I”, “we” or “our kid”: everything but the turns of phrase that anybody in the country could have used.

“I think he sells” and “my god” narrow nothing down; “I lent him money” does. Listing all that narrows is hopeless,
listing what does not is short: those turns are blanked out first, and any “I” or “my” that is left speaks about
the writer.
"""

import re

from reporting.coaching.english import turns
from reporting.coaching.rule import phrase
from reporting.coaching.rule import words as listed

SPEAKING = listed(
    "i im ive iv ime ima imma id ill me my mi myself meself mesen mysen mine we weve our ours us ourselves wor"
)


def _any(of: tuple[str, ...]) -> re.Pattern[str]:
    return phrase("|".join(of))


# A turn is tried only in sentences that hold one of its words; one that opens with the speaker, only there.
_SPEAKER = re.compile(r"(?<![\w'@])(?:i|we|iv|ive|im|ime|id|ill|weve|were)(?!\w)")
_OF_THE_SPEAKER = _any(turns.OF_THE_SPEAKER)
_WITH = tuple(
    (listed(words), _any(of))
    for words, of in (
        ("as far like what before if until unless when so mind minded keep keeps keeping minding", turns.ASIDES),
        ("me us tells", turns.OF_ME),
        ("us u", turns.OF_US),
        ("my", turns.OF_MY),
        ("our", turns.OF_OUR),
        ("mine", turns.MINES),
        ("i id ill", turns.NO_PERSON),
    )
)
_QUOTED = re.compile(r"“[^”]{1,160}”|\"[^\"]{1,160}\"|(?<![\w])'[^']{2,80}'(?!\w)|‘[^’]{2,80}’(?!\w)")
# Letters alone do not speak: "US" is a country, "i.e." is not I, "@me" is a name.
_LEFT = re.compile(
    r"(?<![\w'@#.&/\-])(?:i'?m(?:a|ma)?|ime|i'?ve?|i'?d(?! card)|i'?ll|i|me|my|mi(?= \w)|myself|"
    r"meself|mesen|mysen|mine|"
    r"we(?:'?ve|'re|'ll|'d)?|ours?|us|ourselves|wor(?= \w))(?!['\w@]|\.\w|-\w)"
)


def without_quotes(low: str, written: str) -> str:
    """The folded sentence with what others said, and the country, blanked out letter for letter."""
    if "US" in written and not written.isupper():
        low = re.sub(r"\bus\b", lambda us: "  " if written[us.start() : us.end()] == "US" else us.group(), low)
    return _QUOTED.sub(_blank, low)


def without_turns(low: str, words: frozenset[str]) -> str:
    """The folded sentence with common turns of phrase blanked out, letter for letter."""
    for needed, pattern in _WITH:
        if not needed.isdisjoint(words):
            low = pattern.sub(_blank, low)
    return _without_what_the_speaker_thinks(low)


def _without_what_the_speaker_thinks(low: str) -> str:
    kept, at = [], 0
    for speaker in _SPEAKER.finditer(low):
        turn = _OF_THE_SPEAKER.match(low, speaker.start()) if speaker.start() >= at else None
        if turn is not None:
            kept += [low[at : turn.start()], _blank(turn)]
            at = turn.end()
    return "".join(kept) + low[at:] if kept else low


def speaks(masked: str) -> re.Match[str] | None:
    """The first word by which the writer speaks of themselves, in a sentence without its turns of phrase."""
    return _LEFT.search(masked)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())
