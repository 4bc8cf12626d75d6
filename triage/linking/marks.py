"""Sets the suggestions beside the text: every reason knows its mark in the text, and every mark its reasons."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from triage.linking.evidence import MARKS
from triage.linking.matching import Suggestion
from triage.linking.mentions import Mention
from triage.linking.reading import Passage, key_of
from triage.linking.reasons import Reason
from web.filters import counted
from web.markup import Span

# What a mark is, as the legend says it, in the legend's order.
KINDS = {
    "person": "A name",
    "vehicle": "A vehicle",
    "phone": "A telephone number",
    "place": "A place",
    "business": "A business",
    "account": "An online name",
    "date": "An age or a date",
    "word": "A word that counts",
    "apart": "Not a subject",
}
APART = "apart"
# A “she” that does not fit somebody is no name, though a reason rests on it.
KIND_OF = {**{evidence.value: kind for evidence, kind in MARKS.items()}, "sex": "word"}
MOST_LISTED = 200  # different words in the list of what is marked


@dataclass(frozen=True)
class Why:
    """One reason on the page. `mark` is the anchor of its words in the text, empty where they stand nowhere."""

    anchor: str
    reason: Reason
    mark: str = ""
    keys: str = ""
    times: int = 0


@dataclass(frozen=True)
class Beside:
    """One suggestion as it stands beside the text."""

    anchor: str
    suggestion: Suggestion
    why: tuple[Why, ...]
    against: tuple[Why, ...]


@dataclass(frozen=True)
class Speaks:
    """What one mark says of one suggestion."""

    name: str
    anchor: str
    against: bool


@dataclass(frozen=True)
class Listed:
    """One line of the list of what is marked: the words, what they are, how often they stand there, what they say."""

    said: str
    kind: str
    anchor: str
    times: int
    speaks: tuple[Speaks, ...]


@dataclass(frozen=True)
class Marks:
    """A text with its marks, by question, and the suggestions that lead to them and back."""

    spans: Mapping[str, tuple[Span, ...]]
    suggestions: tuple[Beside, ...]
    kinds: tuple[str, ...]
    listed: tuple[Listed, ...]
    unlisted: int


@dataclass
class _Words:
    """The same words wherever they stand in the text."""

    number: int
    kind: str
    value: str
    said: str
    times: int = 0
    speaks: list[Speaks] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"said-{self.number}"


@dataclass(frozen=True)
class _Stretch:
    start: int
    end: int
    passage: Passage
    words: _Words
    again: bool


def title_of(mention: Mention) -> str:
    """What a mark says when it is pointed at."""
    what = KINDS.get(mention.kind, "Marked")
    return f"{what}: {mention.value}" if mention.value and mention.value not in what.lower() else what


def note_of(mention: Mention) -> str:
    """What somebody who hears the page is told after the words of a mark."""
    what = KINDS.get(mention.kind, "marked").lower()
    return f"{what}: {mention.value}" if mention.kind == APART and mention.value else what


def span_of(mention: Mention) -> Span:
    """A mark that leads nowhere, for pages without the suggestions beside it."""
    note = note_of(mention) if mention.kind == APART else ""
    return Span(mention.start, mention.end, mention.kind, title_of(mention), note=note)


def set_beside(
    text: str, passages: Iterable[Passage], mentions: Iterable[Mention], suggestions: Iterable[Suggestion]
) -> Marks:
    """Mark the text of a report for the page on which its suggestions are decided.

    Args:
        text, passages: the joined text and where its answers stand in it (`join_answers`).
        mentions: what is marked of itself; what a reason rests on is marked as well.
        suggestions: in the order of the page.
    """
    suggestions = tuple(suggestions)
    stretches = _stretches(text, tuple(passages), [*mentions, *_rested_on(suggestions)])
    beside = tuple(_beside(number, one, stretches) for number, one in enumerate(suggestions, start=1))
    words = list({one.words.number: one.words for one in stretches}.values())
    return Marks(
        spans=_spans(stretches),
        suggestions=beside,
        kinds=tuple(kind for kind in KINDS if any(one.kind == kind for one in words)),
        listed=tuple(
            Listed(one.said, one.kind, one.anchor, one.times, tuple(one.speaks)) for one in words[:MOST_LISTED]
        ),
        unlisted=max(0, len(words) - MOST_LISTED),
    )


def _rested_on(suggestions: Iterable[Suggestion]) -> Iterator[Mention]:
    """The words that reasons rest on, whatever the matcher marks of itself."""
    for suggestion in suggestions:
        for reason in (*suggestion.reasons, *suggestion.against):
            yield Mention(KIND_OF.get(reason.evidence, "person"), reason.evidence, reason.start, reason.end)


def _stretches(text: str, passages: tuple[Passage, ...], marked: Iterable[Mention]) -> list[_Stretch]:
    """Stretches that do not overlap, as `web.markup.marked` draws them: the earlier first, of two the longer."""
    begins = [passage.start for passage in passages]
    words: dict[tuple[str, str], _Words] = {}
    found: list[_Stretch] = []
    at = 0
    for one in sorted(set(marked), key=lambda one: (one.start, -one.end, one.kind, one.value)):
        inside = bisect_right(begins, one.start) - 1
        if inside < 0 or one.end <= max(one.start, at):
            continue
        passage = passages[inside]
        start, end = max(one.start, at), min(one.end, passage.start + len(passage.text))
        if start >= end:
            continue
        said = text[start:end]
        before = words.get((one.kind, key_of(said) or said))
        same = before or _Words(len(words) + 1, one.kind, one.value, " ".join(said.split()))
        words[one.kind, key_of(said) or said] = same
        same.times += 1
        found.append(_Stretch(start, end, passage, same, again=before is not None))
        at = end
    return found


def _beside(number: int, suggestion: Suggestion, stretches: list[_Stretch]) -> Beside:
    reasons = [
        _why(f"why-{number}-{place}", reason, suggestion, stretches)
        for place, reason in enumerate((*suggestion.reasons, *suggestion.against), start=1)
    ]
    speaking = len(suggestion.reasons)
    return Beside(f"suggestion-{number}", suggestion, tuple(reasons[:speaking]), tuple(reasons[speaking:]))


def _why(anchor: str, reason: Reason, suggestion: Suggestion, stretches: list[_Stretch]) -> Why:
    """A reason, and what it says noted with each of the words it rests on."""
    found: dict[int, _Words] = {}
    first = bisect_right(stretches, reason.start, key=lambda one: one.end)
    for one in stretches[first:]:
        if one.start >= reason.end:
            break
        found[one.words.number] = one.words
    for words in found.values():
        words.speaks.append(Speaks(suggestion.name, anchor, reason.against))
    resting = list(found.values())
    return Why(
        anchor,
        reason,
        mark=resting[0].anchor if resting else "",
        keys=" ".join(str(words.number) for words in resting),
        times=max((words.times for words in resting), default=0),
    )


def _spans(stretches: Iterable[_Stretch]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {}
    for one in stretches:
        words = one.words
        mention = Mention(words.kind, words.value, one.start - one.passage.start, one.end - one.passage.start)
        speaks = len({speaks.name for speaks in words.speaks})
        title = title_of(mention) + (f". Speaks of {counted(speaks, 'suggestion')}" if speaks else "")
        span = Span(
            mention.start,
            mention.end,
            mention.kind,
            title,
            note=note_of(mention) if words.kind == APART or not one.again else "",
            anchor="" if one.again else words.anchor,
            leads_to=words.speaks[0].anchor if words.speaks else "",
            key=str(words.number) if words.speaks else "",
            again=one.again,
        )
        found.setdefault(one.passage.key, []).append(span)
    return {key: tuple(spans) for key, spans in found.items()}
