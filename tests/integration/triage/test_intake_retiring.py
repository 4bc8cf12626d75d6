"""Retiring: a key goes when nothing unread needs it, and then a copied drop opens for nobody (promise 4)."""

import pytest
from sqlalchemy import delete, func, select

from store.collection import Collection
from store.dropbox import Drop, Dropbox
from store.noticeboard import Noticeboard
from store.publishing import Publishing
from tests.force import Force
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import HeldDropRow
from triage.intake.retiring import Retired, overdue_days, retire, retire_intake_keys
from triage.intake.unsealing import Refusal, refused_drops, try_again, unseal_waiting
from triage.keys.models import BoxRow, BoxState, IntakeGrantRow, Purpose
from triage.keys.system import system_actor


def retire_now(force: Force) -> Retired:
    with force.database.begin() as session:
        return retire_intake_keys(session, force.collection, by=system_actor(session, force.settings))


def unseal(force: Force, name: str = "tom") -> int:
    with force.database.begin() as session:
        return len(unseal_waiting(session, by=force.officer(name)).opened)


def release(force: Force) -> None:
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)


def grants(force: Force) -> int:
    with force.database.begin() as session:
        return session.keys.scalar(select(func.count()).select_from(IntakeGrantRow)) or 0


def test_a_day_is_retired_when_it_is_over_and_everything_of_it_is_open(force_on_both: Force) -> None:
    force_on_both.send("read in time")
    release(force_on_both)
    unseal(force_on_both)
    before = grants(force_on_both)
    assert retire_now(force_on_both).box_ids == ()
    force_on_both.clock.forward(days=2)
    retired = retire_now(force_on_both)
    assert len(retired.box_ids) == 1
    assert grants(force_on_both) == before - 1
    with force_on_both.database.begin() as session:
        states = session.scalars(select(BoxRow.state).where(BoxRow.purpose == Purpose.INTAKE)).all()
    assert states.count(BoxState.RETIRED) == 1


def test_after_retirement_a_drop_copied_earlier_opens_for_nobody(force_on_both: Force) -> None:
    force_on_both.send("copied by a thief")
    drop = force_on_both.collection.take(force_on_both.collection.waiting())[0]
    release(force_on_both)
    unseal(force_on_both)
    force_on_both.clock.forward(days=2)
    retire_now(force_on_both)
    for name in ("sam", "tom", "tess"):
        copied_back(force_on_both, drop)
        assert unseal(force_on_both, name) == 0
        with force_on_both.database.begin() as session:
            assert [one.refusal for one in refused_drops(session)] == [Refusal.NO_KEY]


def copied_back(force: Force, drop: Drop) -> None:
    with force.database.begin() as session:
        session.merge(
            HeldDropRow(
                drop_id=drop.drop_id, sealed=drop.sealed, danger=drop.danger, received_on=drop.received_on, refused=""
            )
        )


@pytest.mark.parametrize("collected", [True, False], ids=["held here", "waiting at the drop"])
def test_a_key_that_something_unread_needs_is_kept_and_in_time_rings(force_on_both: Force, *, collected: bool) -> None:
    force_on_both.send("nobody opened this")
    day = force_on_both.today
    if collected:
        release(force_on_both)
    force_on_both.clock.forward(days=2)
    assert retire_now(force_on_both) == Retired((), (day,), ())
    force_on_both.clock.forward(days=8)
    kept = retire_now(force_on_both)
    assert kept.overdue == (day,)
    with force_on_both.database.begin() as session:
        assert overdue_days(session) == ((day,) if collected else ())
    release(force_on_both)
    assert unseal(force_on_both) == 1


def test_a_broken_drop_keeps_no_key_alive(force: Force) -> None:
    force.send("broken")
    release(force)
    with force.database.begin() as session:
        for row in session.scalars(select(HeldDropRow)):
            row.sealed = row.sealed[:-1]
    unseal(force)
    force.clock.forward(days=2)
    assert len(retire_now(force).box_ids) == 1


def test_while_a_key_of_its_day_is_missing_no_key_of_that_day_is_retired(force: Force) -> None:
    """As after an older copy of the keys database was put back: the next day must not make it final."""
    force.send("opens once the key is back")
    release(force)
    day = force.today
    with force.database.begin() as session:
        rows = session.keys.scalars(select(IntakeGrantRow)).all()
        kept = [(row.box_id, row.to_box_id, row.sealed) for row in rows]
        session.keys.execute(delete(IntakeGrantRow))
    unseal(force)
    with force.database.look() as session:
        assert [one.refusal for one in refused_drops(session)] == [Refusal.KEY_MISSING]
    force.clock.forward(days=10)
    assert day in retire_now(force).overdue
    with force.database.begin() as session:
        session.keys.add_all(IntakeGrantRow(box_id=box, to_box_id=to, sealed=sealed) for box, to, sealed in kept)
        try_again(session, by=force.officer("sam"))
    assert unseal(force) == 1


def test_retiring_takes_the_key_down_from_the_public_form(force: Force) -> None:
    from store.noticeboard import PublishedIntakeKey

    publishing, board = Publishing(force.drop), Noticeboard(force.drop)
    day = force.today
    publishing.publish_intake_keys(
        PublishedIntakeKey(signed.key.box_id, signed.key.not_before, signed.key.not_after, signed.to_bytes())
        for signed in force.intake_keys
    )
    assert board.intake_keys(day)
    force.clock.forward(days=2)
    retired = retire(force.database, force.settings, Collection(force.drop), publishing)
    assert len(retired.box_ids) == 1
    assert board.intake_keys(day) == ()
    assert board.intake_keys(force.today)


def test_a_report_sent_again_after_its_key_is_gone_is_still_only_a_replay(force: Force) -> None:
    force.send("once")
    drop = force.collection.take(force.collection.waiting())[0]
    release(force)
    unseal(force)
    force.clock.forward(days=2)
    retire_now(force)
    Dropbox(force.drop).append(drop)
    release(force)
    with force.database.begin() as session:
        assert session.scalar(select(func.count()).select_from(HeldDropRow)) == 0
