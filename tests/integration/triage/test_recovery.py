"""Losing a passphrase loses no report: the shares of the recovery key bring everything back, and nobody alone does."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from envelope.shares import read_share
from envelope.vault import KdfCost, random_bytes, seal_to_passphrase
from tests.audit_lines import lines_of_the_system
from tests.compartments import make_compartment
from tests.force import Force, passphrase_of
from tests.sent_files import attach, picture, report_with
from triage.commands.recovering import recover
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.models import BoxRow, GrantRow, Purpose
from triage.keys.recovery import Split, WrongSharesError, cover, split_anew, uncovered
from triage.keys.service import BoxName, box_named, create_box, find_box, retire_box
from triage.officers.errors import SignInError
from triage.officers.founding import NewOfficer
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.recovering import enrol_again, give_back, give_box, take_up_recovery, unheld
from triage.officers.rules import Role
from triage.officers.safeguarding import name_lead
from triage.officers.service import add_team
from triage.officers.signing_in import sign_in, unlock_without_code

PASSPHRASE = "four kettles on a windowsill"


def lose_every_passphrase(force: Force) -> None:
    """Nobody's lock opens any more, whatever they type."""
    shut = seal_to_passphrase(random_bytes(32), random_bytes(16).hex(), KdfCost(memory_kib=64, iterations=1))
    with force.database.begin() as session:
        session.execute(update(OfficerRow).values(locked_seed=shut))


def recovered(force: Force, role: Role, *numbers: int) -> Officer:
    shares = [read_share(force.shares[number]) for number in numbers]
    with force.database.begin() as session:
        actor = take_up_recovery(session, force.settings, shares)
        enrol_again(session, force.settings, NewOfficer("Rae Holt", "rae", role, PASSPHRASE), by=actor)
    with force.database.begin() as session:
        return unlock_without_code(session, force.settings, "rae", PASSPHRASE)


def test_three_of_five_shares_bring_back_every_report(force_on_both: Force) -> None:
    """Everybody loses their passphrase; every report, in every compartment, and its files are read again."""
    force = force_on_both
    first = report_with(force, attach(force, picture()))
    second = report_with(force)
    make_compartment(force, for_name="tom")
    lose_every_passphrase(force)
    with force.database.begin() as session, pytest.raises(SignInError):
        sign_in(session, force.settings, sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"))
    rae = recovered(force, Role.SUPERVISOR, 4, 0, 2)
    with force.database.look() as session:
        found = [case_report(session, one, by=rae) for one in session.scalars(select(ReportRow.id))]
        assert {one.id for one in found} >= {first, second}
        assert all(one.first_words for one in found)
        apart = session.scalars(select(BoxRow).where(BoxRow.name == "apart")).one()
        assert rae.keys.holds(session, apart.id)


def test_the_log_names_the_shares_that_came_together(force: Force) -> None:
    recovered(force, Role.SUPERVISOR, 4, 0, 2)
    [line] = [line for line in lines_of_the_system(force) if line["act"] == "recovery key used"]
    assert line["reason"] == "shares 1, 3, 5"
    assert line["count"] == 3


def test_a_supervisor_brought_back_reads_no_audit_log_and_nothing_in_quarantine(force: Force) -> None:
    with force.database.begin() as session:
        name_lead(session, force.officer("tess").id, by=force.officer("sam"))
    rae = recovered(force, Role.SUPERVISOR, 0, 1, 2)
    with force.database.look() as session:
        for name in (BoxName.AUDIT, BoxName.SAFEGUARDING):
            with pytest.raises(NoKeyError):
                rae.keys.identity(session, box_named(session, name).id)


def test_an_auditor_brought_back_reads_the_log_and_no_report(force: Force) -> None:
    rae = recovered(force, Role.AUDITOR, 0, 1, 2)
    with force.database.look() as session:
        assert rae.keys.holds(session, box_named(session, BoxName.AUDIT).id)
        assert not rae.keys.holds(session, box_named(session, BoxName.DESK).id)


def test_two_shares_do_nothing_and_leave_nothing(force: Force) -> None:
    shares = [read_share(one) for one in force.shares[:2]]
    with pytest.raises(WrongSharesError, match="too few"), force.database.begin() as session:
        take_up_recovery(session, force.settings, shares)
    assert not [line for line in lines_of_the_system(force) if line["act"] == "recovery key used"]


def test_no_box_is_left_out_and_none_that_is_made_later(force: Force) -> None:
    """Whatever kind of box is made for people to hold, the recovery key opens it; officers' own it never does."""
    sam = force.officer("sam")
    with force.database.begin() as session:
        name_lead(session, force.officer("tess").id, by=sam)
        add_team(session, name="Northgate", area="Northgate ward", by=sam)
        for purpose in set(Purpose) - {Purpose.INTAKE, Purpose.RECOVERY, Purpose.OFFICER, Purpose.COUNTER_CORRUPTION}:
            create_box(session, purpose, name=f"a {purpose}")
    make_compartment(force, for_name="tom")
    with force.database.begin() as session:
        assert uncovered(session) == ()
        actor = take_up_recovery(session, force.settings, [read_share(one) for one in force.shares[:3]])
        held = actor.keys.held(session)
        for box in session.scalars(select(BoxRow).where(BoxRow.state == "live")):
            opens = box.purpose not in {Purpose.OFFICER, Purpose.INTAKE}
            assert (box.id in held) is opens, (box.purpose, box.name)
        for day in session.scalars(select(BoxRow.id).where(BoxRow.purpose == Purpose.INTAKE)):
            actor.keys.identity(session, day)


def test_a_force_founded_earlier_gets_a_recovery_key_from_whoever_holds_what(force: Force) -> None:
    sam, iris = force.officer("sam"), force.officer("iris")
    with force.database.begin() as session:
        before = box_named(session, BoxName.RECOVERY).id
        retire_box(session, before)
    with force.database.begin() as session:
        assert find_box(session, BoxName.RECOVERY) is None
        split_anew(session, Split(3, 2), by=sam)
        assert [one.name for one in uncovered(session)] == ["audit"]
    with force.database.begin() as session:
        assert cover(session, by=iris) == 1
        assert uncovered(session) == ()


def test_shares_from_before_a_new_split_open_nothing(force: Force) -> None:
    with force.database.begin() as session:
        split_anew(session, Split(5, 3), by=force.officer("sam"))
    with force.database.begin() as session:
        old = session.scalars(select(BoxRow).where(BoxRow.name == "recovery", BoxRow.state == "retired")).one()
        assert session.scalars(select(GrantRow).where(GrantRow.to_box_id == old.id)).all() == []
        with pytest.raises(WrongSharesError, match="before the last split"):
            take_up_recovery(session, force.settings, [read_share(one) for one in force.shares[:3]])


def test_somebody_who_still_signs_in_gets_back_what_their_role_lacks_and_a_box_by_name(force: Force) -> None:
    with force.database.begin() as session:
        name_lead(session, force.officer("tess").id, by=force.officer("sam"))
        safeguarding = box_named(session, BoxName.SAFEGUARDING).id
        retire_tess = update(OfficerRow).where(OfficerRow.id == force.officer("tess").id).values(state="left")
        session.execute(retire_tess)
    with force.database.begin() as session:
        assert [one.name for one in unheld(session)] == ["safeguarding"]
        actor = take_up_recovery(session, force.settings, [read_share(one) for one in force.shares[1:4]])
        give_back(session, force.settings, "tom", by=actor)
        give_box(session, force.settings, "tom", safeguarding, by=actor)
    with force.database.look() as session:
        assert unheld(session) == ()
        assert force.officer("tom").keys.holds(session, safeguarding)


def test_the_command_says_which_share_was_mistyped_and_goes_on(
    force: Force, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As people do it: a slip in the second share, the first one typed twice, and then a new supervisor."""
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(force.settings.instance))
    wrong = force.shares[1].split()
    wrong[4] = "wrongly"
    typed = [force.shares[0], " ".join(wrong), force.shares[0], force.shares[1], force.shares[2]]
    answers = [*typed, "Rae Holt", "rae", PASSPHRASE, PASSPHRASE]
    result = CliRunner().invoke(recover, input="\n".join(answers) + "\n", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "Word 5 is “wrongly”" in result.output
    assert "is here already" in result.output
    assert "make a new split" in result.output
    assert not any(share in result.output for share in force.shares)
    with force.database.begin() as session:
        rae = unlock_without_code(session, force.settings, "rae", PASSPHRASE)
        assert rae.keys.holds(session, box_named(session, BoxName.DESK).id)


def test_the_shares_stand_in_no_byte_of_any_disk(force: Force) -> None:
    force.database.dispose()
    for path in force.settings.instance.rglob("*"):
        if path.is_file():
            found = path.read_bytes()
            for share in force.shares:
                assert share.encode() not in found
                assert json.dumps(share.split()).encode() not in found
