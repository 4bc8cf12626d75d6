"""`quietword index`: the register's index as a process of its own, for several workers of the officers' program."""

import os
import signal
import sys
import threading

import click

from config import SettingsError, TriageSettings
from quietword.memory import FORGETFUL_MEMORY, adopt_orphans, forget_freed_memory, keep_out_of_core_dumps

KEEPER = (sys.executable, "-P", "-m", "quietword.indexing")
NO_SOCKET = (
    "QUIETWORD_INDEX_SOCKET is not set: name the socket of the index, such as "
    "unix:/run/quietword-index/index.sock, here and for the officers' program."
)


@click.command(short_help="Hold the index of the register for several workers.")
def index() -> None:
    """Hold the index of the register on QUIETWORD_INDEX_SOCKET, for every worker of the officers' program.

    It needs no database and no key: officers' sessions unlock it, it is wiped with its last holder, after a quarter of
    an hour without use and when it stops, and it writes nothing to a disk.
    """
    forget_freed_memory(["-P", "-m", "quietword", "index"])
    from triage.linking.holder.index_process import IndexProcess
    from web.incidents import keep_logs_quiet

    settings = TriageSettings.from_environ(os.environ)
    if settings.index_socket is None:
        raise SettingsError([NO_SOCKET])
    keep_out_of_core_dumps()
    keep_logs_quiet()
    adopt_orphans()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    socket = settings.index_socket
    process = IndexProcess(socket, keeper=KEEPER, environ=keeper_environ())
    process.serve(stopping, ready=lambda: click.echo(f"The index listens on {socket}."))


def keeper_environ() -> dict[str, str]:
    """A keeper is wiped by ending it, so its memory is Python's own: overwriting all that is freed would nearly double
    the time of every building (6.8 s of processor for 3.9 with 100,000 people)."""
    return {name: value for name, value in os.environ.items() if name not in FORGETFUL_MEMORY}


def main() -> None:
    """Be a keeper, as the index starts one: the number of its socket is the only argument."""
    keep_out_of_core_dumps()
    from triage.linking.holder.keeper import keep

    keep(int(sys.argv[1]))


if __name__ == "__main__":
    main()
