"""Keep a copy of every drop that is collected, in the transaction that collects it; which are whose, nobody here knows.

Triage adds copies and reads them. The database refuses it any change (triggers, and on PostgreSQL rights as well), so
a drop that triage cannot open is not deleted unread by anybody who works with triage's own login.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select

from store.batches import batches
from store.dropbox import Drop
from triage.copies.models import CounterBoxRow, ReleasedCopyRow, SealedCopyRow
from triage.database import CaseSession


def copies_are_kept(session: CaseSession) -> bool:
    """Whether this force has a counter-corruption box, so that a copy of everything must stay."""
    return session.scalar(select(CounterBoxRow.verifying_key).limit(1)) is not None


def keep_copies(session: CaseSession, drops: Sequence[Drop]) -> None:
    """Put these drops, none of which was collected before, where they cannot be deleted unread."""
    if drops:
        rows = [{"drop_id": one.drop_id, "sealed": one.sealed, "received_on": one.received_on} for one in drops]
        session.execute(insert(SealedCopyRow), rows)


def released(session: CaseSession, drop_ids: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those of these drops that the holders of the counter-corruption box have let go."""
    found: list[bytes] = []
    for some in batches(drop_ids):
        found.extend(session.scalars(select(ReleasedCopyRow.drop_id).where(ReleasedCopyRow.drop_id.in_(some))))
    return tuple(found)
