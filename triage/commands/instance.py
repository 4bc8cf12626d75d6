"""What a force has on this host from the beginning: databases of this version, and two files for the public form."""

import base64
import os
from pathlib import Path

from config import FORCE_NAME_FILE, TriageSettings
from envelope.signing import VerifyingKey
from migrations.runner import History, upgrade
from store.engine import Journal, open_engine
from triage.commands.vouching import vouch_once


def bring_databases_up(settings: TriageSettings) -> None:
    """Make the folder and the tables, or bring those that are there up to this version.

    Raises:
        MigrationError: a history could not be brought up; those before it were.
    """
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    for url, history, journal in (
        (settings.drop_url, History.DROP, Journal.WAL),
        (settings.case_url, History.CASE, Journal.WAL),
        (settings.keys_url, History.KEYS, Journal.ROLLBACK),
    ):
        engine = open_engine(url, journal=journal)
        try:
            upgrade(engine, history)
        finally:
            engine.dispose()
    vouch_once(settings)


def in_base64(key: VerifyingKey) -> str:
    """A verifying key as the public form's settings take it."""
    return base64.b64encode(key.public_key).decode("ascii")


def write_verifying_key(settings: TriageSettings, key: VerifyingKey) -> None:
    """Keep the key that the public form pins, as the one line its settings take."""
    _write(settings.verifying_key_path, in_base64(key))


def write_force_name(settings: TriageSettings, name: str) -> None:
    """Keep what the public form calls the force."""
    _write(settings.instance / FORCE_NAME_FILE, name)


def _write(path: Path, line: str) -> None:
    """Whole or not at all, and readable by its owner alone."""
    new = path.with_name(path.name + ".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
