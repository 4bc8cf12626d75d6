"""Promise 12: every look is recorded with its reason, and the record outlives what it is about; nobody edits it unseen.

Not covered here: cutting the log's end off by whoever holds the system key and the database, which only a checkpoint
kept elsewhere shows (it is shown here), and reading the disk without our program.
"""

from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.exc import DatabaseError

from tests.audit_lines import Line, audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.quarantine_work import named, released
from tests.whole_case import WholeCase, work_whole_case
from triage.audit.acts import Act
from triage.audit.models import AuditCheckpointRow, AuditLeafRow
from triage.audit.service import record
from triage.intake.files import files_of
from triage.intake.models import ReportRow
from triage.intake.quarantine import put_in_quarantine
from triage.intake.reports import reopen
from triage.keys.records import destroy_data_key
from triage.officers.witness import checkpoint, verify_audit_log


@pytest.fixture
def case(force: Force) -> WholeCase:
    return work_whole_case(force)


def lines_about(force: Force, subject: UUID) -> list[Line]:
    return [line for line in audit_lines(force) if line.get("subject") == str(subject)]


def pages_of(case: WholeCase) -> dict[str, tuple[str, UUID]]:
    """Each page of an officer of the desk that shows something of a report, a person or a referral."""
    report = f"/reports/{case.report_id}"
    return {
        report: (Act.OPENED, case.report_id),
        f"{report}/items": (Act.OPENED, case.report_id),
        f"{report}/items/1/grade": (Act.OPENED, case.report_id),
        f"{report}/links": (Act.LINK_SUGGESTED, case.report_id),
        f"{report}/sanitise": (Act.OPENED, case.report_id),
        f"/sanitised/{case.draft_id}": (Act.OPENED, case.report_id),
        f"/sanitised/{case.draft_id}/refer": (Act.OPENED, case.report_id),
        f"/register/{case.person_id}": (Act.REGISTER_READ, case.person_id),
        f"/referrals/{case.referral_id}": (Act.REFERRAL_OPENED, case.referral_id),
    }


def test_every_look_is_recorded_with_its_reason(force: Force, case: WholeCase) -> None:
    """Tess walks the case file: each page that shows something of it leaves at least one line, in her name."""
    tess = client_for(force, "tess")
    tess_id = force.officer("tess").id
    unrecorded = []
    for path, (act, subject) in pages_of(case).items():
        before = len(audit_lines(force, tess_id))
        tess.page(path)
        new = audit_lines(force, tess_id)[before:]
        told = [line for line in new if line.get("subject") == str(subject)]
        if act not in {line["act"] for line in told}:
            unrecorded.append((path, [line["act"] for line in new]))
        assert all("T" in str(line["at"]) for line in new), "an officer's line has the time"
    assert unrecorded == []


def test_one_look_at_a_report_is_one_line(force: Force, case: WholeCase) -> None:
    """The page of a report also suggests links: that is part of the same look, and drowns no act that matters."""
    with force.database.begin() as session:
        reopen(session, case.report_id, by=force.officer("tess"), reason="one more question")
    tess, tess_id = client_for(force, "tess"), force.officer("tess").id
    before = len(audit_lines(force, tess_id))
    tess.page(f"/reports/{case.report_id}")
    tess.page(f"/reports/{case.report_id}")
    assert [line["act"] for line in audit_lines(force, tess_id)[before:]] == [Act.REASON_GIVEN, Act.OPENED, Act.OPENED]


def test_a_look_by_a_form_that_is_refused_is_recorded_too(force: Force, case: WholeCase) -> None:
    """A form sent back with its errors shows the same words again, so sending nothing is no way round the record."""
    tess, tess_id = client_for(force, "tess"), force.officer("tess").id
    for path in (f"/reports/{case.report_id}/items/1/grade", f"/sanitised/{case.draft_id}/refer"):
        tess.page(path)
        token = tess.root.find(".//input[@name='csrf_token']")
        assert token is not None
        before = len(audit_lines(force, tess_id))
        tess.post(path, {"csrf_token": token.get("value")})
        assert Act.OPENED in {line["act"] for line in audit_lines(force, tess_id)[before:]}, path


def test_lists_are_recorded_too(force: Force, case: WholeCase) -> None:
    """The queue, the register, the referrals and the log itself: whoever browses leaves a line."""
    for name, path, act in (
        ("tom", "/reports", Act.QUEUE_READ),
        ("tom", "/register?kind=person", Act.REGISTER_READ),
        ("tom", "/register/people/new", Act.REGISTER_READ),
        ("tom", "/sanitised", Act.QUEUE_READ),
        ("tom", "/referrals/sent", Act.QUEUE_READ),
        ("nell", "/referrals", Act.QUEUE_READ),
        ("iris", "/audit", Act.AUDIT_READ),
    ):
        person, officer = client_for(force, name), force.officer(name)
        before = audit_lines(force, officer.id)
        assert Act.SIGNED_IN in {line["act"] for line in before}
        person.page(path)
        assert act in {line["act"] for line in audit_lines(force, officer.id)[len(before) :]}, path


def test_every_opening_of_a_file_is_recorded_before_a_byte_of_it_is_shown(force: Force, case: WholeCase) -> None:
    """Asking for its address without having given a reason shows nothing; with one, the line is there first."""
    with force.database.look() as session:
        [file] = files_of(session, case.report_id, by=force.officer("tess"))
    tess, path = client_for(force, "tess"), f"/reports/{case.report_id}/files/{file.id}"
    word = case.canaries.planted["a picture"]
    for part in ("/content", "/shown"):
        tess.page(path + part)
        tess.sees("Why do you open it?")
        tess.does_not_see(word)
    assert lines_about(force, file.id) == []
    tess.page(path)
    tess.submit(reason="to see the van", button="Show it, blurred at first")
    [line] = lines_about(force, file.id)
    assert (line["act"], line["reason"]) == (Act.FILE_OPENED, "to see the van")
    [image] = tess.root.findall(".//main//img")
    shown = tess.client.get(image.get("src", ""), base_url=tess.base_url)
    assert shown.text == word


def test_whoever_puts_a_file_in_quarantine_or_lets_it_out_is_in_the_record(force: Force, case: WholeCase) -> None:
    """The button, the request and the release: each line names who, which file and why."""
    with force.database.look() as session:
        [file] = files_of(session, case.report_id, by=force.officer("tess"))
    named(force, "tess")
    put_in_quarantine(force.database, case.report_id, file.id, by=force.officer("tom"))
    released(force, case.report_id, file.id)
    told = [(line["act"], line.get("reason")) for line in lines_about(force, file.id)]
    assert told == [
        (Act.FILE_QUARANTINED, "suspected indecent image of a child"),
        (Act.FILE_RELEASE_ASKED, "it shows a doll"),
        (Act.FILE_RELEASED, "it shows a doll"),
    ]


def test_a_look_that_was_refused_shows_nothing(force: Force, case: WholeCase) -> None:
    """Another team's officer asks for a referral: no page, no line that says it was opened, and a log that holds."""
    owen = client_for(force, "owen")
    owen.page(f"/referrals/{case.referral_id}", status=404)
    owen.does_not_see(case.canaries.planted["the sanitised text"])
    assert not [line for line in audit_lines(force, force.officer("owen").id) if line["act"] == Act.REFERRAL_OPENED]
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).holds


def test_the_record_outlives_what_it_is_about(force: Force, case: WholeCase) -> None:
    """The report's key and row are destroyed; who looked at it, when and why is still there and still holds."""
    before = lines_about(force, case.report_id)
    assert len(before) >= 4
    tom = force.officer("tom")
    with force.database.begin() as session:
        row = session.get(ReportRow, case.report_id)
        assert row is not None
        destroy_data_key(session, row.data_key_id, by=tom)
        session.delete(row)
        record(session, Act.DELETED, case.report_id, by=tom, reason="past its day")
    after = lines_about(force, case.report_id)
    assert after[:-1] == before
    assert after[-1]["act"] == Act.DELETED
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).holds


REFUSED = (
    "UPDATE audit_head SET size = size - 1",
    "UPDATE audit_leaves SET signature = signature",
    "UPDATE audit_keys SET sealed = sealed",
    "UPDATE audit_checkpoints SET root = root",
    "DELETE FROM audit_leaves",
    "DELETE FROM audit_keys",
    "DELETE FROM audit_checkpoints",
)


def test_the_database_refuses_to_change_or_remove_a_line(force_on_both: Force) -> None:
    """On both databases, whoever is connected: the log only grows, and cannot be wound back to before an act."""
    report_at_desk(force_on_both)
    with force_on_both.database.begin() as session:
        checkpoint(session, force_on_both.settings)
    statements = [*REFUSED]
    if force_on_both.database.case.dialect.name == "postgresql":
        statements += ["TRUNCATE audit_leaves", "TRUNCATE audit_keys", "TRUNCATE audit_checkpoints"]
    for statement in statements:
        with pytest.raises(DatabaseError, match="only grows"):
            _execute(force_on_both.database.case, statement)


EDITS = {
    "another act": (
        "UPDATE audit_leaves SET sealed = (SELECT sealed FROM audit_leaves WHERE sequence = 1) WHERE sequence = 3",
    ),
    "another person": ("UPDATE audit_leaves SET signer_id = (SELECT min(id) FROM officers) WHERE sequence = 3",),
    "another day": ("UPDATE audit_leaves SET recorded_on = '2020-01-01' WHERE sequence = 3",),
    "the key it is read by": ("UPDATE audit_keys SET sealed = (SELECT min(sealed) FROM audit_keys)",),
    "one removed": ("DELETE FROM audit_leaves WHERE sequence = 3",),
    "the last removed": ("DELETE FROM audit_leaves WHERE sequence = (SELECT max(sequence) FROM audit_leaves)",),
    "two exchanged": (
        "UPDATE audit_leaves SET sequence = 1000002 WHERE sequence = 2",
        "UPDATE audit_leaves SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit_leaves SET sequence = 3 WHERE sequence = 1000002",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_nobody_can_edit_it_unseen(force: Force, edit: str) -> None:
    """An administrator of the database drops the triggers and edits: `quietword audit verify` says so."""
    report_at_desk(force)
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).holds
    _drop_the_triggers(force.database.case)
    for statement in EDITS[edit]:
        _execute(force.database.case, statement)
    with force.database.look() as session:
        found = verify_audit_log(session, force.settings)
    assert not found.holds
    assert found.problems


def test_even_the_end_cannot_be_cut_off_behind_a_checkpoint_kept_elsewhere(force: Force) -> None:
    """Lines, head and checkpoints cut back together hold among themselves, and not against a copy."""
    report_at_desk(force)
    with force.database.begin() as session:
        kept = checkpoint(session, force.settings)
    report_at_desk(force)
    with force.database.begin() as session:
        later = checkpoint(session, force.settings)
    assert later.size > kept.size
    _drop_the_triggers(force.database.case)
    with force.database.begin() as session:
        session.execute(delete(AuditLeafRow).where(AuditLeafRow.sequence >= kept.size))
        session.execute(delete(AuditCheckpointRow).where(AuditCheckpointRow.size > kept.size))
    with force.database.look() as session:
        assert not verify_audit_log(session, force.settings, copies=[later]).holds


def test_every_act_carries_the_hand_of_who_did_it(force: Force, case: WholeCase) -> None:
    """What the whole case did is in the log: each step by the officer who did it, with a reason where one is asked."""
    by_name = {name: force.officer(name).id for name in ("tom", "tess", "sam", "nell")}
    done = {name: {str(line["act"]) for line in audit_lines(force, officer_id)} for name, officer_id in by_name.items()}
    assert done["tom"] >= {
        Act.UNSEALED,
        Act.OPENED,
        Act.REGISTER_CHANGED,
        Act.GRADED,
        Act.LINK_CONFIRMED,
        Act.DRAFTED,
        Act.SUBMITTED,
        Act.CLOSED,
    }
    assert done["tess"] >= {Act.RETURNED, Act.APPROVED, Act.REPORT_WRITTEN}
    assert done["sam"] >= {Act.REFERRED}
    assert done["nell"] >= {Act.REFERRAL_OPENED, Act.ACKNOWLEDGED, Act.OUTCOME_RECORDED}
    [closing] = [line for line in audit_lines(force) if line["act"] == Act.CLOSED]
    assert closing["reason"] == case.canaries.planted["why it was closed"]


def _execute(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def _drop_the_triggers(engine: Engine) -> None:
    with engine.begin() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        assert names
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
    with engine.connect() as connection:
        assert connection.scalar(select(AuditLeafRow.sequence).limit(1)) is not None
