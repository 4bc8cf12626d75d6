"""Which reports are linked is read once for each decision; what is decided or taken back since is heeded at once."""

from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force
from tests.integration.triage.test_search_pages import look, reports
from triage.intake.models import ReportRow
from triage.keys.records import destroy_data_key
from triage.keys.service import desk_id
from triage.linking.service import Found, confirm, reject, take_back
from triage.register.entries import Person
from triage.register.service import add_entry
from triage.search import held
from triage.search.held import bring_up_to_date, held_reports
from triage.search.linked import linked_reports
from triage.search.narrowing import Linked, Narrowing

YES, NO = Narrowing(linked=Linked.YES), Narrowing(linked=Linked.NO)


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    held.HELD.wipe()


@pytest.fixture
def told(force: Force) -> dict[str, UUID]:
    """Two reports about one person."""
    ids = {name: report_at_desk(force, f"Tony Marlow sells pills by the {name}.") for name in ("arches", "canal")}
    with force.database.begin() as session:
        ids["person"] = add_entry(session, Person("", "Marlow", "Anthony"), by=force.officer("tom"))
    return ids


def test_a_link_confirmed_or_taken_back_is_seen_by_the_next_search(force: Force, told: dict[str, UUID]) -> None:
    tom = force.officer("tom")
    assert reports(look(force, "marlow", YES)) == []
    with force.database.begin() as session:
        confirm(session, told["arches"], told["person"], found=Found.SEARCHED, by=tom)
        reject(session, told["canal"], told["person"], by=tom)
    assert reports(look(force, "marlow", YES)) == [told["arches"]]
    assert reports(look(force, "marlow", NO)) == [told["canal"]]
    with force.database.begin() as session:
        take_back(session, told["arches"], told["person"], by=tom)
    assert reports(look(force, "marlow", YES)) == []


def test_a_decision_is_opened_once_and_a_report_that_is_gone_leaves_nothing(
    force: Force, told: dict[str, UUID]
) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        confirm(session, told["arches"], told["person"], found=Found.SEARCHED, by=tom)
    look(force, "marlow", YES)
    with force.database.look() as session:
        kept = held_reports(session, desk_id(session), by=tom)
    read = kept.links[told["arches"]]
    look(force, "marlow", YES)
    assert kept.links[told["arches"]] is read
    with force.database.begin() as session:
        report = session.get_one(ReportRow, told["arches"])
        destroy_data_key(session, report.data_key_id, by=tom)
        session.delete(report)
    with force.database.look() as session:
        bring_up_to_date(session, kept, by=tom)
        assert linked_reports(session, desk_id(session), kept.links, among=kept.days, by=tom) == frozenset()
    assert kept.links == {}
