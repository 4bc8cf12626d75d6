"""A force that is not there: its people's passphrases and its shares all known, reports sent, some of them deleted."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.identity import Identity
from envelope.shares import join_shares, read_share
from quietword.demo.sending import send_reports
from store.collection import Collection
from store.engine import open_engine
from store.publishing import Publishing
from triage.backup.making import Made, expire_backups, make_backup
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.disposal.certifying import certify_destroyed
from triage.disposal.rules import Ground
from triage.disposal.scrubbing import scrub
from triage.disposal.service import Told, decide_report, destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.grading.rules import Grade, Nature
from triage.grading.service import grade_item
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import ReportRow
from triage.intake.reports import case_report, read_by_a_person
from triage.intake.retiring import retire
from triage.intake.unsealing import unseal_waiting
from triage.keys.intake_keys import force_verifying_key, sign_intake_keys
from triage.keys.models import WrappedKeyRow
from triage.keys.publish import publish_intake_keys
from triage.officers.founding import NewOfficer, found_force
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock_without_code
from triage.tables import CASE

PEOPLE = (
    ("sam", Role.SUPERVISOR),
    ("ada", Role.ADMINISTRATOR),
    ("iris", Role.AUDITOR),
    ("tom", Role.TRIAGE_OFFICER),
)
REPORTS = 6
DELETED = 3
TWO_PEOPLE = UUID(int=1)


@dataclass
class Clock:
    """Time passes when the proof says so."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(hour=12, microsecond=0))

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class SealedBytes:
    """A sealed row as it stood before anything was deleted."""

    table: str
    id: UUID
    key_id: UUID
    sealed: bytes


@dataclass
class Stand:
    """The force while it is being proven. What it does may be replaced, in a test, by something careless."""

    settings: TriageSettings
    database: Database
    clock: Clock
    identity: Identity = field(repr=False)
    passphrases: dict[str, str] = field(repr=False)
    words: dict[UUID, str] = field(default_factory=dict, repr=False)
    deleted: tuple[UUID, ...] = ()
    before: tuple[SealedBytes, ...] = ()
    wrapped: tuple[bytes, ...] = field(default=(), repr=False)
    made: Made | None = None

    def officers(self, database: Database | None = None) -> list[Officer]:
        """Everybody with their keys, over these databases or a copy."""
        with (database or self.database).begin() as session:
            return [
                unlock_without_code(session, self.settings, name, passphrase)
                for name, passphrase in self.passphrases.items()
            ]

    def officer(self, name: str) -> Officer:
        return self.officers()[[one for one, _ in PEOPLE].index(name)]

    def work(self) -> None:
        """Send reports, open, read and grade them; keep what stands sealed, and make a backup."""
        today = self.clock().date()
        words = [f"canary {secrets.token_hex(12)}" for _ in range(REPORTS)]
        told = [{"language": "en", "answers": {"what": f"A van came at night, said the {word}"}} for word in words]
        sam, tom = self.officer("sam"), self.officer("tom")
        with self.database.begin() as session:
            signed = sign_intake_keys(session, by=sam)
        publish_intake_keys(self.settings, signed)
        with self.database.look() as session:
            verifying_key = force_verifying_key(session, by=sam)
        send_reports(self.settings, verifying_key, told, today)
        drop = open_engine(self.settings.drop_url)
        try:
            release_drops(self.database, self.settings, Collection(drop), release=Wanted.EVERYTHING)
        finally:
            drop.dispose()
        with self.database.begin() as session:
            opened = unseal_waiting(session, by=tom).opened
        for report_id in opened:
            with self.database.begin() as session:
                read_by_a_person(session, report_id, by=tom)
                grade_item(session, report_id, 1, Grade(), nature=Nature.CLAIM, by=tom)
        with self.database.look() as session:
            for report_id in opened:
                said = case_report(session, report_id, by=tom).answers["what"]
                self.words[report_id] = next(word for word in words if word in said)
        self.deleted = tuple(sorted(self.words)[:DELETED])
        self._day_is_over()
        self.made = make_backup(self.database, self.settings)
        self.before = self._sealed()
        self.wrapped = self._wrapped()

    def delete(self) -> None:
        """As two officers do it: decided, destroyed, scrubbed and certified."""
        sam = self.officer("sam")
        for report_id in self.deleted:
            with self.database.begin() as session:
                decide_report(session, report_id, Told(Ground.EARLY, operation_id=TWO_PEOPLE), by=sam)
        self.destroy(sam)
        self.scrub()
        with self.database.begin() as session:
            certify_destroyed(session, by=sam)

    def destroy(self, by: Officer) -> None:
        with self.database.begin() as session:
            destroy_agreed(session, DestroyedIds(self.settings.backups_path), by=by)

    def scrub(self) -> None:
        scrub(self.database)

    def pass_days(self, days: int) -> None:
        self.clock.now += timedelta(days=days)

    def expire(self) -> None:
        expire_backups(self.database, self.settings)

    def image(self, to: Path, *, besides: Sequence[Path] = ()) -> Path:
        """Every file of the disks as they are at this moment, while the programs have them open."""
        for number, folder in enumerate([self.settings.instance, *besides]):
            shutil.copytree(folder, to / str(number), ignore_dangling_symlinks=True, ignore=_sockets)
        return to

    def _day_is_over(self) -> None:
        """Two days later the intake key of the reports' day is destroyed: what was sealed to it is shut."""
        self.pass_days(2)
        drop = open_engine(self.settings.drop_url)
        try:
            retire(self.database, self.settings, Collection(drop), Publishing(drop))
        finally:
            drop.dispose()

    def _sealed(self) -> tuple[SealedBytes, ...]:
        found = []
        with self.database.look() as session:
            for table in CASE.tables.values():
                if "data_key_id" in table.columns:
                    columns = (table.c.id, table.c.data_key_id, table.c.sealed)
                    found += [SealedBytes(table.name, *row) for row in session.execute(select(*columns))]
        return tuple(found)

    def _wrapped(self) -> tuple[bytes, ...]:
        """The wrapped keys of what will be deleted, byte for byte."""
        with self.database.look() as session:
            keys = select(ReportRow.data_key_id).where(ReportRow.id.in_(self.deleted))
            ids = session.scalars(keys).all()
            return tuple(session.keys.scalars(select(WrappedKeyRow.wrapped).where(WrappedKeyRow.key_id.in_(ids))))


def founded(settings: TriageSettings) -> Stand:
    """A new force in the databases of these settings."""
    settings = replace(settings, argon2_memory_kib=64, argon2_iterations=1)  # nobody guesses at what is known
    bring_databases_up(settings)
    clock = Clock()
    database = Database.open(settings)
    database = Database(database.case, database.keys, clock, database.system_key_path)
    people = [NewOfficer(name.title(), name, role, secrets.token_urlsafe(24)) for name, role in PEOPLE]
    with database.begin() as session:
        founding = found_force(session, settings, people)
    identity = Identity(join_shares([read_share(one) for one in founding.shares[:3]]))
    return Stand(settings, database, clock, identity, {one.sign_in_name: one.passphrase for one in people})


def _sockets(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not (Path(folder) / name).is_file() and not (Path(folder) / name).is_dir()]
