"""Quarantine by key: what an officer suspects is out of the desk's reach, and comes back by two steps alone."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from tests.audit_lines import audit_lines
from tests.desk_work import CONDITIONAL, agreed, drafted, referred, report_at_desk, unsealed
from tests.force import Clock, Force, open_databases
from tests.quarantine_work import DESK, file_in, named, opens, released, shut
from tests.sent_files import attach, picture, report_with
from tests.whole_case import copy_of_every_disk
from triage.audit.acts import Act
from triage.errors import NoKeyError
from triage.grading.service import grade_item
from triage.intake.errors import QuarantinedError, QuarantineStepError, ReasonMissingError
from triage.intake.files import FileState
from triage.intake.models import FileRow
from triage.intake.quarantine import (
    UNTIL_RELEASED,
    ask_release,
    quarantine,
    refuse_release,
    release,
)
from triage.intake.reports import report_row
from triage.intake.retiring import retire
from triage.intake.shut_files import require_not_quarantined, shut_files
from triage.keys.models import WrappedKeyRow
from triage.officers.safeguarding import is_lead
from triage.sanitising.service import submit_draft


def wrapped_keys(force: Force) -> dict[UUID, bytes]:
    with force.database.look() as session:
        return {row.key_id: row.wrapped for row in session.keys.scalars(select(WrappedKeyRow))}


def test_a_file_opens_with_the_desks_key_and_with_no_other(force_on_both: Force) -> None:
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    assert opens(force_on_both, report_id) == set(DESK)


def test_in_quarantine_only_a_lead_opens_it(force_on_both: Force) -> None:
    named(force_on_both, "tess")
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    shut(force_on_both, report_id)
    assert opens(force_on_both, report_id) == {"tess"}
    with force_on_both.database.look() as session:
        assert [one.report_id for one in shut_files(session, by=force_on_both.officer("tess"))] == [report_id]
        assert shut_files(session, by=force_on_both.officer("tom")) == ()


def test_whoever_kept_the_case_database_of_before_opens_it_no_more_with_the_keys_of_now(
    force: Force, tmp_path: Path
) -> None:
    """Tom keeps yesterday's case database, and has all of today's: the key is gone from the keys database."""
    named(force, "tess")
    report_id = report_with(force, attach(force, picture()))
    force.dispose()
    before = copy_of_every_disk(force, tmp_path / "before")
    kept = set(wrapped_keys(force).values())
    shut(force, report_id)
    after = copy_of_every_disk(force, tmp_path / "after")
    gone = kept - set(wrapped_keys(force).values())
    assert len(gone) == 1
    assert gone.pop() not in (after / "keys.sqlite").read_bytes()
    shutil.copy(after / "keys.sqlite", before / "keys.sqlite")
    urls = {f"{name}_url": make_url(f"sqlite:///{before / name}.sqlite") for name in ("drop", "case", "keys")}
    database, drop = open_databases(replace(force.settings, instance=before, **urls), Clock(force.clock.now))
    assert opens(force, report_id, database=database) == set()
    database.dispose()
    drop.dispose()


def test_a_crash_between_sealing_anew_and_destroying_loses_nothing_and_leaves_nothing_open(
    force_on_both: Force,
) -> None:
    named(force_on_both, "tess")
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    tom, file_id = force_on_both.officer("tom"), file_in(force_on_both, report_id).id
    before = wrapped_keys(force_on_both)
    with force_on_both.database.begin() as session:
        quarantine(session, report_id, file_id, by=tom)
    assert opens(force_on_both, report_id) == {"tess"}
    assert before.keys() <= wrapped_keys(force_on_both).keys()
    retire(force_on_both.database, force_on_both.settings, force_on_both.collection, force_on_both.publishing)
    assert len(before.keys() - wrapped_keys(force_on_both).keys()) == 1
    assert opens(force_on_both, report_id) == {"tess"}


def test_a_failed_commit_leaves_the_file_as_it_was(force_on_both: Force) -> None:
    named(force_on_both, "tess")
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    tom, file_id = force_on_both.officer("tom"), file_in(force_on_both, report_id).id
    with force_on_both.database.begin() as session:
        quarantine(session, report_id, file_id, by=tom)
        session.flush()
        session.keys.commit()  # the keys database kept its half, and then the power went
        session.rollback()
    assert opens(force_on_both, report_id) == set(DESK)


def test_an_edited_report_that_was_sent_again_does_not_keep_it_open(force_on_both: Force) -> None:
    """Both reports name the same file, each with a copy of its key: both copies go."""
    named(force_on_both, "tess")
    reference = attach(force_on_both, picture())
    force_on_both.send("first", files=(reference,))
    force_on_both.send("edited", files=(reference,))
    first, second = unsealed(force_on_both)
    shut(force_on_both, first)
    assert opens(force_on_both, second) == {"tess"}
    with force_on_both.database.look() as session:
        for report_id in (first, second):
            with pytest.raises(QuarantinedError):
                require_not_quarantined(session, report_id)
    with force_on_both.database.begin() as session:
        ask_release(
            session, second, file_in(force_on_both, second).id, reason="a cat", by=force_on_both.officer("tess")
        )
    with force_on_both.database.begin() as session:
        release(session, second, file_in(force_on_both, second).id, by=force_on_both.officer("tess"))
    assert opens(force_on_both, first) == opens(force_on_both, second) == set(DESK)


def test_a_report_that_is_opened_later_and_names_the_same_file_does_not_bring_it_back(force_on_both: Force) -> None:
    """The sender went back, changed a word and sent again; the second report was opened after the button."""
    named(force_on_both, "tess")
    part = attach(force_on_both, picture())
    first = report_with(force_on_both, part)
    file_id = shut(force_on_both, first)
    second = report_with(force_on_both, part, what="Look at the red van in this picture.")
    assert opens(force_on_both, second) == {"tess"}
    with force_on_both.database.look() as session:
        assert len(shut_files(session, by=force_on_both.officer("tess"))) == 2
        assert report_row(session, second).retain_until == UNTIL_RELEASED
        with pytest.raises(QuarantinedError):
            require_not_quarantined(session, second)
    released(force_on_both, first, file_id)
    assert opens(force_on_both, second) == set(DESK)
    with force_on_both.database.look() as session:
        assert report_row(session, second).retain_until != UNTIL_RELEASED


def test_while_nobody_leads_the_supervisors_hold_it_and_hand_it_over_to_the_first_lead(force_on_both: Force) -> None:
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    shut(force_on_both, report_id)
    assert opens(force_on_both, report_id) == {"sam"}
    named(force_on_both, "tess")
    assert opens(force_on_both, report_id) == {"tess"}
    with force_on_both.database.look() as session:
        assert is_lead(session, by=force_on_both.officer("tess"))
        assert not is_lead(session, by=force_on_both.officer("sam")), "who names a lead holds no key of theirs"
    assert Act.FILES_HANDED_OVER in {line["act"] for line in audit_lines(force_on_both)}


def test_a_file_put_there_twice_is_there_once(force: Force) -> None:
    named(force, "tess")
    report_id = report_with(force, attach(force, picture()))
    shut(force, report_id)
    shut(force, report_id)
    shut(force, report_id, by="sam")
    assert len([line for line in audit_lines(force) if line["act"] == Act.FILE_QUARANTINED]) == 1


def test_no_text_of_its_report_is_written_and_it_is_not_referred_and_not_disposed_of(force: Force) -> None:
    named(force, "tess")
    reference = attach(force, picture())
    force.send("He comes round the back every night.", files=(reference,))
    [report_id] = unsealed(force)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, CONDITIONAL, by=force.officer("tom"))
        until = report_row(session, report_id).retain_until
    draft_id = agreed(force, report_id)
    begun = drafted(force, report_id, forward=False)
    file_id = shut(force, report_id)
    with pytest.raises(QuarantinedError):
        referred(force, draft_id)
    with pytest.raises(QuarantinedError):
        drafted(force, report_id, forward=False)
    with force.database.begin() as session, pytest.raises(QuarantinedError):
        submit_draft(session, begun, by=force.officer("tom"))
    with force.database.look() as session:
        assert report_row(session, report_id).retain_until == UNTIL_RELEASED
    released(force, report_id, file_id)
    with force.database.look() as session:
        assert report_row(session, report_id).retain_until == until
    assert referred(force, draft_id)


def test_it_is_released_in_two_steps_with_a_reason_and_each_leaves_a_line(force_on_both: Force) -> None:
    named(force_on_both, "tess")
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    file_id, tess = shut(force_on_both, report_id), force_on_both.officer("tess")
    with force_on_both.database.begin() as session:
        with pytest.raises(QuarantineStepError):
            release(session, report_id, file_id, by=tess)
        with pytest.raises(ReasonMissingError):
            ask_release(session, report_id, file_id, reason=" ", by=tess)
        ask_release(session, report_id, file_id, reason="it shows a doll", by=tess)
    assert opens(force_on_both, report_id) == {"tess"}
    with force_on_both.database.begin() as session:
        [listed] = shut_files(session, by=tess)
        assert (listed.asked_because, listed.asked_by_name) == ("it shows a doll", "Tess Marlow")
        release(session, report_id, file_id, by=tess)
    assert opens(force_on_both, report_id) == set(DESK)
    assert file_in(force_on_both, report_id).state is FileState.KEPT
    done = [(line["act"], line.get("reason")) for line in audit_lines(force_on_both, tess.id)]
    assert (Act.FILE_RELEASE_ASKED, "it shows a doll") in done
    assert (Act.FILE_RELEASED, "it shows a doll") in done


def test_with_a_second_lead_whoever_asks_does_not_also_agree(force: Force) -> None:
    named(force, "tess")
    named(force, "sam", by="tess")
    report_id = report_with(force, attach(force, picture()))
    file_id, tess, sam = shut(force, report_id), force.officer("tess"), force.officer("sam")
    with force.database.begin() as session:
        ask_release(session, report_id, file_id, reason="it shows a doll", by=tess)
    with force.database.begin() as session, pytest.raises(QuarantineStepError):
        release(session, report_id, file_id, by=tess)
    with force.database.begin() as session:
        refuse_release(session, report_id, file_id, reason="look at the corner", by=sam)
    assert opens(force, report_id) == {"tess", "sam"}
    with force.database.begin() as session:
        ask_release(session, report_id, file_id, reason="I asked a specialist", by=tess)
        release(session, report_id, file_id, by=sam)
    assert opens(force, report_id) == set(DESK)


@pytest.mark.parametrize("name", ["tom", "sam", "nell", "ada", "iris"])
def test_nobody_but_a_lead_takes_a_file_out(force: Force, name: str) -> None:
    named(force, "tess")
    report_id = report_with(force, attach(force, picture()))
    file_id, officer = shut(force, report_id), force.officer(name)
    with force.database.begin() as session:
        with pytest.raises(NoKeyError):
            ask_release(session, report_id, file_id, reason="give it back", by=officer)
        session.rollback()
    with force.database.begin() as session:
        ask_release(session, report_id, file_id, reason="it shows a doll", by=force.officer("tess"))
    with force.database.begin() as session:
        with pytest.raises(NoKeyError):
            release(session, report_id, file_id, by=officer)
        session.rollback()


def test_a_report_without_files_is_in_no_quarantine(force: Force) -> None:
    report_id = report_at_desk(force)
    with force.database.look() as session:
        require_not_quarantined(session, report_id)
        assert session.scalars(select(FileRow)).all() == []
