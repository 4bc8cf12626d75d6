"""What the command says when something fails: a sentence, or an incident that quotes nobody."""

import secrets
import traceback

import click
from sqlalchemy.exc import DBAPIError

from config import SettingsError

OURS = frozenset({"config", "envelope", "store", "web", "reporting", "triage", "quietword", "migrations"})
CHECK_DATABASES = (
    "Check that it runs, and that QUIETWORD_DROP_URL, QUIETWORD_CASE_URL and QUIETWORD_KEYS_URL name the right ones."
)


def explain(error: Exception) -> tuple[list[str], int]:
    """The sentences for the error stream, and the exit code.

    An error of ours carries the sentence to show. Any other may quote a report, an address or a password in its
    message, so what is shown of it is its type and where it happened, under an incident id.
    """
    match error:
        case SettingsError():
            return list(error.problems), 2
        case click.exceptions.Exit():
            return [], error.exit_code
        case click.Abort():
            return ["Stopped."], 1
        case click.ClickException():
            return _usage(error), error.exit_code
        case DBAPIError():
            return [f"A database refused ({type(error.orig).__name__}). {CHECK_DATABASES}"], 1
        case OSError() if error.filename is not None:
            return [f"Cannot use {error.filename}: {error.strerror}."], 1
        case _ if type(error).__module__.partition(".")[0] in OURS:
            return [str(error)], 1
        case _:
            return _incident(error), 1


def _usage(error: click.ClickException) -> list[str]:
    sentences = [error.format_message()]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        sentences.append(f"Try: {error.ctx.command_path} --help")
    return sentences


def _incident(error: BaseException) -> list[str]:
    lines = [f"Something failed that should not have: incident {secrets.token_hex(4)}, {type(error).__name__}, at"]
    frames = traceback.extract_tb(error.__traceback__, limit=-12)
    lines.extend(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    lines.append("The message is not shown, because it could quote what somebody wrote.")
    return lines
