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
        with force.database.begin() as session:
            made = add_officer(
                session,
                force.settings,
                name="Rosa Thorne",
                sign_in_name=NAME,
                role=Role.SUPERVISOR,
                passphrase=PASSPHRASE,
                by=force.officer("sam"),
                typed_by_themselves=True,
            )
        force.totp[NAME] = made.totp_secret
        force.clock.forward(seconds=30)
        with force.database.begin() as session:
            force._officers[NAME], _ = sign_in(
                session, force.settings, sign_in_name=NAME, passphrase=PASSPHRASE, code=force.code(NAME)
            )
    return force.officer(NAME)


def supervisor_in_name_alone(force: Force, name: str) -> Officer:
    """Whom the administrator added, and to whom no supervisor has given a key."""
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name=name.capitalize(),
            sign_in_name=name,
            role=Role.SUPERVISOR,
            passphrase=PASSPHRASE,
            by=force.officer("ada"),
            typed_by_themselves=True,
        )
    force.totp[name] = made.totp_secret
    force.clock.forward(seconds=30)
    with force.database.begin() as session:
        officer, _ = sign_in(session, force.settings, sign_in_name=name, passphrase=PASSPHRASE, code=force.code(name))
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
