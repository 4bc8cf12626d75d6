"""The words of the reports of a compartment in this process's memory, as numbers, to be compared with one another.

It fills up a little at each use, newest reports first; what is deleted leaves it. It goes as
`Holding` says. Nothing of it lies on disk.
"""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.holding import Holding
from triage.keys.keyring import KeyHolder
from triage.linking.origins.likeness import Likeness, likeness, weigh
from triage.linking.origins.telling import Telling, telling_of

if TYPE_CHECKING:
    from triage.linking.origins.findings import Finding

# A flood of one text stands behind the first of it: every later one finds those, and none finds thousands.
MOST_IN_A_BAND = 60
MOST_COMPARED = 60


@dataclass
class Shelf:
    """The tellings of one compartment, and where each can be found; `findings` is what else was opened of them."""

    compartment_id: UUID
    tellings: dict[UUID, Telling] = field(default_factory=dict, repr=False)
    findings: "dict[UUID, tuple[int, tuple[Finding, ...]]]" = field(default_factory=dict, repr=False)
    _bands: dict[int, list[UUID]] = field(default_factory=dict, repr=False)
    _texts_with: Counter[int] = field(default_factory=Counter, repr=False)
    _busy: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def put(self, report_id: UUID, text: str) -> None:
        """Read a report's words; one that is here already stays as it is, for its words never change."""
        if report_id in self.tellings:
            return
        telling = telling_of(text)
        with self._busy:
            self.tellings[report_id] = telling
            self._texts_with.update(telling.distinct)
            for band in telling.bands:
                reports = self._bands.setdefault(band, [])
                if len(reports) < MOST_IN_A_BAND:
                    reports.append(report_id)

    def take_away(self, report_ids: Iterable[UUID]) -> None:
        """Forget reports, such as those that were deleted."""
        with self._busy:
            for report_id in report_ids:
                telling = self.tellings.pop(report_id, None)
                if telling is None:
                    continue
                self._texts_with.subtract(telling.distinct)
                for band in telling.bands:
                    reports = self._bands.get(band, [])
                    if report_id in reports:
                        reports.remove(report_id)
                    if not reports:
                        self._bands.pop(band, None)

    def alike(self, report_id: UUID) -> tuple[tuple[UUID, Likeness], ...]:
        """The reports that are one telling with this one by their words, the likest first."""
        telling = self.tellings.get(report_id)
        if telling is None:
            return ()
        with self._busy:
            meet = Counter(other for band in telling.bands for other in self._bands.get(band, ()) if other != report_id)
        # The likest share nearly every band; those are compared, however many share one by chance.
        found = [(other, self.compare(report_id, other)) for other, _ in meet.most_common(MOST_COMPARED)]
        one_telling = [(other, like) for other, like in found if like.is_one_telling]
        return tuple(sorted(one_telling, key=lambda one: (-one[1].strength, one[0])))

    def compare(self, one: UUID, other: UUID) -> Likeness:
        """How far two reports on the shelf are one telling."""
        return likeness(self.tellings[one], self.tellings[other], self.weight)

    def weight(self, word: int) -> float:
        """What a word weighs among the reports that are here."""
        return weigh(len(self.tellings), self._texts_with[word])


HELD: Holding[Shelf] = Holding()


def shelf_of(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> Shelf:
    """The shelf of a compartment, empty at first.

    Raises:
        NoKeyError: `by` does not open the compartment's box, whoever else filled the shelf.
    """
    by.keys.compartment_key(session, compartment_id)
    return HELD.use_or_make(session, compartment_id, lambda: Shelf(compartment_id), by=by.id)


def may_use(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> bool:
    """Whether `by` opens the compartment's box."""
    try:
        by.keys.compartment_key(session, compartment_id)
    except NoKeyError:
        return False
    return True
