"""Promise 7: when the page says "sent", a power cut cannot undo it; sending twice is one report; else it says so.

A killed process stands in for a power cut: the disk's own cache is not tested, only that the write was committed with
`synchronous=FULL` before the page was made (PostgreSQL: `synchronous_commit=on`).
"""

import random
import secrets
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import event, text

from envelope.mailbox import drop_id
from envelope.receipt import Receipt
from envelope.report import digest
from store.engine import open_engine
from tests.force import Force
from tests.pages import PageClient
from tests.public_form import PublicForm
from tests.shipped import AWAY, ShippedForm, running, shipped_form
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting

WORDS = "Every Thursday a white van leaves the yard behind Thrum Street with its lights off."
ROUNDS = 2


@dataclass
class Reporters:
    """Several people who send at once, and what each of them was told."""

    form: ShippedForm
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: list[str] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)

    def wait_for_more_than(self, acknowledged: int) -> None:
        """A slow machine takes a while to answer the first of them."""
        deadline = time.monotonic() + 180
        while len(self.acknowledged) <= acknowledged and time.monotonic() < deadline:
            time.sleep(0.02)

    def send_until_it_falls(self, name: str) -> None:
        number = 0
        while True:
            number += 1
            words = f"{name} tells number {number}"
            # Behind a proxy of ours, each from another address: the flood limit is not what is tested here.
            address = ".".join(str(random.randrange(1, 255)) for _ in range(4))
            headers = {"X-Forwarded-For": address}
            try:
                state = self.form.ready_to_send(words, headers)
                self.states[words] = state
                page = self.form.press(state, "send", headers=headers)
            except AWAY:
                if words in self.states:
                    self.unanswered.append(words)
                return
            assert page.heading == "Sent"
            self.acknowledged[words] = page.receipt


def test_a_power_cut_cannot_undo_what_was_said_to_be_sent(force: Force, tmp_path: Path) -> None:
    """Killed twice while several people send: each acknowledged report is there once, and so is each resent."""
    key = tmp_path / "page-state-key"
    key.write_bytes(secrets.token_bytes(32))
    form = shipped_form(
        force,
        tmp_path / "shipped",
        QUIETWORD_TRUSTED_HOPS="1",
        QUIETWORD_PAGE_STATE_KEY_FILE=str(key),
    )
    reporters = Reporters(form)
    for round_number in range(ROUNDS):
        with running(form):
            threads = [
                threading.Thread(target=reporters.send_until_it_falls, args=(f"reporter {round_number}{place}",))
                for place in range(3)
            ]
            for thread in threads:
                thread.start()
            reporters.wait_for_more_than(round_number)
            time.sleep(random.uniform(0.3, 0.8))  # the moment of the cut, and not a wait for anything
            form.kill()
            for thread in threads:
                thread.join()
    assert len(reporters.acknowledged) >= ROUNDS
    with running(form):
        kept = set(force.collection.waiting())
        assert {drop_of(words, receipt) for words, receipt in reporters.acknowledged.items()} <= kept
        for words, state in reporters.states.items():
            page = form.press(state, "send", headers={"X-Forwarded-For": f"192.0.2.{random.randrange(250)}"})
            assert page.heading == "Sent"
            assert page.receipt == reporters.acknowledged.get(words, page.receipt)
    assert _told(force) == Counter(list(reporters.states))


def drop_of(words: str, receipt: str) -> bytes:
    """Where a report must be, as its receipt's holder could work out."""
    return drop_id(Receipt.parse(receipt), digest({"what": words}, language="en", danger=False))


def _told(force: Force) -> Counter[str]:
    """What the desk reads, and how often."""
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        opened = unseal_waiting(session, by=tom, limit=10_000).opened
        return Counter(case_report(session, one, by=tom).answers["what"] for one in opened)


def ready(form: PublicForm) -> PageClient:
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=WORDS, button="check")
    return person


def test_sending_twice_is_one_report_with_one_receipt(public_form_on_both: PublicForm) -> None:
    """A double click, a lost answer, a page sent again next morning: one drop, and the same words on paper."""
    person = ready(public_form_on_both)
    page = person.value("csrf_token")
    receipts = set()
    for _ in range(3):
        person.post("/", {"csrf_token": page, "go": "send"})
        assert person.heading() == "Sent"
        receipts.add(person.text().partition("numbers:")[2][:40])
    assert len(receipts) == 1
    assert len(public_form_on_both.drops()) == 1


@pytest.mark.parametrize("trouble", ["away", "locked", "full"])
def test_when_it_is_not_sent_the_page_says_so_and_gives_the_words_back(
    public_form: PublicForm, tmp_path: Path, trouble: str
) -> None:
    """The database is away, locked or full: no receipt, the words in the page, and the same page sends them later."""
    person = ready(public_form)
    page = person.value("csrf_token")
    engine = public_form.app.extensions["quietword.reporting"].dropbox._engine
    greedy = sqlite3.connect(tmp_path / "drop.sqlite", isolation_level=None)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def in_trouble(connection: sqlite3.Connection, _record: object) -> None:
        if trouble == "locked":
            connection.execute("PRAGMA busy_timeout=30")
        elif trouble == "full":
            connection.execute("PRAGMA max_page_count=1")

    if trouble == "away":
        greedy.execute("ALTER TABLE drops RENAME TO elsewhere")
    elif trouble == "locked":
        greedy.execute("BEGIN IMMEDIATE")
    person.post("/", {"csrf_token": page, "go": "send"}, status=503)
    assert person.heading() == "Your report was not sent"
    person.does_not_see("Your receipt")
    person.submit(button="Go back to my answers")
    person.sees(WORDS)
    event.remove(engine, "connect", in_trouble)
    engine.dispose()
    if trouble == "away":
        greedy.execute("ALTER TABLE elsewhere RENAME TO drops")
    elif trouble == "locked":
        greedy.execute("ROLLBACK")
    greedy.close()
    assert public_form.drops() == []
    person.submit(button="Send")
    assert person.heading() == "Sent"
    assert [report.answers["what"] for report in public_form.reports()] == [WORDS]


def test_every_connection_commits_to_the_disk_before_it_answers(public_form_on_both: PublicForm) -> None:
    """What a kill cannot show: the database was told to wait for the disk itself."""
    engine = open_engine(public_form_on_both.settings.drop_url)
    asked = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}
    question, wanted = asked[engine.dialect.name]
    with engine.connect() as connection:
        assert connection.execute(text(question)).scalar() == wanted
    engine.dispose()
