"""How people on British estates write about themselves, as rules over words."""

from reporting.coaching.contact import contact
from reporting.coaching.english.acts import STARTS
from reporting.coaching.english.first_person import SPEAKING, speaks, without_quotes, without_turns
from reporting.coaching.english.life import TENURE, WORK
from reporting.coaching.english.moments import exact_time
from reporting.coaching.english.names import harmless_name
from reporting.coaching.english.secrets import EARLIER, FEW_KNOW
from reporting.coaching.english.ties import HOME, KINSHIP
from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rules, Said, words

RULES = Rules((*KINSHIP, *HOME, *WORK, *TENURE, *EARLIER, *FEW_KNOW, *STARTS))
_HOURS = words("one two three four five six seven eight nine ten eleven twelve")
_DAYS = words("yesterday last this")
_DIGITS = frozenset("0123456789")
_SENSED = frozenset(
    ["saw", "seen", "see", "heard", "hear", "witnessed", "spotted", "watched", "noticed", "clocked", "smelt"]
)


def look(said: Said) -> dict[Kind, tuple[int, int]]:
    """Each kind once, with the place in the sentence of the words that say it."""
    found: dict[Kind, tuple[int, int]] = {}
    speaking = not SPEAKING.isdisjoint(said.words)
    spoken = without_quotes(said.low, said.written)
    text = without_turns(spoken, said.words) if speaking else spoken
    for rule in RULES.about(said.words):
        if rule.kind not in found:
            match = rule.found(text if rule.after_turns else spoken)
            if match is not None:
                found[rule.kind] = match.span()
    match = contact(said.written, said.low, spoken, said.words)
    if match is not None:
        found[Kind.CONTACT] = match.span()
    saw_it = speaking and not _SENSED.isdisjoint(said.words)
    timed = not _DIGITS.isdisjoint(said.low) or not _HOURS.isdisjoint(said.words)
    if timed or (saw_it and not _DAYS.isdisjoint(said.words)):
        match = exact_time(said.low, saw_it)
        if match is not None:
            found[Kind.EXACT_TIME] = match.span()
    match = harmless_name(said.written, said.low, said.words)
    if match is not None:
        found[Kind.HARMLESS_NAME] = match.span("name")
    match = speaks(text) if speaking else None
    if match is not None and not found.keys() - {Kind.EXACT_TIME, Kind.HARMLESS_NAME}:
        found[Kind.FIRST_PERSON] = match.span()
    return found
