"""What stands beside the objects of the desk: operations that two agreed on, what auditors chose, people in each state,
and a drop that waits. Each is there so that some act really can be done.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pyotp

from envelope.identity import Identity
from tests.desk_work import agreed, collected, report_at_desk
from tests.force import Force
from tests.supervisors import second_supervisor
from triage.audit.reading import Wanted
from triage.compartments.conflicts import declare_conflict
from triage.disposal.deciding import propose_erasure, propose_period
from triage.exporting.service import propose_export
from triage.intake.reports import read_by_a_person
from triage.intake.retention import Group
from triage.keys.compartments import make_compartment
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.own_address import record_own_address
from triage.officers.rules import OfficerState
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import approve, propose
from triage.oversight.honey import choose_honey, honey_records
from triage.oversight.sampling import draw
from triage.register.entries import Person
from triage.register.places import Address
from triage.register.service import add_entry

Ids = Mapping[str, UUID | int]
RECEIVER = Identity(b"r" * 32)
LIVES_AT = "12 Alder Street, MB1 4QQ"
# Which operations are carried out at which pages.
CARRIED_OUT = {
    "/disposal/erasures/": {"proposed", "erasure approved"},
    "/disposal/periods/": {"period approved"},
    "/export/": {"export approved"},
    "/compartments/release/": {"release approved"},
    "/conflicts/lift/": {"lift approved"},
}


def decided(force: Force, about: str) -> dict[str, Ids]:
    """Operations that Sam proposed and another supervisor approved, one of each kind; and the rest, by place.

    `about` is what the conflict in this world is about: somebody comes to the register there afterwards.
    """
    sam, tom, iris, rosa = *(force.officer(name) for name in ("sam", "tom", "iris")), second_supervisor(force)
    read, going, watched = (
        report_at_desk(force, "Read yesterday."),
        report_at_desk(force, "Nothing came of this."),
        report_at_desk(force, "Made up."),
    )
    conflict = declare_conflict(force.database, rosa.id, "3 Weir Lane", reason="Lives there", by=sam).conflict_id
    to_refer = agreed(force, report_at_desk(force, "Seen once more, near the arch."))
    with force.database.begin() as session:
        read_by_a_person(session, read, by=tom)
        today = session.today
        number, street = about.split(" ", 1)
        add_entry(session, Person("N-8", "Later", addresses=(Address(number=number, street=street),)), by=tom)
        record_own_address(session, force.officer("owen").id, LIVES_AT, by=sam)
        boxes = [officer_box(session, one.id).id for one in (sam, rosa)]
        wall, to = make_compartment(session, "The other wall", boxes, by=sam).id, {"officer": str(tom.id)}
        operations = {
            "erasure approved": propose_erasure(session, going, reason="a court", by=sam),
            "period approved": propose_period(session, Group.OTHER, 400, reason="a new code", by=sam),
            "export approved": propose_export(
                session, RECEIVER.recipient(), today - timedelta(days=1), today, reason="to the region", by=sam
            ),
            "release approved": propose(
                session, Operation.BOX_RELEASE, subject=wall, parameters=to, reason="he leads", by=sam
            ),
            "lift approved": propose(session, Operation.CONFLICT_LIFT, subject=conflict, reason="no kin", by=sam),
        }
    with force.database.begin() as session:
        for operation_id in operations.values():
            approve(session, operation_id, by=rosa)
    honey_id, seed = _chosen(force, watched, iris)
    force.send("Someone is hurt there now.", danger=True)
    collected(force)  # and nobody has opened it
    return {
        **{place: {"operation_id": one} for place, one in operations.items()},
        "desk, read before": {"report_id": read},
        "desk, agreed": {"draft_id": to_refer},
        "watched": {"honey_id": honey_id},
        "drawn": {"seed": seed},
    }


def _chosen(force: Force, watched: UUID, iris: Officer) -> tuple[UUID, UUID]:
    with force.database.begin() as session:
        choose_honey(session, watched, by=iris)
    with force.database.begin() as session:
        [honey] = honey_records(session, by=iris)
        return honey.id, draw(session, Wanted(), by=iris)


def unconfirmed(force: Force, officer_id: UUID) -> UUID:
    """Somebody as a backup that was brought back leaves them."""
    with force.database.begin() as session:
        session.get_one(OfficerRow, officer_id).state = OfficerState.UNCONFIRMED
    return officer_id


def next_code(force: Force, who: str) -> str:
    """A code that is good now and has not been used: that of the next half minute."""
    return pyotp.TOTP(force.totp[who]).at(force.clock.now + timedelta(seconds=30))
