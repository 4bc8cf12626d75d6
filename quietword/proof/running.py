"""Runs the whole proof: plants, then asks every check, and keeps what each of them said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import CannotCheckError, Check, CheckResult, Deployment, DoesNotApplyError
from quietword.proof.planting import Planted, Planter
from quietword.proof.registry import every_check

HELD, LEAKED, NOT_ALL_CHECKED = 0, 1, 2


@dataclass(frozen=True)
class NotChecked:
    """Something that nobody looked at, and why. `applies` is False where there is no such part here at all."""

    what: str
    why: str
    applies: bool = True


@dataclass(frozen=True)
class Proof:
    """One run: what was planted, what every check saw, and what nobody looked at."""

    deployment: str
    version: str
    on: date
    planted: dict[Kind, int]
    reports: int
    results: tuple[CheckResult, ...]
    not_checked: tuple[NotChecked, ...]

    @property
    def canaries(self) -> int:
        return sum(self.planted.values())

    @property
    def leaks(self) -> tuple[CheckResult, ...]:
        return tuple(result for result in self.results if not result.held)

    @property
    def unanswered(self) -> tuple[NotChecked, ...]:
        """Whole checks that could not be done here."""
        return tuple(one for one in self.not_checked if one.applies)

    @property
    def exit_code(self) -> int:
        """0 only when every check was done and held."""
        if self.leaks:
            return LEAKED
        return NOT_ALL_CHECKED if self.unanswered or not self.results else HELD


def prove(
    deployment: Deployment,
    planter: Planter,
    *,
    say: Callable[[str], None],
    checks: Sequence[Check] | None = None,
) -> Proof:
    """Plant, look, and give an account of it.

    Raises:
        ProofError: nothing could be planted, or a check met something that stops the whole proof.
    """
    canaries = planter.canaries
    planted = planter.plant()
    results: list[CheckResult] = []
    not_checked = [NotChecked(sentence, "", applies=False) for sentence in _untried(deployment, planted, canaries)]
    for check in every_check() if checks is None else checks:
        say(f"Looking: {check.name}.")
        try:
            result = check.run(deployment, canaries)
        except DoesNotApplyError as error:
            not_checked.append(NotChecked(check.name, str(error), applies=False))
            continue
        except CannotCheckError as error:
            not_checked.append(NotChecked(check.name, str(error)))
            continue
        say(f"  {'held' if result.held else 'DID NOT HOLD'}: {result.measured}")
        results.append(result)
        not_checked.extend(NotChecked(check.name, why, applies=False) for why in result.not_checked)
    return Proof(
        deployment.name,
        version("quietword"),
        datetime.now(UTC).date(),
        canaries.counts(),
        planted.sent,
        tuple(sorted(results, key=lambda result: (result.promise, result.name))),
        tuple(not_checked),
    )


def _untried(deployment: Deployment, planted: Planted, canaries: Canaries) -> list[str]:
    unconfirmed = [f"“{name}” was planted, and nobody saw it arrive." for name in canaries.not_sent]
    return [*planted.not_tried, *deployment.not_seen, *unconfirmed, *NEVER_CHECKED]


# What this suite does not look at, wherever it runs.
NEVER_CHECKED = (
    "Backups that others made, and copies of them elsewhere: only the shares of their recovery key open them.",
    "The end of a request that nginx itself refused: it lies on its stack until the next, which this proof sends.",
    "Swap: what the system writes of memory to disk when memory runs short. Run without swap, or encrypt it.",
    "The network, the reporter's own device and internet company, and whoever runs machines in between.",
    "Hardware, the system below the programs, and copies somebody may have made by other means.",
)
