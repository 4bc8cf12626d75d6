"""Unsealing: whole reports or none, each under a key of its own, and one broken drop stops no other."""

import pytest
from sqlalchemy import func, select

from envelope.identity import Identity
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import seal
from envelope.wire import Context, Purpose
from store.dropbox import Drop, Dropbox
from tests.force import Force
from triage.audit.models import AuditLeafRow
from triage.errors import NoKeyError
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import HeldDropRow, ReportRow
from triage.intake.priority import Band
from triage.intake.reports import ReportState, case_report
from triage.intake.unsealing import Refusal, Unsealed, refused_drops, try_again, unseal_waiting
from triage.keys.models import WrappedKeyRow


def unseal_all(force: Force, name: str = "tom", limit: int = 50) -> Unsealed:
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    with force.database.begin() as session:
        return unseal_waiting(session, by=force.officer(name), limit=limit)


def change_held(force: Force, how: object) -> None:
    with force.database.begin() as session:
        for row in session.scalars(select(HeldDropRow)):
            row.sealed = how(row.sealed)  # type: ignore[operator]


def test_a_report_is_opened_whole_and_sealed_again_under_its_own_key(force_on_both: Force) -> None:
    receipt = force_on_both.send("Parcels at the back of the Anchor", who="Big Tony", how="saw", things="white Golf")
    unsealed = unseal_all(force_on_both)
    assert (len(unsealed.opened), unsealed.refused, unsealed.left) == (1, 0, 0)
    with force_on_both.database.begin() as session:
        report = case_report(session, unsealed.opened[0], by=force_on_both.officer("tess"))
        row = session.get(ReportRow, report.id)
        assert row is not None
        assert b"Parcels" not in row.sealed
        keys = session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == row.data_key_id)).all()
        assert len(keys) == 1
        assert session.scalar(select(func.count()).select_from(HeldDropRow)) == 0
    assert report.answers == {
        "what": "Parcels at the back of the Anchor",
        "who": "Big Tony",
        "how": "saw",
        "things": "white Golf",
    }
    assert report.state is ReportState.NEW
    assert report.band is Band.ROUTINE
    from envelope.mailbox import Mailbox

    assert report.mailbox == Mailbox.from_receipt(receipt).address


def test_each_report_has_a_key_of_its_own(force: Force) -> None:
    for number in range(3):
        force.send(f"report {number}")
    unseal_all(force)
    with force.database.begin() as session:
        assert len(set(session.scalars(select(ReportRow.data_key_id)))) == 3


def test_stored_reports_come_in_four_sizes(force: Force) -> None:
    for length in (1, 900, 5_000, 20_000, 60_000):
        force.send("a" * length)
    unseal_all(force)
    overhead = {}
    with force.database.begin() as session:
        sizes = {len(sealed) for sealed in session.scalars(select(ReportRow.sealed))}
    for size in sizes:
        overhead[size] = min(size - bucket for bucket in REPORT_BUCKETS if size >= bucket)
    assert len(set(overhead.values())) == 1


def test_danger_is_opened_first_and_is_band_nought(force: Force) -> None:
    for number in range(3):
        force.send(f"report {number}")
    force.send("he has a knife to her", danger=True)
    unsealed = unseal_all(force, limit=1)
    assert unsealed.left == 3
    with force.database.begin() as session:
        report = case_report(session, unsealed.opened[0], by=force.officer("tom"))
    assert report.danger
    assert report.band is Band.DANGER_NOW


@pytest.mark.parametrize("name", ["ada", "iris", "nell"])
def test_whoever_does_not_hold_the_desk_opens_nothing(force: Force, name: str) -> None:
    force.send("not for them")
    with pytest.raises(NoKeyError):
        unseal_all(force, name)
    assert len(unseal_all(force).opened) == 1


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        (lambda sealed: sealed[:-1], Refusal.CHANGED),
        (lambda sealed: sealed[: len(sealed) // 2], Refusal.CHANGED),
        (lambda sealed: sealed[:-40] + bytes([sealed[-40] ^ 1]) + sealed[-39:], Refusal.CHANGED),
        (lambda _sealed: b"not an age file at all", Refusal.NOT_OURS),
        (lambda _sealed: b"", Refusal.NOT_OURS),
    ],
    ids=["one byte short", "cut in half", "one bit flipped", "something else", "empty"],
)
def test_a_broken_drop_is_kept_and_shown_to_nobody_in_part(force: Force, how: object, refusal: Refusal) -> None:
    force.send("whole when it left")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    change_held(force, how)
    force.send("sound")
    unsealed = unseal_all(force)
    assert (len(unsealed.opened), unsealed.refused, unsealed.left) == (1, 1, 0)
    with force.database.begin() as session:
        assert [one.refusal for one in refused_drops(session)] == [refusal]
        assert session.scalar(select(func.count()).select_from(ReportRow)) == 1
        # No key is left behind for the one that was refused.
        reports = set(session.scalars(select(ReportRow.data_key_id)))
    assert unseal_all(force).opened == ()
    assert len(reports) == 1


def test_two_envelopes_swapped_are_both_refused(force_on_both: Force) -> None:
    force_on_both.send("first")
    force_on_both.send("second")
    release_drops(force_on_both.database, force_on_both.settings, force_on_both.collection, release=Wanted.EVERYTHING)
    with force_on_both.database.begin() as session:
        one, other = session.scalars(select(HeldDropRow))
        one.sealed, other.sealed = other.sealed, one.sealed
    assert unseal_all(force_on_both) == Unsealed((), 2, 0)


def test_a_drop_sealed_to_a_strangers_key_is_refused_for_want_of_a_key(force: Force) -> None:
    sealed = seal(b"x", Identity.generate().recipient(), Context(Purpose.REPORT, (b"i" * 16,)), buckets=REPORT_BUCKETS)
    Dropbox(force.drop).append(Drop(b"i" * 16, sealed, danger=False, received_on=force.today))
    assert unseal_all(force).refused == 1
    with force.database.begin() as session:
        assert [one.refusal for one in refused_drops(session)] == [Refusal.NO_KEY]


def test_a_sound_envelope_that_holds_no_report_is_refused(force: Force) -> None:
    key = next(signed.key for signed in force.intake_keys if signed.key.not_before == force.today)
    sealed = seal(b"\x01 junk", key.recipient(), Context(Purpose.REPORT, (b"i" * 16,)), buckets=REPORT_BUCKETS)
    Dropbox(force.drop).append(Drop(b"i" * 16, sealed, danger=False, received_on=force.today))
    assert unseal_all(force).refused == 1
    with force.database.begin() as session:
        assert [one.refusal for one in refused_drops(session)] == [Refusal.NOT_OURS]


def test_refused_drops_can_be_tried_again(force: Force) -> None:
    force.send("hurt on the way")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    kept: list[bytes] = []
    change_held(force, lambda sealed: kept.append(sealed) or sealed[:-1])
    assert unseal_all(force).refused == 1
    change_held(force, lambda _sealed: kept[0])
    with force.database.begin() as session:
        assert try_again(session, by=force.officer("sam")) == 1
    assert len(unseal_all(force).opened) == 1


def test_each_opening_leaves_a_line_by_who_opened(force: Force) -> None:
    force.send("one")
    force.send("two")
    tom = force.officer("tom")
    with force.database.begin() as session:
        before = session.scalar(select(func.count()).select_from(AuditLeafRow).where(AuditLeafRow.signer_id == tom.id))
    unseal_all(force)
    with force.database.begin() as session:
        after = session.scalar(select(func.count()).select_from(AuditLeafRow).where(AuditLeafRow.signer_id == tom.id))
    assert (after or 0) - (before or 0) == 2
