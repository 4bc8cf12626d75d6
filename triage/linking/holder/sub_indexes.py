"""Every sub-index held: asked through its keeper, filled by one worker at a time, wiped with its last holder."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.linking.holder.asking import Leave, Mentions, Open, Rank, Suggest, Why
from triage.linking.holder.doors import Doors, RefusedError, Slot
from triage.linking.holder.frames import ClosedError, Control, FrameError, Message
from triage.linking.holder.kept import EmptyKeeper, Keeper
from web.incidents import log_incident

FILLED_SHARE = 0.7  # of all there is to do, once every entry is there


@dataclass
class Claim:
    """One worker's right to bring a slot to a version; it ends with `build`, or with the worker's connection."""

    slot: Slot
    version: int
    coming: Keeper
    wanted: int = 0
    taken: int = 0


class SubIndexes:
    """Safe for threads: `_lock` is held for moments only, never while a keeper thinks."""

    def __init__(self, keeper: Sequence[str], environ: Mapping[str, str], clock: Callable[[], float]) -> None:
        self._empty = EmptyKeeper(keeper, environ)
        self._clock = clock
        self._doors = Doors()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._doors)

    def come_up(self) -> None:
        """Have a keeper ready for the first who opens anything; where it does not come up, that is tried again then."""
        try:
            self._empty.come_up()
        except (ClosedError, FrameError, OSError) as error:
            log_incident(error)

    def open(self, asked: Open) -> Control:
        """Hold a compartment: the answer has the token."""
        with self._lock:
            slot, token = self._doors.open(asked.compartment, asked.door, asked.holder, now=self._clock())
            return {"token": token.hex(), **_standing(slot)}

    def leave(self, asked: Leave) -> Control:
        """Hold it no more; with its last holder a sub-index is wiped before this answers."""
        with self._lock:
            left = self._doors.leave(asked.compartment, asked.door, asked.holder)
        if left is not None:
            self._end(left)
        return {}

    def stand(self, token: bytes) -> Control:
        """How it stands."""
        with self._lock:
            return _standing(self._doors.of(token, now=self._clock()))

    def ask(self, asked: Suggest | Rank | Mentions, text: bytes) -> Message:
        """Have the keeper answer.

        Raises:
            RefusedError: no such token, nothing built yet, or the keeper died or did not understand.
        """
        with self._lock:
            slot = self._doors.of(asked.token, now=self._clock())
            keeper, standing = slot.keeper, _standing(slot)
        if keeper is None:
            raise RefusedError(Why.NOT_BUILT)
        question: dict[str, Any]  # Any: JSON by nature
        match asked:
            case Suggest():
                question = {"op": "suggest", "limit": asked.limit}
            case Rank():
                question = {"op": "rank", "limit": asked.limit}
            case Mentions():
                question = {"op": "mentions"}
        try:
            said = keeper.ask(question, text)
        except (ClosedError, FrameError):
            self._lose(slot, keeper)
            raise RefusedError(Why.NOT_BUILT) from None
        _understood(said)
        return Message(standing, said.content)

    def claim(self, token: bytes, version: int, manifest: bytes) -> tuple[Claim, Message]:
        """Begin to fill: a keeper that knows what the one that answers knows, told what there is now; the message
        says which entries are wanted.

        Raises:
            RefusedError: somebody else fills or builds, or it stands at this version already.
        """
        with self._lock:
            slot = self._doors.of(token, now=self._clock())
            if slot.is_claimed or (slot.keeper is not None and slot.version == version):
                raise RefusedError(Why.BUSY)
            slot.is_claimed, slot.share, before = True, 0.0, slot.keeper
        try:
            coming = before.fork() if before is not None else self._empty.another()
        except (ClosedError, FrameError, OSError):
            with self._lock:
                slot.is_claimed = False
            if before is not None:
                self._lose(slot, before)
            raise RefusedError(Why.NOT_BUILT) from None
        claim = Claim(slot, version, coming)
        with self._lock:
            slot.coming = coming
            gone = slot.is_gone
        if gone:
            self.give_up(claim)
            raise RefusedError(Why.NOT_HELD)
        said = self._ask_coming(claim, {"op": "fill"}, manifest)
        claim.wanted = int(said.control.get("wanted", 0))
        return claim, said

    def take(self, claim: Claim, token: bytes, entries: bytes) -> Control:
        """Hand on some of the entries; a claim whose keeper fails is given up."""
        with self._lock:
            if self._doors.of(token, now=self._clock()) is not claim.slot:
                raise RefusedError(Why.NOT_HELD)
        said = self._ask_coming(claim, {"op": "entries"}, entries)
        claim.taken += int(said.control.get("taken", 0))
        claim.slot.share = FILLED_SHARE * min(1.0, claim.taken / max(1, claim.wanted))
        return {"taken": claim.taken}

    def build(self, claim: Claim) -> None:
        """Build, which takes seconds, and put the new keeper in the place of the one that answered meanwhile."""

        def progress(share: float) -> None:
            claim.slot.share = FILLED_SHARE + (1 - FILLED_SHARE) * share

        slot = claim.slot
        try:
            claim.coming.build(progress)
        except (ClosedError, FrameError):
            self.give_up(claim)
            return
        with self._lock:
            if slot.is_gone:
                replaced: Keeper | None = claim.coming
            else:
                replaced, slot.keeper, slot.version = slot.keeper, claim.coming, claim.version
            slot.coming, slot.is_claimed = None, False
        if replaced is not None:
            replaced.end()

    def give_up(self, claim: Claim) -> None:
        """Whoever filled is gone or gave nonsense: another may begin anew."""
        with self._lock:
            if claim.slot.coming is claim.coming:
                claim.slot.coming, claim.slot.is_claimed = None, False
        claim.coming.end()

    def sweep(self, idle_seconds: float) -> None:
        """Wipe what nobody has used for so long."""
        with self._lock:
            left = self._doors.sweep(self._clock() - idle_seconds)
        for slot in left:
            self._end(slot)

    def end(self) -> None:
        """Wipe everything."""
        with self._lock:
            left = self._doors.clear()
        for slot in left:
            self._end(slot)
        self._empty.end()

    def _ask_coming(self, claim: Claim, control: Control, content: bytes) -> Message:
        try:
            said = claim.coming.ask(control, content)
            _understood(said)
        except (ClosedError, FrameError):
            self.give_up(claim)
            raise RefusedError(Why.NOT_BUILT) from None
        except RefusedError:
            self.give_up(claim)
            raise
        return said

    def _lose(self, slot: Slot, keeper: Keeper) -> None:
        """A keeper has died: what it held is built anew when somebody asks."""
        with self._lock:
            if slot.keeper is keeper:
                slot.keeper, slot.version = None, 0
        keeper.end()

    def _end(self, slot: Slot) -> None:
        with self._lock:
            slot.is_gone = True
            keepers = [one for one in (slot.keeper, slot.coming) if one is not None]
            slot.keeper = slot.coming = None
        for one in keepers:
            try:
                one.end()
            except Exception as error:  # noqa: BLE001 - the others are still to be ended
                log_incident(error)


def _standing(slot: Slot) -> Control:
    return {
        "state": slot.state.value,
        "version": slot.version,
        "share": round(slot.share, 3),
        "going": slot.is_claimed,
    }


def _understood(said: Message) -> None:
    """Raises RefusedError where a keeper says that it did not understand."""
    if said.control.get("why") == Why.MALFORMED.value:
        raise RefusedError(Why.MALFORMED)
