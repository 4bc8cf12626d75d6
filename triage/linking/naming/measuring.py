"""How well the name comparer tells the same from the other: the area under the curve, and what a pair costs."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from triage.errors import TriageError
from triage.linking.naming.comparing import compare_names

YES = frozenset({"1", "true", "yes", "match", "t", "y"})
NO = frozenset({"0", "false", "no", "non-match", "f", "n"})
COLUMNS = ("name_a", "name_b", "is_match")


class UnreadablePairsError(TriageError):
    """A file of pairs cannot be measured; the message says why."""


@dataclass(frozen=True)
class Score:
    """What `score_names` measured: pairs, how many of them are matches, area 0 to 1, microseconds a pair."""

    pairs: int
    matches: int
    auc: float
    microseconds: float


def area_under_curve(scored: Iterable[tuple[float, bool]]) -> float:
    """The chance that a match scores above what is none, ties counting half (Mann and Whitney, 1947).

    Raises UnreadablePairsError where either kind is missing.
    """
    ordered = sorted(scored, key=lambda one: one[0])
    matches = sum(same for _, same in ordered)
    others = len(ordered) - matches
    if not matches or not others:
        raise UnreadablePairsError("The pairs need both matches (1) and others (0) in is_match")
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        ranks += sum(same for _, same in ordered[start:end]) * (start + 1 + end) / 2
        start = end
    return (ranks - matches * (matches + 1) / 2) / (matches * others)


def read_pairs(path: Path) -> list[tuple[str, str, bool]]:
    """The pairs of a CSV file with the columns name_a, name_b and is_match (1 or 0, true or false, yes or no).

    Raises UnreadablePairsError where a column is missing or a row says neither, OSError where it cannot be opened.
    """
    pairs = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise UnreadablePairsError(f"The file has no column {' and no column '.join(missing)}")
            for row in rows:
                said = (row["is_match"] or "").strip().lower().removesuffix(".0")
                if said not in YES | NO or row["name_a"] is None or row["name_b"] is None:
                    raise UnreadablePairsError(f"Row {rows.line_num} does not say 1 or 0 in is_match")
                pairs.append((row["name_a"], row["name_b"], said in YES))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadablePairsError("The file could not be read as a CSV file in UTF-8") from error
    return pairs


def score_names(
    pairs: Sequence[tuple[str, str, bool]], *, compare: Callable[[str, str], float] = compare_names
) -> Score:
    """Measure the production comparer on labelled pairs; the clock runs over a second, warm pass.

    Raises UnreadablePairsError where there are not both matches and others.
    """
    area = area_under_curve([(compare(one, other), same) for one, other, same in pairs])
    begun = perf_counter()
    for one, other, _ in pairs:
        compare(one, other)
    spent = perf_counter() - begun
    return Score(len(pairs), sum(same for *_, same in pairs), area, 1e6 * spent / len(pairs))
