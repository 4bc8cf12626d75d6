"""`quietword officers`: add, list, suspend, restore and let go of the people of a force."""

from uuid import UUID

import click

from triage.commands.enrolling import ask_new_officer, show_enrolment
from triage.commands.opening import Credentials, Opened, opened, with_credentials
from triage.errors import NotFoundError
from triage.officers.officer import Officer
from triage.officers.people import Person, leave, people, restore, suspend
from triage.officers.rules import Permission, Role
from triage.officers.service import add_officer

NAME = click.argument("name", metavar="SIGN_IN_NAME")


@click.group()
def officers() -> None:
    """The people of the force. Each command asks who you are, and leaves a line in the audit log."""


@with_credentials
@officers.command("add")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="What they do here.")
def add(who: Credentials, role: str | None) -> None:
    """Add a person. An administrator does it; a supervisor then gives them the keys of their role."""
    with opened() as here:
        officer = who.sign_in(here, Permission.MANAGE_PEOPLE)
        wanted = role or click.prompt("Role", type=click.Choice([one.value for one in Role]))
        with here.database.look() as session:
            taken = [person.sign_in_name for person in people(session, by=officer)]
        new = ask_new_officer(Role(wanted), taken=taken)
        with here.database.begin() as session:
            made = add_officer(
                session,
                here.settings,
                name=new.name,
                sign_in_name=new.sign_in_name,
                role=new.role,
                passphrase=new.passphrase,
                by=officer,
            )
    show_enrolment(new.name, new.sign_in_name, made)
    click.echo(
        "\nAt their first sign-in they choose a passphrase and a second factor of their own. "
        "After that a supervisor can give them the keys of their role."
    )


@with_credentials
@officers.command("list", short_help="List everybody who works or worked here.")
def list_officers(who: Credentials) -> None:
    """List everybody who works or worked here, with their role and state."""
    with opened() as here:
        officer = who.sign_in(here, Permission.READ_PEOPLE)
        with here.database.look() as session:
            found = people(session, by=officer)
    for person in found:
        missing = f"; lacks {', '.join(person.missing)}" if person.missing else ""
        click.echo(f"{person.sign_in_name:16} {person.role.value:16} {person.state.value}{missing}  ({person.name})")


@with_credentials
@officers.command("suspend", short_help="Shut somebody out at once.")
@NAME
@click.option("--reason", default="", help="Why, for the audit log.")
def suspend_officer(who: Credentials, name: str, reason: str) -> None:
    """Shut somebody out at once: their sessions end, their keys stay for when they come back."""
    with opened() as here:
        officer = who.sign_in(here, Permission.MANAGE_PEOPLE)
        found = _find(here, name, officer)
        with here.database.begin() as session:
            suspend(session, found, reason=reason, by=officer)
    click.echo(f"{name} is suspended and signed out everywhere.")


@with_credentials
@officers.command("restore")
@NAME
def restore_officer(who: Credentials, name: str) -> None:
    """Let somebody who was suspended come back."""
    with opened() as here:
        officer = who.sign_in(here, Permission.MANAGE_PEOPLE)
        found = _find(here, name, officer)
        with here.database.begin() as session:
            restore(session, found, by=officer)
    click.echo(f"{name} can sign in again.")


@with_credentials
@officers.command("leave", short_help="Somebody leaves for good.")
@NAME
@click.confirmation_option(prompt="Their keys are destroyed, and they cannot come back. Go on?")
def leave_officer(who: Credentials, name: str) -> None:
    """Somebody leaves for good: their sessions, keys and lock are destroyed, and what they signed stays."""
    with opened() as here:
        officer = who.sign_in(here, Permission.MANAGE_PEOPLE)
        found = _find(here, name, officer)
        with here.database.begin() as session:
            leave(session, found, by=officer)
    click.echo(f"{name} has left, and their keys are destroyed.")


def _find(here: Opened, sign_in_name: str, by: Officer) -> UUID:
    wanted = " ".join(sign_in_name.casefold().split())
    with here.database.look() as session:
        found: list[Person] = [one for one in people(session, by=by) if one.sign_in_name.casefold() == wanted]
    if not found:
        raise NotFoundError("officer")
    return found[0].id
