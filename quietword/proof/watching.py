"""Looks through what strace saw: each byte on its way, even to files that were gone again, and each call out."""

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from config import Bind
from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck
from quietword.proof.processes import PROC
from quietword.proof.scanner import Scanner
from quietword.proof.scanning import Tally
from quietword.proof.syscalls import Peer, Seen, read_traces

_MEMORY = ("/memfd:", "/dev/shm/", "/dev/null")  # noqa: S108 - memory, not a disk
# The services a C library asks about names of users and hosts, tried whether they run or not.
_NAME_SERVICES = frozenset({"/var/run/nscd/socket", "/run/systemd/userdb/io.systemd.DynamicUser"})
_NAMELESS = re.compile(r"TCP(v6)?:\[\d+\]")
TEMPORARY = ("/tmp/", "/var/tmp/")  # noqa: S108 - looked for, not used


@dataclass(frozen=True)
class _Kept:
    """Which places are looked through: not an answer to the visitor, memory, or a pipe between our own processes."""

    conversations: frozenset[str]
    outputs: frozenset[str]

    def __call__(self, where: str) -> bool:
        if where.startswith(_MEMORY) or _NAMELESS.fullmatch(where):
            # A socket without addresses is one whose other side has hung up. Had we called it, the call would show.
            return False
        if where.startswith("pipe:"):
            return where in self.outputs
        if where.startswith("TCP"):
            here, _, there = where.partition("[")[2].rstrip("]").partition("->")
            return not any(here.endswith(end) or there.endswith(end) for end in self.conversations)
        return not (where.startswith("UNIX") and any(end in where for end in self.conversations if end[0] != ":"))


def _read(deployment: Deployment) -> Seen:
    traces = [path for path in deployment.traces if path.exists()]
    if not traces:
        raise CannotCheckError("System calls were not traced: strace was not running. Use --here, or --trace as root.")
    seen = read_traces(traces, _Kept(_conversations(deployment), _outputs(deployment)))
    if not seen.calls:
        raise CannotCheckError("The trace is empty: strace may not watch these processes.")
    return seen


def traced_writes(deployment: Deployment, canaries: Canaries) -> Looked:
    """Every byte written anywhere but into the answers to the visitor, in the order in which it was written."""
    seen = _read(deployment)
    tally = Tally(Scanner(canaries))
    for where, data in seen.written.items():
        tally.take(bytes(data), f"written to {where}")
    made = [
        Finding("a temporary file was opened to write", path)
        for path in sorted(seen.opened)
        if _is_temporary(path, deployment)
    ]
    measured = f"{seen.calls:,} system calls; {tally.size:,} bytes written to {len(seen.written)} places"
    return Looked(measured, (*tally.looked.findings, *made), tuple(sorted(seen.unseen)))


def _outputs(deployment: Deployment) -> frozenset[str]:
    """The pipes that end in somebody's log. All others join our own processes, and hold nothing once they are read."""
    found = set()
    for process in deployment.processes:
        for number in (1, 2):
            with suppress(OSError):
                found.add(str((PROC / str(process.pid) / "fd" / str(number)).readlink()))
    return frozenset(found)


def _is_temporary(path: str, deployment: Deployment) -> bool:
    """Whether this path lies where temporary files go, and is none of the deployment's own that happen to lie there."""
    if any(path.startswith(f"{folder}/") for folder in deployment.temporary):
        return True
    ours = (deployment.instance, *deployment.folders, *(path.parent for path in deployment.logs))
    return path.startswith(TEMPORARY) and not any(path.startswith(f"{folder}/") for folder in ours)


def connections(deployment: Deployment, _canaries: Canaries) -> Looked:
    """Whom the programs called: their own databases, and nobody else."""
    seen = _read(deployment)
    allowed = _allowed(deployment)
    strangers = sorted(peer for peer in seen.connected if peer not in allowed and peer.host not in _NAME_SERVICES)
    findings = tuple(Finding("a connection was made", str(peer)) for peer in strangers)
    measured = f"{seen.calls:,} system calls; {len(seen.connected)} connections, {len(findings)} of them to strangers"
    return Looked(measured, findings)


def _conversations(deployment: Deployment) -> frozenset[str]:
    """The ends of sockets on which requests and their answers pass."""
    binds = (deployment.reporting, deployment.triage, *deployment.inner)
    ends = {f":{one.port}" for one in binds if isinstance(one, Bind)}
    return frozenset(ends | {str(one) for one in deployment.inner if not isinstance(one, Bind)})


def _allowed(deployment: Deployment) -> frozenset[Peer]:
    """The deployment's own databases and its own parts."""
    peers = {
        Peer(one.host, one.port) if isinstance(one, Bind) else Peer(str(one))
        for one in (deployment.reporting, deployment.triage, *deployment.inner)
        if one is not None
    }
    for url in (deployment.drop_url, deployment.case_url, deployment.keys_url):
        if url is None or url.get_backend_name() == "sqlite":
            continue
        host, port = url.host or str(url.query.get("host", "")), url.port or int(str(url.query.get("port", 5432)))
        peers.add(Peer(f"{host}/.s.PGSQL.{port}") if host.startswith("/") else Peer(host, port))
    if deployment.redis_url:
        peers.add(_redis(deployment.redis_url))
    return frozenset(peers | {Peer("127.0.0.1", peer.port) for peer in peers if peer.host == "localhost"})


def _redis(url: str) -> Peer:
    parts = urlsplit(url)
    return Peer(parts.path) if parts.scheme == "unix" else Peer(parts.hostname or "", parts.port or 6379)


CHECKS = (
    PlainCheck(
        "every byte on its way",
        3,
        "Nothing that was sent is written unlocked, not even to a file that is gone again a moment later, and not on "
        "its way to the database.",
        traced_writes,
    ),
    PlainCheck(
        "no calls to strangers",
        8,
        "The programs call nobody but their own databases: nothing is fetched from or told to anybody else.",
        connections,
    ),
)
