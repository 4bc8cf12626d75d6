"""The register in memory: opened once for everybody who holds its key, by nobody else, and gone with its holders."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from envelope.errors import TamperedError
from envelope.recipient import Recipient, seal_small
from tests.force import Force, client_for
from triage.errors import NoKeyError
from triage.keys.keyring import data_key_context
from triage.keys.models import BoxRow, GrantRow, WrappedKeyRow, Wrapping
from triage.keys.records import destroy_data_key, reseal_row
from triage.keys.service import desk_id
from triage.officers.models import SessionRow
from triage.register import opening, unlocked
from triage.register.entries import Group, Membership, Person, Tie, entry_body
from triage.register.errors import BodyError
from triage.register.importing import import_register
from triage.register.models import EntryRow
from triage.register.opening import opened_entries, versions_of_entries
from triage.register.service import add_entry, add_tie, archive_entry, change_entry, claim_register, remove_tie
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


def test_entries_and_ties_are_opened_alike_on_either_database(force_on_both: Force) -> None:
    force = force_on_both
    tom = force.officer("tom")
    with force.database.begin() as session:
        group = add_entry(session, Group("G1", "Ring"), by=tom)
        people = [
            add_entry(session, Person(f"P{number}", "Larch", memberships=(Membership(group),)), by=tom)
            for number in range(3)
        ]
        tie = add_tie(session, Tie(people[0], "supplies", people[1]), by=tom)
    with force.database.look() as session:
        first = unlock_register(session, desk_id(session), by=tom)
        assert (first.members[group], list(first.ties)) == (tuple(sorted(people)), [tie])
        assert {kept.id: kept.entry.shown_name for kept in first.entries.values()}[group] == "Ring"
        assert list(versions_of_entries(session, desk_id(session))) == sorted(one.hex for one in (group, *people))
        some = opened_entries(session, [people[1].hex, people[0].hex], desk_id(session), by=tom)
        assert [one.ids for one in some] == [sorted(one.hex for one in people[:2])]
    with force.database.begin() as session:
        change_entry(session, people[0], Person("P0", "Skellow"), version=1, by=tom)
        destroy_data_key(session, session.get_one(EntryRow, people[2]).data_key_id, by=tom)
        session.delete(session.get_one(EntryRow, people[2]))
        claim_register(session, desk_id(session))
        remove_tie(session, tie, by=tom)
    with force.database.look() as session:
        second = unlock_register(session, desk_id(session), by=tom)
    assert set(second.entries) == {group, *people[:2]}
    assert (second.entries[people[0]].entry.shown_name, second.entries[people[0]].version) == ("Skellow", 2)
    assert (second.members[group], list(second.ties)) == ((people[1],), [])


def test_an_entry_whose_key_was_sealed_from_outside_is_opened_too(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        desk, entry = desk_id(session), add_entry(session, Group("G1", "Ring"), by=tom)
        key_id = session.get_one(EntryRow, entry).data_key_id
        row = session.keys.get_one(WrappedKeyRow, (key_id, desk))
        secret = tom.keys.data_key(session, key_id).secret
        public = session.get_one(BoxRow, desk).public_key
        row.wrapping = Wrapping.SEALED
        row.wrapped = seal_small(secret, Recipient(public), data_key_context(key_id, desk))
    with force.database.look() as session:
        assert unlock_register(session, desk, by=force.officer("tess")).entries[entry].reference == "G1"


@pytest.mark.parametrize("what", ["text", "key", "body"])
def test_a_row_that_was_changed_is_refused_while_the_register_is_opened(force: Force, what: str) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        desk, entry = desk_id(session), add_entry(session, Group("G1", "Ring"), by=tom)
        row = session.get_one(EntryRow, entry)
        match what:
            case "text":
                row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
            case "key":
                kept = session.keys.get_one(WrappedKeyRow, (row.data_key_id, desk))
                kept.wrapped = kept.wrapped[:-1] + bytes([kept.wrapped[-1] ^ 1])
            case _:
                reseal_row(session, row, {**entry_body(Group("G1", "Ring")), "more": 1}, by=tom)
    with force.database.look() as session, pytest.raises(BodyError if what == "body" else TamperedError):
        unlock_register(session, desk, by=tom)


@pytest.mark.parametrize(("most", "ahead"), [(1, 2), (3, 0), (3, 0.5)])
def test_what_is_noted_while_it_is_opened_is_what_the_copy_says(
    millbrook: Force, monkeypatch: pytest.MonkeyPatch, most: int, ahead: float
) -> None:
    monkeypatch.setattr(opening, "A_PASS", most)
    monkeypatch.setattr(opening, "MOST_AHEAD", ahead)  # keys that were not read ahead are looked up
    noted: list[tuple[str, bytes]] = []
    with millbrook.database.look() as session:
        copy = unlock_register(
            session,
            desk_id(session),
            by=millbrook.officer("tom"),
            noting=lambda ids, _stored, texts: noted.extend(zip(ids, texts, strict=True)),
        )
    assert noted == sorted((kept.id.hex, kept.text) for kept in copy.entries.values())
