"""The officers' program as it is shipped, in a process of its own over a force, and browsers that come to it."""

import html
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pyotp

from tests.force import PEOPLE, SEE_OTHER, Force, passphrase_of
from tests.second_factor import step_to_spend
from tests.shipped import FORM, Answer, ShippedForm, free_bind, running
from triage.keys.intake_keys import sign_intake_keys

COOKIE = "quietword"
BEFORE = timedelta(minutes=12)  # thirty seconds for each officer who signs in to a service
_spent: dict[tuple[Path, str], int] = {}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')


@dataclass
class Visitor:
    """Somebody's browser: it keeps cookies, and follows nowhere."""

    server: ShippedForm
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def reads(self, path: str) -> Answer:
        """The same by somebody who, asked why they open a case, says so and goes on."""
        answer = self.get(path)
        asked = answer.headers.get("Location", "")
        if answer.status != SEE_OTHER or "/why" not in asked:
            return answer
        why = {"reason": "to assess, grade or link it", "open": "Open the report"}
        said = self.post(asked, why, token=self.token())
        return self.get(said.headers.get("Location", path))

    def post(self, path: str, fields: Mapping[str, str] | None = None, *, token: str = "") -> Answer:
        body = urlencode({**({"csrf_token": token} if token else {}), **(fields or {})}).encode()
        return self._send("POST", path, body)

    def token(self, path: str = "/account") -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, f"no token on {path}"
        return html.unescape(found.group(1))

    def sign_in(self, force: Force, name: str, *, passphrase: str = "", code: str = "") -> Answer:
        """By the real page, with a code of about now that nobody has spent."""
        fields = {
            "sign_in_name": name,
            "passphrase": passphrase or passphrase_of(name),
            "code": code or code_of_now(force, name),
        }
        return self.post("/sign-in", fields)

    def _send(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM
        answer = self.server.request(method, path, body, {name: one for name, one in headers.items() if one})
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie":
                self._keep(value)
        return answer

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


def code_of_now(force: Force, name: str) -> str:
    """A code of the machine's time that was not given before."""
    who = force.settings.instance, name
    step = _spent[who] = step_to_spend(_spent.get(who, 0))
    return str(pyotp.TOTP(force.totp[name]).generate_otp(step))


def a_while_ago(force: Force) -> None:
    """What the force did before the program started, it did some minutes ago by the machine's clock."""
    force.clock.now = datetime.now(UTC) - BEFORE
    for name, *_ in PEOPLE:
        force.officer(name)  # before anybody signs in with a code of now, which makes the older ones worth nothing
    supervisor = force.officer("sam")
    with force.database.begin() as session:
        force.intake_keys = sign_intake_keys(session, by=supervisor)


@contextmanager
def officers_program(force: Force, folder: Path) -> Iterator[ShippedForm]:
    """The program over the force's own three databases, until the block is left. Its clock is the machine's."""
    folder.mkdir(exist_ok=True)
    bind = free_bind()
    settings = force.settings
    environ = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "QUIETWORD_INSTANCE": str(settings.instance),
        "QUIETWORD_DROP_URL": settings.drop_url.render_as_string(hide_password=False),
        "QUIETWORD_CASE_URL": settings.case_url.render_as_string(hide_password=False),
        "QUIETWORD_KEYS_URL": settings.keys_url.render_as_string(hide_password=False),
        "QUIETWORD_TRIAGE_BIND": str(bind),
        "QUIETWORD_TRIAGE_WORKERS": "1",
    }
    with running(ShippedForm(folder, bind, environ, program="triage")) as server:
        yield server


def comes_in(force: Force, server: ShippedForm, name: str) -> Visitor:
    """Somebody signed in at a browser of their own."""
    visitor = Visitor(server)
    answer = visitor.sign_in(force, name)
    assert answer.status == SEE_OTHER, answer.text
    return visitor
