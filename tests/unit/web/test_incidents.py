"""A log line says what happened and where in the code, and not one word of what anybody sent."""

import logging
import re
import sys
from enum import StrEnum

import pytest

from web.incidents import QuietFormatter, log_event, log_incident

WORDS = "canary-words-of-a-reporter"


class Code(StrEnum):
    FULL = "disk-full"


def line_of(record: logging.LogRecord) -> str:
    return QuietFormatter().format(record)


def a_record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("somebody.elses", logging.ERROR, "/srv/app/package/module.py", 7, message, args, info)


def a_failure() -> BaseException:
    try:
        try:
            int(WORDS)
        except ValueError as error:
            raise RuntimeError(f"could not store {WORDS}") from error
    except RuntimeError as error:
        return error


def test_no_message_argument_or_value_is_written() -> None:
    line = line_of(a_record(f"{WORDS} %s", WORDS, error=a_failure()))

    assert WORDS not in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
    assert "test_incidents.py" in line
    assert "a_failure" in line


def test_a_line_says_the_day_and_no_hour() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d ERROR somebody\.elses app/package/module\.py:7", line_of(a_record("x")))


def test_the_failing_line_of_code_is_not_quoted() -> None:
    assert "int(WORDS)" not in line_of(a_record("x", error=a_failure()))


def test_somebody_elses_message_becomes_its_place() -> None:
    assert line_of(a_record(WORDS)).endswith("ERROR somebody.elses app/package/module.py:7")


def test_an_event_carries_numbers_and_codes(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="quietword"):
        log_event("drops_collected", count=12, why=Code.FULL)

    assert line_of(caplog.records[0]).endswith("INFO drops_collected count=12 why=disk-full")


@pytest.mark.parametrize("value", ["text", b"bytes", 1.5, None, ["x"]])
def test_an_event_refuses_anything_that_could_be_somebodys_words(value: object) -> None:
    with pytest.raises(TypeError):
        log_event("drops_collected", count=value)  # type: ignore[arg-type]


def test_an_event_refuses_a_made_up_name() -> None:
    with pytest.raises(ValueError, match="fixed name"):
        log_event(f"could not read {WORDS}")


def test_an_incident_has_a_random_number(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="quietword"):
        one, other = log_incident(a_failure()), log_incident(a_failure())

    assert one != other
    assert f"incident {one}" in line_of(caplog.records[0])
    assert WORDS not in line_of(caplog.records[0])


def test_a_handler_that_fails_stays_silent(capsys: pytest.CaptureFixture[str]) -> None:
    from web.incidents import QuietHandler

    handler = QuietHandler()
    try:
        raise ValueError(WORDS)
    except ValueError:
        handler.handleError(a_record(WORDS, error=sys.exc_info()[1]))

    assert WORDS not in capsys.readouterr().err
