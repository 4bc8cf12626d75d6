"""Looks through every byte of every file: databases with their logs and free pages, server logs, temporary files."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Process
from quietword.proof.processes import core_limit, environment_of, is_dumpable, open_files
from quietword.proof.scanner import Hit, Scanner


@dataclass
class Tally:
    """What was read so far, and what was found in it."""

    scanner: Scanner
    files: int = 0
    size: int = 0
    findings: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    @property
    def looked(self) -> Looked:
        return Looked(
            f"{self.files:,} {'file' if self.files == 1 else 'files'}, {self.size:,} bytes",
            tuple(self.findings.values()),
            tuple(self.unreadable),
        )

    def read(self, path: Path, shown: str | None = None) -> None:
        """Look through one file: its name, its extended attributes, and every byte."""
        shown = shown or str(path)
        self._keep(self.scanner.in_bytes(shown.encode()), shown, "in the file's name")
        try:
            with path.open("rb") as stream:
                hits, size = self.scanner.in_stream(stream)
                attributes = _attributes(stream.fileno())
        except FileNotFoundError:
            return  # gone since it was listed, as logs of databases go
        except OSError as error:
            self.unreadable.append(f"{shown} could not be read ({error.strerror}).")
            return
        self.files += 1
        self.size += size
        self._keep(hits, shown)
        self._keep(self.scanner.in_bytes(attributes), shown, "in the file's attributes")

    def take(self, data: bytes, shown: str) -> None:
        """Look through bytes that are not a file."""
        self.size += len(data)
        self._keep(self.scanner.in_bytes(data), shown)

    def _keep(self, hits: Iterable[Hit], shown: str, where: str = "") -> None:
        for hit in hits:
            how = ", ".join(part for part in (hit.how, where) if part)
            # Where it stands first in one place says enough.
            self.findings.setdefault(
                (hit.canary, shown, how), Finding(hit.canary, shown, how, None if where else hit.offset)
            )


def _attributes(descriptor: int) -> bytes:
    try:
        names = os.listxattr(descriptor)
        return b"\n".join(name.encode() + b"=" + os.getxattr(descriptor, name) for name in names)
    except OSError:
        return b""


def files_under(folder: Path) -> Iterator[Path]:
    """Every regular file, in order; links are not followed out of the folder."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            try:
                is_regular = stat.S_ISREG(path.lstat().st_mode)
            except FileNotFoundError:
                continue  # a running database makes small files anew under the same name; what is gone holds nothing
            if is_regular:
                yield path


def kept_files(deployment: Deployment, canaries: Canaries) -> Looked:
    """The folders of the deployment, whatever lies in them; the first is the instance's."""
    tally = Tally(Scanner(canaries))
    for folder in dict.fromkeys((deployment.instance, *deployment.folders)):
        if not folder.is_dir():
            raise CannotCheckError(f"The folder {folder} cannot be read from here.")
        for path in files_under(folder):
            tally.read(path)
    if not tally.files:
        raise CannotCheckError(f"There is no file under {deployment.instance} that can be read from here.")
    return tally.looked


def server_logs(deployment: Deployment, canaries: Canaries) -> Looked:
    """What the servers wrote: to the log files named, and to wherever their output goes."""
    logs = list(deployment.logs)
    elsewhere = []
    for process in deployment.processes:
        for number, output in ((1, "standard output"), (2, "standard error")):
            goes_to = _output(process.pid, number)
            if goes_to is None or goes_to in logs:
                continue
            if isinstance(goes_to, Path):
                logs.append(goes_to)
            elif goes_to != "/dev/null":
                elsewhere.append(f"{process.name} writes its {output} to {goes_to}, which cannot be read back.")
    if not logs:
        raise CannotCheckError("No log file is known: name it with --log." + " ".join(elsewhere))
    tally = Tally(Scanner(canaries))
    for path in logs:
        if not path.exists():
            raise CannotCheckError(f"The log {path} is not there.")
        tally.read(path)
    looked = tally.looked
    return Looked(looked.measured, looked.findings, (*looked.not_checked, *dict.fromkeys(elsewhere)))


def _output(pid: int, number: int) -> Path | str | None:
    descriptor = Path(f"/proc/{pid}/fd/{number}")
    try:
        path = str(descriptor.readlink())
        return Path(path) if descriptor.is_file() else path
    except OSError:
        return None


def temporary_files(deployment: Deployment, canaries: Canaries) -> Looked:
    """Folders for temporary files must be empty of ours; files held open, nameless ones as well, hold no canary."""
    tally = Tally(Scanner(canaries))
    left = [path for folder in deployment.temporary for path in files_under(folder)]
    for path in left:
        tally.read(path)
    findings = [Finding("a temporary file was left", str(path)) for path in left]
    unreadable = []
    # Memory, and logs of databases that were taken out of use: those are read as any other file.
    own = ("/memfd:", "/dev/shm/", *(f"{folder}/" for folder in (deployment.instance, *deployment.folders)))  # noqa: S108
    for process in deployment.processes:
        try:
            for opened in open_files(process.pid):
                tally.read(opened.descriptor, f"{opened.path}, held open by {process.name}")
                if opened.is_deleted and not opened.path.startswith(own):
                    findings.append(Finding("a file without a name is held open", opened.path))
        except OSError:
            unreadable.append(f"The open files of {process.name} could not be read: run the proof as root.")
    if not deployment.temporary and not deployment.processes:
        raise CannotCheckError("Neither a folder for temporary files nor a process is known here.")
    looked = tally.looked
    return Looked(looked.measured, (*looked.findings, *findings), (*looked.not_checked, *unreadable))


def core_dumps(deployment: Deployment, _canaries: Canaries) -> Looked:
    """No process may write its memory to a file when it crashes."""
    if not deployment.processes:
        raise CannotCheckError("No process of the deployment is known: name it with --pid.")
    findings, unseen = [], []
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    for process in deployment.processes:
        limit = core_limit(process.pid)
        if limit is None:
            unseen.append(f"The limits of {process.name} could not be read.")
        elif limit[0] != "0":
            findings.append(Finding("a crash may write a core file", process.name, f"limit {limit[0]} of {limit[1]}"))
        dumpable = is_dumpable(process.pid) if pattern.startswith("|") and not _holds_sealed_only(process) else False
        if dumpable is None:
            unseen.append(f"Whether the kernel would hand the memory of {process.name} to “{pattern}” cannot be seen.")
        if dumpable:
            findings.append(Finding("a crash may be piped to a program that keeps memory", process.name))
        if environment_of(process.pid).get("PYTHONFAULTHANDLER"):
            findings.append(Finding("PYTHONFAULTHANDLER prints frames of a crash", process.name))
    measured = f"{len(deployment.processes)} processes; the kernel would send a core to “{pattern}”"
    return Looked(measured, tuple(findings), tuple(unseen))


def _holds_sealed_only(process: Process) -> bool:
    """A database server is handed nothing but what was locked before."""
    return process.name.startswith(("PostgreSQL", "Redis", "Valkey"))


CHECKS = (
    PlainCheck(
        "every byte of every file",
        1,
        "No file of this service holds a word of what was sent or a trace of who sent it: not the databases, their "
        "logs or their free pages, nor anything beside them.",
        kept_files,
    ),
    PlainCheck(
        "server logs",
        1,
        "No log holds an address, a browser, a page or a word of a report, whatever went wrong.",
        server_logs,
    ),
    PlainCheck(
        "temporary files",
        3,
        "No temporary file is left, and no open file holds anything of what was sent.",
        temporary_files,
    ),
    PlainCheck(
        "core dumps",
        3,
        "When a program crashes, its memory is not written to a disk.",
        core_dumps,
    ),
)
