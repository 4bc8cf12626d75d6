"""Measures the rules on sentences that people have labelled."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.coaching.rules import coach


class LabelledError(ValueError):
    """A file of labelled sentences cannot be used; the message says which line and why."""


@dataclass(frozen=True)
class Labelled:
    """A sentence, and whether it could help somebody to work out who wrote it. `kind` is the labeller's own word."""

    text: str
    label: bool
    kind: str


@dataclass(frozen=True)
class KindRecall:
    """Of the sentences of one kind, how many there are, how many were labelled true, and how many were marked."""

    kind: str
    sentences: int
    labelled: int
    marked: int
    caught: int

    @property
    def recall(self) -> float | None:
        """The share of the labelled ones that were marked; None when none was labelled true."""
        return self.caught / self.labelled if self.labelled else None


@dataclass(frozen=True)
class Measured:
    """How the rules did. A sentence counts as marked when any mark of any kind is on it."""

    sentences: int
    right: int
    wrong: int
    missed: int
    kinds: tuple[KindRecall, ...]

    @property
    def precision(self) -> float | None:
        """The share of the marked ones that were labelled true; None when nothing was marked."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of those labelled true that were marked; None when none was labelled true."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def as_figures(self) -> dict[str, object]:
        """The same as JSON: what could not be reckoned is null."""
        return {
            "sentences": self.sentences,
            "precision": self.precision,
            "recall": self.recall,
            "marked_rightly": self.right,
            "marked_wrongly": self.wrong,
            "missed": self.missed,
            "recall_by_kind": {one.kind: one.recall for one in self.kinds if one.recall is not None},
            "kinds": {
                one.kind: {"sentences": one.sentences, "labelled": one.labelled, "marked": one.marked}
                for one in self.kinds
            },
        }

    def as_text(self) -> str:
        """The same for people, a figure a line."""
        return "\n".join(
            (
                f"sentences  {self.sentences}",
                f"precision  {_share(self.precision)}  ({self.right} marked rightly, {self.wrong} wrongly)",
                f"recall     {_share(self.recall)}  ({self.missed} missed)",
                "",
                "kind: recall, or how many harmless sentences were marked",
                *(
                    f"  {one.kind}: {_share(one.recall)}  ({one.caught} of {one.labelled})"
                    if one.labelled
                    else f"  {one.kind}: harmless  ({one.marked} of {one.sentences} marked)"
                    for one in self.kinds
                ),
            )
        )


def _share(share: float | None) -> str:
    return "none" if share is None else f"{share:.3f}"


def read_labelled(lines: Iterable[str]) -> tuple[Labelled, ...]:
    """One sentence a line: a JSON object with `text`, `label` and `kind`; empty lines are passed over.

    Raises LabelledError for the first line that is not one, and when there is none at all.
    """
    read = tuple(_labelled(line, number) for number, line in enumerate(lines, 1) if line.strip())
    if not read:
        raise LabelledError("The file holds no sentences")
    return read


def measure(labelled: Iterable[Labelled]) -> Measured:
    """Coach each sentence by itself and count."""
    outcomes = [(one, bool(coach(one.text).marks)) for one in labelled]
    right = sum(one.label and marked for one, marked in outcomes)
    kinds = []
    for kind in sorted({one.kind for one, _ in outcomes}):
        of_kind = [(one, marked) for one, marked in outcomes if one.kind == kind]
        kinds.append(
            KindRecall(
                kind,
                len(of_kind),
                sum(one.label for one, _ in of_kind),
                sum(marked for _, marked in of_kind),
                sum(one.label and marked for one, marked in of_kind),
            )
        )
    return Measured(
        len(outcomes),
        right,
        sum(marked and not one.label for one, marked in outcomes),
        sum(one.label and not marked for one, marked in outcomes),
        tuple(kinds),
    )


def _labelled(line: str, number: int) -> Labelled:
    try:
        held = json.loads(line)
    except ValueError:
        raise LabelledError(f"Line {number} is not JSON") from None
    if not isinstance(held, dict):
        raise LabelledError(f"Line {number} is not an object with text, label and kind")
    text, label, kind = held.get("text"), held.get("label"), held.get("kind", "")
    if not isinstance(text, str) or not text.strip():
        raise LabelledError(f"Line {number} has no “text”, or it is empty or not a string")
    if not isinstance(label, bool):
        raise LabelledError(f"Line {number} has a “label” that is neither true nor false")
    if not isinstance(kind, str):
        raise LabelledError(f"Line {number} has a “kind” that is not a string")
    return Labelled(text, label, kind or "(none)")
