"""A person tells what they know, by the form alone."""

from tests.public_form import PublicForm

WORDS = "Men carry boxes into the lock-up behind Thrum Street every night."


def test_a_reporter_answers_everything_and_gets_a_receipt(public_form: PublicForm) -> None:
    reporter = public_form.person
    reporter.page("/")
    reporter.sees("call 999")
    reporter.submit(button="Start")
    assert reporter.heading() == "What have you seen or heard?"
    reporter.submit(what=WORDS, button="Continue")
    reporter.submit(who="Big Tony", button="Continue")
    reporter.submit(where="The lock-ups", button="Continue")
    reporter.submit(when="Most nights", still="yes", button="Continue")
    reporter.submit(things="White Golf, ends XRT", button="Continue")
    reporter.submit(button="Continue")
    reporter.submit(how="saw", button="Continue")
    reporter.submit(guess="yes", careful="Only three people know", button="Continue")
    reporter.sees("nobody can call you back")
    reporter.submit(danger="no", button="Continue")
    assert reporter.heading() == "Check your answers"
    for shown in (WORDS, "Big Tony", "I saw it or heard it myself", "Only three people know"):
        reporter.sees(shown)
    reporter.submit(button="Send")
    assert reporter.heading() == "Sent"
    [report] = public_form.reports()
    assert report.answers == {
        "what": WORDS,
        "who": "Big Tony",
        "where": "The lock-ups",
        "when": "Most nights",
        "still": "yes",
        "things": "White Golf, ends XRT",
        "how": "saw",
        "guess": "yes",
        "careful": "Only three people know",
        "danger": "no",
    }
    assert not report.danger
