"""A person goes back, changes what they said, and sends only what they meant to."""

from tests.pages import PageClient
from tests.public_form import PublicForm

WORDS = "Men carry boxes into the lock-up behind Thrum Street every night."


class Reporter(PageClient):
    """Somebody who tells what they know."""

    def starts(self) -> None:
        self.page("/")
        self.submit(button="Start")

    def says(self, **answers: str) -> None:
        self.submit(answers, button="Continue")

    def goes_back(self, **typed: str) -> None:
        self.submit(typed, button="Back")

    def changes(self, what: str, **answers: str) -> None:
        self.submit(button=f"change-{what}")
        self.says(**answers)


def test_a_reporter_goes_back_and_finds_every_answer(public_form: PublicForm) -> None:
    reporter = Reporter(public_form.app)
    reporter.starts()
    reporter.says(what=WORDS)
    reporter.says(who="Big Tony")
    reporter.goes_back(where="half an add")
    assert reporter.value("who") == "Big Tony"
    reporter.goes_back()
    assert reporter.value("what") == WORDS
    reporter.says()
    reporter.says()
    assert reporter.value("where") == "half an add"


def test_a_reporter_says_one_thing_and_sends_it(public_form: PublicForm) -> None:
    reporter = Reporter(public_form.app)
    reporter.starts()
    reporter.submit(what=WORDS, button="Skip to the end and check")
    assert reporter.heading() == "Check your answers"
    reporter.submit(button="Send")
    assert [report.answers for report in public_form.reports()] == [{"what": WORDS}]


def test_a_reporter_takes_out_a_name_before_sending(public_form: PublicForm) -> None:
    reporter = Reporter(public_form.app)
    reporter.starts()
    reporter.says(what=WORDS)
    reporter.submit(who="My brother", button="Skip to the end and check")
    reporter.changes("who", who="")
    reporter.does_not_see("My brother")
    reporter.submit(button="Send")
    assert "who" not in public_form.reports()[0].answers


def test_a_reporter_in_danger_is_told_of_999_at_every_turn(public_form: PublicForm) -> None:
    reporter = Reporter(public_form.app)
    reporter.starts()
    reporter.submit(what="He has a knife and he is outside", button="Skip to the end and check")
    reporter.sees("If someone is in danger now, call 999")
    reporter.changes("danger", danger="yes")
    reporter.sees("Call 999 as well as sending this")
    reporter.submit(button="Send")
    reporter.sees("If you have not called 999 yet, do it now")
    assert public_form.reports()[0].danger
