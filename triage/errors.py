"""The root of what can go wrong in triage; a message is the sentence the officer reads."""


class TriageError(Exception):
    """Something an officer is told in a sentence."""


class NoKeyError(TriageError):
    """The wall is a key: this person holds none that opens what they asked for."""

    def __init__(self) -> None:
        super().__init__("You do not hold the key to this. Ask a supervisor if you need it for your work.")


class ReplacedKeyError(TriageError):
    """A grant holds the seed of another box than it says: only somebody with the database could have written it."""

    def __init__(self) -> None:
        super().__init__(
            "A key in the database has been replaced, so nothing was opened or sealed with it. "
            "Stop working, and tell a supervisor and an auditor at once."
        )


class NotFoundError(TriageError):
    """Nothing with that id, or it has been deleted."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}, or it has been deleted.")


class NothingToOpenError(TriageError):
    """What whoever asks for something by its id is told, whether it is not there or not theirs to open."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing here that you can open. Either there is no such record, or it has been deleted, "
            "or you do not hold the key to it. Ask a supervisor if you need it for your work."
        )


class OutOfDateError(TriageError):
    """Somebody changed it between the reading and the writing."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this while you were working on it. Read what changed, then decide again.")


class DatabaseAwayError(TriageError):
    """The database cannot be reached, is locked by somebody for too long, or its disk is full."""

    def __init__(self) -> None:
        super().__init__(
            "The database does not answer, so this may not have been kept. Wait a minute and look whether it was. "
            "If it was not, do it again. If this goes on, tell whoever runs Quiet Word for your force."
        )
