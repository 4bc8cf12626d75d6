"""Promise 3: nothing you send is ever written to disk unencrypted: not in uploads, temporary files or crash output.

The shipped server runs with every file it opens for writing noted, so that a temporary file shows even when it has no
name and is gone again. Not covered here: swap, and what SQLite writes outside of Python is looked at after the request
rather than during it (the databases' pages hold what was sealed before).
"""

import hashlib
import os
import re
from pathlib import Path

from tests.canaries import Canaries
from tests.force import Force
from tests.shipped import ShippedForm, running, shipped_form

ALTERED = Path(__file__).parent.parent / "altered_server.py"
BOUNDARY = "quietword-test"
LARGE = 900_000


def watched_form(force: Force, folder: Path, *altered: str) -> ShippedForm:
    """The server with what it opens for writing noted."""
    notes = folder / "notes"
    names = ", ".join(("watched", *altered))
    return shipped_form(
        force, folder / "shipped", script=ALTERED, QUIETWORD_TEST_ALTERED=names, QUIETWORD_TEST_NOTES=str(notes)
    )


def notes_of(folder: Path) -> list[str]:
    return (folder / "notes").read_text("utf-8", "replace").splitlines()


def multipart(fields: dict[str, str], file: bytes = b"") -> bytes:
    line = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    body = "".join(f'{line}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()).encode()
    if file:
        body += f'{line}"photo"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + file + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def post_parts(form: ShippedForm, body: bytes, path: str = "/") -> int:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return form.request("POST", path, body, headers).status


def test_nothing_you_send_is_ever_written_to_disk_unencrypted(force: Force, tmp_path: Path) -> None:
    """Ordinary, large, over-long and broken bodies: no file is opened to write to, and no word is on the disk."""
    canaries = Canaries()
    with running(watched_form(force, tmp_path)) as form:
        at_start = notes_of(tmp_path)
        words = canaries.plant("what", "Übel riecht es {} &")
        token = form.ready_to_send(words)
        large = canaries.plant("a large field", "Wörter {} ") * (LARGE // 24)
        # A field that is far too long comes back with a sentence; a file, and a body over the limit, do not stop it.
        assert post_parts(form, multipart({"csrf_token": token, "go": "change-what"})) == 200
        start = form.press(form.get("/").token, "continue").token
        assert post_parts(form, multipart({"csrf_token": start, "what": large, "go": "check"})) == 200
        upload = canaries.plant("a file", "JFIF {}").encode() * (LARGE // 19)
        assert post_parts(form, multipart({"csrf_token": start, "what": words, "go": "check"}, upload)) == 200
        assert post_parts(form, multipart({"csrf_token": start}, upload * 3)) == 413
        cut = multipart({"csrf_token": start, "what": large}, upload)
        form.tell(
            f"POST / HTTP/1.1\r\nHost: {form.bind}\r\nContent-Length: {len(cut)}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode()
            + cut[: LARGE // 2]
        )
        assert form.press(token, "send").heading == "Sent"
        assert notes_of(tmp_path) == at_start
        assert list(form.temporary.rglob("*")) == []
        assert canaries.found_in([tmp_path]) == []
    assert canaries.found_in([tmp_path]) == []


def test_a_crash_in_the_middle_of_a_request_writes_nothing_of_it(force: Force, tmp_path: Path) -> None:
    """A 500 with 900 kB of words in hand: nothing opened, nothing in the log, no core file allowed."""
    canaries = Canaries()
    with running(watched_form(force, tmp_path, "in a view")) as form:
        at_start = notes_of(tmp_path)
        token = form.get("/").token
        large = canaries.plant("a large field", "Wörter {} ") * (LARGE // 24)
        assert post_parts(form, multipart({"csrf_token": token, "what": large, "go": "check"})) == 500
        assert notes_of(tmp_path) == at_start
        for pid in processes_of(form):
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert re.search(r"Max core file size\s+0\s+0\s", limits)
    assert "ValueError" in (form.logs / "stderr").read_text()
    assert canaries.found_in([tmp_path]) == []


def processes_of(form: ShippedForm) -> list[int]:
    """The master and its workers."""
    assert form.process is not None
    group = form.process.pid
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    mine = [pid for pid in found if pid == group or _parent(pid) == group]
    assert len(mine) >= 2
    return mine


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_the_watch_sees_a_server_that_spools_uploads(force: Force, tmp_path: Path) -> None:
    """The control: read as Flask reads requests by itself, the same upload goes through a nameless temporary file."""
    with running(watched_form(force, tmp_path, "spooled uploads")) as form:
        at_start = notes_of(tmp_path)
        # Not to the form itself, whose files no parser of Flask's ever sees.
        post_parts(form, multipart({"csrf_token": form.get("/receipt").token}, os.urandom(LARGE)), "/receipt")
        assert any(str(form.temporary) in note for note in notes_of(tmp_path)[len(at_start) :])


def test_unfinished_answers_are_kept_nowhere_between_pages(force: Force, tmp_path: Path) -> None:
    """Before "Send" no byte of any file changes: what was typed is in the reporter's own page and nowhere else."""

    def state() -> dict[str, str]:
        files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "notes"]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    with running(watched_form(force, tmp_path)) as form:
        form.get("/")
        before = state()
        token = form.press(form.get("/").token, "continue").token
        for answer in ({"what": "Boxes at night"}, {"who": "Big Tony"}, {"where": "The lock-ups"}):
            token = form.press(token, "continue", answer).token
        token = form.press(token, "back").token
        after = state()
        assert form.press(form.press(token, "check").token, "send").heading == "Sent"
        sent = state()
    # The -shm file is SQLite's index over its log, in which readers mark where they read.
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {
        name for name in after if name.endswith("-shm")
    }
    assert sent != after


def test_the_shipped_server_runs_with_memory_that_forgets(force: Force, tmp_path: Path) -> None:
    """That this leaves no copy of the words in memory was measured (traps.md); a later issue measures it in a test."""
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        for pid in processes_of(form):
            environ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
            assert {b"PYTHONMALLOC=malloc", b"MALLOC_PERTURB_=165"} <= set(environ)
