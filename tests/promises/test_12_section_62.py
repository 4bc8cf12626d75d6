"""Promise 12, as DPA 2018 s.62 asks it: each of its six operations leaves a line with who, when, what, why and to whom.

Each is done through the pages or the services that do it at the desk, and its line is read as an auditor reads it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from tests.force import Force, client_for
from tests.supervisors import second_supervisor
from tests.whole_case import WholeCase, work_whole_case
from triage.audit.acts import Act
from triage.audit.reading import Line, Wanted
from triage.audit.section62 import LOGGED, Processing, Why, processing_of
from triage.disposal.deciding import erase_early, propose_erasure
from triage.disposal.service import destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.keys.system import SYSTEM_ID
from triage.operations.service import approve
from triage.oversight.log import reader_of


@dataclass(frozen=True)
class Scene:
    """A report that went the whole way, and was erased early after it."""

    force: Force
    case: WholeCase

    def lines(self, processing: Processing) -> list[Line]:
        """Every line of one kind, the oldest first."""
        with self.force.database.look() as session:
            found = list(reader_of(session, by=self.force.officer("iris")).all_lines(Wanted()))
        return [line for line in reversed(found) if processing_of(Act(line.act)) is processing]

    def of(self, processing: Processing, act: Act, subject: UUID | None = None) -> Line:
        """The last line of an act, about something where it is about one thing."""
        lines = [line for line in self.lines(processing) if line.act == act]
        return [line for line in lines if subject is None or line.subject == str(subject)][-1]


@pytest.fixture
def scene(force: Force) -> Scene:
    case = work_whole_case(force)
    sam, rosa = force.officer("sam"), second_supervisor(force)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{case.report_id}", status=200)
    with force.database.begin() as session:
        operation_id = propose_erasure(session, case.report_id, reason="A court ordered it", by=sam)
    with force.database.begin() as session:
        approve(session, operation_id, by=rosa)
    with force.database.begin() as session:
        erase_early(session, operation_id, by=sam)
    with force.database.begin() as session:
        destroy_agreed(session, DestroyedIds(force.settings.instance / "backups"), by=sam)
    return Scene(force, case)


@pytest.mark.parametrize("processing", [one for one in Processing if one is not Processing.RUNNING])
def test_each_operation_of_section_62_leaves_a_line_with_who_when_what_and_why(
    scene: Scene, processing: Processing
) -> None:
    lines = scene.lines(processing)
    assert lines, f"nothing says that there was any {processing}"
    people = {scene.force.officer(name).id for name in ("sam", "ada", "iris", "tom", "tess", "nell", "owen")}
    people.add(second_supervisor(scene.force).id)
    for line in lines:
        act = Act(line.act)
        assert line.signer_id in people | {SYSTEM_ID}, act
        at = datetime.fromisoformat(line.at)
        assert (at.tzinfo is not None) == (line.signer_id != SYSTEM_ID), act  # the system says its day alone
        if LOGGED[act].why is Why.IN_REASON:
            assert line.reason.strip(), act


def test_what_each_of_them_was_of_why_and_to_whom(scene: Scene) -> None:
    case, force = scene.case, scene.force
    report, tom, sam = case.report_id, force.officer("tom").id, force.officer("sam").id
    collected = scene.of(Processing.COLLECTION, Act.UNSEALED, report)
    assert collected.signer_id == tom
    consulted = scene.of(Processing.CONSULTATION, Act.OPENED, report)
    assert (consulted.signer_id, bool(consulted.reason)) == (tom, True)
    combined = scene.of(Processing.COMBINATION, Act.LINK_CONFIRMED, report)
    assert (combined.signer_id, combined.to) == (tom, str(case.person_id))
    altered = scene.of(Processing.ALTERATION, Act.GRADED, report)
    assert altered.signer_id == tom
    disclosed = scene.of(Processing.DISCLOSURE, Act.REFERRED, case.referral_id)
    assert disclosed.to in {str(one) for one in force.team_ids.values()}
    erased = scene.of(Processing.ERASURE, Act.DISPOSED, report)
    assert (erased.signer_id, bool(erased.reason)) == (sam, True)
