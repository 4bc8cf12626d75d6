"""Looks through the memory of every process for what earlier requests carried: it must be overwritten by then."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Process, Step
from quietword.proof.scanner import OVERLAP, Scanner

PIECE = 8 << 20
_MAPPED = re.compile(r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) (?P<may>\S+) \S+ \S+ \S+\s*(?P<name>.*)$")
# What the kernel shows every process of itself; nothing can be written there.
_KERNELS = ("[vvar", "[vsyscall", "[vdso")


@dataclass(frozen=True)
class Region:
    """A stretch of one process's memory: where it begins, its length, and what it is mapped from, if from anything."""

    start: int
    length: int
    name: str


def memory_after_requests(deployment: Deployment, canaries: Canaries) -> Looked:
    """Every byte that each process holds just now."""
    if not deployment.processes:
        raise CannotCheckError("The processes of the service are not known here: name each with --pid.")
    scanner, findings, total = Scanner(canaries), [], 0
    for process in deployment.processes:
        found, size = _look_through(process, scanner)
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


def _look_through(process: Process, scanner: Scanner) -> tuple[list[Finding], int]:
    """What is found in one process, and how many bytes were read."""
    findings: dict[tuple[str, str], Finding] = {}
    total = 0
    try:
        places = list(regions(process.pid))
        with Path(f"/proc/{process.pid}/mem").open("rb", buffering=0) as memory:
            for region in places:
                kept = b""
                for offset in range(0, region.length, PIECE):
                    piece = _read(memory.fileno(), region.start + offset, min(PIECE, region.length - offset))
                    total += len(piece)
                    for hit in scanner.in_bytes(kept + piece):
                        at = region.start + offset - len(kept) + hit.offset
                        found = Finding(hit.canary, f"memory of {process.name} ({region.name})", hit.how, at)
                        findings.setdefault((hit.canary, region.name), found)
                    kept = piece[-OVERLAP:]
    except OSError as error:
        raise CannotCheckError(
            f"The memory of {process.name} could not be read ({error.strerror}): run the proof as root."
        ) from None
    return list(findings.values()), total


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
