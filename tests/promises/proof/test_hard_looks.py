"""The looks at memory, order and time: each holds for what ships, and is red when a default comes back."""

import os
import random
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from config import Bind
from quietword.memory import FORGETFUL_MEMORY
from quietword.proof import order
from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import CannotCheckError, Deployment, Process
from quietword.proof.memory import memory_after_requests
from quietword.proof.order import LEAST_PLACES, LIMIT, REPORTS, limit_of, order_is_gone, rank_correlation
from quietword.proof.parts import family_of
from quietword.proof.timing import ALARM, TURNS, rank_difference, receipts_tell_nothing
from tests.force import Force
from tests.services import missing_service
from tests.shipped import ShippedForm, running, shipped_form

ALTERED = Path(__file__).with_name("forgets_nothing.py")
REPOSITORY = Path(__file__).parent.parent.parent.parent


def deployment_of(form: ShippedForm, force: Force) -> Deployment:
    """What the looks are handed: the running form and the stores behind it."""
    settings = force.settings
    urls = {"DROP": settings.drop_url, "CASE": settings.case_url, "KEYS": settings.keys_url}
    environ = {
        **os.environ,
        **form.environ,
        **{f"QUIETWORD_{name}_URL": url.render_as_string(hide_password=False) for name, url in urls.items()},
    }
    pids = family_of(form.process.pid) if form.process else ()
    return Deployment(
        "a form",
        form.bind,
        settings.instance,
        processes=tuple(Process(pid, f"process {pid}") for pid in pids),
        drop_url=settings.drop_url,
        case_url=settings.case_url,
        keys_url=settings.keys_url,
        environ=environ,
        throwaway=True,
    )


@contextmanager
def form_of(force: Force, folder: Path, altered: str = "") -> Iterator[ShippedForm]:
    """The form as it ships, or with one default put back by `forgets_nothing.py`."""
    form = shipped_form(force, folder, script=ALTERED if altered else None)
    if altered:
        form.environ = {**form.environ, "PYTHONPATH": str(REPOSITORY), "QUIETWORD_TEST_ALTERED": altered}
    if altered in {"python's own pools", "small pieces kept"}:
        kept = FORGETFUL_MEMORY if altered == "small pieces kept" else {}
        without = {name: value for name, value in form.environ.items() if name not in FORGETFUL_MEMORY}
        form.environ = without | {name: value for name, value in kept.items() if name != "GLIBC_TUNABLES"}
    with running(form):
        yield form


def walk(form: ShippedForm, canaries: Canaries) -> None:
    """Through the form with words, headers, an odd request and an over-long one."""

    def asking(turn: str) -> dict[str, str]:
        names = ("User-Agent", "Cookie", "X-Forwarded-For", "Origin", "Accept-Language", "X-Odd")
        ours = {"Sec-Fetch-Site": "same-origin"}  # which says it even where an Origin is odd
        return ours | {name: canaries.plant(f"{name} {turn}", Kind.BROWSER) for name in names}

    for number in range(3):
        page = form.request("GET", f"/?{canaries.plant(f'query {number}', Kind.TRAIL)}", headers=asking(f"a{number}"))
        page = form.press(page.token, "continue", {}, asking(f"b{number}"))
        words = {"what": canaries.plant(f"what {number}", Kind.WORDS, "Gänse {}"), "who": "nobody"}
        page = form.press(page.token, "check", words, asking(f"c{number}"))
        assert form.press(page.token, "send", {}, asking(f"d{number}")).heading == "Sent"
    form.press("stale", "continue", {"what": canaries.plant("stale", Kind.WORDS)}, asking("e"))
    form.request("GET", "/" + canaries.plant("path", Kind.TRAIL), headers=asking("f"))
    held = form.ready_to_send("held")
    form.press(held, "continue", {"what": canaries.plant("long", Kind.WORDS) * 50_000}, asking("g"))
    form.tell(f"{canaries.plant('raw', Kind.BROKEN)} nonsense\r\n\r\n".encode())
    half = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nwhat={canaries.plant('half', Kind.BROKEN)}"
    form.tell(half.encode())
    with socket.create_connection((form.bind.host, form.bind.port)) as connection:
        connection.sendall(half.encode())


def left_in_memory(form: ShippedForm, force: Force, canaries: Canaries) -> set[str]:
    """What is found. A server is given a moment to see that a visitor has hung up, as long as it needs one."""
    deadline = time.monotonic() + 120
    while True:
        try:
            looked = memory_after_requests(deployment_of(form, force), canaries)
        except CannotCheckError as error:
            missing_service(str(error).rstrip("."), "Memory of other processes is read as root alone.")
        found = {finding.what for finding in looked.findings}
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def test_nothing_of_a_request_is_left_in_memory(force: Force, tmp_path: Path) -> None:
    canaries = Canaries()
    with form_of(force, tmp_path / "form") as form:
        walk(form, canaries)
        assert left_in_memory(form, force, canaries) == set()


@pytest.mark.parametrize("altered", ["python's own pools", "small pieces kept", "nothing let go"])
def test_memory_keeps_requests_with_each_default(force: Force, tmp_path: Path, altered: str) -> None:
    """The control: Python's pools, the C library's cache of small pieces, and what Python remembers of addresses."""
    canaries = Canaries()
    with form_of(force, tmp_path / "form", altered) as form:
        walk(form, canaries)
        looked = memory_after_requests(deployment_of(form, force), canaries)
    assert looked.findings
    assert all("memory of process" in finding.where for finding in looked.findings)


def test_the_order_of_arrival_is_gone_after_release(force: Force, tmp_path: Path) -> None:
    with form_of(force, tmp_path / "form") as form:
        looked = order_is_gone(deployment_of(form, force), Canaries())
    assert looked.findings == ()
    assert "Before release, on the public host:" in looked.measured


def test_an_order_that_is_kept_is_found(force: Force, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a table with row numbers, as SQLite has them by itself, filled as the reports come."""
    honest = order._send

    def sent_and_noted(url: URL, reports: int) -> object:
        sent = honest(url, reports)
        with order.opened(force.settings.case_url) as engine, engine.begin() as connection:
            connection.execute(text("CREATE TABLE arrivals (drop_id BLOB)"))
            for drop_id in sent:
                connection.execute(text("INSERT INTO arrivals VALUES (:id)"), {"id": drop_id})
        return sent

    monkeypatch.setattr(order, "_send", sent_and_noted)
    with form_of(force, tmp_path / "form") as form:
        looked = order_is_gone(deployment_of(form, force), Canaries())
    assert {"the case database: arrivals by rowid", "the case database: arrivals by the order of its rows"} <= {
        finding.where for finding in looked.findings
    }


def test_chance_alone_does_not_look_like_an_order() -> None:
    """The limit is more than five and a half standard deviations away, however many of the reports a place holds."""
    assert limit_of(REPORTS) == LIMIT
    for reports in (LEAST_PLACES, 200, REPORTS):
        assert limit_of(reports) * (reports - 1) ** 0.5 > 5.5
    assert limit_of(LEAST_PLACES) < 0.6
    assert rank_correlation(range(9), range(9)) == pytest.approx(1)
    assert rank_correlation(range(9), range(9, 0, -1)) == pytest.approx(-1)
    assert rank_correlation(range(9), [5] * 9) == 0
    assert rank_correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) == pytest.approx(0.8)


def test_receipts_get_one_answer_in_one_time(force: Force, tmp_path: Path) -> None:
    with form_of(force, tmp_path / "form") as form:
        looked = receipts_tell_nothing(deployment_of(form, force), Canaries())
    assert looked.findings == ()


@pytest.mark.parametrize("altered", ["known receipts take longer", "known receipts say more"])
def test_an_answer_that_tells_is_found(force: Force, tmp_path: Path, altered: str) -> None:
    """The control: a notice takes a moment longer to open than a decoy, or adds a few bytes to the page."""
    with form_of(force, tmp_path / "form", altered) as form:
        turns = 5 if altered == "known receipts say more" else 80
        looked = receipts_tell_nothing(deployment_of(form, force), Canaries(), turns=turns)
    found = {finding.what for finding in looked.findings}
    if altered == "known receipts say more":
        assert "answers are not of one length" in found
    else:
        assert "known receipts take another time than unknown ones" in found


def test_five_thousandths_of_a_second_are_enough_to_be_found() -> None:
    """Times as a busy server has them, always the same ones: a long tail, and a shift of 5 ms."""
    draw = random.Random(7)
    usual = [draw.lognormvariate(-4.6, 0.35) for _ in range(TURNS)]
    others = [draw.lognormvariate(-4.6, 0.35) for _ in range(TURNS)]
    slower = [seconds + 0.005 for seconds in others]
    assert 0.008 < statistics.median(usual) < 0.012
    assert abs(rank_difference(others, usual)) < ALARM / 2
    assert rank_difference(slower, usual) > ALARM
    assert rank_difference(usual, slower) == pytest.approx(-rank_difference(slower, usual))
    assert rank_difference([1.0] * 5, [1.0] * 5) == 0


@pytest.mark.parametrize("look", [order_is_gone, receipts_tell_nothing])
def test_a_service_that_people_use_is_not_disturbed(look: Callable[[Deployment, Canaries], object]) -> None:
    used = Deployment("in use", Bind("127.0.0.1", 5000), Path("/nowhere"), throwaway=False)
    with pytest.raises(CannotCheckError, match="Use --here"):
        look(used, Canaries())
