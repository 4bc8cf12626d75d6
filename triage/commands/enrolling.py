"""Ask for a new person on the terminal, and show what they need once."""

from collections.abc import Callable, Sequence

import click
import segno

from triage.asking import ask_passphrase
from triage.officers.errors import PassphraseError
from triage.officers.founding import NewOfficer
from triage.officers.passphrases import check_passphrase
from triage.officers.rules import Role
from triage.officers.service import NAME_MOST, Enrolment


def ask_new_officer(role: Role, *, taken: Sequence[str] = ()) -> NewOfficer:
    """Ask for a name, a sign-in name nobody has, and a passphrase twice; a bad answer is asked for again."""
    name = _ask("Full name", _short_enough)
    in_use = {one.casefold() for one in taken}

    def free(answer: str) -> str | None:
        return "Somebody already signs in by that name." if answer.casefold() in in_use else _short_enough(answer)

    sign_in_name = _ask("Sign-in name", free)
    while True:
        passphrase = ask_passphrase("Passphrase, 14 characters or more", again="The same again")
        try:
            check_passphrase(passphrase, sign_in_name)
        except PassphraseError as error:
            click.echo(str(error), err=True)
        else:
            return NewOfficer(name, sign_in_name, role, passphrase)


def show_enrolment(name: str, sign_in_name: str, enrolment: Enrolment) -> None:
    """The second factor of a person, as a QR code for the terminal and as text; it is shown this once."""
    uri = enrolment.totp_uri(sign_in_name)
    click.echo(f"\n{name} signs in as “{sign_in_name}”. Their second factor, shown this once:\n")
    segno.make_qr(uri).terminal(compact=True, border=2)
    click.echo(f"  {enrolment.totp_secret}\n  {uri}")


def _short_enough(answer: str) -> str | None:
    return None if 0 < len(answer) <= NAME_MOST else f"Enter 1 to {NAME_MOST} characters."


def _ask(question: str, wrong: Callable[[str], str | None]) -> str:
    while True:
        answer: str = click.prompt(question).strip()
        problem = wrong(answer)
        if problem is None:
            return answer
        click.echo(problem, err=True)
