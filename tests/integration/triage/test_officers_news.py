"""An officer is told what happened to their own sign-in: who tried their name, and what was changed of it."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.audit_lines import audit_lines
from tests.authenticator import ORIGIN, Authenticator
from tests.force import Force, client_for, passphrase_of, sign_in_with
from tests.pages import PageClient, text_of
from tests.sign_in_page import WRONG, at_the_door, cookie_of, tries
from triage.keys.system import sign_in_digest
from triage.officers.models import NewsRow, OfficerRow
from triage.officers.news import KEPT, NOBODY, TRIES_KEPT
from triage.officers.people import leave
from triage.officers.recovery import begin_anew

NEW = "five lanterns out at sea"


def told(client: PageClient) -> str:
    """What the page says above everything else of its reader's own sign-in."""
    return " ".join(text_of(one) for one in client.root.iter() if one.get("aria-labelledby") == "own-news")


def kept(force: Force) -> dict[str, int]:
    """How much is kept, by whose it is."""
    digests = {sign_in_digest(force.settings, name): name for name in ("tom", "tess")}
    with force.database.look() as session:
        people = session.scalars(select(OfficerRow).where(OfficerRow.sign_in_digest.in_(digests))).all()
        names = {row.id: digests[row.sign_in_digest] for row in people} | {NOBODY: "nobody"}
        rows = session.execute(select(NewsRow.officer_id, func.count()).group_by(NewsRow.officer_id)).all()
    return {names.get(whose, "somebody else"): count for whose, count in rows}


def change_passphrase(force: Force, tom: PageClient) -> None:
    tom.page("/account")
    force.clock.forward(seconds=30)
    tom.submit(current=passphrase_of("tom"), code=force.code("tom"), new=NEW, again=NEW, button="Change passphrase")
    tom.sees("Your passphrase is changed")


def sign_in_anew(force: Force, passphrase: str) -> PageClient:
    client = at_the_door(force)
    force.clock.forward(seconds=30)
    client.submit(sign_in_name="tom", passphrase=passphrase, code=force.code("tom"), button="Sign in")
    return client


def test_tries_of_a_stranger_are_told_on_the_next_page_until_they_are_known(force_on_both: Force) -> None:
    force = force_on_both
    tom, stranger = client_for(force, "tom"), at_the_door(force)
    tom.page("/account")
    assert told(tom) == ""
    for _ in range(3):
        tries(force, stranger, "tom", WRONG)
    tom.page("/account")
    assert "3 tries to sign in with your name were refused, the last on 22 Nov 2026 at 09:05 (UTC)." in told(tom)
    assert "Was that not you?" in told(tom)
    tom.page("/reports")
    assert "Was that not you?" in told(tom)
    tom.submit(button="I know of this")
    assert tom.path == "/reports"
    assert told(tom) == ""
    tom.page("/account")
    tom.sees("A try to sign in with your name was refused, in a browser that was not known for your name")


def test_what_came_after_the_page_was_shown_is_not_seen_with_it(force: Force) -> None:
    tom, stranger = client_for(force, "tom"), at_the_door(force)
    tries(force, stranger, "tom", WRONG)
    tom.page("/account")
    assert "A try to sign in with your name was refused on 22 Nov 2026" in told(tom)
    tries(force, stranger, "tom", WRONG)
    tom.submit(button="I know of this")
    assert "Was that not you?" in told(tom)


def test_two_slips_of_ones_own_are_no_news_and_a_third_is(force: Force) -> None:
    tom = client_for(force, "tom")
    for count in (2, 1):
        tom.page("/account")
        assert told(tom) == ""
        for _ in range(count):
            tries(force, tom, "tom", WRONG)
    tom.page("/account")
    assert "3 tries to sign in with your name were refused" in told(tom)
    tom.sees("in a browser you had signed in from before")


def test_nobody_is_told_of_tries_with_another_name(force: Force) -> None:
    tess, stranger = client_for(force, "tess"), at_the_door(force)
    tries(force, stranger, "tom", WRONG)
    tries(force, stranger, "a name nobody has", WRONG)
    tess.page("/account")
    assert told(tess) == ""
    assert kept(force) == {"tom": 1, "nobody": 1}


def test_a_changed_passphrase_is_told_at_the_next_sign_in_and_not_where_it_was_changed(force: Force) -> None:
    """Whoever took over a session cannot wave away what they changed in it."""
    thief = client_for(force, "tom")
    change_passphrase(force, thief)
    assert told(thief) == ""
    with force.database.look() as session:
        [news_id] = session.scalars(select(NewsRow.id)).all()
    thief.post(
        "/account/news/seen", {"csrf_token": thief.value("csrf_token"), "seen": str(news_id), "after": "/account"}
    )
    owner = sign_in_anew(force, NEW)
    owner.page("/account")
    assert "Your passphrase was changed, on 22 Nov 2026 at 09:06 (UTC)." in told(owner)
    assert "Was that not you?" in told(owner)


def test_a_passkey_added_and_removed_is_told(force: Force) -> None:
    force.settings = replace(force.settings, origin=ORIGIN)
    tom = client_for(force, "tom")
    options = tom.client.get("/account/passkeys/options", base_url=tom.base_url).get_json()
    tom.page("/account/passkeys/add")
    tom.submit(name="Blue key", answer=json.dumps(Authenticator().adds(options)))
    tom.sees("Blue key")
    assert told(tom) == ""
    elsewhere = PageClient(force.shared_app())
    sign_in_with(force, elsewhere, "tom")
    elsewhere.page("/account")
    assert "A passkey was added, on 22 Nov 2026" in told(elsewhere)
    tom.page("/account/passkeys")
    tom.page(next(str(one.get("href")) for one in tom.root.findall(".//a") if str(one.get("href")).endswith("/remove")))
    tom.submit(button="Remove this passkey")
    elsewhere.page("/account")
    assert "A passkey was removed, on 22 Nov 2026" in told(elsewhere)


def test_first_secrets_given_anew_are_told_once_the_account_is_ones_own(force: Force) -> None:
    """What was sealed to the box of before is gone with it; what came since is told, also across the enrolment."""
    ada, tom_id = force.officer("ada"), force.officer("tom").id
    tries(force, at_the_door(force), "tom", WRONG)
    with force.database.begin() as session:
        made = begin_anew(session, force.settings, tom_id, passphrase=NEW, sign_in_name="tom", by=ada)
    force.totp = {**force.totp, "tom": made.totp_secret}
    tries(force, at_the_door(force), "tom", WRONG)
    tom = sign_in_anew(force, NEW)
    tom.page("/account")
    assert tom.heading() == "Make this account your own"
    assert told(tom) == ""
    force.totp = {**force.totp, "tom": tom.value("secret")}
    own = "nine lanterns in a cellar"
    tom.submit(code=force.code("tom"), new=own, again=own, button="Use these from now on")
    assert (
        "An administrator gave you first secrets anew; your keys and passkeys of before were destroyed, on 22 Nov"
        in told(tom)
    )
    assert "A try to sign in with your name was refused on 22 Nov 2026" in told(tom)


def test_strangers_who_go_on_trying_fill_no_disk_and_push_no_change_out(force: Force) -> None:
    change_passphrase(force, client_for(force, "tom"))
    stranger = at_the_door(force)
    for _ in range(TRIES_KEPT + 5):
        force.clock.forward(minutes=16)
        tries(force, stranger, "tom", WRONG)
        tries(force, stranger, "a name nobody has", WRONG)
    assert kept(force) == {"tom": TRIES_KEPT + 1, "nobody": TRIES_KEPT}
    force.clock.forward(minutes=16)
    tom = sign_in_anew(force, NEW)
    tom.page("/account")
    said = f"{TRIES_KEPT} or more tries to sign in with your name were refused, the last on 22 Nov 2026 at 15:46 (UTC)."
    assert said in told(tom)
    assert "Your passphrase was changed, on 22 Nov 2026" in told(tom)


def test_what_happened_long_ago_goes_at_a_sign_in_and_nothing_stays_of_who_left(force: Force) -> None:
    ada, tess_id = force.officer("ada"), force.officer("tess").id
    for name in ("tom", "tess"):
        tries(force, at_the_door(force), name, WRONG)
    with force.database.begin() as session:
        leave(session, tess_id, by=ada)
    assert kept(force) == {"tom": 1}
    force.clock.forward(days=KEPT.days + 1)
    client_for(force, "sam")
    assert kept(force) == {}


def test_nothing_of_it_can_be_read_but_by_its_officer(force: Force) -> None:
    """Sealed to one box: the same bytes in another's row are told to nobody."""
    tess_id = force.officer("tess").id
    tries(force, at_the_door(force), "tom", WRONG)
    with force.database.begin() as session:
        row = session.scalars(select(NewsRow)).one()
        assert b"refused" not in row.sealed
        row.officer_id = tess_id
    tess = client_for(force, "tess")
    tess.page("/account")
    assert told(tess) == ""


def test_saying_that_one_knows_leaves_a_line_and_touches_nobody_elses(force: Force) -> None:
    tries(force, at_the_door(force), "tess", WRONG)
    with force.database.look() as session:
        [of_tess] = session.scalars(select(NewsRow.id)).all()
    tom = client_for(force, "tom")
    tom.page("/account")
    fields = {"csrf_token": tom.value("csrf_token"), "seen": str(of_tess), "after": "//elsewhere.example"}
    tom.post("/account/news/seen", fields)
    assert tom.path != "//elsewhere.example"
    lines = [one for one in audit_lines(force, force.officer("tom").id) if str(one["act"]).startswith("told of")]
    assert [one["count"] for one in lines] == [0]
    tess = client_for(force, "tess")
    tess.page("/account")
    assert "Was that not you?" in told(tess)


@pytest.mark.parametrize("seen", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_whatever_is_said_to_be_seen_is_answered_with_a_page(force: Force, seen: str) -> None:
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.post("/account/news/seen", {"csrf_token": tom.value("csrf_token"), "seen": seen, "after": "/account"})
    assert tom.heading() == "Your account"
    assert cookie_of(tom)
