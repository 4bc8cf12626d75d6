"""What one person can open: their own box, and whatever has been granted to the boxes it opens."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import select

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.recipient import seal_small
from envelope.unseal import unseal_small
from envelope.vault import CompartmentKey, DataKey, derive, unwrap, wrap
from envelope.wire import Context
from envelope.wire import Purpose as WirePurpose
from store.batches import batches
from triage.audit.actor import Actor
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError, ReplacedKeyError
from triage.keys.host_signed import recipient_of, require_signed
from triage.keys.models import BoxRow, GrantRow, IntakeGrantRow, WrappedKeyRow, Wrapping

CHAIN_LABEL = "quietword data key under a data key v1"


def grant_context(box_id: UUID, to_box_id: UUID) -> Context:
    """Binds a sealed seed to the box it is of and the box it is for, so that neither can be swapped."""
    return Context(WirePurpose.GRANT, (box_id.bytes, to_box_id.bytes))


def data_key_context(key_id: UUID, box_id: UUID) -> Context:
    """Binds a data key sealed from outside to its id and the box it is for."""
    return Context(WirePurpose.DATA_KEY, (key_id.bytes, box_id.bytes))


class _Wrapped(NamedTuple):
    """A row of wrapped keys as it was read."""

    key_id: UUID
    box_id: UUID
    wrapping: str
    wrapped: bytes


class KeyRing:
    """Opens boxes along grants, starting from one seed; nothing it opened outlives it.

    It reads the grants anew for each unit of work, so a revoked grant counts from the next request on.
    """

    def __init__(self, box_id: UUID, identity: Identity) -> None:
        self.box_id = box_id
        self._opened: dict[UUID, Identity] = {box_id: identity}
        self._compartments: dict[UUID, CompartmentKey] = {}
        self._data_keys: dict[UUID, DataKey] = {}
        self._ways: dict[UUID, tuple[UUID, bytes]] | None = None

    def __repr__(self) -> str:
        return f"KeyRing({self.box_id})"

    @property
    def own_seed(self) -> bytes:
        """The 32 bytes this ring starts from, for putting a new lock on them."""
        return self._opened[self.box_id].seed

    def anew(self) -> "KeyRing":
        """A ring that starts from the same seed and has opened nothing yet, for the next unit of work."""
        return KeyRing(self.box_id, self._opened[self.box_id])

    def take_up(self, box_id: UUID, identity: Identity) -> None:
        """Hold a box just made, for the rest of the unit of work that made it."""
        self._opened[box_id] = identity

    def held(self, session: CaseSession) -> frozenset[UUID]:
        """Ids of every box this ring can open, intake boxes of unretired days aside."""
        return frozenset(self._find_ways(session)) | frozenset(self._opened)

    def holds(self, session: CaseSession, box_id: UUID) -> bool:
        return box_id in self._opened or box_id in self._find_ways(session)

    def identity(self, session: CaseSession, box_id: UUID) -> Identity:
        """The private half of a box.

        Raises:
            NoKeyError: no chain of grants leads there.
            ReplacedKeyError: what a grant holds is not the box's own seed. Whoever wrote it there would otherwise
                have everything that is sealed from now on wrapped for them.
            ForgedKeyError: they put their own public key beside it, too.
        """
        if box_id not in self._opened:
            way = self._find_ways(session).get(box_id) or self._find_intake_way(session, box_id)
            if way is None:
                raise NoKeyError
            via, sealed = way
            holder = self.identity(session, via)
            seed = unseal_small(sealed, holder, grant_context(box_id, via))
            found, box = Identity(seed), session.get(BoxRow, box_id)
            if box is None or found.recipient().public_key != box.public_key:
                raise ReplacedKeyError
            require_signed(session, box)
            self._opened[box_id] = found
        return self._opened[box_id]

    def compartment_key(self, session: CaseSession, box_id: UUID) -> CompartmentKey:
        """The symmetric key a box guards."""
        if box_id not in self._compartments:
            self._compartments[box_id] = CompartmentKey.of(self.identity(session, box_id))
        return self._compartments[box_id]

    def data_key(self, session: CaseSession, key_id: UUID) -> DataKey:
        """Open a data key by any box this ring holds.

        Raises:
            NotFoundError: the key has been destroyed, and with it what it sealed.
            NoKeyError: it is wrapped for boxes of other people only.
        """
        if key_id not in self._data_keys:
            rows = session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id)).all()
            if not rows:
                raise NotFoundError("record")
            row = next(
                (row for row in rows if row.wrapping == Wrapping.CHAINED or self.holds(session, row.box_id)), None
            )
            if row is None:
                raise NoKeyError
            self._data_keys[key_id] = self._unwrap(session, row)
        return self._data_keys[key_id]

    def opens(self, session: CaseSession, key_id: UUID) -> bool:
        """Whether this ring opens a data key: what it does not, its holder's lists leave out."""
        try:
            self.data_key(session, key_id)
        except (NoKeyError, NotFoundError, EnvelopeError):
            return False
        return True

    def open_many(self, session: CaseSession, key_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Open many data keys in few queries; gives those this ring opens, and leaves the others alone."""
        return frozenset(self.opened_keys(session, key_ids))

    def opened_keys(self, session: CaseSession, key_ids: Iterable[UUID]) -> dict[UUID, DataKey]:
        """The same with the keys themselves, for whoever opens a row with each."""
        wanted, known = list(dict.fromkeys(key_ids)), self._data_keys
        missing = [key_id for key_id in wanted if key_id not in known]
        columns = select(WrappedKeyRow.key_id, WrappedKeyRow.box_id, WrappedKeyRow.wrapping, WrappedKeyRow.wrapped)
        for some in batches(missing):
            # As columns, which is three times as quick as rows where there are a hundred thousand of them.
            for row in map(_Wrapped._make, session.keys.execute(columns.where(WrappedKeyRow.key_id.in_(some)))):
                if row.key_id not in known and self._can_unwrap(session, row):
                    known[row.key_id] = self._unwrap(session, row)
        return {key_id: known[key_id] for key_id in wanted if key_id in known}

    def remember(self, key_id: UUID, data_key: DataKey) -> None:
        """Keep a key just made, so that its maker need not unwrap it."""
        self._data_keys[key_id] = data_key

    def forget(self, key_id: UUID) -> None:
        self._data_keys.pop(key_id, None)

    def forget_ways(self) -> None:
        """Read the grants again at the next look: one was just given or taken away."""
        self._ways = None

    def wrap_for(self, session: CaseSession, box_id: UUID, key_id: UUID, data_key: DataKey) -> WrappedKeyRow:
        """Wrap a data key for a box: by its own key where this ring holds it, else sealed to its public half.

        Raises:
            NotFoundError: there is no such box.
            ForgedKeyError: its public half is not one that this host signed.
        """
        if self.holds(session, box_id):
            wrapped = wrap(data_key, self.compartment_key(session, box_id), key_id)
            return WrappedKeyRow(key_id=key_id, box_id=box_id, wrapping=Wrapping.SYMMETRIC, wrapped=wrapped)
        box = session.get(BoxRow, box_id)
        if box is None:
            raise NotFoundError("box")
        sealed = seal_small(data_key.secret, recipient_of(session, box), data_key_context(key_id, box_id))
        return WrappedKeyRow(key_id=key_id, box_id=box_id, wrapping=Wrapping.SEALED, wrapped=sealed)

    def wrap_under(self, session: CaseSession, above_id: UUID, key_id: UUID, data_key: DataKey) -> WrappedKeyRow:
        """Wrap a data key under another one that this ring opens: whoever opens that one opens both.

        Raises:
            NotFoundError, NoKeyError: as `data_key`, of the one above.
        """
        wrapped = wrap(data_key, _chain_key(self.data_key(session, above_id)), key_id)
        return WrappedKeyRow(key_id=key_id, box_id=above_id, wrapping=Wrapping.CHAINED, wrapped=wrapped)

    def _can_unwrap(self, session: CaseSession, row: "WrappedKeyRow | _Wrapped") -> bool:
        if row.wrapping == Wrapping.CHAINED:
            return self.opens(session, row.box_id)
        return self.holds(session, row.box_id)

    def _unwrap(self, session: CaseSession, row: "WrappedKeyRow | _Wrapped") -> DataKey:
        if row.wrapping == Wrapping.CHAINED:
            return unwrap(row.wrapped, _chain_key(self.data_key(session, row.box_id)), row.key_id)
        if row.wrapping == Wrapping.SYMMETRIC:
            return unwrap(row.wrapped, self.compartment_key(session, row.box_id), row.key_id)
        holder = self.identity(session, row.box_id)
        return DataKey(unseal_small(row.wrapped, holder, data_key_context(row.key_id, row.box_id)))

    def _find_ways(self, session: CaseSession) -> dict[UUID, tuple[UUID, bytes]]:
        if self._ways is None:
            ways: dict[UUID, tuple[UUID, bytes]] = {}
            edge = {self.box_id}
            while edge:
                grants = session.scalars(select(GrantRow).where(GrantRow.to_box_id.in_(edge))).all()
                new = {row.box_id: (row.to_box_id, row.sealed) for row in grants if row.box_id not in ways}
                new.pop(self.box_id, None)
                ways |= new
                edge = set(new)
            self._ways = ways
        return self._ways

    def _find_intake_way(self, session: CaseSession, box_id: UUID) -> tuple[UUID, bytes] | None:
        held = self.held(session)
        rows = session.keys.scalars(select(IntakeGrantRow).where(IntakeGrantRow.box_id == box_id))
        return next(((row.to_box_id, row.sealed) for row in rows if row.to_box_id in held), None)


class HoldsKeys(Protocol):
    """Whoever reads what is sealed and does nothing that leaves a line."""

    @property
    def keys(self) -> KeyRing: ...


class KeyHolder(Actor, HoldsKeys, Protocol):
    """An actor who also holds keys: whoever reads or writes what is sealed."""


def _chain_key(above: DataKey) -> CompartmentKey:
    """What a data key wraps others with: derived from it, so that no key both encrypts rows and wraps keys."""
    return CompartmentKey(derive(above.secret, CHAIN_LABEL, len(above.secret)))
