"""Sends the forty invented reports as the public form does: sealed to the day's key, dropped in the one-way store."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from config import TriageSettings
from envelope.signing import VerifyingKey
from quietword.demo.notebook import millbrook
from reporting.intake import IntakeDesk
from reporting.state import Draft
from reporting.submit import Sending, send_report
from store.dropbox import Dropbox
from store.engine import open_engine
from store.noticeboard import Noticeboard

LONGEST_AGO = 14


def reports_by_day(today: date) -> dict[date, list[dict[str, Any]]]:
    """The invented reports by the day on which each was sent, oldest first."""
    days: dict[date, list[dict[str, Any]]] = {}
    for told in sorted(millbrook("reports.json"), key=lambda told: -told["days_ago"]):
        days.setdefault(today - timedelta(days=told["days_ago"]), []).append(told)
    return days


def send_reports(
    settings: TriageSettings, verifying_key: VerifyingKey, reports: Iterable[Mapping[str, Any]], on: date
) -> None:
    """Send these reports on that day. Nobody keeps their receipts."""
    engine = open_engine(settings.drop_url)
    try:
        desk = IntakeDesk(Noticeboard(engine), verifying_key.public_key)
        dropbox = Dropbox(engine)
        for told in reports:
            draft = Draft.begin(told["language"]).answering(told["answers"])
            send_report(draft, Sending.of(draft), desk=desk, dropbox=dropbox, today=on)
    finally:
        engine.dispose()
