"""Reads what strace wrote: every file opened to write, every byte written, every connection made.

The trace is made with STRACE, which prints all strings in hex and whole, and paths and addresses beside descriptors.
What is written through shared memory (SQLite's index over its log) shows in no system call; the file itself is read.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

LONGEST = 4 << 20
CALLS = (
    "open,openat,openat2,creat,memfd_create,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,"
    "sendfile,splice,copy_file_range,connect,rename,renameat,renameat2,link,linkat,io_uring_setup"
)
STRACE = ("strace", "-f", "-q", "-yy", "-xx", "-s", str(LONGEST), "-e", f"trace={CALLS}", "-e", "signal=none")

_LINE = re.compile(r"^(?P<pid>\d+)\s+(?P<call>.*)$", re.DOTALL)
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(?P<rest>.*)$", re.DOTALL)
_UNFINISHED = "<unfinished ...>"
_CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>.*)$", re.DOTALL)
_DESCRIPTOR = re.compile(
    r"(?P<number>\d+)<(?:(?P<path>(?:\\x[0-9a-f]{2})*)(?:<[^>]*>)?|(?P<socket>[A-Za-z0-9-]+:\[[^\]]*(?:\][^\]>]*)*\]))>"
    r"(?P<deleted>\(deleted\))?"
)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_ADDRESS = re.compile(r'sa_family=AF_INET6?, .*?htons\((?P<port>\d+)\).*?"(?P<host>(?:\\x[0-9a-f]{2})*)"')
_UNIX = re.compile(r'sa_family=AF_UNIX, sun_path=(?P<abstract>@?)"(?P<path>(?:\\x[0-9a-f]{2})*)"')
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE")
_COPYING = frozenset({"sendfile", "splice", "copy_file_range"})
_SENDING = frozenset(
    {"write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg"},
)


def strace_is_here() -> bool:
    return shutil.which("strace") is not None


@dataclass(frozen=True)
class Call:
    """One finished system call: its name, and its arguments and result as strace prints them."""

    name: str
    arguments: str
    result: str

    @property
    def failed(self) -> bool:
        return self.result.startswith("-1 ")


@dataclass(frozen=True, order=True)
class Peer:
    """Whom a connection was made to: an address and port, or the path of a socket."""

    host: str
    port: int = 0

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.port else self.host


@dataclass
class Seen:
    """All that a trace shows: bytes by where they went, files opened to write, connections, and what went unseen."""

    written: dict[str, bytearray] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    connected: set[Peer] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    calls: int = 0


def everything(_where: str) -> bool:
    """Keep what was written anywhere."""
    return True


def read_traces(files: Iterable[Path], wanted: Callable[[str], bool] = everything) -> Seen:
    """Read whole traces, with the bytes that went where they are `wanted`.

    Those that have not grown since are not read again, when `wanted` is equal.
    """
    return _read(tuple((path, path.stat().st_size) for path in files), wanted)


@lru_cache(maxsize=1)
def _read(files: tuple[tuple[Path, int], ...], wanted: Callable[[str], bool]) -> Seen:
    seen = Seen()
    for path, _ in files:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for call in calls_in(lines):
                _take(call, seen, wanted)
    return seen


def calls_in(lines: Iterable[str]) -> Iterator[Call]:
    """The finished calls of all processes, with those that strace had to print in two pieces put together."""
    begun: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        if not found:
            continue
        pid, text = found["pid"], found["call"]
        if text.endswith(_UNFINISHED):
            begun[pid] = text.removesuffix(_UNFINISHED)
            continue
        if resumed := _RESUMED.match(text):
            text = begun.pop(pid, "").rstrip() + resumed["rest"]
        if call := _CALL.match(text):
            yield Call(call["name"], call["arguments"], call["result"].strip())


def _take(call: Call, seen: Seen, wanted: Callable[[str], bool]) -> None:
    seen.calls += 1
    if call.name == "connect":
        # A refused connection was tried all the same.
        if peer := _peer(call.arguments):
            seen.connected.add(peer)
    elif call.name == "io_uring_setup":
        seen.unseen.add("A program writes through io_uring, which strace does not see.")
    elif call.failed:
        return
    elif call.name in _SENDING:
        _take_bytes(call, seen, wanted)
    elif call.name in _COPYING:
        seen.unseen.add(f"{call.name} copies bytes inside the kernel, where strace does not see them.")
    elif call.name in {"open", "openat", "openat2", "creat"}:
        if call.name == "creat" or _WRITING.search(call.arguments):
            seen.opened.add(_where(call.result))
    elif call.name != "memfd_create":
        seen.opened.update(_decoded(name) for name, _ in _STRING.findall(call.arguments)[-1:])


def _take_bytes(call: Call, seen: Seen, wanted: Callable[[str], bool]) -> None:
    where = _where(call.arguments)
    if call.name.startswith("send") and (peer := _peer(call.arguments)):
        seen.connected.add(peer)
    if not wanted(where):
        return
    buffer = seen.written.setdefault(where, bytearray())
    for text, cut in _STRING.findall(call.arguments.partition("{sa_family=")[0]):
        buffer += bytes.fromhex(text.replace("\\x", ""))
        if cut:
            seen.unseen.add(f"One write to {where} was longer than {LONGEST:,} bytes and was seen in part.")


def _where(text: str) -> str:
    """What a descriptor stands for: a path, or a socket with its addresses."""
    found = _DESCRIPTOR.match(text)
    if not found:
        return "something without a name"
    if found["socket"]:
        return str(found["socket"])
    return _decoded(found["path"]) + (" (deleted)" if found["deleted"] else "")


def _peer(text: str) -> Peer | None:
    if found := _ADDRESS.search(text):
        return Peer(_decoded(found["host"]), int(found["port"]))
    if found := _UNIX.search(text):
        return Peer(("@" if found["abstract"] else "") + _decoded(found["path"]))
    return None


def _decoded(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode("utf-8", "replace")
