"""A decision about an entry behind a wall changes nothing for who does not hold the wall: no list, count or day."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.compartments import OTTOLINE, make_compartment
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.integration.triage.test_search_pages import look, reports
from tests.learning_desk import hold
from triage.casefile.queue import Wanted, queue_page
from triage.intake.reports import case_report
from triage.keys.service import desk_id
from triage.linking import walls
from triage.linking.learning.held_back import ask_to_see, held_back
from triage.linking.learning.keeping import gather
from triage.linking.origins.standing import standing_verdicts
from triage.linking.service import (
    Decision,
    Found,
    Verdict,
    confirm,
    confirm_nobody,
    decisions_of,
    reject,
    suggestions_beside,
    take_back,
)
from triage.register.entries import Person
from triage.register.service import add_entry
from triage.register.unlocked import unlock_register
from triage.search import held
from triage.search.narrowing import Linked, Narrowing

YES, NO = Narrowing(linked=Linked.YES), Narrowing(linked=Linked.NO)
TONY = Person("N-7100", "Marlow", "Anthony")


class Arch:
    """A report at the desk about somebody behind a wall that Tess holds and Tom does not."""

    def __init__(self, force: Force) -> None:
        self.force = force
        apart = make_compartment(force, for_name="tess")
        self.report_id = report_at_desk(force, "Ottoline Vandersloot and Tony Marlow sell pills by the arch.")
        with force.database.begin() as session:
            tess = force.officer("tess")
            self.walled = unlock_register(session, apart, by=tess).by_reference[OTTOLINE.reference.casefold()]
            self.tony = add_entry(session, TONY, by=tess, compartment_id=desk_id(session))

    def does(self, what: Callable[..., None], *about: UUID, by: str = "tess", **how: Any) -> None:  # as each takes
        with self.force.database.begin() as session:
            what(session, self.report_id, *about, by=self.force.officer(by), **how)

    def read(self, what: Callable[..., Any], name: str) -> Any:  # as each gives
        with self.force.database.begin() as session:
            return what(session, self.report_id, by=self.force.officer(name))

    def decided(self, name: str) -> dict[Verdict, Decision]:
        """What this person is shown as standing."""
        return {one.verdict: one for one in self.read(decisions_of, name) if one.stands}

    def verdicts(self, name: str) -> set[Verdict]:
        with self.force.database.look() as session:
            every = standing_verdicts(session, by=self.force.officer(name))
            some = standing_verdicts(session, [self.report_id], by=self.force.officer(name))
        assert every == some
        return set(every.get(self.report_id, {}).values())

    def last_act(self, name: str) -> str:
        with self.force.database.look() as session:
            [row] = queue_page(session, Wanted(), by=self.force.officer(name)).rows
        return f"{row.last.what}, {row.last.who}" if row.last else ""


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    held.HELD.wipe()


@pytest.fixture
def arch(force: Force) -> Arch:
    return Arch(force)


@pytest.fixture
def arch_on_both(force_on_both: Force) -> Arch:
    return Arch(force_on_both)


@pytest.fixture
def held_arch(arch: Arch) -> Iterator[Arch]:
    """The report is of the share that is decided before anybody is suggested."""
    hold(arch.force, 100)
    yield arch
    hold(arch.force, 0)


@pytest.mark.parametrize("first", ["tom", "tess"])
def test_a_search_by_links_finds_no_link_behind_a_wall(arch_on_both: Arch, first: str) -> None:
    """Whoever searched before: what was read is shared between holders of the desk, and the answer is not."""
    force = arch_on_both.force
    arch_on_both.does(confirm, arch_on_both.walled, found=Found.SEARCHED)
    for name in (first, "tom", "tess"):
        linked = name == "tess"
        assert reports(look(force, "pills", YES, by=name)) == [arch_on_both.report_id] * linked
        assert reports(look(force, "pills", NO, by=name)) == [arch_on_both.report_id] * (not linked)
    arch_on_both.does(confirm, arch_on_both.tony, found=Found.SEARCHED)
    assert reports(look(force, "pills", YES, by="tom")) == [arch_on_both.report_id]


def test_of_many_entries_the_same_are_hidden_as_of_few(arch_on_both: Arch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many, the entries of other compartments are asked for at once."""
    entries = {arch_on_both.walled, arch_on_both.tony}
    told: list[frozenset[UUID]] = []
    for few in (500, 0):
        monkeypatch.setattr(walls, "VALUES_A_STATEMENT", few)
        with arch_on_both.force.database.look() as session:
            people = [arch_on_both.force.officer(name) for name in ("tom", "tess")]
            told += [walls.behind_walls(session, entries, by=officer) for officer in people]
    assert told == [frozenset({arch_on_both.walled}), frozenset()] * 2


@pytest.mark.parametrize("decide", [confirm, reject])
def test_the_queue_names_nobody_who_worked_behind_a_wall(arch_on_both: Arch, decide: Callable[..., None]) -> None:
    before = arch_on_both.last_act("tom")
    arch_on_both.does(decide, arch_on_both.walled)
    assert arch_on_both.last_act("tom") == before
    assert arch_on_both.last_act("tess") == "worked on its links, Tess Marlow"
    arch_on_both.does(reject, arch_on_both.tony)
    assert arch_on_both.last_act("tom") == "worked on its links, Tess Marlow"


def test_nobody_on_the_register_stands_on_for_who_said_it(arch_on_both: Arch) -> None:
    arch_on_both.does(confirm_nobody, by="tom")
    arch_on_both.does(confirm, arch_on_both.walled, found=Found.SEARCHED)
    assert Verdict.NOBODY in arch_on_both.decided("tom")
    assert Verdict.NOBODY in arch_on_both.verdicts("tom")
    for of_tess in (set(arch_on_both.decided("tess")), arch_on_both.verdicts("tess")):
        assert Verdict.CONFIRMED in of_tess
        assert Verdict.NOBODY not in of_tess


def test_nobody_said_after_it_stands_for_who_said_it_and_not_beside_somebody_confirmed(arch: Arch) -> None:
    arch.does(confirm, arch.walled, found=Found.SEARCHED)
    arch.does(confirm_nobody, by="tom")
    assert set(arch.decided("tom")) >= {Verdict.NOBODY}
    assert Verdict.NOBODY not in arch.decided("tess")
    arch.does(take_back, arch.walled)
    assert Verdict.NOBODY in arch.decided("tess")


def test_the_pages_of_the_report_are_to_the_letter_as_before(arch: Arch) -> None:
    tom = client_for(arch.force, "tom")
    paths = [
        f"/reports/{arch.report_id}",
        f"/reports/{arch.report_id}/links",
        "/reports",
        "/register/look-back",
        "/together",
    ]
    for path in paths:
        tom.page(path)  # the first look leaves its own line
    arch.does(confirm_nobody, by="tom")

    def told() -> list[str]:
        found = []
        for path in paths:
            tom.page(path)
            found.append(tom.response.text.replace(tom.value("csrf_token"), ""))
        return found

    before = told()
    arch.does(confirm, arch.walled, found=Found.SEARCHED)
    arch.does(reject, arch.walled)
    assert told() == before


def test_a_report_is_not_kept_longer_for_a_link_behind_a_wall(arch: Arch) -> None:
    before = arch.read(case_report, "tom").retain_until
    arch.force.clock.forward(days=3)
    arch.does(confirm, arch.walled, found=Found.SEARCHED)
    assert arch.read(case_report, "tom").retain_until == before
    arch.does(confirm, arch.tony, found=Found.SEARCHED)
    assert arch.read(case_report, "tom").retain_until == before + timedelta(days=3)


def test_what_is_held_back_stays_so_for_who_does_not_see_the_decision(held_arch: Arch) -> None:
    held_arch.does(confirm, held_arch.walled, found=Found.SEARCHED)
    assert held_arch.read(held_back, "tom")
    assert held_arch.read(suggestions_beside, "tom") == ()
    assert not held_arch.read(held_back, "tess")
    held_arch.does(confirm, held_arch.tony, by="tom", found=Found.SEARCHED)
    of_tom = held_arch.decided("tom")[Verdict.CONFIRMED]
    assert of_tom.blind
    assert not held_arch.read(held_back, "tom")


def test_asking_to_see_works_after_a_decision_behind_a_wall(held_arch: Arch) -> None:
    held_arch.does(confirm, held_arch.walled, found=Found.SEARCHED)
    held_arch.does(ask_to_see, by="tom")
    assert not held_arch.read(held_back, "tom")
    assert set(held_arch.decided("tess")) == {Verdict.CONFIRMED}


@pytest.mark.parametrize("learner", ["tom", "tess"])
def test_nothing_is_learnt_from_it_whoever_learns(held_arch: Arch, learner: str) -> None:
    """A calibration is the desk's: what stands behind a wall is not to be read out of its figures."""

    def learnt() -> object:
        with held_arch.force.database.look() as session:
            return gather(session, by=held_arch.force.officer(learner))

    before = learnt()
    held_arch.does(confirm, held_arch.walled, found=Found.SEARCHED)
    assert learnt() == before
    held_arch.does(confirm_nobody, by="tom")
    alone = learnt()
    assert alone != before
    held_arch.does(confirm, held_arch.walled, found=Found.SEARCHED)
    assert learnt() == alone
