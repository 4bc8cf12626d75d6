"""Runs the whole bench: bounded, on this machine alone, stopping every server it starts."""

import argparse
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    auditing,
    desk,
    evil,
    flood,
    keeping_keys,
    linking,
    names,
    origins,
    searching,
    signing_in,
    submitting,
    unsealing,
)
from bench.table import Table

PARTS = (
    "form",
    "unseal",
    "desk",
    "flood",
    "linking",
    "names",
    "origins",
    "evil",
    "search",
    "audit",
    "sign-in",
    "keys",
)
OF_LINKING = ("names", "origins", "evil")  # each can be asked for alone, and all come with `linking`


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be given again")
    parser.add_argument(
        "--register", type=Path, help="another register for the evil texts, as `linking evaluate` reads"
    )
    given = parser.parse_args()
    parts = given.only or PARTS
    if "linking" in parts:
        parts = (*parts, *OF_LINKING)
    table = Table()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"Quiet Word, measured on {datetime.now(UTC):%d %B %Y}: {machine}.")
    print("The floor is one HPKE seal and one durable insert in a bare Flask view, under the same gunicorn settings.")
    with tempfile.TemporaryDirectory(prefix="quietword-bench-") as folder:
        if "form" in parts:
            submitting.measure(table, Path(folder))
        if "unseal" in parts:
            unsealing.measure(table)
        if "desk" in parts:
            desk.measure(table, Path(folder))
        if "flood" in parts:
            with tempfile.TemporaryDirectory(prefix="quietword-flood-") as flooded:
                flood.measure(table, Path(flooded))
        matcher = linking.measure(table, Path(folder)) if "linking" in parts else None
        if "names" in parts:
            names.measure(table, Path(folder))
        if "origins" in parts:
            origins.measure(table)
        if "evil" in parts:
            if given.register is not None:
                evil.measure(table, given.register)
            else:
                evil.measure(table, linking.invented(Path(folder)), matcher)
        if "search" in parts:
            searching.measure(table, Path(folder) / "search")
        if "audit" in parts:
            auditing.measure(table, Path(folder))
        if "sign-in" in parts:
            signing_in.measure(table, Path(folder))
        if "keys" in parts:
            keeping_keys.measure(table, Path(folder))
    table.say("")
    table.say(table.standing())
    if table.missed:
        print("\nBars NOT MET: " + "; ".join(table.missed))
        return 1
    print("\nEvery bar was met.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
