"""The address that `make run` prints for officers is one at which everything works, passkeys included."""

import pytest

from config import TriageSettings
from quietword.demo.command import address_for_officers


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:5001", "http://localhost:5001"),
        ("[::1]:5001", "http://localhost:5001"),
        ("localhost:7001", "http://localhost:7001"),
        ("127.0.0.2:5001", "http://127.0.0.2:5001"),  # which is no localhost
    ],
)
def test_the_demonstration_is_opened_where_passkeys_work(bind: str, address: str) -> None:
    assert address_for_officers(TriageSettings.from_environ({"QUIETWORD_TRIAGE_BIND": bind})) == address


def test_an_address_that_somebody_set_is_the_one_that_is_printed() -> None:
    environ = {"QUIETWORD_TRIAGE_ORIGIN": "https://triage.example.org"}
    assert address_for_officers(TriageSettings.from_environ(environ)) == "https://triage.example.org"
