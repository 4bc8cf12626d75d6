"""The real sandbox for tests; where it cannot be had, that is said loudly."""

import pytest

from reporting.cleaning.cleaner import Cleaner, sandboxed_cleaner
from reporting.cleaning.inside.frames import Done, RefusedError
from reporting.cleaning.sandbox import NoSandboxError, Sandbox, tried_sandbox
from tests.services import missing_service

REMEDY = "Photos and documents cannot be cleaned here: install bubblewrap and poppler-utils, and allow user namespaces."


@pytest.fixture
def cleaner() -> Cleaner:
    """Cleans files as the program does."""
    made = sandboxed_cleaner()
    if not made.works:
        missing_service("a sandbox", f"{made.missing} {REMEDY}")
    return made


@pytest.fixture
def sandbox() -> Sandbox:
    """The walls alone."""
    try:
        return tried_sandbox()
    except NoSandboxError as error:
        missing_service("a sandbox", f"{error} {REMEDY}")


def clean(cleaner: Cleaner, upload: bytes, label: str = "") -> tuple[bytes, Done]:
    """One file through the sandbox; raises RefusedError."""
    with cleaner.begin(label) as one:
        for at in range(0, len(upload), 1 << 16):
            one.write(upload[at : at + (1 << 16)])
        copy = b"".join(one.cleaned())
        return copy, one.done()


def refusal_of(cleaner: Cleaner, upload: bytes, label: str = "") -> str:
    """Why this file is not taken."""
    try:
        copy, done = clean(cleaner, upload, label)
    except RefusedError as error:
        return error.refusal.value
    pytest.fail(f"It was taken, as {done} of {len(copy)} bytes")
