"""What can go wrong with people and signing in; messages are the sentences people read."""

from triage.errors import TriageError


class SignInError(TriageError):
    """Name, passphrase or code did not fit; which of them is never said."""

    def __init__(self) -> None:
        super().__init__("The name, the passphrase or the code is not right. Check all three and try again.")


class SignedOutError(TriageError):
    """No session, or one that has ended."""

    def __init__(self) -> None:
        super().__init__("You have been signed out, because of time or by you. Sign in again to go on.")


class SessionEndedError(SignedOutError):
    """A session whose time is over; whoever met it wipes its row."""

    def __init__(self, digest: bytes) -> None:
        super().__init__()
        self.digest = digest


class ProveAgainError(TriageError):
    """What was proven does not fit; the words a page shows to somebody who is signed in."""

    def __init__(self) -> None:
        super().__init__("The passphrase or the code is not right. A code that you have used does not work again.")


class SlowDownError(TriageError):
    """Too many wrong tries; the same for a name nobody has."""

    def __init__(self, seconds: int, *, by_passkey: bool = False) -> None:
        wait = f"{seconds} seconds" if seconds < 100 else f"{-(-seconds // 60)} minutes"
        super().__init__(
            f"Passkeys have been refused too often. Wait {wait}, or use your passphrase and a code."
            if by_passkey
            else f"There have been too many wrong tries with this name. Wait {wait}, or use a browser "
            "you have signed in from before."
        )
        self.seconds = seconds


class BusyError(TriageError):
    """Checking passphrases takes memory, and enough people are in line already."""

    def __init__(self) -> None:
        super().__init__("Too many people are signing in at this moment. Wait a few seconds and try again.")


class ForeignPostError(TriageError):
    """A form that a page of another site sent."""

    def __init__(self) -> None:
        super().__init__("This form was sent from another site, so nothing was done. Open it here and send it again.")


class StalePageError(TriageError):
    """A post without the token of the session: an old page, or not one of ours."""

    def __init__(self) -> None:
        super().__init__("This page was too old to be sent, so nothing was done. Open it again and send it again.")


class NotAllowedError(TriageError):
    """The table of roles does not let this person do this."""

    def __init__(self) -> None:
        super().__init__("Your role does not include this. Ask a supervisor if you think it should.")


class PassphraseError(TriageError):
    """A new passphrase that would be too easy to guess."""


class WrongCodeError(TriageError):
    """The code is not of the second factor that is being set up."""

    def __init__(self) -> None:
        super().__init__(
            "The code is not of this second factor. Scan the picture again and enter the code it shows now."
        )


class StaleOfferError(TriageError):
    """The secret for a new authenticator is of another session, or of before the last replacement."""

    def __init__(self) -> None:
        super().__init__("That picture does not count any more, so nothing was changed. Scan the one below instead.")


class OfficerExistsError(TriageError):
    """Two people cannot sign in by one name."""

    def __init__(self) -> None:
        super().__init__("Somebody already signs in by that name. Choose another.")


class OneselfError(TriageError):
    """What somebody else must do to a person, never they themselves."""

    def __init__(self) -> None:
        super().__init__("You cannot do this to yourself. Ask somebody else with your role.")


class LastHolderError(TriageError):
    """Taking this key away would lose it, and what it opens, for good."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Nobody else who works here holds the key “{what}”, and without it what it opens is lost for good. "
            "Have a supervisor give it to somebody else first."
        )


class WrongStateError(TriageError):
    """A person who is not, or not any more, in a state from which this can be done."""

    def __init__(self, state: str) -> None:
        super().__init__(f"This cannot be done to somebody who is “{state}”.")


class NameMissingError(TriageError):
    """A person or a team without a name."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Enter a {what} of 1 to 100 characters.")


class NotEnrolledError(TriageError):
    """Whoever added a person has seen their first passphrase and second factor: neither may open anything."""

    def __init__(self) -> None:
        super().__init__(
            "They have not chosen a passphrase and a second factor of their own yet. Have them sign in and do that, "
            "and ask them whether they did, before you give them a key."
        )


class NotHeldError(TriageError):
    """A key cannot be taken from somebody who does not have it."""

    def __init__(self) -> None:
        super().__init__("They do not hold this key any more, so nothing was taken away. Open their page again.")


class EnrolFirstError(TriageError):
    """A command run by somebody whose first secrets another person has seen."""

    def __init__(self) -> None:
        super().__init__(
            "Sign in at the officers’ pages first, and choose a passphrase and a second factor of your own there."
        )
