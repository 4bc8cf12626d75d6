"""Where what was decided unseen bears it out, the nearest is shown of reports in which the program suggests nobody."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.learning_desk import FORCE_DAY, entries, has, held_report, hold, imported
from triage.keys.records import open_row
from triage.linking.learning.keeping import SHIPPED, gather, in_force, learn, put_back
from triage.linking.learning.outcomes import Learnt, Nearest, Outcome, Settled
from triage.linking.matching import Strength
from triage.linking.models import LinkDecisionRow
from triage.linking.service import Found, confirm, confirm_nobody, reject, suggestions_beside


@pytest.fixture
def millbrook(force: Force) -> Iterator[Force]:
    yield imported(force)
    hold(force, 0)


@pytest.fixture
def tony(millbrook: Force) -> UUID:
    return entries(millbrook)["n-0001"]


def borne_out() -> Learnt:
    """200 reports about nobody, none of them shown anybody; as many about somebody, eight of whom nothing suggested."""
    quiet = [Settled(uuid4(), False, False, FORCE_DAY, Nearest(False)) for _ in range(200)]
    near = [Settled(uuid4(), True, True, FORCE_DAY, Nearest(False, 0.5, True)) for _ in range(8)]
    some = [Outcome(uuid4(), uuid4(), "person", Strength.FAIR, 0.7, True, True, FORCE_DAY) for _ in range(20)]
    found = [Settled(uuid4(), True, False, FORCE_DAY, Nearest(True)) for _ in range(192)]
    return Learnt(tuple(some), (*quiet, *near, *found))


def test_the_nearest_is_shown_once_it_is_learnt_and_not_when_it_is_put_back(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(millbrook, 0)
    has(monkeypatch, near=((tony, 0.5),))
    report_id, sam = report_at_desk(millbrook, "Ask about him"), millbrook.officer("sam")
    with millbrook.database.begin() as session:
        assert suggestions_beside(session, report_id, by=sam) == ()
        learn(session, borne_out(), by=sam)
        (shown,) = suggestions_beside(session, report_id, by=sam)
        reject(session, report_id, tony, by=sam)
        (outcome,) = gather(session, by=sam).shown
    assert shown.entry_id == tony
    assert (outcome.entry_id, outcome.right, outcome.posterior) == (tony, False, 0.5)
    page = client_for(millbrook, "sam")
    page.page("/learning")
    page.sees("shown who comes nearest, from 45 on the matcher’s own scale")
    with millbrook.database.begin() as session:
        put_back(session, SHIPPED, instead_of=1, by=sam)
        assert suggestions_beside(session, report_id, by=sam) == ()


def test_who_comes_less_near_is_shown_to_nobody(millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(millbrook, 0)
    has(monkeypatch, near=((tony, 0.44),))
    report_id, sam = report_at_desk(millbrook, "Ask about him"), millbrook.officer("sam")
    with millbrook.database.begin() as session:
        learn(session, borne_out(), by=sam)
        assert in_force(session, by=sam).calibration is not None
        assert suggestions_beside(session, report_id, by=sam) == ()


def test_a_report_held_back_keeps_who_came_near_and_any_other_does_not(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, near=((tony, 0.5),))
    unseen, tom = held_report(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        confirm(session, unseen, tony, by=tom, found=Found.SEARCHED)
        assert [one.nearest for one in gather(session, by=tom).settled] == [Nearest(False, 0.5, True)]
        row = session.query(LinkDecisionRow).filter_by(report_id=unseen).one()
        assert [set(one) for one in open_row(session, row, by=tom)["near"]] == [
            {"entry_id", "group_id", "kind", "posterior", "strength"}
        ]
    hold(millbrook, 0)
    seen = report_at_desk(millbrook, "Ask about him too")
    with millbrook.database.begin() as session:
        confirm_nobody(session, seen, by=tom)
        row = session.query(LinkDecisionRow).filter_by(report_id=seen).one()
        assert "near" not in open_row(session, row, by=tom)
