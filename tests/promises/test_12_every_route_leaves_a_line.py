"""Promise 12, route by route: whatever shows or changes what is known of people leaves a line of the right kind."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest

from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.quarantine_work import file_in, named, shut
from tests.sent_files import attach, picture, report_with
from tests.supervisors import second_supervisor
from tests.whole_case import WholeCase, work_whole_case
from triage.audit.acts import Act
from triage.audit.reading import Wanted
from triage.audit.section62 import Processing, processing_of
from triage.compartments.conflicts import declare_conflict
from triage.officers.guard import PUBLIC, guard_of
from triage.officers.rules import PERMISSIONS, Permission, Role
from triage.oversight.sampling import draw
from triage.search.keeping import begin_search

LOOKS = {Processing.CONSULTATION, Processing.COMBINATION, Processing.DISCLOSURE}
PEOPLE = {Role.SUPERVISOR: "sam", Role.TRIAGE_OFFICER: "tess", Role.NEIGHBOURHOOD: "nell", Role.AUDITOR: "iris"}
OWN = "one’s own account"
OFFICERS = "officers and their keys, who are not reported on"
BY_IDS = "an operation, by ids and the reason that its proposer gave"
# Every page that is not asked for a line, and why: a page that is neither here nor leaves a line fails.
SHOWS_NO_RECORD = {
    "officers.home": "leads to the queue",
    "officers.enrol_oneself": OWN,
    "officers.account": OWN,
    "passkeys.browse": OWN,
    "passkeys.add_options": OWN,
    "passkeys.prove_options": OWN,
    "passkeys.begin_adding": OWN,
    "passkeys.rename": OWN,
    "passkeys.remove": OWN,
    "authenticator.begin": OWN,
    "people.browse": OFFICERS,
    "people.show": OFFICERS,
    "people.add": OFFICERS,
    "people.manage_teams": OFFICERS,
    "recovery.begin": OFFICERS,
    "keys.browse": OFFICERS,
    "keys.grants_list": OFFICERS,
    "operations.browse": BY_IDS,
    "operations.show": BY_IDS,
    "compartments.browse": "names of compartments, who holds them and how many entries are in each",
    "compartments.show": "the name of one, who holds it and how many entries are in it",
    "compartments.release": BY_IDS,
    "conflicts.declare": "an empty form",
    "conflicts.declared": "that it is done, and not about whom",
    "conflicts.record": "an empty form",
    "conflicts.lift": BY_IDS,
    "files.shown": "nothing without the ticket that an opening gave, which left its line",
    "files.content": "nothing without the ticket that an opening gave, which left its line",
    "exporting.carry_out": "an operation, its days and whose key; the export is a post, with a line for each text",
    "bell.show": "how many reports wait, and no word of one",
    "intake.refused": "how many drops could not be opened",
    "register.import_lists": "a form for a file",
    "register.import_progress": "how many rows were taken in",
    "register.import_errors": "row numbers and what is wrong with the columns",
    "register.add_group": "an empty form",
    "search.begin": "an empty form, and one's own kept searches",
    "search.keep": "one's own search, to name it",
    "search.export_results": "a form: the export itself is a post and leaves a line",
    "origins.look_back": "how far a pass over earlier reports has come",
    "disposal.periods": "periods by law",
    "exporting.begin": "a form that proposes an export, and no record",
    "disposal.change": "a period by law",
    "disposal.certificates": "dates of what is gone",
    "disposal.certificate": "that something is gone",
    "disposal.certificate_file": "that something is gone",
    "disposal.erase": "an operation, by ids",
    "disposal.review": "dates and the period of one report, and no word of it",
    "quarantine.browse": "who looks after the quarantine; its list, for who holds its key, leaves a line of its own",
    "alerts.honey": "ids that auditors chose themselves",
    "samples.browse": "seeds and counts",
    "oversight.print_checkpoint": "a hash of everything and nothing of anybody",
    "why.ask": "a form, before anything of the case is shown",
}


@pytest.fixture
def case(force: Force) -> WholeCase:
    return work_whole_case(force)


def ids_of(force: Force, case: WholeCase) -> Mapping[str, UUID | int]:
    """What stands in the place of a page's arguments: one thing of each kind that any page of a record is asked of."""
    tess, iris, sam, rosa = *(force.officer(name) for name in ("tess", "iris", "sam")), second_supervisor(force)
    with force.database.begin() as session:
        search_id = begin_search(session, "a van", by=tess)
        seed = draw(session, Wanted(), by=iris)
    declared = declare_conflict(force.database, rosa.id, "12 Weir Lane", reason="Lives there", by=sam)
    return {
        "report_id": case.report_id,
        "other_id": case.observed_id,
        "entry_id": case.person_id,
        "draft_id": case.draft_id,
        "referral_id": case.referral_id,
        "file_id": file_in(force, case.report_id).id,
        "tie_id": case.tie_id,
        "officer_id": force.officer("tom").id,
        "subject_id": case.report_id,
        "search_id": search_id,
        "seed": seed,
        "conflict_id": declared.conflict_id,
        "number": 1,
    }


def in_quarantine(force: Force) -> Mapping[str, UUID | int]:
    """A report one file of which is in quarantine."""
    report_id = report_with(force, attach(force, picture()), what="A picture of it.")
    named(force, "sam")
    return {"report_id": report_id, "file_id": shut(force, report_id)}


def pages(force: Force) -> Iterator[tuple[str, str, Permission]]:
    """Every page that is got by somebody who is signed in: its endpoint, its rule and who may."""
    app = force.shared_app()
    for rule in app.url_map.iter_rules():
        guard = guard_of(app, rule.endpoint)
        if "GET" in (rule.methods or ()) and guard != PUBLIC and isinstance(guard, Permission):
            yield rule.endpoint, rule.rule, guard


def test_every_page_that_shows_a_record_leaves_a_line_before_it_is_shown(force: Force, case: WholeCase) -> None:
    """Each page there is was shown and left its line, or stands above by name with the reason; none is passed over."""
    ids = ids_of(force, case)
    shut_away = in_quarantine(force)
    clients = {role: client_for(force, name) for role, name in PEOPLE.items()}
    silent, not_shown = [], []
    for endpoint, rule, guard in pages(force):
        if endpoint in SHOWS_NO_RECORD:
            continue
        of = {**ids, **shut_away} if endpoint == "quarantine.decide" else ids
        role = next(one for one in PEOPLE if guard in PERMISSIONS[one])
        client = clients[Role.TRIAGE_OFFICER if "search_id" in rule else role]
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found, of=of: str(of[found.group(1)]), rule)
        before = len(audit_lines(force))
        answer = client.client.get(path, base_url=client.base_url)
        if answer.status_code == 303 and "/why" in answer.headers["Location"]:
            client.page(path)
            answer = client.response
        if answer.status_code != 200:
            not_shown.append(f"{endpoint} answered {answer.status_code}")
        if not {processing_of(Act(str(line["act"]))) for line in audit_lines(force)[before:]} & LOOKS:
            silent.append(endpoint)
    assert not_shown == []
    assert silent == []


def test_what_is_said_to_show_no_record_is_there_and_has_a_reason(force: Force) -> None:
    assert set(SHOWS_NO_RECORD) - {endpoint for endpoint, _, _ in pages(force)} == set()
    assert all(SHOWS_NO_RECORD.values())


def test_without_the_ticket_of_an_opening_nothing_of_a_file_is_shown(force: Force, case: WholeCase) -> None:
    """What `files.shown` and `files.content` above rest on."""
    tess = client_for(force, "tess")
    path = f"/reports/{case.report_id}/files/{file_in(force, case.report_id).id}"
    tess.page(path)
    for name in ("shown", "content"):
        answer = tess.client.get(f"{path}/{name}", base_url=tess.base_url)
        assert (answer.status_code, answer.headers["Location"]) == (303, path)


def test_no_word_of_a_report_and_nobodys_name_is_in_any_line(force: Force, case: WholeCase) -> None:
    """Entries hold ids, never content: of everything typed in a whole case, only the reason for closing is there."""
    told = "\n".join(str(line) for line in audit_lines(force))
    reasons = {case.canaries.planted["why it was closed"]}
    found = {name for name, word in case.canaries.planted.items() if word in told and word not in reasons}
    assert found == set()
