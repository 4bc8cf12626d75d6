"""Making millions of small objects that live long, without Python walking them again and again meanwhile."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_GOING: list[int] = []


@contextmanager
def in_bulk(is_large: bool = True) -> Iterator[None]:
    """Keep the collector from looking while the block runs, and what was made out of its reach from then on.

    Entries and columns have no cycles, so that they go with their last reference all the same; walking them would hold
    up a request for seconds. Garbage that others make meanwhile is collected before, so that none of it is kept: once,
    when the last of several blocks is left, for that walks all that was made.
    """
    if not is_large:
        yield
        return
    with _LOCK:
        _GOING.append(1)
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _GOING.pop()
            if not _GOING:
                gc.collect()
                gc.freeze()
                gc.enable()
