"""What takes two people, as the second of them meets it: by names and with the thing itself in reach."""

import pytest
from playwright.sync_api import Browser

from tests.browser import PHONE
from tests.demo import Demo

pytestmark = pytest.mark.browser


def test_whoever_approves_sees_to_whom_and_of_what(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "ruth", size=PHONE, script=False) as ruth:
        ruth.opens("/operations")
        ruth.follows("Release of a box")
        ruth.sees("Ruth Ansell")
        ruth.sees("Approve")
        ruth.follows("See the compartment")
        assert ruth.heading == "Operation Heron"
        ruth.opens("/operations")
        ruth.follows("Lifting of a conflict")
        ruth.follows("See the conflict")
        ruth.sees("One of the bookkeepers is my cousin.")


def test_an_auditor_reads_operations_and_is_led_nowhere_they_may_not_go(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "martin") as martin:
        martin.opens("/operations")
        martin.follows("Release of a box")
        martin.sees("Ruth Ansell")
        martin.does_not_see("See the compartment")
