"""What can be wrong with a backup; each message is the sentence that whoever runs the command reads."""

from pathlib import Path

from triage.errors import TriageError


class BackupError(TriageError):
    """A backup could not be made or brought back."""


class NoRecoveryBoxError(BackupError):
    """There is nobody to seal a backup to."""

    def __init__(self) -> None:
        super().__init__("There is no recovery key to seal a backup to. Make one first: quietword keys split")


class BrokenBackupError(BackupError):
    """The file is not a backup, was changed or cut, or is sealed to another key."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} cannot be brought back: {why} Nothing was changed.")


class NotEmptyError(BackupError):
    """Something stands where a backup would be put."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The {what} database is not empty. Name an empty one: the one that stands is the record, and stays."
        )


class NoCasesError(BackupError):
    """Keys without what they open."""

    def __init__(self) -> None:
        super().__init__("There are no cases here that these keys could open: name the backup of the cases as well.")


class DayKeyGoneError(BackupError):
    """A backup of keys past its seven days."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key of that day is not in {path.parent}. A backup of keys opens for seven days, as the reporters "
            "were promised, and then for nobody."
        )


class DayKeysAwayError(BackupError):
    """The folder of the day keys is not where it was."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The day keys are not in {folder}, so none was destroyed and no backup made: perhaps their disk is not "
            "mounted. If they are lost for good, so are the backups of keys: make an empty file day-keys there."
        )


class ListMissingError(BackupError):
    """Without the list, what was deleted would come back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no list of destroyed keys at {path}: put the newest one there, or what was deleted since this "
            "backup would come back. If it is lost for good, say --without-list, which the audit log keeps."
        )


class NotAgreedError(BackupError):
    """Where the cases stand there are people to ask."""

    def __init__(self) -> None:
        super().__init__(
            "The case database stands, so two people who work here agree to this: a supervisor or an administrator "
            "proposes it, and another supervisor approves, each with their passphrase. Nothing was changed. If nobody "
            "can, bring the cases back as well, into an empty database."
        )


class RestoreReasonError(BackupError):
    """What two people sign says why."""

    def __init__(self) -> None:
        super().__init__("Say why with --reason, in 500 characters or fewer: two people sign it. Nothing was changed.")
