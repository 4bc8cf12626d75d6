"""What can go wrong with a passkey; messages are the sentences people read."""

from triage.errors import TriageError
from triage.officers.errors import SignInError


class PasskeyRefusedError(SignInError):
    """The passkey is nobody's here, or its answer does not hold; which of them is never said."""

    def __init__(self) -> None:
        TriageError.__init__(
            self, "The passkey was not accepted. Try once more, or use your passphrase and a code instead."
        )


class RawSecretError(PasskeyRefusedError):
    """A page sent what the authenticator made, and not what our script makes of it: nothing of it is used."""


class CannotUnlockError(TriageError):
    """A passkey without PRF says who somebody is, and opens nothing."""

    def __init__(self) -> None:
        super().__init__(
            "This passkey cannot unlock your keys by itself. Enter your sign-in name and passphrase, and use the "
            "passkey instead of the code."
        )


class TooManyPasskeysError(TriageError):
    """More than anybody keeps track of."""

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} passkeys already. Remove one that you do not use any more first.")


class NamelessPasskeyError(TriageError):
    """A passkey that nobody could tell from another."""

    def __init__(self) -> None:
        super().__init__("Enter a name of 1 to 60 characters, such as “Blue key on my ring”.")
