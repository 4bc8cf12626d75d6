"""The index behind its one interface: in the process and on a socket the same, a wall between compartments, gone with
its last holder, and away without taking a page with it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.compartments import make_compartment
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.register_index import index_command, index_here, only_index, socket_path, worker_of
from triage.database import CaseSession
from triage.keys.models import GrantRow
from triage.keys.service import desk_id
from triage.linking import index
from triage.linking.holder.asking import Mentions, Open, Stand, Suggest, Why
from triage.linking.holder.client import IndexClient
from triage.linking.holder.doors import RefusedError
from triage.linking.holder.in_process import InProcessIndex
from triage.linking.holder.on_socket import SocketIndex
from triage.linking.holder.standing import State
from triage.linking.holder.wire import text_out
from triage.linking.index import RegisterIndex, matcher_for
from triage.linking.origins.findings import findings_in
from triage.officers.officer import Officer
from triage.register import unlocked
from triage.register.browsing import show_entry
from triage.register.entries import Person
from triage.register.importing import import_register
from triage.register.service import archive_entry, change_entry
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
TEXT = "There is a white Golf by the arch, the plate ends XRT. They call him Big Tony. Ring 07700 900999"
SECONDS = 120


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


@pytest.fixture(params=["in the process", "on the socket"])
def either(request: pytest.FixtureRequest, millbrook: Force) -> Iterator[RegisterIndex]:
    """Each index in turn, over the force of the test."""
    if request.param == "in the process":
        yield index.index_over(millbrook.database)
        return
    with socket_path() as path, index_here(path), worker_of(millbrook, path) as made:
        yield made


def names(session: CaseSession, text: str, *, by: Officer) -> list[str]:
    return [one.name for one in matcher_for(session, by=by).suggest(text)]


def until(true: Callable[[], bool]) -> None:
    """Wait for what another thread or process does."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, "It did not come to pass in time"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """A process that has ended and was not waited for yet has no memory any more."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def entry_named(session: CaseSession, reference: str, by: Officer) -> UUID:
    return unlock_register(session, desk_id(session), by=by).by_reference[reference.casefold()]


def test_both_give_the_same(millbrook: Force) -> None:
    """Every field of every suggestion, reason and mention crosses the socket and comes back as it was."""
    tom = millbrook.officer("tom")
    with millbrook.database.look() as session:
        here = matcher_for(session, by=tom)
        expected = here.suggest(TEXT), here.suggest(TEXT, limit=1), here.mentions(TEXT)
    assert expected[0]
    with socket_path() as path, index_here(path), worker_of(millbrook, path), millbrook.database.look() as session:
        there = matcher_for(session, by=tom)
        assert there.standing.state is State.READY
        assert (there.suggest(TEXT), there.suggest(TEXT, limit=1), there.mentions(TEXT)) == expected


def test_a_changed_register_is_asked_as_it_stands(either: RegisterIndex, millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    with millbrook.database.begin() as session:
        assert "Anthony Joseph Skellow" in names(session, TEXT, by=tom)
        tony = entry_named(session, "N-0001", tom)
        person = show_entry(session, tony, by=tom).entry
        assert isinstance(person, Person)
        change_entry(session, tony, replace(person, nicknames=("Zebedee Quux",)), version=1, by=tom)
    with millbrook.database.look() as session:
        first = matcher_for(session, by=tom).suggest(TEXT.replace("Big Tony", "Zebedee Quux"))[0]
        assert first.name == "Anthony Joseph Skellow"
        assert "Zebedee Quux" in {reason.said for reason in first.reasons}
    with millbrook.database.begin() as session:
        archive_entry(session, tony, version=2, reason="Died", by=tom)
    with millbrook.database.look() as session:
        assert "Anthony Joseph Skellow" not in names(session, TEXT, by=tom)


def test_a_wall_stands_between_compartments(either: RegisterIndex, millbrook: Force) -> None:
    """Tess holds a compartment of her own beside the desk: Tom is suggested nobody of it, however often she asks."""
    make_compartment(millbrook, for_name="tess")
    tess, tom, iris = (millbrook.officer(name) for name in ("tess", "tom", "iris"))
    text = f"Ottoline Vandersloot knows. {TEXT}"
    with millbrook.database.look() as session:
        assert {"Ottoline Vandersloot", "Anthony Joseph Skellow"} <= set(names(session, text, by=tess))
        assert "Ottoline Vandersloot" not in names(session, text, by=tom)
        assert "Anthony Joseph Skellow" in names(session, text, by=tom)
        assert names(session, text, by=iris) == []


NEARLY = "They call him Tony."


def leads(session: CaseSession, *, by: Officer) -> list[UUID]:
    found = findings_in(NEARLY, matcher_for(session, by=by), limit=8)
    assert all(one.lead for one in found)
    return [one.entry_id for one in found]


def test_whoever_nearly_fits_is_a_lead_wherever_the_index_is(either: RegisterIndex, millbrook: Force) -> None:
    """In the process and on a socket, and for somebody who opens two compartments as for one."""
    make_compartment(millbrook, for_name="tess")
    tess, tom = millbrook.officer("tess"), millbrook.officer("tom")
    with millbrook.database.look() as session:
        assert names(session, NEARLY, by=tom) == []
        assert leads(session, by=tom)
        assert set(leads(session, by=tom)) <= set(leads(session, by=tess))


def test_a_forged_grant_opens_no_index(either: RegisterIndex, millbrook: Force) -> None:
    ada, tom = millbrook.officer("ada"), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        assert names(session, TEXT, by=tom)
        desk = desk_id(session)
        stolen = session.scalars(select(GrantRow).where(GrantRow.box_id == desk)).first()
        assert stolen is not None
        copied = {"sealed": stolen.sealed, "granted_by": ada.id, "granted_on": session.today}
        session.add(GrantRow(id=uuid4(), box_id=desk, to_box_id=ada.keys.box_id, **copied))
    ada = millbrook.officer("ada")
    with millbrook.database.look() as session:
        assert ada.keys.holds(session, desk)
        assert names(session, TEXT, by=ada) == []


def test_without_a_token_of_ours_nothing_is_answered(millbrook: Force) -> None:
    """A stranger who may speak to the socket: a token made up, and a door made up for the very same compartment."""
    tom = millbrook.officer("tom")
    with socket_path() as path, index_here(path), worker_of(millbrook, path), millbrook.database.look() as session:
        assert names(session, TEXT, by=tom)
        stranger = IndexClient(path)
        for asked in (Stand(bytes(32)), Suggest(bytes(32)), Mentions(bytes(32))):
            with pytest.raises(RefusedError) as refused:
                stranger.ask(asked, b"" if isinstance(asked, Stand) else text_out(TEXT))
            assert refused.value.why is Why.NOT_HELD
        opened = stranger.ask(Open(desk_id(session), tom.id, b"x" * 32)).control
        assert (opened["state"], opened["version"]) == (State.BUILDING.value, 0)
        with pytest.raises(RefusedError) as refused:
            stranger.ask(Suggest(bytes.fromhex(opened["token"])), text_out(TEXT))
        assert refused.value.why is Why.NOT_BUILT
        stranger.close()


def test_a_second_worker_asks_what_the_first_has_filled(millbrook: Force) -> None:
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    with socket_path() as path, index_command(path) as command, worker_of(millbrook, path):
        with millbrook.database.look() as session:
            first = names(session, TEXT, by=tom)
        [keeper] = command.keepers()
        second = SocketIndex(path)
        with millbrook.database.look() as session:
            assert [one.name for one in second.matcher_for(session, by=tess).suggest(TEXT)] == first
        assert command.keepers() == [keeper]
        second.close()


def test_it_goes_with_its_last_holder(millbrook: Force) -> None:
    """At whichever worker each signs out."""
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    with socket_path() as path, index_command(path) as command, worker_of(millbrook, path) as here:
        there = SocketIndex(path)
        with millbrook.database.look() as session:
            for officer in (tom, tess):
                assert names(session, TEXT, by=officer)
            [keeper] = command.keepers()
            there.let_go(session, by=tom)
            assert is_running(keeper)
            here.let_go(session, by=tess)
            assert not is_running(keeper)
            assert names(session, TEXT, by=tom), "and whoever asks again has it anew"
        there.close()


def test_signing_out_at_the_page_lets_go(millbrook: Force) -> None:
    with socket_path() as path, index_command(path) as command, worker_of(millbrook, path):
        tom = client_for(millbrook, "tom")
        tom.page(f"/reports/{report_at_desk(millbrook, TEXT)}/links")
        [keeper] = command.keepers()
        tom.submit(button="Sign out")
        assert not is_running(keeper)


def test_it_goes_when_nobody_has_used_it_for_a_quarter_of_an_hour(millbrook: Force) -> None:
    tom, tess, now = millbrook.officer("tom"), millbrook.officer("tess"), [0.0]
    with socket_path() as path, index_here(path, clock=lambda: now[0]) as process, worker_of(millbrook, path):
        with millbrook.database.look() as session:
            assert names(session, TEXT, by=tom)
            now[0] = 800.0
            assert names(session, TEXT, by=tess)
        held = process._held
        for at, left in ((899.0, 2), (901.0, 1), (1699.0, 1), (1701.0, 0)):
            now[0] = at
            held.sweep(900.0)
            assert sum(len(slot.tokens) for slot in held._doors._slots.values()) == left
        assert len(held) == 0


@pytest.mark.parametrize("how", ["asked", "killed"])
def test_it_goes_when_the_index_ends(millbrook: Force, how: str) -> None:
    tom = millbrook.officer("tom")
    with socket_path() as path, index_command(path) as command, worker_of(millbrook, path):
        with millbrook.database.look() as session:
            assert names(session, TEXT, by=tom)
        [keeper] = command.keepers()
        command.stop() if how == "asked" else command.kill()
        until(lambda: not is_running(keeper))


def test_an_index_that_is_away_takes_no_page_with_it_and_is_found_again(millbrook: Force) -> None:
    report_id = report_at_desk(millbrook, TEXT)
    with socket_path() as path, worker_of(millbrook, path):
        with index_command(path) as command:
            tom = client_for(millbrook, "tom")
            pages = (f"/reports/{report_id}", f"/reports/{report_id}/links")
            for page in pages:
                tom.page(page)
                tom.sees("Big Tony” is a known nickname")
            command.kill()
            for page in pages:
                tom.page(page)
                tom.sees("Suggestions are not available just now, because the index does not answer.")
                tom.does_not_see("Nobody on the register fits")
                tom.sees("07700 900999")
        with index_command(path):
            tom.follow("Look again")
            tom.sees("Big Tony” is a known nickname")
            tom.does_not_see("Suggestions are not available just now")


def test_a_keeper_that_dies_is_built_anew(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    with (
        socket_path() as path,
        index_here(path) as process,
        worker_of(millbrook, path),
        millbrook.database.look() as session,
    ):
        expected = names(session, TEXT, by=tom)
        [slot] = process._held._doors._slots.values()
        assert slot.keeper is not None
        os.kill(slot.keeper.pid, signal.SIGKILL)
        dead = matcher_for(session, by=tom)
        assert (dead.suggest(TEXT), dead.standing.state) == ((), State.BUILDING)
        assert names(session, TEXT, by=tom) == expected


def test_while_a_large_register_is_built_nobody_waits_and_the_old_answers(millbrook: Force) -> None:
    """In the process, where a register of a few entries is taken for a large one."""
    tom = millbrook.officer("tom")
    unlocked.HELD.wipe()
    with only_index(millbrook, InProcessIndex(soon=1)):
        with millbrook.database.look() as session:
            first = matcher_for(session, by=tom)
            assert (first.standing.state, first.suggest(TEXT)) == (State.BUILDING, ())
            assert {one.kind for one in first.mentions(TEXT)} <= {"vehicle", "phone"}
            until(lambda: matcher_for(session, by=tom).standing.is_ready)
            assert "Anthony Joseph Skellow" in names(session, TEXT, by=tom)
        with millbrook.database.begin() as session:
            archive_entry(session, entry_named(session, "N-0001", tom), version=1, reason="Died", by=tom)
        with millbrook.database.look() as session:
            second = matcher_for(session, by=tom)
            assert second.standing.state is State.REBUILDING
            assert "Anthony Joseph Skellow" in {one.name for one in second.suggest(TEXT)}
            until(lambda: matcher_for(session, by=tom).standing.is_ready)
            assert "Anthony Joseph Skellow" not in names(session, TEXT, by=tom)


def test_the_same_on_the_socket(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    with socket_path() as path, index_here(path), worker_of(millbrook, path, soon=1):
        with millbrook.database.look() as session:
            first = matcher_for(session, by=tom)
            assert (first.standing.state, first.suggest(TEXT)) == (State.BUILDING, ())
            until(lambda: matcher_for(session, by=tom).standing.is_ready)
            assert "Anthony Joseph Skellow" in names(session, TEXT, by=tom)
        with millbrook.database.begin() as session:
            archive_entry(session, entry_named(session, "N-0001", tom), version=1, reason="Died", by=tom)
        with millbrook.database.look() as session:
            until(lambda: matcher_for(session, by=tom).standing.is_ready)
            assert "Anthony Joseph Skellow" not in names(session, TEXT, by=tom)


def test_whoever_signs_out_while_it_is_built_leaves_nothing_behind(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    unlocked.HELD.wipe()
    with only_index(millbrook, InProcessIndex(soon=1)) as made, millbrook.database.look() as session:
        assert matcher_for(session, by=tom).standing.state is State.BUILDING
        made.let_go(session, by=tom)
        until(lambda: not made._background._going)
        assert not unlocked.HELD.peek(millbrook.database, desk_id(session))


def test_the_page_says_how_far_the_building_is(millbrook: Force) -> None:
    report_id = report_at_desk(millbrook, TEXT)
    unlocked.HELD.wipe()
    with only_index(millbrook, InProcessIndex(soon=1)):
        tom = client_for(millbrook, "tom")
        with millbrook.database.look() as session:
            desk = desk_id(session)
            reading = unlocked._reading(session, desk)
        with reading:  # nobody can open the register meanwhile
            tom.page(f"/reports/{report_id}/links")
            tom.sees("The index of the register is being built: 0 % is done.")
            tom.does_not_see("Nobody on the register fits")
        with millbrook.database.look() as session:
            until(lambda: matcher_for(session, by=millbrook.officer("tom")).standing.is_ready)
        tom.follow("Look again")
        tom.sees("Big Tony” is a known nickname")
