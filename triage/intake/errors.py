"""What can go wrong while drops are collected, opened or read."""

from triage.errors import TriageError


class ReportClosedError(TriageError):
    """Work on a closed report starts by opening it again."""

    def __init__(self) -> None:
        super().__init__("This report is closed. Open it again before you change anything.")


class ReasonMissingError(TriageError):
    """An act that somebody will ask about later needs its reason now."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Enter why {what}.")


class FileChangedError(TriageError):
    """A sealed file is not what its report says, so no byte of it is shown (promise 10)."""

    def __init__(self) -> None:
        super().__init__(
            "This file was changed, cut or put in another’s place after it was sent, so it is not shown, not even "
            "in part. Tell a supervisor."
        )


class FileNotHereError(TriageError):
    """A report was opened before its files were taken in."""

    def __init__(self) -> None:
        super().__init__("This file has not arrived yet. Files are taken in at the next release; look again then.")


class QuarantinedError(TriageError):
    """A file of the report is in quarantine, and what it belongs to stays as it is."""

    def __init__(self) -> None:
        super().__init__(
            "A file of this report is in quarantine, so no text of it is written, and it is not referred, exported or "
            "deleted, until a safeguarding lead has decided. If a child may be at risk, follow your force’s child "
            "protection procedure now."
        )


class QuarantineStepError(TriageError):
    """The two steps out of quarantine are done in their order, and by two people where there are two."""
