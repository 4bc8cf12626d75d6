"""The server's log: which event, and the type and place of what failed; never a request, an address or a message."""

import logging
import os
import sys
from typing import Any

from gunicorn.glogging import Logger

from web.incidents import keep_logs_quiet


class QuietLogger(Logger):
    """In a worker, gunicorn's messages quote the address, the path and the error: there only the place speaks.

    The master never meets a request: what it says about addresses it listens on and workers it loses is kept.
    """

    def __init__(self, cfg: Any) -> None:  # Any: gunicorn ships no types
        self.master = os.getpid()
        super().__init__(cfg)

    def setup(self, cfg: Any) -> None:
        """Gunicorn's set-up, which gives its loggers handlers that write whole messages; then ours, which do not."""
        super().setup(cfg)
        keep_logs_quiet()

    def critical(self, msg: object, *args: object, **_options: object) -> None:
        self._say(logging.CRITICAL, msg, args)

    def error(self, msg: object, *args: object, **_options: object) -> None:
        self._say(logging.ERROR, msg, args)

    def warning(self, msg: object, *args: object, **_options: object) -> None:
        self._say(logging.WARNING, msg, args)

    def info(self, msg: object, *args: object, **_options: object) -> None:
        self._say(logging.INFO, msg, args)

    def debug(self, msg: object, *args: object, **_options: object) -> None:
        """Gunicorn's debugging lines quote requests whole; there is no setting under which we want them."""

    def exception(self, msg: object, *args: object, **_options: object) -> None:
        self._say(logging.ERROR, msg, args)

    def log(self, lvl: object, msg: object, *args: object, **_options: object) -> None:
        level = lvl if isinstance(lvl, int) else self.LOG_LEVELS.get(str(lvl).lower(), logging.INFO)
        self._say(level, msg, args)

    def access(self, resp: object, req: object, environ: object, request_time: object) -> None:
        """No access is logged, whatever the settings say."""

    def _say(self, level: int, msg: object, args: tuple[object, ...]) -> None:
        failing = sys.exc_info()[0] is not None
        told = {}
        if os.getpid() == self.master and not failing:
            told = {"quietword_event": "server: " + (str(msg) % args if args else str(msg))}
        # Two frames up is gunicorn's own line, which names the event.
        self.error_log.log(level, "server", extra=told, exc_info=failing, stacklevel=3)
