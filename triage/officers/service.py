"""Add people and teams, and say who everybody is."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config import TriageSettings
from envelope.identity import Identity
from envelope.signing import SigningKey
from envelope.vault import seal_to_passphrase
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.holding import hold_boxes
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow, GrantRow, Purpose
from triage.keys.records import open_row, seal_row
from triage.keys.service import BoxName, box_named, create_box, grant, hold_to_make, seal_grant
from triage.keys.system import sign_in_digest
from triage.keys.vouching import UnvouchedBoxError, owner_of, vouch
from triage.officers.errors import NameMissingError, OfficerExistsError
from triage.officers.models import OfficerRow, TeamRow
from triage.officers.officer import SIGNING_LABEL, OfficerName, Team
from triage.officers.passphrases import check_passphrase, kdf_cost
from triage.officers.rules import OfficerState, Role
from triage.officers.second_factor import new_totp_secret, seal_totp, totp_uri

NAME_MOST = 100

# The boxes of the force that each role needs. A team's box comes with the team.
BOXES_OF_ROLE: dict[Role, tuple[BoxName, ...]] = {
    Role.TRIAGE_OFFICER: (BoxName.DIRECTORY, BoxName.DESK),
    Role.SUPERVISOR: (BoxName.DIRECTORY, BoxName.DESK, BoxName.SUPERVISORS),
    Role.NEIGHBOURHOOD: (BoxName.DIRECTORY,),
    Role.AUDITOR: (BoxName.DIRECTORY, BoxName.AUDIT),
    Role.ADMINISTRATOR: (BoxName.DIRECTORY,),
}


class TeamNameTakenError(TriageError):
    """There is a team of this name."""

    def __init__(self) -> None:
        super().__init__("There is a team of this name already. Choose another name.")


@dataclass(frozen=True)
class Enrolment:
    """What a new officer needs once: the second factor's secret, to be put into an authenticator."""

    officer_id: UUID
    state: OfficerState
    totp_secret: str = field(repr=False)

    def totp_uri(self, sign_in_name: str) -> str:
        return totp_uri(self.totp_secret, sign_in_name)


def add_officer(
    session: CaseSession,
    settings: TriageSettings,
    *,
    name: str,
    sign_in_name: str,
    role: Role,
    passphrase: str,
    by: KeyHolder,
    typed_by_themselves: bool = False,
) -> Enrolment:
    """Add a person. They get each box of their role that `by` holds; a supervisor grants the rest later.

    Unless they typed the passphrase themselves and nobody else saw their second factor, they choose both anew at
    their first sign-in, and nobody can give them a key before.

    Raises:
        NameMissingError, OfficerExistsError, PassphraseError.
    """
    name, sign_in_name = _named(name, "name"), _named(sign_in_name, "sign-in name")
    check_passphrase(passphrase, sign_in_name)
    identity = Identity.generate()
    # Before the first statement, because it takes most of a second and would hold the database's lock meanwhile.
    locked_seed = seal_to_passphrase(identity.seed, passphrase, kdf_cost(settings))
    digest = sign_in_digest(settings, sign_in_name)
    if session.scalars(select(OfficerRow.id).where(OfficerRow.sign_in_digest == digest)).first() is not None:
        raise OfficerExistsError
    box, _ = create_box(session, Purpose.OFFICER, identity=identity)
    officer_id, totp_secret = uuid4(), new_totp_secret()
    row = OfficerRow(
        id=officer_id,
        sign_in_digest=digest,
        role=role,
        state=OfficerState.AWAITING_KEYS,
        box_id=box.id,
        verifying_key=SigningKey.of_seed(identity.seed, SIGNING_LABEL).verifying_key.public_key,
        locked_seed=locked_seed,
        sealed_totp=seal_totp(identity.seed, totp_secret, officer_id.bytes),
        last_totp_step=0,
        joined_on=session.today,
        enrolled_on=session.today if typed_by_themselves else None,
    )
    vouch(session, box, officer_id, SigningKey.of_seed(identity.seed, SIGNING_LABEL))
    directory = box_named(session, BoxName.DIRECTORY)
    seal_row(session, row, {"name": name, "sign_in_name": sign_in_name}, by=by, guards=[directory.id])
    try:
        session.flush()
    except IntegrityError:  # somebody else was added by that name at the same moment: the database lets one have it
        raise OfficerExistsError from None
    hold_boxes(session, [box_named(session, box_name).id for box_name in BOXES_OF_ROLE[role]])
    for box_name in BOXES_OF_ROLE[role]:
        wanted = box_named(session, box_name)
        if by.keys.holds(session, wanted.id):
            seal_grant(session, wanted.id, by.keys.identity(session, wanted.id), box, granted_by=by.id)
    row.state = state_by_keys(session, row)
    record(session, Act.OFFICER_ADDED, officer_id, by=by, binds=Binding(officer_id, row.verifying_key, row.role))
    return Enrolment(officer_id, OfficerState(row.state), totp_secret)


def _named(name: str, what: str) -> str:
    found = " ".join(name.split())
    if not 0 < len(found) <= NAME_MOST:
        raise NameMissingError(what)
    return found


def missing_boxes(session: CaseSession, row: OfficerRow) -> tuple[BoxName, ...]:
    """The boxes of a person's role that nobody has granted them yet."""
    held = set(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)))
    return tuple(name for name in BOXES_OF_ROLE[Role(row.role)] if box_named(session, name).id not in held)


def state_by_keys(session: CaseSession, row: OfficerRow) -> OfficerState:
    """Active once every box of the role has been granted."""
    return OfficerState.AWAITING_KEYS if missing_boxes(session, row) else OfficerState.ACTIVE


def add_team(session: CaseSession, *, name: str, area: str, by: KeyHolder) -> Team:
    """A team and its box, whose seed goes to the supervisors, who grant it to the team's members.

    Raises:
        NameMissingError.
        TeamNameTakenError: two teams of one name, as a form that was sent twice would make them.
    """
    name, area = _named(name, "team name"), area.strip()
    if name.casefold() in {one.name.casefold() for one in teams(session, by=by)}:
        raise TeamNameTakenError
    hold_to_make(session, [box_named(session, BoxName.SUPERVISORS).id])
    box, identity = create_box(session, Purpose.TEAM)
    supervisors = box_named(session, BoxName.SUPERVISORS)
    seal_grant(session, box.id, identity, supervisors, granted_by=by.id)
    by.keys.forget_ways()
    row = TeamRow(id=uuid4(), box_id=box.id, state="active")
    directory = box_named(session, BoxName.DIRECTORY)
    seal_row(session, row, {"name": name, "area": area}, by=by, guards=[directory.id])
    record(session, Act.TEAM_ADDED, row.id, by=by)
    return Team(row.id, box.id, name, area, row.state)


def grant_team(session: CaseSession, team_id: UUID, officer_id: UUID, *, by: KeyHolder) -> None:
    """Make a person a member of a team: its key is granted to them.

    Raises:
        NotFoundError, NoKeyError.
    """
    team = session.get(TeamRow, team_id)
    if team is None:
        raise NotFoundError("team")
    grant(session, team.box_id, officer_box(session, officer_id).id, by=by)


def teams(session: CaseSession, *, by: KeyHolder) -> tuple[Team, ...]:
    """Every team, by name."""
    found = []
    for row in session.scalars(select(TeamRow)):
        body = open_row(session, row, by=by)
        found.append(Team(row.id, row.box_id, body["name"], body["area"], row.state))
    return tuple(sorted(found, key=lambda team: (team.name, team.id)))


def members_of(session: CaseSession, team: Team, *, by: KeyHolder) -> tuple[OfficerName, ...]:
    """Everybody who holds a team's key themselves, by name."""
    boxes = select(GrantRow.to_box_id).where(GrantRow.box_id == team.box_id)
    ids = set(session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(boxes))))
    found = [name for one, name in officer_names(session, by=by).items() if one in ids]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def officer_names(session: CaseSession, *, by: KeyHolder) -> dict[UUID, OfficerName]:
    """Everybody's name by id, for pages that say who did what."""
    found = {}
    for row in session.scalars(select(OfficerRow)):
        name = open_row(session, row, by=by)["name"]
        found[row.id] = OfficerName(row.id, name, Role(row.role), row.state)
    return found


def officer_box(session: CaseSession, officer_id: UUID) -> BoxRow:
    """The box of a person, to grant to.

    Raises:
        NotFoundError: there is no such person.
        UnvouchedBoxError: it is not the one that they signed with the key that the log names as theirs.
    """
    row = session.get(OfficerRow, officer_id)
    box = session.get(BoxRow, row.box_id) if row is not None else None
    if box is None:
        raise NotFoundError("officer")
    if owner_of(session, box) not in {None, officer_id}:
        raise UnvouchedBoxError
    return box
