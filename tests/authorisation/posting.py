"""Somebody who does what a post is for, and what they send."""

from flask.testing import FlaskClient

from tests.authorisation.asking import ROWS, doer, expected, places
from tests.authorisation.filled import FILLED, fields
from tests.authorisation.holders import AT_WORK
from tests.authorisation.objects import Ids
from tests.authorisation.world import World

WHO = sorted(set(AT_WORK) - {"alma"})


def reached(world: World, name: str) -> tuple[str, Ids] | None:
    """Somebody who does this, and what to; where nobody does, the first who may."""
    if name in FILLED and (found := doer(world, name)) is not None:
        return found
    row = ROWS[name]
    for one in WHO:
        for where in places(row, world):
            at_home = where.name != "quarantine" or row.path.startswith("/quarantine/")
            if expected(row, one, where) in {"reached", "sign in"} and at_home:
                return one, where.ids
    return None


def address_of(path: str, ids: Ids) -> str:
    for name, value in ids.items():
        path = path.replace(f"<{name}>", str(value))
    return path


def post(world: World, name: str, who: str, ids: Ids, data: object, **more: object) -> int:
    client: FlaskClient = world.browsers[who].client
    answer = client.post(
        address_of(ROWS[name].path, ids),
        data=data,
        base_url=world.browsers[who].base_url,
        **more,  # type: ignore[arg-type]
    )
    return answer.status_code


def filled_in(world: World, name: str, who: str, ids: Ids) -> dict[str, object]:
    """What a post of somebody's sends, made anew each time: a file is read once."""
    sent = {"csrf_token": world.tokens[who], **fields(world, who, name, ids)}
    world.restore()  # some of it stands in a page that was looked at for it
    return sent
