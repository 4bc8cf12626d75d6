"""The few pages that the proxy shows by itself, when the form cannot be asked."""

from html import escape

from web.headers import HEADERS, HSTS

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{heading} - Quiet Word</title></head><body><main><h1>{heading}</h1><p>{words}</p>"
    "<p>If somebody is in danger now, call 999. You can also call Crimestoppers on 0800 555 111. They never ask who "
    "you are.</p></main></body></html>"
)


def page(heading: str, words: str) -> str:
    """A page that needs nothing else, and holds no sign that the proxy's own language reads (no quote, no dollar)."""
    return PAGE.format(heading=escape(heading), words=escape(words))


def closed_headers(*, over_tls: bool) -> str:
    """The form's own headers, as the proxy must be told them: it keeps none of a page that it makes by itself."""
    told = {**HEADERS, "Cache-Control": "no-store", **({"Strict-Transport-Security": HSTS} if over_tls else {})}
    lines = ["default_type text/html;", "charset utf-8;"]
    lines.extend(f'add_header {name} "{value}" always;' for name, value in told.items())
    return "\n".join(f"            {line}" for line in lines)
