"""The commands that the public form brings to `quietword`."""

import os
from datetime import UTC, datetime

import click

from config import ReportingSettings
from reporting.intake import IntakeDesk, NoIntakeKeyError
from store.engine import open_engine
from store.errors import StoreError
from store.noticeboard import Noticeboard


@click.group()
def reporting() -> None:
    """Look after the public form."""


@reporting.command(short_help="Say whether a report could be sealed today.")
def check() -> None:
    """Say whether a report could be sealed to a key of today; fail when it could not."""
    settings = ReportingSettings.from_environ(os.environ)
    engine = open_engine(settings.drop_url)
    try:
        intake = IntakeDesk(Noticeboard(engine), settings.verifying_key).open_on(datetime.now(UTC).date())
    except NoIntakeKeyError:
        if settings.verifying_key is None:
            raise click.ClickException(
                "The form is closed: it has no verifying key of the force. Set QUIETWORD_VERIFYING_KEY."
            ) from None
        raise click.ClickException(
            "The form is closed: no intake key of today is signed by the force. "
            "A supervisor signs the next 35 days by signing in to triage."
        ) from None
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    click.echo(f"The form is open. Today's key may be used until {intake.not_after.isoformat()}.")


commands: dict[str, click.Command] = {"reporting": reporting}
