"""A reason is asked for at the first opening of a case in a session, and never more often than helps."""

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.audit.models import ReasonRow


def at_the_desk(force: Force, name: str) -> PageClient:
    client = client_for(force, name)
    client.says_why = None
    return client


def reasons(force: Force, name: str) -> list[object]:
    return [line["reason"] for line in audit_lines(force, force.officer(name).id) if line["act"] == Act.REASON_GIVEN]


@pytest.fixture
def path(force: Force) -> str:
    return f"/reports/{report_at_desk(force)}"


def test_whoever_opens_a_new_report_first_is_not_asked(force: Force) -> None:
    path = f"/reports/{report_at_desk(force)}"
    tom = at_the_desk(force, "tom")
    for page in (path, f"{path}/items", path):
        tom.page(page)
        assert tom.path == page
    assert reasons(force, "tom") == []


def test_whoever_comes_back_to_it_is_asked_once_and_sees_nothing_before(force: Force, path: str) -> None:
    at_the_desk(force, "tom").page(path)
    tess = at_the_desk(force, "tess")
    tess.page(f"{path}/items")
    assert tess.heading() == "Why do you open this report?"
    tess.submit(reason="to review work, as a supervisor", button="Open the report")
    assert tess.path == f"{path}/items"
    tess.page(path)
    assert tess.path == path
    assert reasons(force, "tess") == ["to review work, as a supervisor"]


def test_a_new_session_is_asked_again_and_another_case_too(force: Force, path: str) -> None:
    tom = at_the_desk(force, "tom")
    tom.page(path)
    again = at_the_desk(force, "tom")
    again.page(path)
    assert again.heading() == "Why do you open this report?"


def test_danger_is_one_tap(force: Force, path: str) -> None:
    at_the_desk(force, "tom").page(path)
    tess = at_the_desk(force, "tess")
    tess.page(path)
    tess.submit(button="Somebody may be in danger: open it now")
    assert tess.path == path
    assert reasons(force, "tess") == ["somebody may be in danger"]


@pytest.mark.parametrize(
    ("reason", "words", "error"),
    [
        (None, "", "Choose why you open it"),
        ("something else", "", "Say in a few words why you open it"),
        ("something else", "he drives AB12 CDE", "Leave out numbers, addresses and quotations"),
        ("something else", "it says “he has a gun”", "Leave out numbers, addresses and quotations"),
        ("something else", "x" * 121, "Use 120 characters or fewer"),
    ],
)
def test_a_reason_that_says_nothing_or_too_much_is_asked_for_again(
    force: Force, path: str, reason: str | None, words: str, error: str
) -> None:
    at_the_desk(force, "tom").page(path)
    tess = at_the_desk(force, "tess")
    tess.page(path)
    tess.submit(reason=reason, words=words, button="Open the report")
    assert any(error in one for one in tess.errors())
    assert reasons(force, "tess") == []


def test_whoever_may_not_see_it_is_refused_and_not_asked(force: Force, path: str) -> None:
    at_the_desk(force, "tom").page(path)
    at_the_desk(force, "iris").page(path, status=403)
    at_the_desk(force, "nell").page(f"{path}/why", status=403)


@pytest.mark.parametrize("after", ["//example.org", "https://example.org/reports/", "/sign-out", "javascript:1"])
def test_nobody_is_sent_elsewhere_afterwards(force: Force, path: str, after: str) -> None:
    at_the_desk(force, "tom").page(path)
    tess = at_the_desk(force, "tess")
    tess.page(f"{path}/why?after={after}")
    tess.submit(reason="to review work, as a supervisor", button="Open the report")
    assert tess.path == path


def test_what_is_kept_tells_neither_who_nor_what(force: Force, path: str) -> None:
    """The rows are digests under each session's own token, and go two days later."""
    tom = at_the_desk(force, "tom")
    tom.page(path)
    with force.database.look() as session:
        [row] = session.query(ReasonRow).all()
        assert len(row.digest) == 32
    force.clock.forward(days=3)
    at_the_desk(force, "tess").page(path)
    tess = at_the_desk(force, "tess")
    tess.says_why = "to review work, as a supervisor"
    tess.page(path)
    with force.database.look() as session:
        assert [one.given_on for one in session.query(ReasonRow)] == [force.today]
