"""Bringing a backup back brings nothing back that was destroyed since, and promises no more than is true afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from envelope.signing import VerifyingKey
from tests.databases import NewDatabase
from tests.desk_work import collected, report_at_desk, unsealed
from tests.force import Force, passphrase_of
from tests.integration.triage.test_backup import bring, dispose, elsewhere, opened_over, recovery
from tests.supervisors import NAME, PASSPHRASE, second_supervisor
from tests.today import wait_for_a_day_that_lasts
from triage.backup.agreeing import Agreeing
from triage.backup.errors import NotAgreedError, RestoreReasonError
from triage.backup.making import make_backup
from triage.backup.restoring import restore
from triage.commands.backup import bring_back
from triage.disposal.certifying import opens_until
from triage.intake.models import HeldDropRow, ReportRow
from triage.intake.reports import case_report
from triage.intake.retiring import retire
from triage.intake.unsealing import unseal_waiting
from triage.keys.models import BoxRow, BoxState, IntakeGrantRow, Purpose, WrappedKeyRow
from triage.officers.models import OfficerRow
from triage.operations.models import OperationRow
from triage.operations.reading import operations
from triage.operations.rules import Operation, OperationState

SAM = Agreeing("sam", passphrase_of("sam"))
ROSA = Agreeing(NAME, PASSPHRASE)
SAM_AND_ROSA = (SAM, ROSA)


@pytest.mark.parametrize(
    "people",
    [
        None,
        (SAM, SAM),
        (SAM, replace(ROSA, passphrase="another altogether")),
        (SAM, Agreeing("tom", passphrase_of("tom"))),
        (SAM, Agreeing("ada", passphrase_of("ada"))),
        (Agreeing("tom", passphrase_of("tom")), SAM),
        (SAM, Agreeing("nobody", PASSPHRASE)),
    ],
    ids=[
        "nobody",
        "one person",
        "wrong passphrase",
        "officer",
        "administrator approves",
        "officer proposes",
        "unknown",
    ],
)
def test_where_the_cases_stand_two_people_agree_or_nothing_is_brought_back(
    force: Force, new_sqlite_database: NewDatabase, people: tuple[Agreeing, Agreeing] | None
) -> None:
    second_supervisor(force)
    made = make_backup(force.database, force.settings)
    settings = replace(force.settings, keys_url=new_sqlite_database("again_keys"))
    with pytest.raises(NotAgreedError, match="Nothing was changed"):
        restore(settings, recovery(force), cases=None, keys=made.keys, reason="The disk broke", people=people)
    with opened_over(force, settings) as database, database.look() as session:
        assert session.keys.scalars(select(WrappedKeyRow.key_id)).first() is None
    with pytest.raises(RestoreReasonError):
        restore(settings, recovery(force), cases=None, keys=made.keys, reason=" ", people=SAM_AND_ROSA)


@pytest.mark.parametrize("first", ["sam", "ada"])
def test_what_two_people_agreed_to_stands_signed_among_the_operations(
    force_on_both: Force, new_database: NewDatabase, first: str
) -> None:
    """A supervisor or an administrator proposes, a supervisor approves, and auditors read who did."""
    force = force_on_both
    rosa = second_supervisor(force)
    made = make_backup(force.database, force.settings)
    settings = replace(force.settings, keys_url=new_database("again_keys"))
    people = (Agreeing(first, passphrase_of(first)), ROSA)
    restore(settings, recovery(force), cases=None, keys=made.keys, reason="The disk broke", people=people)
    with opened_over(force, settings) as database, database.look() as session:
        [found] = operations(session, by=force.officer("iris"))
        row = session.get_one(OperationRow, found.proposal.id)
        approver = session.get_one(OfficerRow, rosa.id)
        VerifyingKey(approver.verifying_key).verify(found.proposal.approved_bytes(), row.approval_signature or b"")
    assert found.proposal.operation is Operation.RESTORE
    assert found.proposal.reason == "The disk broke"
    assert found.proposal.proposed_by == force.officer(first).id
    assert (found.state, found.decided_by) == (OperationState.CARRIED_OUT, "Rosa Thorne")


def test_the_command_asks_both_for_their_passphrase_and_then_for_the_shares(
    force: Force, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    second_supervisor(force)
    made = make_backup(force.database, force.settings)
    lines = ["sam", passphrase_of("sam"), NAME, PASSPHRASE, *force.shares[:3]]
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(force.settings.instance))
    monkeypatch.setenv("QUIETWORD_KEYS_URL", f"sqlite:///{tmp_path / 'keys.sqlite'}")
    arguments = ["--keys", str(made.keys), "--reason", "The disk broke"]
    brought = CliRunner().invoke(bring_back, arguments, input="\n".join(lines) + "\n", catch_exceptions=False)
    assert brought.exit_code == 0, brought.output
    assert "The keys are those of" in brought.output


def test_a_drop_whose_report_was_erased_since_is_not_opened_again(
    force_on_both: Force, new_database: NewDatabase, tmp_path: Path
) -> None:
    """The backup holds it as it came, and the key of its day is there too: nobody may take it out a second time."""
    force = force_on_both
    force.send("This one is erased")
    force.send("This one stays")
    collected(force)
    made = make_backup(force.database, force.settings)
    opened = unsealed(force)
    with force.database.look() as session:
        said = {case_report(session, one, by=force.officer("tom")).first_words: one for one in opened}
    dispose(force, said["This one is erased"])
    settings = elsewhere(force, new_database, tmp_path / "again")
    bring(force, settings, made)
    tom = force.officer("tom")
    with opened_over(force, settings) as database, database.begin() as session:
        again = unseal_waiting(session, by=tom, limit=10).opened
        assert [case_report(session, one, by=tom).first_words for one in again] == ["This one stays"]


def test_the_seed_of_a_retired_day_does_not_come_back_where_the_cases_stand(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path
) -> None:
    report_at_desk(force)
    made = make_backup(force.database, force.settings)
    force.clock.forward(days=3)
    second_supervisor(force)
    retired = set(retire(force.database, force.settings, force.collection, force.publishing).box_ids)
    assert retired
    settings = replace(force.settings, keys_url=new_sqlite_database("again_keys"))
    restore(settings, recovery(force), cases=None, keys=made.keys, reason="The disk broke", people=SAM_AND_ROSA)
    with opened_over(force, settings) as database, database.look() as session:
        there = set(session.keys.scalars(select(IntakeGrantRow.box_id)))
        live = select(BoxRow.id).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.state == BoxState.LIVE)
        assert not there & retired
        assert there == set(session.scalars(live))
        assert session.scalars(select(ReportRow.id)).all()


def test_a_certificate_after_a_restore_counts_the_backups_made_since(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path
) -> None:
    """The cases that come back know nothing of a backup made after them, which opens for a week from now at most."""
    wait_for_a_day_that_lasts()
    made = make_backup(force.database, force.settings)
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    bring(force, settings, made)
    now = datetime.now(UTC).date()  # as whoever runs the command has it
    assert now > force.today
    with opened_over(force, settings) as database, database.look() as session:
        assert opens_until(session) == now + timedelta(days=7)


def test_nothing_waits_twice_after_a_restore(force: Force, new_sqlite_database: NewDatabase, tmp_path: Path) -> None:
    """A drop of a report that nobody erased is there once: sealed, or opened, as the backup has it."""
    report_at_desk(force)
    made = make_backup(force.database, force.settings)
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    bring(force, settings, made)
    with opened_over(force, settings) as database, database.look() as session:
        assert session.scalars(select(HeldDropRow.drop_id)).all() == []
        assert len(session.scalars(select(ReportRow.id)).all()) == 1
