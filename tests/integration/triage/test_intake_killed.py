"""Collecting, killed: whatever the moment, every drop is here once and none is left or lost."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.force import Force
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import CollectedDropRow, HeldDropRow

HOUSE = Path(__file__).parents[3]
SENT = 40
LONGEST_SECONDS = 60

# Collects, says where it has got to, and waits there to be killed.
COLLECTS_AND_STOPS = """
import sys, threading
from pathlib import Path
from sqlalchemy.engine import URL
from store.collection import Collection
from tests.force import Clock, STARTED, open_databases, settings_for
from triage.intake.collecting import Wanted, clear_collected, collect
from triage.keys.system import system_actor

folder, where = Path(sys.argv[1]), sys.argv[2]
urls = [URL.create("sqlite", database=str(folder / f"{name}.sqlite")) for name in ("drop", "case", "keys")]
settings = settings_for(folder, *urls)
database, drop = open_databases(settings, Clock(STARTED))
collection = Collection(drop)

def stop_here():
    print("here", flush=True)
    threading.Event().wait()

with database.begin() as session:
    collected = collect(session, collection, release=Wanted.EVERYTHING, by=system_actor(session, settings))
    if where == "before the commit":
        stop_here()
if where == "between the phases":
    stop_here()
collection.destroy(collected.drop_ids[: len(collected.drop_ids) // 2])
stop_here()
"""


@pytest.mark.parametrize("where", ["before the commit", "between the phases", "half destroyed"])
def test_a_collection_killed_anywhere_loses_nothing_and_doubles_nothing(force: Force, where: str) -> None:
    for number in range(SENT):
        force.send(f"report {number}", danger=number % 7 == 0)
    ids = set(force.collection.waiting())
    force.dispose()
    with subprocess.Popen(
        [sys.executable, "-c", COLLECTS_AND_STOPS, str(force.settings.instance), where],
        cwd=HOUSE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "here\n"
        finally:
            child.kill()
            child.wait(LONGEST_SECONDS)
    collected = release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    assert collected.new == (SENT if where == "before the commit" else 0)
    with force.database.begin() as session:
        assert sorted(session.scalars(select(HeldDropRow.drop_id))) == sorted(ids)
        assert set(session.scalars(select(CollectedDropRow.drop_id))) == ids
    assert force.collection.waiting() == ()
