"""What would leave, cut into pieces where a warning stands, so that each warning in a list can point at its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.sanitising.checks import Finding

LONGEST_LIST = 60


@dataclass(frozen=True)
class Warned:
    """A finding with its number on the page and the anchor of the words it is about."""

    number: int
    anchor: str
    finding: Finding


@dataclass(frozen=True)
class Piece:
    """A run of the text. `anchor` is empty where nothing is wrong with it; `title` says what is."""

    words: str
    anchor: str = ""
    title: str = ""


@dataclass(frozen=True)
class Preview:
    """The whole text in pieces, and the warnings that point into it."""

    pieces: tuple[Piece, ...]
    warnings: tuple[Warned, ...]

    @property
    def first(self) -> tuple[Warned, ...]:
        """Those the list shows; a text with more than these is not read one by one."""
        return self.warnings[:LONGEST_LIST]


def preview_of(text: str, findings: Sequence[Finding]) -> Preview:
    """Cut `text` at its findings, which are in the order they stand; overlapping ones share one marked run."""
    pieces: list[Piece] = []
    warnings: list[Warned] = []
    at = 0
    for place, (start, end, run) in enumerate(_runs(findings), 1):
        anchor = f"words-{place}"
        kinds = dict.fromkeys(finding.kind.value for finding in run)
        pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], anchor, ", ".join(kinds)))
        warnings.extend(Warned(number, anchor, finding) for number, finding in enumerate(run, len(warnings) + 1))
        at = end
    pieces.append(Piece(text[at:]))
    return Preview(tuple(piece for piece in pieces if piece.words), tuple(warnings))


def _runs(findings: Sequence[Finding]) -> Iterator[tuple[int, int, list[Finding]]]:
    """Findings that overlap, together, with where their words begin and end."""
    start = end = 0
    run: list[Finding] = []
    for finding in findings:
        if run and finding.start < end:
            run.append(finding)
            end = max(end, finding.end)
            continue
        if run:
            yield start, end, run
        start, end, run = finding.start, finding.end, [finding]
    if run:
        yield start, end, run
