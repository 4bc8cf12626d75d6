"""Somebody whose file takes over the decoder finds a room without a door: what the walls of the sandbox hold.

The walls are the shipped ones; only the child is exchanged for one that tries to get out.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reporting.cleaning import cleaner as cleaner_module
from reporting.cleaning import sandbox as sandbox_module
from reporting.cleaning.cleaner import Cleaner
from reporting.cleaning.inside import limits
from reporting.cleaning.inside.frames import Copy, Done, Frame, Refusal, RefusedError, framed
from reporting.cleaning.sandbox import NoSandboxError, Sandbox, tried_sandbox
from tests import photos
from tests.sandbox import clean, refusal_of

BOUND = "from reporting.cleaning.inside.limits import bind_myself; bind_myself()\n"


def with_child(sandbox: Sandbox, code: str) -> Sandbox:
    """The same walls, with this program inside instead of ours."""
    return Sandbox((*sandbox.command[: sandbox.command.index("-m")], "-c", BOUND + code))


def told_by(sandbox: Sandbox, code: str) -> object:
    """What a program inside found out, as it wrote it in JSON."""
    child = with_child(sandbox, code).start()
    said, _ = child.communicate(timeout=180)
    return json.loads(said)


def test_the_sandbox_cannot_read_the_instance_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "drop.sqlite").write_text("locked reports")
    code = f"""
import json, os
seen = []
for path in ({str(tmp_path)!r}, {str(tmp_path / "drop.sqlite")!r}, {str(Path(__file__))!r}, {sys.prefix!r},
             "/etc/passwd", "/proc/1", "/dev", "/tmp", "/run", "/var/run", "/home", {str(Path.home())!r} + "/.ssh"):
    try:
        os.stat(path)
        seen.append(path)
    except OSError:
        pass
print(json.dumps(seen))
"""
    assert told_by(sandbox, code) == []


def test_the_sandbox_sees_programs_and_fonts_and_nothing_else(sandbox: Sandbox) -> None:
    code = """
import json, os
print(json.dumps([sorted(os.listdir("/")), sorted(os.listdir("/packages")), sorted(os.listdir("/program/reporting"))]))
"""
    found = told_by(sandbox, code)
    assert isinstance(found, list)
    root, packages, program = found
    # The interpreter may stand in a folder of its own.
    own = {Path(path).parts[1] for path in sandbox_module._python_folders()}
    assert set(root) - own <= {"etc", "lib", "lib64", "packages", "program", "usr", "var"}
    assert {name.partition(".")[0].removeprefix("_") for name in packages} <= {"PIL", "pillow", "pillow_heif"}
    assert program == ["cleaning"]


def test_the_sandbox_cannot_reach_the_network(sandbox: Sandbox) -> None:
    """The control is a listener on this machine that really answers."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 5).close()
        code = f"""
import json, socket
reached = []
for family, address in ((socket.AF_INET, ("127.0.0.1", {port})), (socket.AF_INET, ("192.0.2.1", 80)),
                        (socket.AF_INET6, ("2001:db8::1", 80))):
    try:
        with socket.socket(family) as one:
            one.settimeout(5)
            one.connect(address)
        reached.append(address[0])
    except OSError:
        pass
print(json.dumps([reached, [name for _, name in socket.if_nameindex()]]))
"""
        assert told_by(sandbox, code) == [[], ["lo"]]


def test_the_sandbox_can_write_nowhere(sandbox: Sandbox) -> None:
    code = """
import json, os
written = []
folders = [folder for folder, _, _ in os.walk("/") if folder.count("/") < 4] + ["/tmp", "/dev/shm", "/packages/PIL"]
for folder in folders:
    try:
        with open(folder + "/left-behind", "wb") as file:
            file.write(b"x")
        written.append(folder)
    except OSError:
        pass
    try:
        os.mkdir(folder + "/left-behind-folder")
        written.append(folder)
    except OSError:
        pass
print(json.dumps([len(folders) > 5, written]))
"""
    assert told_by(sandbox, code) == [True, []]


def test_the_sandbox_holds_no_secret_of_its_parent(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETWORD_DROP_URL", "postgresql://form:secret@localhost/drop")
    held, other = os.pipe()
    os.set_inheritable(held, True)
    try:
        code = """
import json, os
open_files = []
for number in range(3, 256):
    try:
        os.fstat(number)
        open_files.append(number)
    except OSError:
        pass
print(json.dumps([sorted(os.environ), open_files, os.getuid(), os.getppid()]))
"""
        names, open_files, uid, parent = told_by(sandbox, code)  # type: ignore[misc]  # as written above
    finally:
        os.close(held)
        os.close(other)
    assert set(names) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PWD", "PYTHONPATH"}
    assert open_files == []
    assert uid == 65534
    assert parent == 1


def test_the_sandbox_cannot_make_another_with_more_rights(sandbox: Sandbox) -> None:
    code = """
import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
NEW_USER, NEW_NET, NEW_NS = 0x10000000, 0x40000000, 0x00020000
tried = [libc.unshare(flag) for flag in (NEW_USER, NEW_NET, NEW_NS)]
print(json.dumps([*tried, libc.mount(b"x", b"/usr", b"tmpfs", 0, 0)]))
"""
    assert told_by(sandbox, code) == [-1, -1, -1, -1]


def test_the_limits_are_those_that_are_written_down(sandbox: Sandbox) -> None:
    code = """
import json, resource
names = ("AS", "CPU", "NOFILE", "NPROC", "FSIZE", "CORE")
print(json.dumps([resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names]))
"""
    expected = [limits.MEMORY, limits.SECONDS_OF_CPU, limits.MOST_OPEN_FILES, limits.MOST_PROCESSES, 0, 0]
    assert told_by(sandbox, code) == [[most, most] for most in expected]


DATA, DONE = framed(Frame.DATA, b"\xff\xd8 half a picture"), framed(Frame.DONE, Done(Copy.JPEG).to_bytes())
BAD_CHILDREN = {
    "eats memory": ("held = bytearray(2 << 30)", {Refusal.TOO_HARD, Refusal.DAMAGED}),
    "is killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", {Refusal.TOO_HARD}),
    "uses up its seconds": (
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
        {Refusal.TOO_HARD},
    ),
    "never answers": ("import time; time.sleep(600)", {Refusal.TOO_HARD}),
    "crashes": ("import ctypes; ctypes.string_at(0)", {Refusal.DAMAGED}),
    "says nothing": ("pass", {Refusal.DAMAGED}),
    "stops in the middle": (f"import sys; sys.stdout.buffer.write({DATA!r})", {Refusal.DAMAGED}),
    "stops in a frame": (f"import sys; sys.stdout.buffer.write({(DATA + DONE)[:-1]!r})", {Refusal.DAMAGED}),
    "goes on after its end": (f"import sys; sys.stdout.buffer.write({DATA + DONE + DATA!r})", {Refusal.DAMAGED}),
    "says what no child says": ("print('I am your picture')", {Refusal.DAMAGED}),
    "refuses for no reason we know": (
        f"import sys; sys.stdout.buffer.write({framed(Frame.REFUSED, b'because')!r})",
        {Refusal.DAMAGED},
    ),
    "lies about its pages": (
        "import sys; sys.stdout.buffer.write(b'E' + bytes([0, 0, 0, 4]) + bytes([1, 0, 9, 0]))",
        {Refusal.DAMAGED},
    ),
    "says a frame of four gigabytes": (
        "import sys; sys.stdout.buffer.write(b'D' + bytes([255, 255, 255, 255]) + bytes(100))",
        {Refusal.DAMAGED},
    ),
    "never ends": (
        f"import sys\nwhile True: sys.stdout.buffer.write({framed(Frame.DATA, bytes(65536))[:5]!r} + bytes(65536))",
        {Refusal.TOO_LARGE},
    ),
}
HOLD_US_UP = {"never answers", "never ends"}


@pytest.mark.parametrize("name", BAD_CHILDREN)
def test_whatever_the_child_does_the_file_is_refused_and_nothing_breaks(
    sandbox: Sandbox, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, refusals = BAD_CHILDREN[name]
    assert cleaner_module.SECONDS_TO_TAKE == 20  # what the children that hold us up are waited for where people use it
    if name in HOLD_US_UP:
        monkeypatch.setattr(cleaner_module, "SECONDS_TO_TAKE", 2.0)
    seconds = 2.0 if name == "never answers" else 60.0
    cleaner = Cleaner(with_child(sandbox, code), seconds=seconds)
    assert refusal_of(cleaner, photos.jpeg(size=(2000, 2000))) in refusals


def test_a_child_that_does_not_listen_does_not_hold_us_up(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.cleaning.cleaner.SECONDS_TO_TAKE", 0.2)
    cleaner = Cleaner(with_child(sandbox, "import time; time.sleep(600)"), seconds=0.2)
    assert refusal_of(cleaner, bytes(1 << 20)) == Refusal.TOO_HARD


def test_no_child_outlives_its_file(sandbox: Sandbox) -> None:
    cleaner = Cleaner(with_child(sandbox, "import time; time.sleep(600)"), seconds=0.2)
    with cleaner.begin("") as one:
        child = one._child
    assert child.poll() is not None


def test_an_upload_of_more_than_a_hundred_megabytes_is_refused_before_it_is_whole(cleaner: Cleaner) -> None:
    with cleaner.begin("image/jpeg") as one:
        one.write(photos.jpeg())
        for _ in range(99):
            one.write(bytes(1 << 20))
        with pytest.raises(RefusedError) as refused:
            one.write(bytes(1 << 20))
        assert refused.value.refusal is Refusal.TOO_LARGE


def test_two_at_a_time_and_the_third_is_asked_to_wait(cleaner: Cleaner) -> None:
    two = Cleaner(cleaner._sandbox, at_once=2)
    with two.one_upload(), two.one_upload():
        with pytest.raises(RefusedError) as refused, two.one_upload():
            pass
        assert refused.value.refusal is Refusal.BUSY
    with two.one_upload():
        assert clean(two, photos.jpeg())[1].copy is Copy.JPEG


def test_a_failed_upload_gives_its_place_back(cleaner: Cleaner) -> None:
    one = Cleaner(cleaner._sandbox, at_once=1)
    for _ in range(3):
        with pytest.raises(RefusedError), one.one_upload():
            clean(one, b"")
    with one.one_upload():
        pass


def test_several_files_are_cleaned_at_once(cleaner: Cleaner) -> None:
    copies: list[Copy] = []
    threads = [threading.Thread(target=lambda: copies.append(clean(cleaner, photos.jpeg())[1].copy)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    assert copies == [Copy.JPEG] * 4


def test_without_bubblewrap_there_is_no_sandbox_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoSandboxError, match="bubblewrap is missing"):
        tried_sandbox()


def test_where_user_namespaces_are_forbidden_there_is_no_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bubblewrap that ends as the real one does where it may make no namespace."""
    forbidden = tmp_path / "bwrap"
    forbidden.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoSandboxError, match=r"user namespaces|poppler"):
        tried_sandbox()


def test_without_a_sandbox_no_file_is_taken() -> None:
    without = Cleaner(None, missing="bubblewrap is missing")
    assert not without.works
    assert refusal_of(without, photos.jpeg()) == Refusal.NO_SANDBOX
    vanished = Cleaner(Sandbox(("/nowhere/bwrap",)))
    assert refusal_of(vanished, photos.jpeg()) == Refusal.NO_SANDBOX


def test_the_cleaning_writes_nothing_outside(cleaner: Cleaner, tmp_path: Path) -> None:
    """A whole process that cleans one file of each kind, with every call traced that could open a file to write."""
    if not Path("/usr/bin/strace").exists():
        from tests.services import missing_service

        missing_service("strace", "Install strace.")
    script = tmp_path / "clean_all.py"
    script.write_text(
        "from tests import photos\nfrom tests.sandbox import clean\n"
        "from reporting.cleaning.cleaner import sandboxed_cleaner\n"
        "uploads = [photos.jpeg('x'), photos.heic('x'), photos.pdf('x', pages=2)]\n"
        "import os\nos.path.exists('/begin-here')\n"
        "assert all(clean(sandboxed_cleaner(), upload)[0] for upload in uploads)\n"
    )
    trace = tmp_path / "trace"
    subprocess.run(
        [
            "/usr/bin/strace",
            "-f",
            "-qq",
            "-e",
            "trace=openat,open,creat,stat,newfstatat,mknod,memfd_create",
            "-o",
            str(trace),
            sys.executable,
            "-B",
            str(script),
        ],
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "TMPDIR": str(tmp_path)},
        timeout=300,
    )
    lines = trace.read_text().splitlines()
    begun = next(place for place, line in enumerate(lines) if "/begin-here" in line)
    writing = ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "memfd_create(", "mknod(")
    opened = [line for line in lines[begun:] if any(sign in line for sign in writing) and " = -1" not in line]
    assert opened, "the control: what bubblewrap itself opens is seen"
    # bubblewrap's own: its maps of users, and the empty mount points of the new root, which is in memory.
    own = ('_map"', "setgroups", "/proc/", "max_user_namespaces", "newroot", "/dev/null")
    assert [line for line in opened if not any(name in line for name in own)] == []
