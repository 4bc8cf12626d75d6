"""What names a box in clear names the one that took its place: reports, entries, teams, compartments, moves."""

from uuid import UUID

from sqlalchemy import ColumnElement, Integer, TableClause, Uuid, column, delete, func, insert, select, table, update

from triage.database import CaseSession

# By their names, for they are tables of the steps that stand on keys. A test finds each column that names a box here.
NAMING = (
    ("reports", "compartment_id"),
    ("register_entries", "compartment_id"),
    ("register_ties", "compartment_id"),
    ("register_imports", "compartment_id"),
    ("look_backs", "compartment_id"),
    ("referrals", "compartment_id"),
    ("teams", "box_id"),
    ("compartments", "box_id"),
    ("compartment_moves", "from_box_id"),
)
# How often a register has changed is counted in one row of its place, and the calibrations of a place are numbered.
COUNTED = table("register_versions", column("compartment_id", Uuid()), column("version", Integer()))
NUMBERED = table("link_calibrations", column("compartment_id", Uuid()), column("number", Integer()))


def name_anew(session: CaseSession, old: UUID, new: UUID) -> int:
    """Name every row of one box as another's; gives how many there were.

    A unit of work that began before may keep a row by the old name afterwards, so this is done again at the end.
    What is counted goes first: whoever writes to a register holds its count, and what they wrote is seen then.
    """
    session.flush()
    named = _count_together(session, old, new)
    named += _change(
        session, NUMBERED, "compartment_id", old, new, number=NUMBERED.c.number + _taken(session, old, new)
    )
    for name, place in NAMING:
        named += _change(session, table(name, column(place, Uuid())), place, old, new)
    if named:
        session.expire_all()
    return named


def _change(
    session: CaseSession, named: TableClause, place: str, old: UUID, new: UUID, **beside: ColumnElement[int]
) -> int:
    done = session.execute(update(named).where(named.c[place] == old).values({place: new, **beside}))
    return int(done.rowcount)  # type: ignore[attr-defined]  # a CursorResult, which the signature hides


def _count_together(session: CaseSession, old: UUID, new: UUID) -> int:
    """A register that was changed under both names is another than every copy of it in memory."""
    place, version = COUNTED.c.compartment_id, COUNTED.c.version
    counted = session.scalar(delete(COUNTED).where(place == old).returning(version))
    if counted is None:
        return 0
    added = session.execute(update(COUNTED).where(place == new).values(version=version + counted))
    if added.rowcount == 0:  # type: ignore[attr-defined]  # as above
        session.execute(insert(COUNTED).values(compartment_id=new, version=counted))
    return 1


def _taken(session: CaseSession, old: UUID, new: UUID) -> int:
    """How far the numbers under the old name are put up: none where no number under the new one is in their way."""
    place, number = NUMBERED.c.compartment_id, NUMBERED.c.number
    lowest = session.scalar(select(func.min(number)).where(place == old))
    highest = session.scalar(select(func.max(number)).where(place == new))
    return highest if lowest is not None and highest is not None and highest >= lowest else 0
