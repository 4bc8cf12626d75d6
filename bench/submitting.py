"""Sending a report: the public form beside the floor, at one client and at eight, with short and with long reports."""

import re
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.load import Connection, Result, get, joined, post, together
from bench.processes import Server, free_port, running
from bench.public_form import SENT, PublicForm, way_to_send, words_of_length
from bench.table import Bar, Table
from envelope.recipient import SEALED_REPORT_LENGTHS

WORKERS = 2
# How many reports each combination sends: enough for a steady p95, few enough that the whole run stays short.
SENDS = {1: 200, 8: 480}
TURNS = 5
SIZES = {"1 kB": 1_000, "10 kB": 10_000}
LATENCY_BAR = Bar(at_most=2)
THROUGHPUT_BAR = Bar(at_least=60)
JOURNEYS = 100
STARTS = 3


@dataclass(frozen=True)
class Floor:
    """The floor's server and where it stores."""

    port: int
    arguments: tuple[str, ...]


def measure(table: Table, folder: Path) -> None:
    port, floor_port = free_port(), free_port()
    form = PublicForm(folder, port, WORKERS)
    key = form.identity.recipient().public_key.hex()
    floor = Floor(floor_port, ("-m", "bench.floor", str(floor_port), str(folder / "floor.sqlite"), key, str(WORKERS)))
    public = ("-m", "quietword", "serve", "reporting")
    _cold_starts(table, public, port, form, floor)
    with running(public, port, form.environ) as server, running(floor.arguments, floor.port) as floor_server:
        idle = server.largest_worker_mib(), floor_server.largest_worker_mib()
        first_page(table, port)
        sent = _side_by_side(table, server, floor_server)
        sent |= _whole_journeys(table, server, floor_server)
        _memory(table, idle, server, floor_server)
        _what_is_stored(table, form, sent)


def _cold_starts(table: Table, public: tuple[str, ...], port: int, form: PublicForm, floor: Floor) -> None:
    table.heading(f"Cold start, from the command to the first answer (median of {STARTS})")
    starts, floors = [], []
    for _ in range(STARTS):
        with running(floor.arguments, floor.port) as server:
            floors.append(server.cold_start)
        with running(public, port, form.environ) as server:
            starts.append(server.cold_start)
    bare = statistics.median(floors)
    table.figure("public form", statistics.median(starts), "s", beside=f"floor {bare:.2f} s")


def _side_by_side(table: Table, server: Server, floor: Server) -> set[str]:
    table.heading("The sending request: the public form beside the floor (ms; both and the clients share two cores)")
    sent: set[str] = set()
    number = 0
    for size, length in SIZES.items():
        for clients, count in SENDS.items():
            words = [words_of_length(number + place, length) for place in range(count)]
            number += count
            walker = Connection(server.port)
            ways = [way_to_send(walker, text) for text in words]
            walker.close()
            bare, ours = _in_turns(
                floor.port, [post("/", {"what": text}) for text in words], server.port, ways, clients
            )
            sent |= {text for text, fine in zip(words, ours.acknowledged, strict=True) if fine}
            _pair(table, f"{size}, {clients} client{'s' * (clients > 1)}", ours, bare, clients)
    return sent


def _in_turns(floor_port: int, bare: list[bytes], port: int, ours: list[bytes], clients: int) -> tuple[Result, Result]:
    """A part of the one, then a part of the other, so that whatever else the machine does falls on both alike."""
    results: tuple[list[Result], list[Result]] = ([], [])
    each = len(ours) // TURNS
    for turn in range(TURNS):
        part = slice(turn * each, (turn + 1) * each)
        results[0].append(together(floor_port, bare[part], clients, SENT))
        results[1].append(together(port, ours[part], clients, SENT))
    return joined(results[0]), joined(results[1])


def _pair(table: Table, name: str, ours: Result, bare: Result, clients: int) -> None:
    # The bar is on what one person waits; at eight clients latency is mostly the queue of two cores.
    bar = LATENCY_BAR if clients == 1 else None
    table.figure(f"{name}: p50", ours.p50, "ms", beside=f"floor {bare.p50:.2f}")
    table.figure(f"{name}: p95", ours.p95, "ms", beside=f"floor {bare.p95:.2f}")
    table.figure(f"{name}: p50, times the floor", ours.p50 / bare.p50, "×", bar)
    rate_bar = THROUGHPUT_BAR if clients > 1 else None
    table.figure(f"{name}: sent", ours.per_second, "a second", rate_bar, beside=f"floor {bare.per_second:.0f}")
    refused = len(ours.acknowledged) - sum(ours.acknowledged)
    table.figure(f"{name}: not acknowledged", refused, "reports", Bar(at_most=0))


def _whole_journeys(table: Table, server: Server, floor: Server) -> set[str]:
    table.heading("Server time (CPU) of one report")
    walker = Connection(server.port)
    words = [words_of_length(900_000 + place, 1_000) for place in range(JOURNEYS)]
    begin = server.cpu_seconds()
    ways = [way_to_send(walker, text) for text in words]
    before_sending = server.cpu_seconds()
    sent = together(server.port, ways, 1, SENT)
    end = server.cpu_seconds()
    floor_begin = floor.cpu_seconds()
    together(floor.port, [post("/", {"what": text}) for text in words], 1, SENT)
    floor_each = (floor.cpu_seconds() - floor_begin) / JOURNEYS * 1000
    sending = (end - before_sending) / JOURNEYS * 1000
    table.figure("the sending request", sending, "ms", beside=f"floor {floor_each:.2f}")
    table.figure("the whole journey: start, what, check, send", (end - begin) / JOURNEYS * 1000, "ms")
    return {text for text, fine in zip(words, sent.acknowledged, strict=True) if fine}


def _memory(table: Table, idle: tuple[float, float], server: Server, floor: Server) -> None:
    table.heading("Memory of the largest worker (resident, what it shares with the master counted in full)")
    table.figure("idle", idle[0], "MiB", beside=f"floor {idle[1]:.0f}")
    table.figure(
        "after all of the above", server.largest_worker_mib(), "MiB", beside=f"floor {floor.largest_worker_mib():.0f}"
    )


def _what_is_stored(table: Table, form: PublicForm, sent: set[str]) -> None:
    table.heading("What is stored")
    stored = form.stored()
    found = {form.words_of(drop_id, sealed) for drop_id, sealed in stored}
    table.figure("acknowledged", len(sent), "reports")
    table.figure("acknowledged and not in the store, unsealed to see", len(sent - found), "reports", Bar(at_most=0))
    table.figure("stored more than once", len(stored) - len(found), "reports", Bar(at_most=0))
    sizes = {len(sealed) for _, sealed in stored}
    table.figure(
        "stored sizes that are not one of the four", len(sizes - set(SEALED_REPORT_LENGTHS)), "sizes", Bar(at_most=0)
    )
    for size in sorted(sizes):
        count = sum(len(sealed) == size for _, sealed in stored)
        table.figure(f"an envelope of {size} bytes", count, "reports")
    whole = form.database.stat().st_size + form.database.with_name(form.database.name + "-wal").stat().st_size
    table.figure("the store's files, for each report (sizes mixed)", whole / len(stored), "bytes")


def first_page(table: Table, port: int) -> None:
    """What a browser asks for to show the first public page, and how much comes."""
    connection = Connection(port)
    _, body, total = connection.ask(get("/"))
    assets = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', body))
    total += sum(connection.ask(get(asset.decode()))[2] for asset in assets)
    table.heading("The first public page, nothing in the browser's cache, nothing compressed")
    table.figure("requests", 1 + len(assets), "", Bar(at_most=4))
    table.figure("all of them", total / 1000, "kB", Bar(at_most=60))
