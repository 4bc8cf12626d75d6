"""Notices to whoever added: about what was added, and none to a burnt mailbox, which stays burnt."""

from collections.abc import Iterable
from uuid import UUID

import pytest
from sqlalchemy import text

from envelope.mailbox import Mailbox, NoticeState, Receipt
from store.dropbox import Burn, Dropbox
from store.noticeboard import Noticeboard, PublishedNotice
from store.publishing import Publishing
from tests.desk_work import unsealed
from tests.force import Force
from tests.integration.triage.test_additions import FIRST, sent
from triage.outcome.notices import queue_notice
from triage.outcome.publishing import publish_due_notices


@pytest.mark.parametrize("folded", [False, True])
def test_a_burnt_mailbox_gets_no_new_notice_ever(force_on_both: Force, folded: bool) -> None:
    """Neither while the burn is fresh nor, once it is sealed in, when the burn itself is long forgotten."""
    force = force_on_both
    first, receipt = sent(force)
    burn(force, receipt)
    published(force)
    if folded:
        sent(force, "another")
        force.clock.forward(days=400)
        published(force)
        with force.database.look() as session:
            assert session.execute(text("SELECT count(*) FROM burnt_mailboxes")).scalar() == 0
    with force.database.begin() as session:
        queue_notice(session, first, NoticeState.CLOSED, by=force.officer("tom"), release=force.settings.release)
    published(force)
    assert notices(force, receipt) == 0


def test_a_mailbox_burnt_before_its_report_was_opened_stays_burnt(force: Force) -> None:
    receipt = force.send(FIRST)
    burn(force, receipt)
    published(force)
    [first] = unsealed(force)
    force.clock.forward(days=200)
    published(force)
    with force.database.begin() as session:
        queue_notice(session, first, NoticeState.READ, by=force.officer("tom"), release=force.settings.release)
    published(force)
    assert notices(force, receipt) == 0


def test_a_burn_is_destroyed_once_its_notices_are_and_they_never_come_back(force_on_both: Force) -> None:
    force = force_on_both
    first, receipt = sent(force)
    tell(force, first)
    assert notices(force, receipt) == 1
    burn(force, receipt)
    assert notices(force, receipt) == 0
    with force.drop.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM notices")).scalar() == 1
    published(force)
    assert force.collection.burns() == ()
    with force.drop.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM notices")).scalar() == 0
    force.clock.forward(hours=1)
    published(force)
    assert notices(force, receipt) == 0


def test_a_forged_burn_hides_nothing_for_longer_than_until_the_next_round(force: Force) -> None:
    """Only the preimage proves that the receipt is held."""
    first, receipt = sent(force)
    tell(force, first)
    Dropbox(force.drop).burn(Burn(b"\x01" * 32, Mailbox.from_receipt(receipt).lookup_id, force.today))
    assert notices(force, receipt) == 0
    published(force)
    assert notices(force, receipt) == 1
    assert force.collection.burns() == ()


def test_a_notice_sealed_while_its_mailbox_was_burning_is_not_published(force: Force) -> None:
    """The officer's page had looked before the burn was taken in, and was saved after it."""
    first, receipt = sent(force)
    with force.database.begin() as session:
        queue_notice(session, first, NoticeState.READ, by=force.officer("tom"), release=force.settings.release)
    burn(force, receipt)
    published(force)
    force.clock.forward(days=1)
    published(force)
    assert notices(force, receipt) == 0
    with force.database.look() as session:
        assert session.execute(text("SELECT count(*) FROM pending_notices")).scalar() == 0


def test_a_burn_that_another_collector_heeds_meanwhile_is_heeded_by_this_one_too(force_on_both: Force) -> None:
    """Between reading the day's batch and publishing it, a second collector takes in a burn and destroys it."""
    force = force_on_both
    first, receipt = sent(force)

    class Slow(Publishing):
        def publish_notices(self, batch: Iterable[PublishedNotice]) -> None:
            burn(force, receipt)
            published(force)
            super().publish_notices(batch)

    with force.database.begin() as session:
        queue_notice(session, first, NoticeState.READ, by=force.officer("tom"), release=force.settings.release)
    publish_due_notices(force.database, force.settings, publishing=Slow(force.drop), collection=force.collection)
    assert force.collection.burns() == ()
    assert notices(force, receipt) == 0


def test_an_additions_notice_says_that_it_is_about_what_was_added(force: Force) -> None:
    _, receipt = sent(force)
    added, _ = sent(force, "one more thing", adds_to=receipt)
    tell(force, added)
    mailbox = Mailbox.from_receipt(receipt)
    [published_one] = Noticeboard(force.drop).notices(mailbox.lookup_id)
    assert mailbox.open_notice(published_one.sealed).message == "added-read"


def burn(force: Force, receipt: Receipt) -> None:
    mailbox = Mailbox.from_receipt(receipt)
    Dropbox(force.drop).burn(Burn(mailbox.burn_preimage, mailbox.lookup_id, force.today))


def tell(force: Force, report_id: UUID) -> None:
    with force.database.begin() as session:
        queue_notice(session, report_id, NoticeState.READ, by=force.officer("tom"), release=force.settings.release)
    published(force)


def published(force: Force) -> None:
    publish_due_notices(force.database, force.settings, publishing=force.publishing, collection=force.collection)


def notices(force: Force, receipt: Receipt) -> int:
    return len(Noticeboard(force.drop).notices(Mailbox.from_receipt(receipt).lookup_id))
