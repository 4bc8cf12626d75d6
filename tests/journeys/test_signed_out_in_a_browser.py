"""An officer is called away from the page that asks again, comes back signed out, and goes on with what they typed."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.browser import ASKS_AGAIN, Screen
from tests.force import Force, passphrase_of

pytestmark = pytest.mark.browser


@pytest.fixture
def triage(force: Force) -> Iterator[str]:
    """Where a browser finds the officers' program, whose clock the test moves."""
    server = make_server("127.0.0.1", 0, force.shared_app(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def signs_in(force: Force, screen: Screen, name: str) -> None:
    force.clock.forward(seconds=30)
    screen.fills("Sign-in name", name)
    screen.fills("Passphrase", passphrase_of(name))
    screen.fills("Code", force.code(name))
    screen.presses("Sign in")


@pytest.mark.parametrize("script", [True, False])
def test_whoever_was_called_away_goes_on_with_what_they_typed(
    chromium: Browser, force: Force, triage: str, script: bool
) -> None:
    with Screen(chromium, triage, script=script) as sam:
        sam.opens("/sign-in")
        signs_in(force, sam, "sam")
        sam.opens("/people/teams")
        sam.page.locator("#name").fill("Harbour response")
        force.clock.forward(minutes=6)
        sam.presses("Add team")
        assert sam.heading == ASKS_AGAIN
        force.clock.forward(minutes=16)
        sam.fills("Passphrase", passphrase_of("sam"))
        sam.fills("Code", force.code("sam"))
        sam.presses("Go on")
        assert sam.heading == "Sign in"
        if script:
            sam.is_sound()
        signs_in(force, sam, "sam")
        assert sam.heading == "Go on with what you began"
        assert sam.page.get_by_label("Name").input_value().strip() == "Harbour response"
        if script:
            sam.is_sound()
        sam.presses("Go on")
        sam.sees("Harbour response")
