"""A flood of near-copies is one row of the queue, hides nothing else, and can be unfolded."""

import pytest

from tests.force import Force, client_for
from triage.casefile.queue import PAGE_SIZE, QueuePage, Wanted, queue_page
from triage.intake.collecting import Wanted as Release
from triage.intake.collecting import release_drops
from triage.intake.reports import read_by_a_person
from triage.intake.unsealing import unseal_waiting

TOLD = (
    "A white van stops behind the arches most nights after eleven and two men carry boxes into the end unit. They use "
    "the side gate, and a third one waits at the corner. It has gone on since the summer, number {number}."
)
OTHERS = (
    "Two cars were burnt on the playing field by the canal last weekend and nobody came.",
    "Cannabis is grown on the top floor of the old mill; the windows are covered and fans run all night long.",
    "Somebody takes money from every stall at the market on Saturdays, and breaks what is not paid for.",
)


def flood(force: Force, number: int) -> None:
    for text in (*OTHERS[:2], *(TOLD.format(number=at) for at in range(number)), OTHERS[2]):
        force.send(text)
    release_drops(force.database, force.settings, force.collection, release=Release.EVERYTHING)
    with force.database.begin() as session:
        unseal_waiting(session, by=force.officer("tom"), limit=number + len(OTHERS))


def page_of(force: Force, wanted: Wanted | None = None, name: str = "tom") -> QueuePage:
    with force.database.look() as session:
        return queue_page(session, wanted or Wanted(), by=force.officer(name))


def test_a_flood_is_one_row_and_the_others_stand_beside_it(force_on_both: Force) -> None:
    flood(force_on_both, 60)
    found = page_of(force_on_both)
    assert (len(found.rows), found.pages, found.total, found.folded_away) == (4, 1, 63, 59)
    assert sorted(row.copies for row in found.rows) == [0, 0, 0, 59]
    told = {(row.words or "")[:20] for row in found.rows if not row.copies}
    assert told == {one[:20] for one in OTHERS}


def test_unfolded_every_report_has_its_row(force: Force) -> None:
    flood(force, 60)
    first = page_of(force, Wanted(folded=False))
    assert (first.pages, first.folded_away) == (3, 0)
    ids = [row.id for page in (1, 2, 3) for row in page_of(force, Wanted(folded=False, page=page)).rows]
    assert len(set(ids)) == 63


def test_a_copy_that_somebody_has_begun_with_has_a_row_of_its_own(force: Force) -> None:
    flood(force, 5)
    behind = next(row for row in page_of(force, Wanted(folded=False)).rows if (row.words or "").startswith("A white"))
    with force.database.begin() as session:
        read_by_a_person(session, behind.id, by=force.officer("tom"))
    found = page_of(force)
    assert behind.id in {row.id for row in found.rows}
    assert found.folded_away == 3


def test_nothing_more_urgent_stands_behind_something_less_so(force: Force) -> None:
    for number in range(6):
        force.send(TOLD.format(number=number), danger=number == 3)
    release_drops(force.database, force.settings, force.collection, release=Release.EVERYTHING)
    with force.database.begin() as session:
        unseal_waiting(session, by=force.officer("tom"))
    found = page_of(force)
    assert [(row.danger, row.copies) for row in found.rows] == [(True, 0), (False, 4)]


def test_more_than_is_folded_at_once_still_has_every_report_on_some_page(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head is folded, and what comes after it follows as the queue has it."""
    monkeypatch.setattr("triage.casefile.folding.MOST_OPENED", 40)
    flood(force, 80)
    first = page_of(force)
    seen = [row for page in range(1, first.pages + 1) for row in page_of(force, Wanted(page=page)).rows]
    assert len({row.id for row in seen}) == len(seen) == 83 - first.folded_away
    assert len(first.rows) == PAGE_SIZE
    assert sum(row.copies for row in seen) == first.folded_away > 0


def test_the_page_counts_them_and_unfolds_them(force: Force) -> None:
    flood(force, 30)
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("29 near-copies")
    tom.sees("29 unread reports that say nearly the same in nearly the same words stand behind the first of their kind")
    tom.follow("Show each of them")
    tom.sees("Near-copies are shown one by one")
    tom.sees("page 1 of 2")
