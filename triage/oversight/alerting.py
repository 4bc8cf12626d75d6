"""Hold some days of the log against the rules of alerts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.reading import Wanted
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.system import SYSTEM_ID
from triage.officers.officer import Officer
from triage.oversight.alerts import Alert, Known, Limits, alerts
from triage.oversight.honey import honey_records
from triage.oversight.log import names_of_ids, reader_of

# About two seconds' reading; an auditor of a large force looks at fewer days at a time.
LINES_MOST = 100_000


@dataclass(frozen=True)
class Alerts:
    """What was found in the last days; `cut` where there were more lines than one look reads."""

    found: tuple[Alert, ...]
    lines: int
    cut: bool
    names: dict[str, str]


def record_alerts_look(session: CaseSession, days: int, *, by: Officer) -> None:
    """Leave the line about a look at the alerts, before it."""
    record(session, Act.ALERTS_READ, None, by=by, reason=f"{days} days")


def find_alerts(
    session: CaseSession,
    days: int,
    limits: Limits,
    conflicts: Mapping[UUID, Collection[str]],
    *,
    by: Officer,
) -> Alerts:
    """What the rules find in the last `days`.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    wanted = Wanted(from_day=session.today - timedelta(days=days - 1))
    lines = list(islice(reader_of(session, by=by).all_lines(wanted), LINES_MOST + 1))
    known = Known(SYSTEM_ID, conflicts, {str(one.subject) for one in honey_records(session, by=by)})
    in_order = lines[:LINES_MOST][::-1]
    return Alerts(alerts(in_order, limits, known), len(in_order), len(lines) > LINES_MOST, names_of_ids(session, by=by))
