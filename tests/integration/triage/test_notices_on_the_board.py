"""From a report's mailbox to the board: once, in one size, for the receipt's holder alone."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import inspect, select

from config import Release
from envelope.errors import EnvelopeError
from envelope.mailbox import SEALED_NOTICE_LENGTH, Mailbox, Notice, NoticeState
from envelope.receipt import Receipt
from store.dropbox import Burn, Dropbox
from store.noticeboard import Noticeboard, PublishedNotice
from store.publishing import Publishing
from tests.audit_lines import lines_of_the_system
from tests.desk_work import at_once
from tests.force import Force, client_for
from triage.audit.acts import Act
from triage.intake.collecting import Wanted, release_drops
from triage.intake.unsealing import unseal_waiting
from triage.intake.writing import write_report
from triage.outcome.models import PendingNoticeRow
from triage.outcome.notices import DAYS_ON_THE_BOARD, queue_notice
from triage.outcome.publishing import Published, publish_due_notices


def received(force: Force, what: str = "A parcel at the back door") -> tuple[Receipt, UUID]:
    """A report of one reporter, and its id at the desk."""
    receipt = force.send(what)
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        return receipt, unseal_waiting(session, by=tom).opened[0]


def tell(force: Force, report_id: UUID, state: NoticeState, release: Release = Release.AT_SET_HOURS) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        queue_notice(session, report_id, state, by=tom, release=release)


def publish(force: Force, publishing: Publishing | None = None) -> Published:
    return publish_due_notices(
        force.database, force.settings, publishing=publishing or force.publishing, collection=force.collection
    )


def on_the_board(force: Force, receipt: Receipt) -> tuple[PublishedNotice, ...]:
    return Noticeboard(force.drop).notices(Mailbox.from_receipt(receipt).lookup_id)


def told(force: Force, receipt: Receipt) -> list[Notice]:
    mailbox = Mailbox.from_receipt(receipt)
    return [mailbox.open_notice(one.sealed) for one in on_the_board(force, receipt)]


def rows_on_the_board(force: Force) -> int:
    """How many notices lie in the table, hidden ones too."""
    with force.drop.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM notices").scalar_one())


def waiting(force: Force) -> int:
    with force.database.look() as session:
        return len(session.scalars(select(PendingNoticeRow)).all())


class PowerCutError(Exception):
    """The machine stops here."""


class CutAfterPublishing(Publishing):
    """Publishes, and then the power goes."""

    def remove_expired(self, today: date) -> None:  # noqa: ARG002  the power goes first
        raise PowerCutError


def test_a_notice_reaches_its_receipt_and_opens_for_no_other(force_on_both: Force) -> None:
    force = force_on_both
    receipt, report_id = received(force)
    other, _ = received(force, "Something else")
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    assert publish(force) == Published(notices=1, burns=0)
    assert [one.state for one in told(force, receipt)] == [NoticeState.RECEIVED]
    assert on_the_board(force, other) == ()
    for one in on_the_board(force, receipt):
        with pytest.raises(EnvelopeError):
            Mailbox.from_receipt(other).open_notice(one.sealed)


def test_all_three_come_one_after_the_other(force_on_both: Force) -> None:
    force = force_on_both
    receipt, report_id = received(force)
    for state in NoticeState:
        tell(force, report_id, state)
        force.clock.forward(days=1)
        publish(force)
    assert [one.state for one in told(force, receipt)] == list(NoticeState)
    days = [one.published_on for one in told(force, receipt)]
    assert days == sorted(days)


def test_a_notice_waits_for_the_next_days_batch(force: Force) -> None:
    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.READ)
    assert publish(force).notices == 0
    assert on_the_board(force, receipt) == ()
    force.clock.forward(days=1)
    assert publish(force).notices == 1
    assert told(force, receipt)[0].published_on == force.today


def test_a_power_cut_between_publishing_and_clearing_publishes_nothing_twice(force_on_both: Force) -> None:
    force = force_on_both
    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    with pytest.raises(PowerCutError):
        publish(force, CutAfterPublishing(force.drop))
    assert len(on_the_board(force, receipt)) == 1
    assert waiting(force) == 1
    publish(force)
    assert len(on_the_board(force, receipt)) == 1
    assert waiting(force) == 0
    assert publish(force).notices == 0


def test_a_store_that_is_away_loses_nothing(force: Force) -> None:
    class Away(Publishing):
        def publish_notices(self, batch: Iterable[PublishedNotice]) -> None:  # noqa: ARG002  nothing gets there
            raise PowerCutError

    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    with pytest.raises(PowerCutError):
        publish(force, Away(force.drop))
    assert waiting(force) == 1
    publish(force)
    assert len(on_the_board(force, receipt)) == 1


def test_a_burnt_mailbox_gets_nothing_and_loses_what_it_had(force_on_both: Force) -> None:
    force = force_on_both
    receipt, report_id = received(force)
    kept, kept_id = received(force, "Something else")
    for one in (report_id, kept_id):
        tell(force, one, NoticeState.RECEIVED, Release.AT_ONCE)
    publish(force)
    mailbox = Mailbox.from_receipt(receipt)
    Dropbox(force.drop).burn(Burn(mailbox.burn_preimage, mailbox.lookup_id, force.today))
    for one in (report_id, kept_id):
        tell(force, one, NoticeState.CLOSED, Release.AT_ONCE)
    assert publish(force) == Published(notices=1, burns=1)
    assert on_the_board(force, receipt) == ()
    assert len(told(force, kept)) == 2
    assert rows_on_the_board(force) == 2
    assert waiting(force) == 0
    tell(force, report_id, NoticeState.CLOSED, Release.AT_ONCE)
    publish(force)
    assert on_the_board(force, receipt) == ()


def test_nobody_burns_anothers_mailbox(force: Force) -> None:
    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    mine = Mailbox.from_receipt(Receipt.generate())
    victim = Mailbox.from_receipt(receipt)
    Dropbox(force.drop).burn(Burn(mine.burn_preimage, victim.lookup_id, force.today))
    assert publish(force).burns == 0
    assert rows_on_the_board(force) == 1


def test_every_notice_has_one_size_waiting_and_published(force: Force) -> None:
    receipt, report_id = received(force)
    for state in NoticeState:
        tell(force, report_id, state, Release.AT_ONCE)
    with force.database.look() as session:
        assert {len(row.sealed) for row in session.scalars(select(PendingNoticeRow))} == {SEALED_NOTICE_LENGTH}
    publish(force)
    assert {len(one.sealed) for one in on_the_board(force, receipt)} == {SEALED_NOTICE_LENGTH}


def test_what_waits_ties_no_mailbox_to_a_report(force_on_both: Force) -> None:
    force = force_on_both
    _, report_id = received(force)
    tell(force, report_id, NoticeState.READ)
    columns = {column["name"] for column in inspect(force.database.case).get_columns("pending_notices")}
    assert columns == {"id", "lookup_id", "sealed", "state", "publish_on"}
    with force.database.look() as session:
        row = session.scalars(select(PendingNoticeRow)).one()
    assert row.id != report_id
    assert row.state == "pending"
    assert report_id.bytes not in row.sealed + row.lookup_id


def test_a_report_an_officer_wrote_has_nobody_to_tell(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        report_id = write_report(session, {"what": "A bag changed hands"}, by=tom)
    tell(force, report_id, NoticeState.READ)
    assert waiting(force) == 0


def test_a_notice_goes_when_its_time_is_over(force: Force) -> None:
    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    publish(force)
    force.clock.forward(days=DAYS_ON_THE_BOARD)
    publish(force)
    assert len(on_the_board(force, receipt)) == 1
    force.clock.forward(days=1)
    publish(force)
    assert on_the_board(force, receipt) == ()


def test_a_batch_leaves_one_line_with_its_count_and_no_hour(force: Force) -> None:
    for number in range(2):
        _, report_id = received(force, f"Report {number}")
        tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    publish(force)
    publish(force)
    lines = [line for line in lines_of_the_system(force) if line["act"] == Act.NOTICE_PUBLISHED]
    assert lines == [{"act": Act.NOTICE_PUBLISHED, "at": force.today.isoformat(), "count": 2}]


def test_two_rounds_at_once_publish_once_and_count_once(force_on_both: Force) -> None:
    force = force_on_both
    receipt, report_id = received(force)
    tell(force, report_id, NoticeState.RECEIVED, Release.AT_ONCE)
    at_once(lambda: publish(force), lambda: publish(force))
    assert len(on_the_board(force, receipt)) == 1
    counted = [line["count"] for line in lines_of_the_system(force) if line["act"] == Act.NOTICE_PUBLISHED]
    assert counted == [1]


def test_the_desks_pages_tell_received_read_and_closed(force: Force) -> None:
    assert force.settings.release is Release.AT_ONCE
    receipt = force.send("A parcel at the back door")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.submit(button="Open new reports")
    tom.page("/reports")
    tom.follow("A parcel")
    tom.page(tom.path)
    tom.follow("Close this report")
    tom.submit(reason="Known already", button="Close report")
    publish(force)
    assert {one.state for one in told(force, receipt)} == set(NoticeState)
    assert len(told(force, receipt)) == 3
