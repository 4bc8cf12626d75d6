"""What can go wrong with an operation that takes two people."""

from triage.errors import TriageError


class ReasonMissingError(TriageError):
    """Whoever approves must read why."""

    def __init__(self) -> None:
        super().__init__("Enter why this is to be done, in 500 characters or fewer.")


class NotForYouError(TriageError):
    """The role may not propose or approve this operation."""

    def __init__(self) -> None:
        super().__init__("Your role does not decide about this operation. Ask a supervisor.")


class NotTrustedYetError(TriageError):
    """A supervisor in name alone: nobody who holds the supervisors' key has given it to them."""

    def __init__(self) -> None:
        super().__init__(
            "You do not hold the supervisors’ key yet, so you can neither propose nor approve. Ask another supervisor "
            "to give you the keys of your role."
        )


class SamePersonError(TriageError):
    """Two people, never one."""

    def __init__(self) -> None:
        super().__init__("You proposed this yourself. Somebody else has to approve it.")


class NotApprovedError(TriageError):
    """Nobody has approved it, or what was approved is not what stands there."""

    def __init__(self) -> None:
        super().__init__("This is not approved by a second person who works here, so nothing was done.")


class DecidedError(TriageError):
    """It has been decided or carried out already."""

    def __init__(self) -> None:
        super().__init__("This was decided already, or is done. Open its page again.")


class ExpiredError(TriageError):
    """Its day is over."""

    def __init__(self) -> None:
        super().__init__("This was proposed more than 24 hours ago and has expired. Propose it again.")


class ProposedAlreadyError(TriageError):
    """The same operation about the same thing is open."""

    def __init__(self) -> None:
        super().__init__("This is proposed already and waits for its second person. Look under Operations.")
