"""Set up a force: its boxes, its first people, and the key its public form pins."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select

from config import TriageSettings
from envelope.identity import Identity
from envelope.signing import SigningKey, VerifyingKey
from triage.audit.actor import AuditKey
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import TriageError
from triage.keys.intake_keys import force_verifying_key
from triage.keys.keyring import KeyRing
from triage.keys.models import BoxRow, Purpose
from triage.keys.recovery import USUAL_SPLIT, Split, make_recovery_box
from triage.keys.service import BoxName, create_box, seal_grant
from triage.keys.system import system_actor, system_secret
from triage.officers.rules import Role
from triage.officers.service import Enrolment, add_officer


class AlreadyFoundedError(TriageError):
    """A second founding would make reports that the first force's officers cannot open."""

    def __init__(self) -> None:
        super().__init__("A force has been set up here already. To begin again, name an empty folder.")


class MissingRoleError(TriageError):
    """Without these three, a key would have nobody to hold it."""

    def __init__(self) -> None:
        super().__init__("Name at least one supervisor, one administrator and one auditor to begin with.")


# The safeguarding box is made when a safeguarding lead is named (triage/officers/safeguarding.py), and the recovery box
# before all of these, so that each is granted to it.
FOUNDED_WITH = tuple(name for name in BoxName if name not in {BoxName.SAFEGUARDING, BoxName.RECOVERY})


@dataclass(frozen=True)
class NewOfficer:
    """A person to add."""

    name: str
    sign_in_name: str
    role: Role
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Founding:
    """What founding gives back: each person's second factor, in the order they were named, the key to pin, and the
    shares of the recovery key, which are kept nowhere."""

    enrolments: tuple[Enrolment, ...]
    verifying_key: VerifyingKey
    shares: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Founder:
    """The system while it still holds every seed it has just made; gone at the end of the unit of work."""

    id: UUID
    keys: KeyRing = field(repr=False)
    signing_key: SigningKey = field(repr=False)
    audit_key: AuditKey = field(repr=False)
    is_system: bool = True


def is_founded(session: CaseSession) -> bool:
    """Whether there is a force in these databases."""
    return session.scalars(select(BoxRow.id).where(BoxRow.name == BoxName.DESK)).first() is not None


def found_force(
    session: CaseSession, settings: TriageSettings, people: Sequence[NewOfficer], *, split: Split = USUAL_SPLIT
) -> Founding:
    """Make the force's boxes and first people; every seed is granted before the unit of work ends.

    Raises:
        AlreadyFoundedError, MissingRoleError, OfficerExistsError, PassphraseError.
        WrongSharesError: one person alone could make the recovery key whole, or nobody could.
    """
    if is_founded(session):
        raise AlreadyFoundedError
    if not {Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR} <= {person.role for person in people}:
        raise MissingRoleError
    system_secret(settings)  # this host's own, which signs every box that is made
    ring = KeyRing(uuid4(), Identity.generate())
    shares = make_recovery_box(session, split)
    boxes: dict[BoxName, BoxRow] = {}
    for name in FOUNDED_WITH:
        purpose = Purpose.SIGNING if name is BoxName.SIGNING else Purpose.COMPARTMENT
        boxes[name], identity = create_box(session, purpose, name=name)
        ring.take_up(boxes[name].id, identity)
    system = system_actor(session, settings)
    founder = Founder(system.id, ring, system.signing_key, system.audit_key)
    signing = boxes[BoxName.SIGNING]
    seal_grant(
        session,
        signing.id,
        ring.identity(session, signing.id),
        boxes[BoxName.SUPERVISORS],
        granted_by=founder.id,
    )
    enrolments = tuple(
        add_officer(
            session,
            settings,
            name=person.name,
            sign_in_name=person.sign_in_name,
            role=person.role,
            passphrase=person.passphrase,
            by=founder,
            typed_by_themselves=True,
        )
        for person in people
    )
    record(session, Act.FOUNDED, None, by=founder)
    return Founding(enrolments, force_verifying_key(session, by=founder), shares)
