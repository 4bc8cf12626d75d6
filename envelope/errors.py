"""Everything that can be wrong with an envelope, a receipt, a sealed page or a wrapped key."""


class EnvelopeError(Exception):
    """The root of this package's errors."""


class MalformedError(EnvelopeError):
    """The bytes are not what they should be by form alone: a strict parse failed before any key was tried."""


class NotForUsError(EnvelopeError):
    """Well formed, but no stanza opens with this identity: ordinary when several boxes are tried in turn."""


class TamperedError(EnvelopeError):
    """Changed, cut, reordered, extended, or put in another's place after it was sealed or signed."""


class TooLongError(EnvelopeError):
    """The data fit in none of the fixed sizes."""


class ReceiptError(EnvelopeError):
    """A receipt that does not check; the message is the sentence its holder reads.

    `pattern` is that sentence without its `values`, for whoever says it in another language.
    """

    def __init__(self, pattern: str, **values: str | int) -> None:
        super().__init__(pattern % values)
        self.pattern = pattern
        self.values = values


class PageStateError(EnvelopeError):
    """A page state that is stale or was not made by us; the message is the sentence the page shows."""


class WrongPassphraseError(EnvelopeError):
    """The passphrase does not open this seed (a changed record cannot be told from a wrong passphrase)."""
