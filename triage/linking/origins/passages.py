"""The stretches that two texts share, to be marked in both: what a reader checks the program's judgement by."""

from collections.abc import Sequence

from triage.linking.origins.telling import words_of
from web.markup import Span

LEAST_WORDS = 4
TITLE = "In the same words and order in the other report"


def passages_shared(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """In each text the runs of at least four words that stand in the other as well, in the same order."""
    mine, theirs = list(words_of(one, every=True)), list(words_of(other, every=True))
    runs = _runs(mine) & _runs(theirs)
    return _spans(mine, runs), _spans(theirs, runs)


Place = tuple[str, int, int]


def _runs(words: Sequence[Place]) -> set[tuple[str, ...]]:
    forms = [form for form, _, _ in words]
    return {tuple(forms[at : at + LEAST_WORDS]) for at in range(len(forms) - LEAST_WORDS + 1)}


def _spans(words: Sequence[Place], runs: set[tuple[str, ...]]) -> tuple[Span, ...]:
    found: list[tuple[int, int]] = []
    for at in range(len(words) - LEAST_WORDS + 1):
        if tuple(form for form, _, _ in words[at : at + LEAST_WORDS]) not in runs:
            continue
        start, end = words[at][1], words[at + LEAST_WORDS - 1][2]
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(Span(start, end, "same", TITLE) for start, end in found)
