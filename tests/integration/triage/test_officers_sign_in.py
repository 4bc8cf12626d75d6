"""Signing in: what lets somebody in, what never does, and what is left behind."""

import threading

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, WRONG, at_the_door, sessions, tries
from triage.audit.models import AuditLeafRow
from triage.keys.system import SYSTEM_ID


def test_name_passphrase_and_code_let_an_officer_in(force: Force) -> None:
    client = at_the_door(force)
    force.clock.forward(seconds=30)
    client.submit(sign_in_name=" Tom ", passphrase=passphrase_of("tom"), code=force.code("tom"))
    client.page("/account")
    client.sees("Tom Arkwright")


def test_somebody_comes_to_the_page_they_wanted(force: Force) -> None:
    client = PageClient(force.shared_app())
    client.page("/keys?said=signed")
    assert client.heading() == "Sign in"
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="sam", passphrase=passphrase_of("sam"), code=force.code("sam"), button="Sign in")
    assert client.path == "/keys?said=signed"


@pytest.mark.parametrize(
    "after",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/nowhere", "/sign-out", "x"],
)
def test_signing_in_never_leads_elsewhere(force: Force, after: str) -> None:
    client = PageClient(force.shared_app())
    force.clock.forward(seconds=30)
    response = client.client.post(
        "/sign-in",
        data={"sign_in_name": "tom", "passphrase": passphrase_of("tom"), "code": force.code("tom"), "after": after},
        base_url=client.base_url,
    )
    assert (response.status_code, response.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [
        ("tom", WRONG, None),
        ("tom", "right", "000000"),
        ("nobody", "right", None),
        ("", "", ""),
        ("tom", "right", "é" * 6),
        ("\x00", "\ud800", "\u202e"),
        ("t" * 5000, "p" * 100_000, "1" * 5000),
    ],
)
def test_whatever_does_not_fit_is_answered_alike(force: Force, name: str, passphrase: str, code: str | None) -> None:
    client = at_the_door(force)
    force.clock.forward(seconds=30)
    given = passphrase_of("tom") if passphrase == "right" else passphrase
    client.post(
        "/sign-in",
        {
            "sign_in_name": name,
            "passphrase": given.encode("utf-8", "surrogatepass"),
            "code": force.code("tom") if code is None else code,
        },
    )
    assert client.heading() == "Sign in"
    if name in {"tom", "nobody"}:
        assert client.errors() == REFUSED
    else:
        assert client.errors() != []
    assert sessions(force) == 0
    client.does_not_see(given or "never")


def test_a_code_works_once(force: Force) -> None:
    client = client_for(force, "tom")
    again = at_the_door(force)
    again.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"))
    assert again.errors() == REFUSED
    client.page("/account")


def test_two_browsers_with_one_code_are_not_both_let_in(force_on_both: Force) -> None:
    force = force_on_both
    force.clock.forward(seconds=30)
    code, answers = force.code("tom"), []
    app = force.shared_app()

    def come() -> None:
        response = app.test_client().post(
            "/sign-in", data={"sign_in_name": "tom", "passphrase": passphrase_of("tom"), "code": code}
        )
        answers.append(response.status_code)

    threads = [threading.Thread(target=come) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 303]


def test_a_refused_sign_in_leaves_a_line_that_never_says_what_was_typed(force: Force) -> None:
    client = at_the_door(force)
    tries(force, client, "tom", "a secret that was typed")
    tries(force, client, "a secret typed as a name", WRONG)
    tom_id, lines = force.officer("tom").id, audit_lines(force)
    refused = [line for line in audit_lines(force, SYSTEM_ID) if line["act"] == "sign-in refused"]
    assert [line.get("subject", "") for line in refused] == [str(tom_id), ""]
    assert "secret" not in "".join(map(repr, lines))
    assert all(len(str(line["at"])) == 10 for line in refused)


def test_nothing_typed_at_the_door_lies_in_the_database(force: Force) -> None:
    client = at_the_door(force)
    tries(force, client, "peculiarname", "peculiar passphrase 7391")
    with force.database.look() as session:
        leaves = session.scalars(select(AuditLeafRow)).all()
    assert leaves
    files = [path.read_bytes() for path in force.settings.instance.iterdir() if path.is_file()]
    assert not any(b"peculiar" in data for data in files)
