"""The public form as it is shipped: `quietword serve reporting` in a process of its own, met over a real socket."""

import gzip
import html
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from config import Bind
from quietword.demo.running import answers
from quietword.memory import FORGETFUL_MEMORY
from store.noticeboard import PublishedIntakeKey
from tests.force import Force
from tests.today import wait_for_a_day_that_lasts
from triage.keys.intake_keys import sign_intake_keys

SECONDS_TO_START = 180
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]*)"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
PORTS = range(20_000, 32_000)  # below those that the system itself gives to whoever connects
DIGITS = re.compile(r"qw-receipt-digits[^>]*>([^<]*)<")


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def heading(self) -> str:
        found = HEADING.search(self.text)
        return html.unescape(found.group(1)).strip() if found else ""

    @property
    def token(self) -> str:
        """The sealed page state that this page carries."""
        found = TOKEN.search(self.text)
        assert found, f"No page state in a page headed {self.heading!r}"
        return html.unescape(found.group(1))

    @property
    def receipt(self) -> str:
        """The receipt on the page that says "Sent", in digits."""
        found = DIGITS.search(self.text)
        assert found, f"No receipt in a page headed {self.heading!r}"
        return found.group(1).strip()


@dataclass
class ShippedForm:
    """One running server, and the folder in which everything it could write to lies."""

    folder: Path
    bind: Bind
    environ: Mapping[str, str]
    script: Path | None = None
    program: str = "reporting"
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def temporary(self) -> Path:
        return self.folder / "temporary"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        for name in ("logs", "temporary", "home"):
            (self.folder / name).mkdir(exist_ok=True)
        begin = [str(self.script)] if self.script else ["-m", "quietword", "serve", self.program]
        with (self.logs / "stdout").open("ab") as out, (self.logs / "stderr").open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, *begin],
                env={**self.environ, "TMPDIR": str(self.temporary), "HOME": str(self.folder / "home")},
                cwd=self.folder / "home",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not answers(self.bind):
            assert self.process.poll() is None, f"The server stopped: {(self.logs / 'stderr').read_text()}"
            assert time.monotonic() < deadline, "The server did not answer in time"
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to stop at once."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """End the master and its workers between two instructions, as a power cut ends a process."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def request(
        self,
        method: str,
        path: str = "/",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        address: str = "127.0.0.1",
    ) -> Answer:
        """One request on a connection of its own, from an address of this machine."""
        connection = self._connection(address)
        try:
            connection.request(method, path, body, self._headers(headers or {}))
            response: HTTPResponse = connection.getresponse()
            content = response.read()
            if response.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            return Answer(response.status, content.decode("utf-8", "replace"), dict(response.headers))
        finally:
            connection.close()

    def _connection(self, address: str) -> HTTPConnection:
        return HTTPConnection(self.bind.host, self.bind.port, timeout=60, source_address=(address, 0))

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return dict(headers)

    def get(self, path: str = "/", **more: str) -> Answer:
        return self.request("GET", path, headers=more)

    def press(
        self,
        token: str,
        go: str,
        answers: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        path: str = "/",
        address: str = "127.0.0.1",
    ) -> Answer:
        """Post the page that carries `token`, with these answers typed in and this button pressed."""
        body = urlencode({"csrf_token": token, **(answers or {}), "go": go}).encode()
        return self.request("POST", path, body, {"Content-Type": FORM, **(headers or {})}, address=address)

    def ready_to_send(self, what: str, headers: Mapping[str, str] | None = None) -> str:
        """Fill in the one compulsory question; gives the page state of the check page."""
        started = self.press(self.get("/").token, "continue", headers=headers)
        return self.press(started.token, "check", {"what": what}, headers).token

    def tell(self, raw: bytes) -> bytes:
        """Send bytes that no browser sends, and give back whatever is answered."""
        with socket.create_connection((self.bind.host, self.bind.port), timeout=60) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except ConnectionError:
                pass
            return answer


AWAY = (OSError, HTTPException)


def free_bind() -> Bind:
    """A loopback port that nobody listens on, and that no test is given again while this process runs.

    Between choosing a port and listening on it lies the start of a server, and other processes of the tests choose
    theirs meanwhile: each first takes a name, which the system gives to one process at a time and frees at its end.
    """
    while True:
        port = random.choice(PORTS)
        with socket.socket(socket.AF_UNIX) as claim, socket.socket() as probe:
            try:
                claim.bind(f"\0quietword test port {port}")
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            claim.detach()
        return Bind("127.0.0.1", port)


def publish_keys_of_today(force: Force) -> None:
    """Bring the force's clock to this minute, and sign and publish intake keys from today on."""
    wait_for_a_day_that_lasts()
    force.clock.now = datetime.now(UTC)
    supervisor = force.officer("sam")
    with force.database.begin() as session:
        signed_keys = sign_intake_keys(session, by=supervisor)
    force.publishing.publish_intake_keys(
        PublishedIntakeKey(signed.key.box_id, signed.key.not_before, signed.key.not_after, signed.to_bytes())
        for signed in signed_keys
    )


def shipped_form(force: Force, folder: Path, *, script: Path | None = None, **more: str) -> ShippedForm:
    """The server over a force's own one-way store, not started yet."""
    folder.mkdir(exist_ok=True)
    publish_keys_of_today(force)
    bind = free_bind()
    environ = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "QUIETWORD_INSTANCE": str(force.settings.instance),
        "QUIETWORD_DROP_URL": force.settings.drop_url.render_as_string(hide_password=False),
        "QUIETWORD_REPORTING_BIND": str(bind),
        "QUIETWORD_REPORTING_WORKERS": "1",
        "QUIETWORD_VERIFYING_KEY": b64encode(force.verifying_key.public_key).decode("ascii"),
        **more,
    }
    if script is not None:
        # `serve` would begin again without the script, were memory not forgetful already.
        environ |= FORGETFUL_MEMORY
    return ShippedForm(folder, bind, environ, script)


@contextmanager
def running(form: ShippedForm) -> Iterator[ShippedForm]:
    """Started, and stopped at the end whatever happens."""
    try:
        form.start()
        yield form
    finally:
        form.stop()
