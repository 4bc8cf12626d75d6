"""Names: our own pairs, as `quietword linking score-names` reads them, by that command in a process of its own."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.table import Bar, Table
from tests.unit.triage.name_pairs.made import Pair, all_pairs
from triage.linking.naming.measuring import COLUMNS

MOST_SECONDS = 60
AREA_BAR = Bar(at_least=0.97)  # docs/names.md: .991 of what the rules were tuned on, .981 of what was kept aside
TIME_BAR = Bar(at_most=50)


def measure(table: Table, folder: Path) -> None:
    """Write the pairs to `folder` and print what the command says of all of them, and of the half kept aside."""
    table.heading("Linking: names, two by two")
    pairs = all_pairs()
    every = scored(_written(folder / "name_pairs.csv", pairs))
    aside = scored(_written(folder / "name_pairs_aside.csv", (pair for pair in pairs if pair.aside)))
    table.figure("area under the curve", every["auc"], "", AREA_BAR, f"of {every['pairs']:,} pairs")
    table.figure("area, pairs kept aside from tuning", aside["auc"], "", AREA_BAR, f"of {aside['pairs']:,} pairs")
    table.figure("one pair, words seen before", every["microseconds_per_pair"], "µs", TIME_BAR)


def scored(pairs: Path) -> dict[str, Any]:
    """What the command says of a file of pairs."""
    command = [sys.executable, "-m", "quietword", "linking", "score-names", "--pairs", str(pairs), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=MOST_SECONDS)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _written(path: Path, pairs: Iterable[Pair]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows((pair.one, pair.other, int(pair.same)) for pair in pairs)
    return path
