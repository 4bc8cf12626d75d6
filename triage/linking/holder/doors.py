"""Who may ask which sub-index: tokens for holders of a compartment's key, and when nobody holds it any more.

A door is 32 bytes that only a compartment's key can derive. It names the sub-index, so that whoever makes one up
gets an empty one of their own and learns nothing of any other.
"""

import hashlib
from dataclasses import dataclass, field
from secrets import token_bytes
from uuid import UUID

from triage.linking.holder.asking import SECRET_BYTES, Why
from triage.linking.holder.kept import Keeper
from triage.linking.holder.standing import State

IDLE_SECONDS = 15 * 60.0
MOST_SLOTS = 256
MOST_HOLDERS = 2_000


class RefusedError(Exception):
    """Nothing is answered."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass
class Slot:
    """One compartment's sub-index: what answers, what is coming, and who holds it (with the time of their last use)."""

    used_at: dict[UUID, float] = field(default_factory=dict)
    tokens: dict[UUID, bytes] = field(default_factory=dict, repr=False)
    keeper: Keeper | None = None
    version: int = 0
    coming: Keeper | None = None
    is_claimed: bool = False  # somebody brings it to a version
    share: float = 0.0
    is_gone: bool = False

    @property
    def state(self) -> State:
        if self.keeper is None:
            return State.BUILDING
        return State.REBUILDING if self.is_claimed else State.READY


class Doors:
    """Every slot by its door, and every token by its digest. Not safe for threads by itself: the index locks it."""

    def __init__(self) -> None:
        self._slots: dict[tuple[UUID, bytes], Slot] = {}
        self._tokens: dict[bytes, tuple[tuple[UUID, bytes], UUID]] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def open(self, compartment: UUID, door: bytes, holder: UUID, *, now: float) -> tuple[Slot, bytes]:
        """The slot behind a door, and the holder's token for it.

        Raises:
            RefusedError: too many are held.
        """
        where = compartment, _digest(door)
        if where not in self._slots and len(self._slots) >= MOST_SLOTS:
            raise RefusedError(Why.FULL)
        slot = self._slots.setdefault(where, Slot())
        if holder not in slot.tokens:
            if len(slot.tokens) >= MOST_HOLDERS:
                raise RefusedError(Why.FULL)
            token = token_bytes(SECRET_BYTES)
            slot.tokens[holder] = token
            self._tokens[_digest(token)] = where, holder
        slot.used_at[holder] = now
        return slot, slot.tokens[holder]

    def of(self, token: bytes, *, now: float) -> Slot:
        """The slot a token is for; raises RefusedError for one that we did not give, or have taken back."""
        found = self._tokens.get(_digest(token))
        if found is None:
            raise RefusedError(Why.NOT_HELD)
        where, holder = found
        slot = self._slots[where]
        slot.used_at[holder] = now
        return slot

    def leave(self, compartment: UUID, door: bytes, holder: UUID) -> Slot | None:
        """Take a holder's token back; gives the slot where that was the last one: it must be ended."""
        return self._take_back((compartment, _digest(door)), holder)

    def sweep(self, before: float) -> list[Slot]:
        """Take back the tokens that nobody has used since `before`; gives the slots that must be ended."""
        idle = [
            (where, holder)
            for where, slot in self._slots.items()
            for holder, used_at in slot.used_at.items()
            if used_at <= before
        ]
        ended = [self._take_back(where, holder) for where, holder in idle]
        return [slot for slot in ended if slot is not None]

    def clear(self) -> list[Slot]:
        """Take all back."""
        every = list(self._slots.values())
        self._slots.clear()
        self._tokens.clear()
        return every

    def _take_back(self, where: tuple[UUID, bytes], holder: UUID) -> Slot | None:
        slot = self._slots.get(where)
        if slot is None or holder not in slot.tokens:
            return None
        del self._tokens[_digest(slot.tokens.pop(holder))]
        del slot.used_at[holder]
        return None if slot.tokens else self._slots.pop(where)


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
