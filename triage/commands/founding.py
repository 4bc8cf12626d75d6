"""`quietword init` sets up a force, and `quietword migrate` brings its databases up to this version."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

import click

from config import VERIFYING_KEY_FILE, TriageSettings
from envelope.signing import SignedIntakeKey
from store.errors import StoreError
from triage.commands.enrolling import ask_new_officer, show_enrolment
from triage.commands.instance import bring_databases_up, in_base64, write_force_name, write_verifying_key
from triage.commands.recovering import show_shares
from triage.database import Database
from triage.errors import TriageError
from triage.keys.intake_keys import DAYS_AHEAD, sign_intake_keys
from triage.keys.publish import publish_intake_keys
from triage.keys.recovery import USUAL_SPLIT
from triage.officers.founding import AlreadyFoundedError, Founding, NewOfficer, found_force, is_founded
from triage.officers.rules import Role
from triage.officers.signing_in import unlock_without_code

FORCE_NAME_MOST = 100
FIRST_ROLES = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)


class PlanError(TriageError):
    """A file for `init` that does not say what it must."""


class NotPublishedError(TriageError):
    """The force stands, and its public form has no keys yet."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"The force is set up, but its keys could not be given to the public form. {cause} "
            "Then run `quietword keys sign` as the supervisor."
        )


@dataclass(frozen=True)
class Plan:
    """The force to set up."""

    force_name: str
    people: tuple[NewOfficer, ...]


@click.command(short_help="Bring the databases up to this version.")
def migrate() -> None:
    """Bring the three databases up to this version; what is up to date stays as it is."""
    settings = TriageSettings.from_environ(os.environ)
    bring_databases_up(settings)
    click.echo("The drop, case and keys databases are up to date.")


@click.command(short_help="Set up a real, empty force.")
@click.option(
    "--from-json",
    "file",
    type=click.File("r", encoding="utf-8"),
    help='Take the answers from a file (or - for standard input): {"force_name": …, "people": [{"name": …, '
    '"sign_in_name": …, "role": …, "passphrase": …}, …]}.',
)
@click.option("--json", "as_json", is_flag=True, help="Print what is shown once as JSON, for scripts.")
def init(file: IO[str] | None, *, as_json: bool) -> None:
    """Set up a real, empty force: its databases, its first people, and its keys for the next 35 days.

    It asks for the first supervisor, administrator and auditor. Each of them types their own passphrase, and puts
    their own second factor into their authenticator: both are shown or typed here once and kept nowhere in clear.
    """
    settings = TriageSettings.from_environ(os.environ)
    bring_databases_up(settings)
    database = Database.open(settings)
    try:
        with database.look() as session:
            if is_founded(session):
                raise AlreadyFoundedError
        plan = _ask_plan() if file is None else _read_plan(file)
        founding, signed = _found(settings, database, plan)
    finally:
        database.dispose()
    # What is shown once is shown before anything else can fail.
    if as_json:
        click.echo(json.dumps(_told(plan, founding), indent=1, ensure_ascii=False))
    else:
        _show(settings, plan, founding)
    try:
        publish_intake_keys(settings, signed)
    except StoreError as error:
        raise NotPublishedError(str(error)) from None


def _found(settings: TriageSettings, database: Database, plan: Plan) -> tuple[Founding, tuple[SignedIntakeKey, ...]]:
    """All in one unit of work: a force without keys for its first days never stands."""
    with database.begin() as session:
        founding = found_force(session, settings, plan.people)
        first = next(person for person in plan.people if person.role is Role.SUPERVISOR)
        supervisor = unlock_without_code(session, settings, first.sign_in_name, first.passphrase)
        signed = sign_intake_keys(session, by=supervisor)
    write_verifying_key(settings, founding.verifying_key)
    write_force_name(settings, plan.force_name)
    return founding, signed


def _ask_plan() -> Plan:
    force_name = ""
    while not 0 < len(force_name) <= FORCE_NAME_MOST:
        force_name = click.prompt("Name of the force, as the public reads it").strip()
    people: list[NewOfficer] = []
    for role in FIRST_ROLES:
        click.echo(f"\nThe first {role}:")
        people.append(ask_new_officer(role, taken=[person.sign_in_name for person in people]))
    return Plan(force_name, tuple(people))


def _read_plan(file: IO[str]) -> Plan:
    try:
        told = json.load(file)
        people = tuple(
            NewOfficer(str(one["name"]), str(one["sign_in_name"]), Role(one["role"]), str(one["passphrase"]))
            for one in told["people"]
        )
        plan = Plan(str(told["force_name"]).strip(), people)
    except (ValueError, KeyError, TypeError):
        roles = ", ".join(Role)
        raise PlanError(
            f"The file must hold a force_name, and people with name, sign_in_name, role (one of {roles}) and "
            "passphrase. See `quietword init --help`."
        ) from None
    if not plan.force_name:
        raise PlanError("Enter a force_name in the file.")
    return plan


def _told(plan: Plan, founding: Founding) -> Mapping[str, object]:
    return {
        "force_name": plan.force_name,
        "verifying_key": in_base64(founding.verifying_key),
        "recovery_shares": list(founding.shares),
        "people": [
            {
                "sign_in_name": person.sign_in_name,
                "role": person.role.value,
                "totp_secret": made.totp_secret,
                "totp_uri": made.totp_uri(person.sign_in_name),
            }
            for person, made in zip(plan.people, founding.enrolments, strict=True)
        ],
    }


def _show(settings: TriageSettings, plan: Plan, founding: Founding) -> None:
    click.echo(f"\n{plan.force_name} is set up, with keys for the reports of the next {DAYS_AHEAD} days.")
    for person, made in zip(plan.people, founding.enrolments, strict=True):
        show_enrolment(person.name, person.sign_in_name, made)
    show_shares(founding.shares, USUAL_SPLIT)
    key = in_base64(founding.verifying_key)
    click.echo(
        f"\nThe key that the public form pins, so that nobody can put another in its place:\n\n  {key}\n\n"
        f"It is in {settings.instance / VERIFYING_KEY_FILE}. On another host, set QUIETWORD_VERIFYING_KEY to it.\n"
        "Next: `quietword serve triage`, `quietword serve reporting`, and `quietword collect --follow`."
    )
