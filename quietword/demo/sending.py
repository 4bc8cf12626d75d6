"""Sends the invented reports as the public form does: sealed to the day's key, dropped in the one-way store."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from config import TriageSettings
from envelope.file import FileSealer
from envelope.report import MediaType
from envelope.signing import VerifyingKey
from quietword.demo.drawings import Drawing, drawn
from quietword.demo.notebook import DemoError, millbrook
from reporting.cleaning.cleaner import Cleaner
from reporting.cleaning.sandbox import NoSandboxError, tried_sandbox
from reporting.files import FileDesk
from reporting.intake import IntakeDesk
from reporting.state import AddedFile, Draft
from reporting.submit import Sending, send_report
from store.dropbox import Dropbox, Part
from store.engine import open_engine
from store.noticeboard import Noticeboard
from store.room import Room

LONGEST_AGO = 14
ROOM_FOR_DRAWINGS = 1 << 30


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
            draft = bringing(draft, [drawn(name) for name in told.get("brings", ())], dropbox, engine, on)
            send_report(draft, Sending.of(draft), desk=desk, dropbox=dropbox, today=on)
    finally:
        engine.dispose()


def bringing(draft: Draft, drawings: Sequence[Drawing], dropbox: Dropbox, engine: Engine, on: date) -> Draft:
    """The report with these drawings: cleaned as anybody's files are where there is a sandbox.

    Where there is none they are sealed as we drew them: nobody else's file is ever taken uncleaned.
    """
    if not drawings:
        return draft
    try:
        cleaner = Cleaner(tried_sandbox())
    except NoSandboxError:
        for drawing in drawings:
            draft = draft.adding(_sealed(drawing, dropbox, on))
        return draft
    room = Room(engine, most_bytes=ROOM_FOR_DRAWINGS, keep_free=0)
    taken = FileDesk(cleaner, dropbox, room, lambda: on).take(draft, drawings)
    if taken.problems:
        raise DemoError("A drawing of Millbrook was refused: the demo's own files are damaged.")
    return taken.draft


def _sealed(drawing: Drawing, dropbox: Dropbox, on: date) -> AddedFile:
    sealer = FileSealer()
    pieces = sealer.write(drawing.content)
    last, part = sealer.finish(MediaType(drawing.content_type))
    for sequence, piece in enumerate((*pieces, *last)):
        dropbox.append_part(Part(sealer.file_id, sequence, piece, on))
    return AddedFile(part, len(drawing.content))
