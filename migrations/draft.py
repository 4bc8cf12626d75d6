"""`python -m migrations.draft case short_name`: drafts the next migration of a history, for a person to finish."""

import sys
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL

from migrations.runner import History, draft, upgrade
from store.engine import open_engine


def main(arguments: list[str]) -> None:
    """Draft against a fresh SQLite file brought up to head, so that only what is new is written down."""
    history, name = History(arguments[0]), arguments[1]
    versions = Path(__file__).resolve().parent / history.value / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    number = f"{len(list(versions.glob('[0-9]*.py'))) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(URL.create("sqlite", database=f"{folder}/draft.sqlite"))
        upgrade(engine, history)
        draft(engine, history, number, name)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
