"""The public form for tests: its own store, an intake key signed by a made-up force, and a clock that tests move."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.engine import URL
from werkzeug.serving import make_server

from config import Bind, Release, ReportingSettings
from envelope.identity import Identity
from envelope.mailbox import Mailbox, Notice, NoticeState, Receipt, seal_notice
from envelope.page_state import PageStateKeys
from envelope.report import Report
from envelope.signing import IntakeKey, SigningKey, sign_intake_key
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from migrations.runner import History, upgrade
from reporting.app import create_app
from store.engine import open_engine
from store.noticeboard import PublishedIntakeKey, PublishedNotice
from store.publishing import Publishing
from store.tables import drops
from tests.databases import NewDatabase
from tests.pages import PageClient

TODAY = date(2026, 11, 22)


@dataclass
class PublicForm:
    """One running form, and the other side of it: what a force would publish and unseal."""

    settings: ReportingSettings
    engine: Engine
    signing_key: SigningKey
    identity: Identity = field(default_factory=Identity.generate)
    today: date = field(default_factory=lambda: TODAY)
    seconds: float = 1000.0
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        keys = PageStateKeys(b"\x07" * 32, self.today)
        self.app = create_app(
            self.settings, page_state_keys=keys, today=lambda: self.today, seconds=lambda: self.seconds
        )
        self.app.testing = True

    @property
    def person(self) -> PageClient:
        """Somebody with a browser of their own."""
        return PageClient(self.app)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.engine)

    def publish_key(
        self,
        identity: Identity | None = None,
        *,
        signed_by: SigningKey | None = None,
        first: date | None = None,
        days: int = 1,
        box_id: bytes = b"b" * 16,
    ) -> None:
        """Sign and publish an intake key, today's by default."""
        first = first or self.today
        key = IntakeKey(
            box_id,
            (identity or self.identity).recipient().public_key,
            first,
            first + timedelta(days=days - 1),
            "intake",
        )
        signed = sign_intake_key(key, signed_by or self.signing_key)
        published = PublishedIntakeKey(box_id, key.not_before, key.not_after, signed.to_bytes())
        self.publishing.publish_intake_keys([published])

    def ring_bell(self, *, rings: bool = True, next_release: str = "") -> None:
        self.publishing.set_bell(rings=rings, until=datetime.now(UTC) + timedelta(hours=1))
        self.publishing.set_next_release(next_release)

    def publish_notice(self, receipt: Receipt, state: NoticeState, *, message: str = "", days: int = 90) -> None:
        """Tell a receipt's holder how far the report has come."""
        address = Mailbox.from_receipt(receipt).address
        sealed = seal_notice(Notice(state, message, self.today), address)
        notice = PublishedNotice(sealed[-16:], address.lookup_id, sealed, self.today, self.today + timedelta(days=days))
        self.publishing.publish_notices([notice])

    def lookup_id(self, receipt: Receipt) -> bytes:
        """Where this receipt's notices stand."""
        return Mailbox.from_receipt(receipt).lookup_id

    def drops(self) -> list[tuple[bytes, bytes, bool, date]]:
        """Every stored row: id, envelope, danger, date."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(select(drops).order_by(drops.c.drop_id))]

    def reports(self, identity: Identity | None = None) -> list[Report]:
        """What a force that holds the key reads."""
        return [
            Report.from_bytes(unseal(sealed, identity or self.identity, Context(Purpose.REPORT, (drop_id,))))
            for drop_id, sealed, _, _ in self.drops()
        ]


def settings_over(drop: URL, folder: Path, verifying_key: bytes | None, **changed: object) -> ReportingSettings:
    """Settings as `quietword init` would leave them."""
    fields: dict[str, object] = {
        "instance": folder,
        "bind": Bind("127.0.0.1", 5000),
        "drop_url": drop,
        "redis_url": None,
        "verifying_key": verifying_key,
        "page_state_root": None,
        "release": Release.AT_SET_HOURS,
        "force_name": "Millbrook Police",
        "demonstration": False,
        "trusted_hops": 0,
        "workers": 1,
        **changed,
    }
    return ReportingSettings(**fields)  # type: ignore[arg-type]  # a test may change any field


def open_form(drop: URL, folder: Path, **changed: object) -> PublicForm:
    """A form over an empty store that already has the tables, with a key for today."""
    signing_key = SigningKey.generate()
    engine = open_engine(drop)
    upgrade(engine, History.DROP)
    verifying_key = signing_key.verifying_key.public_key
    form = PublicForm(settings_over(drop, folder, verifying_key, **changed), engine, signing_key)
    form.publish_key()
    return form


def close_form(form: PublicForm) -> None:
    form.engine.dispose()
    for engine in form.app.extensions["quietword.engines"]:
        engine.dispose()


@pytest.fixture
def public_form(new_sqlite_database: NewDatabase, tmp_path: Path) -> Iterator[PublicForm]:
    """A public form that is open today, on SQLite."""
    form = open_form(new_sqlite_database("drop"), tmp_path)
    yield form
    close_form(form)


@pytest.fixture
def public_form_on_both(new_database: NewDatabase, tmp_path: Path) -> Iterator[PublicForm]:
    """The same on SQLite and on PostgreSQL."""
    form = open_form(new_database("drop"), tmp_path)
    yield form
    close_form(form)


@pytest.fixture
def address(public_form: PublicForm) -> Iterator[str]:
    """Where a browser finds the public form, without a slash at its end."""
    server = make_server("127.0.0.1", 0, public_form.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
