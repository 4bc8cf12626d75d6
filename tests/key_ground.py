"""Where each run of the keys' machine begins: a force with four more people and two boxes, copied and not made anew."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.engine import URL

from config import TriageSettings
from envelope.identity import Identity
from envelope.shares import join_shares, read_share
from tests.databases import _administer, postgres_databases
from tests.force import DATABASES, Force, Founded, _open, passphrase_of, settings_for
from triage.keys.keyring import KeyRing
from triage.keys.models import Purpose
from triage.keys.service import BoxName, box_named, create_box, seal_grant
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.service import add_officer, officer_box
from triage.officers.signing_in import sign_in

NAMES = ("alma", "bert", "cleo", "dora")
# Who holds the two boxes that are there at first.
HELD = ((Purpose.COMPARTMENT, ("alma", "bert", "sam")), (Purpose.TEAM, ("bert", "cleo", "sam")))
ENOUGH_SHARES = 3
# Files that no disk is waited for; elsewhere a run takes twice as long.
MEMORY = Path("/dev/shm")

# Gives the URL of a database of such a name (`case`, `keys`, `drop`) for a run in this folder.
Place = Callable[[Path, str], URL]


def passphrase(name: str) -> str:
    return "a lantern by the eastern lock" if name in NAMES else passphrase_of(name)


@dataclass(frozen=True)
class Ground:
    """What is there at first; `copied` places a copy of it, and `empty` what a backup is brought back into."""

    founded: Founded
    people: dict[str, Officer]
    boxes: tuple[UUID, ...]
    recovery: KeyRing
    copied: Place
    empty: Place

    @property
    def shares_joined(self) -> Identity:
        """The recovery key, as those who hold the shares give it."""
        return self.recovery._opened[self.recovery.box_id]

    @contextmanager
    def standing(self) -> Iterator[tuple[Force, Path]]:
        """A force of one run's own, and its folder; it is gone afterwards."""
        with _folder() as folder:
            instance = folder / "instance"
            shutil.copytree(self.founded.folder, instance)
            force = _open(self.founded, _settings(instance, self.copied))
            force.clock.forward(hours=1)  # since everybody spent a code
            yield force, folder


@contextmanager
def ground_on_sqlite(founded: Founded) -> Iterator[Ground]:
    """A run's databases are copies of three files."""

    def copied(folder: Path, name: str) -> URL:
        return URL.create("sqlite", database=str(folder / f"{name}.sqlite"))

    with _folder() as folder:
        shutil.copytree(founded.folder, folder / "instance")
        yield _ground(replace(founded, folder=folder / "instance"), copied, copied, _new_file)


@contextmanager
def ground_on_postgres(founded: Founded, templates: dict[str, str]) -> Iterator[Ground]:
    """A run's databases are made after three others; nobody writes into the drop database, so that one is shared."""
    with _folder() as folder, postgres_databases() as make:
        shutil.copytree(founded.folder, folder / "instance")
        first = {name: make(name, templates[name]) for name in DATABASES}

        def copied(_folder: Path, name: str) -> URL:
            return first[name] if name == "drop" else make(name, str(first[name].database))

        def empty(_folder: Path, name: str) -> URL:
            url = make(name)
            # Whoever brings a backup back opens it by themselves, and would wait for the disk after each migration.
            _administer(f"ALTER DATABASE {url.database} SET synchronous_commit TO off")
            return url

        founded = replace(founded, folder=folder / "instance")
        yield _ground(founded, lambda _, name: first[name], copied, empty)


def _new_file(folder: Path, name: str) -> URL:
    return URL.create("sqlite", database=str(folder / f"{name}-{secrets.token_hex(4)}.sqlite"))


def _settings(instance: Path, place: Place) -> TriageSettings:
    return settings_for(instance, *(place(instance, name) for name in DATABASES))


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def _ground(founded: Founded, first: Place, copied: Place, empty: Place) -> Ground:
    founded = replace(founded, totp=dict(founded.totp))
    force = _open(founded, _settings(founded.folder, first))
    people = {"sam": force.officer("sam")}
    for name in NAMES:
        people[name] = _joins(force, name)
    with force.database.begin() as session:
        recovery_box = box_named(session, BoxName.RECOVERY).id
        boxes = []
        for purpose, names in HELD:
            box, identity = create_box(session, purpose)
            for name in names:
                seal_grant(
                    session, box.id, identity, officer_box(session, people[name].id), granted_by=people["sam"].id
                )
            boxes.append(box.id)
    force.dispose()
    identity = Identity(join_shares([read_share(one) for one in founded.shares[:ENOUGH_SHARES]]))
    return Ground(founded, people, tuple(boxes), KeyRing(recovery_box, identity), copied, empty)


def _joins(force: Force, name: str) -> Officer:
    with force.database.begin() as session:
        added = add_officer(
            session,
            force.settings,
            name=name.capitalize(),
            sign_in_name=name,
            role=Role.NEIGHBOURHOOD,
            passphrase=passphrase(name),
            by=force.officer("sam"),
            typed_by_themselves=True,
        )
    force.totp[name] = added.totp_secret
    force.clock.forward(seconds=30)
    with force.database.begin() as session:
        officer, _ = sign_in(
            session, force.settings, sign_in_name=name, passphrase=passphrase(name), code=force.code(name)
        )
    return officer
