"""The key file of the counter-corruption box: in its holders' hands, and in no database of triage's.

line 1   QUIETWORD COUNTER KEYS 1
line 2   base64 of a file key of 32 random bytes under the passphrase (envelope/passphrase.py: Argon2id)
line 3   base64 of JSON under that file key (envelope/vault.py): the signing seed, each box's seed and days
"""

import base64
import json
import os
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from envelope.errors import EnvelopeError, WrongPassphraseError
from envelope.identity import Identity
from envelope.signing import IntakeKey, SignedIntakeKey, SigningKey, sign_intake_key
from envelope.vault import (
    KdfCost,
    decrypt_blob,
    encrypt_blob,
    open_with_passphrase,
    random_bytes,
    seal_to_passphrase,
)
from triage.counter.errors import CounterError

PURPOSE = "counter-corruption"
FEWEST_CHARACTERS = 14

_FIRST_LINE = "QUIETWORD COUNTER KEYS 1"
_CONTEXT = b"quietword counter keys v1"
_FILE_KEY_BYTES = 32


@dataclass(frozen=True)
class Box:
    """One key pair and the days (both included) on which reports may be sealed to it."""

    box_id: bytes
    identity: Identity
    not_before: date
    not_after: date


@dataclass(frozen=True)
class CounterKeys:
    """Everything the holders have: what vouches for their boxes, and the boxes, the newest last."""

    signing_key: SigningKey = field(repr=False)
    since: date
    boxes: tuple[Box, ...] = ()

    @classmethod
    def found(cls, today: date) -> "CounterKeys":
        """A new signing key, and no box yet."""
        return cls(SigningKey.generate(), today)

    def with_box(self, today: date, days: int) -> tuple["CounterKeys", SignedIntakeKey]:
        """A new box for the days to come, and its public half, signed, as the noticeboard takes it.

        Older boxes stay: what was sealed to them is still to be opened.
        """
        box = Box(uuid4().bytes, Identity.generate(), today, today + timedelta(days=days - 1))
        key = IntakeKey(box.box_id, box.identity.recipient().public_key, box.not_before, box.not_after, PURPOSE)
        return replace(self, boxes=(*self.boxes, box)), sign_intake_key(key, self.signing_key)


def write_key_file(path: Path, keys: CounterKeys, passphrase: str, *, cost: KdfCost | None = None) -> None:
    """Whole or not at all, and readable by its owner alone.

    Raises:
        CounterError: the passphrase is too short.
    """
    if len(passphrase) < FEWEST_CHARACTERS:
        raise CounterError(f"Choose a passphrase of at least {FEWEST_CHARACTERS} characters.")
    file_key = random_bytes(_FILE_KEY_BYTES)
    locked = seal_to_passphrase(file_key, passphrase, cost, context=_CONTEXT)
    body = json.dumps(
        {
            "signing_seed": keys.signing_key.seed.hex(),
            "since": keys.since.isoformat(),
            "boxes": [
                {
                    "box_id": box.box_id.hex(),
                    "seed": box.identity.seed.hex(),
                    "not_before": box.not_before.isoformat(),
                    "not_after": box.not_after.isoformat(),
                }
                for box in keys.boxes
            ],
        }
    )
    sealed = encrypt_blob(file_key, body.encode("utf-8"), _CONTEXT)
    lines = (_FIRST_LINE, base64.b64encode(locked).decode("ascii"), base64.b64encode(sealed).decode("ascii"))
    write_whole(path, ("\n".join(lines) + "\n").encode("ascii"))


def read_key_file(path: Path, passphrase: str) -> CounterKeys:
    """Open a key file.

    Raises:
        CounterError: it is not there, is not one, was changed, or the passphrase is wrong.
    """
    try:
        first, locked, sealed = path.read_text("ascii").splitlines()
    except OSError:
        raise CounterError(f"There is no key file at {path}. Make one with `quietword counter init`.") from None
    except ValueError:
        first = locked = sealed = ""
    if first != _FIRST_LINE:
        raise CounterError(f"{path} is not a key file of the counter-corruption box.")
    try:
        file_key = open_with_passphrase(base64.b64decode(locked), passphrase, context=_CONTEXT)
        body = json.loads(decrypt_blob(file_key, base64.b64decode(sealed), _CONTEXT))
        return CounterKeys(
            SigningKey(bytes.fromhex(body["signing_seed"])),
            date.fromisoformat(body["since"]),
            tuple(
                Box(
                    bytes.fromhex(box["box_id"]),
                    Identity(bytes.fromhex(box["seed"])),
                    date.fromisoformat(box["not_before"]),
                    date.fromisoformat(box["not_after"]),
                )
                for box in body["boxes"]
            ),
        )
    except WrongPassphraseError as error:
        raise CounterError(f"{error}, or the file was changed.") from None
    except (EnvelopeError, ValueError, KeyError, TypeError):
        raise CounterError(f"{path} was changed or cut, and opens nothing. Use a copy of it.") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one."""
    new = path.with_name(path.name + ".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
