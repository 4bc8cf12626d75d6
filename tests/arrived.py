"""Whether a server has read what was sent to it, as the kernel of this machine counts it."""

import socket
import time
from pathlib import Path

LONGEST_SECONDS = 120


def wait_until_read(connection: socket.socket) -> None:
    """Wait until the other side of a TCP connection within this machine has read all that was sent on it."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while _is_on_its_way(connection):
        assert time.monotonic() < deadline, "Nobody read what was sent"
        time.sleep(0.02)


def _is_on_its_way(connection: socket.socket) -> bool:
    ours, theirs = connection.getsockname()[1], connection.getpeername()[1]
    read = False
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, _, queues, *_ = line.split()
        ports = tuple(int(end.partition(":")[2], 16) for end in (local, remote))
        leaving, came = (int(length, 16) for length in queues.split(":"))
        if ports == (ours, theirs) and leaving:
            return True
        if ports == (theirs, ours):
            read = not came
    return not read
