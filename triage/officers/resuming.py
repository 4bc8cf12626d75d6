"""Where a pass over the audit log had come to, in a file that this host signs for itself."""

import base64
import hmac
import json
from pathlib import Path

from config import TriageSettings
from envelope.vault import keyed_digest
from triage.audit.merkle import Frontier
from triage.audit.verify import Progress
from triage.errors import TriageError
from triage.keys.system import system_secret

LABEL = "quietword audit progress v1"


class ProgressError(TriageError):
    """A file of progress that this host did not write."""

    def __init__(self) -> None:
        super().__init__("The file of progress was not written by this host, or was changed. Remove it to begin anew.")


def keep_progress(path: Path, progress: Progress, settings: TriageSettings) -> None:
    """Write how far a pass has come; a crash leaves the file as it was."""
    told = json.dumps(
        {
            "lines": progress.frontier.size,
            "frontier": base64.b64encode(progress.frontier.to_bytes()).decode("ascii"),
            "problems": progress.problems,
            "more": progress.more,
        }
    )
    digest = keyed_digest(system_secret(settings), LABEL, told.encode()).hex()
    new = path.with_name(path.name + ".new")
    new.write_text(f"{digest}\n{told}\n", "utf-8")
    new.replace(path)


def take_up(path: Path, settings: TriageSettings) -> Progress:
    """What was written; the beginning where nothing was.

    Raises:
        ProgressError: somebody else wrote it.
    """
    if not path.exists():
        return Progress()
    digest, _, told = path.read_text("utf-8").removesuffix("\n").partition("\n")
    if not hmac.compare_digest(digest, keyed_digest(system_secret(settings), LABEL, told.encode()).hex()):
        raise ProgressError
    found = json.loads(told)
    frontier = Frontier.from_bytes(found["lines"], base64.b64decode(found["frontier"]))
    return Progress(frontier, tuple(found["problems"]), found["more"])
