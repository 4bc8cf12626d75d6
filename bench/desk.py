"""The officers' side: the queue with ten thousand reports in it, and opening one of them, over HTTP."""

import random
import re
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import pyotp

from bench.load import Connection, get, post
from bench.processes import free_port, running
from bench.public_form import token_of, words_of_length
from bench.table import Bar, Table
from config import TriageSettings
from envelope.mailbox import Mailbox
from envelope.receipt import Receipt
from envelope.report import Report
from envelope.vault import open_with_passphrase
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.intake.writing import keep_unsealed
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.signing_in import unlock

REPORTS = 10_000
A_TIME = 500
LOOKS = 100
QUEUE_BAR = Bar(at_most=300)
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
REPORT_LINK = re.compile(rb'href="(/reports/[0-9a-f-]{36})"')


def measure(table: Table, folder: Path) -> None:
    table.heading(f"Triage with {REPORTS:,} reports in the queue")
    port = free_port()
    environ = {"QUIETWORD_INSTANCE": str(folder / "desk"), "QUIETWORD_TRIAGE_BIND": f"127.0.0.1:{port}"}
    settings = TriageSettings.from_environ(environ)
    bring_databases_up(settings)
    database = Database.open(settings)
    totp_secret = _fill(table, database, settings)
    database.dispose()
    with running(("-m", "quietword", "serve", "triage"), port, environ) as server:
        table.figure("cold start", server.cold_start, "s")
        connection = Connection(port)
        cookie = _sign_in(connection, totp_secret)
        seconds, body, size = _look(connection, [get("/reports", cookie)] * LOOKS)
        table.figure("the first page of the queue, p50", quantiles(seconds, n=100)[49] * 1000, "ms")
        table.figure("the first page of the queue, p95", quantiles(seconds, n=100)[94] * 1000, "ms", QUEUE_BAR)
        table.figure("its size", size / 1000, "kB")
        seconds, _, _ = _look(
            connection, [get(f"/reports?page={random.randint(2, 390)}", cookie) for _ in range(LOOKS)]
        )
        table.figure("any page of the queue, p95", quantiles(seconds, n=100)[94] * 1000, "ms", QUEUE_BAR)
        links = sorted(set(REPORT_LINK.findall(body)))
        seconds, _, _ = _look(connection, [get(link.decode(), cookie) for link in links])
        table.figure("open one report for the first time, p50", quantiles(seconds, n=100)[49] * 1000, "ms")
        table.figure("memory of its worker", server.largest_worker_mib(), "MiB")


def _fill(table: Table, database: Database, settings: TriageSettings) -> str:
    """Found a force and open the reports as triage does; gives a supervisor's second factor."""
    roles = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR)
    people = [NewOfficer(role.value, role.name, role, PASSPHRASE) for role in roles]
    with database.begin() as session:
        enrolment = found_force(session, settings, people).enrolments[0]
    with database.begin() as session:
        row = session.get_one(OfficerRow, enrolment.officer_id)
        officer = unlock(session, row, open_with_passphrase(row.locked_seed, PASSPHRASE))
    begin = time.perf_counter()
    for number in range(0, REPORTS, A_TIME):
        with database.begin() as session:
            for one in range(number, number + A_TIME):
                _keep(session, one, officer)
    table.figure("keep one opened report, sealed anew", (time.perf_counter() - begin) / REPORTS * 1000, "ms")
    return enrolment.totp_secret


def _keep(session, number: int, officer: Officer) -> None:  # type: ignore[no-untyped-def]  # a CaseSession
    today = datetime.now(UTC).date()
    report = Report(
        {"what": words_of_length(number, random.choice((60, 300, 900, 2_000)))},
        "en",
        _MAILBOX,
        danger=False,
    )
    received_on = today - timedelta(days=random.randrange(60))
    keep_unsealed(session, report, drop_id=secrets.token_bytes(16), danger=False, received_on=received_on, by=officer)


# One mailbox for all of them: making 10,000 would measure key generation, and no page opens it.
_MAILBOX = Mailbox.from_receipt(Receipt.generate()).address


def _sign_in(connection: Connection, totp_secret: str) -> str:
    _, body, _ = connection.ask(get("/sign-in"))
    fields = {
        "csrf_token": token_of(body),
        "sign_in_name": Role.SUPERVISOR.name,
        "passphrase": PASSPHRASE,
        "code": pyotp.TOTP(totp_secret).now(),
        "after": "",
        "enter": "Sign in",
    }
    status, _, _, cookies = connection.ask_for_cookies(post("/sign-in", fields))
    if status != 303:
        raise SystemExit("The bench could not sign in to triage.")
    return f"Cookie: {'; '.join(cookies)}"


def _look(connection: Connection, requests: Sequence[bytes]) -> tuple[list[float], bytes, int]:
    """Ask for each page in turn; gives the seconds, and the last body and its whole size."""
    seconds, body, size = [], b"", 0
    for request in requests:
        begin = time.perf_counter()
        status, body, size = connection.ask(request)
        seconds.append(time.perf_counter() - begin)
        if status != 200:
            raise SystemExit(f"The bench got status {status} from triage.")
    return seconds, body, size
