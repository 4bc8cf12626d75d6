"""What holds for every answer of both programs."""

import io
import tempfile

import pytest
from flask import request

from tests.integration.web.sample_program import SECRET_WORDS, sample_program
from tests.pages import PageClient
from web.headers import HEADERS
from web.static_files import built_folder, manifest

PROGRAMS = pytest.mark.parametrize("program", ["public", "triage"])


@PROGRAMS
def test_every_page_passes_the_checks(program: str) -> None:
    person = PageClient(sample_program(program))

    person.page("/")
    person.page("/components")
    person.page("/nowhere", status=404)


@PROGRAMS
def test_a_script_in_every_place_stays_words(program: str) -> None:
    app = sample_program(program)
    attack = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e\x00"
    app.config["SAMPLE_WORDS"] = attack
    person = PageClient(app)

    person.page("/components")
    person.page("/")
    person.submit(heard=attack, street=attack, note=attack, knows="saw", button="Send")

    assert not person.root.findall(".//img")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/aborts/403", "/fails", "/static/nothing.css"])
@PROGRAMS
def test_the_closed_headers_are_on_every_answer(program: str, path: str) -> None:
    headers = sample_program(program, secure=True).test_client().get(path).headers

    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified", "Server", "Set-Cookie"} & set(headers.keys())


def test_static_files_stay_for_a_year_and_mark_nobody() -> None:
    client = sample_program().test_client()

    for hashed in manifest().values():
        response = client.get(f"/static/{hashed}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not {"ETag", "Last-Modified", "Set-Cookie"} & set(response.headers.keys())
        assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("name", ["public.css", "manifest.json", "../manifest.json", "%2e%2e/manifest.json", ""])
def test_nothing_but_the_named_files_is_served(name: str) -> None:
    assert sample_program().test_client().get(f"/static/{name}").status_code == 404


def test_the_style_sheets_ask_for_nothing_else() -> None:
    for name, hashed in manifest().items():
        content = (built_folder() / hashed).read_bytes()
        if name.endswith(".css"):
            assert b"@font-face" not in content
            assert b"@import" not in content
            assert b"url(" not in content.replace(b"url(data:", b"")
        assert b"GDS Transport" not in content


def test_the_first_public_page_is_small() -> None:
    client = sample_program().test_client()
    sheet, script, icon = (manifest()[name] for name in ("public.css", "public.js", "icon.png"))
    fetched = [client.get(path).data for path in ("/", f"/static/{sheet}", f"/static/{script}", f"/static/{icon}")]

    room_for_the_page_state = 6_000
    assert sum(map(len, fetched)) + room_for_the_page_state < 60_000
    assert len(fetched[2]) < 3_000


def test_an_upload_is_never_spooled_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    for opener in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, opener, refuse)
    app = sample_program(max_body=4 << 20)
    held: list[object] = []
    app.before_request(lambda: held.append(type(request.files["picture"].stream)))

    body = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="mine.jpg"\r\n\r\n%b\r\n--x--\r\n'
    app.test_client().post("/", data=body % (b"x" * 2_000_000), content_type="multipart/form-data; boundary=x")

    assert held == [io.BytesIO]


def test_nothing_can_be_kept_in_a_flask_session() -> None:
    response = sample_program().test_client().get("/remembers")

    assert response.status_code == 500
    assert "Set-Cookie" not in response.headers


def test_the_application_itself_cannot_read_who_asks() -> None:
    app = sample_program()
    seen: list[str] = []
    app.before_request(lambda: seen.append(repr(dict(request.environ)) + repr(dict(request.headers))))

    app.test_client().get(
        f"/?q={SECRET_WORDS}",
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
        headers={"User-Agent": SECRET_WORDS, "Cookie": f"a={SECRET_WORDS}", "Referer": SECRET_WORDS},
    )

    assert len(seen) == 1
    assert SECRET_WORDS not in seen[0]
    assert "203.0.113.9" not in seen[0]
