"""A desk whose program suggests what a test tells it, for tests of learning from decisions."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force
from triage.keys.service import desk_id
from triage.linking import service
from triage.linking.holder.standing import READY, Standing
from triage.linking.learning.held_back import hold_back
from triage.linking.learning.outcomes import Learnt, Outcome
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.register.importing import import_register
from triage.register.unlocked import unlock_register

FORCE_DAY = date(2026, 11, 22)
MILLBROOK = Path(__file__).parents[1] / "quietword" / "millbrook"


class Guesses:
    """A matcher that suggests what a test tells it."""

    def __init__(self, *suggestions: Suggestion, near: tuple[Suggestion, ...] = (), standing: Standing = READY) -> None:
        self._suggestions, self._near, self.standing = suggestions, near, standing

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._suggestions[:limit] if text else ()

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return (*self._suggestions, *self._near)[:limit] if text else ()

    def mentions(self, _text: str) -> tuple[Mention, ...]:
        return ()


def entries(force: Force) -> dict[str, UUID]:
    with force.database.begin() as session:
        return dict(unlock_register(session, desk_id(session), by=force.officer("tom")).by_reference)


def hold(force: Force, percent: int) -> None:
    hold_back(force.database, replace(force.settings, held_back_percent=percent))


def held_report(force: Force) -> UUID:
    """A report at the desk that is held back."""
    hold(force, 100)
    return report_at_desk(force, "Ask about Big Tony, he is at it again")


def has(
    monkeypatch: pytest.MonkeyPatch,
    *found: tuple[UUID, float],
    near: tuple[tuple[UUID, float], ...] = (),
    standing: Standing = READY,
) -> tuple[Suggestion, ...]:
    """Let the program suggest these entries at these posteriors, and know who comes near."""
    made, nearest = (
        tuple(
            Suggestion(entry, None, "person", "Tony Skellow", Strength.STRONG, (), (), posterior=posterior)
            for entry, posterior in some
        )
        for some in (found, near)
    )
    monkeypatch.setattr(service, "matcher_for", lambda *_, **__: Guesses(*made, near=nearest, standing=standing))
    return made


def outcomes(posterior: float, right: int, of: int, *, blind: bool = True) -> Learnt:
    made = (
        Outcome(uuid4(), uuid4(), "person", Strength.STRONG, posterior, number < right, blind, FORCE_DAY)
        for number in range(of)
    )
    return Learnt(tuple(made))


def acts(force: Force, name: str) -> list[object]:
    return [line["act"] for line in audit_lines(force, force.officer(name).id)]


def imported(force: Force) -> Force:
    """The invented register, and officers who are signed in, with nothing held back."""
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    for name in ("tom", "tess", "ada", "nell"):
        force.officer(name)  # signs in, which is a unit of work of its own
    force.shared_app()  # sets the share of its settings, which is none
    return force
