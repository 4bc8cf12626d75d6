"""An officer who is suspended while they sit at the desk: with their cookie, their page, their passphrase and code, and
then with a copy of the databases. What they got stands in docs/threats.md, beside the names of these tests.
"""

from pathlib import Path
from uuid import UUID

from tests.attackers.pages import THE_DESK_SEES, pages_of, shown_to
from tests.attackers.running import Visitor, a_while_ago, comes_in, officers_program
from tests.desk_work import collected, report_at_desk
from tests.force import SEE_OTHER, Force
from tests.whole_case import work_whole_case
from triage.errors import NoKeyError
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting
from triage.keys.service import desk_id, revoke
from triage.officers.people import leave, suspend
from triage.officers.service import officer_box

OK = 200


def test_a_suspended_officer_is_out_with_the_next_request(force_on_both: Force, tmp_path: Path) -> None:
    """The page they have open, its token, their cookie and a new sign-in: each is answered as to a stranger."""
    force = force_on_both
    a_while_ago(force)
    case = work_whole_case(force)
    tom_id = force.officer("tom").id
    with officers_program(force, tmp_path / "running") as service:
        ada, tom = force.officer("ada"), comes_in(force, service, "tom")
        assert shown_to(tom, case) >= THE_DESK_SEES, "the control"
        token, cookies = tom.token(), dict(tom.cookies)
        with force.database.begin() as session:
            suspend(session, tom_id, reason="under investigation", by=ada)
        for path in pages_of(case):
            tom.cookies = dict(cookies)
            answer = tom.get(path)
            assert (answer.status, answer.headers["Location"].partition("?")[0]) == (SEE_OTHER, "/sign-in")
        tom.cookies = dict(cookies)
        closing = {"reason": "as if nothing were", "close": "Close report"}
        assert "You have been signed out" in tom.post(f"/reports/{case.report_id}/close", closing, token=token).text
        assert shown_to(tom, case) == set()
        told = Visitor(service).sign_in(force, "tom")
        stranger = Visitor(service).sign_in(force, "tom", passphrase="no words of anybody")
        assert (told.status, stranger.status) == (OK, OK)
        assert _sentence(told.text) == _sentence(stranger.text), "suspended and mistaken are told the same"


def test_a_suspended_officer_with_the_databases_opens_what_their_keys_open(force: Force) -> None:
    """Suspending takes nothing away from the keys, so that they can come back: past the program, they hold them."""
    report_id = report_at_desk(force, "before they were suspended")
    tom, ada = force.officer("tom"), force.officer("ada")
    with force.database.begin() as session:
        suspend(session, tom.id, reason="under investigation", by=ada)
    later = _reported_to_tess(force, "after they were suspended")
    assert _opens(force, report_id)
    assert _opens(force, later)


def test_an_officer_who_left_opens_nothing_of_the_databases_of_after(force: Force) -> None:
    """Leaving destroys the grants: his seed, which he may have copied, leads nowhere."""
    report_id = report_at_desk(force, "before he left")
    assert _opens(force, report_id), "the control"
    tom, ada = force.officer("tom"), force.officer("ada")
    with force.database.begin() as session:
        leave(session, tom.id, by=ada)
    later = _reported_to_tess(force, "after he left")
    assert not _opens(force, report_id)
    assert not _opens(force, later)


def test_a_key_that_is_taken_away_opens_nothing_of_the_databases_of_after(force: Force) -> None:
    report_id = report_at_desk(force, "before it was taken")
    tom, sam = force.officer("tom"), force.officer("sam")
    with force.database.begin() as session:
        revoke(session, desk_id(session), officer_box(session, tom.id).id, by=sam)
    later = _reported_to_tess(force, "after it was taken")
    assert not _opens(force, report_id)
    assert not _opens(force, later)


def _opens(force: Force, report_id: UUID) -> bool:
    """Whether Tom reads it past every page and guard, by a key ring of nothing but his own seed."""
    with force.database.look() as session:
        try:
            return bool(case_report(session, report_id, by=force.officer("tom")).answers)
        except NoKeyError:
            return False


def _reported_to_tess(force: Force, what: str) -> UUID:
    """A report that Tess takes out of its envelope."""
    force.send(what)
    collected(force)
    with force.database.begin() as session:
        return unseal_waiting(session, by=force.officer("tess"), limit=500).opened[-1]


def _sentence(page: str) -> str:
    """What the sign-in page says went wrong."""
    start = page.index("govuk-error-summary")
    return page[start : page.index("</ul>", start)]
