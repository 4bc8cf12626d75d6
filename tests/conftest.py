"""What every test may use, and the loud count of what could not be tested here."""

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import (
    backend,
    databases_dropped,
    drop_engine,
    new_database,
    new_postgres_database,
    new_sqlite_database,
    open_database,
)
from tests.force import force, force_on_both, founded_on_postgres, founded_on_sqlite
from tests.form_apart import apart
from tests.order import pytest_collection_modifyitems, pytest_xdist_auto_num_workers
from tests.public_form import address, public_form, public_form_on_both
from tests.sandbox import cleaner, sandbox
from tests.services import MISSING

__all__ = [
    "address",
    "apart",
    "backend",
    "cleaner",
    "drop_engine",
    "force",
    "force_on_both",
    "founded_on_postgres",
    "founded_on_sqlite",
    "new_database",
    "new_postgres_database",
    "new_sqlite_database",
    "open_database",
    "public_form",
    "public_form_on_both",
    "pytest_collection_modifyitems",
    "pytest_xdist_auto_num_workers",
    "sandbox",
]

# How long an example takes says something of the machine and of what else it does: times are measured in bench/.
settings.register_profile("quietword", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quietword")


def pytest_sessionfinish() -> None:
    databases_dropped()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if not skipped:
        return
    terminalreporter.section("NOT TESTED: SERVICES MISSING", sep="!", red=True, bold=True)
    reasons = sorted({str(report.longrepr[2]).partition(MISSING)[2] for report in skipped})
    terminalreporter.write_line(f"{len(skipped)} tests did not run.", red=True, bold=True)
    for reason in reasons:
        terminalreporter.write_line(f"  {reason}", red=True)
