"""Looks through the memory of every process for what earlier requests carried: it must be overwritten by then."""

import os
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Process, Step
from quietword.proof.scanner import Scanner

PAGE = 4096
PIECE = 8 << 20
ALIKE = 8
LONGEST = 1024  # bytes of a canary, however it is written
_MAPPED = re.compile(r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) (?P<may>\S+) \S+ \S+ \S+\s*(?P<name>.*)$")
# What the kernel shows every process of itself; nothing can be written there.
_KERNELS = ("[vvar", "[vsyscall", "[vdso")


@dataclass(frozen=True)
class Region:
    """A stretch of one process's memory: where it begins, its length, and what it is mapped from, if from anything."""

    start: int
    length: int
    name: str


@dataclass(frozen=True)
class Sought:
    """What to look for in memory: words lie there as a program has them, and nobody has packed them there.

    The whole search of files would take minutes for each process; where one of these patterns stands it is made.
    """

    patterns: tuple[bytes, ...]
    scanner: Scanner

    @classmethod
    def of(cls, canaries: Canaries) -> "Sought":
        anchor = canaries.anchor
        plain = anchor.encode()
        wide = [anchor.encode(width)[: len(anchor)] for width in ("utf-16-le", "utf-32-le")]
        # Without their ends, which depend on what stands beside them.
        packed = [b64encode(bytes(skipped) + plain)[4:-4] for skipped in range(3)]
        # Addresses of one run lie beside each other, so that what they share is looked for once.
        values = sorted(canary.value for canary in canaries if canary.word is None)
        shared = [begin.encode() for begin, _ in groupby(values, key=lambda value: value[:ALIKE])]
        return cls(tuple(dict.fromkeys((plain, plain.upper(), *wide, *packed, *shared))), Scanner(canaries))

    def places(self, data: bytes) -> Iterator[int]:
        """Where any of them begins."""
        for pattern in self.patterns:
            at = data.find(pattern)
            while at >= 0:
                yield at
                at = data.find(pattern, at + 1)


def memory_after_requests(deployment: Deployment, canaries: Canaries) -> Looked:
    """Every byte that each process holds just now."""
    if not deployment.processes:
        raise CannotCheckError("The processes of the service are not known here: name each with --pid.")
    sought, total = Sought.of(canaries), 0
    findings: list[Finding] = []
    known: set[bytes] = set()
    for process in deployment.processes:
        found, size = _look_through(process, sought, known)
        findings.extend(found)
        total += size
    measured = f"{total:,} bytes of memory of {len(deployment.processes)} processes, while they ran"
    return Looked(measured, tuple(findings))


def regions(pid: int) -> Iterator[Region]:
    """All that a process could have written to: its heaps, stacks and private pages, and files it shares writing to."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        found = _MAPPED.match(line)
        if not found or found["name"].startswith(_KERNELS) or not found["may"].startswith("rw"):
            continue
        start = int(found["start"], 16)
        yield Region(start, int(found["end"], 16) - start, found["name"] or "memory without a name")


def _look_through(process: Process, sought: Sought, known: set[bytes]) -> tuple[list[Finding], int]:
    """What is found in one process, and how many bytes were read. Pages seen before are in `known`."""
    findings: dict[tuple[str, str], Finding] = {}
    total = 0
    try:
        places = list(regions(process.pid))
        with Path(f"/proc/{process.pid}/mem").open("rb", buffering=0) as memory:
            for region in places:
                for offset in range(0, region.length, PIECE):
                    # A little of the next piece, for what lies across the border.
                    length = min(PIECE + PAGE, region.length - offset)
                    piece = _read(memory.fileno(), region.start + offset, length)
                    total += len(piece)
                    for start, run in _new(piece, known):
                        seen = 0
                        for place in sorted(sought.places(run)):
                            if place < seen:
                                continue
                            near, seen = max(0, place - PAGE), place + PAGE - LONGEST
                            for hit in sought.scanner.in_bytes(run[near : place + PAGE]):
                                at = region.start + offset + start + near + hit.offset
                                found = Finding(hit.canary, f"memory of {process.name} ({region.name})", hit.how, at)
                                findings.setdefault((hit.canary, region.name), found)
    except OSError as error:
        raise CannotCheckError(
            f"The memory of {process.name} could not be read ({error.strerror}): run the proof as root."
        ) from None
    return list(findings.values()), total


def _new(piece: bytes, known: set[bytes]) -> Iterator[tuple[int, bytes]]:
    """Stretches of pages that nobody has looked at, each with the page before and after it, and where it begins.

    Processes that were one process share most of their pages, and much of memory is one byte over and over.
    """
    fresh: list[int] = []
    for start in range(0, len(piece), PAGE):
        page = piece[start : start + PAGE]
        if page.count(page[:1]) == len(page):
            continue
        digest = blake2b(page, digest_size=16).digest()
        if digest not in known:
            known.add(digest)
            fresh.append(start)
    while fresh:
        first = last = fresh.pop(0)
        while fresh and fresh[0] <= last + 2 * PAGE:
            last = fresh.pop(0)
        begin = max(0, first - PAGE)
        yield begin, piece[begin : last + 2 * PAGE]


def _read(descriptor: int, start: int, length: int) -> bytes:
    """What can be read there; a page that the process has given back in the meantime holds nothing."""
    try:
        return os.pread(descriptor, length, start)
    except OSError:
        return b""


CHECKS = (
    PlainCheck(
        "memory after the request",
        1,
        "When a request is over, what it carried is overwritten in memory too.",
        memory_after_requests,
        Step.RIGHT_AFTER,
    ),
)
