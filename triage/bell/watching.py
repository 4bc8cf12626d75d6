"""Watches over what says that someone is in danger now, and rings until an officer answers.

Each turn can be the last: what must survive one stands in the case database, and says nothing of any report.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from config import TriageSettings
from store.errors import StoreError
from store.noticeboard import minutes_since_1970
from store.publishing import Publishing
from triage.audit.acts import Act
from triage.audit.service import record
from triage.bell.rules import (
    RENEWED,
    TEST_AGAIN,
    TRY_AGAIN,
    VOUCHED_FOR,
    Call,
    Pace,
    calls_for_help,
    has_come,
    is_due_for_test,
)
from triage.bell.service import bell_row, forget_answers, unanswered
from triage.database import Database
from triage.intake.collecting import Stopping
from triage.keys.system import system_actor

_log = logging.getLogger(__name__)
TURN_SECONDS = 20.0

Ring = Callable[[Sequence[str], Call], bool]


@dataclass
class Watch:
    """One bell. `collect` takes in what is in danger and waits at the public host; `ring` runs a command."""

    database: Database
    settings: TriageSettings
    publishing: Publishing
    collect: Callable[[], object]
    ring: Ring
    _next_ring: datetime | None = field(default=None, init=False)
    _next_test: datetime | None = field(default=None, init=False)
    _next_renewal: datetime | None = field(default=None, init=False)

    @property
    def _pace(self) -> Pace:
        minutes = self.settings.bell_repeat_minutes, self.settings.bell_escalate_minutes
        return Pace(timedelta(minutes=minutes[0]), timedelta(minutes=minutes[1]))

    def turn(self) -> None:
        """Take in, ring, test, and vouch for the bell; a database that is away stops no other part of it."""
        for part in (self._take_in, self._call, self._test, self._vouch):
            try:
                part()
            except StoreError:
                _log.warning("bell.watch.store_unavailable")
            except SQLAlchemyError:
                _log.warning("bell.watch.database_unavailable")

    def until(self, stopping: Stopping) -> None:
        """Go on until told to stop, and then take the promise down at once."""
        while True:
            self.turn()
            if stopping.wait(TURN_SECONDS):
                break
        try:
            self._stop_vouching()
        except (StoreError, SQLAlchemyError):
            _log.warning("bell.watch.could_not_say_goodbye")  # it runs out by itself in minutes

    def _take_in(self) -> None:
        self.collect()

    def _call(self) -> None:
        now = self.database.clock()
        with self.database.begin() as session:
            row = bell_row(session)
            if not unanswered(session):
                row.rings, self._next_ring = 0, None
                return
            rings = row.rings
        if not has_come(now, self._next_ring, self._pace.repeat):
            return
        help_wanted = calls_for_help(rings, self._pace)
        well = heard = self.ring(self.settings.bell_command, Call.UNANSWERED if help_wanted else Call.DANGER)
        if (help_wanted or not well) and self.settings.bell_escalation:
            heard = self.ring(self.settings.bell_escalation, Call.UNANSWERED) or heard
        self._next_ring = now + (self._pace.repeat if heard else TRY_AGAIN)
        with self.database.begin() as session:
            row = bell_row(session)
            row.rings, row.failed = rings + 1, not well
            if rings == 0 or help_wanted != calls_for_help(rings - 1, self._pace):
                system = system_actor(session, self.settings)
                record(session, Act.BELL_RUNG, None, by=system, reason=_said(help_wanted=help_wanted, well=well))

    def _test(self) -> None:
        now = self.database.clock()
        with self.database.begin() as session:
            row = bell_row(session)
            due = is_due_for_test(now, row.tested_on, min(self.settings.release_hours))
            again = row.failed and has_come(now, self._next_test, TEST_AGAIN)
            failed, busy = row.failed, bool(unanswered(session))
        if busy or not (due or again):
            return
        well = self.ring(self.settings.bell_command, Call.TEST)
        if self.settings.bell_escalation:
            well = self.ring(self.settings.bell_escalation, Call.TEST) and well
        self._next_test = now + TEST_AGAIN
        with self.database.begin() as session:
            row = bell_row(session)
            row.tested_on, row.failed = now.date(), not well
            forget_answers(session)
            if due or well is failed:  # a failure that goes on is told once a day
                why = "it worked" if well else "it failed"
                record(session, Act.BELL_TESTED, None, by=system_actor(session, self.settings), reason=why)

    def _vouch(self) -> None:
        now = self.database.clock()
        if not has_come(now, self._next_renewal, RENEWED):
            return
        until = now + VOUCHED_FOR
        with self.database.begin() as session:
            row = bell_row(session)
            row.awake_until = minutes_since_1970(until)
            # One that was never heard, neither in a test nor in earnest, promises nothing.
            rings = not row.failed and (row.tested_on is not None or row.rings > 0)
        self.publishing.set_bell(rings=rings, until=until)
        self._next_renewal = now + RENEWED

    def _stop_vouching(self) -> None:
        self.publishing.set_bell(rings=False, until=self.database.clock())
        with self.database.begin() as session:
            bell_row(session).awake_until = None


def _said(*, help_wanted: bool, well: bool) -> str:
    what = "nobody had answered" if help_wanted else "someone may be in danger"
    return what if well else f"{what}; the command failed"
