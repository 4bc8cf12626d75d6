"""Somebody at the sign-in page, as several tests know them."""

from sqlalchemy import func, select

from tests.force import Force
from tests.pages import PageClient
from triage.officers.models import SessionRow

REFUSED = ["The name, the passphrase or the code is not right. Check all three and try again."]
SLOW = "There have been too many wrong tries with this name."
WRONG = "not the passphrase at all"


def at_the_door(force: Force) -> PageClient:
    """A browser nobody has signed in from before."""
    client = PageClient(force.shared_app())
    client.page("/sign-in")
    return client


def tries(force: Force, client: PageClient, name: str, passphrase: str, code: str | None = None) -> None:
    status = {200, 429, 503}
    response = client.client.post(
        "/sign-in",
        data={"sign_in_name": name, "passphrase": passphrase, "code": code or "000000"},
        base_url=client.base_url,
    )
    assert response.status_code in status
    client._seen(response, "/sign-in", response.status_code)


def sessions(force: Force) -> int:
    with force.database.look() as session:
        return session.scalar(select(func.count()).select_from(SessionRow)) or 0


def cookie_of(client: PageClient, name: str = "quietword") -> str:
    cookie = client.client.get_cookie(name, domain="localhost")
    return "" if cookie is None else cookie.value
