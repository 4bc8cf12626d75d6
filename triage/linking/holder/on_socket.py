"""The index in a process of its own, as a worker sees it: who may ask is shown by a key, what is missing is filled in.

The entries are opened here, by the officer's key, and handed over; the index gets neither a key nor a database.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from envelope.vault import derive
from store.batches import batches
from triage.database import CaseSession, Database
from triage.errors import NoKeyError
from triage.keys.keyring import KeyHolder
from triage.linking.holder import wire
from triage.linking.holder.asking import SECRET_BYTES, Build, Entries, Fill, Leave, Stand
from triage.linking.holder.background import SOON, Background
from triage.linking.holder.client import AwayError, IndexClient
from triage.linking.holder.doors import RefusedError
from triage.linking.holder.frames import BATCH_MOST
from triage.linking.holder.remote import Desk, Remote, Tokens
from triage.linking.holder.several import Nobody, StandingMatcher, together
from triage.linking.holder.standing import AWAY, Standing, State
from triage.register.opening import (
    Holder,
    every_opened_entry,
    has_more_entries,
    hold_key,
    only_compartment,
    opened_entries,
    versions_of_entries,
)
from triage.register.unlocked import CHANGED, compartments_of, register_version

DOOR_LABEL = "quietword index door v1"
WAIT_SECONDS = 10.0
LOOK_SECONDS = 0.02


class SocketIndex:
    """See `RegisterIndex`. `soon` is up to how many entries whoever asks waits for the building."""

    def __init__(self, path: Path, *, soon: int = SOON) -> None:
        self._soon = soon
        self._client = IndexClient(path)
        self._tokens = Tokens(self._client)
        self._background = Background()

    def matcher_for(self, session: CaseSession, *, by: Holder) -> StandingMatcher:
        """See `RegisterIndex`."""
        return together(self._matcher(session, desk, by=by) for desk in _desks(session, by=by))

    def let_go(self, session: CaseSession, /, *, by: KeyHolder) -> None:
        """See `RegisterIndex`."""
        for desk in _desks(session, by=by):
            self._tokens.forget(desk)
            with suppress(AwayError, RefusedError):
                self._client.ask(Leave(desk.compartment, desk.holder, desk.door))

    def close(self) -> None:
        """See `RegisterIndex`."""
        self._client.close()

    def _matcher(self, session: CaseSession, desk: Desk, *, by: Holder) -> StandingMatcher:
        try:
            standing, _ = self._stand(desk)
            # What this unit of work has changed is not committed yet: it is filled in by whoever asks after that.
            if not standing.is_ready and not session.info.get(CHANGED):
                holder = only_compartment(session, desk.compartment, by=by)
                soon = not has_more_entries(session, desk.compartment, than=self._soon)
                standing = self._bring_up(session.home, desk, holder, soon=soon)
        except (AwayError, RefusedError):
            return Nobody(AWAY)
        if standing.state is State.BUILDING:
            return Nobody(standing)
        return Remote(self._tokens, desk, standing)

    def _stand(self, desk: Desk) -> tuple[Standing, bool]:
        """How the sub-index stands, seen from the version that this unit of work sees, and whether anybody builds."""
        said = self._tokens.ask(desk, Stand).control
        try:
            state, share, going = State(str(said["state"])), float(said["share"]), said["going"] is True
        except (KeyError, ValueError):
            raise AwayError from None
        if state is not State.BUILDING:
            state = State.READY if said.get("version") == desk.version else State.REBUILDING
        return Standing(state, share if going else 0.0), going

    def _bring_up(self, home: Database, desk: Desk, holder: Holder, *, soon: bool) -> Standing:
        """Fill in what is missing: at once where that takes a moment, else meanwhile."""
        if not soon:
            standing, going = self._stand(desk)
            if going:  # it is being built of what it was given: asking again what it has would only hold it up
                return standing
            self._background.start(desk.compartment, lambda _tell: self._fill(home, desk, holder))
            return self._stand(desk)[0]
        self._background.now(desk.compartment, lambda _tell: self._fill(home, desk, holder))
        ends = time.monotonic() + WAIT_SECONDS
        standing, going = self._stand(desk)
        while going and not standing.is_ready and time.monotonic() < ends:
            time.sleep(LOOK_SECONDS)
            standing, going = self._stand(desk)
        # Nobody builds, so it is as new as can be: our own look began before the last change.
        return Standing(State.READY) if standing.state is State.REBUILDING and not going else standing

    def _fill(self, home: Database, desk: Desk, holder: Holder) -> None:
        """Open what the index does not have yet and hand it over; where another worker does it, leave it to that."""
        with home.look() as session:
            version = register_version(session, desk.compartment)
            manifest = versions_of_entries(session, desk.compartment)
        with suppress(AwayError, RefusedError), self._client.conversation() as index:
            token = self._tokens.open(desk)
            wanted = wire.ids_in(index.ask(Fill(token, version), wire.manifest_out(manifest)).content)
            # Where all are wanted they are opened in one pass, which takes a third of the time of asking for each.
            opened = _every_one if len(wanted) == len(manifest) else _only
            for batch in opened(home, desk.compartment, wanted, manifest, holder):
                for piece in _small_enough(batch):
                    index.begin(Entries(token), piece)  # the index takes it in while the next is opened
            index.ask(Build(token))


def _desks(session: CaseSession, *, by: Holder) -> Iterator[Desk]:
    for compartment in compartments_of(session, by=by):
        with suppress(NoKeyError):
            key = hold_key(session, compartment, by=by)
            door = derive(key.secret, DOOR_LABEL, SECRET_BYTES)
            yield Desk(compartment, by.id, door, register_version(session, compartment))


def _every_one(
    home: Database, compartment: UUID, wanted: Sequence[str], manifest: wire.Manifest, holder: Holder
) -> Iterator[wire.Batch]:
    """Every entry there is, and last, as nothing, those that have been deleted since it was asked which there are."""
    left = dict.fromkeys(wanted)
    with home.look() as session:
        for some in every_opened_entry(session, compartment, by=holder):
            session.keys.rollback()  # on SQLite a long look at the keys would keep everybody from writing
            found = zip(some.ids, some.versions, some.texts, strict=True)
            yield [(one, version, wire.text_for_matching(text)) for one, version, text in found if one in left]
            for one in some.ids:
                left.pop(one, None)
    yield from ([(one, manifest[one], None) for one in gone] for gone in batches(left))


def _only(
    home: Database, compartment: UUID, wanted: Sequence[str], manifest: wire.Manifest, holder: Holder
) -> Iterator[wire.Batch]:
    """The entries of these ids, and nothing of those that have been deleted since. Each batch is a look of its own."""
    for ids in batches(wanted):
        found: dict[str, tuple[int, bytes]] = {}
        with home.look() as session:
            for some in opened_entries(session, ids, compartment, by=holder):
                found.update(zip(some.ids, zip(some.versions, some.texts, strict=True), strict=True))
        yield [
            (one, found[one][0], wire.text_for_matching(found[one][1])) if one in found else (one, manifest[one], None)
            for one in ids
        ]


def _small_enough(batch: wire.Batch) -> Iterator[bytes]:
    """The batch in as many pieces as it takes."""
    content = wire.batch_out(batch)
    if len(content) <= BATCH_MOST or len(batch) == 1:
        yield content
        return
    half = len(batch) // 2
    yield from _small_enough(batch[:half])
    yield from _small_enough(batch[half:])
