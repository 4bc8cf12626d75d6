"""A crash in the middle of a disposal: what is destroyed is finished, and what is kept after all stays kept."""

from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.desk_work import report_at_desk
from tests.force import Force
from triage.disposal.certificate import Certificate
from triage.disposal.deciding import lift_hold, set_hold
from triage.disposal.models import DisposalPartRow, DisposalRow
from triage.disposal.rules import Ground
from triage.disposal.service import Told, decide_report, destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.intake.models import ReportRow
from triage.intake.reports import case_report, read_by_a_person
from triage.keys.system import system_actor

EARLY = Told(Ground.EARLY, operation_id=UUID(int=5))
REVIEWED = Told(Ground.REVIEWED, reason="no longer needed")


class PowerCutError(Exception):
    """The power goes."""


def written(force: Force) -> DestroyedIds:
    return DestroyedIds(force.settings.backups_path)


def decided(force: Force, told: Told = EARLY) -> UUID:
    report_id = report_at_desk(force)
    if told is REVIEWED:
        with force.database.begin() as session:
            read_by_a_person(session, report_id, by=force.officer("tom"))
        force.clock.forward(days=91)
    with force.database.begin() as session:
        decide_report(session, report_id, told, by=force.officer("sam"))
    return report_id


def destroy(force: Force) -> tuple[UUID, ...]:
    with force.database.begin() as session:
        return destroy_agreed(session, written(force), by=system_actor(session, force.settings))


def cut_off(force: Force, *, keys_committed: bool) -> None:
    """The power goes after the list was written, before or after the keys are committed, and before the rows are."""
    with suppress(PowerCutError), force.database.begin() as session:
        destroy_agreed(session, written(force), by=system_actor(session, force.settings))
        session.flush()
        if keys_committed:
            session.keys.commit()
        raise PowerCutError


def test_a_destroyed_key_is_never_taken_back_for_news_that_came_after_it(force_on_both: Force) -> None:
    """Its rows would stay for ever, opened by nobody, and nobody would ever certify that they are gone."""
    force = force_on_both
    report_id = decided(force, REVIEWED)
    cut_off(force, keys_committed=True)
    with force.database.begin() as session:  # such as a longer period that two people set meanwhile
        row = session.get_one(ReportRow, report_id)
        row.retain_until = row.retain_until.replace(year=row.retain_until.year + 9)
    assert destroy(force) == (report_id,)
    with force.database.look() as session:
        assert session.get(ReportRow, report_id) is None
        assert session.scalars(select(DisposalPartRow)).first() is None


def test_what_is_kept_after_a_crash_is_taken_off_the_list_of_destroyed_keys(force: Force) -> None:
    """Or the next backup that is brought back would destroy a report that somebody holds for a court."""
    sam = force.officer("sam")
    written(force).begin()
    report_id = decided(force)
    with force.database.look() as session:
        key_id = session.get_one(ReportRow, report_id).data_key_id
    cut_off(force, keys_committed=False)
    assert key_id in written(force).read()
    assert written(force).drops()
    with force.database.begin() as session:
        set_hold(session, report_id, reason="for a trial", by=sam)
    assert destroy(force) == ()
    assert key_id not in written(force).read()
    assert written(force).drops() == ()
    with force.database.look() as session:
        assert case_report(session, report_id, by=sam).first_words
    with force.database.begin() as session:
        lift_hold(session, report_id, reason="the trial is over", by=sam)
        decide_report(session, report_id, EARLY, by=sam)
    assert destroy(force) == (report_id,)
    assert key_id in written(force).read()


def test_a_line_of_the_list_that_a_power_cut_left_unfinished_is_passed_over(force: Force) -> None:
    written(force).begin()
    written(force).add([UUID(int=1)], force.today, drop_ids=[UUID(int=2)])
    with written(force).path.open("a") as file:
        file.write("2026-11-22 dr")
    assert written(force).read() == (UUID(int=1),)
    assert written(force).drops() == (UUID(int=2),)


@pytest.mark.parametrize("torn", ["2026-11-22 3f2b9c1e-0d4a-4c", f"2026-11-22 {UUID(int=4)}", "2026-11-22 dr", "2"])
def test_what_is_destroyed_after_a_power_cut_is_on_the_list_beside_the_unfinished_line(force: Force, torn: str) -> None:
    """Or a backup that is brought back brings the first key back that was destroyed since."""
    written(force).begin()
    written(force).add([UUID(int=1)], force.today)
    with written(force).path.open("a") as file:
        file.write(torn)
    written(force).add([UUID(int=2), UUID(int=3)], force.today, drop_ids=[UUID(int=5)])
    written(force).take_back([UUID(int=3)], force.today)
    whole = {UUID(int=4)} if torn.endswith(str(UUID(int=4))) else set()
    assert set(written(force).read()) == {UUID(int=1), UUID(int=2)} | whole
    assert written(force).drops() == (UUID(int=5),)
    assert "\n\n" not in written(force).path.read_text("ascii")


def test_the_certificate_counts_the_keys_that_went_before_the_crash(force: Force) -> None:
    report_id = decided(force)
    cut_off(force, keys_committed=True)
    destroy(force)
    with force.database.look() as session:
        [row] = session.scalars(select(DisposalRow).where(DisposalRow.subject_id == report_id))
        assert Certificate.of(row).keys >= 1
