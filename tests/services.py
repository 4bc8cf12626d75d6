"""What a test needs from outside Python: a missing service is skipped and counted loudly, or, in CI, a failure."""

import os
from typing import NoReturn

import pytest

MISSING = "Missing service: "
REQUIRED = os.environ.get("QUIETWORD_REQUIRE_SERVICES", "").strip().lower() == "yes"


def missing_service(name: str, remedy: str) -> NoReturn:
    """Skip this test because a service is not there; under QUIETWORD_REQUIRE_SERVICES=yes, fail it."""
    sentence = f"{MISSING}{name}. {remedy}"
    if REQUIRED:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
