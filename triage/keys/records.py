"""Sealed rows: a JSON body, padded and encrypted under a data key, bound to its table and row."""

import json
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select, type_coerce

from envelope.padding import RECORD_BUCKETS
from envelope.vault import DataKey, RowOpener, decrypt_field, encrypt_field
from store.batches import batches
from triage.base import IdAsKept, IdKept, SealedRow, bytes_of, hex_of
from triage.database import CaseSession
from triage.keys.keyring import HoldsKeys, KeyHolder
from triage.keys.models import DestroyedKeyRow, WrappedKeyRow, Wrapping
from triage.keys.rewrapping import boxes_of_place

# A sealed body is JSON by nature: whoever reads it turns it into a frozen dataclass at once.
Body = Mapping[str, Any]

_COLUMN = "sealed"
A_LOOK = 5_000
_WRAPPED = WrappedKeyRow.__table__.c


_KEY_ID = type_coerce(_WRAPPED.key_id, IdAsKept())
_WRAPPED_SYMMETRICALLY = select(_KEY_ID, _WRAPPED.wrapped).where(
    _WRAPPED.box_id == bindparam("box"),
    _WRAPPED.wrapping == Wrapping.SYMMETRIC,
    _KEY_ID.in_(bindparam("ids", expanding=True)),
)


def create_data_key(
    session: CaseSession, *, guards: Sequence[UUID] = (), under: UUID | None = None, by: KeyHolder
) -> UUID:
    """Make a data key, wrapped for each guarding box; the key row is written before any row it seals.

    With `under` it hangs under another data key instead, such as a file's under its report's: destroying that one
    destroys both, and destroying this one leaves that one as it is.
    """
    key_id, data_key = uuid4(), DataKey.generate()
    if under is not None:
        session.keys.add(by.keys.wrap_under(session, under, key_id, data_key))
    for box_id in guards:
        session.keys.add(by.keys.wrap_for(session, box_id, key_id, data_key))
    session.keys.flush()
    by.keys.remember(key_id, data_key)
    return key_id


def destroy_data_key(session: CaseSession, key_id: UUID, *, by: KeyHolder) -> None:
    """Delete what a key seals, by destroying every wrapping of it and of what hangs under it (design §4)."""
    for destroyed in destroy_wrappings(session, key_id):
        by.keys.forget(destroyed)


def destroy_wrappings(session: CaseSession, key_id: UUID) -> tuple[UUID, ...]:
    """The same for whoever holds no key, such as the system; gives the ids of every key destroyed."""
    hanging = select(WrappedKeyRow.key_id).where(
        WrappedKeyRow.box_id == key_id, WrappedKeyRow.wrapping == Wrapping.CHAINED
    )
    below = [one for child in session.keys.scalars(hanging).all() for one in destroy_wrappings(session, child)]
    session.keys.execute(delete(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id))
    session.keys.merge(DestroyedKeyRow(key_id=key_id, destroyed_on=session.today))
    return (key_id, *below)


def seal_row(
    session: CaseSession,
    row: SealedRow,
    body: Body,
    *,
    by: KeyHolder,
    key_id: UUID | None = None,
    guards: Sequence[UUID] = (),
    buckets: Sequence[int] = RECORD_BUCKETS,
) -> None:
    """Fill `row`, whose id is set, with `body` and add it to the session.

    Give `guards` (box ids) for a data key of the row's own, or `key_id` to share one, as all that is said about
    a report shares the report's.
    """
    row.data_key_id = key_id or create_data_key(session, guards=guards, by=by)
    reseal_row(session, row, body, by=by, buckets=buckets)
    session.add(row)


def reseal_row(
    session: CaseSession, row: SealedRow, body: Body, *, by: KeyHolder, buckets: Sequence[int] = RECORD_BUCKETS
) -> None:
    """Replace the body of a row under the key it has."""
    key = by.keys.data_key(session, row.data_key_id)
    row.sealed = encrypt_field(key, text_of(body), table=row.__tablename__, column=_COLUMN, row=row.id, buckets=buckets)


def open_row(session: CaseSession, row: SealedRow, *, by: HoldsKeys) -> dict[str, Any]:
    """The body of a row.

    Raises:
        NoKeyError: `by` holds no box its key is wrapped for.
        NotFoundError: its key has been destroyed.
        TamperedError: the row was changed, or is not the row its id says.
    """
    return open_sealed(session, row.__tablename__, row.id, row.data_key_id, row.sealed, by=by)


def open_sealed(
    session: CaseSession, table: str, row_id: UUID, data_key_id: UUID, sealed: bytes, *, by: HoldsKeys
) -> dict[str, Any]:
    """The same of a row that was read as columns."""
    key = by.keys.data_key(session, data_key_id)
    return body_of(open_text(key, table, row_id, sealed))


def open_text(key: DataKey, table: str, row_id: UUID, sealed: bytes) -> bytes:
    """The body of a row as the JSON that was sealed, for whoever opens a hundred thousand and only hands them on."""
    return decrypt_field(key, sealed, table=table, column=_COLUMN, row=row_id)


def open_texts(
    session: CaseSession,
    table: str,
    ids: Sequence[IdKept],
    key_ids: Sequence[IdKept],
    sealed: Sequence[bytes],
    box_id: UUID,
    *,
    by: HoldsKeys,
    ahead: MutableMapping[IdKept, bytes] | None = None,
) -> list[bytes | None]:
    """The texts of many rows in their order, as far as one box opens them; None where a key was destroyed.

    What was read `ahead` is taken out of there, and only what is not there is looked up.

    Raises:
        NoKeyError, ReplacedKeyError: as `KeyRing.compartment_key`.
        TamperedError: a row was changed, or is not the row its id says.
    """
    place = [box_id, *sorted(boxes_of_place(session, box_id) - {box_id})]
    texts: list[bytes | None] = [None] * len(ids)
    left: Sequence[int] = range(len(ids))
    for box in place:
        # Nearly all lie under the box of today; those of before it are asked only while a rotation is under way.
        if not left:
            break
        wrapped = _wrapped_symmetrically(session, [key_ids[at] for at in left], box, ahead if box == box_id else None)
        if wrapped or box == box_id:
            open_one = RowOpener(by.keys.compartment_key(session, box), table=table, column=_COLUMN).open
            for at in left:
                if key_ids[at] in wrapped:
                    key_id = key_ids[at]
                    texts[at] = open_one(wrapped[key_id], bytes_of(key_id), sealed[at], bytes_of(ids[at]))
            left = [at for at in left if key_ids[at] not in wrapped]
    for at in left:
        row_id, key_id = UUID(hex_of(ids[at])), UUID(hex_of(key_ids[at]))
        texts[at] = _open_otherwise(session, table, row_id, key_id, sealed[at], place, by)
    return texts


def wrapped_ahead(session: CaseSession, box_id: UUID, *, most: int) -> dict[IdKept, bytes]:
    """Wrapped keys that a box's own key wraps, at most `most`: in one pass, for whoever opens nearly all there are."""
    every_one = select(_KEY_ID, _WRAPPED.wrapped).where(
        _WRAPPED.box_id == box_id, _WRAPPED.wrapping == Wrapping.SYMMETRIC
    )
    found: dict[IdKept, bytes] = {}
    for some in session.keys.execute(every_one.limit(most)).partitions(A_LOOK):
        found.update([(one, wrapped) for one, wrapped in some])
    return found


def _wrapped_symmetrically(
    session: CaseSession, key_ids: Sequence[IdKept], box_id: UUID, ahead: MutableMapping[IdKept, bytes] | None
) -> dict[IdKept, bytes]:
    """The wrapped keys of these ids that the box's own key wraps, which nearly all are, without a UUID made of any."""
    found: dict[IdKept, bytes] = {}
    if ahead:
        found = {one: ahead.pop(one) for one in key_ids if one in ahead}
    for some in batches([one for one in key_ids if one not in found]):
        rows = session.keys.execute(_WRAPPED_SYMMETRICALLY, {"box": box_id, "ids": some}).all()
        found.update([(one, wrapped) for one, wrapped in rows])
    return found


def _open_otherwise(
    session: CaseSession, table: str, row_id: UUID, key_id: UUID, sealed: bytes, place: Collection[UUID], by: HoldsKeys
) -> bytes | None:
    """A row whose key was sealed from outside or hangs under another; None where there is none of this place.

    `by` may hold another box that opens it, and those with whom a copy of this place is shared do not.
    """
    ways = select(_WRAPPED.box_id, _WRAPPED.wrapping).where(_WRAPPED.key_id == key_id)
    if not any(way == Wrapping.CHAINED or box in place for box, way in session.keys.execute(ways)):
        return None
    key = by.keys.opened_keys(session, [key_id]).get(key_id)
    return None if key is None else open_text(key, table, row_id, sealed)


def text_of(body: Body) -> bytes:
    """A body as it is sealed: JSON without spaces."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def body_of(text: bytes) -> dict[str, Any]:
    """The body that such a text is."""
    body = json.loads(text.decode())  # of bytes the library would first guess the encoding
    assert isinstance(body, dict)  # noqa: S101  sealed by us, authenticated
    return body
