"""What others write and destroy while a key is rotated: nothing destroyed comes back, and nothing written is lost."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from migrations.runner import History, metadata_of
from tests.force import Force, client_for
from tests.meanwhile import meanwhile
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.intake.models import ReportRow
from triage.intake.retiring import retire_intake_keys
from triage.intake.writing import write_report
from triage.keys.models import BoxRow, BoxState, IntakeGrantRow, Purpose, RotationRow, WrappedKeyRow
from triage.keys.naming import COUNTED, NAMING, NUMBERED, name_anew
from triage.keys.records import create_data_key, destroy_wrappings
from triage.keys.rewrapping import boxes_of_place, hand_on_days, rewrap, rewrap_some
from triage.keys.rotating import go_on_rotating, rotations, settle_rotations
from triage.keys.service import BoxName, box_named, create_box, desk_id, seal_grant
from triage.keys.system import system_actor
from triage.linking.models import CalibrationRow
from triage.officers.rotation import begin_rotation
from triage.officers.service import teams
from triage.register.entries import Person
from triage.register.models import EntryRow, RegisterVersionRow
from triage.register.service import add_entry
from triage.register.unlocked import unlock_register

Work = Callable[[CaseSession], object]
# On SQLite one begins to write when the other has ended: there is nothing of the two at once to try.
on_postgres = pytest.mark.parametrize("backend", [pytest.param("postgres", marks=pytest.mark.postgres)])


def begun(force: Force) -> UUID:
    sam = force.officer("sam")
    with force.database.begin() as session:
        return begin_rotation(session, desk_id(session), by=sam.with_new_ring())


def goes_on(force: Force, rotation_id: UUID) -> Work:
    sam = force.officer("sam")
    return lambda _session: go_on_rotating(force.database, rotation_id, by=sam.with_new_ring)


def boxes_of(session: CaseSession, rotation_id: UUID) -> tuple[UUID, BoxRow]:
    row = session.get_one(RotationRow, rotation_id)
    return row.old_box_id, session.get_one(BoxRow, row.new_box_id)


def a_key(force: Force) -> UUID:
    sam = force.officer("sam")
    with force.database.begin() as session:
        return create_data_key(session, guards=[desk_id(session)], by=sam.with_new_ring())


def wrapped_for(force: Force, key_id: UUID) -> list[UUID]:
    with force.database.look() as session:
        query = select(WrappedKeyRow.box_id).where(WrappedKeyRow.key_id == key_id)
        return list(session.keys.scalars(query))


def settled(force: Force) -> bool:
    """Days later, by the collections of two hours; whether nothing is being rotated any more."""
    force.clock.forward(days=3)
    for _ in range(2):
        with force.database.begin() as session:
            settle_rotations(session)
    with force.database.look() as session:
        return not any(one.is_running for one in rotations(session))


@on_postgres
def test_what_is_destroyed_while_a_batch_waits_stays_destroyed(force_on_both: Force) -> None:
    force = force_on_both
    key, other = a_key(force), a_key(force)
    rotation = begun(force)
    assert meanwhile(force, lambda session: destroy_wrappings(session, key), goes_on(force, rotation)) == ""
    assert wrapped_for(force, key) == []
    with force.database.look() as session:
        assert wrapped_for(force, other) == [desk_id(session)]
        assert all(one.is_settling for one in rotations(session))


@on_postgres
def test_what_is_destroyed_while_it_is_wrapped_anew_is_destroyed_as_it_is_then(force_on_both: Force) -> None:
    """A DELETE that waits looks at the row again as it has become: its condition names the key and not the box."""
    force, key = force_on_both, a_key(force_on_both)
    rotation = begun(force)

    def wraps(session: CaseSession) -> None:
        old, new = boxes_of(session, rotation)
        assert rewrap_some(session, old, new.id, 10_000, by=force.officer("sam").with_new_ring())

    assert meanwhile(force, wraps, lambda session: destroy_wrappings(session, key)) == ""
    assert wrapped_for(force, key) == []


@on_postgres
def test_a_day_retired_while_a_batch_waits_stays_retired(force_on_both: Force) -> None:
    force, rotation = force_on_both, begun(force_on_both)
    day = _first_day(force)
    _only_days_are_left(force, rotation)
    assert meanwhile(force, lambda session: _retires(force, session), goes_on(force, rotation)) == ""
    _is_retired(force, day)
    with force.database.look() as session:
        assert not any(one.keys_left for one in rotations(session))
        assert set(session.keys.scalars(select(IntakeGrantRow.to_box_id))) == {desk_id(session)}


@on_postgres
def test_a_day_retired_while_its_seed_is_handed_on_is_retired(force_on_both: Force) -> None:
    force, rotation = force_on_both, begun(force_on_both)
    day = _first_day(force)

    def hands_on(session: CaseSession) -> None:
        old, new = boxes_of(session, rotation)
        hand_on_days(session, old, new, force.officer("sam").with_new_ring().keys.identity(session, old))

    assert meanwhile(force, hands_on, lambda session: _retires(force, session)) == ""
    _is_retired(force, day)


def _first_day(force: Force) -> UUID:
    with force.database.look() as session:
        days = select(BoxRow.id).where(BoxRow.purpose == Purpose.INTAKE).order_by(BoxRow.not_before)
        return session.scalars(days).first() or uuid4()


def _only_days_are_left(force: Force, rotation_id: UUID) -> None:
    with force.database.begin() as session:
        old, new = boxes_of(session, rotation_id)
        by = force.officer("sam").with_new_ring()
        while rewrap_some(session, old, new.id, 10_000, by=by):
            pass


def _retires(force: Force, session: CaseSession) -> None:
    force.clock.forward(days=4)
    session.now = force.clock.now
    retired = retire_intake_keys(session, force.collection, by=system_actor(session, force.settings))
    assert retired.box_ids


def _is_retired(force: Force, day: UUID) -> None:
    with force.database.look() as session:
        assert session.get_one(BoxRow, day).state == BoxState.RETIRED
        assert not session.keys.scalars(select(IntakeGrantRow).where(IntakeGrantRow.box_id == day)).all()


@on_postgres
def test_what_is_destroyed_while_it_moves_to_another_place_stays_destroyed(force_on_both: Force) -> None:
    force, key = force_on_both, a_key(force_on_both)
    with force.database.begin() as session:
        box, identity = create_box(session, Purpose.COMPARTMENT)
        seal_grant(
            session,
            box.id,
            identity,
            session.get_one(BoxRow, force.officer("sam").keys.box_id),
            granted_by=force.officer("sam").id,
        )

    def moves(session: CaseSession) -> None:
        places = boxes_of_place(session, desk_id(session))
        rewrap(session, key, out_of=places, into=box.id, by=force.officer("sam").with_new_ring())

    met = meanwhile(force, lambda session: destroy_wrappings(session, key), moves)
    assert (met, wrapped_for(force, key)) == (NotFoundError.__name__, [])
    other = key = a_key(force)  # it moves what `key` names by then
    assert meanwhile(force, moves, lambda session: destroy_wrappings(session, other)) == ""
    assert wrapped_for(force, other) == []


@on_postgres
def test_what_moves_while_the_place_it_leaves_is_rotated_is_wrapped_for_no_one_there(force_on_both: Force) -> None:
    force, key = force_on_both, a_key(force_on_both)
    rotation = begun(force)
    with force.database.begin() as session:
        box, identity = create_box(session, Purpose.COMPARTMENT)
        sam = session.get_one(BoxRow, force.officer("sam").keys.box_id)
        seal_grant(session, box.id, identity, sam, granted_by=force.officer("sam").id)

    def wraps(session: CaseSession) -> None:
        old, new = boxes_of(session, rotation)
        rewrap_some(session, old, new.id, 10_000, by=force.officer("sam").with_new_ring())

    def moves(session: CaseSession) -> None:
        places = boxes_of_place(session, desk_id(session))
        rewrap(session, key, out_of=places, into=box.id, by=force.officer("sam").with_new_ring())

    assert meanwhile(force, wraps, moves) == ""
    assert wrapped_for(force, key) == [box.id]


@on_postgres
def test_a_report_written_while_the_desk_is_rotated_stays_in_the_queue(force_on_both: Force) -> None:
    force, tess = force_on_both, force_on_both.officer("tess")
    with force.database.look() as session:
        old = desk_id(session)
    made: list[UUID] = []
    met = meanwhile(
        force,
        lambda session: made.append(write_report(session, {"what": "A van at night"}, by=tess.with_new_ring())),
        lambda session: made.append(begin_rotation(session, old, by=force.officer("sam").with_new_ring())),
    )
    report, rotation = made
    assert met == ""
    goes_on(force, rotation)(None)  # type: ignore[arg-type]  # it begins units of work of its own
    assert settled(force)
    with force.database.look() as session:
        row = session.get_one(ReportRow, report)
        assert row.compartment_id == desk_id(session) != old
    links = [link.get("href", "") for link in client_for(force, "tess").page("/reports").iter("a")]
    assert any(link.endswith(str(report)) for link in links)


@on_postgres
@pytest.mark.parametrize("entry_first", [True, False])
def test_an_entry_written_while_the_desk_is_rotated_stays_on_the_register(
    force_on_both: Force, entry_first: bool
) -> None:
    """Also in a copy of the register that was unlocked in between: it is not taken for today's."""
    force, tess, sam = force_on_both, force_on_both.officer("tess"), force_on_both.officer("sam")
    for reference in ("N-1", "N-2"):
        with force.database.begin() as session:
            add_entry(session, Person(reference, "Doyle", "Una"), by=sam)
    with force.database.look() as session:
        old = desk_id(session)
    made: list[UUID] = []
    works: list[Work] = [
        lambda session: add_entry(session, Person("N-3", "Doyle", "Una"), by=tess.with_new_ring()),
        lambda session: made.append(begin_rotation(session, old, by=sam.with_new_ring())),
    ]
    assert meanwhile(force, *(works if entry_first else works[::-1])) == ""
    with force.database.begin() as session:
        add_entry(session, Person("N-4", "Doyle", "Una"), by=sam.with_new_ring())
        unlock_register(session, desk_id(session), by=sam.with_new_ring())
    with force.database.look() as session:
        unlock_register(session, desk_id(session), by=sam.with_new_ring())
    goes_on(force, made[0])(None)  # type: ignore[arg-type]  # it begins units of work of its own
    assert settled(force)
    with force.database.look() as session:
        new = desk_id(session)
        assert set(session.scalars(select(EntryRow.compartment_id))) == {new}
        assert [row.compartment_id for row in session.scalars(select(RegisterVersionRow))] == [new]
        known = unlock_register(session, new, by=sam.with_new_ring()).by_reference
        assert {"n-1", "n-2", "n-3", "n-4"} <= set(known)


def test_what_is_counted_and_numbered_under_both_names_is_kept(force_on_both: Force) -> None:
    force, old, new = force_on_both, uuid4(), uuid4()

    def calibration(place: UUID, number: int) -> CalibrationRow:
        return CalibrationRow(
            id=uuid4(),
            data_key_id=uuid4(),
            sealed=b"",
            compartment_id=place,
            number=number,
            made_by=uuid4(),
            made_on=force.today,
        )

    with force.database.begin() as session:
        session.add_all(
            [
                RegisterVersionRow(compartment_id=old, version=2),
                RegisterVersionRow(compartment_id=new, version=7),
                calibration(old, 3),
                calibration(old, 4),
                calibration(new, 3),
            ]
        )
        session.flush()
        assert name_anew(session, old, new) == 3
        assert name_anew(session, old, new) == 0
    with force.database.look() as session:
        assert session.get_one(RegisterVersionRow, new).version == 9
        found = session.scalars(select(CalibrationRow.number).where(CalibrationRow.compartment_id == new))
        assert sorted(found) == [3, 6, 7]


def test_every_column_that_names_a_box_is_named_anew_or_said_why_not() -> None:
    its_own = {
        *("officers.box_id", "intake_signatures.box_id", "box_signatures.box_id"),  # never rotated
        *("grants.box_id", "grants.to_box_id", "rotations.old_box_id", "rotations.new_box_id"),  # what rotation writes
    }
    of_count = {f"{one.name}.compartment_id" for one in (COUNTED, NUMBERED)}
    there = {
        f"{table.name}.{column.name}"
        for table in metadata_of(History.CASE).tables.values()
        for column in table.c
        if column.name == "compartment_id" or column.name.endswith("box_id")
    }
    assert there == {f"{table}.{column}" for table, column in NAMING} | of_count | its_own


def test_nothing_is_settled_while_a_row_names_the_old_box(force_on_both: Force) -> None:
    """Whoever wrote it may be writing still: it is named anew, and the box ends at the next collection."""
    force, tess = force_on_both, force_on_both.officer("tess")
    with force.database.begin() as session:
        old = desk_id(session)
        report = write_report(session, {"what": "A van at night"}, by=tess)
    rotation = begun(force)
    goes_on(force, rotation)(None)  # type: ignore[arg-type]  # it begins units of work of its own
    with force.database.begin() as session:
        session.get_one(ReportRow, report).compartment_id = old
    force.clock.forward(days=3)
    with force.database.begin() as session:
        assert settle_rotations(session) == 0
    with force.database.begin() as session:
        assert session.get_one(ReportRow, report).compartment_id == desk_id(session)
        assert settle_rotations(session) == 1


@pytest.mark.parametrize("first", ["team", "supervisors"])
def test_a_team_rotated_while_the_supervisors_are_is_theirs_still(force_on_both: Force, first: str) -> None:
    """Its grant leads to the box that the supervisors' own is taking the place of."""
    force, sam = force_on_both, force_on_both.officer("sam")
    running = []
    with force.database.begin() as session:
        running.append(begin_rotation(session, box_named(session, BoxName.SUPERVISORS).id, by=sam.with_new_ring()))
    with force.database.begin() as session:
        team = next(one for one in teams(session, by=sam.with_new_ring()) if one.name == "Eastgate")
        running.append(begin_rotation(session, team.box_id, by=sam.with_new_ring()))
        key = create_data_key(session, guards=[team.box_id], by=sam.with_new_ring())
    for rotation in running[::-1] if first == "team" else running:
        goes_on(force, rotation)(None)  # type: ignore[arg-type]  # it begins units of work of its own
    assert settled(force)
    with force.database.look() as session:
        team = next(one for one in teams(session, by=sam.with_new_ring()) if one.name == "Eastgate")
        assert sam.keys.anew().holds(session, team.box_id)
        assert sam.keys.anew().opens(session, key)
