"""The words of the reports of a compartment in this process's memory, as numbers, to be compared with one another.

It fills up a little at each use, newest reports first; what is deleted leaves it. It goes with its last holder's
signing out, and by itself when nobody has used it for a quarter of an hour. Nothing of it lies on disk.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from triage.database import CaseSession, Database
from triage.errors import NoKeyError
from triage.forgetting import forget_words
from triage.keys.keyring import KeyHolder
from triage.linking.origins.likeness import Likeness, likeness, weigh
from triage.linking.origins.telling import Telling, telling_of
from triage.officers.session import officers_signed_in

if TYPE_CHECKING:
    from triage.linking.origins.findings import Finding

IDLE_SECONDS = 15 * 60
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


@dataclass
class _Slot:
    shelf: Shelf
    used_at: float
    holders: set[UUID]


_LOCK = threading.RLock()
_SLOTS: "WeakKeyDictionary[Engine, dict[UUID, _Slot]]" = WeakKeyDictionary()
_HOMES: "WeakKeyDictionary[Engine, Database]" = WeakKeyDictionary()
_TIMER: list[threading.Timer] = []


def shelf_of(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> Shelf:
    """The shelf of a compartment, empty at first.

    Raises:
        NoKeyError: `by` does not open the compartment's box, whoever else filled the shelf.
    """
    by.keys.compartment_key(session, compartment_id)
    with _LOCK:
        _HOMES[session.home.case] = session.home
        slots = _SLOTS.setdefault(session.home.case, {})
        slot = slots.setdefault(compartment_id, _Slot(Shelf(compartment_id), 0.0, set()))
        slot.used_at = time.monotonic()
        slot.holders.add(by.id)
        _watch()
        return slot.shelf


def may_use(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> bool:
    """Whether `by` opens the compartment's box."""
    try:
        by.keys.compartment_key(session, compartment_id)
    except NoKeyError:
        return False
    return True


def wipe() -> None:
    """Forget every shelf of this process."""
    with _LOCK:
        for slots in _SLOTS.values():
            slots.clear()
        forget_words()


def let_go(holder_id: UUID) -> None:
    """A holder has signed out: what nobody else holds is forgotten."""
    with _LOCK:
        for slots in _SLOTS.values():
            _let_go(slots, holder_id)


def wipe_idle(now: float) -> None:
    """Forget what nobody has used for a quarter of an hour; `now` in seconds of the monotonic clock."""
    with _LOCK:
        for slots in _SLOTS.values():
            for compartment_id, slot in list(slots.items()):
                if now - slot.used_at >= IDLE_SECONDS:
                    _forget(slots, compartment_id)


def wipe_signed_out() -> None:
    """Forget what is held for people who have signed out since, at this worker or at another one."""
    with _LOCK:
        held = [(_HOMES[engine], slots) for engine, slots in _SLOTS.items() if slots]
    for home, slots in held:
        with suppress(SQLAlchemyError), home.look() as session:
            here = officers_signed_in(session)
            with _LOCK:
                for gone in {one for slot in slots.values() for one in slot.holders} - here:
                    _let_go(slots, gone)


def _let_go(slots: dict[UUID, _Slot], holder_id: UUID) -> None:
    for compartment_id, slot in list(slots.items()):
        slot.holders.discard(holder_id)
        if not slot.holders:
            _forget(slots, compartment_id)


def _forget(slots: dict[UUID, _Slot], compartment_id: UUID) -> None:
    del slots[compartment_id]
    forget_words()


def _watch() -> None:
    """See to it that an idle shelf goes even if no further request comes."""
    if _TIMER and _TIMER[0].is_alive():
        return

    def look() -> None:
        wipe_signed_out()
        with _LOCK:
            _TIMER.clear()
            wipe_idle(time.monotonic())
            if any(_SLOTS.values()):
                _watch()

    timer = threading.Timer(IDLE_SECONDS / 15, look)
    timer.daemon = True
    _TIMER[:] = [timer]
    timer.start()
