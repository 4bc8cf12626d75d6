"""Logs what went wrong by event, exception type and place, and never a word of a request."""

import logging
import re
import secrets
import sys
import traceback
from enum import StrEnum
from pathlib import PurePath
from typing import TextIO

EVENT = re.compile(r"[a-z][a-z0-9_]{1,60}")
CODE = re.compile(r"[A-Za-z0-9_-]{0,40}")
LOGGER = logging.getLogger("quietword")
# Libraries whose messages may quote an address, a path or a value; we let them say only where they spoke.
LOUD = ("werkzeug", "gunicorn.error", "gunicorn.access", "flask-limiter", "flask_limiter", "sqlalchemy", "waitress")
MOST_FRAMES = 40
MOST_CAUSES = 5


def log_event(event: str, *, level: int = logging.INFO, **numbers: int | StrEnum) -> None:
    """Log that something happened: a fixed name, and counts or codes from a fixed list, so that nothing said by
    anybody can reach a log.

    Raises TypeError for a value that is neither an int nor a StrEnum, ValueError for a name or code of other shape.
    """
    if not EVENT.fullmatch(event):
        raise ValueError("An event has a short fixed name")
    for name, value in numbers.items():
        if not isinstance(value, (int, StrEnum)):
            raise TypeError(f"{name} must be a number or a code")
        if isinstance(value, StrEnum) and not CODE.fullmatch(value.value):
            raise ValueError(f"{name} is not a short code")
    told = " ".join(f"{name}={value}" for name, value in numbers.items())
    LOGGER.log(level, event, extra={"quietword_event": f"{event} {told}".strip()})


def log_incident(error: BaseException) -> str:
    """Log an exception by its type and frames under a random id, and return the id for the page to show."""
    incident = secrets.token_hex(4)
    LOGGER.error(
        "incident",
        exc_info=(type(error), error, error.__traceback__),
        extra={"quietword_event": f"incident {incident}"},
    )
    return incident


def _place(filename: str) -> str:
    parts = PurePath(filename).parts
    return "/".join(parts[-3:])


def _frames(error: BaseException) -> list[str]:
    lines: list[str] = []
    current: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if current is None:
            break
        kind = type(current)
        lines.append(f"  {kind.__module__}.{kind.__qualname__}")
        frames = list(traceback.walk_tb(current.__traceback__))[-MOST_FRAMES:]
        lines.extend(f"    {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}" for frame, line in frames)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return lines


class QuietFormatter(logging.Formatter):
    """Writes the day, the level, an event and the frames of an exception; no message, argument, value or hour."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for the event, then one line an exception of the chain and one a frame."""
        said = getattr(record, "quietword_event", None)
        if not isinstance(said, str):
            said = f"{record.name} {_place(record.pathname)}:{record.lineno}"
        lines = [f"{self.formatTime(record, '%Y-%m-%d')} {record.levelname} {said}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.extend(_frames(record.exc_info[1]))
        return "\n".join(lines)


class QuietHandler(logging.StreamHandler[TextIO]):
    """Writes to standard error with the quiet formatter, and fails without telling what it was asked to write."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(QuietFormatter())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing: logging's own report would print the record with its arguments."""


def keep_logs_quiet() -> None:
    """Let every logger speak through the quiet formatter alone; it may be called again.

    The server's own loggers are set up before the application is loaded and lose their handlers here.
    """
    root = logging.getLogger()
    if not any(isinstance(handler, QuietHandler) for handler in root.handlers):
        root.addHandler(QuietHandler())
    for handler in root.handlers:
        handler.setFormatter(QuietFormatter())
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)
    for name in LOUD:
        loud = logging.getLogger(name)
        loud.handlers.clear()
        loud.propagate = True
        loud.setLevel(logging.WARNING)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    for name in ("flask-limiter", "flask_limiter", "gunicorn.access"):
        logging.getLogger(name).disabled = True
