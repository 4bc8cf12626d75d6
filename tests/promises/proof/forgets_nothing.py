"""The shipped form with one default put back, named by QUIETWORD_TEST_ALTERED: run as a script by tests alone."""

import os
import sys
import time
from typing import Any

from quietword.__main__ import main

SLOWER = 0.12  # seconds: more than a busy machine's own jitter, so that the test asks the look and not the machine


def as_memory_is() -> None:
    """Start as Python starts, whatever the C library does with what is freed."""
    import quietword.memory

    quietword.memory.FORGETFUL_MEMORY.clear()


def let_nothing_go() -> None:
    import quietword.worker

    quietword.worker.forget_requests = lambda: None


def open_slowly() -> None:
    """A real notice takes longer than the decoy's."""
    import reporting.receipt

    honest = reporting.receipt.MailboxDesk._opened

    def opened(self: Any, mailbox: Any, sealed: bytes) -> Any:
        if mailbox is not self._decoy:
            time.sleep(SLOWER)
        return honest(self, mailbox, sealed)

    reporting.receipt.MailboxDesk._opened = opened  # type: ignore[method-assign]


def fill_nothing() -> None:
    """The page is as long as its news."""
    import reporting.app

    reporting.app.filling = lambda _news: ""


ALTERATIONS = {
    "python's own pools": as_memory_is,
    "small pieces kept": as_memory_is,
    "nothing let go": let_nothing_go,
    "known receipts take longer": open_slowly,
    "known receipts say more": fill_nothing,
}

if __name__ == "__main__":
    ALTERATIONS[os.environ["QUIETWORD_TEST_ALTERED"]]()
    sys.exit(main(["serve", "reporting"]))
