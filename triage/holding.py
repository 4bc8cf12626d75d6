"""What this process holds of a compartment in clear, for as long as somebody who holds its key uses it; never on disk.

It goes with its last holder's signing out, here or at another worker, and by itself when nobody has used it for a
quarter of an hour. Python cannot promise to overwrite what it lets go.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from triage.database import CaseSession, Database
from triage.forgetting import forget_words
from triage.officers.session import officers_signed_in

IDLE_SECONDS = 15 * 60
LOOKS = 15  # in that time

T = TypeVar("T")


@dataclass
class _Slot(Generic[T]):
    content: T
    used_at: float
    holders: set[UUID]


class Holding(Generic[T]):
    """One kind of such things, by database and compartment. Safe for threads; `lock` guards what hangs on a content.

    Who asks must have shown their key before. `forgotten` is told of each content that goes.
    """

    def __init__(self, *, forgotten: Callable[[T], None] = lambda _content: None) -> None:
        self.lock = threading.RLock()
        self._forgotten = forgotten
        # By the engine, which every session on the databases shares, whether it only looks or writes.
        self._slots: WeakKeyDictionary[Engine, dict[UUID, _Slot[T]]] = WeakKeyDictionary()
        self._homes: WeakKeyDictionary[Engine, Database] = WeakKeyDictionary()
        self._timer: threading.Timer | None = None

    def peek(self, home: Database, compartment_id: UUID) -> T | None:
        """What is held of a compartment, without using it."""
        with self.lock:
            slot = self._slots.get(home.case, {}).get(compartment_id)
            return None if slot is None else slot.content

    def use(self, session: CaseSession, compartment_id: UUID, *, by: UUID) -> T | None:
        """What is held of a compartment: from now on this holder holds it, too."""
        with self.lock:
            slot = self._slots.get(session.home.case, {}).get(compartment_id)
            if slot is None:
                return None
            slot.used_at = time.monotonic()
            slot.holders.add(by)
            return slot.content

    def keep(self, session: CaseSession, compartment_id: UUID, content: T, *, by: UUID) -> None:
        """Hold this of a compartment from now on, for its holders and this one."""
        with self.lock:
            self._homes[session.home.case] = session.home
            slots = self._slots.setdefault(session.home.case, {})
            before = slots.get(compartment_id)
            slots[compartment_id] = _Slot(content, time.monotonic(), (before.holders if before else set()) | {by})
            self._watch()

    def use_or_make(self, session: CaseSession, compartment_id: UUID, make: Callable[[], T], *, by: UUID) -> T:
        """What is held of a compartment, made where there is nothing yet."""
        with self.lock:
            content = self.use(session, compartment_id, by=by)
            if content is None:
                content = make()
                self.keep(session, compartment_id, content, by=by)
            return content

    def holds_anything(self) -> bool:
        """Whether anything is held of any compartment."""
        with self.lock:
            return any(self._slots.values())

    def holders(self, home: Database, compartment_id: UUID) -> frozenset[UUID]:
        """Who holds what is held of a compartment."""
        with self.lock:
            slot = self._slots.get(home.case, {}).get(compartment_id)
            return frozenset() if slot is None else frozenset(slot.holders)

    def used_at(self, home: Database, compartment_id: UUID) -> float:
        """When it was last used, in seconds of the monotonic clock; raises KeyError where nothing is held."""
        with self.lock:
            return self._slots[home.case][compartment_id].used_at

    def wipe(self) -> None:
        """Forget everything of this kind that this process holds."""
        self._forget_where(lambda _slot: True)
        forget_words()

    def let_go(self, holder_id: UUID) -> None:
        """A holder has signed out: what nobody else holds is forgotten."""
        with self.lock:
            for slots in self._slots.values():
                for slot in slots.values():
                    slot.holders.discard(holder_id)
            self._forget_where(lambda slot: not slot.holders)

    def wipe_idle(self, now: float) -> None:
        """Forget what nobody has used for a quarter of an hour; `now` in seconds of the monotonic clock."""
        self._forget_where(lambda slot: now - slot.used_at >= IDLE_SECONDS)

    def wipe_signed_out(self) -> None:
        """Forget what is held for people who have signed out since, at this worker or at another one."""
        with self.lock:
            held = [(self._homes[engine], slots) for engine, slots in self._slots.items() if slots]
        for home, slots in held:
            with suppress(SQLAlchemyError), home.look() as session:
                here = officers_signed_in(session)
                with self.lock:
                    for slot in slots.values():
                        slot.holders &= here
                    self._forget_where(lambda slot: not slot.holders)

    def _forget_where(self, is_over: Callable[[_Slot[T]], bool]) -> None:
        with self.lock:
            for slots in self._slots.values():
                for compartment_id, slot in list(slots.items()):
                    if is_over(slot):
                        del slots[compartment_id]
                        self._forgotten(slot.content)
                        forget_words()

    def _watch(self) -> None:
        """See to it that what is idle goes even if no further request comes."""
        if self._timer is not None and self._timer.is_alive():
            return
        self._timer = threading.Timer(IDLE_SECONDS / LOOKS, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        self.wipe_signed_out()
        with self.lock:
            self._timer = None
            self.wipe_idle(time.monotonic())
            if self.holds_anything():
                self._watch()
