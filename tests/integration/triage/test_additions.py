"""An addition is known to be one only after unsealing, is shown on both reports, and never bears the other out."""

from uuid import UUID

from sqlalchemy import delete, select

from envelope.mailbox import Mailbox, Receipt
from tests.desk_work import report_at_desk, unsealed
from tests.force import Force, client_for
from triage.grading.rules import ONE_RECEIPT, CorroboratingItem, Intelligence, why_not_corroborating
from triage.intake.mailboxes import MAILBOX_BUCKETS, MOST_OF_ONE_RECEIPT, companions_of
from triage.intake.models import MailboxRow
from triage.intake.priority import Band
from triage.intake.reports import CaseReport, ReportState, case_report, close

FIRST = "Boxes come to the yard at night"


def sent(
    force: Force, what: str = FIRST, *, adds_to: Receipt | None = None, danger: bool = False
) -> tuple[UUID, Receipt]:
    """A report, or an addition, out of its envelope: its id and its receipt."""
    receipt = force.send(what, adds_to=adds_to, danger=danger)
    return unsealed(force)[-1], receipt


def opened(force: Force, report_id: UUID) -> CaseReport:
    with force.database.look() as session:
        return case_report(session, report_id, by=force.officer("tom"))


def companions(force: Force, *ids: UUID) -> dict[UUID, tuple[tuple[UUID, bool], ...]]:
    """For each report the others of its receipt, and whether each says that it adds."""
    tom = force.officer("tom")
    with force.database.look() as session:
        found = companions_of(session, [case_report(session, one, by=tom) for one in ids], by=tom)
    return {one: tuple((other.report_id, other.adds) for other in others) for one, others in found.items()}


def closed(force: Force, report_id: UUID) -> None:
    with force.database.begin() as session:
        close(session, report_id, reason="Nothing more to do", by=force.officer("tom"))


def test_an_addition_is_known_on_both_reports_after_unsealing(force_on_both: Force) -> None:
    first, receipt = sent(force_on_both)
    other, _ = sent(force_on_both, "Nothing to do with it")
    added, _ = sent(force_on_both, "The van is a grey one", adds_to=receipt)
    assert companions(force_on_both, first, other, added) == {first: ((added, True),), added: ((first, False),)}
    report = opened(force_on_both, added)
    assert report.adds
    assert "adds" not in report.answers
    assert not opened(force_on_both, first).adds


def test_an_addition_opened_before_what_it_adds_to_is_the_addition_all_the_same(force: Force) -> None:
    """Danger goes first, so that an addition can be read before its report."""
    receipt = force.send(FIRST)
    force.send("They have a gun", adds_to=receipt, danger=True)
    added, first = unsealed(force)
    assert companions(force, first, added) == {first: ((added, True),), added: ((first, False),)}


def test_several_additions_and_an_edited_report_are_all_of_one_receipt(force: Force) -> None:
    first, receipt = sent(force)
    one, _ = sent(force, "one", adds_to=receipt)
    two, _ = sent(force, "two", adds_to=receipt)
    assert {other for other, _ in companions(force, first)[first]} == {one, two}
    assert set(companions(force, two)[two]) == {(first, False), (one, True)}


def test_sending_an_addition_twice_is_one_addition(force_on_both: Force) -> None:
    first, receipt = sent(force_on_both)
    force_on_both.send("The van is a grey one", adds_to=receipt)
    force_on_both.send("The van is a grey one", adds_to=receipt)
    assert len(unsealed(force_on_both)) == 1
    assert len(companions(force_on_both, first)[first]) == 1


def test_an_addition_to_nothing_that_is_here_is_kept_and_says_so(force: Force) -> None:
    added, _ = sent(force, "And another thing", adds_to=Receipt.generate())
    assert companions(force, added) == {}
    tom = client_for(force, "tom")
    tom.page(f"/reports/{added}")
    tom.sees("No earlier report of its receipt is here")


def test_nothing_in_clear_says_that_two_reports_are_of_one_receipt(force_on_both: Force) -> None:
    """One sealed row a mailbox, of one size, under a digest that takes the desk's key; no lookup id anywhere."""
    _, receipt = sent(force_on_both)
    sent(force_on_both, "alone")
    sent(force_on_both, "one more thing", adds_to=receipt)
    lookup_id = Mailbox.from_receipt(receipt).lookup_id
    with force_on_both.database.look() as session:
        rows = session.scalars(select(MailboxRow)).all()
        assert len(rows) == 2
        assert len({len(row.sealed) for row in rows}) == 1
        assert lookup_id not in {row.id.bytes for row in rows}
        assert not any(lookup_id in row.sealed for row in rows)


def test_the_size_of_a_mailbox_counts_nobodys_reports(force: Force) -> None:
    _, receipt = sent(force)
    for number in range(9):
        force.send(f"more {number}", adds_to=receipt)
    unsealed(force)
    sent(force, "alone")
    with force.database.look() as session:
        assert len({len(row.sealed) for row in session.scalars(select(MailboxRow))}) == 1


def test_a_flood_into_one_mailbox_is_kept_and_stops_at_a_list_of_a_hundred(force: Force) -> None:
    first, receipt = sent(force)
    for number in range(MOST_OF_ONE_RECEIPT + 5):
        force.send(f"more {number}", adds_to=receipt)
    assert len(unsealed(force)) == MOST_OF_ONE_RECEIPT + 5
    assert len(companions(force, first)[first]) == MOST_OF_ONE_RECEIPT - 1
    with force.database.look() as session:
        [row] = session.scalars(select(MailboxRow)).all()
        assert len(row.sealed) <= MAILBOX_BUCKETS[-1] + 64


def test_reports_from_before_there_was_an_index_are_found(force_on_both: Force) -> None:
    first, receipt = sent(force_on_both)
    with force_on_both.database.begin() as session:
        session.execute(delete(MailboxRow))
    added, _ = sent(force_on_both, "one more thing", adds_to=receipt)
    assert companions(force_on_both, first) == {first: ((added, True),)}


def test_an_addition_to_a_closed_report_is_read_sooner_and_opens_nothing_by_itself(force: Force) -> None:
    first, receipt = sent(force)
    plain, _ = sent(force, "The same words and no more", adds_to=receipt)
    assert opened(force, plain).band is Band.ROUTINE
    closed(force, first)
    added, _ = sent(force, "The van is a grey one", adds_to=receipt)
    report = opened(force, added)
    assert (report.band, report.read_sooner) == (Band.SOON, True)
    assert opened(force, first).state is ReportState.CLOSED
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("Adds to a closed report")
    tom.page(f"/reports/{added}")
    tom.sees("decide whether to open that report again")
    tom.sees("Its priority was raised by one step")


def test_both_reports_and_the_queue_say_what_adds_to_what(force: Force) -> None:
    first, receipt = sent(force)
    added, _ = sent(force, "The van is a grey one", adds_to=receipt)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("Has an addition")
    tom.sees("Adds to a report")
    tom.page(f"/reports/{first}")
    tom.sees("An addition to this came")
    tom.sees("Added to by its reporter")
    tom.follow("the report received 22 November 2026")
    assert tom.path == f"/reports/{added}"
    tom.sees("This adds to the report received 22 November 2026")
    tom.sees("neither bears the other out")
    tom.sees("nothing may ask for one")


def test_reports_of_different_receipts_are_never_put_together(force: Force) -> None:
    """Not even when every word is the same: only the reporter's own receipt joins two reports (domain.md §4)."""
    first, second = report_at_desk(force, FIRST), report_at_desk(force, FIRST)
    assert companions(force, first, second) == {}


def test_reports_of_one_receipt_do_not_corroborate_each_other_whoever_wrote_them() -> None:
    one, other = UUID(int=1), UUID(int=2)
    item = CorroboratingItem(UUID(int=3), other, True, Intelligence.KNOWN_DIRECTLY, same_receipt=True)
    for anonymous in (True, False):
        why_not = why_not_corroborating(item, report_id=one, is_anonymous=anonymous)
        assert why_not == ONE_RECEIPT.rstrip(".")
