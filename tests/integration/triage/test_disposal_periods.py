"""A change of a period: what two people agreed counts for every report of the group, and for nothing else."""

from datetime import date, timedelta

from sqlalchemy import event

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force
from tests.supervisors import second_supervisor
from triage.audit.acts import Act
from triage.disposal.deciding import change_period, keep_group_for, propose_period
from triage.intake.models import ReportRow
from triage.intake.retention import NEVER, Group
from triage.operations.service import approve

DAYS = 60


def test_a_change_of_a_period_is_counted_by_the_database_and_only_for_its_group(force_on_both: Force) -> None:
    force = force_on_both
    sam, second = force.officer("sam"), second_supervisor(force)
    plain, with_news, serious, shut = (report_at_desk(force, f"Report {number}") for number in range(4))
    until_of_serious = date(2036, 1, 1)
    with force.database.begin() as session:
        session.get_one(ReportRow, with_news).clock_from = session.today - timedelta(days=5)
        row = session.get_one(ReportRow, serious)
        row.retention_group, row.retain_until = Group.SERIOUS, until_of_serious
        session.get_one(ReportRow, shut).retain_until = NEVER
    with force.database.begin() as session:
        operation = propose_period(session, Group.UNACTIONABLE, DAYS, reason="Sooner", by=sam)
    with force.database.begin() as session:
        approve(session, operation, by=second)
    loaded: list[object] = []

    def count(row: object, _context: object) -> None:
        loaded.append(row)

    event.listen(ReportRow, "load", count)
    try:
        with force.database.begin() as session:
            assert change_period(session, operation, by=sam) == 2
    finally:
        event.remove(ReportRow, "load", count)
    assert loaded == []  # a group may have half a million
    with force.database.look() as session:
        until = {one: session.get_one(ReportRow, one).retain_until for one in (plain, with_news, serious, shut)}
    assert until == {
        plain: force.today + timedelta(days=DAYS),
        with_news: force.today + timedelta(days=DAYS - 5),
        serious: until_of_serious,
        shut: NEVER,
    }
    [line] = [one for one in audit_lines(force) if one["act"] == Act.RETENTION_CHANGED]
    assert (line["reason"], line["count"]) == (f"not graded: {DAYS} days", 2)


def test_whoever_has_read_a_report_in_the_same_unit_of_work_sees_its_new_day(force: Force) -> None:
    report_id = report_at_desk(force)
    with force.database.begin() as session:
        row = session.get_one(ReportRow, report_id)
        assert row.retain_until == force.today + timedelta(days=90)
        assert keep_group_for(session, Group.UNACTIONABLE, DAYS) == 1
        assert row.retain_until == force.today + timedelta(days=DAYS)
