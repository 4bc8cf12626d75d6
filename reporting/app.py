"""Makes the public form: it takes reports it cannot open, and keeps nothing about who asks."""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, request

from config import Release, ReportingSettings
from envelope.page_state import PageStateKeys
from envelope.recipient import SEALED_REPORT_LENGTHS
from reporting.cleaning.cleaner import Cleaner, sandboxed_cleaner
from reporting.counter import PURPOSE, Decoys
from reporting.files import FileDesk
from reporting.forms import PageStateTokens
from reporting.intake import IntakeDesk
from reporting.languages import TAGS
from reporting.program import EXTENSION, Program
from reporting.receipt import MailboxDesk, filling
from reporting.speaking import use_languages
from reporting.submit import drop_decoys
from reporting.views import form, kept, plain, receipt
from store.dropbox import Dropbox
from store.engine import open_engine
from store.errors import StoreError
from store.noticeboard import Noticeboard
from store.room import Room
from web.app import create_base_app
from web.forms import use_form_tokens
from web.incidents import log_incident
from web.limits import Limits

EXIT_URL = "https://www.bbc.co.uk/weather"
TITLE = "Quiet Word"


def create_app(
    settings: ReportingSettings,
    *,
    page_state_keys: PageStateKeys | None = None,
    today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    seconds: Callable[[], float] = time.monotonic,
    cleaner: Cleaner | None = None,
) -> Flask:
    """The public form as a WSGI application.

    Processes that serve the same people share `page_state_keys`; without any, pages of this process open here alone.
    `today`, `seconds` (of any clock that only goes forward) and `cleaner` are for tests; without one, this process's
    own is used, whose sandbox is tried by really running it.
    """
    if page_state_keys is None:
        page_state_keys = PageStateKeys(
            settings.page_state_root or secrets.token_bytes(32), settings.page_state_began or today()
        )
    app = create_base_app(
        __name__,
        title=TITLE,
        program="public",
        template_folder=Path(__file__).parent / "templates",
        secure=settings.over_tls,
        demo=settings.demonstration,
        exit_url=EXIT_URL,
        languages=TAGS,
        trusted_hops=settings.trusted_hops,
        redis_url=settings.redis_url,
        words_back=form.words_back,
    )
    engine = open_engine(settings.drop_url)
    app.extensions["quietword.engines"] = (engine,)
    dropbox, noticeboard = Dropbox(engine, legal_lengths=SEALED_REPORT_LENGTHS), Noticeboard(engine)
    decoys = Decoys(wanted=lambda: settings.counter_verifying_key is not None, seconds=seconds)
    limits = Limits(app, redis_url=settings.redis_url, surge=settings.surge_sends)
    app.extensions[EXTENSION] = Program(
        settings=settings,
        dropbox=dropbox,
        noticeboard=noticeboard,
        desk=IntakeDesk(noticeboard, settings.verifying_key, seconds=seconds),
        counter=IntakeDesk(noticeboard, settings.counter_verifying_key, purpose=PURPOSE, seconds=seconds),
        decoys=decoys,
        files=FileDesk(
            cleaner or sandboxed_cleaner(),
            dropbox,
            Room(engine, most_bytes=settings.files_most_bytes, keep_free=settings.files_keep_free),
            today,
        ),
        mailboxes=MailboxDesk(noticeboard, dropbox, today()),
        page_state_keys=page_state_keys,
        today=today,
        seconds=seconds,
        delay=lambda age: limits.count_send(request, age),
    )
    use_form_tokens(app, PageStateTokens())
    use_languages(app)
    app.jinja_env.filters["filling"] = filling
    app.jinja_env.globals.update(
        force_name=settings.force_name,
        demonstration=settings.demonstration,
        at_once=settings.release is Release.AT_ONCE,
        separate_team_pinned=settings.counter_verifying_key is not None,
    )

    @app.before_request
    def make_decoys() -> None:
        try:
            drop_decoys(decoys, dropbox, today())
        except StoreError as error:
            # Fewer decoys harm nobody as much as a page that fails.
            log_incident(error)

    for blueprint in (form.bp, receipt.bp, plain.bp, kept.bp):
        app.register_blueprint(blueprint)
    return app
