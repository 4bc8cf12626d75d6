"""What can go wrong with compartments and conflicts."""

from triage.errors import TriageError


class ConflictReasonError(TriageError):
    """A declaration says what the tie is."""

    def __init__(self) -> None:
        super().__init__("Enter what ties them to it, in 500 characters or fewer.")


class ConflictAboutError(TriageError):
    """A declaration is about a group, or about an address."""

    def __init__(self) -> None:
        super().__init__("Enter the reference of a group on the register, or an address of 5 characters or more.")


class NobodyLeftError(TriageError):
    """The wall would shut everybody out."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody else who works here holds the key to this, so the wall cannot be put up: what lies behind it would "
            "be lost. Tell a supervisor now, and have somebody else given the key first."
        )


class NothingOutsideError(TriageError):
    """Somebody else has walled it off already, or it fits no more."""

    def __init__(self) -> None:
        super().__init__("Nothing that you hold fits this conflict and lies outside its wall. Read the page again.")


class KeptOutError(TriageError):
    """A person whom a declared conflict keeps out is given no key to it."""

    def __init__(self) -> None:
        super().__init__("A declared conflict keeps them out of this. Two supervisors can lift the conflict first.")


class MoveReasonError(TriageError):
    """A report is moved for a reason, which auditors read."""

    def __init__(self) -> None:
        super().__init__("Enter why you move it, in 200 characters or fewer.")


class NotHereError(TriageError):
    """Between the proposal and the act somebody was suspended, left, or was given first secrets that others know."""

    def __init__(self) -> None:
        super().__init__("They do not work here now, or have not chosen their own secrets yet. No key was given.")
