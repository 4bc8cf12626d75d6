"""A session that is never kept: neither program puts anything in Flask's signed, readable cookie."""

from typing import Any, NoReturn

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin


class NoSessionError(RuntimeError):
    """A view tried to remember something in Flask's session."""


class NoSession(dict[str, Any], SessionMixin):  # Any: Flask's own session maps to anything
    """An empty session that can be asked and never written."""

    modified = False
    accessed = False

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NoSessionError("Flask's session is not used here: the page state or the officer's session row is")

    __setitem__ = __delitem__ = clear = pop = popitem = update = setdefault = _refuse


class NoSessions(SessionInterface):
    """Opens the empty session and saves nothing."""

    def open_session(self, app: Flask, request: Request) -> NoSession:
        return NoSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        return None
