"""Founds the force of Millbrook through triage's own services: people, keys, teams."""

from dataclasses import replace
from uuid import UUID

from config import TriageSettings
from envelope.signing import VerifyingKey
from quietword.demo.notebook import Notebook, SignIn, invent_passphrases, millbrook
from triage.commands.instance import write_force_name, write_verifying_key
from triage.database import Database
from triage.keys.intake_keys import DAYS_AHEAD, intake_supply, sign_intake_keys
from triage.keys.publish import publish_intake_keys
from triage.officers.founding import NewOfficer, found_force
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.service import add_team, grant_team, officer_names
from triage.officers.signing_in import unlock_without_code


def found_millbrook(database: Database, settings: TriageSettings) -> tuple[Notebook, VerifyingKey]:
    """The force, its people, and the key the public form pins, written where the form looks for it.

    Raises:
        AlreadyFoundedError: there is a force in these databases that is not a demonstration.
    """
    force = millbrook("force.json")
    people = invent_passphrases(force)
    with database.begin() as session:
        founding = found_force(
            session,
            settings,
            [NewOfficer(person.name, person.sign_in, Role(person.role), person.passphrase) for person in people],
        )
    people = tuple(
        replace(person, totp_secret=enrolment.totp_secret)
        for person, enrolment in zip(people, founding.enrolments, strict=True)
    )
    write_verifying_key(settings, founding.verifying_key)
    write_force_name(settings, force["name"])
    return Notebook(people, shares=founding.shares), founding.verifying_key


def make_teams(database: Database, notebook: Notebook, supervisor: Officer) -> dict[str, UUID]:
    """The teams, each with its members; gives the id of each by its key in force.json."""
    made: dict[str, UUID] = {}
    with database.begin() as session:
        ids = {one.name: one.id for one in officer_names(session, by=supervisor).values()}
        for told in millbrook("force.json")["teams"]:
            team = add_team(session, name=told["name"], area=told["area"], by=supervisor)
            made[told["key"]] = team.id
            for person in notebook.sign_ins:
                if person.team == told["key"]:
                    grant_team(session, team.id, ids[person.name], by=supervisor)
    return made


def sign_days_ahead(
    database: Database, settings: TriageSettings, supervisor: Officer, *, days: int = DAYS_AHEAD
) -> None:
    """Sign the intake keys of the next days and give their public halves to the public form."""
    with database.begin() as session:
        signed = sign_intake_keys(session, by=supervisor, days=days)
    publish_intake_keys(settings, signed)


def keys_run_out(database: Database) -> bool:
    """Whether a supervisor should sign more days."""
    with database.begin() as session:
        return intake_supply(session).is_low


def at_work(database: Database, settings: TriageSettings, person: SignIn) -> Officer:
    """One of the demo's people with their keys unlocked; nobody's second factor is spent."""
    with database.begin() as session:
        return unlock_without_code(session, settings, person.sign_in, person.passphrase)
