"""What Linux says of a running process: its children, its open files, its limits, its environment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_CORE = re.compile(r"Max core file size\s+(\S+)\s+(\S+)")


@dataclass(frozen=True)
class OpenFile:
    """One descriptor of a process that stands for a file: its path as the kernel gives it, and where to read it."""

    path: str
    descriptor: Path

    @property
    def is_deleted(self) -> bool:
        return self.path.endswith(" (deleted)")


def descendants(pid: int) -> list[int]:
    """Every process that this one started, and those they started."""
    try:
        lists = [path.read_text().split() for path in (PROC / str(pid) / "task").glob("*/children")]
    except OSError:
        return []
    children = [int(child) for one in lists for child in one]
    return [found for child in children for found in (child, *descendants(child))]


def name_of(pid: int) -> str:
    """What a process was started as, short."""
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").split()
    except OSError:
        return "gone"
    return " ".join(Path(word).name for word in words[:6]) or "gone"


def environment_of(pid: int) -> dict[str, str]:
    """The variables a process was started with; empty when they cannot be read."""
    try:
        pairs = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return {}
    return dict(pair.decode("utf-8", "replace").split("=", 1) for pair in pairs if b"=" in pair)


def open_files(pid: int) -> Iterator[OpenFile]:
    """The regular files a process holds open, deleted ones as well.

    Raises:
        OSError: they cannot be read, or the process is gone.
    """
    for descriptor in sorted((PROC / str(pid) / "fd").iterdir()):
        try:
            path = str(descriptor.readlink())
            if descriptor.is_file() and not path.startswith("/dev/"):
                yield OpenFile(path, descriptor)
        except OSError:
            continue


def core_limit(pid: int) -> tuple[str, str] | None:
    """The soft and hard limit of a core file, in bytes or "unlimited"; None when they cannot be read."""
    try:
        found = _CORE.search((PROC / str(pid) / "limits").read_text())
    except OSError:
        return None
    return (found[1], found[2]) if found else None


def is_dumpable(pid: int) -> bool | None:
    """Whether the kernel would write this process's memory out; None when that cannot be seen.

    A process that forbade it has its files under /proc owned by root (proc(5)), which shows when it runs as another.
    """
    try:
        owner = (PROC / str(pid) / "environ").stat().st_uid
        runs_as = int(re.search(r"^Uid:\s+\d+\s+(\d+)", (PROC / str(pid) / "status").read_text(), re.MULTILINE)[1])  # type: ignore[index]
    except (OSError, TypeError):
        return None
    if runs_as == 0:
        return None
    return owner == runs_as
