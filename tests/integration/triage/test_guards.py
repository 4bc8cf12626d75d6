"""Every route of triage, for every role and for nobody: made from the routes there are, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests.force import Force, client_for
from tests.pages import PageClient
from triage.officers.guard import GUARD, PUBLIC, SAFE_METHODS, UNGUARDED, guard_of
from triage.officers.rules import PERMISSIONS, Permission, Role
from triage.officers.service import add_officer
from triage.tables import CASE

NOBODY = UUID(int=0)
EVERYTHING = Role.SUPERVISOR
ONE_OF = {
    Role.SUPERVISOR: "sam",
    Role.ADMINISTRATOR: "ada",
    Role.AUDITOR: "iris",
    Role.TRIAGE_OFFICER: "tom",
    Role.NEIGHBOURHOOD: "nell",
}
REACHED = "the view was reached"


@dataclass(frozen=True)
class Door:
    """One way in: an address, how it is asked for, and what guards it."""

    path: str
    method: str
    endpoint: str
    guard: Permission | str | None


def doors(app: Flask) -> Iterator[Door]:
    """Every route with every method, with ids that nothing has."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in UNGUARDED:
            continue
        path = adapter.build(rule.endpoint, _values(rule), method=None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Door(path, method, rule.endpoint, guard_of(app, rule.endpoint))


def _values(rule: Rule) -> dict[str, object]:
    """A value of its kind for each variable of a route."""
    found: dict[str, object] = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        found[name] = {"UUIDConverter": NOBODY, "IntegerConverter": 1}.get(kind, "something")
    return found


def with_views_stubbed(app: Flask) -> Flask:
    """The same program whose views only say that they were reached: what is tested is the guard, not the view."""
    for endpoint, view in app.view_functions.items():

        def stub(**_values: object) -> str:
            return REACHED

        if endpoint not in UNGUARDED:
            setattr(stub, GUARD, getattr(view, GUARD, None))
            app.view_functions[endpoint] = stub
    return app


def ask(client: PageClient, door: Door, token: str | None = None, **headers: str) -> tuple[int, str]:
    data = {} if token is None else {"csrf_token": token}
    answer = client.client.open(
        door.path,
        method=door.method,
        data=data if door.method not in SAFE_METHODS else None,
        base_url=client.base_url,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    return answer.status_code, answer.text


def token_of(client: PageClient) -> str:
    client.page("/account")
    return client.value("csrf_token")


def test_every_route_states_its_guard(force: Force) -> None:
    unguarded = {door.endpoint for door in doors(force.shared_app()) if door.guard is None}
    assert unguarded == set()


def test_only_signing_in_and_the_health_check_are_public(force: Force) -> None:
    public = {door.endpoint for door in doors(force.shared_app()) if door.guard == PUBLIC}
    signing_in = {"officers.sign_in", "passkeys.sign_in", "passkeys.sign_in_options"}
    assert public == signing_in | {"officers.health"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_exactly_what_the_table_gives_it(force: Force, role: Role) -> None:
    app = force.shared_app()
    client = client_for(force, ONE_OF[role])
    token = token_of(client)
    wrong = []
    for door in doors(with_views_stubbed(app)):
        status, text = ask(client, door, token)
        allowed = door.guard == PUBLIC or (isinstance(door.guard, Permission) and door.guard in PERMISSIONS[role])
        if (status, text) != (200, REACHED) and allowed:
            wrong.append(f"{role} should reach {door.method} {door.path}, and got {status}")
        if not allowed and (status != 403 or REACHED in text):
            wrong.append(f"{role} should not reach {door.method} {door.path}, and got {status}")
    assert wrong == []


def test_somebody_signed_out_reaches_nothing_but_the_sign_in_page(force: Force) -> None:
    client = PageClient(with_views_stubbed(force.shared_app()))
    wrong = []
    for door in doors(client.client.application):
        status, text = ask(client, door, "0" * 48)
        if (REACHED in text) != (door.guard == PUBLIC) or (door.guard != PUBLIC and status != 303):
            wrong.append(f"{door.method} {door.path} answered {status}")
    assert wrong == []


def test_somebody_new_reaches_nothing_but_the_page_that_makes_the_account_their_own(force: Force) -> None:
    first = "four lanterns on a bridge"
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name="Una",
            sign_in_name="una",
            role=EVERYTHING,
            passphrase=first,
            by=force.officer("sam"),
        )
    force.totp["una"] = made.totp_secret
    force.clock.forward(seconds=30)
    una = PageClient(force.shared_app())
    una.page("/sign-in")
    una.submit(sign_in_name="una", passphrase=first, code=force.code("una"))
    token = una.value("csrf_token")
    wrong = []
    for door in doors(with_views_stubbed(force.shared_app())):
        status, text = ask(una, door, token)
        open_to_them = door.guard == PUBLIC or door.endpoint in {"officers.enrol_oneself", "officers.sign_out"}
        if (REACHED in text) != open_to_them or (not open_to_them and status != 303):
            wrong.append(f"{door.method} {door.path} answered {status}")
    assert wrong == []


def test_a_route_without_a_guard_answers_nobody(force: Force) -> None:
    app = force.app()
    app.add_url_rule("/forgotten", "forgotten", lambda: REACHED)
    client = PageClient(app)
    assert ask(client, Door("/forgotten", "GET", "forgotten", None))[0] == 303
    force._app = app
    sam = client_for(force, "sam")
    status, text = ask(sam, Door("/forgotten", "GET", "forgotten", None))
    assert status == 403
    assert REACHED not in text


@pytest.mark.parametrize("token", [None, "", "0" * 48, "é" * 24])
def test_no_post_is_taken_without_the_token_of_the_session(force: Force, token: str | None) -> None:
    clients = {role: client_for(force, name) for role, name in ONE_OF.items()}
    before = counts(force)
    refused = 0
    wrong = []
    for door in doors(force.shared_app()):
        if door.method in SAFE_METHODS or not isinstance(door.guard, Permission):
            continue
        role = next(role for role in Role if door.guard in PERMISSIONS[role])
        status, _ = ask(clients[role], door, token)
        refused += 1
        if status != 400:
            wrong.append(f"{door.method} {door.path} answered {status}")
    assert wrong == []
    # What somebody signed in was refused leaves a line, and nothing else.
    assert counts(force) == before | {"audit_leaves": before["audit_leaves"] + refused}


@pytest.mark.parametrize(
    "headers",
    [{"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_no_post_is_taken_from_another_site(force: Force, headers: dict[str, str]) -> None:
    clients = {role: client_for(force, name) for role, name in ONE_OF.items()}
    tokens = {role: token_of(client) for role, client in clients.items()}
    before, refused = counts(force), 0
    wrong = []
    for door in doors(force.shared_app()):
        if door.method in SAFE_METHODS:
            continue
        role = next((role for role in Role if door.guard in PERMISSIONS[role]), EVERYTHING)
        status, _ = ask(clients[role], door, tokens[role], **headers)
        refused += 1
        if status != 400:
            wrong.append(f"{door.method} {door.path} answered {status}")
    assert wrong == []
    # Each leaves a line of whose session came with it, and nothing else.
    assert counts(force) == before | {"audit_leaves": before["audit_leaves"] + refused}


def counts(force: Force) -> dict[str, int]:
    """How many rows each table of the case database has."""
    with force.database.look() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in CASE.sorted_tables
        }


def test_an_administrator_may_read_nothing_that_a_report_is_made_of() -> None:
    reading = {
        Permission.READ_REPORTS,
        Permission.READ_REFERRALS,
        Permission.READ_REGISTER,
        Permission.READ_AUDIT,
        Permission.GRANT_KEYS,
        Permission.SIGN_INTAKE_KEYS,
    }
    assert reading & PERMISSIONS[Role.ADMINISTRATOR] == set()


def test_nobody_both_manages_people_and_grants_keys() -> None:
    both = {Permission.MANAGE_PEOPLE, Permission.GRANT_KEYS}
    assert [role for role in Role if both <= PERMISSIONS[role]] == []


def test_an_auditor_changes_nothing() -> None:
    assert PERMISSIONS[Role.AUDITOR] == {
        Permission.READ_AUDIT,
        Permission.READ_PEOPLE,
        Permission.READ_KEYS,
        Permission.READ_OPERATIONS,
        Permission.READ_CONFLICTS,
        Permission.READ_DISPOSALS,
        Permission.USE_ACCOUNT,
    }
