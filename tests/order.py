"""Which files begin first, and how many run at once: much of what a test does is to wait for a server or a browser."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Those that take longest, the longest first: begun last, one of them would be all that runs at the end.
LONGEST_FIRST = (
    "journeys/test_every_page.py",
    "promises/proof/test_second_deployment.py",
    "promises/proof/test_hard_looks.py",
    "promises/proof/test_the_proof.py",
    "authorisation/test_abuse.py",
    "authorisation/test_every_route.py",
    "authorisation/test_every_route_on_postgres.py",
    "attackers/test_an_administrator.py",
    "integration/triage/test_keys_machine.py",
    "integration/triage/test_bell_watch.py",
    "integration/quietword/test_demo.py",
    "integration/reporting/test_accessibility.py",
    "integration/reporting/test_exit.py",
    "integration/reporting/test_cleaning.py",
    "integration/reporting/test_files_on_the_shipped_server.py",
    "integration/quietword/test_arriving.py",
    "promises/test_real_parts.py",
    "attackers/test_a_thief_with_the_database.py",
    "attackers/test_a_suspended_officer.py",
    "attackers/test_a_thief_with_a_laptop.py",
    "promises/proof/test_ended_early.py",
    "promises/proof/test_a_running_service.py",
    "integration/quietword/test_stalled_senders.py",
    "integration/quietword/test_onion.py",
)
_PLACES = {HERE / name: place for place, name in enumerate(LONGEST_FIRST)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, then those that need what runs outside Python, and all else as it was found."""
    items.sort(key=_place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Half as many again as there are processors, unless PYTEST_XDIST_AUTO_NUM_WORKERS says otherwise."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    return max(1, len(os.sched_getaffinity(0)) * 3 // 2)


def _place(item: pytest.Item) -> int:
    # A whole file goes to one worker, so that all of it has one place.
    if item.path in _PLACES:
        return _PLACES[item.path]
    return len(_PLACES) + (HERE / "unit" in item.path.parents)
