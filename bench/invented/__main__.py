"""Writes an invented register and reports of one split: `python -m bench.invented --folder DIR`."""

import argparse
import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from bench.invented.register import Line, invent_register
from bench.invented.reports import invent_reports
from bench.invented.styles import SPLITS

PEOPLE, GROUPS, REPORTS, SEED = 100_000, 5_000, 1_500, 2026


def write(folder: Path, *, people: int, groups: int, reports: int, seed: int, splits: Iterable[str]) -> Path:
    """Write `register.jsonl.gz` and `reports_<split>.jsonl` for each split; gives where the register is.

    The register is the same for both splits: what differs is who is meant, and how it is said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    register = invent_register(seed, people=people, groups=groups)
    path = folder / "register.jsonl.gz"
    # Without a time in the file, the same seed gives the same bytes.
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=3, mtime=0, filename="") as packed:
        for line in (*register.groups, *register.people):
            packed.write(_line(line).encode())
    for split in splits:
        lines = invent_reports(register, seed, split=split, number=reports)
        write_lines(folder / f"reports_{split}.jsonl", lines)
    return path


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(map(_line, lines))


def of_kind(path: Path, kind: str) -> list[Line]:
    """The reports of a file that hold something of that kind, such as `phone fragment`, and mean somebody."""
    with path.open(encoding="utf-8") as file:
        return [line for line in map(json.loads, file) if line["person"] is not None and kind in line["kind"]]


def _line(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.invented", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the files go")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--groups", type=int, default=GROUPS)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--split", choices=sorted(SPLITS), default="development")
    parser.add_argument(
        "--kinds", default="", help="also write the reports of these kinds apart: phone fragment,partial plate,..."
    )
    given = parser.parse_args()
    if not 1 <= given.groups <= given.people:
        parser.error("Give at least one group, and no more groups than people")
    write(
        given.folder,
        people=given.people,
        groups=given.groups,
        reports=given.reports,
        seed=given.seed,
        splits=(given.split,),
    )
    whole = given.folder / f"reports_{given.split}.jsonl"
    for kind in filter(None, map(str.strip, given.kinds.split(","))):
        write_lines(whole.with_name(f"{whole.stem}_{kind.replace(' ', '_')}.jsonl"), of_kind(whole, kind))


if __name__ == "__main__":
    main()
