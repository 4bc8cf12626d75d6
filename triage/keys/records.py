"""Sealed rows: a JSON body, padded and encrypted under a data key, bound to its table and row."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from envelope.padding import RECORD_BUCKETS
from envelope.vault import DataKey, decrypt_field, encrypt_field
from triage.base import SealedRow
from triage.database import CaseSession
from triage.keys.keyring import HoldsKeys, KeyHolder
from triage.keys.models import DestroyedKeyRow, WrappedKeyRow, Wrapping

# A sealed body is JSON by nature: whoever reads it turns it into a frozen dataclass at once.
Body = Mapping[str, Any]

_COLUMN = "sealed"


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


def text_of(body: Body) -> bytes:
    """A body as it is sealed: JSON without spaces."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def body_of(text: bytes) -> dict[str, Any]:
    """The body that such a text is."""
    body = json.loads(text.decode())  # of bytes the library would first guess the encoding
    assert isinstance(body, dict)  # noqa: S101  sealed by us, authenticated
    return body
