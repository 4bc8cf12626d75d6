"""Who fills a sub-index on the socket: one worker at a time, however often the others ask how far it is."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.force import Force
from tests.register_index import index_here, socket_path, worker_of
from triage.linking.holder import wire
from triage.linking.holder.asking import Fill
from triage.linking.holder.on_socket import SocketIndex, _desks
from triage.linking.holder.standing import State
from triage.linking.index import matcher_for
from triage.register.importing import import_register
from triage.register.opening import versions_of_entries

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
SECONDS = 20


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
