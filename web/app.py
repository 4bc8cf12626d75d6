"""Makes the Flask application that both programs stand on."""

from io import BytesIO
from pathlib import Path
from typing import IO

from flask import Flask, Request
from jinja2 import BytecodeCache, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.bccache import Bucket
from werkzeug.exceptions import RequestEntityTooLarge

from web.error_pages import WordsBack, answer_errors
from web.filters import add_filters
from web.forgetting import Forgetting
from web.forms import add_form_globals
from web.headers import close_headers
from web.incidents import keep_logs_quiet
from web.links import add_link_globals
from web.markup import add_markup_filters, presentable
from web.sessions import NoSessions
from web.static_files import serve_static_files
from web.wording import add_wording_filter

MEBIBYTE = 1 << 20


class MemoryRequest(Request):
    """A request whose uploads stay in memory: Werkzeug would spool half a megabyte to a temporary file."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()

    def _load_form_data(self) -> None:
        """Refuse a body of undeclared length that goes on past the limit: Werkzeug would cut it without a word."""
        super()._load_form_data()
        ended_by_server = self.content_length is None and self.environ.get("wsgi.input_terminated")
        if ended_by_server and self.environ["wsgi.input"].read(1):
            raise RequestEntityTooLarge


class CompiledTemplates(BytecodeCache):
    """Templates compiled once a process, however many applications it makes."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled from the same source; Jinja compiles what is missing."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a freshly compiled template."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


class QuietFlask(Flask):
    """Flask with requests in memory, no session, and exceptions logged by type and place alone."""

    request_class = MemoryRequest
    session_interface = NoSessions()

    def log_exception(self, exc_info: object) -> None:
        """Nothing: the error page that follows logs the incident without a word of the request."""


def create_base_app(
    import_name: str,
    *,
    title: str,
    program: str,
    template_folder: Path,
    secret_key: str | None = None,
    secure: bool = False,
    demo: bool = False,
    exit_url: str | None = None,
    cookies: frozenset[str] = frozenset(),
    keep_query: bool = False,
    languages: tuple[str, ...] = ("en",),
    trusted_hops: int = 0,
    redis_url: str | None = None,
    max_body: int = MEBIBYTE,
    max_parts: int = 100,
    words_back: WordsBack | None = None,
) -> Flask:
    """An application that forgets who asks, shows our pages and remembers nothing.

    ``program`` is ``"public"`` or ``"triage"``: it picks the style sheet, the script and the look of error pages.
    ``title`` is the plain title of a page that has none of its own. ``exit_url`` puts the "Exit this page" button
    in the header. ``cookies`` names the only cookies the program may read, ``keep_query`` lets it read its query
    string; the public form does neither. ``trusted_hops`` is the number of our own proxies before it. ``max_body``
    is in bytes. ``words_back`` takes a request and gives back what its sender had typed, by label, for the error
    page of a request that failed.
    """
    app = QuietFlask(import_name, static_folder=None, template_folder=None)
    app.secret_key = secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=max_body,
        MAX_FORM_MEMORY_SIZE=max_body,
        MAX_FORM_PARTS=max_parts,
        PROPAGATE_EXCEPTIONS=False,
        SESSION_COOKIE_NAME="unused",
        WTF_CSRF_SSL_STRICT=False,  # it wants the Referer that we strip; the token and Sec-Fetch-Site stand in
        WTF_I18N_ENABLED=False,
        QUIETWORD_TITLE=title,
        QUIETWORD_PROGRAM=program,
        QUIETWORD_DEMO=demo,
        QUIETWORD_EXIT_URL=exit_url,
    )
    app.jinja_options = {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "autoescape": True,
        "auto_reload": False,
        "finalize": presentable,
        "bytecode_cache": COMPILED,
        "extensions": ["jinja2.ext.i18n"],
    }
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(template_folder),
            PackageLoader("web", "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.globals.update(
        program=program, site_title=title, demo=demo, exit_url=exit_url, lang="en", text_direction="ltr"
    )
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension brings it
    add_filters(app)
    add_markup_filters(app)
    add_wording_filter(app)
    add_link_globals(app)
    add_form_globals(app)
    serve_static_files(app)
    close_headers(app, secure=secure)
    keep_logs_quiet()
    answer_errors(app, words_back)
    forgetting = Forgetting(
        app.wsgi_app,
        cookies=cookies,
        keep_query=keep_query,
        languages=languages,
        trusted_hops=trusted_hops,
        redis_url=redis_url,
        secure=secure,
    )
    app.wsgi_app = forgetting  # type: ignore[method-assign]  # Flask's own way to put a middleware first
    return app
