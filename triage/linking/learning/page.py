"""What a supervisor reads of how often suggestions are right: no officer and no reporter is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.linking.learning.calibration import FEWEST
from triage.linking.learning.cultures import Culture, culture_of_name
from triage.linking.learning.figures import Drift, Figures, drift_of, figures_of
from triage.linking.learning.keeping import SHIPPED, Version, gather, in_force, versions
from triage.linking.learning.outcomes import Learnt
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.register.entries import Kind
from triage.register.unlocked import unlock_all


@dataclass(frozen=True)
class LearningPage:
    """The figures of some days, and every calibration. `learnt` is of all days, whatever the page was narrowed to."""

    figures: Figures
    drift: Drift
    version: Version
    versions: tuple[Version, ...]
    names: Mapping[UUID, str]
    learnt: Learnt

    @property
    def decided(self) -> int:
        """What there is to learn from."""
        return len(self.learnt.blind) + len(self.learnt.shown)

    @property
    def missing(self) -> int:
        """How many more must be decided before anything can be learnt."""
        return max(0, FEWEST - self.decided)

    @property
    def can_ship(self) -> bool:
        """Whether the shipped calibration can be put back: anything else is in force."""
        return self.version.calibration is not None

    @property
    def shipped(self) -> int:
        return SHIPPED


def learning_page(session: CaseSession, since: date | None, until: date | None, *, by: Officer) -> LearningPage:
    """The tables of the days asked for, beside the calibration in force.

    Raises:
        NoKeyError: `by` does not open the desk.
    """
    learnt, version = gather(session, by=by), in_force(session, by=by)
    every = versions(session, by=by)
    figures = figures_of(learnt.between(since, until), version.calibration, _cultures(session, learnt, by=by))
    after = version.made_on or date.min
    drift = drift_of(Learnt(tuple(one for one in learnt.outcomes if one.decided_on > after)), version.calibration)
    names = names_of(session, {one.made_by for one in every if one.made_by}, by=by)
    return LearningPage(figures, drift, version, every, names, learnt)


def record_figures_read(session: CaseSession, page: LearningPage, *, by: KeyHolder) -> None:
    """Decisions about many people were combined, and that is a consultation (DPA 2018 s.62)."""
    record(session, Act.CALIBRATION_READ, None, by=by, count=len(page.learnt.outcomes))


def _cultures(session: CaseSession, learnt: Learnt, *, by: KeyHolder) -> dict[UUID, Culture]:
    entries = {entry_id: kept for copy in unlock_all(session, by=by) for entry_id, kept in copy.entries.items()}
    suggested = {one.entry_id for one in learnt.outcomes if one.entry_id in entries}
    people = {one: entries[one].entry for one in suggested if entries[one].entry.kind is Kind.PERSON}
    return {one: culture_of_name(entry.shown_name) for one, entry in people.items()}
