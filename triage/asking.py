"""Asks for a passphrase at a terminal, and where there is none takes it from standard input."""

import sys

import click

from triage.errors import TriageError


class NobodyToAskError(TriageError):
    """There is no terminal, and nothing more on standard input."""

    def __init__(self) -> None:
        super().__init__(
            "There is no terminal to ask for the passphrase on. Give it in a file (--passphrase-file) where the "
            "command takes one, or as a line of standard input."
        )


def ask_passphrase(question: str, *, again: str = "") -> str:
    """What somebody types unseen, or the next line of standard input; twice where `again` asks for it again.

    Raises:
        NobodyToAskError: there is neither a terminal nor a line.
    """
    if _terminal():
        asked: str = click.prompt(question, hide_input=True, confirmation_prompt=again or False, err=True)
        return asked
    while True:
        passphrase = _line()
        if not again or _line() == passphrase:
            return passphrase
        click.echo("The two are not the same.", err=True)


def _line() -> str:
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise NobodyToAskError
    return line


def _terminal() -> bool:
    """Whether somebody can be asked: what comes through a pipe was put there to be read."""
    return sys.stdin.isatty()
