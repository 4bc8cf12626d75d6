"""Collecting: nothing is lost, nothing is twice, and nothing is destroyed before it is safe."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, select

from store.errors import StoreUnavailableError
from tests.force import Force
from triage.audit.models import AuditLeafRow
from triage.database import CaseSession
from triage.intake.collecting import Collected, Wanted, clear_collected, collect, follow, release_drops
from triage.intake.models import CollectedDropRow, HeldDropRow
from triage.keys.system import SYSTEM_ID, system_actor


def held(force: Force) -> list[bytes]:
    with force.database.begin() as session:
        return list(session.scalars(select(HeldDropRow.drop_id)))


def release(force: Force, wanted: Wanted = Wanted.EVERYTHING) -> Collected:
    return release_drops(force.database, force.settings, force.collection, release=wanted)


def first_phase(force: Force) -> Collected:
    with force.database.begin() as session:
        return collect(session, force.collection, release=Wanted.EVERYTHING, by=system_actor(session, force.settings))


def test_what_waits_is_copied_and_then_gone_from_the_drop(force_on_both: Force) -> None:
    for number in range(5):
        force_on_both.send(f"report {number}")
    collected = release(force_on_both)
    assert (collected.new, collected.replayed) == (5, 0)
    assert len(held(force_on_both)) == 5
    assert force_on_both.collection.waiting() == ()


def test_a_crash_between_the_phases_loses_nothing_and_doubles_nothing(force_on_both: Force) -> None:
    force_on_both.send("one")
    force_on_both.send("two")
    assert first_phase(force_on_both).new == 2
    again = first_phase(force_on_both)
    assert (again.new, again.replayed) == (0, 2)
    assert len(force_on_both.collection.waiting()) == 2
    assert release(force_on_both).replayed == 2
    assert force_on_both.collection.waiting() == ()
    assert len(held(force_on_both)) == 2


def test_a_drop_collected_and_opened_before_is_discarded_when_it_comes_again(force_on_both: Force) -> None:
    force_on_both.send("again and again")
    drop = force_on_both.collection.take(force_on_both.collection.waiting())[0]
    release(force_on_both)
    with force_on_both.database.begin() as session:
        session.delete(session.get(HeldDropRow, drop.drop_id))
    from store.dropbox import Dropbox

    Dropbox(force_on_both.drop).append(drop)
    collected = release(force_on_both)
    assert (collected.new, collected.replayed) == (0, 1)
    assert held(force_on_both) == []
    assert force_on_both.collection.waiting() == ()


def test_danger_is_collected_alone_between_the_set_hours(force: Force) -> None:
    force.send("routine")
    force.send("somebody is being hurt", danger=True)
    collected = release(force, Wanted.DANGER_ONLY)
    assert (collected.new, collected.danger) == (1, 1)
    assert len(force.collection.waiting()) == 1


def test_a_rolled_back_collection_leaves_the_drop_alone(force_on_both: Force) -> None:
    force_on_both.send("stays")

    def fails(session: CaseSession) -> None:
        collect(
            session,
            force_on_both.collection,
            release=Wanted.EVERYTHING,
            by=system_actor(session, force_on_both.settings),
        )
        raise RuntimeError

    with pytest.raises(RuntimeError), force_on_both.database.begin() as session:
        fails(session)
    assert held(force_on_both) == []
    assert len(force_on_both.collection.waiting()) == 1
    with force_on_both.database.begin() as session:
        assert session.scalars(select(CollectedDropRow)).all() == []


def test_nothing_is_destroyed_at_the_drop_when_the_commit_fails(force_on_both: Force) -> None:
    force_on_both.send("not safe yet")

    @event.listens_for(force_on_both.database.case, "commit")
    def disk_full(_connection: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        release(force_on_both)
    event.remove(force_on_both.database.case, "commit", disk_full)
    assert len(force_on_both.collection.waiting()) == 1
    assert release(force_on_both).new == 1


def test_the_system_leaves_a_line_only_when_something_was_collected(force: Force) -> None:
    def lines() -> int:
        with force.database.begin() as session:
            return len(session.scalars(select(AuditLeafRow).where(AuditLeafRow.signer_id == SYSTEM_ID)).all())

    before = lines()
    release(force)
    assert lines() == before
    force.send("something")
    release(force)
    assert lines() == before + 1


def test_clearing_twice_is_harmless(force: Force) -> None:
    force.send("once")
    collected = first_phase(force)
    clear_collected(force.collection, collected)
    clear_collected(force.collection, collected)
    assert force.collection.waiting() == ()


class Turns:
    """Says stop after so many turns, moving the clock by the wait each time."""

    def __init__(self, force: Force, turns: int, minutes: float) -> None:
        self.force, self.left, self.minutes = force, turns, minutes
        self.waits: list[float] = []

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        self.force.clock.forward(minutes=self.minutes)
        self.left -= 1
        return self.left == 0


def at_set_hours(force: Force) -> Force:
    from dataclasses import replace

    from config import Release

    return replace(force, settings=replace(force.settings, release=Release.AT_SET_HOURS))


def followed(force: Force, turns: int, minutes: float, act: Callable[[Wanted], Collected]) -> Turns:
    stopping = Turns(force, turns, minutes)
    follow(act, force.settings, clock=force.clock, stopping=stopping)
    return stopping


def test_following_releases_everything_at_set_hours_and_looks_for_danger_between(force: Force) -> None:
    force = at_set_hours(force)
    wanted: list[Wanted] = []

    def act(release: Wanted) -> Collected:
        wanted.append(release)
        return Collected(0, 0, 0, ())

    # From 09:05, six turns of an hour: the first may have missed 07:00, and 13:00 comes at the fifth.
    stopping = followed(force, 6, 60, act)
    every, danger = Wanted.EVERYTHING, Wanted.DANGER_ONLY
    assert wanted == [every, danger, danger, danger, every, danger]
    assert set(stopping.waits) == {20.0}


def test_following_goes_on_when_the_store_is_away(force: Force) -> None:
    turns: list[Wanted] = []

    def act(release: Wanted) -> Collected:
        turns.append(release)
        if len(turns) == 1:
            raise StoreUnavailableError
        return Collected(0, 0, 0, ())

    followed(at_set_hours(force), 3, 1, act)
    # The release that failed is tried again at the next turn, not at the next set hour.
    assert turns == [Wanted.EVERYTHING, Wanted.EVERYTHING, Wanted.DANGER_ONLY]
