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


class NotHeldBackError(TriageError):
    """Suggestions were asked for that nothing holds back."""

    def __init__(self) -> None:
        super().__init__("The suggestions for this report are shown already. Go back to the report.")


class TooFewDecisionsError(TriageError):
    """There is nothing to learn from yet."""

    def __init__(self, decided: int, fewest: int) -> None:
        super().__init__(
            f"Only {decided} suggestions have been decided. Wait until there are {fewest}: before that, "
            "chance would teach more than officers do."
        )
