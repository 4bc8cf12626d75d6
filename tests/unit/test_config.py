"""Settings are read once, and every mistake gets its own sentence."""

import base64
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config import Bind, Release, ReportingSettings, SettingsError, TriageSettings
from envelope.page_state import PageStateKeys


def problems_of(settings: type[ReportingSettings] | type[TriageSettings], **environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        settings.from_environ(environ)
    assert str(raised.value) == "\n".join(raised.value.problems)
    return raised.value.problems


def test_nothing_set_is_a_trial_on_this_machine() -> None:
    reporting, triage = ReportingSettings.from_environ({}), TriageSettings.from_environ({})
    assert (str(reporting.bind), str(triage.bind)) == ("127.0.0.1:5000", "127.0.0.1:5001")
    assert reporting.instance == Path("instance").absolute()
    assert {url.get_backend_name() for url in (triage.drop_url, triage.case_url, triage.keys_url)} == {"sqlite"}
    assert reporting.drop_url == triage.drop_url
    assert len({triage.drop_url, triage.case_url, triage.keys_url}) == 3
    assert reporting.release is Release.AT_SET_HOURS
    assert triage.release_hours == (7, 13, 19)
    assert not triage.secure_cookies
    assert triage.argon2_memory_kib == 256 * 1024


@pytest.mark.parametrize("settings", [ReportingSettings, TriageSettings])
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("QUIETWORD_DROP_URL", "what is this", "QUIETWORD_DROP_URL is not a database URL"),
        ("QUIETWORD_DROP_URL", "mysql://h/d", "QUIETWORD_DROP_URL names the database “mysql”: use PostgreSQL"),
        ("QUIETWORD_DROP_URL", "sqlite://", "QUIETWORD_DROP_URL keeps nothing: name a file"),
        ("QUIETWORD_DROP_URL", "sqlite:///:memory:", "QUIETWORD_DROP_URL keeps nothing: name a file"),
        ("QUIETWORD_REDIS_URL", "127.0.0.1:6379", "QUIETWORD_REDIS_URL must start with redis://"),
        ("QUIETWORD_RELEASE", "now and then", "QUIETWORD_RELEASE is “now and then”: write “at set hours”"),
        ("QUIETWORD_DEMONSTRATION", "true", "QUIETWORD_DEMONSTRATION is “true”: write yes or no."),
        ("QUIETWORD_TRUSTED_HOPS", "-1", "QUIETWORD_TRUSTED_HOPS is “-1”: write a whole number from 0 to 5."),
        ("QUIETWORD_TRUSTED_HOPS", "six", "QUIETWORD_TRUSTED_HOPS is “six”: write a whole number from 0 to 5."),
    ],
)
def test_each_mistake_has_its_sentence(
    settings: type[ReportingSettings] | type[TriageSettings], name: str, value: str, sentence: str
) -> None:
    problems = problems_of(settings, **{name: value})
    assert len(problems) == 1
    assert problems[0].startswith(sentence)
    assert problems[0].endswith(".")


def test_a_bell_is_a_program_that_is_there_with_its_arguments() -> None:
    path = os.environ["PATH"]
    triage = TriageSettings.from_environ({"PATH": path, "QUIETWORD_BELL_COMMAND": "printf '%s ring' \"on call\""})
    assert triage.bell_command == ("printf", "%s ring", "on call")
    assert TriageSettings.from_environ({}).bell_command == ()
    for name in ("QUIETWORD_BELL_COMMAND", "QUIETWORD_BELL_ESCALATION_COMMAND"):
        (problem,) = problems_of(TriageSettings, PATH=path, **{name: "/nowhere/pager --now"})
        assert problem.startswith(f"{name} names “/nowhere/pager”, which ")
        (problem,) = problems_of(TriageSettings, PATH=path, **{name: "pager 'unclosed"})
        assert problem.startswith(f"{name} has a quotation mark that is not closed")
    (problem,) = problems_of(TriageSettings, QUIETWORD_BELL_REPEAT_MINUTES="0")
    assert problem.startswith("QUIETWORD_BELL_REPEAT_MINUTES is “0”")


@pytest.mark.parametrize("text", ["5000", "localhost", "localhost:", ":5000", "localhost:0", "localhost:65536", "h:5x"])
def test_a_bind_needs_a_host_and_a_port(text: str) -> None:
    (problem,) = problems_of(ReportingSettings, QUIETWORD_REPORTING_BIND=text)
    assert problem == f"QUIETWORD_REPORTING_BIND is “{text}”: write a host and a port, such as 127.0.0.1:5000."
    (problem,) = problems_of(TriageSettings, QUIETWORD_TRIAGE_BIND=text)
    assert problem == f"QUIETWORD_TRIAGE_BIND is “{text}”: write a host and a port, such as 127.0.0.1:5001."


def test_several_mistakes_are_told_at_once() -> None:
    problems = problems_of(
        TriageSettings,
        QUIETWORD_TRIAGE_BIND="nowhere",
        QUIETWORD_CASE_URL="mysql://h/d",
        QUIETWORD_KEYS_URL="sqlite://",
        QUIETWORD_RELEASE_HOURS="7,25",
        QUIETWORD_TRIAGE_WORKERS="0",
        QUIETWORD_TLS="perhaps",
    )
    named = [problem.split(" ", 1)[0] for problem in problems]
    assert named == [
        "QUIETWORD_TRIAGE_BIND",
        "QUIETWORD_CASE_URL",
        "QUIETWORD_KEYS_URL",
        "QUIETWORD_RELEASE_HOURS",
        "QUIETWORD_TRIAGE_WORKERS",
        "QUIETWORD_TLS",
    ]


def test_sqlite_on_a_public_address_must_be_meant() -> None:
    public = {"QUIETWORD_REPORTING_BIND": "192.0.2.1:80"}
    (problem,) = problems_of(ReportingSettings, **public)
    assert "QUIETWORD_DROP_URL is SQLite while the program listens on 192.0.2.1:80" in problem
    assert ReportingSettings.from_environ({**public, "QUIETWORD_ACCEPT_SQLITE": "yes"}).bind.host == "192.0.2.1"
    postgres = ReportingSettings.from_environ({**public, "QUIETWORD_DROP_URL": "postgresql://h/d"})
    assert postgres.drop_url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),  # noqa: S104
        ("x.test", False),
    ],
)
def test_a_loopback_address_is_known(host: str, loopback: bool) -> None:
    assert Bind(host, 1).is_loopback is loopback


def test_an_ipv6_bind_keeps_its_brackets() -> None:
    bind = ReportingSettings.from_environ({"QUIETWORD_REPORTING_BIND": "[::1]:8000"}).bind
    assert (bind.host, bind.port, bind.url) == ("::1", 8000, "http://[::1]:8000")


def test_cookies_are_secure_on_every_address_but_this_machine() -> None:
    public = {"QUIETWORD_TRIAGE_BIND": "192.0.2.1:443", "QUIETWORD_ACCEPT_SQLITE": "yes"}
    assert TriageSettings.from_environ(public).secure_cookies
    assert TriageSettings.from_environ({"QUIETWORD_TLS": "yes"}).secure_cookies


def test_the_form_insists_on_tls_on_every_address_but_this_machine() -> None:
    public = {"QUIETWORD_REPORTING_BIND": "192.0.2.1:443", "QUIETWORD_ACCEPT_SQLITE": "yes"}
    assert ReportingSettings.from_environ(public).over_tls
    assert ReportingSettings.from_environ({"QUIETWORD_TLS": "yes"}).over_tls
    assert not ReportingSettings.from_environ({}).over_tls


def test_release_hours_are_sorted_and_told_once() -> None:
    assert TriageSettings.from_environ({"QUIETWORD_RELEASE_HOURS": " 19, 7,7 "}).release_hours == (7, 19)


def test_the_verifying_key_comes_from_the_environment_or_the_folder(tmp_path: Path) -> None:
    given, written = bytes(range(32)), bytes(32)
    environ = {"QUIETWORD_INSTANCE": str(tmp_path)}
    assert ReportingSettings.from_environ(environ).verifying_key is None
    (tmp_path / "force-verifying-key").write_text(base64.b64encode(written).decode() + "\n")
    assert ReportingSettings.from_environ(environ).verifying_key == written
    environ["QUIETWORD_VERIFYING_KEY"] = base64.b64encode(given).decode()
    assert ReportingSettings.from_environ(environ).verifying_key == given


@pytest.mark.parametrize("text", ["AAAA", "not base64!", base64.b64encode(bytes(33)).decode()])
def test_a_wrong_verifying_key_is_refused(tmp_path: Path, text: str) -> None:
    (problem,) = problems_of(ReportingSettings, QUIETWORD_VERIFYING_KEY=text, QUIETWORD_INSTANCE=str(tmp_path))
    assert problem.startswith("QUIETWORD_VERIFYING_KEY is not a verifying key")
    (tmp_path / "force-verifying-key").write_text(text)
    (problem,) = problems_of(ReportingSettings, QUIETWORD_INSTANCE=str(tmp_path))
    assert problem.startswith("The file force-verifying-key is not a verifying key")


def test_the_page_state_key_is_a_file_of_32_bytes_and_is_never_shown(tmp_path: Path) -> None:
    path = tmp_path / "page-state"
    (problem,) = problems_of(ReportingSettings, QUIETWORD_PAGE_STATE_KEY_FILE=str(path))
    assert problem.startswith("QUIETWORD_PAGE_STATE_KEY_FILE names a file that cannot be read")
    path.write_bytes(b"short")
    (problem,) = problems_of(ReportingSettings, QUIETWORD_PAGE_STATE_KEY_FILE=str(path))
    assert problem.startswith("QUIETWORD_PAGE_STATE_KEY_FILE names a file that is not exactly 32 bytes")
    path.write_bytes(b"\x07" * 32)
    settings = ReportingSettings.from_environ({"QUIETWORD_PAGE_STATE_KEY_FILE": str(path)})
    assert settings.page_state_root == b"\x07" * 32
    assert "page_state_root" not in repr(settings)


def test_processes_started_on_different_days_reach_the_same_page_key(tmp_path: Path) -> None:
    path = tmp_path / "page-state"
    path.write_bytes(b"\x07" * 32)
    os.utime(path, (0, datetime(2026, 11, 20, 23, 59, tzinfo=UTC).timestamp()))
    settings = ReportingSettings.from_environ({"QUIETWORD_PAGE_STATE_KEY_FILE": str(path)})
    assert settings.page_state_began == date(2026, 11, 20)
    assert settings.page_state_root is not None
    early, late = (PageStateKeys(settings.page_state_root, settings.page_state_began) for _ in range(2))
    sealed = early.seal(b"begun", date(2026, 11, 21))
    assert late.open(sealed, date(2026, 11, 22)) == b"begun"


def test_the_force_is_named_by_the_folder_unless_the_environment_does(tmp_path: Path) -> None:
    environ = {"QUIETWORD_INSTANCE": str(tmp_path)}
    assert ReportingSettings.from_environ(environ).force_name == "your police force"
    (tmp_path / "force-name").write_text("Millbrook Police\n", "utf-8")
    assert ReportingSettings.from_environ(environ).force_name == "Millbrook Police"
    assert ReportingSettings.from_environ({**environ, "QUIETWORD_FORCE_NAME": "Other"}).force_name == "Other"


def test_a_database_password_is_not_in_what_is_printed() -> None:
    settings = TriageSettings.from_environ({"QUIETWORD_CASE_URL": "postgresql://a:hush@h/d"})
    assert "hush" not in repr(settings)


def test_the_onion_services_door_is_a_short_path() -> None:
    named = ReportingSettings.from_environ({"QUIETWORD_ONION_BIND": "unix:/run/quietword-onion/form.sock"})
    assert named.onion_socket == Path("/run/quietword-onion/form.sock")
    assert ReportingSettings.from_environ({}).onion_socket is None
    for text in ("127.0.0.1:80", "unix:form.sock", "/run/form.sock", f"unix:/{'x' * 107}"):
        (problem,) = problems_of(ReportingSettings, QUIETWORD_ONION_BIND=text)
        assert problem.startswith(f"QUIETWORD_ONION_BIND is “{text}”: write unix: and a short path")


def test_the_index_has_a_socket_or_is_in_the_process() -> None:
    assert TriageSettings.from_environ({}).index_socket is None
    named = TriageSettings.from_environ({"QUIETWORD_INDEX_SOCKET": "unix:/run/quietword-index/index.sock"})
    assert named.index_socket == Path("/run/quietword-index/index.sock")
    (problem,) = problems_of(TriageSettings, QUIETWORD_INDEX_SOCKET="127.0.0.1:80")
    assert problem == (
        "QUIETWORD_INDEX_SOCKET is “127.0.0.1:80”: write unix: and a short path, such as "
        "unix:/run/quietword-index/index.sock."
    )


def test_a_share_of_the_reports_is_held_back_unless_somebody_says_otherwise() -> None:
    assert TriageSettings.from_environ({}).held_back_percent == 5
    assert TriageSettings.from_environ({"QUIETWORD_HELD_BACK_PERCENT": "0"}).held_back_percent == 0
    problems = problems_of(TriageSettings, QUIETWORD_HELD_BACK_PERCENT="51")
    assert problems == ("QUIETWORD_HELD_BACK_PERCENT is “51”: write a whole number from 0 to 50.",)


def test_passkeys_belong_to_one_address_with_a_name() -> None:
    here = TriageSettings.from_environ({"QUIETWORD_TRIAGE_BIND": "127.0.0.1:5009"})
    assert (here.origin, here.relying_party) == ("http://localhost:5009", "localhost")
    assert TriageSettings.from_environ({"QUIETWORD_TLS": "yes"}).origin is None
    named = TriageSettings.from_environ({"QUIETWORD_TRIAGE_ORIGIN": "https://triage.example.org:8443/"})
    assert (named.origin, named.relying_party) == ("https://triage.example.org:8443", "triage.example.org")
    for text in (
        "http://triage.example.org",
        "https://192.0.2.7",
        "https://[2001:db8::7]",
        "https://triage.example.org/desk",
        "https://somebody@triage.example.org",
        "triage.example.org",
        "https://",
    ):
        (problem,) = problems_of(TriageSettings, QUIETWORD_TRIAGE_ORIGIN=text)
        assert problem.startswith(f"QUIETWORD_TRIAGE_ORIGIN is “{text}”: write https:// and a host name")


def test_the_hours_of_alerts_are_those_of_a_place_this_host_knows() -> None:
    assert TriageSettings.from_environ({}).time_zone == "Europe/London"
    assert TriageSettings.from_environ({"QUIETWORD_TIME_ZONE": "UTC"}).time_zone == "UTC"
    problems = problems_of(TriageSettings, QUIETWORD_TIME_ZONE="../etc/passwd")
    assert problems == (
        "QUIETWORD_TIME_ZONE is “../etc/passwd”: write one that this host knows, such as Europe/London or UTC.",
    )
