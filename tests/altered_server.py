"""The shipped server with something altered, named by QUIETWORD_TEST_ALTERED: run as a script by tests alone.

in a view          what was typed is quoted by an exception raised where a page is made
before forgetting  the whole request is quoted by an exception raised before anything could forget it
careless log       every request is logged whole, as a default somewhere might do it
spooled uploads    requests are read as Flask reads them by itself
impatient          who finds no turn for a long request waits a second for one, and no longer; nobody else is hurried:
                   who has a turn and stalls keeps it, and who still speaks when the server stops may go on
watched            every file it opens to write, and every connection it makes, is noted in QUIETWORD_TEST_NOTES
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from quietword import serve
from quietword.__main__ import main

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TMPFILE & ~os.O_DIRECTORY

LONG = 600.0  # seconds: whatever takes so long here is not what a test waits for


def break_a_view() -> None:
    import reporting.views.form

    def turn(draft: object, _go: str, posted: Any, **_more: object) -> None:
        words = {name: posted[name] for name in posted}
        raise ValueError(f"cannot take {words}", words, draft)

    reporting.views.form.turn = turn  # type: ignore[assignment]


def put_first(outermost: Callable[[WSGI], WSGI]) -> None:
    """Put something before all that the program does, even before it forgets who asks."""
    create = serve._reporting_app

    def created(settings: Any) -> Any:
        app = create(settings)
        app.wsgi_app = outermost(app.wsgi_app)
        return app

    serve._reporting_app = created


def break_before_forgetting() -> None:
    def outermost(whole: WSGI) -> WSGI:
        def wsgi_app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            if environ["PATH_INFO"] != "/health":
                raise RuntimeError(repr(environ), environ["wsgi.input"].read())
            return whole(environ, start)

        return wsgi_app

    put_first(outermost)


def log_carelessly() -> None:
    def outermost(whole: WSGI) -> WSGI:
        def wsgi_app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            sys.stderr.write(f"{environ}\n")
            return whole(environ, start)

        return wsgi_app

    put_first(outermost)


def spool_uploads() -> None:
    import flask

    import web.app

    web.app.QuietFlask.request_class = flask.Request


def lose_patience() -> None:
    from quietword import worker
    from web import patience

    worker.SECONDS_FOR_A_TURN = 1.0
    patience.SECONDS_WHERE_OTHERS_WAIT = LONG
    shipped = serve.gunicorn_settings
    serve.gunicorn_settings = lambda bind, workers: {**shipped(bind, workers), "graceful_timeout": int(LONG)}


def watch() -> None:
    notes = os.open(os.environ["QUIETWORD_TEST_NOTES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(event: str, about: tuple[Any, ...]) -> None:
        # Python asks for these before each act, whoever's code does it; SQLite opens its files outside of Python.
        opened = event == "open" and isinstance(about[2], int) and about[2] & WRITING
        if opened or event in {"socket.connect", "socket.sendto", "subprocess.Popen", "os.exec", "os.system"}:
            os.write(notes, f"{event} {about[:2] if event == 'open' else about[1:]}\n".encode())

    sys.addaudithook(note)


ALTERATIONS = {
    "in a view": break_a_view,
    "before forgetting": break_before_forgetting,
    "careless log": log_carelessly,
    "spooled uploads": spool_uploads,
    "impatient": lose_patience,
    "watched": watch,
}

if __name__ == "__main__":
    for name in os.environ["QUIETWORD_TEST_ALTERED"].split(", "):
        ALTERATIONS[name]()
    sys.exit(main(["serve", "reporting"]))
