"""Promise 10: a changed, cut, reordered or swapped envelope is refused, never shown in part.

Each kind of damage is done to a real drop in the store, collected and opened as an officer does it; and to the pieces
of a file, there and in the case database.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from envelope.errors import TamperedError
from store.dropbox import Drop
from store.tables import drops, parts
from tests.canaries import Canaries
from tests.force import Force, client_for
from tests.pages import PageClient
from tests.sent_files import attach, report_with
from tests.whole_case import work_whole_case
from triage.errors import NotFoundError
from triage.intake.collecting import Wanted, release_drops
from triage.intake.errors import FileChangedError, FileNotHereError
from triage.intake.files import files_of, read_file
from triage.intake.models import FileRow, HeldDropRow, ReportRow
from triage.intake.reports import case_report
from triage.intake.unsealing import refused_drops, unseal_waiting
from triage.keys.records import open_row
from triage.referral.models import OriginRow, ReferralRow
from triage.sanitising.models import DraftRow
from triage.tables import CASE

CHUNK = 65_536 + 16
HEADER = 1_600  # about: age's lines, with the recipient's stanza


def flipped(sealed: bytes, at: int) -> bytes:
    return sealed[:at] + bytes([sealed[at] ^ 0x40]) + sealed[at + 1 :]


def reordered(sealed: bytes) -> bytes:
    """The second and third chunk of the payload change places; the file is as long as before."""
    start = len(sealed) - 4 * CHUNK
    assert start > 0
    chunks = [sealed[start + place * CHUNK : start + (place + 1) * CHUNK] for place in range(4)]
    return sealed[:start] + chunks[0] + chunks[2] + chunks[1] + chunks[3]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "one bit of the first line": lambda sealed: flipped(sealed, 3),
    "one bit of the header": lambda sealed: flipped(sealed, HEADER // 2),
    "one bit of the words": lambda sealed: flipped(sealed, len(sealed) // 2),
    "the last bit": lambda sealed: flipped(sealed, len(sealed) - 1),
    "cut by a byte": lambda sealed: sealed[:-1],
    "cut in half": lambda sealed: sealed[: len(sealed) // 2],
    "cut between two chunks": lambda sealed: sealed[:-CHUNK],
    "longer by a byte": lambda sealed: sealed + b"\0",
    "chunks in another order": reordered,
    "a chunk twice": lambda sealed: sealed[: -2 * CHUNK] + 2 * sealed[-2 * CHUNK : -CHUNK],
    "empty": lambda _sealed: b"",
}


def collect_and_open(force: Force) -> tuple[int, int]:
    """As the collector and an officer do it; gives how many opened and how many were refused."""
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        done = unseal_waiting(session, by=tom)
    return len(done.opened), done.refused


def write_anew(force: Force, drop: Drop, sealed: bytes) -> None:
    """What somebody with the public host's database can do."""
    with force.drop.begin() as connection:
        connection.execute(update(drops).where(drops.c.drop_id == drop.drop_id).values(sealed=sealed))


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda name: name.replace(" ", "-"))
def test_a_changed_cut_or_reordered_envelope_is_refused_and_never_shown_in_part(force: Force, damage: str) -> None:
    """Refused whole, the reports beside it open, and no word of it is in a page or in a row that opens."""
    canaries = Canaries()
    # As long as four chunks, so that there is a part which could be shown.
    words = canaries.plant("the beginning") + " and more" * 7_000 + canaries.plant("the end")
    force.send(words, who="x" * 15_000 + "\N{PEACOCK}" * 20_000, where="\N{PEACOCK}" * 10_000)
    [drop] = force.collection.take(force.collection.waiting())
    write_anew(force, drop, DAMAGE[damage](drop.sealed))
    force.send("one that is whole")
    assert collect_and_open(force) == (1, 1)
    sam = client_for(force, "sam")
    sam.page("/reports")
    shown = sam.response.text
    sam.page("/intake/refused")
    sam.sees("1 drop")
    sam.sees(drop.drop_id.hex()[:8])
    assert any(one in sam.text() for one in ("changed, cut", "not a report", "No intake key"))
    for word in canaries.planted.values():
        assert word not in shown + sam.response.text
    with force.database.look() as session:
        assert len(session.scalars(select(ReportRow)).all()) == 1
        assert [one.drop_id for one in refused_drops(session)] == [drop.drop_id]


def test_two_envelopes_swapped_are_both_refused(force: Force) -> None:
    """Each is whole and sealed to the right key, but stands in the other's place: neither is shown as the other."""
    force.send("the first")
    force.send("the second")
    first, second = force.collection.take(force.collection.waiting())
    write_anew(force, first, second.sealed)
    write_anew(force, second, first.sealed)
    assert collect_and_open(force) == (0, 2)
    _says(client_for(force, "sam"), "changed, cut or put in another's place")


def _says(person: PageClient, sentence: str) -> None:
    person.page("/intake/refused")
    person.sees(sentence)


def test_an_envelope_under_a_second_id_is_not_a_second_report(force: Force) -> None:
    """Copied under another id by somebody who wants it to look corroborated: one report, one refusal."""
    force.send("told once")
    [drop] = force.collection.take(force.collection.waiting())
    with force.drop.begin() as connection:
        connection.execute(drops.insert().values(**vars(replace(drop, drop_id=b"another id, 16 b"))))
    assert collect_and_open(force) == (1, 1)


def test_what_is_refused_is_kept_as_it_came_and_opens_if_it_is_mended(force: Force) -> None:
    """Refusing destroys nothing: with the bytes put right again it opens."""
    force.send("mended")
    [drop] = force.collection.take(force.collection.waiting())
    write_anew(force, drop, DAMAGE["one bit of the words"](drop.sealed))
    assert collect_and_open(force) == (0, 1)
    with force.database.begin() as session:
        held = session.scalars(select(HeldDropRow)).one()
        assert held.sealed == DAMAGE["one bit of the words"](drop.sealed)
        held.sealed, held.refused = drop.sealed, ""
    assert collect_and_open(force) == (1, 0)


def test_inside_the_wall_a_changed_or_swapped_row_is_refused(force: Force) -> None:
    """The same holds for rows of the case database: a flipped bit, and two reports' bodies or keys exchanged."""
    for words in ("the first", "the second"):
        force.send(words)
    assert collect_and_open(force) == (2, 0)
    tom = force.officer("tom")
    with force.database.begin() as session:
        first, second = session.scalars(select(ReportRow)).all()
        ids = first.id, second.id
        kept = first.sealed, second.sealed, first.data_key_id, second.data_key_id
        changes = (
            (flipped(first.sealed, random.randrange(1, len(first.sealed))), kept[2]),
            (first.sealed[:-1], kept[2]),
            (kept[1], kept[2]),
            (kept[1], kept[3]),
        )
        for sealed, key_id in changes:
            first.sealed, first.data_key_id = sealed, key_id
            with pytest.raises(TamperedError):
                case_report(session, first.id, by=tom)
            with pytest.raises(TamperedError):
                open_row(session, first, by=tom)
        session.rollback()
    with force.database.look() as session:
        assert {case_report(session, one, by=tom).answers["what"] for one in ids} == {
            "the first",
            "the second",
        }


def test_a_row_moved_into_another_table_is_refused(force: Force) -> None:
    """A sanitised text passed off as a referral, by somebody who can write to the database, opens for nobody."""
    case = work_whole_case(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        draft, origin = session.get(DraftRow, case.draft_id), session.get(OriginRow, case.referral_id)
        referral = session.get(ReferralRow, case.referral_id)
        assert draft is not None
        assert origin is not None
        assert referral is not None
        referral.sealed, referral.data_key_id = draft.sealed, draft.data_key_id
        with pytest.raises(TamperedError):
            open_row(session, referral, by=tom)
        # The origin has the referral's own id, so that only the table's name tells the two apart.
        referral.sealed, referral.data_key_id = origin.sealed, origin.data_key_id
        with pytest.raises(TamperedError):
            open_row(session, referral, by=tom)
        with pytest.raises(NotFoundError):
            case_report(session, case.referral_id, by=tom)
        session.rollback()


def tampered(force: Force, where: str, file_id: bytes, pieces: dict[int, bytes]) -> None:
    """What somebody with the public host's database, or the case database, can do to a file."""
    engine, table = (force.drop, parts) if where == "at the drop" else (force.database.case, held_parts)
    with engine.begin() as connection:
        connection.execute(table.delete().where(table.c.file_id == file_id))
        for sequence, sealed in pieces.items():
            row = {"file_id": file_id, "sequence": sequence, "sealed": sealed, "received_on": force.today}
            connection.execute(table.insert().values(row))


held_parts = CASE.tables["held_parts"]
Pieces = dict[int, bytes]
DAMAGE_TO_A_FILE: dict[str, Callable[[Pieces, Pieces], Pieces]] = {
    "one bit of the first piece": lambda it, _other: it | {0: flipped(it[0], 500)},
    "the last bit": lambda it, _other: it | {2: flipped(it[2], len(it[2]) - 1)},
    "cut by a byte": lambda it, _other: it | {2: it[2][:-1]},
    "without its last piece": lambda it, _other: {0: it[0], 1: it[1]},
    "without its middle piece": lambda it, _other: {0: it[0], 2: it[2]},
    "cut where a chunk ends": lambda it, _other: {0: it[0][: 16 + CHUNK]},
    "two pieces exchanged": lambda it, _other: {0: it[1], 1: it[0], 2: it[2]},
    "one piece more": lambda it, _other: it | {3: b"and more"},
    "a piece of another file": lambda it, other: it | {1: other[1]},
    "another file altogether": lambda _it, other: other,
}


@pytest.mark.parametrize("where", ["at the drop", "in the case database"])
@pytest.mark.parametrize("damage", DAMAGE_TO_A_FILE, ids=lambda name: name.replace(" ", "-"))
def test_a_changed_cut_reordered_or_swapped_file_is_refused_and_never_shown_in_part(
    force: Force, damage: str, where: str
) -> None:
    """The officer is told, no byte of it is given, and the file beside it opens."""
    canaries = Canaries()
    content = canaries.plant("the beginning").encode() + bytes(2_400_000) + canaries.plant("the end").encode()
    changed, other = attach(force, content), attach(force, bytes(2_400_000))
    pieces, others = (
        {part.sequence: part.sealed for part in force.collection.parts_for(one.file_id)} for one in (changed, other)
    )
    if where == "at the drop":
        tampered(force, where, changed.file_id, DAMAGE_TO_A_FILE[damage](pieces, others))
    report_id = report_with(force, changed, other)
    if where != "at the drop":
        tampered(force, where, changed.file_id, DAMAGE_TO_A_FILE[damage](pieces, others))
    tom = force.officer("tom")
    with force.database.look() as session:
        first, second = files_of(session, report_id, by=tom)
        with pytest.raises((FileChangedError, FileNotHereError)):
            read_file(session, report_id, first.id, by=tom)
        assert sum(map(len, read_file(session, report_id, second.id, by=tom))) == 2_400_000
    at_desk = client_for(force, "tom")
    at_desk.page(f"/reports/{report_id}/files/{first.id}")
    if first.arrived:
        at_desk.submit(reason="to see it", button="Show it, blurred at first")
        assert "changed, cut or put in another’s place" in at_desk.errors()[0]
    for word in canaries.planted.values():
        at_desk.does_not_see(word)


def test_two_files_whose_rows_are_exchanged_are_both_refused(force: Force) -> None:
    """Each row says of itself which pieces are its own, so that one file is never shown as the other."""
    report_id = report_with(force, attach(force, b"the first"), attach(force, b"the second"))
    tom = force.officer("tom")
    with force.database.begin() as session:
        first, second = session.scalars(select(FileRow).order_by(FileRow.number)).all()
        first.file_id, second.file_id = second.file_id, first.file_id
    with force.database.look() as session:
        for row in (first, second):
            with pytest.raises(FileChangedError):
                read_file(session, report_id, row.id, by=tom)
    with force.database.begin() as session:
        first, second = session.scalars(select(FileRow).order_by(FileRow.number)).all()
        first.sealed, second.sealed = second.sealed, first.sealed
        first.data_key_id, second.data_key_id = second.data_key_id, first.data_key_id
    with force.database.look() as session:
        for row in (first, second):
            with pytest.raises(FileChangedError):
                read_file(session, report_id, row.id, by=tom)
