"""What the shipped server says about itself to whoever asks."""

from pathlib import Path

from tests.force import Force
from tests.shipped import running, shipped_form


def test_no_answer_names_the_server_it_comes_from(force: Force, tmp_path: Path) -> None:
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        answers = [form.get(path) for path in ("/", "/health", "/nobody")]
        answers.append(form.request("POST", "/", b"x=1"))
        refused = form.tell(b"GET / HTTP/1.1\r\nHost: \r\nBad\r\n\r\n")
    for answer in answers:
        assert "server" not in {name.lower() for name in answer.headers}
        assert "date" in {name.lower() for name in answer.headers}
    assert b"gunicorn" not in refused.lower()
