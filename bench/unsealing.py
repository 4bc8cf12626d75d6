"""Unsealing one report, as triage does for each drop: open the envelope, read the report."""

import time
from statistics import quantiles

from bench.public_form import words_of_length
from bench.table import Table
from envelope.identity import Identity
from envelope.mailbox import Mailbox
from envelope.padding import REPORT_BUCKETS
from envelope.receipt import Receipt
from envelope.recipient import seal
from envelope.report import Report
from envelope.unseal import unseal
from envelope.wire import Context, Purpose

REPORTS = 300


def measure(table: Table) -> None:
    table.heading("Sealing and unsealing in one process, without a database")
    identity = Identity.generate()
    to = identity.recipient()
    mailbox = Mailbox.from_receipt(Receipt.generate()).address
    for size, length in {"1 kB": 1_000, "10 kB": 10_000}.items():
        sealing, opening = [], []
        for number in range(REPORTS):
            context = Context(Purpose.REPORT, (number.to_bytes(16),))
            plain = Report({"what": words_of_length(number, length)}, "en", mailbox, danger=False).to_bytes()
            begin = time.perf_counter()
            sealed = seal(plain, to, context, buckets=REPORT_BUCKETS)
            middle = time.perf_counter()
            Report.from_bytes(unseal(sealed, identity, context))
            opening.append(time.perf_counter() - middle)
            sealing.append(middle - begin)
        table.figure(f"{size}: seal, p50", quantiles(sealing, n=100)[49] * 1000, "ms")
        table.figure(f"{size}: unseal and read, p50", quantiles(opening, n=100)[49] * 1000, "ms")
        table.figure(f"{size}: unseal and read, p95", quantiles(opening, n=100)[94] * 1000, "ms")
