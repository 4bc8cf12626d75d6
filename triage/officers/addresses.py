"""Which addresses that a browser brings are pages of ours."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def is_ours(address: str, method: str) -> bool:
    """Whether it is a path of this program that takes `method`, with a query or none, and breaks no header."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable():
        return False
    try:
        current_app.create_url_adapter(request).match(address.partition("?")[0], method=method)  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True
