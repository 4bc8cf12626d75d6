"""Opening what was sealed to us. Inside the wall only; the public host cannot import this."""

from envelope import wire
from envelope.agefile import open_file
from envelope.errors import NotForUsError, TamperedError
from envelope.identity import Identity
from envelope.recipient import SMALL_INFO
from envelope.suite import hybrid_open
from envelope.wire import Context


def unseal(envelope: bytes, identity: Identity, context: Context) -> bytes:
    """The plaintext of an envelope that `seal` made for this identity in this context; all of it or none.

    Raises MalformedError (no age file, or no wire of ours inside), NotForUsError (another identity's: try the
    next box) or TamperedError (changed, cut, reordered, added to, or sealed for another row).
    """
    return wire.read(open_file(envelope, identity.private_key), context)


def unseal_small(sealed: bytes, identity: Identity, context: Context) -> bytes:
    """The secret that `seal_small` sealed to this identity in this context.

    Raises MalformedError or TamperedError; another identity's, another context's and a changed one look alike.
    """
    try:
        return hybrid_open(identity.private_key, sealed, SMALL_INFO + context.to_bytes())
    except NotForUsError as error:
        raise TamperedError("It was changed, or was sealed to another key or for another purpose") from error
