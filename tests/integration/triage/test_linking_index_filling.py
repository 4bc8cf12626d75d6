"""Who fills a sub-index on the socket: one worker at a time, however often the others ask how far it is."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.force import Force
from tests.register_index import index_command, index_here, socket_path, worker_of
from triage.linking.holder import wire
from triage.linking.holder.asking import Fill
from triage.linking.holder.on_socket import SocketIndex, _desks, _every_one, _only
from triage.linking.holder.standing import State
from triage.linking.index import matcher_for
from triage.register.importing import import_register
from triage.register.opening import versions_of_entries

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
SECONDS = 120


def until(true: Callable[[], bool]) -> None:
    """Wait for what another thread or process does."""
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline, "It did not come to pass in time"
        time.sleep(0.02)


def test_nobody_begins_to_fill_what_somebody_else_is_filling(force: Force) -> None:
    tom, tess = force.officer("tom"), force.officer("tess")
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    with socket_path() as path, index_here(path), worker_of(force, path, soon=1) as made:
        other = SocketIndex(path)
        with force.database.look() as session:
            (desk,) = _desks(session, by=tess)
            manifest = versions_of_entries(session, desk.compartment)
        with other._client.conversation() as filling:
            filling.ask(Fill(other._tokens.open(desk), desk.version), wire.manifest_out(manifest))
            with force.database.look() as session:
                for _ in range(3):
                    assert matcher_for(session, by=tom).standing.state is State.BUILDING
                    assert not made._background.is_going(desk.compartment)
        # Whoever was filling is gone before it was done, so the next one who asks fills.
        with force.database.look() as session:
            until(lambda: matcher_for(session, by=tom).standing.is_ready)
        other.close()


def test_every_entry_in_one_pass_is_what_asking_for_each_gives(force: Force) -> None:
    tom, gone = force.officer("tom"), "f" * 32
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    with force.database.look() as session:
        (desk,) = _desks(session, by=tom)
        there = versions_of_entries(session, desk.compartment)
    # One was deleted after it was asked which there are, and one was added, which is filled in the next time.
    manifest = {**dict(list(there.items())[1:]), gone: 3}
    asked = force.database, desk.compartment, list(manifest), manifest, tom
    batches = list(_every_one(*asked))
    one_pass = [one for batch in batches for one in batch]
    assert one_pass == [one for batch in _only(*asked) for one in batch]
    assert one_pass[-1] == (gone, 3, None)
    assert len([text for _, _, text in one_pass if text]) == len(there) - 1


def test_keepers_come_of_one_that_is_given_nothing_and_of_another_where_it_was_killed(force: Force) -> None:
    tom = force.officer("tom")
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    with socket_path() as path, index_command(path) as command, worker_of(force, path) as worker:
        until(lambda: bool(command.children()))
        first = command.empty_keeper()
        os.kill(first, signal.SIGKILL)
        with force.database.look() as session:
            assert matcher_for(session, by=tom).standing.is_ready
            second = command.empty_keeper()
            [keeper] = command.keepers()
            assert len({first, second, keeper}) == 3
            worker.let_go(session, by=tom)
        assert (command.empty_keeper(), command.keepers()) == (second, [])
