"""What can go wrong while an officer decides whom a report is about."""

from triage.errors import TriageError


class SomebodyConfirmedError(TriageError):
    """“Nobody on the register” and a confirmed link cannot both stand."""

    def __init__(self) -> None:
        super().__init__("Somebody is confirmed for this report. Take that back before you say that nobody is meant.")


class IndexNotReadyError(TriageError):
    """Earlier reports cannot be looked through while the register's index is being built, or is away."""

    def __init__(self, standing: str) -> None:
        super().__init__(f"The earlier reports cannot be looked through just now. {standing} Try again in a minute.")
