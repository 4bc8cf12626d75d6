"""`quietword keys`: see, sign and retire the keys that reports are sealed to."""

from datetime import date

import click

from store.collection import Collection
from store.publishing import Publishing
from triage.commands.instance import write_verifying_key
from triage.commands.opening import Credentials, opened, with_credentials
from triage.commands.recovering import cover_boxes, recover, split
from triage.commands.rotating import rotate
from triage.commands.vouching import vouch
from triage.intake.retiring import retire
from triage.keys.intake_keys import (
    DAYS_AHEAD,
    IntakeDay,
    force_verifying_key,
    intake_days,
    intake_supply,
    sign_intake_keys,
)
from triage.keys.publish import publish_intake_keys
from triage.officers.rules import Permission


def _stands(day: IntakeDay, today: date) -> str:
    """How a day's key stands, in the words of the Keys page."""
    if not day.is_live:
        return "Destroyed"
    if day.not_after < today:
        return "Over, kept for what is unopened"
    return "Today" if day.not_before == today else "Ready"


@click.group(short_help="The keys of the days, and of recovery.")
def keys() -> None:
    """The keys that reports are sealed to, one a day, and the recovery key."""


keys.add_command(split)
keys.add_command(cover_boxes)
keys.add_command(recover)
keys.add_command(rotate)
keys.add_command(vouch)


@with_credentials
@keys.command("list", short_help="Each day that has a key, and how many are left.")
def list_keys(who: Credentials) -> None:
    """List the days that have a key, and how many days that is from today."""
    with opened() as here:
        who.sign_in(here, Permission.READ_KEYS)
        with here.database.look() as session:
            supply, days, today = intake_supply(session), intake_days(session), session.today
    for day in days:
        until = f"{day.not_before.isoformat()} until and including {day.not_after.isoformat()}"
        click.echo(f"{until}  {_stands(day, today)}  {day.fingerprint}")
    click.echo(f"{supply.days_left} days left, from today.")
    if supply.is_low:
        click.echo("A supervisor should sign more now: `quietword keys sign`, or the Keys page.", err=True)


@with_credentials
@keys.command("sign", short_help="Sign and publish the keys of the days to come.")
@click.option("--days", type=click.IntRange(1, 90), default=DAYS_AHEAD, show_default=True, help="Days from today.")
def sign(who: Credentials, days: int) -> None:
    """Sign the keys of the days to come, as a supervisor, and give their public halves to the form."""
    with opened() as here:
        officer = who.sign_in(here, Permission.SIGN_INTAKE_KEYS)
        with here.database.begin() as session:
            signed = sign_intake_keys(session, by=officer, days=days)
            key = force_verifying_key(session, by=officer)
        publish_intake_keys(here.settings, signed)
        write_verifying_key(here.settings, key)
    last = max(one.key.not_before for one in signed)
    click.echo(f"Signed and published: there is a key for every day until {last.isoformat()}.")


@keys.command("retire", short_help="Destroy the keys that nothing needs any more.")
def retire_keys() -> None:
    """Destroy the keys of days that are over and that nothing unopened needs. `collect` does it too."""
    with opened() as here:
        retired = retire(here.database, here.settings, Collection(here.drop), Publishing(here.drop))
    click.echo(f"Retired: {len(retired.box_ids)}. Kept, because something of that day is unopened: ", nl=False)
    click.echo(", ".join(day.isoformat() for day in retired.kept_for) or "none.")
    for day in retired.overdue:
        click.echo(f"The key of {day.isoformat()} is long past its end: open what waits under it.", err=True)
