"""A person at Debian's Firefox, driven over WebDriver BiDi: for what browsers do each in their own way, Back above all.

Firefox speaks BiDi by itself (W3C WebDriver BiDi, editor's draft), so no driver program stands between.
"""

import json
import os
import shutil
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.services import missing_service

NAMES = ("firefox-esr", "firefox")
ANNOUNCED = "WebDriver BiDi listening on "
SECONDS = 120
# Nothing of Firefox's own goes out, nothing is asked, and the first page is ours.
PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class FirefoxError(Exception):
    """Firefox refused what it was asked, or did not answer in time."""


class Tab:
    """One tab. Pages from elsewhere are played by `elsewhere`, so that nothing leaves this machine."""

    def __init__(self, socket: ClientConnection, context: str) -> None:
        self._socket = socket
        self._context = context
        self._last = 0
        self._page_elsewhere = ""

    def opens(self, address: str) -> None:
        """Type an address."""
        self._ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def presses(self, selector: str) -> None:
        """Click what matches, and wait until another page has come."""
        # A page of another site is drawn in a process of its own, which shows an empty one for a moment. One whose
        # sheets are still to come may move what is clicked next from under the mouse.
        whole = "location.href !== 'about:blank' && document.readyState === 'complete'"
        self._leave(lambda: self._click(selector), whole)

    def types(self, selector: str, words: str) -> None:
        """Click into a field and type, key by key."""
        self._click(selector)
        keys = [{"type": kind, "value": letter} for letter in words for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def goes(self, steps: int) -> bool:
        """The browser's own Back (-1) or Forward (1); False when there is nowhere to go."""
        try:
            self._leave(lambda: self._ask("browsingContext.traverseHistory", context=self._context, delta=steps))
        except FirefoxError as error:
            if "no such history entry" in str(error):
                return False
            raise
        return True

    def sees(self, expression: str, *, within: float = SECONDS) -> Any:  # Any: whatever the expression gives
        """The value of an expression in the page."""
        found = self._ask(
            "script.evaluate",
            within,
            expression=expression,
            target={"context": self._context},
            awaitPromise=True,
        )
        if found["type"] != "success":
            raise FirefoxError(str(found.get("exceptionDetails", {}).get("text")))
        return found["result"].get("value")

    @property
    def address(self) -> str:
        tree = self._ask("browsingContext.getTree", root=self._context, maxDepth=0)
        return str(tree["contexts"][0]["url"])

    def elsewhere(self, pattern: str, page: str) -> None:
        """Answer every request to that address with this page."""
        where = [{"type": "string", "pattern": pattern}]
        self._ask("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=where)
        self._ask("session.subscribe", events=["network.beforeRequestSent"])
        self._page_elsewhere = b64encode(page.encode()).decode()

    # How Firefox is asked.

    def _click(self, selector: str) -> None:
        found = self._ask(
            "browsingContext.locateNodes", context=self._context, locator={"type": "css", "value": selector}
        )
        if not found["nodes"]:
            raise FirefoxError(f"Nothing matches {selector}")
        origin = {"type": "element", "element": {"sharedId": found["nodes"][0]["sharedId"]}}
        self._ask(
            "script.callFunction",
            functionDeclaration="one => one.scrollIntoView({block: 'center'})",
            arguments=[{"sharedId": found["nodes"][0]["sharedId"]}],
            target={"context": self._context},
            awaitPromise=False,
        )
        self._act(
            {
                "type": "pointer",
                "id": "mouse",
                "actions": [
                    {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
                    {"type": "pointerDown", "button": 0},
                    {"type": "pointerUp", "button": 0},
                ],
            }
        )

    def _act(self, *sources: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._context, actions=list(sources))

    def _ask(self, method: str, within: float = SECONDS, **parameters: Any) -> Any:  # Any: JSON both ways
        self._last += 1
        asked = self._last
        self._socket.send(json.dumps({"id": asked, "method": method, "params": parameters}))
        while True:
            said = self._hear(within)
            if said is None:
                raise FirefoxError(f"Firefox did not answer {method}")
            if said.get("id") == asked:
                if said["type"] == "error":
                    raise FirefoxError(f"{method}: {said['error']}: {said['message']}")
                return said["result"]

    def _leave(self, act: Callable[[], object], there: str = "true") -> None:
        """Do what leads to another page, and wait until that page is whole: this one was marked, that one is not."""
        self.sees("window.leaving = true")
        act()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            # Between two pages there is nothing to ask, and what is asked of the one that goes may never be answered.
            with suppress(FirefoxError):
                if self.sees(f"!window.leaving && document.readyState !== 'loading' && {there}", within=20):
                    return
            time.sleep(0.05)
        raise FirefoxError("No other page came")

    def _hear(self, seconds: float) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads(self._socket.recv(timeout=seconds))
        except TimeoutError:
            return None
        if said.get("method") == "network.beforeRequestSent" and said["params"].get("isBlocked"):
            self._answer_for_elsewhere(said["params"]["request"]["request"])
        return said

    def _answer_for_elsewhere(self, request: str) -> None:
        self._last += 1
        answer = {
            "request": request,
            "statusCode": 200,
            "reasonPhrase": "OK",
            "headers": [{"name": "Content-Type", "value": {"type": "string", "value": "text/html"}}],
            "body": {"type": "base64", "value": self._page_elsewhere},
        }
        self._socket.send(json.dumps({"id": self._last, "method": "network.provideResponse", "params": answer}))


@contextmanager
def firefox_started(folder: Path, *, script: bool = True) -> Iterator[Tab]:
    """Debian's Firefox without a window, with its profile in that folder; one that is missing skips loudly."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing_service("Firefox", "Install it (Debian: apt-get install firefox-esr).")
    folder.mkdir()
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
    if not script:
        lines.append('user_pref("javascript.enabled", false);')
    (folder / "user.js").write_text("\n".join(lines))
    program = subprocess.Popen(
        [str(found), "--headless", "--profile", str(folder), "--no-remote", "--remote-debugging-port=0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    try:
        with connect(_announced(program) + "/session", max_size=None, open_timeout=SECONDS) as socket:
            tab = Tab(socket, "")
            tab._ask("session.new", capabilities={})
            tab._context = tab._ask("browsingContext.getTree", maxDepth=0)["contexts"][0]["context"]
            yield tab
            tab._ask("browser.close")
    finally:
        program.terminate()
        program.wait(SECONDS)
        if program.stderr is not None:
            program.stderr.close()


def _announced(program: "subprocess.Popen[str]") -> str:
    assert program.stderr is not None
    for line in program.stderr:
        if ANNOUNCED in line:
            return line.partition(ANNOUNCED)[2].strip()
    pytest.fail("Firefox ended before it was ready")
