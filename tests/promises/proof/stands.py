"""The throw-away service of the proof, founded in a moment: a copy of the test force instead of `quietword init`."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from config import FORCE_NAME_FILE
from quietword.memory import FORGETFUL_MEMORY
from quietword.proof.canaries import Canaries
from quietword.proof.check import CheckResult, Deployment, OfficerSignIn
from quietword.proof.here import SERVE_REPORTING, Stand
from quietword.proof.running import Proof
from tests.force import Force, passphrase_of
from tests.shipped import publish_keys_of_today
from triage.commands.instance import write_force_name, write_verifying_key

REPOSITORY = Path(__file__).parent.parent.parent.parent
CARELESS = (str(Path(__file__).with_name("careless.py")),)
READERS = ("tom", "iris")
# The looks that these tests run, in one go. Those at order, memory and time take longer, and have tests of their own.
OURS = (
    "core dumps",
    "equal sizes",
    "every byte of every file",
    "every byte on its way",
    "every row",
    "no browser is known again",
    "no calls to strangers",
    "no time of day",
    "officers' pages and exports",
    "server logs",
    "temporary files",
    "unfinished answers",
)


@dataclass(frozen=True)
class Run:
    """One service proven: what came of it, what was planted, where, and what was said on the way."""

    proof: Proof
    canaries: Canaries
    deployment: Deployment
    told: list[str]

    def result(self, name: str) -> CheckResult:
        """What one look saw."""
        found = [result for result in self.proof.results if result.name == name]
        assert found, f"“{name}” was not looked at: {self.proof.not_checked}"
        return found[0]


@dataclass
class QuickStand(Stand):
    """Officers whose passphrases cost little to check; all else is as `quietword prove --here` has it."""

    force: Force | None = None

    def found(self) -> tuple[OfficerSignIn, ...]:
        """Put the test force in place."""
        assert self.force is not None
        publish_keys_of_today(self.force)
        write_verifying_key(self.force.settings, self.force.verifying_key)
        write_force_name(self.force.settings, "Millbrook Police")
        assert (self.force.settings.instance / FORCE_NAME_FILE).exists()
        self.recovery_shares = self.force.shares
        self.force.dispose()
        shutil.copytree(self.force.settings.instance, self.folder / "instance", dirs_exist_ok=True)
        return tuple(OfficerSignIn(name, passphrase_of(name), self.force.totp[name]) for name in READERS)


def shipped_stand(force: Force, folder: Path) -> QuickStand:
    """The service as it ships."""
    return QuickStand(folder, _silent, SERVE_REPORTING, {"PYTHONPATH": str(REPOSITORY)}, force=force)


def careless_stand(force: Force, folder: Path) -> QuickStand:
    """The same with every default put back that keeps something."""
    # The script would be begun anew without itself, were memory not forgetful already.
    more = {"PYTHONPATH": str(REPOSITORY), **FORGETFUL_MEMORY}
    return QuickStand(folder, _silent, CARELESS, more, force=force)


def _silent(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
