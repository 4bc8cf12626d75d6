"""Makes a backup of the throw-away service, opens it with the shares of its recovery key, and looks through all of it.

A sealed file shows nothing, whatever it holds. What could be read in a backup is what stands in its lines once somebody
who has the shares has opened it, and in what lies beside it.
"""

import subprocess
import sys
from collections.abc import Iterator

from config import TriageSettings
from envelope.archive import open_stream
from envelope.identity import Identity
from envelope.shares import join_shares, read_share
from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Looked, PlainCheck, ProofError, Step
from quietword.proof.order import released
from quietword.proof.scanner import Scanner
from quietword.proof.scanning import Tally, files_under
from triage.backup.day_keys import DayKeys
from triage.backup.making import CASES, BackupFile, backups_in

PIECE = 256 * 1024


def backup_opened(deployment: Deployment, canaries: Canaries) -> Looked:
    """Release what was sent, so that it lies in the cases; back them up; and read the backup shut and open."""
    if not deployment.throwaway or not deployment.recovery_shares:
        raise CannotCheckError(
            "No backup was looked through: it takes the shares of the recovery key to open one. Use --here."
        )
    released(deployment)
    _make(deployment)
    settings = TriageSettings.from_environ(deployment.environ)
    shares = [read_share(one) for one in deployment.recovery_shares]
    recovery = Identity(join_shares(shares[: shares[0].together]))
    tally = Tally(Scanner(canaries))
    for folder in (settings.backups_path, settings.backup_keys_path):
        for path in files_under(folder):
            tally.read(path)
    made = backups_in(settings.backups_path)
    lines = 0
    for one in made:
        identity = recovery if one.kind == CASES else DayKeys(settings.backup_keys_path).identity(one.made_on, recovery)
        content = b"".join(open_stream(_pieces(one), identity))
        lines += content.count(b"\n")
        tally.take(content, f"{one.path}, opened with the recovery key")
    looked = tally.looked
    measured = f"{looked.measured}; {len(made)} of them sealed, and opened: {lines:,} lines"
    return Looked(measured, looked.findings, looked.not_checked)


def _make(deployment: Deployment) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "quietword", "backup", "make"],
        env=dict(deployment.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise ProofError(f"`quietword backup make` failed: {ran.stderr.strip() or ran.returncode}")


def _pieces(one: BackupFile) -> Iterator[bytes]:
    with one.path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


CHECKS = (
    PlainCheck(
        "a backup, opened",
        1,
        "A backup of this service holds no word of what was sent and no trace of who sent it, even for somebody who "
        "opens it with the recovery key: what was sent is sealed in it once more.",
        backup_opened,
        Step.RUNNING,
    ),
)
