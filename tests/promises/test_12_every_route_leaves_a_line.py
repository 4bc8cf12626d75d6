"""Promise 12, route by route: whatever shows or changes what is known of people leaves a line of the right kind."""

import re
from collections.abc import Iterator

import pytest

from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.whole_case import WholeCase, work_whole_case
from triage.audit.acts import Act
from triage.audit.section62 import Processing, processing_of
from triage.intake.models import FileRow
from triage.officers.guard import PUBLIC, guard_of
from triage.officers.rules import PERMISSIONS, Permission, Role

LOOKS = {Processing.CONSULTATION, Processing.COMBINATION, Processing.DISCLOSURE}
# What shows nothing of anybody reported on: the routes of one's own account, of officers, keys and the machine.
NOTHING_OF_ANYBODY = (
    "officers.",
    "passkeys.",
    "authenticator.",
    "people.",
    "keys.",
    "recovery.",
    "operations.",
    "compartments.",
    "conflicts.",
    "static",
)
# Each of these shows no record, and why.
SHOWS_NO_RECORD = {
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


def addresses(force: Force, case: WholeCase) -> Iterator[tuple[str, str, Permission]]:
    """Every page that is got, with the ids of the whole case in the place of its arguments."""
    with force.database.look() as session:
        file_id = session.query(FileRow.id).limit(1).scalar()
    ids = {
        "report_id": case.report_id,
        "entry_id": case.person_id,
        "draft_id": case.draft_id,
        "referral_id": case.referral_id,
        "file_id": file_id,
        "tie_id": case.tie_id,
        "officer_id": force.officer("tom").id,
        "subject_id": case.report_id,
        "number": 1,
    }
    app = force.shared_app()
    for rule in app.url_map.iter_rules():
        guard = guard_of(app, rule.endpoint)
        if "GET" not in (rule.methods or ()) or guard == PUBLIC or not isinstance(guard, Permission):
            continue
        if rule.endpoint.startswith(NOTHING_OF_ANYBODY) or rule.endpoint in SHOWS_NO_RECORD:
            continue
        if rule.arguments <= ids.keys():
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found.group(1)]), rule.rule)
            yield rule.endpoint, path, guard


def test_every_page_that_shows_a_record_leaves_a_line_before_it_is_shown(force: Force, case: WholeCase) -> None:
    people = {Role.SUPERVISOR: "sam", Role.TRIAGE_OFFICER: "tess", Role.NEIGHBOURHOOD: "nell", Role.AUDITOR: "iris"}
    clients = {role: client_for(force, name) for role, name in people.items()}
    silent, tried = [], 0
    for endpoint, path, guard in addresses(force, case):
        role = next(one for one in people if guard in PERMISSIONS[one])
        client = clients[role]
        before = len(audit_lines(force))
        answer = client.client.get(path, base_url=client.base_url)
        if answer.status_code == 303 and "/why" in answer.headers["Location"]:
            client.page(path)
            answer = client.response
        if answer.status_code != 200:
            continue
        tried += 1
        kinds = {processing_of(Act(str(line["act"]))) for line in audit_lines(force)[before:]}
        if not kinds & LOOKS:
            silent.append(endpoint)
    assert silent == []
    assert tried > 15


def test_no_word_of_a_report_and_nobodys_name_is_in_any_line(force: Force, case: WholeCase) -> None:
    """Entries hold ids, never content: of everything typed in a whole case, only the reason for closing is there."""
    told = "\n".join(str(line) for line in audit_lines(force))
    reasons = {case.canaries.planted["why it was closed"]}
    found = {name for name, word in case.canaries.planted.items() if word in told and word not in reasons}
    assert found == set()
