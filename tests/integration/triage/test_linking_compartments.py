"""What is kept with a report is read by all who read it, and so holds nothing of a register that they may not open."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.compartments import OTTOLINE, make_compartment
from tests.desk_work import report_at_desk
from tests.force import Force
from triage.database import CaseSession
from triage.keys.records import open_row
from triage.keys.service import desk_id
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.findings import findings_of
from triage.linking.origins.looking_back import go_on_looking, start_look
from triage.linking.service import ELSEWHERE, confirm, confirm_nobody, decisions_of, reject, suggestions_for
from triage.officers.officer import Officer
from triage.register.importing import import_register
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
WHAT = "Ottoline Vandersloot and Big Tony sell pills by the arch. White Golf, the plate ends XRT."


@pytest.fixture
def apart(force: Force) -> UUID:
    """Tess holds a compartment beside the desk; Tom holds the desk alone."""
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return make_compartment(force, for_name="tess")


def ottoline(session: CaseSession, apart: UUID, by: Officer) -> UUID:
    return unlock_register(session, apart, by=by).by_reference[OTTOLINE.reference.casefold()]


def bodies(session: CaseSession, by: Officer) -> str:
    """Every decision as it was sealed."""
    return "".join(str(open_row(session, row, by=by)) for row in session.query(LinkDecisionRow))


def test_a_decision_about_an_entry_of_another_compartment_keeps_no_word_of_it(force: Force, apart: UUID) -> None:
    tess, report_id = force.officer("tess"), report_at_desk(force, WHAT)
    with force.database.begin() as session:
        her, desk = ottoline(session, apart, tess), unlock_register(session, desk_id(session), by=tess)
        tony = desk.by_reference["n-0001"]
        assert {her, tony} <= {one.entry_id for one in suggestions_for(session, report_id, by=tess)}
        confirm(session, report_id, her, by=tess)
        confirm(session, report_id, tony, by=tess)
    tom = force.officer("tom")
    with force.database.look() as session:
        of_her, of_him = decisions_of(session, report_id, by=force.officer("tess"))
        assert decisions_of(session, report_id, by=tom) == (of_him,), "nobody without the key is told of a wall"
        assert (of_her.name, of_her.reasons, of_her.against, of_her.runner_up) == (ELSEWHERE, (), (), "")
        assert (of_her.posterior, of_her.strength) == (None, None)
        assert of_him.name == desk.entries[tony].entry.shown_name
        assert of_him.reasons
        assert her not in {one.entry_id for one in of_him.suggested}
        assert tony in {one.entry_id for one in of_him.suggested}
        assert OTTOLINE.surname not in bodies(session, tom)


def test_rejecting_it_and_saying_that_nobody_is_meant_keep_no_word_of_it_either(force: Force, apart: UUID) -> None:
    tess, report_id = force.officer("tess"), report_at_desk(force, WHAT)
    with force.database.begin() as session:
        reject(session, report_id, ottoline(session, apart, tess), by=tess)
        confirm_nobody(session, report_id, by=tess)
        assert OTTOLINE.surname not in bodies(session, tess)


def test_looking_back_finds_nobody_of_another_compartment(force: Force, apart: UUID) -> None:
    tess, report_id = force.officer("tess"), report_at_desk(force, WHAT)
    with force.database.begin() as session:
        her = ottoline(session, apart, tess)
        look = start_look(session, by=tess)
    assert look is not None
    go_on_looking(force.database, look.id, by=tess, stop=lambda stand: not stand.is_running)
    with force.database.look() as session:
        found = findings_of(session, [report_id], by=force.officer("tom"))[report_id]
    assert found
    assert her not in {one.entry_id for one in found}
