"""Every object × role × action: each route there is, each method, everybody, and ids of one's own, of another team, of
another compartment, of nothing and of another kind of thing. What is expected stands in `table.py` and `holders.py`.
"""

from uuid import UUID, uuid5

import pytest
from flask import Flask

from tests.authorisation.asking import (
    FORBIDDEN,
    NOT_IN_THIS_WORLD,
    NOTHING,
    NOTHING_TO_DO,
    ROWS,
    VARIABLE,
    ask,
    doer,
    expected,
    places,
    told,
    what_came,
)
from tests.authorisation.filled import FILLED
from tests.authorisation.holders import AT_WORK
from tests.authorisation.objects import SECRET
from tests.authorisation.table import BEFORE_ENROLLING, PUBLIC
from tests.authorisation.world import World
from triage.officers.guard import SAFE_METHODS, UNGUARDED

OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


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


@pytest.mark.parametrize("name", sorted(FILLED))
def test_what_is_sent_is_what_the_act_takes(world: World, name: str) -> None:
    """The control of the above: somebody whom the table allows it does it with the same fields, and a row changes."""
    assert (doer(world, name) is None) == (name in NOTHING_TO_DO or name in NOT_IN_THIS_WORLD)


def test_a_made_up_id_is_as_good_as_any(world: World) -> None:
    """Ids tell nothing: one made from a known one is nobody's."""
    known = world.objects["desk"]["report_id"]
    assert isinstance(known, UUID)
    row = ROWS["GET /reports/<report_id>"]
    answers = [ask(world, "tom", row, {"report_id": one}) for one in (NOTHING, uuid5(known, "next"))]
    assert len({answer.text for answer in answers}) == 1
