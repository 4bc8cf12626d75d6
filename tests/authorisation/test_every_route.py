"""Every object × role × action: each route there is, each method, everybody, and ids of one's own, of another team, of
another compartment, of nothing and of another kind of thing. What is expected stands in `table.py` and `holders.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.authorisation.filled import FILLED, fields
from tests.authorisation.holders import AT_WORK, HOLDERS, LEADS
from tests.authorisation.objects import SECRET, Ids
from tests.authorisation.table import BEFORE_ENROLLING, PUBLIC, Row, rows
from tests.authorisation.world import World, opened_world
from tests.force import _Founded
from triage.officers.guard import SAFE_METHODS, UNGUARDED

ROWS = rows()
NOTHING = UUID("00000000-0000-4000-8000-000000000000")
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
OK, SEE_OTHER, FORBIDDEN, NOT_FOUND = 200, 303, 403, 404
NO_DESK_KEY = "You do not hold the desk’s key yet"
ROLE_SAYS_NO = "Your role does not include this"
NOTHING_TO_OPEN = "There is nothing here that you can open"
SIGN_OUT = "POST /sign-out"
# Not done in this world by anybody: too few decisions to learn from, and no suggestion is held back.
NEEDS_MORE = {"POST /learning/learn", "POST /reports/<report_id>/links/ask"}
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


@pytest.fixture(scope="module")
def world(founded_on_sqlite: _Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened_world(founded_on_sqlite, Path(tmp_path_factory.mktemp("world")) / "instance") as made:
        yield made


def routes(app: Flask) -> set[str]:
    """Every route with each of its methods, as the table names it."""
    return {
        f"{method} {_named(rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in UNGUARDED
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _named(rule: str) -> str:
    """A route's rule with the names of its variables alone."""
    return VARIABLE.sub(r"<\1>", rule)


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
        if set(names) <= set(ids):
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
        data = {"csrf_token": world.tokens[who], **fields(row.name, ids)}
    return client.client.open(path, method=row.method, data=data, base_url=client.base_url)


def what_came(answer: TestResponse) -> str:
    """One word for an answer: refused by role, nothing to open, sign in, enrol, or reached."""
    to = answer.headers.get("Location", "")
    if answer.status_code == SEE_OTHER and to.startswith("/sign-in"):
        return "sign in"
    if answer.status_code == SEE_OTHER and to == "/account/enrol":
        return "enrol"
    if answer.status_code == FORBIDDEN and ROLE_SAYS_NO in answer.text:
        return "no"
    if answer.status_code == NOT_FOUND and NOTHING_TO_OPEN in answer.text:
        return "nothing"
    if answer.status_code == OK and NO_DESK_KEY in answer.text:
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


def test_the_table_has_every_route_and_no_other(world: World) -> None:
    """A route that nobody has put into the table fails here, and so does a line about a route that is gone."""
    assert routes(world.app) - set(ROWS) - PUBLIC == set()
    assert (set(ROWS) | PUBLIC) - routes(world.app) == set()


def test_every_post_of_the_table_has_what_it_sends(world: World) -> None:
    posts = {name for name, row in ROWS.items() if row.method not in SAFE_METHODS}
    assert posts == set(FILLED)


@pytest.mark.parametrize("who", sorted(AT_WORK))
def test_what_the_table_refuses_is_refused_in_the_same_words_and_changes_nothing(world: World, who: str) -> None:
    """What is not theirs is answered, to the byte, as what is not there; no row changes, and no word of it is said."""
    wrong: list[str] = []
    before = world.contents()
    tried = 0
    for row in ROWS.values():
        answers: dict[str, str] = {}
        for where in places(row, world):
            wanted = expected(row, who, where)
            if wanted not in {"no", "nothing"} or (who == "alma" and not where.name):
                continue
            answer = ask(world, who, row, where.ids)
            tried += 1
            came = what_came(answer)
            if came != wanted:
                wrong.append(f"{who}, {row.name} of {where.name or 'everything'}: {came} and not {wanted}")
            if SECRET in answer.text.casefold():
                wrong.append(f"{who}, {row.name} of {where.name}: a word of it was shown")
            answers[where.name] = answer.text
        if len(set(answers.values())) > 1:
            wrong.append(f"{who}, {row.name}: refused in different words for {', '.join(answers)}")
    after = world.contents()
    world.restore()
    assert wrong == [], told(wrong)
    assert tried > 50
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.parametrize("who", sorted(set(AT_WORK) - {"alma"}))
def test_everybody_reaches_what_the_table_gives_them(world: World, who: str) -> None:
    """The other half: were everything refused, this would fail."""
    wrong: list[str] = []
    for row in ROWS.values():
        for where in places(row, world):
            wanted = expected(row, who, where)
            if wanted in {"no", "nothing"}:
                continue
            came = what_came(ask(world, who, row, where.ids))
            if came != wanted:
                wrong.append(f"{who}, {row.name} of {where.name or 'everything'}: {came} and not {wanted}")
            if row.method not in SAFE_METHODS:
                world.restore()
    assert wrong == [], told(wrong)


def test_whoever_awaits_their_keys_gets_no_word(world: World) -> None:
    """Her role may; without a key every page that she does get is empty of what anybody said."""
    wrong: list[str] = []
    for row in ROWS.values():
        for where in places(row, world):
            answer = ask(world, "alma", row, where.ids)
            if SECRET in answer.text.casefold():
                wrong.append(f"{row.name} of {where.name or 'everything'} shows a word")
            if answer.status_code >= 500:
                wrong.append(f"{row.name} of {where.name or 'everything'} answered {answer.status_code}")
            if row.method not in SAFE_METHODS:
                world.restore()
    assert wrong == [], told(wrong)


@pytest.mark.parametrize("who", ["nobody", "sue", "lee"])
def test_whoever_is_signed_out_suspended_or_gone_is_led_to_the_sign_in_page(world: World, who: str) -> None:
    """With the cookie and the token that were good a moment ago, for what is there and for what is not."""
    wrong: list[str] = []
    before = world.contents()
    for row in ROWS.values():
        for where in places(row, world):
            answer = ask(world, who, row, where.ids)
            kept_words = answer.status_code == FORBIDDEN and "You have been signed out" in answer.text
            if what_came(answer) != "sign in" and not kept_words:
                wrong.append(f"{row.name} of {where.name or 'everything'}: {what_came(answer)}")
            if SECRET in answer.text.casefold():
                wrong.append(f"{row.name} of {where.name}: a word of it was shown")
    assert wrong == [], told(wrong)
    assert world.contents() == before


def test_whoever_has_not_enrolled_is_led_there(world: World) -> None:
    wrong = []
    for row in ROWS.values():
        for where in places(row, world):
            came = what_came(ask(world, "una", row, where.ids))
            if (came == "enrol") == (row.name in BEFORE_ENROLLING):
                wrong.append(f"{row.name} of {where.name or 'everything'}: {came}")
            if row.name in BEFORE_ENROLLING:
                world.restore()
    assert wrong == [], told(wrong)


def test_no_route_answers_a_method_that_is_not_in_the_table(world: World) -> None:
    """Also where a header asks for another method than the request has."""
    wrong = []
    for row in ROWS.values():
        where = next(places(row, world))
        path = VARIABLE.sub(lambda found, ids=where.ids: str(ids[found.group(1)]), row.path)
        client = world.browsers["sam"]
        for method in OTHER_METHODS:
            if f"{method} {row.path}" not in ROWS:
                status = client.client.open(path, method=method, base_url=client.base_url).status_code
                if status not in {405, 501}:
                    wrong.append(f"{method} {path} answered {status}")
    assert wrong == [], told(wrong)


def test_what_is_read_with_head_or_asked_with_options_is_guarded_too(world: World) -> None:
    wrong = []
    for row in ROWS.values():
        if row.method != "GET":
            continue
        where = next(places(row, world))
        path = VARIABLE.sub(lambda found, ids=where.ids: str(ids[found.group(1)]), row.path)
        for method in ("HEAD", "OPTIONS"):
            client = world.browsers["nobody"]
            answer = client.client.open(path, method=method, base_url=client.base_url)
            if what_came(answer) != "sign in":
                wrong.append(f"{method} {path} answered {answer.status_code}")
    assert wrong == [], told(wrong)


@pytest.mark.parametrize("name", sorted(name for name in set(ROWS) & set(FILLED) - NEEDS_MORE if FILLED[name]))
def test_what_is_sent_is_what_the_act_takes(world: World, name: str) -> None:
    """The control of the above: somebody whom the table allows it does it with the same fields."""
    row = ROWS[name]
    for who in sorted(set(AT_WORK) - {"alma"}):
        for where in places(row, world):
            if expected(row, who, where) == "reached":
                status = ask(world, who, row, where.ids).status_code
                world.restore()
                if status in {OK, SEE_OTHER}:
                    return
    pytest.fail(f"nobody did {name}")


def test_a_made_up_id_is_as_good_as_any(world: World) -> None:
    """Ids tell nothing: one made from a known one is nobody's."""
    known = world.objects["desk"]["report_id"]
    assert isinstance(known, UUID)
    row = ROWS["GET /reports/<report_id>"]
    answers = [ask(world, "tom", row, {"report_id": one}) for one in (NOTHING, uuid5(known, "next"))]
    assert len({answer.text for answer in answers}) == 1
