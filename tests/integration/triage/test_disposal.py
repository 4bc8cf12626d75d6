"""Disposal destroys keys: everything of a report, nothing of another's, never what is unread, held or in quarantine."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

import triage.disposal.holding as holding
from envelope.errors import EnvelopeError
from envelope.shares import read_share
from store.engine import Journal, open_engine
from tests.audit_lines import audit_lines, lines_of_the_system
from tests.compartments import OTTOLINE
from tests.desk_work import report_at_desk, unsealed
from tests.force import Force
from tests.sent_files import attach, picture, report_with
from tests.whole_case import work_whole_case
from triage.base import SealedRow
from triage.database import Database
from triage.disposal.certificate import Certificate, as_file
from triage.disposal.certifying import certify_destroyed, is_genuine
from triage.disposal.errors import BackupListError, HeldError, NotDueError, OpenReferralError
from triage.disposal.models import BackupRow, DisposalPartRow, DisposalRow
from triage.disposal.rules import DisposalState, Ground
from triage.disposal.running import Progress, run_disposals
from triage.disposal.scrubbing import scrub
from triage.disposal.service import (
    Told,
    decide_alone,
    decide_entry,
    decide_report,
    destroy_agreed,
)
from triage.disposal.written_down import DestroyedIds
from triage.errors import NoKeyError, NotFoundError
from triage.intake.errors import QuarantinedError
from triage.intake.models import FileRow, HeldDropRow, HeldPartRow, LegalHoldRow, ReportRow
from triage.intake.quarantine import put_in_quarantine
from triage.intake.reports import case_report, close, read_by_a_person, reopen
from triage.intake.retiring import retire
from triage.intake.unsealing import Refusal
from triage.keys.intake_keys import sign_intake_keys
from triage.keys.models import BoxRow, BoxState
from triage.keys.records import open_text, seal_row
from triage.keys.system import system_actor
from triage.linking.service import Found, confirm
from triage.officers.recovering import take_up_recovery
from triage.register.service import add_entry, archive_entry
from triage.tables import CASE

EVERYBODY = ("sam", "ada", "iris", "tom", "tess", "nell", "owen")
REVIEWED = Told(Ground.REVIEWED, reason="no longer needed")
EARLY = Told(Ground.EARLY, operation_id=UUID(int=5))


def written(force: Force) -> DestroyedIds:
    return DestroyedIds(force.settings.instance / "backups")


@dataclass(frozen=True)
class OldRow:
    """A sealed row as somebody copied it before the disposal."""

    table: str
    id: UUID
    key_id: UUID
    sealed: bytes


def sealed_rows(force: Force) -> list[OldRow]:
    """Every sealed row there is."""
    found = []
    with force.database.look() as session:
        for table in CASE.tables.values():
            if "data_key_id" in table.columns:
                columns = (table.c.id, table.c.data_key_id, table.c.sealed)
                found += [OldRow(table.name, *row) for row in session.execute(select(*columns))]
    return found


def texts_that_open(force: Force, rows: list[OldRow]) -> dict[tuple[str, UUID], bytes]:
    """What all officers and the people with the shares together open of these rows with the keys of now."""
    found = {}
    shares = [read_share(one) for one in force.shares[:3]]
    officers = [force.officer(name) for name in EVERYBODY]
    with force.database.begin() as session:
        rings = [take_up_recovery(session, force.settings, shares), *officers]
        for row in rows:
            for by in rings:
                try:
                    key = by.keys.data_key(session, row.key_id)
                    found[row.table, row.id] = open_text(key, row.table, row.id, row.sealed)
                except (NoKeyError, NotFoundError, EnvelopeError):
                    continue
                break
    return found


def dispose(force: Force, report_id: UUID, told: Told = EARLY) -> None:
    by = force.officer("sam")
    with force.database.begin() as session:
        decide_report(session, report_id, told, by=by)
    with force.database.begin() as session:
        destroy_agreed(session, written(force), by=by)


def test_nothing_of_a_disposed_report_opens_after_it(force_on_both: Force) -> None:
    """Every row of a whole case as it was before, with every key of everybody after: not one word opens."""
    force = force_on_both
    other_id = report_with(force, attach(force, picture()), what="Another report altogether")
    case = work_whole_case(force)
    before = sealed_rows(force)
    opened_before = texts_that_open(force, before)
    with force.database.look() as session:
        report_key = session.get_one(ReportRow, case.report_id).data_key_id
        ties = {row.key_id for row in before if row.table in {"referrals", "referral_origins", "outcomes", "observed"}}
    dispose(force, case.report_id)
    opened_after = texts_that_open(force, before)
    gone = {row.table for row in before if (row.table, row.id) in opened_before} - {table for table, _ in opened_after}
    assert {"items", "gradings", "link_decisions", "drafts", "referrals", "referral_origins", "outcomes"} <= gone
    for row in before:
        if row.key_id == report_key or row.key_id in ties:
            assert (row.table, row.id) not in opened_after, row.table
    with force.database.look() as session:
        assert session.get(ReportRow, case.report_id) is None
        assert case_report(session, other_id, by=force.officer("tom")).first_words == "Another report altogether"
        files = session.scalars(select(FileRow.report_id)).all()
        assert set(files) == {other_id}
        assert {one.hex() for one in session.scalars(select(HeldPartRow.file_id).distinct())} == {
            one.hex() for one in session.scalars(select(FileRow.file_id))
        }
        # What the team saw was a report of its own, and stays.
        assert case_report(session, case.observed_id, by=force.officer("tom")).first_words


def test_every_table_is_known_to_hold_something_or_nothing() -> None:
    """A table added later fails here until somebody says how what it holds of a report goes with the report."""
    groups = (holding.BY_REPORT, holding.BY_ID, holding.BY_KEY, holding.BY_FILE, holding.OF_AN_ENTRY)
    named = [model.__tablename__ for group in groups for model in group]
    assert len(named) == len(set(named))
    assert not set(named) & set(holding.HOLDS_NOTHING)
    assert {*named, *holding.HOLDS_NOTHING} == set(CASE.tables)
    for model in holding.BY_REPORT:
        assert issubclass(model, SealedRow)
    by_report = {name for name, table in CASE.tables.items() if "report_id" in table.columns}
    assert by_report <= {model.__tablename__ for model in holding.BY_REPORT}


def cut_off_between_the_commits(force: Force) -> None:
    by = force.officer("sam")
    with force.database.begin() as session:
        destroy_agreed(session, written(force), by=by)
        session.keys.commit()
        raise RuntimeError("the power goes")


def test_a_crash_between_the_keys_and_the_rows_is_finished_by_whoever_comes_next(force: Force) -> None:
    case = work_whole_case(force)
    before = sealed_rows(force)
    by = force.officer("sam")
    with force.database.begin() as session:
        decide_report(session, case.report_id, EARLY, by=by)
    with pytest.raises(RuntimeError):
        cut_off_between_the_commits(force)
    with force.database.look() as session:
        assert session.get(ReportRow, case.report_id) is not None
        assert session.scalars(select(DisposalPartRow)).first() is not None
    with force.database.begin() as session:
        [done] = destroy_agreed(session, written(force), by=system_actor(session, force.settings))
        assert done == case.report_id
    opened = texts_that_open(force, before)
    assert not [one for one in opened if one[0] in {"referrals", "outcomes", "items", "drafts"}]
    with force.database.look() as session:
        assert session.scalars(select(DisposalPartRow)).first() is None


def test_what_is_not_due_takes_two_people(force: Force) -> None:
    report_id = report_at_desk(force)
    with force.database.begin() as session, pytest.raises(NotDueError, match="takes two people"):
        decide_report(session, report_id, REVIEWED, by=force.officer("sam"))
    with force.database.begin() as session, pytest.raises(NotDueError):
        decide_report(session, report_id, Told(Ground.EARLY), by=force.officer("sam"))


def old_and_read(force: Force) -> UUID:
    """A report that somebody read and closed, ninety-one days ago."""
    report_id = report_at_desk(force)
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=force.officer("tom"))
        close(session, report_id, reason="nothing to act on", by=force.officer("tom"))
    force.clock.forward(days=91)
    return report_id


def let_go(force: Force, report_id: UUID) -> None:
    with force.database.begin() as session:
        decide_alone(session, report_id, by=system_actor(session, force.settings))


def test_what_was_read_and_never_graded_goes_by_itself_when_its_period_is_over(force: Force) -> None:
    report_id = old_and_read(force)
    let_go(force, report_id)
    with force.database.begin() as session:
        assert destroy_agreed(session, written(force), by=system_actor(session, force.settings)) == (report_id,)


def test_nothing_goes_by_itself_before_its_period_is_over(force: Force) -> None:
    report_id = old_and_read(force)
    force.clock.forward(days=-2)
    with pytest.raises(NotDueError):
        let_go(force, report_id)


def test_nothing_goes_by_itself_that_nobody_read(force: Force) -> None:
    report_id = report_at_desk(force)
    force.clock.forward(days=400)
    with pytest.raises(NotDueError):
        let_go(force, report_id)


def test_nothing_goes_by_itself_that_was_just_reopened_linked_or_added_to(force: Force) -> None:
    """A reopening, a confirmed link and an addition each begin the period again."""
    receipt = force.send("Ottoline was seen by the gate")
    tom = force.officer("tom")
    report_id = _opened(force)
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=tom)
        close(session, report_id, reason="nothing to act on", by=tom)
        entry_id = add_entry(session, OTTOLINE, by=tom)
    for news in ("reopened", "linked", "added"):
        force.clock.forward(days=80)
        with force.database.begin() as session:
            if news == "reopened":
                reopen(session, report_id, reason="there is more", by=tom)
            elif news == "linked":
                confirm(session, report_id, entry_id, found=Found.SEARCHED, by=tom)
        if news == "added":
            _sign_keys(force)
            force.send("and again today", adds_to=receipt)
            _opened(force)
        with force.database.look() as session:
            assert session.get_one(ReportRow, report_id).retain_until == force.today + timedelta(days=90), news
        force.clock.forward(days=20)
        with pytest.raises(NotDueError):
            let_go(force, report_id)
        force.clock.forward(days=-20)


def test_news_between_the_decision_and_the_destruction_stops_it(force: Force) -> None:
    report_id = old_and_read(force)
    let_go(force, report_id)
    with force.database.begin() as session:
        reopen(session, report_id, reason="there is more", by=force.officer("tom"))
    with force.database.begin() as session:
        assert destroy_agreed(session, written(force), by=system_actor(session, force.settings)) == ()
    with force.database.look() as session:
        assert case_report(session, report_id, by=force.officer("tom")).first_words
        assert session.scalars(select(DisposalRow)).first() is None


def test_a_legal_hold_stops_every_disposal(force: Force) -> None:
    report_id = old_and_read(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        key_id = session.get_one(ReportRow, report_id).data_key_id
        hold = LegalHoldRow(id=UUID(int=7), report_id=report_id, set_by=tom.id, set_on=session.today)
        seal_row(session, hold, {"reason": "a trial", "reference": "T1"}, by=tom, key_id=key_id)
    with pytest.raises(HeldError):
        let_go(force, report_id)
    for told in (REVIEWED, EARLY):
        with force.database.begin() as session, pytest.raises(HeldError):
            decide_report(session, report_id, told, by=force.officer("sam"))


def test_quarantine_stops_it_even_when_it_comes_after_the_decision(force: Force) -> None:
    report_id = report_with(force, attach(force, picture()))
    sam = force.officer("sam")
    with force.database.begin() as session:
        decide_report(session, report_id, EARLY, by=sam)
    with force.database.look() as session:
        file_id = session.scalars(select(FileRow.id).where(FileRow.report_id == report_id)).one()
    put_in_quarantine(force.database, report_id, file_id, by=force.officer("tom"))
    with force.database.begin() as session:
        assert destroy_agreed(session, written(force), by=sam) == ()
    with force.database.begin() as session, pytest.raises(QuarantinedError):
        decide_report(session, report_id, EARLY, by=sam)


def test_a_referral_that_a_team_has_not_answered_waits_for_its_team(force: Force) -> None:
    case = work_whole_case(force)
    with force.database.begin() as session:
        row = session.get_one(ReportRow, case.report_id)
        row.retain_until, row.clock_from = session.today, session.today - timedelta(days=7 * 366)
        referral = session.scalars(select(holding.ReferralRow)).one()
        referral.state = "sent"
    with force.database.begin() as session, pytest.raises(OpenReferralError):
        decide_report(session, case.report_id, REVIEWED, by=force.officer("sam"))


def test_nothing_is_destroyed_where_the_list_beside_the_backups_cannot_be_written(force: Force) -> None:
    report_id = old_and_read(force)
    let_go(force, report_id)
    ids = written(force)
    ids.path.mkdir(parents=True)  # something is in the way
    with pytest.raises(BackupListError), force.database.begin() as session:
        destroy_agreed(session, ids, by=system_actor(session, force.settings))
    with force.database.look() as session:
        assert case_report(session, report_id, by=force.officer("tom")).first_words


def test_the_ids_of_destroyed_keys_are_written_down_beside_the_backups(force: Force) -> None:
    report_id = report_at_desk(force)
    written(force).begin()
    with force.database.look() as session:
        key_id = session.get_one(ReportRow, report_id).data_key_id
    dispose(force, report_id)
    assert key_id in written(force).read()
    assert written(force).path.stat().st_mode & 0o077 == 0


def test_a_certificate_waits_for_the_key_of_the_day_and_says_until_when_a_backup_opens_it(force: Force) -> None:
    report_id = report_at_desk(force)
    sam = force.officer("sam")
    dispose(force, report_id)
    with force.database.begin() as session:
        assert certify_destroyed(session, by=sam) == ()
    force.clock.forward(days=2)
    retire(force.database, force.settings, force.collection, force.publishing)
    with force.database.begin() as session:
        until = session.today + timedelta(days=7)
        session.add(BackupRow(id=UUID(int=9), kind="keys", made_on=session.today, opens_until=until, expired_on=None))
        session.flush()
        [certificate_id] = certify_destroyed(session, by=sam)
    with force.database.look() as session:
        row = session.get_one(DisposalRow, certificate_id)
        assert row.state == DisposalState.DONE
        assert row.opens_until == until
        assert is_genuine(row, sam.signing_key.verifying_key)
        file = as_file(Certificate.of(row), row.signature or b"", sam.signing_key.verifying_key.public_key).decode()
        assert f"open it until {until.isoformat()}" in file
        assert str(report_id) in file
        row.keys += 1
        assert not is_genuine(row, sam.signing_key.verifying_key)


def test_every_disposal_leaves_a_line_that_outlives_it(force: Force) -> None:
    report_id = report_at_desk(force)
    dispose(force, report_id)
    lines = [line for line in audit_lines(force) if line.get("subject") == str(report_id)]
    assert [line["act"] for line in lines][-2:] == ["retention reviewed", "disposed of, and its keys destroyed"]


def test_a_drop_that_nothing_opens_goes_after_ninety_days_and_no_other(force: Force) -> None:
    """Not one whose key may come back, not one for the other box, and none while a key of its day is alive."""
    came = force.today
    kinds = {Refusal.NO_KEY: True, Refusal.CHANGED: True, Refusal.KEY_MISSING: False, Refusal.ELSEWHERE: False}
    with force.database.begin() as session:
        for number, refusal in enumerate(kinds):
            drop_id = bytes([number]) * 16
            session.add(
                HeldDropRow(drop_id=drop_id, sealed=b"x", danger=False, received_on=came, refused=refusal.value)
            )
    force.clock.forward(days=89)
    assert run_disposals(force.database, force.settings).refused == 0
    force.clock.forward(days=1)
    with force.database.begin() as session:
        live = session.scalars(select(BoxRow).where(BoxRow.not_before <= came, BoxRow.not_after >= came)).one()
        assert live.state == BoxState.LIVE
    assert run_disposals(force.database, force.settings).refused == 0
    with force.database.begin() as session:
        session.get_one(BoxRow, live.id).state = BoxState.RETIRED
    assert run_disposals(force.database, force.settings).refused == 2
    with force.database.look() as session:
        left = {Refusal(one) for one in session.scalars(select(HeldDropRow.refused))}
    assert left == {one for one, goes in kinds.items() if not goes}
    assert [
        line["count"] for line in lines_of_the_system(force) if line.get("reason") == "drops that nothing opens"
    ] == [2]


@pytest.mark.parametrize("backend", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_where_the_table_of_keys_could_not_be_written_anew_it_is_said_aloud(
    force_on_both: Force, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL only warns a login that may not, and goes on as if it had."""
    force = force_on_both
    assert scrub(force.database)
    assert not caplog.messages
    role = f"not_the_owner_{uuid4().hex[:8]}"
    with force.database.keys.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        connection.exec_driver_sql(f"GRANT SELECT, DELETE ON wrapped_keys, intake_grants TO {role}")
    keys = open_engine(force.database.keys.url.set(username=role), journal=Journal.ROLLBACK)
    try:
        assert not scrub(Database(force.database.case, keys, force.clock))
        assert caplog.messages == ["disposal.keys.not_written_anew"]
    finally:
        keys.dispose()
        with force.database.keys.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {role}")
            connection.exec_driver_sql(f"DROP ROLE {role}")


def test_an_entry_of_the_register_goes_with_its_ties_and_what_was_decided_of_it(force: Force) -> None:
    case = work_whole_case(force)
    tom, sam = force.officer("tom"), force.officer("sam")
    before = sealed_rows(force)
    with force.database.begin() as session:
        archive_entry(session, case.person_id, version=1, reason="moved away", by=tom)
    with force.database.begin() as session, pytest.raises(NotDueError):
        decide_entry(session, case.person_id, REVIEWED, due=session.today + timedelta(days=1), by=sam)
    with force.database.begin() as session:
        decide_entry(session, case.person_id, REVIEWED, due=session.today, by=sam)
    with force.database.begin() as session:
        assert destroy_agreed(session, written(force), by=sam) == (case.person_id,)
    opened = texts_that_open(force, before)
    assert ("register_entries", case.person_id) not in opened
    assert ("register_ties", case.tie_id) not in opened
    assert ("register_entries", case.group_id) in opened
    now = texts_that_open(force, sealed_rows(force))
    assert not any(str(case.person_id).encode() in text for (table, _), text in now.items() if table != "operations")


def _opened(force: Force) -> UUID:
    return unsealed(force)[-1]


def _sign_keys(force: Force) -> None:
    with force.database.begin() as session:
        force.intake_keys = sign_intake_keys(session, by=force.officer("sam"))


def test_a_run_lets_go_what_may_go_and_is_resumed_where_it_was_stopped(force: Force) -> None:
    report_ids = [report_at_desk(force, f"Report number {number}") for number in range(4)]
    unread, *read = report_ids
    with force.database.begin() as session:
        for report_id in read:
            read_by_a_person(session, report_id, by=force.officer("tom"))
    force.clock.forward(days=91)
    stopped = run_disposals(force.database, force.settings, stopping=lambda: True)
    assert stopped.destroyed == 0
    with force.database.begin() as session:
        decide_alone(session, read[0], by=system_actor(session, force.settings))  # where a crash left it
    told: list[Progress] = []
    done = run_disposals(force.database, force.settings, tell=told.append)
    assert done.destroyed == 3
    assert told[-1].looked_at == told[-1].total
    with force.database.look() as session:
        assert list(session.scalars(select(ReportRow.id))) == [unread]
    assert run_disposals(force.database, force.settings).destroyed == 0
