"""The register's use cases on both databases: references, versions, what is sealed, and what is recorded."""

import pytest
from sqlalchemy import select

from tests.force import Force, client_for
from triage.audit.models import AuditLeafRow
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError, OutOfDateError
from triage.keys.models import WrappedKeyRow
from triage.keys.service import desk_id
from triage.register import unlocked
from triage.register.browsing import browse, show_entry
from triage.register.entries import Group, Kind, Membership, Person, Status, Tie
from triage.register.errors import FieldError, ReferenceTakenError, RegisterError
from triage.register.finding import find_page
from triage.register.models import EntryRow, TieRow
from triage.register.service import (
    add_entry,
    add_tie,
    archive_entry,
    change_entry,
    remove_tie,
    restore_entry,
)
from triage.register.unlocked import register_version


def lines(session: CaseSession) -> int:
    return len(session.scalars(select(AuditLeafRow.sequence)).all())


def test_an_entry_is_sealed_and_only_kind_state_and_dates_stand_in_clear(force_on_both: Force) -> None:
    tom = force_on_both.officer("tom")
    with force_on_both.database.begin() as session:
        before = lines(session)
        entry_id = add_entry(session, Person("N-77", "Quenchwell", "Zed"), by=tom)
        assert lines(session) == before + 1
    with force_on_both.database.begin() as session:
        row = session.get_one(EntryRow, entry_id)
        assert (row.kind, row.state, row.version) == (Kind.PERSON, Status.ACTIVE, 1)
        assert b"Quenchwell" not in row.sealed
        assert b"N-77" not in row.sealed


def test_a_reference_is_given_once_and_the_next_free_one_is_found(force_on_both: Force) -> None:
    tom = force_on_both.officer("tom")
    with force_on_both.database.begin() as session:
        add_entry(session, Group("OCG-0007", "Ring"), by=tom)
        added = add_entry(session, Group("", "Rung"), by=tom)
        assert show_entry(session, added, by=tom).entry.reference == "OCG-0008"
        with pytest.raises(ReferenceTakenError, match="ocg-0007"):
            add_entry(session, Person("ocg-0007", "Alder"), by=tom)


def test_of_two_who_change_one_version_the_second_is_told(force_on_both: Force) -> None:
    tom, tess = force_on_both.officer("tom"), force_on_both.officer("tess")
    with force_on_both.database.begin() as session:
        entry_id = add_entry(session, Group("G1", "Ring"), by=tom)
    with force_on_both.database.begin() as session:
        change_entry(session, entry_id, Group("G1", "Ring road"), version=1, by=tom)
    with pytest.raises(OutOfDateError), force_on_both.database.begin() as session:
        change_entry(session, entry_id, Group("G1", "Rung"), version=1, by=tess)
    with force_on_both.database.begin() as session:
        shown = show_entry(session, entry_id, by=tess)
    assert (shown.entry.shown_name, shown.version) == ("Ring road", 2)


def test_every_change_moves_the_version_that_copies_are_compared_with(force: Force) -> None:
    tom = force.officer("tom")
    seen: list[int] = []
    with force.database.begin() as session:
        desk = desk_id(session)
        seen.append(register_version(session, desk))
        group = add_entry(session, Group("G1", "Ring"), by=tom)
        seen.append(register_version(session, desk))
        person = add_entry(session, Person("N1", "Alder", memberships=(Membership(group),)), by=tom)
        seen.append(register_version(session, desk))
        tie = add_tie(session, Tie(person, "controls", group), by=tom)
        seen.append(register_version(session, desk))
        remove_tie(session, tie, by=tom)
        seen.append(register_version(session, desk))
        archive_entry(session, person, version=1, reason="Moved away", by=tom)
        seen.append(register_version(session, desk))
        restore_entry(session, person, version=2, by=tom)
        seen.append(register_version(session, desk))
    assert seen == sorted(set(seen))


def test_a_tie_stands_once_and_its_key_goes_with_it(force_on_both: Force) -> None:
    tom = force_on_both.officer("tom")
    with force_on_both.database.begin() as session:
        one = add_entry(session, Group("G1", "Ring"), by=tom)
        other = add_entry(session, Group("G2", "Rung"), by=tom)
        tie_id = add_tie(session, Tie(one, "supplies", other), by=tom)
        with pytest.raises(RegisterError, match="already"):
            add_tie(session, Tie(one, "supplies", other), by=tom)
        with pytest.raises(FieldError, match="itself"):
            add_tie(session, Tie(one, "supplies", one), by=tom)
        key_id = session.get_one(TieRow, tie_id).data_key_id
        assert [strand.reads for strand in show_entry(session, other, by=tom).strands] == ["is supplied by"]
        remove_tie(session, tie_id, by=tom)
    with force_on_both.database.begin() as session:
        assert session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id)).all() == []
        assert show_entry(session, other, by=tom).strands == ()
        with pytest.raises(NotFoundError):
            remove_tie(session, tie_id, by=tom)


def test_archiving_takes_a_reason(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        entry_id = add_entry(session, Group("G1", "Ring"), by=tom)
        with pytest.raises(FieldError):
            archive_entry(session, entry_id, version=1, reason=" ", by=tom)
        archive_entry(session, entry_id, version=1, reason="Disrupted", by=tom)
        assert browse(session, by=tom).fitting == 0
        assert browse(session, by=tom, status=Status.ARCHIVED).fitting == 1
        assert find_page(session, "ring", by=tom).lines == ()


def test_whoever_holds_no_desk_key_neither_reads_nor_writes(force: Force) -> None:
    tom, ada = force.officer("tom"), force.officer("ada")
    with force.database.begin() as session:
        entry_id = add_entry(session, Group("G1", "Ring"), by=tom)
    with force.database.begin() as session:
        assert browse(session, by=ada).fitting == 0
        with pytest.raises(NoKeyError):
            show_entry(session, entry_id, by=ada)
        with pytest.raises(NoKeyError):
            add_entry(session, Group("G2", "Rung"), by=ada)
        with pytest.raises(NoKeyError):
            change_entry(session, entry_id, Group("G1", "Rung"), version=1, by=ada)
        with pytest.raises(NoKeyError):
            archive_entry(session, entry_id, version=1, reason="None", by=ada)


def test_looking_leaves_a_line(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        entry_id = add_entry(session, Group("G1", "Ring"), by=tom)
        before = lines(session)
        browse(session, by=tom)
        find_page(session, "ring", by=tom)
        show_entry(session, entry_id, by=tom)
        assert lines(session) == before + 3


def test_signing_out_lets_go_of_what_nobody_else_holds(force: Force) -> None:
    with force.database.begin() as session:
        desk = desk_id(session)
    sam = force.officer("sam")
    with force.database.begin() as session:
        add_entry(session, Group("G1", "Ring"), by=sam)
    tom = client_for(force, "tom")
    tom.page("/register")
    assert unlocked.HELD.peek(force.database, desk)
    tom.submit(button="Sign out")
    assert not unlocked.HELD.peek(force.database, desk)


def test_a_change_is_read_by_the_next_who_looks(force: Force) -> None:
    tom, tess = force.officer("tom"), force.officer("tess")
    with force.database.begin() as session:
        entry_id = add_entry(session, Group("G1", "Ring"), by=tom)
    with force.database.begin() as session:
        assert show_entry(session, entry_id, by=tess).entry.shown_name == "Ring"
    with force.database.begin() as session:
        change_entry(session, entry_id, Group("G1", "Ring road"), version=1, by=tom)
    with force.database.begin() as session:
        assert show_entry(session, entry_id, by=tess).entry.shown_name == "Ring road"
