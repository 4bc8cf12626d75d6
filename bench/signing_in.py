"""Signing in over HTTP: by passphrase and code, by passkey, and by a name nobody has; and what unlocking costs."""

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID, uuid4

import cbor2
import pyotp

from bench.load import Connection, get, post
from bench.processes import free_port, running
from bench.table import Bar, Table
from config import TriageSettings
from envelope.vault import decrypt_blob, derive, encrypt_blob, open_with_passphrase
from tests.authenticator import Authenticator, octets, text
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.officers.founding import NewOfficer, found_force
from triage.officers.models import OfficerRow
from triage.officers.passkeys.keeping import LOCK_LABEL, PasskeyRow, _context, _digest, _seal
from triage.officers.passphrases import kdf_cost
from triage.officers.rules import Role
from triage.officers.second_factor import TOTP_STEP_SECONDS

TRIES = 20
PASSPHRASE = "one passphrase for a bench"  # noqa: S105 - of nobody, for a minute
# Three times Argon2id's own second or so at two cores, with a page before it and one after.
SIGN_IN_BAR = Bar(at_most=3000)
PASSKEY_BAR = Bar(at_most=200)
RATIO_LEAST, RATIO_MOST = Bar(at_least=0.95), Bar(at_most=1.05)


def measure(table: Table, folder: Path) -> None:
    table.heading("Signing in to triage")
    port = free_port()
    environ = {
        "QUIETWORD_INSTANCE": str(folder / "signing-in"),
        "QUIETWORD_TRIAGE_BIND": f"127.0.0.1:{port}",
    }
    settings = TriageSettings.from_environ(environ)
    bring_databases_up(settings)
    database = Database.open(settings)
    people = [NewOfficer(f"Officer {n}", f"officer {n}", Role.TRIAGE_OFFICER, PASSPHRASE) for n in range(TRIES)]
    three = [NewOfficer(role.name, role.name, role, PASSPHRASE) for role in Role if role is not Role.TRIAGE_OFFICER]
    with database.begin() as session:
        made = found_force(session, settings, [*three, *people]).enrolments[len(three) :]
    key = Authenticator()
    _unlock(table, database, settings, key, made[0].officer_id)
    with running(("-m", "quietword", "serve", "triage"), port, environ):
        connection = Connection(port)
        _by_passkey(table, connection, key, port)
        _by_passphrase(table, connection, [one.totp_secret for one in made])
        _known_and_unknown(table, connection)
    database.dispose()


def _unlock(table: Table, database: Database, settings: TriageSettings, key: Authenticator, officer_id: UUID) -> None:
    """What it takes to open a seed by each, in this process; and give the first officer a passkey."""
    with database.begin() as session:
        row = session.get(OfficerRow, officer_id)
        assert row is not None
        locked = row.locked_seed
        seed = open_with_passphrase(locked, PASSPHRASE)
        passkey_id, key.user = uuid4(), text(row.id.bytes)
        context = _context(passkey_id, row.id)
        about = {"name": "bench", "credential": key.credential_id.hex(), "key": _public_key(key)}
        locked_to_key = encrypt_blob(derive(octets(key.unlock), LOCK_LABEL), seed, context)
        session.add(
            PasskeyRow(
                id=passkey_id,
                officer_id=row.id,
                credential_digest=_digest(settings, key.credential_id),
                sealed=_seal(about, seed, context),
                locked_seed=locked_to_key,
                sign_count=0,
                added_on=session.today,
            )
        )
    cost, unlock = kdf_cost(settings), octets(key.unlock)
    by_passphrase = _p50(lambda: open_with_passphrase(locked, PASSPHRASE), 5)
    by_passkey = _p50(lambda: decrypt_blob(derive(unlock, LOCK_LABEL), locked_to_key, context), 200)
    spent = f"Argon2id {cost.iterations} × {cost.memory_kib // 1024} MiB"
    table.figure("unlock a seed by passphrase, p50", by_passphrase * 1000, "ms", beside=spent)
    table.figure("unlock a seed by passkey, p50", by_passkey * 1000, "ms")


def _public_key(key: Authenticator) -> str:
    """As an authenticator gives it (COSE): what `attestationObject` holds behind its first 87 bytes."""
    answer = key.adds({"user": key.user, "challenge": ""})
    data = cbor2.loads(octets(answer["response"]["attestationObject"]))["authData"]
    return bytes(data[37 + 18 + len(key.credential_id) :]).hex()


def _p50(work: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return median(seconds)


def _by_passkey(table: Table, connection: Connection, key: Authenticator, port: int) -> None:
    seconds = []
    for _ in range(TRIES):
        begin = time.perf_counter()
        _, body, _ = connection.ask(get("/sign-in/passkey"))
        asked = time.perf_counter() - begin
        answer = json.dumps(key.answers(json.loads(body), origin=f"http://localhost:{port}"))
        begin = time.perf_counter()
        status, _, _ = connection.ask(post("/sign-in/passkey", {"answer": answer, "after": ""}))
        seconds.append(asked + time.perf_counter() - begin)
        if status != 303:
            raise SystemExit("The bench could not sign in by passkey.")
    table.figure("sign in by passkey, p95", _p95(seconds), "ms", PASSKEY_BAR)


def _by_passphrase(table: Table, connection: Connection, secrets: list[str]) -> None:
    seconds = []
    for number, secret in enumerate(secrets):
        step = int(datetime.now(UTC).timestamp()) // TOTP_STEP_SECONDS
        code = pyotp.TOTP(secret).generate_otp(step)
        taken, status = _try(connection, f"officer {number}", code)
        if status != 303:
            raise SystemExit("The bench could not sign in to triage.")
        seconds.append(taken)
    table.figure("sign in by passphrase and code, p95", _p95(seconds), "ms", SIGN_IN_BAR)


def _known_and_unknown(table: Table, connection: Connection) -> None:
    """Wrong tries with names that somebody has and that nobody has, in one shuffled row; each name once."""
    names = [(f"officer {n}", True) for n in range(TRIES)] + [(f"nobody {n}", False) for n in range(TRIES)]
    random.shuffle(names)
    taken: dict[bool, list[float]] = {True: [], False: []}
    for name, known in names:
        taken[known].append(_try(connection, name, "000000", "not the passphrase at all")[0])
    for known, what in ((True, "a known name"), (False, "an unknown name")):
        deciles = quantiles(taken[known], n=10)
        table.figure(
            f"refuse {what}, p50",
            median(taken[known]) * 1000,
            "ms",
            beside=f"p10 {deciles[0] * 1000:,.0f}, p90 {deciles[8] * 1000:,.0f}",
        )
    # What else the machine does falls on either by chance; the quickest tenth is what an attacker would compare.
    ratio = quantiles(taken[True], n=10)[0] / quantiles(taken[False], n=10)[0]
    table.figure("known over unknown, of the lower deciles", ratio, "times", RATIO_LEAST if ratio < 1 else RATIO_MOST)


def _try(connection: Connection, name: str, code: str, passphrase: str = PASSPHRASE) -> tuple[float, int]:
    fields = {"sign_in_name": name, "passphrase": passphrase, "code": code, "after": "", "enter": "Sign in"}
    begin = time.perf_counter()
    status, _, _ = connection.ask(post("/sign-in", fields))
    return time.perf_counter() - begin, status


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[94] * 1000
