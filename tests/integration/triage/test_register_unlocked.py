"""The register in memory: opened once for everybody who holds its key, by nobody else, and gone with its holders."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from tests.force import Force, client_for
from triage.errors import NoKeyError
from triage.keys.models import GrantRow
from triage.keys.service import desk_id
from triage.officers.models import SessionRow
from triage.register import unlocked
from triage.register.importing import import_register
from triage.register.service import archive_entry
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


def test_a_look_and_a_unit_of_work_share_one_copy(millbrook: Force) -> None:
    """A page that only looks must not decrypt a hundred thousand people each time."""
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    with millbrook.database.begin() as session:
        first = unlock_register(session, desk_id(session), by=tom)
    for _ in range(2):
        with millbrook.database.look() as session:
            assert unlock_register(session, desk_id(session), by=tess) is first


def test_what_an_older_look_reads_does_not_replace_what_is_newer(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    with millbrook.database.look() as old:
        desk = desk_id(old)
        with millbrook.database.begin() as session:
            entry = unlock_register(session, desk, by=tom).by_reference["n-0001"]
            archive_entry(session, entry, version=1, reason="Moved away", by=tom)
        with millbrook.database.begin() as session:
            new = unlock_register(session, desk, by=tom)
        assert unlock_register(old, desk, by=tom).version < new.version
    with millbrook.database.look() as session:
        assert unlock_register(session, desk, by=tom) is new


def test_a_grant_written_into_the_database_opens_nothing_that_others_have_open(millbrook: Force) -> None:
    """The copy in memory needs no key to be read: so whoever asks must show that they have it."""
    ada, tom = millbrook.officer("ada"), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        desk = desk_id(session)
        unlock_register(session, desk, by=tom)
        stolen = session.scalars(select(GrantRow).where(GrantRow.box_id == desk)).first()
        assert stolen is not None
        session.add(forged_grant(desk, ada.keys.box_id, stolen.sealed, ada.id, stolen))
    ada = millbrook.officer("ada")
    with millbrook.database.look() as session:
        assert ada.keys.holds(session, desk)
        with pytest.raises(NoKeyError):
            unlock_register(session, desk, by=ada)
        with pytest.raises(NoKeyError):
            unlocked.unlocked_already(session, desk, by=ada)


def forged_grant(box_id: UUID, to_box_id: UUID, sealed: bytes, by: UUID, like: GrantRow) -> GrantRow:
    return GrantRow(
        id=uuid4(), box_id=box_id, to_box_id=to_box_id, sealed=sealed, granted_by=by, granted_on=like.granted_on
    )


def test_whoever_signed_out_at_another_worker_holds_nothing_here(millbrook: Force) -> None:
    client_for(millbrook, "tom")
    tom, held = millbrook.officer("tom"), unlocked.HELD
    with millbrook.database.look() as session:
        desk = desk_id(session)
        unlock_register(session, desk, by=tom)
    held.let_go(millbrook.officer("sam").id)
    held.wipe_signed_out()
    assert held.peek(millbrook.database, desk)
    with millbrook.database.begin() as session:
        session.execute(delete(SessionRow).where(SessionRow.officer_id == tom.id))
    held.wipe_signed_out()
    assert not held.peek(millbrook.database, desk)
