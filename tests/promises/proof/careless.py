"""The public form with every default put back that keeps something: run as a script by tests alone.

Each alteration is one that some program makes somewhere. Each is found by another look of the proof.
"""

import logging
import os
import resource
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
import traceback
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from quietword import serve
from quietword.__main__ import main
from tests.altered_server import put_first

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
THIS_REQUEST = threading.local()
DISCARD = ("127.0.0.1", 9)  # nobody listens there, and asking is what shows


def log_what_failed() -> None:
    """Logs quote exceptions, as Python's own formatter does."""
    import web.incidents

    def format_whole(_self: object, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        return record.getMessage() + ("".join(traceback.format_exception(error)) if error else "")

    web.incidents.QuietFormatter.format = format_whole  # type: ignore[method-assign]


def fail_with_words() -> None:
    """An exception on the way to the store quotes what it was about to store."""
    import reporting.views.form
    from store.errors import StoreError

    honest = reporting.views.form.send_report

    def send_report(draft: Any, sending: Any, **more: Any) -> Any:
        try:
            return honest(draft, sending, **more)
        except StoreError as error:
            raise RuntimeError(f"could not store {sending.answers}") from error

    reporting.views.form.send_report = send_report


def keep_page_state_in_clear() -> None:
    """Answers between pages are signed and not sealed, as Flask's own session is."""
    from envelope.page_state import PageStateKeys

    seal, unseal = PageStateKeys.seal, PageStateKeys.open

    def sign(self: PageStateKeys, state: bytes, today: date) -> str:
        return seal(self, state, today) + "." + urlsafe_b64encode(state).decode()

    def check(self: PageStateKeys, text: str, today: date) -> bytes:
        return unseal(self, text.partition(".")[0], today)

    PageStateKeys.seal, PageStateKeys.open = sign, check  # type: ignore[method-assign]


def pad_to_little() -> None:
    """Reports are padded to the next 64 bytes alone."""
    import reporting.app
    import reporting.submit

    honest = reporting.submit.seal

    def seal(*arguments: Any, **more: Any) -> bytes:
        return honest(*arguments, **{**more, "buckets": range(1024, 1 << 18, 64)})

    reporting.submit.seal = seal
    reporting.app.SEALED_REPORT_LENGTHS = None  # type: ignore[assignment]


def say_who_wrote() -> None:
    """The browser of its sender is added to a report."""
    from envelope.report import Report

    honest = Report.to_bytes

    def to_bytes(self: Report) -> bytes:
        told = f"{self.answers.get('what', '')}\nSent with {THIS_REQUEST.agent}"
        return honest(replace(self, answers={**self.answers, "what": told}))

    Report.to_bytes = to_bytes  # type: ignore[method-assign]


def leave_memory_to_crashes() -> None:
    """Core files are written whole, as a developer's machine has it."""
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    serve.keep_out_of_core_dumps = lambda: None


def keep_a_log_of_visits(environ: dict[str, Any]) -> None:
    """A table of who came, from where, when; and a log line, as servers have them."""
    sys.stderr.write(f"{environ}\n")
    store = Path(os.environ["QUIETWORD_INSTANCE"]) / "drop.sqlite"
    connection = sqlite3.connect(store, timeout=20)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS visits (address TEXT, agent TEXT, came_at DATETIME)")
        visit = (environ.get("REMOTE_ADDR"), environ.get("HTTP_USER_AGENT"), datetime.now().isoformat(" "))  # noqa: DTZ005
        connection.execute("INSERT INTO visits VALUES (?, ?, ?)", visit)
    connection.close()


def keep_a_body(environ: dict[str, Any]) -> None:
    """What was posted stays in a temporary file, as crash reporters keep it."""
    content = environ["wsgi.input"].read()
    environ["wsgi.input"] = BytesIO(content)
    (Path(os.environ["TMPDIR"]) / "last-request").write_bytes(content)


def spool_a_body(environ: dict[str, Any]) -> None:
    """Large bodies go through a nameless temporary file, as Werkzeug, waitress and nginx have it."""
    spooled = tempfile.TemporaryFile()  # noqa: SIM115 - it is gone with the request
    shutil.copyfileobj(environ["wsgi.input"], spooled)
    spooled.seek(0)
    environ["wsgi.input"] = spooled


def tell_others() -> None:
    """Somebody who counts visits is told of this one."""
    with socket.socket() as caller:
        caller.setblocking(False)
        caller.connect_ex(DISCARD)


def outermost(whole: WSGI) -> WSGI:
    def wsgi_app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        THIS_REQUEST.agent = environ.get("HTTP_USER_AGENT", "nobody")
        if environ["PATH_INFO"] == "/health":
            return whole(environ, start)
        if environ["REQUEST_METHOD"] == "GET":
            keep_a_log_of_visits(environ)
            tell_others()
        elif environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            keep_a_body(environ)
        elif environ.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
            spool_a_body(environ)

        def known_again(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [*headers, ("ETag", '"7"'), ("Set-Cookie", "visitor=7")], *more)

        return whole(environ, known_again)

    return wsgi_app


ALTERATIONS = (
    log_what_failed,
    fail_with_words,
    keep_page_state_in_clear,
    pad_to_little,
    say_who_wrote,
    leave_memory_to_crashes,
)

if __name__ == "__main__":
    for alter in ALTERATIONS:
        alter()
    put_first(outermost)
    sys.exit(main(["serve", "reporting"]))
