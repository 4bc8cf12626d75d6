"""Runs the production matcher over reports whose subject is known, and says how often and how surely it is right."""

import gc
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.linking.interchange import ToldReport, read_register, read_reports
from triage.linking.matching import RegisterMatcher, Suggestion

RANKED = 40


@dataclass(frozen=True)
class _Outcome:
    report: ToldReport
    people: list[Any]  # ids in order; an id or None
    groups: list[Any]
    shown: tuple[Suggestion, ...]
    seconds: float

    @property
    def is_right(self) -> bool:
        return self.report.group is not None and self.groups[:1] == [self.report.group]

    @property
    def is_shown_right(self) -> bool:
        return bool(self.shown) and self.report.group is not None and self.shown[0].group_id == self.report.group


def evaluate(register: Path, reports: Path) -> dict[str, Any]:
    """Every figure that the interchange README names; times are of `suggest` with its explanation, in ms.

    Raises:
        InterchangeError: a file is not in the format.
    """
    entries = list(read_register(register))
    started = time.perf_counter()
    matcher = RegisterMatcher(entries)
    built = time.perf_counter() - started
    del entries
    gc.collect()
    gc.freeze()
    told = read_reports(reports)
    outcomes = [_outcome(matcher, report) for report in told]
    return {**figures(outcomes), "build_s": round(built, 2), "rss_mb": round(_resident(), 1)}


def _outcome(matcher: RegisterMatcher, report: ToldReport) -> _Outcome:
    started = time.perf_counter()
    shown = matcher.suggest(report.text)
    seconds = time.perf_counter() - started
    ranked = matcher.rank(report.text, limit=RANKED)
    people = [one.entry_id for one in ranked if one.kind == "person"]
    groups = list(dict.fromkeys(one.group_id for one in ranked if one.group_id is not None))
    return _Outcome(report, people, groups, shown, seconds)


def figures(outcomes: list[_Outcome]) -> dict[str, Any]:
    """Recall, precision and tables of outcomes."""
    linked = [one for one in outcomes if one.report.group is not None]
    unlinked = [one for one in outcomes if one.report.group is None]
    shown = [one for one in outcomes if one.shown]
    times = sorted(1000 * one.seconds for one in outcomes)
    return {
        "reports": len(outcomes),
        "linked": len(linked),
        "person_recall_at_1": _share(one.people[:1] == [one.report.person] for one in linked),
        "person_recall_at_5": _share(one.report.person in one.people[:5] for one in linked),
        "group_recall_at_1": _share(one.is_right for one in linked),
        "group_recall_at_5": _share(one.report.group in one.groups[:5] for one in linked),
        "ceiling_group": _mean(one.report.ceiling for one in linked),
        "shown_recall": _share(one.is_shown_right for one in linked),
        "shown_precision": _share(one.is_shown_right for one in shown),
        "false_on_unlinked": _share(bool(one.shown) for one in unlinked),
        "by_slice": _table(linked, lambda one: [one.report.slice]),
        "by_form": _table(linked, lambda one: [one.report.form]),
        "by_kind": _table(linked, lambda one: list(one.report.kinds)),
        "p50_ms": round(_at(times, 0.5), 1),
        "p95_ms": round(_at(times, 0.95), 1),
        "p100_ms": round(_at(times, 1.0), 1),
    }


def _table(outcomes: list[_Outcome], keys_of: Any) -> dict[str, dict[str, float | int]]:
    found: dict[str, list[_Outcome]] = {}
    for one in outcomes:
        for key in keys_of(one):
            found.setdefault(key, []).append(one)
    return {
        key: {
            "group_recall_at_1": _share(one.is_right for one in some),
            "ceiling": _mean(one.report.ceiling for one in some),
            "n": len(some),
        }
        for key, some in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def _share(of: Iterable[bool]) -> float:
    return _mean(map(float, of))


def _mean(of: Iterable[float]) -> float:
    values = list(of)
    return round(sum(values) / len(values), 4) if values else 0.0


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _resident() -> float:
    """The memory this process holds now, in MB; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
