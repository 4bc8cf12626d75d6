"""`quietword keys rotate`: puts a new key in the place of one, and goes on where an earlier run stopped."""

from uuid import UUID

import click

from triage.commands.opening import Credentials, Opened, opened, with_credentials
from triage.errors import NotFoundError
from triage.keys.rotating import Rotation, go_on_rotating, rotations
from triage.officers.officer import Officer
from triage.officers.people import box_names
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Permission


@with_credentials
@click.command("rotate", short_help="Put a new key in the place of one, or go on with that.")
@click.argument("key", required=False)
def rotate(who: Credentials, key: str | None) -> None:
    """Put a new key in the place of KEY, as the Keys page names it ("Desk", "Team Eastgate", "Compartment Heron").

    Everybody who holds it and works here is given the new one; whoever is suspended or not vetted is not. What the old
    key opened is wrapped for the new one batch by batch. Stopped half-way, run it again without KEY to go on.
    """
    with opened() as here:
        officer = who.sign_in(here, Permission.GRANT_KEYS)
        if key is not None:
            with here.database.begin() as session:
                names = {name.casefold(): box_id for box_id, name in box_names(session, by=officer).items()}
                if key.casefold() not in names:
                    raise NotFoundError("key")
                begin_rotation(session, names[key.casefold()], by=officer)
        with here.database.look() as session:
            running = [
                one for one in rotations(session) if one.is_running and officer.keys.holds(session, one.new_box_id)
            ]
        for one in running:
            _go_on(here, officer, one.id)
        if not running:
            click.echo("No rotation is going on.")


def _go_on(here: Opened, officer: Officer, rotation_id: UUID) -> None:
    def say(stand: Rotation) -> bool:
        done = max(0, stand.keys_total - stand.keys_left)
        click.echo(f"{done} of {stand.keys_total} are wrapped for the new key.")
        return False

    stand = go_on_rotating(here.database, rotation_id, by=officer.with_new_ring, stop=say)
    if stand.is_settling:
        click.echo("Nothing is left under the old key. `quietword collect` destroys it two days after it began.")
