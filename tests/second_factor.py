"""Second-factor codes for programs whose clock is the machine's: on a slow machine one may end before it is sent."""

import time

STEP = 30  # seconds; a code counts once, and one step either side of now is accepted


def step_to_spend(last: int = 0) -> int:
    """A step after `last` whose code is accepted for a quarter of a minute at least; waits where none is so far."""
    while True:
        now, gone = divmod(time.time(), STEP)
        step = max(last + 1, int(now) - 1 if gone < STEP / 2 else int(now))
        if step <= now + 1:
            return step
        time.sleep(0.1)
