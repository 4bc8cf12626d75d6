"""What the commands of triage begin with: settings, databases that are up to date, and somebody who signs in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine

from config import TriageSettings
from migrations.runner import History, is_current
from store.engine import open_engine
from triage.asking import ask_passphrase
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import Database
from triage.errors import TriageError
from triage.officers.door import Door
from triage.officers.errors import EnrolFirstError, NotAllowedError
from triage.officers.officer import Officer
from triage.officers.rules import Permission
from triage.officers.signing_in import keep_lock


class NotMigratedError(TriageError):
    """A database that this version's tables are not in yet."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"Not up to date: {', '.join(names)}. Run `quietword migrate`, or `quietword init` for a new force."
        )


@dataclass(frozen=True)
class Opened:
    """The settings and the three databases of one command."""

    settings: TriageSettings
    database: Database
    drop: Engine


@contextmanager
def opened() -> Iterator[Opened]:
    """Open everything, and close it at the end.

    Raises:
        SettingsError: a setting is wrong.
        NotMigratedError: the tables are not those of this version.
    """
    settings = TriageSettings.from_environ(os.environ)
    database, drop = Database.open(settings), open_engine(settings.drop_url)
    try:
        engines = ((History.DROP, drop), (History.CASE, database.case), (History.KEYS, database.keys))
        behind = [f"the {history} database" for history, engine in engines if not is_current(engine, history)]
        if behind:
            raise NotMigratedError(behind)
        yield Opened(settings, database, drop)
    finally:
        database.dispose()
        drop.dispose()


@dataclass(frozen=True)
class Credentials:
    """Who runs a command; what is missing is asked for."""

    name: str | None
    passphrase_file: Path | None
    code: str | None

    def sign_in(self, here: Opened, permission: Permission) -> Officer:
        """Recognise them, leave a line, and see that their role allows the command.

        Raises:
            SignInError, EnrolFirstError, NotAllowedError.
        """
        name = self.name or click.prompt("Your sign-in name", err=True)
        if self.passphrase_file is not None:
            passphrase = self.passphrase_file.read_text("utf-8").rstrip("\r\n")
        else:
            passphrase = ask_passphrase("Your passphrase")
        code = self.code or click.prompt("The code your authenticator shows", err=True)
        officer, _ = Door(here.database, here.settings).check(name, passphrase, code)
        with here.database.begin() as session:
            enrolled = keep_lock(session, officer).enrolled_on is not None
            record(session, Act.SIGNED_IN, officer.id, by=officer, reason="for a command")
        if not enrolled:
            raise EnrolFirstError
        if not officer.may(permission):
            raise NotAllowedError
        return officer


def with_credentials(command: click.Command) -> click.Command:
    """Give a command the options by which somebody says who they are; the three become one `who`."""
    inner = command.callback
    assert inner is not None  # noqa: S101  every command of ours does something

    def callback(*, sign_in: str | None, passphrase_file: Path | None, code: str | None, **rest: object) -> object:
        return inner(who=Credentials(sign_in, passphrase_file, code), **rest)

    command.callback = callback
    command.params += [
        click.Option(["--sign-in"], metavar="NAME", help="Your sign-in name; asked for when it is not given."),
        click.Option(
            ["--passphrase-file"],
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="A file that holds your passphrase, for scripts; otherwise it is asked for and not shown.",
        ),
        click.Option(["--code"], metavar="DIGITS", help="The code your authenticator shows now."),
    ]
    return command
