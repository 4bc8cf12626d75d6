"""Asks the program for every route about everything there is, and says in one word what came back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from werkzeug.test import TestResponse

from tests.authorisation.decided import CARRIED_OUT
from tests.authorisation.filled import fields
from tests.authorisation.holders import AT_WORK, HOLDERS, LEADS
from tests.authorisation.objects import Ids
from tests.authorisation.table import Row, rows
from tests.authorisation.world import World
from triage.officers.guard import SAFE_METHODS

ROWS = rows()
NOTHING = UUID("00000000-0000-4000-8000-000000000000")
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
OK, SEE_OTHER, FORBIDDEN, NOT_FOUND = 200, 303, 403, 404
NO_DESK_KEY = "You do not hold the desk’s key yet"
ROLE_SAYS_NO = "Your role does not include this"
NOTHING_TO_OPEN = "There is nothing here that you can open"
SIGN_OUT = "POST /sign-out"


# Nothing of the kind is in this world, so these are tried as refusals alone; what they do is tested where it is made.
NOT_IN_THIS_WORLD = {
    "POST /account/passkeys/<passkey_id>",
    "POST /account/passkeys/<passkey_id>/remove",
    "POST /account/sessions/<digest>/end",
}


# Done, with a line in the log or another session and no other row: why there is none.
LINE_ALONE = {
    "POST /account/sign-out-elsewhere": "sessions alone",
    "POST /audit/export": "a file for its auditor, and the line that they took it",
    "POST /audit/samples": "what is drawn follows from the seed in its line",
    "POST /audit/samples/<seed>": "what was found stands in a line",
    "POST /keys/grants.csv": "a file for who asks, and the line that they took it",
    "POST /reports/<report_id>/files/<file_id>": "a ticket for one opening, and its line",
    "POST /search/<search_id>/export": "a file for who asks, and the line that they took it",
    "POST /sign-out": "sessions alone",
}
# Nobody here can do it, so nothing may come of it; each is done in tests of its own.
NOTHING_TO_DO = {
    "POST /account/authenticator": "takes a code of the secret that only its page shows",
    "POST /account/enrol": "whoever is at work has enrolled",
    "POST /account/news/seen": "nothing happened to anybody’s sign-in",
    "POST /account/passkeys/add": "an authenticator answers",
    "POST /compartments/<compartment_id>/go-on": "no move was cut off half-way",
    "POST /go-on": "leads back to a page and does nothing",
    "POST /intake/refused": "no drop was refused",
    "POST /learning/learn": "too few decisions to learn from",
    "POST /reports/<report_id>/links/ask": "no suggestion is held back",
}


@dataclass(frozen=True)
class Where:
    """What the ids of a request name, and who holds the key to it."""

    name: str
    ids: Ids
    holders: frozenset[str]


def places(row: Row, world: World) -> Iterator[Where]:
    """What a route can be asked about: each place where something of its kind stands, and what is nowhere."""
    names = VARIABLE.findall(row.path)
    if not names:
        yield Where("", {}, frozenset(AT_WORK))
        return
    for place, ids in world.objects.items():
        if set(names) <= set(ids) and is_of_the_kind(row, place):
            yield Where(place, ids, holders(row, place))
    desk, apart = world.objects["desk"], world.objects["apart"]
    for inner in set(names[1:]) & set(desk) & set(apart) - {"number"}:  # one's own outside, another's or nothing inside
        both = HOLDERS["desk"] & HOLDERS["apart"] if inner == "other_id" else set()  # two reports compared
        yield Where(f"desk with {inner} apart", {**desk, inner: apart[inner]}, frozenset(both))
        yield Where(f"apart with {inner} of the desk", {**apart, inner: desk[inner]}, frozenset(both))
        yield Where(f"desk with no {inner}", {**desk, inner: NOTHING}, frozenset())
    yield Where("nothing", {**{name: uuid5(NOTHING, name) for name in names}, "number": 1}, frozenset())
    kinds = ["tie_id", "box_id"] if "tie_id" not in names else ["draft_id", "file_id"]
    yield Where("another kind", {**{n: desk[k] for n, k in zip(names, kinds, strict=False)}, "number": 1}, frozenset())


def is_of_the_kind(row: Row, place: str) -> bool:
    """An operation is carried out where its own kind is; at the pages of other kinds it is none of theirs."""
    if "<operation_id>" not in row.path or row.path.startswith("/operations/"):
        return True
    return any(row.path.startswith(path) and place in kinds for path, kinds in CARRIED_OUT.items())


def holders(row: Row, place: str) -> frozenset[str]:
    """Who holds the key to what stands in a place, as far as this route looks for it there."""
    if row.path.startswith("/quarantine/"):
        return frozenset(LEADS if place == "quarantine" else ())
    if place == "quarantine" and row.name == "POST /reports/<report_id>/files/<file_id>":
        return frozenset(LEADS)
    return frozenset(HOLDERS[place])


def ask(world: World, who: str, row: Row, ids: Ids) -> TestResponse:
    path = VARIABLE.sub(lambda found: str(ids[found.group(1)]), row.path)
    client = world.browsers[who]
    data = None
    if row.method not in SAFE_METHODS:
        data = {"csrf_token": world.tokens[who], **fields(world, who, row.name, ids)}
    return client.client.open(path, method=row.method, data=data, base_url=client.base_url)


def what_came(answer: TestResponse) -> str:
    """One word for an answer: refused by role, nothing to open, sign in, enrol, or reached."""
    to = answer.headers.get("Location", "")
    text = answer.get_data().decode("utf-8", "replace")  # an export is no text
    if answer.status_code == SEE_OTHER and to.startswith("/sign-in"):
        return "sign in"
    if answer.status_code == SEE_OTHER and to == "/account/enrol":
        return "enrol"
    if answer.status_code == FORBIDDEN and ROLE_SAYS_NO in text:
        return "no"
    if answer.status_code == NOT_FOUND and NOTHING_TO_OPEN in text:
        return "nothing"
    if answer.status_code == OK and NO_DESK_KEY in text:
        return "nothing"
    if answer.status_code in {FORBIDDEN, NOT_FOUND, 400, 405, 500}:
        return f"{answer.status_code}"
    return "reached"  # also where what was typed cannot be done as things are (409, 422)


def expected(row: Row, who: str, where: Where) -> str:
    cell = row.cell(AT_WORK[who])
    if row.name == SIGN_OUT:
        return "sign in"
    if cell == "no":
        return "no"
    if cell == "any" or who in where.holders or (cell == "yes" and where.holders):
        return "reached"
    return "nothing"


def told(wrong: list[str]) -> str:
    """The first of what went wrong, a line each."""
    return "\n".join(["", *wrong[:40], f"and {len(wrong)} in all"])


def is_done(answer: TestResponse) -> bool:
    """Whether a post was taken: a form that comes back with errors is answered 200 as well."""
    return answer.status_code in {OK, SEE_OTHER} and b"govuk-error-summary" not in answer.get_data()


def doer(world: World, name: str) -> tuple[str, Ids] | None:
    """Somebody who does this, and to what: the first whose post is taken and changes a row. None where nobody does."""
    if name not in world.doers:
        row = ROWS[name]
        tries = ((who, where) for who in sorted(set(AT_WORK) - {"alma"}) for where in places(row, world))
        done = ((who, where.ids) for who, where in tries if _does(world, row, who, where))
        world.doers[name] = next(done, None)
    return world.doers[name]


def _does(world: World, row: Row, who: str, where: Where) -> bool:
    if expected(row, who, where) not in {"reached", "sign in"}:
        return False
    of_log = row.name in LINE_ALONE
    before = world.contents(of_log=of_log)
    taken = is_done(ask(world, who, row, where.ids))
    changed = world.contents(of_log=of_log) != before
    world.restore()
    return taken and changed
