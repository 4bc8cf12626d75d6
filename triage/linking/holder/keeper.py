"""A keeper: a process that holds one compartment's sub-index and nothing else, and is ended to wipe it.

Whatever a matcher leaves behind (caches, tables, copies of strings) is in this process, so that ending it forgets all
of it for certain. It does one thing at a time, so it may fork: the child takes a change of the register in and builds
while its parent goes on answering. It reads from one socket, the index's, and stops when that closes.
"""

import os
import signal
import socket
from collections.abc import Sequence
from typing import NoReturn

from triage.linking.holder import wire
from triage.linking.holder.asking import Why
from triage.linking.holder.building import Building, build_matcher
from triage.linking.holder.frames import MANIFEST_MOST, ClosedError, Control, FrameError, Message, receive, send
from triage.linking.matching import Matcher
from triage.register.bodies import read_stored
from triage.register.errors import BodyError
from web.incidents import keep_logs_quiet, log_incident

FORK = "fork"
ONE_BYTE = b"f"


class SubIndex:
    """The entries that are known, each at its version, and the matcher made of them."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.entries: dict[str, tuple[int, bytes | None]] = {}
        self.building: Building | None = None  # where it begins with nothing, so that all there is comes in order
        self.matcher: Matcher | None = None

    def run(self) -> None:
        """Answer until the index closes the socket."""
        send(self.channel, {"pid": os.getpid()})
        while True:
            message = receive(self.channel, most=MANIFEST_MOST)
            if message.control.get("op") == FORK:
                self._fork()
                continue
            try:
                control, content = self._answer(message)
            except FrameError:
                control, content = {"why": Why.MALFORMED.value}, b""
            send(self.channel, control, content)

    def _answer(self, message: Message) -> tuple[Control, bytes]:
        match message.control:
            case {"op": "fill"}:
                wanted = self._compare(wire.manifest_in(message.content))
                return {"wanted": len(wanted)}, wire.ids_out(wanted)
            case {"op": "entries"}:
                return {"taken": self._take(wire.batch_in(message.content))}, b""
            case {"op": "build"}:
                self._build()
                return {"built": True}, b""
            case {"op": "suggest", "limit": int(limit)} if self.matcher is not None:
                suggested = self.matcher.suggest(wire.text_in(message.content), limit=limit)
                return {}, wire.suggestions_out(suggested)
            case {"op": "rank", "limit": int(limit)} if self.matcher is not None:
                nearest = self.matcher.rank(wire.text_in(message.content), limit=limit)
                return {}, wire.suggestions_out(nearest)
            case {"op": "mentions"} if self.matcher is not None:
                return {}, wire.mentions_out(self.matcher.mentions(wire.text_in(message.content)))
            case _:
                raise FrameError("Not understood")

    def _compare(self, manifest: dict[str, int]) -> list[str]:
        """Forget the entries that are gone; gives those that are new or have changed."""
        self.entries = {one: kept for one, kept in self.entries.items() if manifest.get(one) == kept[0]}
        self.building = None if self.entries else Building()
        return [one for one in manifest if one not in self.entries]

    def _take(self, batch: Sequence[tuple[str, int, bytes | None]]) -> int:
        """Keep entries, and note what they say; an entry that is none is refused before anything is kept."""
        given = [(entry_id, text) for entry_id, _, text in batch if text is not None]
        try:
            stored = [read_stored(text) for _, text in given]
        except BodyError:
            raise FrameError("Not an entry") from None
        self.entries.update((entry_id, (version, text)) for entry_id, version, text in batch)
        if self.building is not None:
            self.building.note([one for one, _ in given], stored, [text for _, text in given])
        return len(batch)

    def _build(self) -> None:
        building, self.building, self.matcher = self.building, None, None
        if building is not None and building.is_in_order:
            self.matcher = building.finish()
            return
        given = sorted((one, text) for one, (_, text) in self.entries.items() if text is not None)
        self.matcher = build_matcher(
            given, len(given), progress=lambda share: send(self.channel, {"share": round(share, 3)})
        )

    def _fork(self) -> None:
        """Become two: this one goes on, and the other talks on the socket that came along."""
        _, descriptors, _, _ = socket.recv_fds(self.channel, len(ONE_BYTE), 1)
        if os.fork():
            os.close(descriptors[0])
            return
        self.channel.close()
        self.channel = socket.socket(fileno=descriptors[0])
        send(self.channel, {"pid": os.getpid()})


def keep(descriptor: int) -> NoReturn:
    """Be a keeper on the socket that the index left open under this number; the caller has seen to core dumps."""
    keep_logs_quiet()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the index decides when to end
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a child is ended by the index, and nobody waits for it here
    try:
        SubIndex(socket.socket(fileno=descriptor)).run()
    except (ClosedError, FrameError):
        pass
    except BaseException as error:  # noqa: BLE001 - the outermost frame: a traceback would quote what failed
        log_incident(error)
    os._exit(0)
