"""The way in for triage: publish intake keys and notices for the public form to show, and take them down again."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from secrets import SystemRandom
from typing import Any

from sqlalchemy import Delete, Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from store.batches import batches
from store.engine import checkpoint, transaction
from store.errors import WrongSizeError
from store.noticeboard import DANGER_BELL, PublishedIntakeKey, PublishedNotice, minutes_since_1970
from store.tables import bells, intake_keys, notices

_log = logging.getLogger(__name__)
_shuffle = SystemRandom().shuffle


class Publishing:
    """Writes what the public form reads. Every act can be repeated after a crash and changes nothing then.

    `shuffle` puts a list into a random order in place.
    """

    def __init__(self, engine: Engine, *, shuffle: Callable[[list[Any]], None] = _shuffle) -> None:
        self._engine = engine
        self._shuffle = shuffle
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert

    def publish_intake_keys(self, keys: Iterable[PublishedIntakeKey]) -> None:
        """Publish signed intake keys, all or none; a box that is there already takes the new signature and dates.

        Raises:
            StoreUnavailableError: none was published.
        """
        insert = self._insert(intake_keys)
        new = {name: insert.excluded[name] for name in ("not_before", "not_after", "signed")}
        upsert = insert.on_conflict_do_update(index_elements=["box_id"], set_=new)
        rows = [
            {"box_id": k.box_id, "not_before": k.not_before, "not_after": k.not_after, "signed": k.signed} for k in keys
        ]
        if rows:
            with transaction(self._engine) as connection:
                connection.execute(upsert, rows)

    def retire_intake_key(self, box_id: bytes) -> None:
        """Take a box's key down, so that nothing more is sealed to it.

        Raises:
            StoreUnavailableError: it is still published.
        """
        self._remove(delete(intake_keys).where(intake_keys.c.box_id == box_id))

    def publish_notices(self, batch: Iterable[PublishedNotice]) -> None:
        """Publish a day's notices in random order, all or none; one that is there already is left as it is.

        Raises:
            StoreUnavailableError: none was published.
            WrongSizeError: the sealed notices are not all of one length, which would tell them apart.
        """
        published = list(batch)
        if not published:
            return
        if len({len(notice.sealed) for notice in published}) > 1:
            raise WrongSizeError("The notices of a batch are not all of one length.")
        self._shuffle(published)
        rows = [
            {
                "notice_id": n.notice_id,
                "lookup_id": n.lookup_id,
                "sealed": n.sealed,
                "published_on": n.published_on,
                "expires_on": n.expires_on,
            }
            for n in published
        ]
        with transaction(self._engine) as connection:
            connection.execute(self._insert(notices).on_conflict_do_nothing(), rows)

    def remove_notices(self, lookup_ids: Iterable[bytes]) -> None:
        """Delete every notice of these mailboxes, as their holders' burns ask.

        Raises:
            StoreUnavailableError: none was removed.
        """
        removing = [delete(notices).where(notices.c.lookup_id.in_(some)) for some in batches(lookup_ids)]
        if removing:
            self._remove(*removing)

    def remove_expired(self, today: date) -> None:
        """Delete the notices whose last day has passed.

        Raises:
            StoreUnavailableError: none was removed.
        """
        self._remove(delete(notices).where(notices.c.expires_on < today))

    def set_bell(self, *, rings: bool, until: datetime) -> None:
        """Say whether a danger-now report rings somebody. It counts until a moment, so that a bell that stopped
        without a word promises nothing for longer than that.

        Raises:
            StoreUnavailableError: the public form still shows what it showed.
        """
        self._upsert_bell({"rings": rings, "rings_until": minutes_since_1970(until)}, {"next_release": ""})

    def set_next_release(self, hours: str) -> None:
        """Say at which hours reports are collected, such as "07:00, 13:00" (at most 200 characters).

        Raises:
            StoreUnavailableError: the public form still shows what it showed.
        """
        self._upsert_bell({"next_release": hours}, {"rings": False, "rings_until": None})

    def _upsert_bell(self, values: dict[str, Any], otherwise: dict[str, Any]) -> None:  # columns of three types
        upsert = self._insert(bells).on_conflict_do_update(index_elements=["name"], set_=values)
        with transaction(self._engine) as connection:
            connection.execute(upsert, {"name": DANGER_BELL, **otherwise, **values})

    def _remove(self, *statements: Delete) -> None:
        with transaction(self._engine) as connection:
            for statement in statements:
                connection.execute(statement)
        if not checkpoint(self._engine):
            # What was removed is still in SQLite's log; the next removal's checkpoint takes it out.
            _log.warning("store.checkpoint.busy")
