"""One's own account: a new passphrase, and an end to other sessions."""

import pytest
from sqlalchemy import select

from tests.force import Force, client_for, passphrase_of
from tests.sign_in_page import REFUSED, WRONG
from triage.officers.models import SessionRow


def test_a_new_passphrase_counts_and_ends_every_other_session(force: Force) -> None:
    tom, elsewhere = client_for(force, "tom"), client_for(force, "tom")
    tom.page("/account")
    tom.sees("Another browser")
    force.clock.forward(seconds=30)
    new = "five lanterns out at sea"
    tom.submit(current=passphrase_of("tom"), code=force.code("tom"), new=new, again=new, button="Change passphrase")
    tom.sees("Your passphrase is changed")
    tom.does_not_see("Another browser")
    elsewhere.page("/account")
    assert elsewhere.heading() == "Sign in"
    force.clock.forward(seconds=30)
    elsewhere.submit(sign_in_name="tom", passphrase=passphrase_of("tom"), code=force.code("tom"), button="Sign in")
    assert elsewhere.errors() == REFUSED
    elsewhere.submit(sign_in_name="tom", passphrase=new, code=force.code("tom"), button="Sign in")
    elsewhere.page("/account")
    elsewhere.sees("Tom Arkwright")


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        (WRONG, "five lanterns out at sea", None, REFUSED[0]),
        (None, "short", None, "Use a passphrase of 14 characters or more, such as four random words."),
        (None, "five lanterns out at sea", "six lanterns", "Enter the same new passphrase twice"),
        (None, None, None, "Use a passphrase that is not the one you have now."),
        (None, "tom tom tom tom tom", None, "Use a passphrase that does not hold your sign-in name."),
        (None, "abababababababab", None, "Use a passphrase of more than a few different characters, such as"),
    ],
)
def test_a_passphrase_is_changed_only_to_a_good_one_by_who_knows_the_old(
    force: Force, current: str | None, new: str | None, again: str | None, said: str
) -> None:
    tom = client_for(force, "tom")
    tom.page("/account")
    force.clock.forward(seconds=30)
    wanted = new or passphrase_of("tom")
    tom.submit(
        current=current or passphrase_of("tom"),
        code=force.code("tom"),
        new=wanted,
        again=again or wanted,
        button="Change passphrase",
    )
    assert tom.errors()[0].startswith(said)
    tom.does_not_see(wanted)


def test_somebody_ends_their_other_sessions(force: Force) -> None:
    tom, elsewhere = client_for(force, "tom"), client_for(force, "tom")
    tom.page("/account")
    tom.submit(button="Sign out everywhere else")
    tom.sees("Your other sessions are ended.")
    elsewhere.page("/account")
    assert elsewhere.heading() == "Sign in"


def test_the_health_check_says_only_that_it_is_well(force: Force) -> None:
    response = force.shared_app().test_client().get("/health")
    assert (response.status_code, response.text) == (200, "well\n")


def test_somebody_ends_one_of_their_sessions_and_no_one_elses(force: Force) -> None:
    tom, second, third = (client_for(force, "tom") for _ in range(3))
    tess = client_for(force, "tess")
    tess.page("/account")
    with force.database.look() as session:
        of_tess = session.scalars(select(SessionRow.digest).where(SessionRow.officer_id == force.officer("tess").id))
        path = f"/account/sessions/{of_tess.one().hex()}/end"
    tom.page("/account")
    tom.post(path, {"csrf_token": tom.value("csrf_token")}, status=404)
    tess.page("/account")
    assert tess.heading() == "Your account"
    tom.page("/account")
    [form, *_] = [one for one in tom.root.findall(".//form") if "/account/sessions/" in str(one.get("action"))]
    tom.post(str(form.get("action")), {"csrf_token": tom.value("csrf_token")})
    tom.sees("That session is ended.")
    headings = []
    for other in (second, third):
        other.page("/account")
        headings.append(other.heading())
    assert sorted(headings) == ["Sign in", "Your account"]
