"""The machine's own day, for tests of programs that have no other clock."""

import time

DAY = 24 * 60 * 60
LONGEST_TEST = 150  # seconds, of those that need one day from their beginning to their end


def wait_for_a_day_that_lasts() -> None:
    """Begin after midnight (UTC) what would otherwise begin on one day and end on the next."""
    left = DAY - time.time() % DAY
    if left < LONGEST_TEST:
        time.sleep(left + 1)
