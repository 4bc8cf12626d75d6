"""The proof, on SQLite and one process: green on what ships, and red on every default that keeps something.

The careless service has them all at once (careless.py), so that a green look means something: each of them is shown
here a service that keeps too much, and finds it, at the place where it was kept.
"""

import json
import os
import resource
from html.parser import HTMLParser

import pytest

from quietword.proof.canaries import Kind
from quietword.proof.check import CheckResult
from quietword.proof.registry import every_check
from quietword.proof.report import Shape, write_report
from quietword.proof.running import HELD, LEAKED
from quietword.proof.syscalls import strace_is_here
from tests.promises.proof.stands import OURS, Run
from tests.services import missing_service

LEAST_CANARIES = 50


@pytest.fixture(autouse=True, scope="session")
def _strace() -> None:
    if not strace_is_here():
        missing_service("strace", "Install it: the proof traces temporary files and connections with it.")


def wheres(result: CheckResult) -> str:
    return "\n".join(f"{finding.what} | {finding.where} | {finding.how}" for finding in result.findings)


@pytest.mark.parametrize("name", OURS)
def test_what_ships_holds(shipped: Run, name: str) -> None:
    result = shipped.result(name)
    assert result.held, wheres(result)


def test_one_of_a_thing_is_told_as_one(shipped: Run) -> None:
    assert shipped.result("unfinished answers").measured.endswith(" characters in 1 hidden field")


@pytest.mark.parametrize("name", OURS)
def test_each_look_finds_a_service_that_keeps_too_much(careless: Run, name: str) -> None:
    """The control: not one look is green whatever happens."""
    if name == "core dumps" and resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        missing_service("A limit of core files above 0", "Run the tests where `ulimit -Hc` is not 0.")
    assert not careless.result(name).held


def test_every_look_is_tried_here_or_beside() -> None:
    """Checks of order, memory and timing are slower, and are shown red beside (tests/promises/proof)."""
    assert set(OURS) <= {check.name for check in every_check()}
    assert len({check.name for check in every_check()}) == len(every_check())


def test_at_least_fifty_canaries_of_every_kind_go_out_and_are_answered(shipped: Run) -> None:
    assert shipped.canaries.not_sent == ()
    assert len(shipped.canaries) == shipped.proof.canaries >= LEAST_CANARIES
    assert set(shipped.proof.planted) == set(Kind)
    assert len({canary.value for canary in shipped.canaries}) == len(shipped.canaries)
    assert shipped.proof.reports == len(["a whole report", "a changed one", "one that met a broken store"])


def test_a_log_that_quotes_requests_shows_everything_that_asked(careless: Run) -> None:
    """Every header and every address that reaches the program, and the words an exception quoted."""
    found = {finding.what for finding in careless.result("server logs").findings}
    assert {
        "User-Agent (a whole report)",
        "X-Forwarded-For, first (a whole report)",
        "Referer (a whole report)",
    } <= found
    assert "address of the connection (a whole report)" in found
    assert "query string (a whole report)" in found
    assert "words in hand (a broken store)" in found
    assert "a header in base64 (a whole report)" in found


def test_a_table_of_visits_is_found_in_rows_and_in_raw_bytes(careless: Run) -> None:
    for name in ("every row", "every byte of every file"):
        assert "User-Agent (a whole report) | " in wheres(careless.result(name)), name
    assert "table drop.visits" in wheres(careless.result("every row"))
    assert "drop.sqlite" in wheres(careless.result("every byte of every file"))
    assert "drop.visits.came_at" in wheres(careless.result("no time of day"))


def test_spooled_uploads_and_calls_are_seen_though_nothing_of_them_is_left(careless: Run) -> None:
    temporary = str(careless.deployment.temporary[0])
    traced = wheres(careless.result("every byte on its way"))
    nameless = [line for line in traced.splitlines() if f"{temporary}/#" in line or "(deleted)" in line]
    assert any("a file's content where none is asked for" in line for line in nameless), traced
    assert any("a temporary file was opened to write" in line for line in traced.splitlines())
    assert "127.0.0.1:9" in wheres(careless.result("no calls to strangers"))
    assert f"{temporary}/last-request" in wheres(careless.result("temporary files"))


def test_a_report_that_says_who_wrote_it_is_found_on_the_officers_page(careless: Run, shipped: Run) -> None:
    """The words of a report may stand there, and they do; the browser of its sender may not."""
    assert "User-Agent (a changed report) | /reports/" in wheres(careless.result("officers' pages and exports"))
    assert "answers were read there" in shipped.result("officers' pages and exports").measured


def test_marks_left_in_a_browser_are_found(careless: Run) -> None:
    found = wheres(careless.result("no browser is known again")).lower()
    assert "etag" in found
    assert "set-cookie" in found
    assert "words carried from page to page" in wheres(careless.result("unfinished answers"))


def test_the_verdict_is_the_exit_code(shipped: Run, careless: Run) -> None:
    assert careless.proof.exit_code == LEAKED
    assert shipped.proof.exit_code == HELD, shipped.proof.unanswered


def test_nothing_of_the_throw_away_service_goes_on_running(shipped: Run, careless: Run) -> None:
    for run in (shipped, careless):
        assert len(run.deployment.processes) >= 4
        for process in run.deployment.processes:
            with pytest.raises(ProcessLookupError):
                os.kill(process.pid, 0)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses.extend(value or "" for name, value in attrs if name in {"src", "href", "action"})


@pytest.mark.parametrize("run", ["shipped", "careless"])
def test_the_report_is_a_page_that_could_be_printed(run: str, request: pytest.FixtureRequest) -> None:
    """One page without scripts, which loads nothing, says what was not checked, and shows no canary."""
    proven: Run = request.getfixturevalue(run)
    page = write_report(proven.proof, Shape.HTML)
    elements = _Elements()
    elements.feed(page)
    assert "script" not in elements.seen
    assert elements.addresses == []
    assert elements.seen.count("h1") == 1
    for shape in Shape:
        text = write_report(proven.proof, shape)
        assert "What this service keeps about the people who use it" in text
        assert proven.proof.version in text
        assert "Backups that others made, and copies of them elsewhere" in text
        for result in proven.proof.results:
            assert result.name.partition("'")[0] in text
        assert proven.canaries.anchor not in text
        for canary in proven.canaries:
            if canary.kind is not Kind.RECEIPT or not canary.value.isalpha():
                assert canary.value not in text, canary.name
    told = json.loads(write_report(proven.proof, Shape.JSON))
    assert told["exit_code"] == proven.proof.exit_code
    assert {check["name"]: check["held"] for check in told["checks"]} == {
        result.name: result.held for result in proven.proof.results
    }
