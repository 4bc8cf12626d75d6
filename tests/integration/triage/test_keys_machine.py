"""Whatever happens to keys in whatever order, the right people open the right things, and nothing is lost.

A machine adds records, gives and takes keys, suspends people and lets them come back, rotates boxes with crashes in
between, and walls somebody off. After every step everybody who holds a box opens all that it guards, nobody else opens
any of it, a thief's copied seed opens nothing once the rotation is through, and each record has somebody who opens it.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from envelope.identity import Identity
from tests.force import _Founded as Founded
from tests.force import _open, _sqlite, found
from triage.database import CaseSession, Database
from triage.errors import TriageError
from triage.keys.keyring import KeyRing
from triage.keys.models import Purpose, RotationRow, WrappedKeyRow
from triage.keys.records import create_data_key
from triage.keys.rewrapping import boxes_of_place, rewrap
from triage.keys.rotating import RotationState, go_on_rotating, settle_rotations
from triage.keys.service import create_box, seal_grant
from triage.officers.officer import Officer
from triage.officers.people import give_key, restore, suspend, take_key
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Role
from triage.officers.service import add_officer, officer_box
from triage.officers.signing_in import sign_in

MOST_BOXES = 4
BOXES = strategies.integers(0, MOST_BOXES - 1)
PASSPHRASE = "a lantern by the eastern lock"
NAMES = ("alma", "bert", "cleo", "dora")


class Crash(Exception):  # noqa: N818  it is what happens to the program, not an error of it
    """The power goes."""


class Falls:
    """A database whose power goes: before either half of a commit, or between the two."""

    def __init__(self, database: Database, *, between: bool, after: int) -> None:
        self._database, self._between, self._left = database, between, after

    @contextmanager
    def begin(self) -> Iterator[CaseSession]:
        if self._left:
            self._left -= 1
            with self._database.begin() as session:
                yield session
            return
        session = self._database._open(self._database.case, self._database.keys)
        try:
            yield session
            if self._between:
                session.flush()
                session.keys.commit()
            raise Crash
        finally:
            session.rollback()
            session.close()


@lru_cache(maxsize=1)
def founded() -> tuple[Founded, dict[str, Officer]]:
    """A force with four more people in it, made once; each run of the machine works on a copy of its files."""
    home = Path(tempfile.mkdtemp())
    made = found(_sqlite(home))
    force = _open(made, _sqlite(home))
    people = {"sam": force.officer("sam")}
    for name in NAMES:
        with force.database.begin() as session:
            added = add_officer(
                session,
                force.settings,
                name=name.capitalize(),
                sign_in_name=name,
                role=Role.NEIGHBOURHOOD,
                passphrase=PASSPHRASE,
                by=force.officer("sam"),
                typed_by_themselves=True,
            )
        force.totp[name] = added.totp_secret
        force.clock.forward(seconds=30)
        with force.database.begin() as session:
            people[name], _ = sign_in(
                session, force.settings, sign_in_name=name, passphrase=PASSPHRASE, code=force.code(name)
            )
    force.dispose()
    return made, people


class Keys(RuleBasedStateMachine):
    """Two boxes at first, held by Sam and two others each; conflicts make up to two more."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        made, self.people = founded()
        shutil.copytree(made.folder, self.folder / "instance")
        self.force = _open(made, _sqlite(self.folder / "instance"))
        self.suspended: set[str] = set()
        self.holders: list[set[str]] = []
        self.today: list[UUID] = []
        self.records: dict[UUID, int] = {}
        self.stolen: list[tuple[int, KeyRing]] = []
        for purpose, names in ((Purpose.COMPARTMENT, ("alma", "bert")), (Purpose.TEAM, ("bert", "cleo"))):
            self.new_box(purpose, {*names, "sam"})
            self.add(len(self.today) - 1, 3)

    def new_box(self, purpose: Purpose, names: set[str]) -> UUID:
        with self.force.database.begin() as session:
            box, identity = create_box(session, purpose)
            for name in sorted(names):
                to = officer_box(session, self.people[name].id)
                seal_grant(session, box.id, identity, to, granted_by=self.people["sam"].id)
        self.holders.append(set(names))
        self.today.append(box.id)
        return box.id

    def teardown(self) -> None:
        if hasattr(self, "force"):
            self.force.dispose()
            shutil.rmtree(self.folder)

    def person(self, name: str) -> Officer:
        """Somebody at their next request."""
        ring = self.people[name].keys
        return replace(self.people[name], keys=KeyRing(ring.box_id, ring._opened[ring.box_id]))

    def at_work(self, box: int) -> list[str]:
        return sorted(self.holders[box] - self.suspended)

    def do(self, work: Callable[[CaseSession], None]) -> bool:
        try:
            with self.force.database.begin() as session:
                work(session)
        except TriageError:
            return False
        return True

    @rule(box=BOXES, many=strategies.integers(1, 4))
    def add(self, box: int, many: int) -> None:
        """Sealed from outside as well as from inside: by whoever comes first of all."""
        box %= len(self.today)
        for name in [*self.at_work(box)[:1], "alma"][:many]:
            with self.force.database.begin() as session:
                key_id = create_data_key(session, guards=[self.today[box]], by=self.person(name))
            self.records[key_id] = box

    @rule(box=BOXES, to=strategies.sampled_from(NAMES))
    def give(self, box: int, to: str) -> None:
        box %= len(self.today)
        giver = self.person(self.at_work(box)[0])
        if self.do(lambda session: give_key(session, self.people[to].id, self.today[box], by=giver)):
            self.holders[box].add(to)

    @rule(box=BOXES, name=strategies.sampled_from(NAMES))
    def take(self, box: int, name: str) -> None:
        box %= len(self.today)
        if name not in self.holders[box]:
            return
        with self.force.database.look() as session:
            seed = self.person(name).keys.identity(session, self.today[box]).seed
        if self.do(lambda session: take_key(session, self.people[name].id, self.today[box], by=self.person("sam"))):
            self.holders[box].discard(name)
            self.stolen.append((box, KeyRing(self.today[box], Identity(seed))))

    @rule(name=strategies.sampled_from(NAMES))
    def is_suspended(self, name: str) -> None:
        if self.do(lambda session: suspend(session, self.people[name].id, by=self.person("sam"))):
            self.suspended.add(name)

    @rule(name=strategies.sampled_from(NAMES))
    def comes_back(self, name: str) -> None:
        if self.do(lambda session: restore(session, self.people[name].id, by=self.person("sam"))):
            self.suspended.discard(name)

    @rule(box=BOXES)
    def rotate(self, box: int) -> None:
        box %= len(self.today)
        by = self.person(self.at_work(box)[0])
        if self.do(lambda session: begin_rotation(session, self.today[box], by=by) and None):
            self.holders[box] -= self.suspended
            with self.force.database.look() as session:
                row = session.scalars(select(RotationRow).where(RotationRow.old_box_id == self.today[box])).one()
            self.today[box] = row.new_box_id

    @rule(box=BOXES, batch=strategies.integers(1, 3), goes_on=strategies.booleans())
    def go_on(self, box: int, batch: int, goes_on: bool) -> None:
        box %= len(self.today)
        for rotation_id in self.running(box):
            by = partial(self.person, self.at_work(box)[0])
            go_on_rotating(self.force.database, rotation_id, by=by, batch=batch, stop=lambda _: not goes_on)

    @rule(box=BOXES, between=strategies.booleans(), after=strategies.integers(0, 2))
    def crash(self, box: int, between: bool, after: int) -> None:
        box %= len(self.today)
        for rotation_id in self.running(box):
            by = partial(self.person, self.at_work(box)[0])
            falls = Falls(self.force.database, between=between, after=after)
            with suppress(Crash):
                go_on_rotating(falls, rotation_id, by=by, batch=2)  # type: ignore[arg-type]

    @rule(days=strategies.integers(1, 3))
    def days_go_by(self, days: int) -> None:
        self.force.clock.forward(days=days)
        with self.force.database.begin() as session:
            settle_rotations(session)

    @rule(box=BOXES, name=strategies.sampled_from(NAMES))
    def wall_off(self, box: int, name: str) -> None:
        """What a declared conflict does to keys: what is there goes to a new box that all the others hold."""
        box %= len(self.today)
        if len(self.today) == MOST_BOXES:
            return
        new_id, by = self.new_box(Purpose.COMPARTMENT, self.holders[box] - {name}), self.person(self.at_work(box)[0])
        for key_id in [one for one, where in self.records.items() if where == box]:
            with self.force.database.begin() as session:
                rewrap(session, key_id, out_of=boxes_of_place(session, self.today[box]), into=new_id, by=by)
            self.records[key_id] = len(self.today) - 1

    @invariant()
    def the_right_people_open_the_right_things(self) -> None:
        with self.force.database.look() as session:
            for name in self.people:
                opened = self.person(name).keys.open_many(session, self.records)
                # Somebody suspended cannot sign in; their keys stay, unless the box was rotated meanwhile.
                assert opened == {one for one, box in self.records.items() if name in self.holders[box]}, name
            for key_id, box in self.records.items():
                assert self.at_work(box), "somebody at work holds every box"
                assert self.person(self.at_work(box)[0]).keys.opens(session, key_id)

    @invariant()
    def a_stolen_seed_opens_nothing_after_the_rotation(self) -> None:
        with self.force.database.look() as session:
            for box, thief in self.stolen:
                if thief.box_id == self.today[box] or self.left(session, thief.box_id):
                    continue
                fresh = KeyRing(thief.box_id, thief._opened[thief.box_id])
                assert not fresh.open_many(session, self.records), box

    def left(self, session: CaseSession, box_id: UUID) -> bool:
        query = select(WrappedKeyRow.key_id).where(WrappedKeyRow.box_id == box_id)
        return session.keys.scalars(query).first() is not None

    def running(self, box: int) -> list[UUID]:
        with self.force.database.look() as session:
            query = select(RotationRow.id).where(
                RotationRow.new_box_id == self.today[box], RotationRow.state == RotationState.RUNNING
            )
            return list(session.scalars(query))


TestKeys = Keys.TestCase
TestKeys.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
