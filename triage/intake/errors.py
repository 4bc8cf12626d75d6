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
