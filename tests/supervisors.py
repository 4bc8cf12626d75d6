"""A second supervisor for tests: what takes two people takes two of them."""

from tests.force import SEE_OTHER, Force
from tests.pages import PageClient
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.service import add_officer
from triage.officers.signing_in import sign_in

NAME = "rosa"
PASSPHRASE = "nine kettles under the stairs"


def second_supervisor(force: Force) -> Officer:
    """Rosa Thorne, whom the first supervisor added; a fresh key ring each time."""
    if NAME not in force._officers:
        force._officers[NAME] = _signed_in(force, NAME, "Rosa Thorne", by="sam")
    return force.officer(NAME)


def supervisor_in_name_alone(force: Force, name: str) -> Officer:
    """Whom the administrator added, and to whom no supervisor has given a key."""
    return _signed_in(force, name, name.capitalize(), by="ada")


def _signed_in(force: Force, sign_in_name: str, name: str, *, by: str) -> Officer:
    """A supervisor whom somebody added, and who typed their own passphrase."""
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name=name,
            sign_in_name=sign_in_name,
            role=Role.SUPERVISOR,
            passphrase=PASSPHRASE,
            by=force.officer(by),
            typed_by_themselves=True,
        )
    force.totp[sign_in_name] = made.totp_secret
    force.clock.forward(seconds=30)
    code = force.code(sign_in_name)
    with force.database.begin() as session:
        officer, _ = sign_in(session, force.settings, sign_in_name=sign_in_name, passphrase=PASSPHRASE, code=code)
    return officer


def client_of_second_supervisor(force: Force) -> PageClient:
    """Rosa at her browser."""
    second_supervisor(force)
    client = PageClient(force.shared_app())
    force.clock.forward(seconds=30)
    response = client.client.post(
        "/sign-in",
        data={"sign_in_name": NAME, "passphrase": PASSPHRASE, "code": force.code(NAME)},
        base_url=client.base_url,
    )
    assert response.status_code == SEE_OTHER, response.text
    return client
