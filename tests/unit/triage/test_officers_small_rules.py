"""Passphrases, known browsers, kept words, and the list of people: what needs no database."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.force import settings_for
from triage.officers.devices import NAMES_KEPT, known_device, remember_device
from triage.officers.errors import PassphraseError
from triage.officers.kept_words import words_kept
from triage.officers.listing import PER_PAGE, Listing, page_of
from triage.officers.passphrases import PASSPHRASE_LEAST, check_passphrase, suggest_passphrase
from triage.officers.people import Person
from triage.officers.rules import OfficerState, Role


@pytest.mark.parametrize(
    "passphrase", ["", "x" * 13, "aaaaaaaaaaaaaaaa", "ababababababababab", "my name is Tom Arkwright", "x" * 1001]
)
def test_a_passphrase_that_is_easy_to_guess_is_refused(passphrase: str) -> None:
    with pytest.raises(PassphraseError):
        check_passphrase(passphrase, "tom")


@pytest.mark.parametrize(
    "passphrase", ["correct horse battery", "пароль из слов леса", "四字熟語を並べた長い合言葉です"]
)
def test_a_long_passphrase_in_any_script_is_taken(passphrase: str) -> None:
    check_passphrase(passphrase, "tom")


@pytest.mark.parametrize(
    ("passphrase", "name"), [("banjo kept by nine herons", "jo"), ("a newt under a bridge", "new")]
)
def test_a_short_name_that_stands_in_a_word_by_chance_is_no_name(passphrase: str, name: str) -> None:
    check_passphrase(passphrase, name)


@pytest.mark.parametrize(
    ("passphrase", "name"),
    [
        ("herons jo2026 and otters", "jo"),
        ("herons JO, and otters", "jo"),
        ("myarkwrightherons", "Arkwright"),
        ("seven tom  ark herons", "tom  ark"),
    ],
)
def test_a_name_is_refused_as_a_word_and_a_longer_one_anywhere(passphrase: str, name: str) -> None:
    with pytest.raises(PassphraseError, match="does not hold your sign-in name"):
        check_passphrase(passphrase.replace("  ", " "), name)


@pytest.mark.parametrize("name", ["", "tom", "a", "new", "ness", "table", "un"])
def test_a_suggested_passphrase_is_taken_whoever_it_is_for_and_never_the_same(name: str) -> None:
    suggested = {suggest_passphrase(name) for _ in range(20)}
    assert len(suggested) == 20
    for one in suggested:
        check_passphrase(one, name)
        assert len(one) >= PASSPHRASE_LEAST


def test_a_suggestion_that_holds_the_name_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["table", "of", "nine", "herons", "by", "weir", "seven", "otters", "swim", "under", "one", "bridge"])
    monkeypatch.setattr("triage.officers.passphrases.secrets.choice", lambda _words: next(drawn))
    assert suggest_passphrase("table") == "seven otters swim under one bridge"


def settings(folder: Path):  # type: ignore[no-untyped-def]  # what settings_for gives
    from sqlalchemy.engine import URL

    return settings_for(folder, *(URL.create("sqlite", database="x") for _ in range(3)))


def test_a_browser_is_known_for_the_names_that_signed_in_from_it(tmp_path: Path) -> None:
    conf = settings(tmp_path)
    cookie = remember_device(conf, "tess", remember_device(conf, "Tom ", ""))
    assert known_device(conf, "tom", cookie) is not None
    assert known_device(conf, "TESS", cookie) is not None
    assert known_device(conf, "sam", cookie) is None
    assert known_device(conf, "tom", cookie) != known_device(conf, "tess", cookie)


def test_a_cookie_of_another_force_knows_nobody_here(tmp_path: Path) -> None:
    cookie = remember_device(settings(tmp_path / "a"), "tom", "")
    assert known_device(settings(tmp_path / "b"), "tom", cookie) is None


def test_a_browser_that_many_use_keeps_the_latest_names_and_stays_small(tmp_path: Path) -> None:
    conf, cookie = settings(tmp_path), ""
    for number in range(20):
        cookie = remember_device(conf, f"officer {number}", cookie)
    known = [number for number in range(20) if known_device(conf, f"officer {number}", cookie)]
    assert known == list(range(20 - NAMES_KEPT, 20))
    assert len(cookie) < 1_000


@given(cookie=st.text(max_size=300))
def test_whatever_a_cookie_holds_is_read_without_harm(tmp_path_factory: pytest.TempPathFactory, cookie: str) -> None:
    assert known_device(settings(tmp_path_factory.getbasetemp() / "device"), "tom", cookie) is None


def posted(**fields: object) -> dict[str, str]:
    return dict(words_kept(Request(EnvironBuilder(method="POST", data=fields).get_environ())))  # type: ignore[arg-type]


def test_words_are_kept_and_secrets_ids_and_buttons_are_not() -> None:
    kept = posted(
        what_happened="They meet behind the shop",
        csrf_token="0" * 48,
        passphrase="a secret that was typed",
        code="123456",
        report_id=str(uuid4()),
        save="yes",
    )
    assert kept == {"What happened": "They meet behind the shop"}


def somebody(name: str, role: Role = Role.TRIAGE_OFFICER, state: OfficerState = OfficerState.ACTIVE) -> Person:
    return Person(uuid4(), name, name, role, state, date(2026, 11, 22), date(2026, 11, 22), None, (), (), None)


def listed(people: list[Person], **asked: str) -> list[str]:
    wanted = Listing.of(**{"state": "", "role": "", "sort": "", "page": "", **asked})
    return [person.name for person in page_of(people, wanted).people]


def test_those_who_left_are_listed_only_when_asked_for() -> None:
    people = [somebody("Ann"), somebody("Bea", state=OfficerState.LEFT)]
    assert listed(people) == ["Ann"]
    assert listed(people, state="left") == ["Bea"]


def test_people_sort_by_what_was_asked_and_then_by_name() -> None:
    people = [somebody("cy", Role.AUDITOR), somebody("Bea"), somebody("ann")]
    assert listed(people) == ["ann", "Bea", "cy"]
    assert listed(people, sort="-name") == ["cy", "Bea", "ann"]
    assert listed(people, sort="role") == ["cy", "ann", "Bea"]


def test_a_long_list_has_pages_and_a_page_past_the_end_is_the_last() -> None:
    people = [somebody(f"officer {number:03}") for number in range(PER_PAGE + 5)]
    assert len(listed(people, page="2")) == 5
    assert listed(people, page="9999999999") == listed(people)
    assert listed(people, page="999") == listed(people, page="2")
    assert UUID(int=0) not in {person.id for person in people}
