"""What a referral's page asks of the step after it: what came of the referral. The outcome step brings the answer."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from flask import current_app
from flask.sansio.app import App

from triage.database import CaseSession
from triage.officers.officer import Officer

EXTENSION = "quietword.answers"


class Answer(Protocol):
    """One outcome as the page shows it."""

    @property
    def id(self) -> UUID: ...
    @property
    def meaning(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def recorded_by(self) -> UUID: ...
    @property
    def recorded_on(self) -> date: ...
    @property
    def is_positive(self) -> bool: ...
    @property
    def can_be_a_report(self) -> bool: ...


class Answers(Protocol):
    """Finds what came of a referral, and for the desk which report was started from it."""

    def of(self, session: CaseSession, referral_id: UUID, *, by: Officer) -> Sequence[Answer]: ...

    def report_from(self, session: CaseSession, outcome_id: UUID, *, by: Officer) -> UUID | None: ...


def bring_answers(app: App, answers: Answers) -> None:
    """The later step says how to find its outcomes."""
    app.extensions[EXTENSION] = answers


def answers() -> Answers:
    """Those of the running program."""
    found: Answers = current_app.extensions[EXTENSION]
    return found
