"""Promise 13: what leaves for a team holds nothing that points back to you, and two people agreed that it does not.

Not covered here, because no program can: a sentence that two officers agreed to and that only the teller could have
known. What is shown is that nothing leaves but what they agreed to.
"""

from collections.abc import Callable
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.canaries import found_in_bytes
from tests.desk_work import SAFE, a_referral, agreed, drafted, report_at_desk
from tests.force import Force, client_for
from tests.whole_case import WholeCase, work_whole_case
from triage.errors import TriageError
from triage.grading.rules import Grade
from triage.intake.models import ReportRow
from triage.intake.reports import report_row
from triage.keys.records import open_row
from triage.outcome.models import OutcomeRow
from triage.referral.models import ReferralRow
from triage.referral.rules import ReferralError
from triage.referral.service import open_referral, refer
from triage.sanitising.draft import DraftText
from triage.sanitising.rules import Knowers, SanitisingError, digest_of
from triage.sanitising.service import (
    approve_draft,
    drafts_of,
    findings_of,
    return_draft,
    save_draft,
    submit_draft,
    take_back,
)

# What the two officers agreed to; "the sanitised text" and the conditions and requests that stand beside it.
AGREED = {"the sanitised text", "instructions", "usage", "a request", "risk notes", "a do-not"}
THE_TEAMS_OWN = {"an outcome's words", "the referral's number"}


@pytest.fixture
def case(force: Force) -> WholeCase:
    return work_whole_case(force)


def words_that_must_not_leave(case: WholeCase) -> dict[str, str]:
    ordinary = {"Eastgate", "Sam Underhill", "Nell Farrow"}  # the team, who referred, and who reads
    return {
        carrier: word
        for carrier, word in case.canaries.planted.items()
        if carrier not in AGREED | THE_TEAMS_OWN | ordinary
    }


def test_what_leaves_holds_nothing_that_points_back_to_you(force: Force, case: WholeCase) -> None:
    """Every byte of every page of the team, and every body the team's key opens: only what was agreed."""
    with force.database.look() as session:
        report = session.get(ReportRow, case.report_id)
        assert report is not None
        ids = [case.report_id, case.draft_id, case.person_id, case.group_id, case.observed_id, report.data_key_id]
    nell = client_for(force, "nell")
    seen = []
    for path in ("/referrals", f"/referrals/{case.referral_id}", f"/referrals/{case.referral_id}/outcome"):
        nell.page(path)
        seen.append(nell.response.data + str(nell.response.headers).encode())
    officer = force.officer("nell")
    with force.database.look() as session:
        for table in (ReferralRow, OutcomeRow):
            rows = session.scalars(select(table)).all()
            seen.extend(repr(open_row(session, row, by=officer)).encode() for row in rows)
    everything = b"\n".join(seen)
    assert found_in_bytes(everything, [case.canaries.planted["the sanitised text"]])
    assert found_in_bytes(everything, words_that_must_not_leave(case).values()) == []
    for one in ids:
        assert found_in_bytes(everything, [str(one), one.hex]) == []


def test_the_day_of_the_report_does_not_leave(force: Force) -> None:
    """The team sees when it was referred and when to answer, and not when somebody spoke."""
    report_id = report_at_desk(force)
    with force.database.look() as session:
        received = report_row(session, report_id).received_on
    force.clock.forward(days=9)
    draft_id = agreed(force, report_id)
    force.clock.forward(days=2)
    tess = force.officer("tess")
    with force.database.begin() as session:
        referral_id = refer(session, draft_id, a_referral(force), by=tess)
    nell = client_for(force, "nell")
    nell.page(f"/referrals/{referral_id}")
    dates = [f"{received:%-d %B %Y}", f"{received:%-d %B}", received.isoformat(), f"{received:%d/%m/%Y}"]
    assert not any(one in nell.response.text for one in dates)


def test_why_it_was_graded_so_and_what_bears_it_out_does_not_leave(force: Force) -> None:
    """A grade's rationale, risk, basis and corroborating item are provenance: the team gets codes and conditions."""
    report_id = report_at_desk(force)
    bearing_out = uuid4()
    grade = Grade(
        corroborated_by=bearing_out,
        rationale="because the cousin said so",
        basis="the neighbour's own eyes",
        risk="they live next door",
        source_reason="he has lied before",
    )
    draft_id = agreed(force, report_id, DraftText(SAFE.text, grade, Knowers.MANY, harmless_names=("Cousin Vera",)))
    tess, nell = force.officer("tess"), force.officer("nell")
    with force.database.begin() as session:
        referral_id = refer(session, draft_id, a_referral(force), by=tess)
        row = session.get(ReferralRow, referral_id)
        assert row is not None
        leaves = repr(open_row(session, row, by=nell)) + repr(open_referral(session, referral_id, by=nell))
    secret = [str(bearing_out), grade.rationale, grade.basis, grade.risk, grade.source_reason, "Cousin Vera"]
    assert found_in_bytes(leaves.encode(), secret) == []


def _acts(force: Force, report_id: UUID, name: str) -> dict[str, Callable[[], None]]:
    """Everything one person can do with a text, each with whatever draft there is then."""
    officer = force.officer(name)

    def newest() -> UUID:
        with force.database.look() as session:
            found = drafts_of(session, report_id, by=officer)
        return found[0].id if found else uuid4()

    def save() -> None:
        with force.database.begin() as session:
            save_draft(session, report_id, SAFE, by=officer)

    def submit() -> None:
        with force.database.begin() as session:
            read = digest_of(findings_of(session, SAFE, report_id, by=officer))
            submit_draft(session, newest_id, by=officer, warnings_read=read)

    newest_id = uuid4()

    def with_newest(act: Callable[[], None]) -> Callable[[], None]:
        def done() -> None:
            nonlocal newest_id
            newest_id = newest()
            act()

        return done

    def approve() -> None:
        with force.database.begin() as session:
            approve_draft(session, newest_id, by=officer, override_reason="it must go")

    def send_back() -> None:
        with force.database.begin() as session:
            return_draft(session, newest_id, note="again", by=officer)

    def back() -> None:
        with force.database.begin() as session:
            take_back(session, newest_id, by=officer)

    def out() -> None:
        with force.database.begin() as session:
            refer(session, newest_id, a_referral(force), by=officer)

    acts = {"save": save, "submit": submit, "approve": approve, "send back": send_back, "take back": back, "refer": out}
    return {called: with_newest(act) for called, act in acts.items()}


@pytest.mark.parametrize("name", ["tom", "sam"])
def test_one_person_alone_cannot_get_a_text_out(force: Force, name: str) -> None:
    """A triage officer and a supervisor try every order of every act, straight at the services: nothing ever leaves."""
    report_id = report_at_desk(force)
    acts = _acts(force, report_id, name)
    done: set[str] = set()
    # Nothing can be done before there is a text, and whatever was done before, letting go is tried at the end.
    for order in permutations(set(acts) - {"save"}, 3):
        for called in ("save", *order, "approve", "refer"):
            try:
                acts[called]()
            except TriageError:
                continue
            done.add(called)
    assert done == {"save", "submit", "take back"}
    with force.database.look() as session:
        assert session.scalar(select(func.count()).select_from(ReferralRow)) == 0


def test_a_text_changed_after_it_was_agreed_does_not_leave_unread(force: Force) -> None:
    """Who drafted cannot put other words under an agreement: what leaves is what was agreed, or it is agreed anew."""
    report_id = report_at_desk(force)
    tom, tess = force.officer("tom"), force.officer("tess")
    draft_id = agreed(force, report_id)
    other = DraftText("Vera at number 7 says he deals.", SAFE.grade, Knowers.MANY)
    with force.database.begin() as session:
        second = save_draft(session, report_id, other, by=tom)
    assert second != draft_id
    with force.database.begin() as session, pytest.raises(ReferralError):
        refer(session, second, a_referral(force), by=tess)
    with force.database.begin() as session:
        referral_id = refer(session, draft_id, a_referral(force), by=tess)
        assert open_referral(session, referral_id, by=tess).text == SAFE.text


def test_the_second_officer_agrees_to_what_they_read_and_to_nothing_else(force: Force) -> None:
    """The text was changed while the second officer had it on the screen: their agreement does not count for it."""
    report_id = report_at_desk(force)
    tom, tess = force.officer("tom"), force.officer("tess")
    draft_id = drafted(force, report_id)
    with force.database.begin() as session:
        seen = drafts_of(session, report_id, by=tess)[0].seen
        take_back(session, draft_id, by=tom)
    drafted(force, report_id, DraftText("Vera at number 7 says so.", SAFE.grade, Knowers.MANY))
    with force.database.begin() as session, pytest.raises(TriageError):
        approve_draft(session, draft_id, by=tess, seen=seen)


def test_what_five_people_or_fewer_could_have_known_does_not_leave_by_two_officers_alone(force: Force) -> None:
    """The fact itself would name the teller: only a supervisor lets it go, and says why."""
    report_id = report_at_desk(force)
    few = DraftText(SAFE.text, SAFE.grade, Knowers.FEW)
    draft_id = drafted(force, report_id, few)
    tess, sam = force.officer("tess"), force.officer("sam")
    for officer, reason in ((tess, "because"), (sam, "")):
        with force.database.begin() as session, pytest.raises(SanitisingError):
            approve_draft(session, draft_id, by=officer, override_reason=reason)
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=sam, override_reason="A child is in danger tonight")
