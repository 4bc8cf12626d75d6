"""What every check of the proof is handed, and what it hands back.

A module of this package brings its checks in a tuple named CHECKS; `registry` finds them, so that a new module needs
no other file changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL

from config import Bind
from quietword.proof.canaries import Canaries


class ProofError(Exception):
    """The proof could not run; the message says what to do."""


class CannotCheckError(ProofError):
    """One check has nothing to look at here; the message is the sentence under "What was not checked"."""


class DoesNotApplyError(CannotCheckError):
    """A check of a part that this deployment does not have, such as a proxy: told, and no reason for doubt."""


class Step(IntEnum):
    """When a check runs. All run after the canaries were sent, while the deployment is running."""

    RIGHT_AFTER = 1  # what the next request would overwrite, such as memory
    RUNNING = 2  # what sends requests of its own, releases, or signs in
    LAST = 3  # what reads every byte that all of the above left


@dataclass(frozen=True)
class Process:
    """One running process of the deployment, and what people call it."""

    pid: int
    name: str


@dataclass(frozen=True)
class OfficerSignIn:
    """Somebody whose pages and exports are looked through."""

    name: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)


@dataclass(frozen=True)
class Deployment:
    """One running deployment, and every place where it could keep something.

    `reporting` is the address a reporter would open (over TLS or not): the proxy's where there is one. `folders` are
    looked through whole and by file, the instance first. `traces` are files strace writes (see `syscalls`). `inner`
    is where the deployment's own parts meet (a proxy and the servers behind it): what passes there is the request
    itself, kept nowhere. `environ` starts further commands of the same deployment, such as `quietword collect`.
    `recovery_shares` join to the recovery key of a throw-away service, and open its backups.
    `throwaway` says that its reports are nobody's, so that a check may send, release and delete as it likes.
    `not_seen` are sentences about places that exist and cannot be read from here.
    """

    name: str
    reporting: Bind
    instance: Path
    tls: bool = False
    processes: tuple[Process, ...] = ()
    triage: Bind | None = None
    drop_url: URL | None = None
    case_url: URL | None = None
    keys_url: URL | None = None
    redis_url: str | None = field(default=None, repr=False)
    folders: tuple[Path, ...] = ()
    logs: tuple[Path, ...] = ()
    temporary: tuple[Path, ...] = ()
    traces: tuple[Path, ...] = ()
    postgres_data: Path | None = None
    inner: tuple[Bind | Path, ...] = ()
    officers: tuple[OfficerSignIn, ...] = ()
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    recovery_shares: tuple[str, ...] = field(default=(), repr=False)
    throwaway: bool = False
    not_seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that should not be there: what, where it was found, and how it was written down.

    `what` names a canary or says what was wrong; it never shows a secret or a word of a report.
    """

    what: str
    where: str
    how: str = ""
    offset: int | None = None


@dataclass(frozen=True)
class CheckResult:
    """What one check saw. `sentence` is the promise in words; `measured` is what was looked at, in figures."""

    name: str
    promise: int
    sentence: str
    held: bool
    measured: str
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()


class Check(Protocol):
    """Looks at one promise. `name` is short and unique; `promise` is its number on the privacy page."""

    @property
    def name(self) -> str: ...

    @property
    def promise(self) -> int: ...

    @property
    def step(self) -> Step: ...

    def run(self, deployment: Deployment, canaries: Canaries) -> CheckResult:
        """Look.

        Raises:
            CannotCheckError: there is nothing to look at in this deployment, or it cannot be read.
        """
        ...


@dataclass(frozen=True)
class Looked:
    """What one look found: the figures of what was looked at, and whatever should not be there."""

    measured: str
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlainCheck:
    """A check that holds when its look finds nothing."""

    name: str
    promise: int
    sentence: str
    look: Callable[[Deployment, Canaries], Looked]
    step: Step = Step.LAST

    def run(self, deployment: Deployment, canaries: Canaries) -> CheckResult:
        """Look; as `Check.run` says."""
        looked = self.look(deployment, canaries)
        return CheckResult(
            self.name,
            self.promise,
            self.sentence,
            not looked.findings,
            looked.measured,
            looked.findings,
            looked.not_checked,
        )
