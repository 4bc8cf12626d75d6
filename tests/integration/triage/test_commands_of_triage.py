"""The commands of triage, run as a person or a script runs them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import click
import pyotp
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from config import TriageSettings
from store.engine import open_engine
from store.noticeboard import Noticeboard
from tests.second_factor import step_to_spend
from triage import command as triage_command
from triage.commands.founding import PlanError
from triage.commands.opening import NotMigratedError
from triage.database import Database
from triage.errors import NotFoundError
from triage.linking.errors import TooFewDecisionsError
from triage.linking.learning import keeping
from triage.linking.learning.outcomes import Learnt, Outcome
from triage.linking.matching import Strength
from triage.officers.errors import NotAllowedError, SignInError
from triage.officers.founding import AlreadyFoundedError, MissingRoleError

PEOPLE = [
    {"name": "Sue Visor", "sign_in_name": "sue", "role": "supervisor", "passphrase": "seven green bottles hang"},
    {"name": "Adam Min", "sign_in_name": "adam", "role": "administrator", "passphrase": "eight green bottles hang"},
    {"name": "Audrey Tor", "sign_in_name": "audrey", "role": "auditor", "passphrase": "nine green bottles hang"},
]
PLAN = {"force_name": "Testshire", "people": PEOPLE}
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cheap_argon: None) -> Run:
    """Runs a command over an instance of its own; an error of ours is raised, as the outermost frame gets it."""
    for name in ("DROP_URL", "CASE_URL", "KEYS_URL", "TRIAGE_BIND", "FORCE_NAME", "RELEASE"):
        monkeypatch.delenv(f"QUIETWORD_{name}", raising=False)
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(tmp_path / "instance"))
    group = click.Group(commands=triage_command.commands)

    def go(*arguments: str, input: str | None = None) -> Result:  # noqa: A002  click's own name
        found = CliRunner().invoke(group, list(arguments), input=input, catch_exceptions=True)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    return go


@pytest.fixture
def cheap_argon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands read their settings from the environment, where the cost cannot be lowered on purpose."""
    read = TriageSettings.from_environ.__func__  # type: ignore[attr-defined]  # a classmethod's function

    def cheaply(cls: type[TriageSettings], environ: dict[str, str]) -> TriageSettings:
        settings: TriageSettings = read(cls, environ)
        object.__setattr__(settings, "argon2_memory_kib", 64)
        object.__setattr__(settings, "argon2_iterations", 1)
        return settings

    monkeypatch.setattr(TriageSettings, "from_environ", classmethod(cheaply))


@pytest.fixture
def plan_file(tmp_path: Path) -> str:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN), "utf-8")
    return str(path)


class Codes:
    """How each person says on a command line who they are, with a code of their own each time: a code works once."""

    def __init__(self, told: dict[str, list[dict[str, str]]], folder: Path) -> None:
        self._folder = folder
        self._secrets = {person["sign_in_name"]: person["totp_secret"] for person in told["people"]}
        self._last_steps: dict[str, int] = {}

    def of(self, name: str) -> list[str]:
        passphrase = next(person["passphrase"] for person in PEOPLE if person["sign_in_name"] == name)
        step = self._last_steps[name] = step_to_spend(self._last_steps.get(name, 0))
        code = str(pyotp.TOTP(self._secrets[name]).generate_otp(step))
        file = self._folder / f"passphrase of {name}"
        file.write_text(passphrase + "\n", "utf-8")
        return ["--sign-in", name, "--code", code, "--passphrase-file", str(file)]


@pytest.fixture
def codes(run: Run, plan_file: str, tmp_path: Path) -> Codes:
    """A force that stands, and how its people sign in."""
    return Codes(json.loads(run("init", "--from-json", plan_file, "--json").stdout), tmp_path)


def test_every_command_and_group_has_help(run: Run) -> None:
    def walk(command: click.Command, path: list[str]) -> None:
        found = run(*path, "--help")
        assert found.exit_code == 0, path
        assert command.help
        for name, one in getattr(command, "commands", {}).items():
            walk(one, [*path, name])

    for name, command in triage_command.commands.items():
        walk(command, [name])


def test_a_force_is_set_up_from_questions_and_bad_answers_are_asked_again(run: Run, tmp_path: Path) -> None:
    answers = ["", "Testshire"]
    answers += ["Sue Visor", "sue", "short", "short", "seven green bottles hang", "seven green bottles hang"]
    answers += ["Adam Min", "SUE", "adam", "eight green bottles hang", "different", "eight green bottles hang"]
    answers += ["eight green bottles hang"]
    answers += ["Audrey Tor", "audrey", "nine green bottles hang", "nine green bottles hang"]
    found = run("init", input="\n".join(answers) + "\n")
    assert found.exit_code == 0, found.output
    assert "Use a passphrase of 14 characters or more" in found.output
    assert "Somebody already signs in by that name." in found.output
    assert len(re.findall(r"otpauth://totp/", found.output)) == 3
    assert "green bottles" not in found.output
    instance = tmp_path / "instance"
    key = (instance / "force-verifying-key").read_text("ascii").strip()
    assert key in found.output
    assert (instance / "force-name").read_text("utf-8") == "Testshire\n"
    assert oct((instance / "system-key").stat().st_mode)[-3:] == "600"


def test_a_force_set_up_from_a_file_has_keys_that_its_form_believes(run: Run, plan_file: str, tmp_path: Path) -> None:
    told = json.loads(run("init", "--from-json", plan_file, "--json").stdout)
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(tmp_path / "instance")})
    drop = open_engine(settings.drop_url)
    try:
        today = datetime.now(UTC).date()
        for ahead in (0, 34):
            assert Noticeboard(drop).intake_keys(today + timedelta(days=ahead))
        assert Noticeboard(drop).intake_keys(today + timedelta(days=36)) == ()
    finally:
        drop.dispose()
    assert [person["role"] for person in told["people"]] == ["supervisor", "administrator", "auditor"]


def test_a_force_is_set_up_once(run: Run, plan_file: str) -> None:
    run("init", "--from-json", plan_file)
    with pytest.raises(AlreadyFoundedError, match="already"):
        run("init", "--from-json", plan_file)


@pytest.mark.parametrize(
    "plan",
    [
        "",
        "[]",
        "{}",
        '{"force_name": "X", "people": [{"name": "A"}]}',
        '{"force_name": "X", "people": [{"name": "A", "sign_in_name": "a", "role": "king", "passphrase": "p"}]}',
        json.dumps({**PLAN, "force_name": " "}),
    ],
)
def test_a_plan_that_cannot_be_read_sets_nothing_up(run: Run, tmp_path: Path, plan: str) -> None:
    with pytest.raises(PlanError, match="force_name"):
        run("init", "--from-json", "-", input=plan)
    assert not (tmp_path / "instance" / "force-verifying-key").exists()


def test_a_plan_without_an_auditor_is_refused_and_can_be_mended(run: Run, plan_file: str) -> None:
    with pytest.raises(MissingRoleError):
        run("init", "--from-json", "-", input=json.dumps({**PLAN, "people": PEOPLE[:2]}))
    assert run("init", "--from-json", plan_file).exit_code == 0


def test_nothing_runs_before_the_tables_are_there(run: Run) -> None:
    with pytest.raises(NotMigratedError, match="quietword migrate"):
        run("collect")
    assert run("migrate").exit_code == 0
    assert run("migrate").output == "The drop, case and keys databases are up to date.\n"


def test_collecting_an_empty_drop_says_so(run: Run, codes: Codes) -> None:
    found = run("collect")
    assert (found.exit_code, found.output) == (0, "Nothing was waiting.\n")


def test_the_audit_log_is_verified_and_gives_a_checkpoint_to_keep(run: Run, codes: Codes) -> None:
    first = run("audit", "verify").output.splitlines()
    assert first[0].startswith("The audit log holds: 5 lines")
    run("officers", "list", *codes.of("adam"))
    again = run("audit", "verify", "--against", first[1])
    assert again.exit_code == 0, again.output


def test_a_touched_audit_log_is_named_and_exits_with_one(run: Run, codes: Codes, tmp_path: Path) -> None:
    settings = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(tmp_path / "instance")})
    database = Database.open(settings)
    with database.case.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_leaves_no_delete"))
        connection.execute(text("DELETE FROM audit_leaves WHERE sequence = 1"))
    database.dispose()
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "Line 1 is missing." in found.output


def test_an_administrator_adds_an_officer_on_the_terminal(run: Run, codes: Codes) -> None:
    words = "ten green bottles hanging"
    added = run("officers", "add", "--role", "auditor", *codes.of("adam"), input=f"Una\nadam\nuna\n{words}\n{words}\n")
    assert added.exit_code == 0, added.output
    assert "Somebody already signs in by that name." in added.output
    assert "After that a supervisor can give them the keys" in added.output


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (["suspend", "audrey", "--reason", "away"], "audrey is suspended"),
        (["list"], "audrey           auditor          active"),
    ],
)
def test_what_an_administrator_does_on_the_terminal_is_said(run: Run, codes: Codes, what: list[str], said: str) -> None:
    assert said in run("officers", *what, *codes.of("adam")).output


def test_a_command_asks_who_you_are_and_your_role_decides(run: Run, codes: Codes) -> None:
    with pytest.raises(NotAllowedError):
        run("officers", "suspend", "adam", *codes.of("audrey"))
    with pytest.raises(SignInError):
        run("officers", "list", input="adam\nnot the passphrase\n000000\n")


def test_a_supervisor_signs_keys_on_the_terminal(run: Run, codes: Codes, tmp_path: Path) -> None:
    (tmp_path / "instance" / "force-verifying-key").unlink()
    found = run("keys", "sign", *codes.of("sue"))
    assert found.exit_code == 0
    assert "there is a key for every day until" in found.output
    assert (tmp_path / "instance" / "force-verifying-key").exists()
    listed = run("keys", "list", *codes.of("audrey")).output
    assert "35 days left" in listed
    for words in ("until and including", "  Today  ", "  Ready  "):
        assert words in listed, "the words of the Keys page"
    assert run("keys", "retire").output.startswith("Retired: 0.")


def test_a_supervisor_rotates_a_key_on_the_terminal(run: Run, codes: Codes) -> None:
    found = run("keys", "rotate", "Desk", *codes.of("sue"))
    assert found.exit_code == 0
    assert "Nothing is left under the old key" in found.output
    with pytest.raises(NotFoundError):
        run("keys", "rotate", "Nobody’s", *codes.of("sue"))


def test_the_earlier_reports_are_looked_through_and_it_is_said_when_nothing_is_new(run: Run, codes: Codes) -> None:
    millbrook = Path(__file__).parents[3] / "quietword" / "millbrook"
    run("register", "import", str(millbrook), *codes.of("sue"))
    with pytest.raises(NotAllowedError):
        run("linking", "look-back", *codes.of("adam"))
    found = run("linking", "look-back", "--reports", "5", *codes.of("sue"))
    assert "Looked through 0 of 0 reports for" in found.output
    assert "Earlier reports that may mention them: 0." in found.output
    assert "Nothing is new" in run("linking", "look-back", *codes.of("sue")).output


def test_a_supervisor_learns_on_the_terminal_once_there_is_something_to_learn_from(
    run: Run, codes: Codes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotAllowedError):
        run("linking", "learn", *codes.of("adam"))
    with pytest.raises(TooFewDecisionsError, match="Only 0 suggestions have been decided"):
        run("linking", "learn", *codes.of("sue"))
    day = date(2026, 11, 22)
    made = tuple(
        Outcome(uuid4(), uuid4(), "person", Strength.FAIR, 0.6, number % 2 == 0, number < 15, day)
        for number in range(30)
    )
    monkeypatch.setattr(keeping, "gather", lambda _session, **_by: Learnt(made))
    found = run("linking", "learn", *codes.of("sue"))
    assert "Learnt from 15 suggestions decided unseen and 15 decided on the page." in found.output
    assert "Calibration 1 is in force." in found.output
    assert "Calibration 2 is in force." in run("linking", "learn", *codes.of("sue")).output
