"""A small force for tests: every role, two teams, signed intake keys, and a clock that tests move."""

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from config import Bind, Release, TriageSettings
from envelope.mailbox import Mailbox, drop_id
from envelope.padding import REPORT_BUCKETS
from envelope.receipt import Receipt
from envelope.recipient import seal
from envelope.report import ADDS, YES, PartReference, Report, digest
from envelope.signing import SignedIntakeKey, VerifyingKey
from envelope.wire import Context, Purpose
from migrations.runner import History, upgrade
from store.collection import Collection
from store.dropbox import Drop, Dropbox
from store.engine import Journal, open_engine
from store.publishing import Publishing
from tests.databases import postgres_databases
from tests.pages import PageClient
from triage.app import create_app
from triage.commands.vouching import vouch_for_all
from triage.database import Database
from triage.keys.intake_keys import sign_intake_keys
from triage.keys.service import grant
from triage.linking.holder.background import THREADS
from triage.officers.founding import NewOfficer, found_force
from triage.officers.officer import Officer, Team
from triage.officers.rules import Role
from triage.officers.service import add_team, officer_box
from triage.officers.signing_in import sign_in

SEE_OTHER = 303
DATABASES = ("drop", "case", "keys")
STARTED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

# Sign-in name, role, and the name on the pages. Two triage officers, because whoever drafts never approves.
PEOPLE = (
    ("sam", Role.SUPERVISOR, "Sam Underhill"),
    ("ada", Role.ADMINISTRATOR, "Ada Quill"),
    ("iris", Role.AUDITOR, "Iris Penn"),
    ("tom", Role.TRIAGE_OFFICER, "Tom Arkwright"),
    ("tess", Role.TRIAGE_OFFICER, "Tess Marlow"),
    ("nell", Role.NEIGHBOURHOOD, "Nell Farrow"),
    ("owen", Role.NEIGHBOURHOOD, "Owen Thatch"),
)


def passphrase_of(sign_in_name: str) -> str:
    """Every test officer's passphrase is made from their place in the list."""
    place = [person[0] for person in PEOPLE].index(sign_in_name)
    return f"{place} lanterns along a canal"


class Clock:
    """The time as the test says it is."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Force:
    """One founded force over its own three databases."""

    settings: TriageSettings
    database: Database
    drop: Engine
    clock: Clock
    totp: dict[str, str]
    team_ids: dict[str, UUID]
    intake_keys: tuple[SignedIntakeKey, ...]
    verifying_key: VerifyingKey
    shares: tuple[str, ...] = field(default=(), repr=False)
    _officers: dict[str, Officer] = field(default_factory=dict)
    _app: Flask | None = None

    @property
    def today(self) -> date:
        return self.clock.now.date()

    def code(self, name: str) -> str:
        """The second-factor code of this half minute."""
        return pyotp.TOTP(self.totp[name]).at(self.clock.now)

    def officer(self, name: str) -> Officer:
        """Somebody unlocked, for services to take as `by`; a fresh key ring each time."""
        if name not in self._officers:
            self.clock.forward(seconds=30)
            with self.database.begin() as session:
                officer, _ = sign_in(
                    session,
                    self.settings,
                    sign_in_name=name,
                    passphrase=passphrase_of(name),
                    code=self.code(name),
                )
            self._officers[name] = officer
        officer = self._officers[name]
        ring = type(officer.keys)(officer.keys.box_id, officer.keys._opened[officer.keys.box_id])
        return replace(officer, keys=ring)

    def app(self) -> Flask:
        """The officers' program over this force."""
        app = create_app(self.settings, database=self.database)
        app.testing = True
        return app

    def shared_app(self) -> Flask:
        """One program that every client of a test comes to."""
        if self._app is None:
            self._app = self.app()
        return self._app

    def send(
        self,
        what: str,
        *,
        danger: bool = False,
        adds_to: Receipt | None = None,
        files: tuple[PartReference, ...] = (),
        **answers: str,
    ) -> Receipt:
        """A report, or an addition to one, sealed and dropped as the public form does it; gives the receipt."""
        receipt = adds_to or Receipt.generate()
        all_answers = {"what": what, **answers, **({ADDS: YES} if adds_to else {})}
        report = Report(
            answers=all_answers,
            language="en",
            mailbox=Mailbox.from_receipt(receipt).address,
            danger=danger,
            parts=files,
        )
        sent_id = drop_id(receipt, digest(all_answers, language="en", danger=danger, parts=files))
        key = next(signed.key for signed in self.intake_keys if signed.key.not_before == self.today)
        sealed = seal(report.to_bytes(), key.recipient(), Context(Purpose.REPORT, (sent_id,)), buckets=REPORT_BUCKETS)
        Dropbox(self.drop).append(Drop(drop_id=sent_id, sealed=sealed, danger=danger, received_on=self.today))
        return receipt

    @property
    def collection(self) -> Collection:
        return Collection(self.drop)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.drop)

    def dispose(self) -> None:
        """Close every connection, once whoever reads in the background has given theirs back."""
        for thread in threading.enumerate():
            if thread.name == THREADS:
                thread.join(60)
        self.database.dispose()
        self.drop.dispose()


@dataclass(frozen=True)
class Founded:
    folder: Path
    totp: dict[str, str]
    team_ids: dict[str, UUID]
    intake_keys: tuple[SignedIntakeKey, ...]
    verifying_key: VerifyingKey
    shares: tuple[str, ...]


def settings_for(folder: Path, drop: URL, case: URL, keys: URL) -> TriageSettings:
    """Settings as in production, but for the cost of Argon2id."""
    return TriageSettings(
        instance=folder,
        bind=Bind("127.0.0.1", 5001),
        drop_url=drop,
        case_url=case,
        keys_url=keys,
        redis_url=None,
        release=Release.AT_ONCE,
        release_hours=(7, 13, 19),
        demonstration=False,
        trusted_hops=0,
        workers=1,
        secure_cookies=False,
        argon2_memory_kib=64,
        argon2_iterations=1,
        held_back_percent=0,  # a test that wants some says so: which reports they are is chance
    )


def _sqlite(folder: Path) -> TriageSettings:
    urls = [URL.create("sqlite", database=str(folder / f"{name}.sqlite")) for name in DATABASES]
    return settings_for(folder, *urls)


def open_databases(settings: TriageSettings, clock: Clock) -> tuple[Database, Engine]:
    """The case and keys databases together, and the drop database as triage opens it."""
    case = open_engine(settings.case_url, journal=Journal.WAL)
    keys = open_engine(settings.keys_url, journal=Journal.ROLLBACK)
    drop = open_engine(settings.drop_url)
    for engine in (case, keys, drop):
        _hurry(engine)
    return Database(case, keys, clock, settings.system_key_path), drop


def _hurry(engine: Engine) -> None:
    """Let this process wait for no disk: that is asked of what the programs open by themselves (promise 7)."""
    hurry = "PRAGMA synchronous=OFF" if engine.dialect.name == "sqlite" else "SET synchronous_commit TO off"

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(hurry)
        cursor.close()
        connection.commit()  # or PostgreSQL takes it back with whatever is undone first


def found(settings: TriageSettings) -> Founded:
    """Migrate the three databases and found the test force in them."""
    database, drop = open_databases(settings, Clock(STARTED))
    for engine, history in ((database.case, History.CASE), (database.keys, History.KEYS), (drop, History.DROP)):
        upgrade(engine, history)
    people = [NewOfficer(name, sign_in_name, role, passphrase_of(sign_in_name)) for sign_in_name, role, name in PEOPLE]
    with database.begin() as session:
        vouch_for_all(session, settings)
        founding = found_force(session, settings, people)
    totp = {person[0]: made.totp_secret for person, made in zip(PEOPLE, founding.enrolments, strict=True)}
    force = Force(settings, database, drop, Clock(STARTED), totp, {}, (), founding.verifying_key)
    supervisor = force.officer("sam")
    with database.begin() as session:
        made_teams: list[Team] = [
            add_team(session, name="Eastgate", area="Eastgate ward", by=supervisor),
            add_team(session, name="Harbour", area="Harbour ward", by=supervisor),
        ]
        for team, member in zip(made_teams, ("nell", "owen"), strict=True):
            member_id = next(
                made.officer_id for made, person in zip(founding.enrolments, PEOPLE, strict=True) if person[0] == member
            )
            grant(session, team.box_id, officer_box(session, member_id).id, by=supervisor)
        intake_keys = sign_intake_keys(session, by=supervisor)
    force.dispose()
    return Founded(
        settings.instance,
        totp,
        {team.name: team.id for team in made_teams},
        intake_keys,
        founding.verifying_key,
        founding.shares,
    )


def _open(founded: Founded, settings: TriageSettings) -> Force:
    clock = Clock(STARTED + timedelta(minutes=5))
    database, drop = open_databases(settings, clock)
    return Force(
        settings,
        database,
        drop,
        clock,
        founded.totp,
        founded.team_ids,
        founded.intake_keys,
        founded.verifying_key,
        founded.shares,
    )


@pytest.fixture(scope="session")
def founded_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """A force founded once; each test works on a copy of its files."""
    return found(_sqlite(tmp_path_factory.mktemp("founded")))


@pytest.fixture
def force(founded_on_sqlite: Founded, tmp_path: Path) -> Iterator[Force]:
    """A fresh force on SQLite."""
    made = open_copy(founded_on_sqlite, founded_on_sqlite.folder, tmp_path / "instance")
    yield made
    made.dispose()


def open_copy(founded: Founded, of: Path, folder: Path) -> Force:
    """A force on SQLite on a copy of files that began as that founding, which the copy leaves as they are."""
    shutil.copytree(of, folder)
    return _open(founded, _sqlite(folder))


@pytest.fixture(scope="session")
def founded_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Founded, dict[str, str]]]:
    """The same on PostgreSQL, and the names of its three databases, which each test copies."""
    with postgres_databases() as make:
        urls = {name: make(f"founded_{name}") for name in DATABASES}
        founded = found(settings_for(tmp_path_factory.mktemp("founded"), *urls.values()))
        yield founded, {name: str(url.database) for name, url in urls.items()}


@pytest.fixture
def force_on_both(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Force]:
    """A fresh force on SQLite and on PostgreSQL, for what a database could do differently."""
    if backend == "sqlite":
        yield request.getfixturevalue("force")
        return
    with copy_on_postgres(*request.getfixturevalue("founded_on_postgres"), tmp_path / "instance") as made:
        yield made


@contextmanager
def copy_on_postgres(founded: Founded, templates: Mapping[str, str], folder: Path) -> Iterator[Force]:
    """A force on copies of the databases of one that was founded on PostgreSQL."""
    shutil.copytree(founded.folder, folder)
    with postgres_databases() as make:
        made = _open(founded, settings_for(folder, *(make(name, template) for name, template in templates.items())))
        try:
            yield made
        finally:
            made.dispose()


def client_for(force: Force, name: str) -> PageClient:
    """Somebody at their browser, signed in through the real sign-in page, and checked as every page is."""
    client = PageClient(force.shared_app())
    sign_in_with(force, client, name)
    return client


def sign_in_with(force: Force, client: PageClient, name: str) -> None:
    """Fill in the sign-in page with a code nobody has used yet."""
    force.clock.forward(seconds=30)
    response = client.client.post(
        "/sign-in",
        data={"sign_in_name": name, "passphrase": passphrase_of(name), "code": force.code(name)},
        base_url=client.base_url,
    )
    if response.status_code != SEE_OTHER:
        raise AssertionError(f"{name} could not sign in:\n{response.text}")
