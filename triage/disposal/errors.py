"""What stands in the way of a disposal; each message is the sentence the officer reads."""

from triage.errors import TriageError


class DisposalError(TriageError):
    """It cannot be disposed of as it stands."""


class HeldError(DisposalError):
    """A legal hold stops it."""

    def __init__(self) -> None:
        super().__init__(
            "A legal hold is on this record, or on a report that is linked to this entry: nobody may dispose of it "
            "until the hold is lifted."
        )


class NotDueError(DisposalError):
    """Its period is not over: that takes two people."""

    def __init__(self) -> None:
        super().__init__(
            "The period of this record is not over. Erasing it now takes two people: propose an early erasure."
        )


class ReviewedOnlyError(DisposalError):
    """Public protection: reviewed every ten years, and kept for a lifetime."""

    def __init__(self) -> None:
        super().__init__(
            "A record of public protection is kept until whoever it is about would be 100 years old. Keep it, here or "
            "as another group; to dispose of it sooner takes two people: propose an early erasure."
        )


class NotArchivedError(DisposalError):
    """It is in use."""

    def __init__(self) -> None:
        super().__init__("Archive this entry first: what is in use is not disposed of.")


class OpenReferralError(DisposalError):
    """A team still works with what came of it."""

    def __init__(self) -> None:
        super().__init__("A referral of this report is not answered yet. Wait for it, or propose an early erasure.")


class BackupListError(DisposalError):
    """What must survive a restored backup could not be written down."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"The list of destroyed keys at {path} cannot be written, so nothing was destroyed: a backup could bring "
            "it back. Check the folder of the backups, its owner and its disk."
        )
