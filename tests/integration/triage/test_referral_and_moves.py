"""A referral that is written while its report moves to a compartment: it goes with the report, or is not written."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select, text

from tests.desk_work import a_referral, agreed, report_at_desk, with_the_team
from tests.force import Force
from triage.compartments.models import MoveRow
from triage.compartments.moving import MoveState, go_on_moving, move_one_report
from triage.database import CaseSession, Database
from triage.errors import NoKeyError, TriageError
from triage.intake.models import ReportRow
from triage.keys.compartments import Compartment, make_compartment
from triage.keys.service import desk_id
from triage.officers.service import officer_box
from triage.outcome.models import ObservedRow
from triage.outcome.rules import NewOutcome, OutcomeCode
from triage.outcome.service import record_outcome, start_report
from triage.referral.models import OriginRow, ReferralRow
from triage.referral.rules import ReferralError
from triage.referral.service import origin_of, refer

Second = TypeVar("Second")
SOON = 120.0  # seconds, on a machine with much to do


@dataclass(frozen=True)
class Scene:
    """A text that Tom wrote and Tess agreed to, and a compartment that Sam and Tess hold and Tom does not."""

    force: Force
    report_id: UUID
    draft_id: UUID
    made: Compartment

    @property
    def database(self) -> Database:
        return self.force.database

    def refers(self, session: CaseSession, name: str) -> UUID:
        return refer(session, self.draft_id, a_referral(self.force), by=self.force.officer(name).with_new_ring())

    def moves(self, session: CaseSession) -> None:
        move_one_report(session, self.report_id, self.made, by=self.force.officer("sam").with_new_ring())


@pytest.fixture
def scene(force_on_both: Force) -> Scene:
    force = force_on_both
    for name in ("sam", "tom", "tess", "nell"):
        force.officer(name)
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    return Scene(force, report_id, draft_id, compartment(force))


def compartment(force: Force) -> Compartment:
    with force.database.begin() as session:
        boxes = [officer_box(session, force.officer(name).id).id for name in ("sam", "tess")]
        return make_compartment(session, "Operation Heron", boxes, by=force.officer("sam"))


def a_move_to(force: Force, made: Compartment) -> UUID:
    """A move of everything that is about what lies there, not begun with the reports."""
    with force.database.begin() as session:
        move = MoveRow(
            id=UUID(int=9),
            from_box_id=desk_id(session),
            compartment_row_id=made.id,
            state=MoveState.RUNNING,
            reports_total=1,
            reports_done=0,
            at_id=None,
            started_by=force.officer("sam").id,
            started_on=session.today,
        )
        session.add(move)
    return move.id


def then_meanwhile(
    force: Force, first: Callable[[CaseSession], object], second: Callable[[CaseSession], Second]
) -> Second | TriageError:
    """Somebody does the first and has not finished; another begins the second and waits; the first is finished."""

    def run() -> Second | TriageError:
        try:
            with force.database.begin() as session:
                return second(session)
        except TriageError as error:
            return error

    with ThreadPoolExecutor(1) as other:
        with force.database.begin() as session:
            first(session)
            waiting = other.submit(run)
            _until_it_waits(force, waiting)
        return waiting.result(SOON)


def _until_it_waits(force: Force, one: Future[object]) -> None:
    if force.database.case.dialect.name != "postgresql":
        time.sleep(0.2)  # SQLite lets one at a time begin to write
        return
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until = time.monotonic() + SOON
    while time.monotonic() < until and not one.done():
        with force.database.case.connect() as connection:
            if connection.scalar(asked):
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waited for anybody: both went on at once.")


def place_of_referral(scene: Scene) -> UUID | None:
    with scene.database.look() as session:
        return session.scalars(select(ReferralRow.compartment_id)).one()


def test_who_does_not_hold_the_new_compartment_is_told_and_nothing_is_sent(scene: Scene) -> None:
    done = then_meanwhile(scene.force, scene.moves, lambda session: scene.refers(session, "tom"))
    assert isinstance(done, ReferralError | NoKeyError), done
    if scene.database.case.dialect.name == "postgresql":
        assert str(done) == "This report was moved to another compartment meanwhile, so nothing was sent."
    with scene.database.look() as session:
        assert session.scalars(select(ReferralRow)).all() == []
        assert session.scalars(select(OriginRow)).all() == []


def test_who_holds_it_refers_and_the_referral_lies_where_the_report_does(scene: Scene) -> None:
    done = then_meanwhile(scene.force, scene.moves, lambda session: scene.refers(session, "tess"))
    assert isinstance(done, UUID), done
    assert place_of_referral(scene) == scene.made.box_id
    with scene.database.look() as session, pytest.raises(NoKeyError):
        origin_of(session, done, by=scene.force.officer("tom").with_new_ring())


def test_a_referral_that_is_being_written_goes_with_its_report(scene: Scene) -> None:
    """What moves the report waits for it, and finds it."""
    done = then_meanwhile(scene.force, lambda session: scene.refers(session, "tom"), scene.moves)
    assert done is None, done
    assert place_of_referral(scene) == scene.made.box_id
    with scene.database.look() as session:
        assert session.get_one(ReportRow, scene.report_id).compartment_id == scene.made.box_id
        referral_id = session.scalars(select(ReferralRow.id)).one()
        with pytest.raises(NoKeyError):
            origin_of(session, referral_id, by=scene.force.officer("tom").with_new_ring())
        assert origin_of(session, referral_id, by=scene.force.officer("tess")).report_id == scene.report_id


def test_a_move_of_many_waits_for_it_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.compartments.moving.reports_about", lambda *_, **__: frozenset({scene.report_id}))
    move_id = a_move_to(scene.force, scene.made)

    def all_of_it(_session: CaseSession) -> MoveState:
        sam = scene.force.officer("sam")
        return go_on_moving(scene.database, move_id, by=sam.with_new_ring).state

    if scene.database.case.dialect.name == "postgresql":
        done = then_meanwhile(scene.force, lambda session: scene.refers(session, "tom"), all_of_it)
    else:  # SQLite lets one at a time begin to write, and a move begins units of work of its own
        with scene.database.begin() as session:
            scene.refers(session, "tom")
        with scene.database.look() as session:
            done = all_of_it(session)
    assert done is MoveState.DONE, done
    assert place_of_referral(scene) == scene.made.box_id


def test_a_report_that_a_team_starts_meanwhile_is_tied_to_it_where_the_referral_lies(force_on_both: Force) -> None:
    force = force_on_both
    for name in ("sam", "tom", "tess", "nell"):
        force.officer(name)
    referral_id = with_the_team(force)
    with force.database.begin() as session:
        seen = NewOutcome(OutcomeCode.OBS, "Two men carried boxes into number nine.")
        outcome_id = record_outcome(session, referral_id, seen, by=force.officer("nell"))
        report_id = session.scalars(select(ReportRow.id)).one()
    made = compartment(force)

    def moves(session: CaseSession) -> None:
        move_one_report(session, report_id, made, by=force.officer("sam").with_new_ring())

    def starts(session: CaseSession) -> UUID:
        return start_report(session, outcome_id, by=force.officer("tess").with_new_ring())

    done = then_meanwhile(force, starts, moves)
    assert done is None, done
    with force.database.look() as session:
        tie = session.get_one(ObservedRow, outcome_id)
        assert force.officer("tess").keys.opens(session, tie.data_key_id)
        assert not force.officer("tom").with_new_ring().keys.opens(session, tie.data_key_id)
