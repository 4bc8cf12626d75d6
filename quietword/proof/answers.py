"""Looks at what the form gives back: nothing by which a browser is known again, and a page that hides its words."""

import re
from base64 import b64decode, urlsafe_b64decode
from contextlib import suppress

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Step
from quietword.proof.passport import who_asks
from quietword.proof.scanner import Scanner
from quietword.proof.visitor import AWAY, Page, Visitor
from web.filters import counted

# What a browser would keep or send again, and so be known by.
_KNOWN_AGAIN = frozenset(
    {"set-cookie", "etag", "last-modified", "accept-ch", "critical-ch", "report-to", "nel", "server"}
)
# nginx cannot be told to leave this out. It is the same for everybody, and names no version.
PROXY = ("server", "nginx")
_LOADED = re.compile(
    r"""<(?:img|script|link|iframe|video|audio|source|object|embed)\b[^>]*?(?:src|href|data)\s*=\s*["']?"""
    r"""(?:https?:)?//(?P<host>[^/"'\s>]+)""",
    re.IGNORECASE,
)
_STYLE_SHEET = re.compile(r'href="(/static/[^"]+)"')


def known_again(deployment: Deployment, canaries: Canaries) -> Looked:
    """Every page, asked for twice by one browser: no cookie, no tag, nothing loaded from elsewhere."""
    turn = "a second visit"
    visitor = Visitor(deployment.reporting, None, who_asks(canaries, turn), deployment.tls)
    findings: list[Finding] = []
    try:
        first = visitor.get()
        paths = ["/", "/receipt", "/privacy", "/nobody-home", *dict.fromkeys(_STYLE_SHEET.findall(first.text))]
        pages = [(path, visitor.get(path)) for path in (*paths, *paths)]
        started = visitor.press(first, "continue")
        pages.append(("the second page", started))
        pages.append(("the check page", visitor.press(started, "check", {"what": "nothing"})))
    except AWAY as error:
        raise CannotCheckError(f"The public form stopped answering ({type(error).__name__}).") from error
    canaries.sent(*(canary.name for canary in canaries if canary.name.endswith(f"({turn})")))
    for path, page in pages:
        findings.extend(_by_headers(path, page))
        findings.extend(
            Finding("something is loaded from elsewhere", path, found["host"]) for found in _LOADED.finditer(page.text)
        )
    differing = (path for path in paths if len({page.body for shown, page in pages if shown == path}) > 1)
    findings.extend(
        Finding("a file differs at the second visit", path) for path in differing if path.startswith("/static")
    )
    return Looked(f"{len(pages)} answers, their headers and what they load", tuple(dict.fromkeys(findings)))


def _by_headers(path: str, page: Page) -> list[Finding]:
    found = [
        Finding("a browser is told something by which it is known again", path, name)
        for name, value in page.headers
        if name.lower() in _KNOWN_AGAIN and (name.lower(), value) != PROXY
    ]
    if "no-store" not in page.header("Cache-Control") and not path.startswith("/static"):
        found.append(Finding("a page may be kept by the browser", path, page.header("Cache-Control")))
    if page.header("Referrer-Policy") != "no-referrer":
        found.append(Finding("the next site is told where its visitor came from", path))
    return found


def page_state(deployment: Deployment, canaries: Canaries) -> Looked:
    """Words typed on one page travel in the next one's hidden field: they must not be readable there."""
    visitor = Visitor(deployment.reporting, tls=deployment.tls)
    word = canaries.plant("words carried from page to page", Kind.WORDS, promise=3)
    try:
        page = visitor.press(visitor.press(visitor.get(), "continue"), "continue", {"what": word})
    except AWAY as error:
        raise CannotCheckError(f"The public form stopped answering ({type(error).__name__}).") from error
    canaries.sent("words carried from page to page")
    if not any(page.hidden.values()):
        raise CannotCheckError("The form's pages carry nothing in a hidden field.")
    scanner = Scanner(canaries)
    findings = [
        Finding(hit.canary, f"the hidden field “{name}”", hit.how)
        for name, value in page.hidden.items()
        for data in (value.encode(), *_decoded(value))
        for hit in scanner.in_bytes(data)
    ]
    measured = f"{sum(map(len, page.hidden.values())):,} characters in {counted(len(page.hidden), 'hidden field')}"
    return Looked(measured, tuple(dict.fromkeys(findings)))


def _decoded(value: str) -> list[bytes]:
    found = []
    for decode in (b64decode, urlsafe_b64decode):
        with suppress(ValueError):
            found.append(decode(value + "=" * (-len(value) % 4)))
    return found


CHECKS = (
    PlainCheck(
        "no browser is known again",
        1,
        "The form gives a browser nothing by which it could be known at its next visit, and nothing that would tell "
        "another site.",
        known_again,
        Step.RUNNING,
    ),
    PlainCheck(
        "unfinished answers",
        3,
        "Unfinished answers travel locked inside the page: what is in it cannot be read.",
        page_state,
        Step.RUNNING,
    ),
)
