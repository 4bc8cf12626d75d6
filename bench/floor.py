"""The floor: the least that any form must do. One HPKE seal and one durable insert, in a bare Flask view.

Served by the same gunicorn with the same settings as the public form. It checks nothing, forgets nothing, has no pages
and no receipt; it pads to the same bytes, so that both store as much.
"""

import secrets
import sqlite3
import sys
import threading

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from flask import Flask, request

from config import Bind
from envelope.recipient import SEALED_REPORT_LENGTHS
from envelope.suite import load_public_key
from quietword.memory import forget_freed_memory
from quietword.serve import Server

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
OVERHEAD = 1136  # bytes that one HPKE message adds


def create_app(database: str, public_key: bytes) -> Flask:
    app = Flask(__name__)
    app.config["MAX_FORM_MEMORY_SIZE"] = 1 << 20
    recipient = load_public_key(public_key)
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(database, isolation_level=None, timeout=5)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
        return local.connection

    with sqlite3.connect(database) as first:
        first.execute("CREATE TABLE IF NOT EXISTS drops (id BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID")

    @app.post("/")
    def take() -> str:
        words = request.form["what"].encode()
        room = next(size - OVERHEAD for size in SEALED_REPORT_LENGTHS if size - OVERHEAD >= len(words))
        sealed = SUITE.encrypt(words.ljust(room, b"\0"), recipient)
        connection().execute("INSERT INTO drops VALUES (?, ?)", (secrets.token_bytes(16), sealed))
        return "<!DOCTYPE html><title>Sent</title><h1>Sent</h1>"

    @app.get("/health")
    def health() -> str:
        return "ok"

    return app


def main() -> None:
    port, database, key, workers = sys.argv[1:]
    forget_freed_memory(["-m", "bench.floor", *sys.argv[1:]])
    Server(lambda: create_app(database, bytes.fromhex(key)), Bind("127.0.0.1", int(port)), int(workers)).run()


if __name__ == "__main__":
    main()
