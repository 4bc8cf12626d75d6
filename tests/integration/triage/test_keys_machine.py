"""Whatever happens to keys in whatever order, the right people open the right things, and nothing is lost.

A machine adds and deletes records, gives and takes keys, suspends people and lets them come back, rotates boxes, walls
somebody off, makes backups and brings them back; and the power goes in the middle of any of it. After every step
everybody opens what they should and nothing else, what was deleted opens for nobody at all, a thief's copied seed opens
nothing once the rotation is through, and all that is there opens for whoever joins the shares of the recovery key.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import ClassVar, Protocol
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from envelope.identity import Identity
from tests.force import Founded, open_databases
from tests.key_ground import HELD, NAMES, Ground, ground_on_postgres, ground_on_sqlite, passphrase
from tests.power_cuts import FailingDatabase, Point, PowerCut, PowerCutError
from tests.who_opens import Should
from triage.backup.making import Made, make_backup
from triage.backup.restoring import restore as bring_back
from triage.database import CaseSession, Database
from triage.disposal.written_down import DestroyedIds
from triage.errors import TriageError
from triage.keys.keyring import KeyRing
from triage.keys.models import Purpose, RotationRow, WrappedKeyRow
from triage.keys.records import create_data_key, destroy_data_key
from triage.keys.rewrapping import boxes_of_place, rewrap
from triage.keys.rotating import RotationState, go_on_rotating, settle_rotations
from triage.keys.service import create_box, seal_grant
from triage.officers.confirming import confirm_officer
from triage.officers.errors import SignInError
from triage.officers.officer import Officer
from triage.officers.people import give_key, restore, suspend, take_key
from triage.officers.rotation import begin_rotation
from triage.officers.service import officer_box
from triage.officers.signing_in import sign_in

MOST_BOXES = 4
FEWEST_RECORDS = 2
MOST_BACKUPS, MOST_BROUGHT_BACK = 2, 1
EVERYBODY = (*NAMES, "sam")
BOXES = strategies.integers(0, MOST_BOXES - 1)
WHICH = strategies.integers(0, 19)
ANYBODY = strategies.sampled_from(NAMES)
# How it goes with a unit of work: the power stays in half of them.
_POINTS = strategies.sampled_from(Point)
CUT = strategies.none() | strategies.builds(PowerCut, _POINTS, flushes=strategies.integers(0, 3))
CUTS = strategies.none() | strategies.builds(PowerCut, _POINTS, strategies.integers(0, 2), strategies.integers(0, 3))


class Change(Protocol):
    """What a supervisor does about somebody."""

    def __call__(self, session: CaseSession, officer_id: UUID, *, by: Officer) -> None: ...


class Did(Enum):
    """What became of a unit of work."""

    DONE = auto()
    REFUSED = auto()
    CUT_SHORT = auto()


class Keys(RuleBasedStateMachine):
    """Two boxes at first, held by Sam and two others each; conflicts make up to two more."""

    ground: ClassVar[Ground]

    def __init__(self) -> None:
        super().__init__()
        self.people = self.ground.people
        self.standing = ExitStack()
        self.force, self.folder = self.standing.enter_context(self.ground.standing())

    @initialize(backed_up=strategies.booleans())
    def begin(self, backed_up: bool) -> None:
        self.should = Should(list(self.ground.boxes), [set(names) for _, names in HELD])
        self.places = {box_id: box for box, box_id in enumerate(self.should.today)}
        self.secrets: dict[UUID, bytes] = {}
        self.deleted: set[UUID] = set()
        self.written_down: set[UUID] = set()
        self.stolen: list[KeyRing] = []
        self.backups: list[tuple[Made, Should]] = []
        self.brought_back, self.rotated = 0, False
        for box in range(len(HELD)):
            self.add(box, 2, hanging=True, cut=None)
        if backed_up:
            self.back_up()

    def teardown(self) -> None:
        """Every run that went well goes on to its end: what rotates does so through cuts, then everything is lost."""
        try:
            if sys.exc_info()[0] is None:
                self.ends()
        finally:
            self.force.dispose()
            self.standing.close()

    def ends(self) -> None:
        for box in range(len(self.should.today)):
            for point in Point:
                self.go_on(box, 1, goes_on=False, cut=PowerCut(point))
            self.go_on(box, 3, goes_on=True, cut=None)
        self.days_go_by(3, "alma", None)
        self.holds()
        if self.backups:
            self.restore_backup(0)
            self.holds()

    def person(self, name: str) -> Officer:
        """Somebody at their next request."""
        return replace(self.people[name], keys=self.people[name].keys.anew())

    def somebody(self, box: int, *, but: str = "") -> Officer | None:
        """Whoever is at work and holds a box."""
        found = [name for name in self.should.at_work(box) if name != but]
        return self.person(found[0]) if found else None

    def box(self, number: int) -> int:
        return number % len(self.should.today)

    def database(self, cut: PowerCut | None) -> Database:
        return self.force.database if cut is None else FailingDatabase.of(self.force.database, cut)

    def do(self, work: Callable[[CaseSession], object], cut: PowerCut | None = None) -> Did:
        try:
            with self.database(cut).begin() as session:
                work(session)
        except TriageError:
            return Did.REFUSED
        except PowerCutError:
            return Did.CUT_SHORT
        return Did.DONE

    def done(self, work: Callable[[CaseSession], object], cut: PowerCut | None, *, allowed: bool) -> bool:
        """Do it; it is refused unless it is allowed. Gives whether it counts: what is cut short does not."""
        did = self.do(work, cut)
        assert did in ({Did.DONE, Did.CUT_SHORT} if allowed else {Did.REFUSED, Did.CUT_SHORT}), did
        return did is Did.DONE

    @rule(box=BOXES, many=strategies.integers(1, 4), hanging=strategies.booleans(), cut=CUT)
    def add(self, box: int, many: int, hanging: bool, cut: PowerCut | None) -> None:
        """Sealed from outside as well as from inside: by whoever comes first of all. Others may hang under them."""
        box = self.box(box)
        for name in [*self.should.at_work(box)[:1], "alma", "dora", "sam"][:many]:
            above = self.new_record(box, cut, by=name, guards=[self.should.today[box]])
            if hanging and above is not None and name in self.should.at_work(box):
                self.new_record(box, cut, by=name, under=above)

    def new_record(
        self, box: int, cut: PowerCut | None, *, by: str, guards: Sequence[UUID] = (), under: UUID | None = None
    ) -> UUID | None:
        made: list[tuple[UUID, bytes]] = []
        holder = self.person(by)

        def make(session: CaseSession) -> None:
            key_id = create_data_key(session, guards=guards, under=under, by=holder)
            made.append((key_id, holder.keys.data_key(session, key_id).secret))

        if not self.done(make, cut, allowed=True):
            return None
        key_id, secret = made[0]
        self.secrets[key_id], self.should.records[key_id] = secret, box
        if under is not None:
            self.should.hanging[key_id] = under
        return key_id

    def record(self, which: int) -> UUID:
        return list(self.should.records)[which % len(self.should.records)]

    @precondition(lambda self: len(self.should.records) > FEWEST_RECORDS)
    @rule(which=WHICH, cut=CUT)
    def delete(self, which: int, cut: PowerCut | None) -> None:
        """As a disposal does it: written down outside the databases first, and destroyed again when power is back."""
        key_id = self.record(which)
        DestroyedIds(self.force.settings.backups_path).add([key_id], self.force.today)
        if self.backups:
            self.written_down.add(key_id)
        did = self.do(lambda session: destroy_data_key(session, key_id, by=self.person("sam")), cut)
        assert did is not Did.REFUSED
        # Keys are committed first: from there on it is gone, whatever becomes of the rest.
        if did is Did.DONE or (cut is not None and cut.point is Point.BETWEEN):
            self.deleted |= self.should.delete(key_id)

    @rule(box=BOXES, to=strategies.sampled_from(EVERYBODY), cut=CUT)
    def give(self, box: int, to: str, cut: PowerCut | None) -> None:
        box = self.box(box)
        giver, box_id = self.somebody(box), self.should.today[box]
        if giver is not None and self.done(
            lambda session: give_key(session, self.people[to].id, box_id, by=giver),
            cut,
            allowed=to not in self.should.away,
        ):
            self.should.holders[box].add(to)

    @rule(box=BOXES, which=WHICH, cut=CUT)
    def take(self, box: int, which: int, cut: PowerCut | None) -> None:
        """They copied its seed before; and nobody is the last at work who loses one."""
        box = self.box(box)
        name = sorted(self.should.holders[box])[which % len(self.should.holders[box])]
        box_id, by = self.should.today[box], self.somebody(box, but=name)
        with self.force.database.look() as session:
            seed = self.person(name).keys.identity(session, box_id).seed
        taker = by or self.person("dora" if name == "sam" else "sam")
        if self.done(
            lambda session: take_key(session, self.people[name].id, box_id, by=taker), cut, allowed=by is not None
        ):
            self.should.holders[box].discard(name)
            self.stolen.append(KeyRing(box_id, Identity(seed)))

    @rule(name=ANYBODY, change=strategies.sampled_from([suspend, restore, confirm_officer]), cut=CUT)
    def somebody_goes_or_comes(self, name: str, change: Change, cut: PowerCut | None) -> None:
        should = self.should
        allowed: dict[Change, set[str]] = {
            suspend: set(NAMES) - should.suspended - should.waiting,
            restore: should.suspended,
            confirm_officer: should.waiting,
        }
        who, by = self.people[name].id, self.person("sam")
        if self.done(lambda session: change(session, who, by=by), cut, allowed=name in allowed[change]):
            should.suspended.discard(name)
            should.waiting.discard(name)
            if change is suspend:
                should.suspended.add(name)

    @rule(days=strategies.integers(1, 3), name=ANYBODY, cut=CUT)
    def days_go_by(self, days: int, name: str, cut: PowerCut | None) -> None:
        self.force.clock.forward(days=days)
        self.done(settle_rotations, cut, allowed=True)
        self.knocks(name)

    def knocks(self, name: str) -> None:
        """Whoever is suspended or unconfirmed is not let in, and everybody else is."""
        self.force.clock.forward(seconds=30)
        with self.force.database.begin() as session:
            try:
                sign_in(
                    session,
                    self.force.settings,
                    sign_in_name=name,
                    passphrase=passphrase(name),
                    code=self.force.code(name),
                )
            except SignInError:
                assert name in self.should.away, name
            else:
                assert name not in self.should.away, name

    @rule(box=BOXES, cut=CUT)
    def rotate(self, box: int, cut: PowerCut | None) -> None:
        box = self.box(box)
        by, box_id = self.somebody(box), self.should.today[box]
        if by is not None and self.done(
            lambda session: begin_rotation(session, box_id, by=by), cut, allowed=not self.running(box)
        ):
            self.should.holders[box] -= self.should.away
            with self.force.database.look() as session:
                row = session.scalars(select(RotationRow).where(RotationRow.old_box_id == box_id)).one()
            self.should.today[box] = row.new_box_id
            self.places[row.new_box_id] = box
            self.rotated = True

    @precondition(lambda self: self.rotated)
    @rule(box=BOXES, batch=strategies.integers(1, 3), goes_on=strategies.booleans(), cut=CUTS)
    def go_on(self, box: int, batch: int, goes_on: bool, cut: PowerCut | None) -> None:
        box = self.box(box)
        for rotation_id in self.running(box) if self.should.at_work(box) else ():
            by = partial(self.person, self.should.at_work(box)[0])
            try:
                go_on_rotating(self.database(cut), rotation_id, by=by, batch=batch, stop=lambda _: not goes_on)
            except PowerCutError:
                continue

    @precondition(lambda self: len(self.should.today) < MOST_BOXES)
    @rule(box=BOXES, name=ANYBODY)
    def wall_off(self, box: int, name: str) -> None:
        """What a declared conflict does to keys: what is there goes to a new box that all the others hold."""
        box = self.box(box)
        by, others = self.somebody(box), self.should.holders[box] - {name}
        if by is None or not others - self.should.away:
            return
        new_id = self.new_box(others)
        for key_id in [one for one, where in self.should.records.items() if where == box]:
            if key_id not in self.should.hanging:
                with self.force.database.begin() as session:
                    rewrap(session, key_id, out_of=boxes_of_place(session, self.should.today[box]), into=new_id, by=by)
            self.should.records[key_id] = self.places[new_id]

    def new_box(self, names: set[str]) -> UUID:
        with self.force.database.begin() as session:
            box, identity = create_box(session, Purpose.COMPARTMENT)
            for name in sorted(names):
                to = officer_box(session, self.people[name].id)
                seal_grant(session, box.id, identity, to, granted_by=self.people["sam"].id)
        self.places[box.id] = len(self.should.today)
        self.should.holders.append(set(names))
        self.should.today.append(box.id)
        return box.id

    @precondition(lambda self: len(self.backups) < MOST_BACKUPS)
    @rule()
    def back_up(self) -> None:
        self.backups.append((make_backup(self.force.database, self.force.settings), deepcopy(self.should)))

    @precondition(lambda self: self.backups and self.brought_back < MOST_BROUGHT_BACK)
    @rule(which=WHICH)
    def restore_backup(self, which: int) -> None:
        """Both databases are lost. What stood comes back but for what is deleted, and whoever it lets in waits."""
        made, then = self.backups[which % len(self.backups)]
        self.force.dispose()
        settings = replace(
            self.force.settings,
            case_url=self.ground.empty(self.folder, "case"),
            keys_url=self.ground.empty(self.folder, "keys"),
        )
        bring_back(settings, self.ground.shares_joined, cases=made.cases, keys=made.keys, let_in=["sam"])
        database, drop = open_databases(settings, self.force.clock)
        self.force = replace(self.force, settings=settings, database=database, drop=drop)
        self.brought_back += 1
        self.should = deepcopy(then)
        for key_id in self.deleted | self.written_down:
            if key_id in self.should.records:
                self.deleted |= self.should.delete(key_id)
        self.should.waiting = set(NAMES) - self.should.suspended
        for name in EVERYBODY:
            self.knocks(name)

    @invariant()
    def holds(self) -> None:
        with self.force.database.look() as session:
            self.the_right_people_open_the_right_things(session)
            self.nothing_is_unopenable_by_everyone_until_it_is_deleted(session)
            self.what_was_deleted_is_wrapped_for_nobody(session)
            self.a_stolen_seed_opens_nothing_after_the_rotation(session)

    def the_right_people_open_the_right_things(self, session: CaseSession) -> None:
        """By the very keys that were made; and nobody opens what was deleted, or what a restore lost."""
        for name in EVERYBODY:
            assert self.opens(session, self.people[name].keys) == self.should.opened_by(name), name

    def nothing_is_unopenable_by_everyone_until_it_is_deleted(self, session: CaseSession) -> None:
        """Somebody holds each box; and whoever joins the shares opens all there is, and nothing that was deleted."""
        assert all(self.should.holders)
        assert self.opens(session, self.ground.recovery) == set(self.should.records)

    def what_was_deleted_is_wrapped_for_nobody(self, session: CaseSession) -> None:
        left = select(WrappedKeyRow.key_id).where(WrappedKeyRow.key_id.in_(self.deleted))
        assert not session.keys.scalars(left).all()

    def a_stolen_seed_opens_nothing_after_the_rotation(self, session: CaseSession) -> None:
        """And before it no more than its box guards."""
        for thief in self.stolen:
            opened, box = self.opens(session, thief), self.places[thief.box_id]
            assert opened <= {one for one, where in self.should.records.items() if where == box}
            if thief.box_id not in self.should.today and not self.left(session, thief.box_id):
                assert not opened

    def opens(self, session: CaseSession, ring: KeyRing) -> set[UUID]:
        """Of every record that ever was."""
        opened = ring.anew().opened_keys(session, self.secrets)
        assert all(key.secret == self.secrets[key_id] for key_id, key in opened.items())
        return set(opened)

    def left(self, session: CaseSession, box_id: UUID) -> bool:
        query = select(WrappedKeyRow.key_id).where(WrappedKeyRow.box_id == box_id)
        return session.keys.scalars(query).first() is not None

    def running(self, box: int) -> list[UUID]:
        with self.force.database.look() as session:
            query = select(RotationRow.id).where(
                RotationRow.new_box_id == self.should.today[box], RotationRow.state == RotationState.RUNNING
            )
            return list(session.scalars(query))


def runs(on: Ground, *, examples: int, steps: int) -> None:
    class KeysHere(Keys):
        ground = on

    run_state_machine_as_test(
        KeysHere,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_the_right_people_open_the_right_things_whatever_happens(founded_on_sqlite: Founded) -> None:
    with ground_on_sqlite(founded_on_sqlite) as ground:
        runs(ground, examples=10, steps=30)


@pytest.mark.postgres
def test_so_they_do_on_postgres(founded_on_postgres: tuple[Founded, dict[str, str]]) -> None:
    with ground_on_postgres(*founded_on_postgres) as ground:
        runs(ground, examples=2, steps=15)
