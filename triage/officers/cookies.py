"""The two cookies of the officers' program: what they are called, and how they are set."""

from flask import Response

from config import TriageSettings


def cookie_name(settings: TriageSettings) -> str:
    """`__Host-` binds the cookie to this host and to TLS; a loopback trial has no TLS to bind to."""
    return "__Host-quietword" if settings.secure_cookies else "quietword"


def set_cookie(
    response: Response, settings: TriageSettings, name: str, value: str, *, max_age: int | None = None
) -> None:
    """Closed to scripts, to other sites and to plain http; without `max_age` it goes with the browser."""
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=settings.secure_cookies, httponly=True, samesite="Strict"
    )
