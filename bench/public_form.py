"""A public form to measure: its own store and keys in a temporary folder, and the way a person takes through it."""

import base64
import re
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import URL

from bench.load import Connection, get, post
from envelope.identity import Identity
from envelope.report import Report
from envelope.signing import IntakeKey, SigningKey, sign_intake_key
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from migrations.runner import History, upgrade
from store.engine import open_engine
from store.noticeboard import PublishedIntakeKey
from store.publishing import Publishing

TOKEN = re.compile(rb'<input(?=[^>]* name="csrf_token")[^>]* value="([^"]*)"')
WORDS = (
    "the",
    "van",
    "comes",
    "at",
    "night",
    "and",
    "leaves",
    "before",
    "light",
    "with",
    "boxes",
    "for",
    "a",
    "lock-up",
)
SENT = b">Sent</h1>"


class PublicForm:
    """The store and the keys of one bench; `environ` is what the server needs."""

    def __init__(self, folder: Path, port: int, workers: int) -> None:
        self.database = folder / "drop.sqlite"
        self.identity = Identity.generate()
        signing = SigningKey.generate()
        today = datetime.now(UTC).date()
        key = IntakeKey(bytes(16), self.identity.recipient().public_key, today, today + timedelta(days=1), "intake")
        engine = open_engine(URL.create("sqlite", database=str(self.database)))
        upgrade(engine, History.DROP)
        signed = sign_intake_key(key, signing).to_bytes()
        Publishing(engine).publish_intake_keys([PublishedIntakeKey(key.box_id, key.not_before, key.not_after, signed)])
        engine.dispose()
        self.environ = {
            "QUIETWORD_INSTANCE": str(folder),
            "QUIETWORD_DROP_URL": f"sqlite:///{self.database}",
            "QUIETWORD_REPORTING_BIND": f"127.0.0.1:{port}",
            "QUIETWORD_REPORTING_WORKERS": str(workers),
            "QUIETWORD_VERIFYING_KEY": base64.b64encode(signing.verifying_key.public_key).decode(),
            # The bench stands where our own proxy would, and says for each report that somebody else sends it.
            "QUIETWORD_TRUSTED_HOPS": "1",
            "QUIETWORD_REDIS_URL": "",
        }

    def stored(self) -> list[tuple[bytes, bytes]]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute("SELECT drop_id, sealed FROM drops").fetchall()

    def words_of(self, drop_id: bytes, sealed: bytes) -> str:
        """Unseal a stored report and give the words that were sent."""
        plain = unseal(sealed, self.identity, Context(Purpose.REPORT, (drop_id,)))
        return Report.from_bytes(plain).answers["what"]


def somebody() -> str:
    """The header of a sender at a random address."""
    return f"X-Forwarded-For: {'.'.join(str(secrets.randbelow(254) + 1) for _ in range(4))}"


def words_of_length(number: int, length: int) -> str:
    text = f"Report {number:06d}:"
    while len(text) < length:
        text += " " + secrets.choice(WORDS)
    return text[:length].rstrip()


def token_of(body: bytes) -> str:
    found = TOKEN.search(body)
    if found is None:
        raise SystemExit("A page of the form has no token: the bench no longer knows the way through it.")
    return found[1].decode()


def way_to_send(connection: Connection, words: str) -> bytes:
    """Walk through the pages as a person in a hurry, and give the last request, which sends."""
    who = somebody()
    _, body, _ = connection.ask(get("/", who))
    _, body, _ = connection.ask(post("/", {"csrf_token": token_of(body), "go": "continue"}, who))
    _, body, _ = connection.ask(post("/", {"csrf_token": token_of(body), "what": words, "go": "check"}, who))
    return post("/", {"csrf_token": token_of(body), "go": "send"}, who)
