"""A hundred megabytes through the server as it is shipped: little memory, nothing in clear on a disk, words safe."""

import os
import random
import re
import subprocess
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from reporting.cleaning.cleaner import Cleaner
from tests import photos
from tests.canaries import Canaries
from tests.force import Force
from tests.posted_files import BOUNDARY, Chosen, body_of_form
from tests.shipped import ShippedForm, running, shipped_form

MEBIBYTE = 1 << 20
MOST_GROWTH = 64 * MEBIBYTE
BEGUN = MEBIBYTE + (1 << 16)  # bytes of an upload: more than the loop holds, so that a thread is lent to it
ALTERED = Path(__file__).parents[2] / "altered_server.py"


@pytest.fixture(autouse=True)
def with_sandbox(cleaner: Cleaner) -> None:
    """Every test here needs the real one."""


def add(form: ShippedForm, token: str, *files: Chosen, go: str = "add") -> str:
    """Post the page about files, a piece at a time; gives the page that comes back."""
    body = body_of_form(token, files, go)
    connection = HTTPConnection(form.bind.host, form.bind.port, timeout=300)
    try:
        connection.putrequest("POST", "/")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        for start in range(0, len(body), MEBIBYTE):
            connection.send(body[start : start + MEBIBYTE])
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def workers_of(form: ShippedForm) -> list[int]:
    """The server's own processes: the master and its workers, not what they start in the sandbox."""
    assert form.process is not None
    found = []
    for path in Path("/proc").iterdir():
        if not path.name.isdecimal():
            continue
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        if int(path.name) == form.process.pid or (parent == form.process.pid and b"bwrap" not in command):
            found.append(int(path.name))
    return found


def peak_of(pid: int) -> int:
    """The most memory that a process has had in use, in bytes; `start_anew` forgets it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def start_anew(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def at_files(form: ShippedForm, words: str) -> str:
    return form.press(form.ready_to_send(words), "change-files").token


def large_photo(words: str) -> bytes:
    """A photo of some megabytes: noise, which no format makes smaller."""
    from io import BytesIO

    from PIL import Image

    noise = random.Random(7).randbytes(2400 * 1800 * 3)
    out = BytesIO()
    Image.frombytes("RGB", (2400, 1800), noise).save(out, "JPEG", quality=95, exif=photos.exif(words))
    return out.getvalue()


def test_a_hundred_megabytes_take_less_than_64_mebibytes_of_the_servers_memory(force: Force, tmp_path: Path) -> None:
    canaries = Canaries()
    words, hidden = canaries.plant("what", "Würmer {}"), canaries.plant("exif and behind the picture")
    photo = large_photo(hidden)
    assert len(photo) > 4 * MEBIBYTE
    behind = (hidden.encode() * (19 * MEBIBYTE // len(hidden)))[: 19 * MEBIBYTE - len(photo)]
    files = [Chosen(photo + behind, canaries.plant(f"file name {number}", "IMG_{}.jpg")) for number in range(5)]
    assert sum(len(file.content) for file in files) > 94 * MEBIBYTE
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        token = at_files(form, words)
        add(form, token, Chosen(photos.jpeg()))  # what every first upload loads is no growth
        pids = workers_of(form)
        assert len(pids) >= 2
        for pid in pids:
            start_anew(pid)
        before = {pid: peak_of(pid) for pid in pids}
        page = add(form, token, *files)
        assert page.count("kB, cleaned") == 5
        growth = {pid: peak_of(pid) - before[pid] for pid in pids}
        assert max(growth.values()) < MOST_GROWTH, growth
        assert list(form.temporary.rglob("*")) == []
        assert canaries.found_in([tmp_path]) == []
    assert canaries.found_in([tmp_path]) == []


def test_an_upload_opens_no_file_to_write_to(force: Force, tmp_path: Path) -> None:
    """The server with everything it opens for writing noted; the sandbox's own is traced in test_sandbox.py."""
    notes = tmp_path / "notes"
    canaries = Canaries()
    words, hidden = canaries.plant("what"), canaries.plant("exif")
    watched = shipped_form(
        force,
        tmp_path / "shipped",
        script=ALTERED,
        QUIETWORD_TEST_ALTERED="watched",
        QUIETWORD_TEST_NOTES=str(notes),
    )
    with running(watched) as form:
        token = at_files(form, words)
        before = notes.read_text().splitlines()
        bad = Chosen(b"MZ" + hidden.encode() * 90_000)
        page = add(
            form, token, Chosen(photos.jpeg(hidden)), bad, Chosen(photos.heic(hidden), content_type="image/heic")
        )
        assert page.count("kB, cleaned") == 2
        after = notes.read_text().splitlines()[len(before) :]
        children = [note for note in after if "bwrap" in note]
        assert len(children) == 3, "the control: what is noted includes the children that were started"
        pipes = re.compile(r"open \(\d+, '[rw]b?'\)|open \('/dev/null'")
        assert [note for note in after if note not in children and not pipes.match(note)] == []
        assert canaries.found_in([tmp_path]) == []
    assert canaries.found_in([tmp_path]) == []


def test_more_than_may_be_sent_is_read_to_its_end_and_the_words_come_back(force: Force, tmp_path: Path) -> None:
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        token = at_files(form, "Boxes at night")
        page = add(form, token, Chosen(photos.jpeg()), Chosen(photos.jpeg() + os.urandom(MEBIBYTE) * 110))
        assert "All your files together can be 100 MB" in page
        assert page.count("kB, cleaned") == 1
        found = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        sent = form.press(form.press(found, "continue").token, "send")
        assert sent.heading == "Sent"


def test_words_are_taken_while_others_add_files_slowly(force: Force, tmp_path: Path) -> None:
    """Uploads that never end hold two of the four threads of a worker, and no more: a report still goes through."""
    impatient = shipped_form(force, tmp_path / "shipped", script=ALTERED, QUIETWORD_TEST_ALTERED="impatient")
    with running(impatient) as form:
        tokens = [at_files(form, f"words {number}") for number in range(2)]
        slow = []
        for token in tokens:
            body = body_of_form(token, [Chosen(photos.jpeg() + bytes(5 * MEBIBYTE))], "add")
            connection = HTTPConnection(form.bind.host, form.bind.port, timeout=60)
            connection.putrequest("POST", "/")
            connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            connection.send(body[:BEGUN])
            slow.append(connection)
        deadline = time.monotonic() + 180
        third = at_files(form, "a third")
        while "Others are adding files" not in (page := add(form, third, Chosen(photos.jpeg()))):
            assert time.monotonic() < deadline
            assert "kB, cleaned" in page
        assert form.press(form.ready_to_send("Boxes at night"), "send").heading == "Sent"
        for connection in slow:
            connection.close()


def test_a_killed_server_leaves_no_child_behind(force: Force, tmp_path: Path) -> None:
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        token = at_files(form, "words")
        body = body_of_form(token, [Chosen(photos.jpeg() + bytes(5 * MEBIBYTE))], "add")
        connection = HTTPConnection(form.bind.host, form.bind.port, timeout=60)
        connection.putrequest("POST", "/")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[:BEGUN])
        workers = [pid for pid in workers_of(form) if form.process is not None and pid != form.process.pid]
        children = _soon(lambda: [child for pid in workers for child in _children(pid)])
        assert children
        form.kill()
        connection.close()
        assert _soon(lambda: [True] if not any(Path(f"/proc/{child}").exists() for child in children) else [])


def _children(pid: int) -> list[int]:
    asked = subprocess.run(["/usr/bin/pgrep", "-P", str(pid)], capture_output=True, check=False)
    return [int(line) for line in asked.stdout.split()]


def _soon(ask: "object") -> list[int]:
    deadline = time.monotonic() + 120
    while not (found := ask()) and time.monotonic() < deadline:  # type: ignore[operator]  # a function
        threading.Event().wait(0.05)
    return list(found)
