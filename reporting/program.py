"""What the public form holds while it runs: its doors to the store, its keys of the day, its clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from flask import current_app

from config import ReportingSettings
from envelope.page_state import PageStateKeys
from reporting.counter import Decoys
from reporting.files import FileDesk
from reporting.intake import IntakeDesk
from reporting.receipt import MailboxDesk
from store.dropbox import Dropbox
from store.noticeboard import Noticeboard
from web.gaps import DrawnPages

EXTENSION = "quietword.reporting"


@dataclass(frozen=True)
class Program:
    """One running public form.

    `delay` says how many seconds a send must wait, 0 when there is no flood; it is told for how many seconds the
    report has been written, if that is known.
    """

    settings: ReportingSettings
    dropbox: Dropbox
    noticeboard: Noticeboard
    desk: IntakeDesk
    counter: IntakeDesk
    decoys: Decoys
    files: FileDesk
    mailboxes: MailboxDesk
    page_state_keys: PageStateKeys = field(repr=False)
    today: Callable[[], date]
    seconds: Callable[[], float]
    delay: Callable[[int | None], int]
    sent_pages: DrawnPages = field(default_factory=DrawnPages, repr=False)


def program() -> Program:
    """The program that serves this request."""
    return cast("Program", current_app.extensions[EXTENSION])
