"""A server's worker that lends a thread to a connection for so long as a request takes to arrive, and no longer."""

import gc
import re
import socket
import time
import urllib.parse
from contextlib import suppress
from typing import Any

from gunicorn.http import wsgi
from gunicorn.workers.gthread import ThreadWorker

from web.patience import Arrival, begin_arrival


class NamelessResponse(wsgi.Response):
    """An answer that does not say which server gave it, and so which of its faults to try."""

    def default_headers(self) -> list[str]:
        return [header for header in super().default_headers() if not header.startswith("Server:")]


wsgi.Response = NamelessResponse  # gunicorn has no setting for it


class PunctualWorker(ThreadWorker):
    """Gunicorn's own waits without end for the rest of a request, and a handful of such closes the form to all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as gunicorn has it
        super().__init__(*args, **kwargs)
        self._arriving: dict[Any, Arrival] = {}
        self._finished = False

    def init_process(self) -> None:
        """What the master made is looked through once, here, so that forgetting after each request is quick."""
        gc.collect()
        gc.freeze()
        super().init_process()

    def handle(self, conn: Any) -> Any:  # Any: as above
        """Handle one request, in a thread, and know since when."""
        self._arriving[conn] = begin_arrival(time.monotonic())
        try:
            return super().handle(conn)
        finally:
            self._arriving.pop(conn, None)

    def finish_request(self, conn: Any, fs: Any) -> None:  # Any: as above
        """Called when a request is over."""
        super().finish_request(conn, fs)
        self._finished = True

    def notify(self) -> None:
        """Called each second and after each request: whoever has not sent all by now is read no further. Answers still
        go out."""
        super().notify()
        if self._finished:
            self._finished = False
            forget_requests()
        now = time.monotonic()
        for conn, arrival in list(self._arriving.items()):
            if arrival.late(now):
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)


def forget_requests() -> None:
    """Let go of what is over: addresses that Python remembers having taken apart, patterns that were made of what a
    browser said (the boundary of its parts), and what only points at itself.

    What is let go is overwritten by the C library (`quietword.memory`).
    """
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # Python's own tests call it; the stubs leave it out
    for name in ("_cache", "_cache2"):  # Python's own; the second came with 3.12
        patterns: dict[Any, Any] = getattr(re, name, {})
        for key in [key for key in list(patterns) if key[0] is bytes]:
            patterns.pop(key, None)
    gc.collect()
