"""What takes two people, at every stage of it: proposed, approved, and one erasure that is carried out."""

from datetime import timedelta
from uuid import UUID

from quietword.demo.desk import Desk
from quietword.demo.receiver import make_receiver
from quietword.demo.walls import NAME
from triage.compartments.conflicts import conflicts
from triage.database import CaseSession, Database
from triage.disposal.deciding import erase_early, propose_erasure, propose_period
from triage.disposal.service import destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.exporting.service import propose_export
from triage.intake.retention import Group
from triage.keys.compartments import compartments
from triage.officers.officer import Officer
from triage.operations.rules import Operation
from triage.operations.service import approve, propose

NOT_OURS, ELSEWHERE = "family-health", "wrong-town"
WHY_NOT_OURS = "The health of a family that is accused of nothing. Nothing in it is ours to keep."
WHY_ELSEWHERE = "Another force’s area. They were told by telephone, and nothing is left to do here."
WHY_KEPT_SHORTER = "The tenants’ association asked that what leads nowhere goes sooner."
WHY_EXPORTED = "For the regional unit’s review of shops in the north. Sealed to their analyst."
WHY_RELEASED = "Ruth takes over from Sarah while she is on leave."
WHY_LIFTED = "His cousin left the firm in spring, as the register of companies shows."
DAYS_EXPORTED, DAYS_KEPT = 14, 60


def leave_to_two_people(database: Database, desk: Desk, reports: dict[str, UUID]) -> None:
    """Sarah proposes and Ruth approves some of it; the certificate comes with the collector's first round, which
    retires the intake key of the erased report's day.
    """
    sarah, ruth = (desk.officer(name).with_new_ring() for name in ("sarah", "ruth"))
    with database.begin() as session:
        erasure = propose_erasure(session, reports[NOT_OURS], reason=WHY_NOT_OURS, by=sarah)
        period = propose_period(session, Group.UNACTIONABLE, DAYS_KEPT, reason=WHY_KEPT_SHORTER, by=sarah)
        lift = propose(session, Operation.CONFLICT_LIFT, subject=_conflict(session, sarah), reason=WHY_LIFTED, by=sarah)
        _wait_for_the_second(session, desk, reports, sarah=sarah, ruth=ruth)
    with database.begin() as session:
        for approved in (erasure, period, lift):
            approve(session, approved, by=ruth)
    with database.begin() as session:
        erase_early(session, erasure, by=sarah)
    with database.begin() as session:
        destroy_agreed(session, DestroyedIds(desk.settings.backups_path), by=sarah)


def _wait_for_the_second(
    session: CaseSession, desk: Desk, reports: dict[str, UUID], *, sarah: Officer, ruth: Officer
) -> None:
    propose_erasure(session, reports[ELSEWHERE], reason=WHY_ELSEWHERE, by=sarah)
    since = session.today - timedelta(days=DAYS_EXPORTED)
    receiver = make_receiver(desk.settings.instance)
    propose_export(session, receiver, since, session.today, reason=WHY_EXPORTED, by=sarah)
    place = next(one.id for one in compartments(session, by=sarah) if one.name == NAME)
    to_ruth = {"officer": str(ruth.id)}
    propose(session, Operation.BOX_RELEASE, subject=place, parameters=to_ruth, reason=WHY_RELEASED, by=sarah)


def _conflict(session: CaseSession, officer: Officer) -> UUID:
    return conflicts(session, by=officer)[0].id
