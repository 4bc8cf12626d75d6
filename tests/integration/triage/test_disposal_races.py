"""A hold is set while something is destroyed: whichever comes first is seen by the other, and nobody is told both."""

from uuid import UUID

import pytest
from sqlalchemy import event, select

from tests.desk_work import report_at_desk
from tests.force import Force
from tests.integration.triage.test_disposal_crash import REVIEWED, decided, written
from tests.integration.triage.test_officers_races import meanwhile
from triage.database import CaseSession
from triage.disposal.deciding import keep_longer, set_hold
from triage.disposal.models import DisposalRow
from triage.disposal.rules import Ground
from triage.disposal.service import Told, decide_entry, destroy_agreed
from triage.intake.models import LegalHoldRow, ReportRow
from triage.intake.reports import case_report
from triage.intake.retention import Group, is_held
from triage.keys.system import system_actor
from triage.linking.service import Found, confirm
from triage.register.entries import Person
from triage.register.models import EntryRow
from triage.register.service import add_entry, archive_entry

EARLY = Told(Ground.EARLY, operation_id=UUID(int=5))


class Work:
    """What two sessions do at one moment, and what came of it."""

    def __init__(self, force: Force) -> None:
        self._force = force
        self.destroyed: list[tuple[UUID, ...]] = []

    def destroy(self, session: CaseSession) -> None:
        self.destroyed.append(
            destroy_agreed(session, written(self._force), by=system_actor(session, self._force.settings))
        )

    def hold(self, report_id: UUID, session: CaseSession) -> None:
        set_hold(session, report_id, reason="for a trial", by=self._force.officer("sam").with_new_ring())


def test_a_hold_that_is_being_set_is_waited_for_and_nothing_is_destroyed(force_on_both: Force) -> None:
    force, work = force_on_both, Work(force_on_both)
    report_id = decided(force, REVIEWED)
    assert meanwhile(force, lambda session: work.hold(report_id, session), work.destroy) == ""
    assert work.destroyed == [()]
    with force.database.look() as session:
        assert is_held(session, report_id)
        assert case_report(session, report_id, by=force.officer("sam")).first_words


@pytest.mark.parametrize("keep", [False, True])
def test_a_report_that_is_being_destroyed_is_not_said_to_be_held_or_kept(force_on_both: Force, keep: bool) -> None:
    force, work = force_on_both, Work(force_on_both)
    report_id = decided(force, REVIEWED)

    def too_late(session: CaseSession) -> None:
        if keep:
            by = force.officer("sam").with_new_ring()
            keep_longer(session, report_id, Group.OTHER, reason="for a trial", by=by)
        else:
            work.hold(report_id, session)

    assert meanwhile(force, work.destroy, too_late) == "NotFoundError"
    assert work.destroyed == [(report_id,)]
    with force.database.look() as session:
        assert session.get(ReportRow, report_id) is None
        assert session.scalars(select(LegalHoldRow)).all() == []


def test_a_hold_that_is_being_set_on_a_report_keeps_the_entries_it_is_linked_to(force_on_both: Force) -> None:
    force, work = force_on_both, Work(force_on_both)
    report_id, tom, sam = report_at_desk(force), force.officer("tom"), force.officer("sam")
    with force.database.begin() as session:
        entry_id = add_entry(session, Person("N-1", "Quillfeather"), by=tom)
    with force.database.begin() as session:
        confirm(session, report_id, entry_id, by=tom, found=Found.SEARCHED)
        archive_entry(session, entry_id, version=1, reason="moved away", by=tom)
    with force.database.begin() as session:
        decide_entry(session, entry_id, EARLY, due=session.today, by=sam)
    assert meanwhile(force, lambda session: work.hold(report_id, session), work.destroy) == ""
    assert work.destroyed == [()]
    with force.database.look() as session:
        assert session.get(EntryRow, entry_id) is not None


def test_whoever_destroys_leaves_lines_last_and_waits_for_nobody_who_waits_for_the_log(force_on_both: Force) -> None:
    """A line holds the log until the end; a hold is set on a report first, and needs the log after that."""
    force, work = force_on_both, Work(force_on_both)
    decided(force), decided(force)
    with force.database.look() as session:
        held, other = session.scalars(select(DisposalRow.subject_id).order_by(DisposalRow.id))
    with force.database.begin() as session:
        work.hold(held, session)

    def lock_then_hold(session: CaseSession) -> None:
        session.get(ReportRow, other, with_for_update=True)
        event.listen(session, "before_commit", lambda session: work.hold(other, session), once=True)

    assert meanwhile(force, lock_then_hold, work.destroy) == ""
    assert work.destroyed == [()]
