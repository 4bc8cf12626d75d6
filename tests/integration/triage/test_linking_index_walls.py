"""The index's process from outside: who may speak to it, what its memory holds once it is wiped, and what its disk."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from quietword.proof.memory import PIECE, regions
from tests.force import Force
from tests.register_index import index_command, index_here, socket_path, worker_of
from tests.services import missing_service
from triage.keys.service import desk_id
from triage.linking.holder.asking import Stand
from triage.linking.holder.client import AwayError, IndexClient
from triage.linking.holder.index_process import SocketError, listen_on
from triage.linking.index import matcher_for
from triage.register.entries import Person
from triage.register.service import add_entry

PLANTED = "Quixzanthe"
SAID = "Vorbleskin"
NOBODY = 65534


def planted(force: Force) -> None:
    with force.database.begin() as session:
        add_entry(session, Person("N-7001", PLANTED, "Maud"), by=force.officer("tom"), compartment_id=desk_id(session))


def places(pid: int, word: str) -> list[str]:
    """Where in all that a process could have written to a word stands, however it is written."""
    ways = {
        way.encode(code) for way in (word, word.lower(), word.upper()) for code in ("utf-8", "utf-16-le", "utf-32-le")
    }
    found = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for region in regions(pid):
            for offset in range(0, region.length, PIECE):
                try:
                    piece = os.pread(memory.fileno(), min(PIECE + 64, region.length - offset), region.start + offset)
                except OSError:
                    continue
                found += [f"{region.name} of {pid}" for way in ways if way in piece]
    return found


def test_once_wiped_no_name_of_the_register_is_in_its_memory(force: Force) -> None:
    """While it is held a keeper knows the name, so the look finds what is there; and the process that hands questions
    on never holds it, nor a word of a report."""
    if os.geteuid() != 0:
        missing_service("root", "Run the tests as root to read another process's memory.")
    tom = force.officer("tom")
    planted(force)
    with socket_path() as path, index_command(path) as command, worker_of(force, path) as worker:
        with force.database.look() as session:
            found = matcher_for(session, by=tom).suggest(f"Ask Maud {PLANTED} about {SAID}")
            assert [one.name for one in found] == [f"Maud {PLANTED}"]
            [keeper] = command.keepers()
            assert places(keeper, PLANTED)
            assert [*places(command.pid, PLANTED), *places(command.pid, SAID)] == []
            worker.let_go(session, by=tom)
        assert command.keepers() == []
        assert [*places(command.pid, PLANTED), *places(command.pid, SAID)] == []


def test_it_writes_nothing_to_a_disk(force: Force, tmp_path: Path) -> None:
    """Its socket is all there is, for its own user alone, and goes with it."""
    tom = force.officer("tom")
    planted(force)
    with socket_path() as path:
        with index_command(path) as command, worker_of(force, path):
            with force.database.look() as session:
                assert matcher_for(session, by=tom).suggest(f"Ask Maud {PLANTED}")
            assert [one.name for one in path.parent.iterdir()] == [path.name]
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            for pid in (command.pid, *command.keepers()):
                held = {one.resolve() for one in Path(f"/proc/{pid}/fd").iterdir()}
                assert not [
                    one for one in held if one.is_file() and os.access(one, os.W_OK) and "/proc" not in str(one)
                ]
                limits = Path(f"/proc/{pid}/limits").read_text()
                assert [line.split()[4:6] for line in limits.splitlines() if "core file" in line] == [["0", "0"]]
        assert not path.exists()


ASK = """
import os, socket, struct, sys
os.setuid(int(sys.argv[2]))
with socket.socket(socket.AF_UNIX) as asking:
    asking.settimeout(60)
    try:
        asking.connect(sys.argv[1])
        asked = b'{"op":"stand","token":"' + b"0" * 64 + b'"}'
        asking.sendall(struct.pack(">BII", 1, len(asked), 0) + asked)
        said = asking.recv(100)
    except OSError as error:
        said = type(error).__name__.encode()
sys.stdout.write(repr(said))
"""


def asked_as(path: Path, user: int) -> str:
    """What a process of some user hears when it sends a frame that a worker is answered by a refusal."""
    command = [sys.executable, "-c", ASK, str(path), str(user)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return said.stdout


def test_another_user_is_not_answered(force: Force) -> None:
    """Neither through the folder, nor where somebody has opened folder and socket to everybody by mistake."""
    if os.geteuid() != 0:
        missing_service("root", "Run the tests as root to act as another user.")
    with socket_path() as path, index_here(path):
        assert asked_as(path, NOBODY) == "b'PermissionError'"
        path.parent.chmod(0o755)
        path.chmod(0o666)
        assert asked_as(path, NOBODY) in ("b''", "b'ConnectionResetError'", "b'BrokenPipeError'")
        assert "not held" in asked_as(path, os.geteuid())


LISTEN = """
import os, socket, sys
os.setuid(int(sys.argv[2]))
with socket.socket(socket.AF_UNIX) as listening:
    listening.bind(sys.argv[1])
    listening.listen()
    sys.stdout.write("up")
    sys.stdout.flush()
    sys.stdout.write(repr(listening.accept()[0].recv(1)))
"""


def test_a_worker_tells_nothing_to_an_index_of_another_user() -> None:
    if os.geteuid() != 0:
        missing_service("root", "Run the tests as root to act as another user.")
    with socket_path() as path:
        path.parent.chmod(0o777)
        command = [sys.executable, "-c", LISTEN, str(path), str(NOBODY)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as stranger:
            assert stranger.stdout is not None
            assert stranger.stdout.read(2) == b"up"
            with pytest.raises(AwayError):
                IndexClient(path).ask(Stand(bytes(32)))
            assert stranger.stdout.read() == b"b''"


def test_where_others_may_enter_it_does_not_listen() -> None:
    with socket_path() as path:
        path.parent.chmod(0o750)
        with pytest.raises(SocketError, match="Others may enter"):
            listen_on(path)
        path.parent.chmod(0o700)
        with listen_on(path), pytest.raises(SocketError, match="Another index listens"):
            listen_on(path)
        listen_on(path).close()  # what one that was killed left behind


def test_nonsense_closes_one_connection_and_nobody_elses(force: Force) -> None:
    tom = force.officer("tom")
    planted(force)
    with socket_path() as path, index_here(path), worker_of(force, path), force.database.look() as session:
        asked = matcher_for(session, by=tom)
        for nonsense in (b"GET / HTTP/1.0\r\n\r\n", b"\x01" + b"\xff" * 8, b"\x01\0\0\0\x02\0\0\0\0{}", bytes(100_000)):
            with socket.socket(socket.AF_UNIX) as stranger:
                stranger.settimeout(60)
                stranger.connect(str(path))
                try:
                    stranger.sendall(nonsense)
                    assert stranger.recv(100) == b""
                except ConnectionError:
                    pass
            assert asked.suggest(f"Ask Maud {PLANTED}")
