"""A reporter forgets something, adds it days later, and the desk sees both as one person's."""

from tests.force import Force
from tests.journeys.people import Town


def test_a_reporter_comes_back_and_adds_to_a_report_that_was_closed(force_on_both: Force) -> None:
    with Town(force_on_both) as town:
        reporter = town.reporter()
        reporter.sends("Boxes come to the yard at night", where="Mill Lane")
        town.collector_comes()
        tom = town.officer("tom")
        tom.opens_new_reports()
        first = tom.reads("Boxes come to the yard")
        tom.closes(first, "Known already")
        town.next_day()
        assert reporter.asks_for_news() == "Closed"

        reporter.submit(button="Add to your report")
        reporter.submit(button="Start")
        reporter.submit(what="The van is a grey Transit", button="check")
        reporter.submit(button="Send")
        assert reporter.heading() == "Added"
        town.collector_comes()
        tom.signs_in_again()
        tom.opens_new_reports()
        tom.page.sees("Adds to a closed report")
        added = tom.reads("grey Transit")
        tom.page.sees("This adds to the report received 22 November 2026")
        tom.page.sees("decide whether to open that report again")
        tom.page.page(first)
        tom.page.sees("An addition to this came")
        tom.page.page(f"{first}/reopen")
        tom.page.submit(reason="Its reporter added to it")
        tom.page.page(added)
        tom.page.does_not_see("decide whether to open that report again")

        town.next_day()
        assert reporter.asks_for_news() == "Closed"
        reporter.sees("A person on the team has read what you added.")
        reporter.submit(button="Burn this mailbox")
        reporter.submit(button="Yes, burn it")
        town.next_day()
        assert reporter.asks_for_news() == "No news yet"
        assert force_on_both.collection.burns() == ()
