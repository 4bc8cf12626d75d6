"""The queue as a service, on both databases: its order to the last tie, and how little it opens."""

from datetime import timedelta

from sqlalchemy import event

from tests.force import Force
from triage.casefile.queue import PAGE_SIZE, Order, Shown, Wanted, queue_page
from triage.intake.collecting import Wanted as Release
from triage.intake.collecting import release_drops
from triage.intake.priority import Band
from triage.intake.unsealing import unseal_waiting


def fill(force: Force, number: int) -> None:
    for at in range(number):
        force.send(("he has a gun", "a knife", "bins")[at % 3] + f" {at}", danger=at % 10 == 0)
    release_drops(force.database, force.settings, force.collection, release=Release.EVERYTHING)
    with force.database.begin() as session:
        unseal_waiting(session, by=force.officer("tom"), limit=number)


def test_pages_hold_every_report_once_in_the_order_of_band_age_and_id(force_on_both: Force) -> None:
    fill(force_on_both, 20)
    force_on_both.clock.forward(days=1)
    fill(force_on_both, 40)
    tom = force_on_both.officer("tom")
    seen = []
    with force_on_both.database.look() as session:
        first = queue_page(session, Wanted(folded=False), by=tom)
        for page in range(1, first.pages + 1):
            seen.extend(queue_page(session, Wanted(page=page, folded=False), by=tom).rows)
        assert queue_page(session, Wanted(page=99, folded=False), by=tom).page == first.pages
        newest = queue_page(session, Wanted(order=Order.NEWEST), by=tom).rows
        urgent = queue_page(session, Wanted(bands=(Band.URGENT,)), by=tom)
        old = queue_page(session, Wanted(received_to=force_on_both.today - timedelta(days=1)), by=tom)
    assert first.total == 60
    keys = [(row.band, row.received_on, row.id.bytes) for row in seen]
    assert keys == sorted(keys)
    assert len({row.id for row in seen}) == 60
    assert {row.received_on for row in newest} == {force_on_both.today}
    assert {row.band for row in urgent.rows} == {Band.URGENT}
    assert old.total == 20
    assert first.counts[Shown.TO_DO] == first.counts[Shown.NEW] == first.counts[Shown.ALL] == 60


def test_only_the_page_that_is_shown_is_opened(force: Force) -> None:
    fill(force, 3 * PAGE_SIZE)
    unwrapped: list[str] = []

    @event.listens_for(force.database.keys, "before_cursor_execute")
    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "wrapped_keys" in statement:
            unwrapped.append(statement)

    tom = force.officer("tom")
    unwrapped.clear()
    with force.database.look() as session:
        queue_page(session, Wanted(), by=tom)
    assert len(unwrapped) <= PAGE_SIZE
