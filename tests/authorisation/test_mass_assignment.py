"""Fields that no form has: every column of every table sent along with every post, and nothing comes of them."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Column, LargeBinary, Uuid

import triage.tables
from tests.authorisation.asking import LINE_ALONE, NOT_IN_THIS_WORLD, NOTHING_TO_DO, ROWS
from tests.authorisation.filled import FILLED
from tests.authorisation.posting import address_of, filled_in, post, reached
from tests.authorisation.world import LOG, World

PARTS_BESIDE_A_FILE = 40  # a form with a file takes fewer fields at once


def rows_of(world: World) -> Iterator[tuple[str, list[tuple[Column[object], object]]]]:
    """Every row of the case and keys databases but those of the log and of the sessions: its table and values."""
    for engine, metadata in (
        (world.force.database.case, triage.tables.CASE),
        (world.force.database.keys, triage.tables.KEYS),
    ):
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                if table.name not in LOG:
                    for row in connection.execute(table.select()):
                        yield table.name, list(zip(table.columns, row, strict=True))


def ids_of(world: World) -> frozenset[object]:
    """Every id in the world as it stands."""
    return frozenset(value for _, row in rows_of(world) for column, value in row if isinstance(column.type, Uuid))


def clear_values(world: World, known: frozenset[object]) -> dict[str, list[tuple[object, ...]]]:
    """What of every row is the same whatever else was sent along: all that is not random.

    Of ids, those that were there before, and that one is new; of what is sealed, that it is there.
    """
    found: dict[str, list[tuple[object, ...]]] = {}
    for table, row in rows_of(world):
        values: list[object] = []
        for column, value in row:
            if isinstance(column.type, Uuid):
                values.append(value if value is None or value in known else "new")
            else:
                values.append(value is not None if isinstance(column.type, LargeBinary) else value)
        found.setdefault(table, []).append(tuple(values))
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


COLUMNS = sorted(
    {
        column.name
        for metadata in (triage.tables.CASE, triage.tables.KEYS)
        for table in metadata.tables.values()
        for column in table.columns
    }
)
VALUES = {"role": "supervisor", "state": "active", "danger": "1", "band": "0", "version": "99", "is_kept": "1"}


@pytest.mark.parametrize("name", sorted(FILLED))
def test_no_post_changes_what_its_form_does_not_have(world: World, name: str) -> None:
    """Every column of every table sent along as a field: what is kept is what the form alone would have kept."""
    found = reached(world, name)
    if found is None:
        assert name in NOT_IN_THIS_WORLD
        return
    who, ids = found
    page = ""
    if f"GET {ROWS[name].path}" in ROWS:
        client = world.browsers[who]
        page = client.client.get(address_of(ROWS[name].path, ids), base_url=client.base_url).text
        world.restore()
    sent = filled_in(world, name, who, ids)
    own = {column for column in COLUMNS if f'name="{column}"' in page} | set(sent)
    extra = {column: VALUES.get(column, str(world.objects["apart"]["report_id"])) for column in COLUMNS}
    before, known = world.contents(), ids_of(world)
    status = post(world, name, who, ids, sent)
    assert (world.contents() == before) == (name in LINE_ALONE or name in NOTHING_TO_DO), "the act alone was not done"
    alone = clear_values(world, known)
    world.restore()
    others = sorted(set(COLUMNS) - own)
    at_once = PARTS_BESIDE_A_FILE if any(isinstance(value, tuple) for value in sent.values()) else len(others)
    for beside in batched(others, at_once):
        sent = filled_in(world, name, who, ids)
        assert post(world, name, who, ids, {**{one: extra[one] for one in beside}, **sent}) == status
        together = clear_values(world, known)
        world.restore()
        assert [table for table in alone | together if alone.get(table) != together.get(table)] == []


def batched(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at a time; all of them sooner or later."""
    for start in range(0, len(names), size):
        yield names[start : start + size]
