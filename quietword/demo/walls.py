"""The demo's walls: one compartment for a group that few may know of, and one declared conflict."""

from quietword.demo.desk import Desk
from triage.compartments.choosing import make_for
from triage.compartments.conflicts import declare_conflict
from triage.compartments.moving import go_on_moving, start_move
from triage.keys.compartments import compartment_of
from triage.register.unlocked import unlock_all

SENSITIVE, NAME = "OCG-MB-12", "Operation Heron"
OF_A_COUSIN, TIE = "OCG-MB-10", "One of the bookkeepers is my cousin."


def put_up_walls(desk: Desk) -> None:
    """Sarah and Anna alone hold the compartment; Daniel declares a cousin and is cut off from the group by key."""
    sarah, anna, daniel = (desk.officer(name) for name in ("sarah", "anna", "daniel"))
    with desk.database.begin() as session:
        made = compartment_of(session, make_for(session, NAME, {sarah.id, anna.id}, by=sarah), by=sarah)
    with desk.database.begin() as session:
        group = next(
            copy.by_reference[SENSITIVE.casefold()]
            for copy in unlock_all(session, by=sarah)
            if SENSITIVE.casefold() in copy.by_reference
        )
        move_id = start_move(session, made, [group], by=sarah)
    go_on_moving(desk.database, move_id, by=sarah.with_new_ring)
    declared = declare_conflict(desk.database, daniel.id, OF_A_COUSIN, reason=TIE, by=daniel)
    if declared.move_id is not None:
        go_on_moving(desk.database, declared.move_id, by=daniel.with_new_ring)
