"""Grants and rotation: how many a second, on real files with every commit on the disk."""

import time
from pathlib import Path
from uuid import UUID, uuid4

from bench.table import Bar, Table
from config import TriageSettings
from envelope.identity import Identity
from envelope.signing import SigningKey
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.service import record
from triage.commands.instance import bring_databases_up
from triage.database import CaseSession, Database
from triage.keys.models import Purpose
from triage.keys.records import create_data_key
from triage.keys.rotating import go_on_rotating
from triage.keys.service import create_box, desk_id, grant
from triage.keys.system import SystemActor, system_actor
from triage.keys.vouching import vouch
from triage.officers.founding import NewOfficer, found_force
from triage.officers.officer import SIGNING_LABEL, Officer
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Role
from triage.officers.signing_in import unlock_without_code

PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
PEOPLE = 400
DATA_KEYS = 20_000
# 600,000 reports and entries are to be rotated within an hour; 400 people are given a key within a quarter of a minute.
ROTATION_BAR = Bar(at_least=170)
GRANT_BAR = Bar(at_least=30)


def measure(table: Table, folder: Path) -> None:
    table.heading("Grants and rotation")
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / "keeping-keys")})
    bring_databases_up(settings)
    database = Database.open(settings)
    people = [NewOfficer(role.name, role.name, role, PASSPHRASE) for role in Role]
    with database.begin() as session:
        found_force(session, settings, people)
    with database.begin() as session:
        sam = unlock_without_code(session, settings, Role.SUPERVISOR.name, PASSPHRASE)
    _grants(table, database, settings, sam)
    _rotation(table, database, sam)
    database.dispose()


def _grants(table: Table, database: Database, settings: TriageSettings, sam: Officer) -> None:
    with database.begin() as session:
        box, identity = create_box(session, Purpose.TEAM)
        system = system_actor(session, settings)
        own = [_person(session, system) for _ in range(PEOPLE)]
    by = sam.with_new_ring()
    by.keys.take_up(box.id, identity)
    began = time.perf_counter()
    for one in own:
        with database.begin() as session:
            grant(session, box.id, one, by=by)
    table.figure("grants, each committed by itself", PEOPLE / (time.perf_counter() - began), "a second", GRANT_BAR)


def _person(session: CaseSession, system: SystemActor) -> UUID:
    """The own box of somebody whose key the log names: all that a grant to them asks for."""
    identity, person = Identity.generate(), uuid4()
    signing_key = SigningKey.of_seed(identity.seed, SIGNING_LABEL)
    box, _ = create_box(session, Purpose.OFFICER, identity=identity)
    vouch(session, box, person, signing_key)
    binding = Binding(person, signing_key.verifying_key.public_key, Role.NEIGHBOURHOOD)
    record(session, Act.OFFICER_ADDED, person, by=system, binds=binding)
    return box.id


def _rotation(table: Table, database: Database, sam: Officer) -> None:
    with database.begin() as session:
        desk = desk_id(session)
        by = sam.with_new_ring()
        for _ in range(DATA_KEYS):
            create_data_key(session, guards=[desk], by=by)
    with database.begin() as session:
        began = time.perf_counter()
        rotation = begin_rotation(session, desk, by=sam.with_new_ring())
    table.figure("a new desk key for everybody", (time.perf_counter() - began) * 1000, "ms")
    began = time.perf_counter()
    stand = go_on_rotating(database, rotation, by=sam.with_new_ring)
    rate = DATA_KEYS / (time.perf_counter() - began)
    assert stand.is_settling
    table.figure("data keys wrapped for the new one", rate, "a second", ROTATION_BAR)
