"""Puts the same closed security headers on every answer, error pages and static files included."""

from flask import Flask, Response

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# For what strangers sent: opened by itself or in a page, nothing in it runs, loads or belongs to our origin.
NOTHING_RUNS = "sandbox; default-src 'none'"
CLOSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in CLOSED_FEATURES),
    "X-Robots-Tag": "noindex",
    "X-DNS-Prefetch-Control": "off",
}
HSTS = "max-age=63072000; includeSubDomains"


def close_headers(app: Flask, *, secure: bool) -> None:
    """Add the headers after each request; ``secure`` says that the site is reached over TLS.

    Dynamic pages are never kept by a browser, a proxy or a back-forward cache; static files say for themselves
    how long they stay.
    """
    fixed = {**HEADERS, **({"Strict-Transport-Security": HSTS} if secure else {})}

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        nothing_runs = headers.get("Content-Security-Policy") == NOTHING_RUNS
        for name, value in fixed.items():
            headers[name] = value
        if nothing_runs:  # the one policy a view may set by itself, because it is the stricter one
            headers["Content-Security-Policy"] = NOTHING_RUNS
        headers.remove("ETag")
        headers.remove("Last-Modified")
        headers.remove("Server")
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response
