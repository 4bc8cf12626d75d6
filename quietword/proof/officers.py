"""Signs in as officers and looks through every page and export they are given.

The words of a report may stand there: that is what the pages are for. Nothing else of who sent it may.
"""

import hmac
import subprocess
import sys
import time
from base64 import b32decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from config import Bind
from quietword.proof.canaries import Canaries
from quietword.proof.check import (
    CannotCheckError,
    Deployment,
    Finding,
    Looked,
    OfficerSignIn,
    PlainCheck,
    ProofError,
    Step,
)
from quietword.proof.scanner import Scanner
from quietword.proof.visitor import AWAY, FORM, Page, Visitor

MOST_PAGES = 150
# One page in other orders and filters shows the same again.
MOST_WAYS = 3
HALF_MINUTE = 30
# What an officer may do here that changes nothing but who has looked.
EXPORTS = ("/audit/export",)
OPEN_REPORTS = "/reports/unseal"
NOT_FOLLOWED = ("/sign-out", "/static/")


@dataclass
class Desk:
    """One officer's browser, signed in."""

    bind: Bind
    cookies: dict[str, str] = field(default_factory=dict, repr=False)

    def get(self, path: str) -> Page:
        return self._request("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        return self._request("POST", path, urlencode(fields).encode())

    def sign_in(self, officer: OfficerSignIn) -> None:
        """Come in through the sign-in page.

        Raises:
            ProofError: triage did not let them in.
        """
        for wait in (0, HALF_MINUTE):
            # A code works once, and its half minute may end on the way.
            time.sleep(wait)
            page = self.get("/sign-in")
            answered = self.post(
                "/sign-in",
                {
                    **page.hidden,
                    "sign_in_name": officer.name,
                    "passphrase": officer.passphrase,
                    "code": totp(officer.totp_secret, time.time()),
                },
            )
            if answered.status == HTTPStatus.SEE_OTHER:
                return
        raise ProofError(f"Triage did not let “{officer.name}” in (status {answered.status}).")

    def _request(self, method: str, path: str, body: bytes | None = None) -> Page:
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM
        page = Visitor(self.bind).request(method, path, body, headers)
        for name, value in page.headers:
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self.cookies[key.strip()] = kept.strip()
        return page


def totp(secret: str, now: float) -> str:
    """The second factor of this half minute (RFC 6238)."""
    count = (int(now) // HALF_MINUTE).to_bytes(8, "big")
    digest = hmac.digest(b32decode(secret + "=" * (-len(secret) % 8)), count, sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def officers_pages(deployment: Deployment, canaries: Canaries) -> Looked:
    """Collect and open what was sent, then read every page that officers reach."""
    if deployment.triage is None or not deployment.officers:
        raise CannotCheckError("The officers' pages were not looked through: no officer's sign-in was given.")
    if not deployment.throwaway:
        raise CannotCheckError("The officers' pages were not looked through: opening reports is an officer's decision.")
    _collect(deployment)
    scanner, size, pages = Scanner(canaries), 0, 0
    findings: list[Finding] = []
    allowed = {canary.name for canary in canaries if canary.officers_may_read}
    read: set[str] = set()
    try:
        for officer in deployment.officers:
            desk = Desk(deployment.triage)
            desk.sign_in(officer)
            for where, page in _walk(desk):
                pages += 1
                content = b"\n".join((*(f"{name}: {value}".encode() for name, value in page.headers), page.body))
                size += len(content)
                found = {(hit.canary, hit.how) for hit in scanner.in_bytes(content)}
                read |= {name for name, _ in found} & allowed
                findings.extend(
                    Finding(name, f"{where}, read as {officer.name}", how)
                    for name, how in sorted(found)
                    if name not in allowed
                )
    except AWAY as error:
        raise CannotCheckError(f"Triage stopped answering ({type(error).__name__}).") from error
    if not read:
        raise CannotCheckError(
            "None of the reports that were sent reached an officer's page, so those pages prove nothing."
        )
    measured = f"{pages} pages and exports, {size:,} bytes; {len(read)} answers were read there, as is meant"
    return Looked(measured, tuple(findings))


def _collect(deployment: Deployment) -> None:
    """Release everything, as the collector does at its hours."""
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "quietword", "collect"],
        env=dict(deployment.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise ProofError(f"`quietword collect` failed: {ran.stderr.strip() or ran.returncode}")


def _walk(desk: Desk) -> Iterator[tuple[str, Page]]:
    """Every page that links lead to, and the exports; reports that wait are opened on the way."""
    waiting, known = ["/"], {"/"}
    ways: Counter[str] = Counter()
    shown = 0
    while waiting and shown < MOST_PAGES:
        path = waiting.pop(0)
        page = desk.get(path)
        shown += 1
        yield path, page
        for action in page.actions:
            address = urlsplit(action).path
            if address == OPEN_REPORTS and address not in known:
                known.add(address)
                yield address, desk.post(address, page.hidden)
                known.discard(path)
                page = desk.get(path)
            elif address in EXPORTS and address not in known:
                known.add(address)
                yield address, desk.post(address, page.hidden)
        for link in (*page.links, page.header("Location")):
            if link.startswith("/") and not link.startswith(("//", *NOT_FOLLOWED)) and link not in known:
                known.add(link)
                address = urlsplit(link).path
                ways[address] += 1
                if ways[address] <= MOST_WAYS:
                    waiting.append(link)


CHECKS = (
    PlainCheck(
        "officers' pages and exports",
        1,
        "Officers read what was written and nothing else: no address, browser, link, file name or receipt of its "
        "sender stands on any page or export of theirs.",
        officers_pages,
        Step.RUNNING,
    ),
)
