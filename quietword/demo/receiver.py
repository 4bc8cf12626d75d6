"""Who the demo's bulk export is sealed to: both halves of their key lie in the demo's folder, so that anybody can try.

A real receiver makes a key of their own on their own computer, and gives the force the public half alone.
"""

import os
from pathlib import Path

from envelope.archive import open_stream
from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.recipient import Recipient
from quietword.demo.notebook import WARNING, DemoError

PUBLIC, SECRET = "receiver-public-key.txt", "receiver-secret-key.txt"
PIECE = 64 * 1024


def make_receiver(instance: Path) -> Recipient:
    """Make their key, as files that any age tool of today takes, readable by this folder's owner alone."""
    identity = Identity.generate()
    recipient = identity.recipient()
    _write(instance / PUBLIC, recipient.encode())
    _write(instance / SECRET, f"# {WARNING}\n{identity.encode()}")
    return recipient


def open_as_receiver(instance: Path, file: Path) -> bytes:
    """An export as the receiver opens it: a line of JSON for each text, and one that signs them all.

    Raises:
        DemoError: there is no such file, it was sealed to somebody else, or it is not whole.
    """
    try:
        identity = Identity.decode((instance / SECRET).read_text("utf-8").splitlines()[-1])
    except (OSError, IndexError, EnvelopeError):
        raise DemoError(f"{instance / SECRET} is not there: this demo is an older one. Delete {instance}.") from None
    try:
        with file.open("rb") as sealed:
            return b"".join(open_stream(iter(lambda: sealed.read(PIECE), b""), identity))
    except OSError:
        raise DemoError(f"{file} cannot be read.") from None
    except EnvelopeError:
        raise DemoError(f"{file} is not a whole file sealed to the key in {instance / PUBLIC}.") from None


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
