"""A load test: many people send at once while one neighbourhood floods the form; `python -m bench.flood --seconds 300`.

Everything is on this machine: each sender has an address of their own in 127.0.0.0/8, the flooder has one for all of
its reports. It stops by itself, and unseals what is stored to see that nothing that was acknowledged is missing.
"""

import argparse
import heapq
import multiprocessing
import re
import secrets
import socket
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from pathlib import Path
from statistics import quantiles

from bench.load import Connection, get, post
from bench.processes import free_port, running
from bench.public_form import SENT, PublicForm, token_of, words_of_length
from bench.table import Bar, Table

SECONDS = 30
RATE = 20
HONEST_PROCESSES = 4
FLOOD_PROCESSES = 2
FLOODER = "127.66.66.66"
WORDS = 600
WAIT = re.compile(rb"Please wait (\d+) second")
# After the last arrival, for those who were told to wait (web/limits.py: a minute at most).
MOST_AFTER = 90
RATIO_BAR = Bar(at_most=2)


@dataclass
class Told:
    """What one process of senders saw. `seconds` are those of the sending requests of its first try."""

    seconds: list[float] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    told_to_wait: int = 0
    refused: int = 0
    late: float = 0.0
    not_begun: int = 0


def measure(table: Table, folder: Path, *, seconds: int = SECONDS, rate: int = RATE, flood: int = RATE) -> None:
    """Send `rate` reports a second, first alone and then for `seconds` beside a flood of `flood` a second."""
    port = free_port()
    form = PublicForm(folder, port, workers=2)
    environ = {**form.environ, "QUIETWORD_TRUSTED_HOPS": "0"}
    table.heading(f"{rate} reports a second for {seconds} s, beside a flood of {flood} a second from one address")
    with running(("-m", "quietword", "serve", "reporting"), port, environ):
        quiet, _ = _senders(port, rate, max(10, seconds // 4), 0)
        honest, flooder = _senders(port, rate, seconds, flood)
    _latencies(table, quiet, honest)
    table.figure("reports of others that were told to wait", honest.told_to_wait, "reports")
    table.figure("latest arrival behind its time", max(quiet.late, honest.late) * 1000, "ms")
    table.figure("of others, never begun: the machine was too slow", quiet.not_begun + honest.not_begun, "reports")
    table.figure("the flood: accepted", len(flooder.accepted), "reports")
    table.figure("the flood: told to wait", flooder.told_to_wait, "reports")
    table.figure("answered with anything else", quiet.refused + honest.refused + flooder.refused, "", Bar(at_most=0))
    accepted = [*quiet.accepted, *honest.accepted, *flooder.accepted]
    stored = [form.words_of(drop_id, sealed) for drop_id, sealed in form.stored()]
    table.figure("acknowledged", len(accepted), "reports")
    table.figure("acknowledged and lost, unsealed to see", len(set(accepted) - set(stored)), "reports", Bar(at_most=0))
    table.figure("stored more than once", len(stored) - len(set(stored)), "reports", Bar(at_most=0))


def _latencies(table: Table, quiet: Told, honest: Told) -> None:
    for name, place in (("p50", 49), ("p95", 94), ("p99", 98)):
        alone, beside = (quantiles(one.seconds, n=100)[place] * 1000 for one in (quiet, honest))
        table.figure(f"the sending request: {name}", beside, "ms", beside=f"without the flood {alone:.2f}")
        # The bar is on what most people wait: at the tail two cores queue for everything else that they run.
        bar = RATIO_BAR if name == "p50" else None
        table.figure(f"{name}, times the quiet run", beside / alone, "×", bar)


def _senders(port: int, rate: int, seconds: int, flood: int) -> tuple[Told, Told]:
    """So many honest reports a second from addresses of their own, and so many from the flooder's one."""
    context = multiprocessing.get_context("fork")
    queue: Queue[tuple[bool, Told]] = context.Queue()
    begin = time.perf_counter() + 1
    kinds = [(False, rate / HONEST_PROCESSES)] * HONEST_PROCESSES + [(True, flood / FLOOD_PROCESSES)] * FLOOD_PROCESSES
    children = [
        context.Process(target=_send, args=(port, each, begin, seconds, floods, queue), daemon=True)
        for floods, each in kinds
        if each
    ]
    for child in children:
        child.start()
    told = [queue.get(timeout=seconds + MOST_AFTER + 60) for _ in children]
    for child in children:
        child.join(10)
    return _joined([one for floods, one in told if not floods]), _joined([one for floods, one in told if floods])


def _joined(told: list[Told]) -> Told:
    return Told(
        [second for one in told for second in one.seconds],
        [words for one in told for words in one.accepted],
        sum(one.told_to_wait for one in told),
        sum(one.refused for one in told),
        max((one.late for one in told), default=0.0),
        sum(one.not_begun for one in told),
    )


def _send(port: int, rate: float, begin: float, seconds: int, floods: bool, queue: "Queue[tuple[bool, Told]]") -> None:
    told = Told()
    waiting: list[tuple[float, int, From, bytes, str]] = []
    begin += secrets.randbelow(1000) / 1000 / rate
    for number in range(int(rate * seconds)):
        due = begin + number / rate
        # A machine that cannot keep up is told by how many never began, and not by a test that never ends.
        if time.perf_counter() > begin + seconds:
            told.not_begun = int(rate * seconds) - number
            break
        _press_again(waiting, due, told)
        time.sleep(max(0.0, due - time.perf_counter()))
        told.late = max(told.late, time.perf_counter() - due)
        sender = From(port, FLOODER if floods else _somewhere())
        words = words_of_length(secrets.randbelow(10**6), WORDS) + secrets.token_hex(8)
        request = _way_to_send(sender, words)
        started = time.perf_counter()
        answer = sender.ask(request)
        told.seconds.append(time.perf_counter() - started)
        seconds_to_wait = _take(answer, words, told)
        # An honest person waits and presses again; a flooder goes on with the next.
        if seconds_to_wait and not floods:
            again = post("/", {"csrf_token": token_of(answer[1]), "go": "send"})
            heapq.heappush(waiting, (time.perf_counter() + seconds_to_wait + 1, number, sender, again, words))
        else:
            sender.close()
    _press_again(waiting, time.perf_counter() + MOST_AFTER, told)
    queue.put((floods, told))


def _press_again(waiting: "list[tuple[float, int, From, bytes, str]]", until: float, told: Told) -> None:
    while waiting and waiting[0][0] < until:
        due, _, sender, request, words = heapq.heappop(waiting)
        time.sleep(max(0.0, due - time.perf_counter()))
        _take(sender.ask(request), words, told)
        sender.close()


def _take(answer: tuple[int, bytes, int], words: str, told: Told) -> int:
    """Note what came of a send; gives the seconds that it must wait, if any."""
    status, body, _ = answer
    wait = WAIT.search(body)
    if status == 200 and SENT in body:
        told.accepted.append(words)
    elif status == 200 and wait:
        told.told_to_wait += 1
        return int(wait[1])
    else:
        told.refused += 1
    return 0


class From(Connection):
    """A connection from an address of our choice in 127.0.0.0/8."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(port)
        self.address = address

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(self.address, 0))


def _somewhere() -> str:
    return f"127.{secrets.randbelow(60) + 1}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"


def _way_to_send(sender: From, words: str) -> bytes:
    _, body, _ = sender.ask(get("/"))
    _, body, _ = sender.ask(post("/", {"csrf_token": token_of(body), "go": "continue"}))
    _, body, _ = sender.ask(post("/", {"csrf_token": token_of(body), "what": words, "go": "check"}))
    return post("/", {"csrf_token": token_of(body), "go": "send"})


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.flood", description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long the flood lasts (at most 600)")
    parser.add_argument("--rate", type=int, default=RATE, help="reports a second of everybody else")
    parser.add_argument("--flood", type=int, default=RATE, help="reports a second of the flooder")
    asked = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="quietword-flood-") as folder:
        measure(table, Path(folder), seconds=min(asked.seconds, 600), rate=asked.rate, flood=asked.flood)
    if table.missed:
        print("\nBars NOT MET: " + "; ".join(table.missed))
        return 1
    print("\nEvery bar was met.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
