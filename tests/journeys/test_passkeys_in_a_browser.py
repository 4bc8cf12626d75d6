"""Passkeys in real Chromium, with its virtual authenticator, over triage as it is shipped."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from playwright.sync_api import Browser, CDPSession, Request

from tests.browser import PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

# What a page that leaks would have sent: the PRF's output itself, asked for beside our script.
RAW = """async (allowed) => {
    const asked = await (await fetch('/sign-in/passkey')).json()
    const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
    const credential = await navigator.credentials.get({publicKey: {
        challenge: bytes(asked.challenge), rpId: asked.rpId, userVerification: 'required',
        extensions: {prf: {eval: {first: new TextEncoder().encode('quietword passkey seed v1')}}}}})
    const first = credential.getClientExtensionResults().prf.results.first
    return [[...new Uint8Array(first)], [...new Uint8Array(credential.rawId)], JSON.stringify(credential.toJSON())]
}"""


@contextmanager
def at_localhost(chromium: Browser, demo: Demo, **context: Any) -> Iterator[Screen]:
    """A window at the name that passkeys are bound to: an address of numbers has none."""
    with Screen(chromium, demo.triage.replace("127.0.0.1", "localhost"), **context) as screen:
        yield screen


def plugs_in(screen: Screen, *, prf: bool = True) -> CDPSession:
    """Give a window an authenticator that can be touched by itself."""
    devtools = screen.context.new_cdp_session(screen.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": prf,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    devtools.authenticator = made["authenticatorId"]  # type: ignore[attr-defined]
    return devtools


def adds(screen: Screen, name: str) -> None:
    screen.opens("/account/passkeys")
    screen.follows("Add a passkey")
    screen.fills("Name of the passkey", name)
    screen.presses("Make the passkey")


def posted(screen: Screen) -> list[Request]:
    posts: list[Request] = []
    screen.page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    return posts


def test_a_passkey_is_added_and_signs_its_officer_in(chromium: Browser, demo: Demo) -> None:
    with at_localhost(chromium, demo) as anna:
        plugs_in(anna)
        anna.opens("/sign-in")
        anna.is_sound()
        demo.signs_in(anna, "anna")
        anna.opens("/account/passkeys/add")
        anna.is_sound()
        adds(anna, "Blue key")
        assert anna.errors() == []
        anna.sees("The passkey is added.")
        anna.sees("Unlocks your keys")
        anna.is_sound()
        anna.presses("Sign out")
        posts = posted(anna)
        anna.presses("Sign in with a passkey alone")
        assert anna.heading == "Reports"
        secret, credential_id, leaky = anna.page.evaluate(RAW)
        # What was sent is HKDF of what the authenticator made, and nowhere that itself.
        [sent] = [json.loads(parse_qs(post.post_data or "")["answer"][0]) for post in posts]
        info = b"quietword passkey unlock v1\0localhost"
        unlock = HKDF(hashes.SHA256(), 32, bytes(credential_id), info).derive(bytes(secret))
        assert base64.urlsafe_b64decode(sent["unlock"] + "=") == unlock
        spelt = {bytes(secret).hex(), base64.b64encode(bytes(secret)).decode().rstrip("="), _url(secret)}
        assert not any(one in (post.post_data or "") for post in posts for one in spelt)
        # The browser's own form of the answer carries it, and is refused.
        assert _url(secret) in leaky
        answer = anna.context.request.post(
            anna.address + "/sign-in/passkey",
            form={"answer": leaky},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert "The passkey was not accepted" in answer.text()


def test_a_copied_or_replayed_answer_lets_nobody_in(chromium: Browser, demo: Demo) -> None:
    with at_localhost(chromium, demo) as daniel, at_localhost(chromium, demo) as thief:
        plugs_in(daniel)
        daniel.opens("/sign-in")
        demo.signs_in(daniel, "daniel")
        adds(daniel, "Key")
        daniel.presses("Sign out")
        posts = posted(daniel)
        daniel.presses("Sign in with a passkey alone")
        assert daniel.heading == "Reports"
        answer = parse_qs(posts[0].post_data or "")["answer"][0]
        thief.opens("/sign-in")
        # Chromium sends the same post from another window: everything but the challenge is as it should be.
        with thief.page.expect_navigation():
            thief.page.evaluate(
                """answer => { const form = document.getElementById('sign-in-by-passkey')
                    form.elements.answer.value = answer; form.requestSubmit() }""",
                answer,
            )
        assert thief.errors()[0].startswith("The passkey was not accepted.")


def test_an_authenticator_without_prf_stands_in_for_the_code(chromium: Browser, demo: Demo) -> None:
    with at_localhost(chromium, demo, size=PHONE) as priya:
        plugs_in(priya, prf=False)
        priya.opens("/sign-in")
        demo.signs_in(priya, "priya")
        adds(priya, "Old key")
        priya.sees("In place of a code, beside your passphrase")
        priya.is_sound()
        priya.presses("Sign out")
        priya.presses("Sign in with a passkey alone")
        assert priya.errors()[0].startswith("This passkey cannot unlock your keys by itself.")
        person = demo.notebook.sign_in_of("priya")
        priya.fills("Sign-in name", person.sign_in)
        priya.fills("Passphrase", person.passphrase)
        priya.presses("Use a passkey instead of the code")
        assert priya.errors() == []
        assert priya.heading != "Sign in"


def test_nothing_of_passkeys_shows_where_they_cannot_work(chromium: Browser, demo: Demo) -> None:
    """Without a script, and at an address of numbers, there is the passphrase and the code."""
    with Screen(chromium, demo.triage, script=False) as nobody:
        nobody.opens("/sign-in")
        assert not nobody.page.get_by_role("button", name="Sign in with a passkey alone").is_visible()
    with Screen(chromium, demo.triage) as numbers:
        numbers.opens("/sign-in")
        assert not numbers.page.get_by_role("button", name="Sign in with a passkey alone").is_visible()
        numbers.sees("Passkeys work at http://localhost:")


def test_whoever_says_no_to_their_browser_stays_on_the_page(chromium: Browser, demo: Demo) -> None:
    with at_localhost(chromium, demo) as anna:
        devtools = plugs_in(anna)
        devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": devtools.authenticator, "isUserVerified": False},  # type: ignore[attr-defined]
        )
        anna.opens("/sign-in")
        button = anna.page.get_by_role("button", name="Sign in with a passkey alone")
        button.click()
        anna.page.get_by_text("No passkey was used.").wait_for()
        assert button.is_enabled()


def _url(data: list[int]) -> str:
    return base64.urlsafe_b64encode(bytes(data)).decode().rstrip("=")
