"""Reads registers and reports in the interchange format that the figures of linking are measured on.

A register is JSON lines, plain or gzipped; a line is a group or a person. A report is a line with its text, who is
meant (null where nobody on the register is), the slice it is counted under, and the best that anybody could do.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from triage.register.entries import Entry, Group, Membership, Person
from triage.register.places import Address, Vehicle


class InterchangeError(Exception):
    """A file of the interchange format cannot be read. The message is the user's sentence."""


@dataclass(frozen=True)
class ToldReport:
    """One report whose subject is known."""

    id: str
    text: str
    person: UUID | None
    group: UUID | None
    slice: str
    form: str
    ceiling: float
    kinds: tuple[str, ...] = ()


@lru_cache(maxsize=8_192)
def entry_id(name: str) -> UUID:
    """The id that an entry's name in the file stands for."""
    return uuid5(NAMESPACE_OID, name)


def read_register(path: Path) -> Iterator[tuple[UUID, Entry]]:
    """The entries of a register file.

    Raises:
        InterchangeError: a line is no group and no person.
    """
    for number, line in _lines(path):
        try:
            yield entry_id(line["id"]), _group(line) if line["kind"] == "group" else _person(line)
        except (KeyError, TypeError, AttributeError) as error:
            raise InterchangeError(f"{path.name}, line {number}: {error} is missing or of another type") from error


def read_reports(path: Path) -> list[ToldReport]:
    """The reports of a file.

    Raises:
        InterchangeError: a line is no report.
    """
    found: list[ToldReport] = []
    for number, line in _lines(path):
        try:
            found.append(
                ToldReport(
                    id=str(line["id"]),
                    text=line["text"],
                    person=entry_id(line["person"]) if line.get("person") else None,
                    group=entry_id(line["group"]) if line.get("group") else None,
                    slice=line.get("slice") or "",
                    form=line.get("form") or "",
                    ceiling=float(line.get("ceiling_group") or 0.0),
                    kinds=tuple(line.get("kind") or ()),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InterchangeError(f"{path.name}, line {number}: {error} is missing or of another type") from error
    return found


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise InterchangeError(f"{path.name}, line {number}: this is not JSON") from error


def _group(line: dict[str, Any]) -> Group:
    return Group(
        reference=line["id"],
        name=line["name"],
        aliases=tuple(line.get("aliases", ())),
        area=intern(line.get("town") or ""),
        businesses=tuple(line.get("businesses", ())),
    )


def _person(line: dict[str, Any]) -> Person:
    return Person(
        reference=line["id"],
        surname=intern(line["surname"]),
        given_names=intern(" ".join((line["given"], *line.get("middle", ())))),
        nicknames=tuple(map(intern, (*line.get("nicknames", ()), *line.get("aliases", ())))),
        born=line.get("born") or "",
        sex=intern(line.get("sex") or ""),
        addresses=tuple(
            Address(
                "", intern(str(one.get("number") or "")), intern(one["street"]), intern(one["town"]), one["postcode"]
            )
            for one in line.get("addresses", ())
        ),
        vehicles=tuple(
            Vehicle(one["vrm"], intern(one["make"]), intern(one["model"]), intern(one["colour"]))
            for one in line.get("vehicles", ())
        ),
        phones=tuple(line.get("phones", ())),
        businesses=tuple(line.get("businesses", ())),
        memberships=(Membership(entry_id(line["group"])),) if line.get("group") else (),
    )
