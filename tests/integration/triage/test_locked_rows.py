"""Whoever locks a row reads what it says now, not what it said before the lock was waited for."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import inspect, select, tuple_, update
from sqlalchemy.orm import Session

from tests.force import Force
from triage.keys.models import WrappedKeyRow
from triage.officers.models import OfficerRow
from triage.officers.rules import OfficerState

BEHIND = {"synchronize_session": False}  # as another unit of work would: this session does not hear of it
WAYS: dict[str, Callable[[Session, Any, Any], Any]] = {
    "get": lambda session, model, key: session.get(model, key, with_for_update=True),
    "get_one": lambda session, model, key: session.get_one(model, key, with_for_update=True),
    "select": lambda session, model, key: session.scalars(
        select(model).where(tuple_(*inspect(model).primary_key) == key).with_for_update()
    ).one(),
}


@pytest.mark.parametrize("lock", WAYS.values(), ids=WAYS)
def test_a_locked_row_is_read_anew(force: Force, lock: Callable[..., Any]) -> None:
    with force.database.begin() as session:
        row = session.scalars(select(OfficerRow).order_by(OfficerRow.id)).first()
        assert row is not None
        before = row.state
        other = next(state for state in OfficerState if state != before)
        session.execute(update(OfficerRow).values(state=other), execution_options=BEHIND)
        assert row.state == before
        assert lock(session, OfficerRow, (row.id,)) is row
        assert row.state == other
        session.rollback()


@pytest.mark.parametrize("lock", WAYS.values(), ids=WAYS)
def test_that_holds_for_keys_too(force: Force, lock: Callable[..., Any]) -> None:
    with force.database.begin() as session:
        row = session.keys.scalars(select(WrappedKeyRow).order_by(WrappedKeyRow.key_id)).first()
        assert row is not None
        where = (row.key_id, row.box_id)
        session.keys.execute(update(WrappedKeyRow).values(wrapped=b"anew"), execution_options=BEHIND)
        assert row.wrapped != b"anew"
        lock(session.keys, WrappedKeyRow, where)
        assert row.wrapped == b"anew"
        session.rollback()
