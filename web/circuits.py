"""The onion service's own door: it takes nothing that does not say by which circuit it came."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING

from web.forgetting import ONION_CIRCUITS
from web.headers import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REFUSAL = b"This door is for the onion service alone.\n"


class CircuitsOnly:
    """WSGI middleware that refuses a request without the circuit id that tor puts in front of it.

    Without one, every such request would share one flood bucket, and whoever found the way round tor could fill it
    for all. The server hands on the id as the sender's address, and an empty one where the line was missing.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if is_circuit(str(environ.get("REMOTE_ADDR", ""))):
            return self._app(environ, start_response)
        start_response(
            "403 Forbidden",
            [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(REFUSAL))),
                ("Cache-Control", "no-store"),
                *HEADERS.items(),
            ],
        )
        return [REFUSAL]


def is_circuit(address: str) -> bool:
    """Whether this is one of the addresses that tor makes up for its circuits."""
    try:
        return ip_address(address) in ONION_CIRCUITS
    except ValueError:
        return False
