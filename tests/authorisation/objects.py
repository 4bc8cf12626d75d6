"""Something of everything: at the desk, in a compartment apart, with each team, and with one officer alone."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from tests.authorisation.decided import decided
from tests.compartments import make_compartment
from tests.desk_work import SAFE, agreed, collected, drafted, referred, report_at_desk
from tests.force import Force
from tests.quarantine_work import shut
from tests.sent_files import attach, picture, report_with
from tests.supervisors import second_supervisor
from triage.compartments.conflicts import declare_conflict
from triage.grading.service import split_report
from triage.intake.files import files_of, keep_files
from triage.intake.models import ReportRow
from triage.intake.reports import close
from triage.intake.writing import _keep
from triage.keys.compartments import make_compartment as make_wall
from triage.keys.service import desk_id
from triage.officers.grants import grants
from triage.officers.rotation import begin_rotation
from triage.officers.service import officer_box, teams
from triage.operations.rules import Operation
from triage.operations.service import propose
from triage.outcome.rules import NewOutcome, OutcomeCode
from triage.outcome.service import record_outcome
from triage.referral.service import acknowledge, open_referral
from triage.register.entries import Person, Tie
from triage.register.importing import start_import
from triage.register.models import EntryRow
from triage.register.service import add_entry, add_tie, archive_entry
from triage.register.tables import File
from triage.sanitising.service import save_draft
from triage.search.keeping import begin_search

Ids = Mapping[str, UUID | int]
SECRET = "a quiet cormorant"  # in every object that not everybody may read
MARKUP = "<img src=x onerror=alert(1)>"
WORDS = f"{SECRET} {MARKUP}"
TIED_TO = f"12 {SECRET} lane"
GROUPS = b"reference,name,aliases,type,area,threats,status,notes\nOCG-1,The arch lot,,,,,,\n"


def objects_of(force: Force) -> dict[str, Ids]:
    """What stands at the desk, in a compartment apart, with each team, and with one officer alone."""
    apart = make_compartment(force, for_name="tess")
    desk = _at_desk(force)
    shut_report = report_with(force, attach(force, picture()), what=f"A picture of {WORDS}.")
    return {
        "desk": desk,
        "desk, closed": {
            "report_id": _closed(force, report_at_desk(force, f"That {WORDS} is gone."), "tom"),
            "linked_id": desk["entry_id"],
        },
        "desk, archived": {"entry_id": _archived(force)},
        "apart": (held_apart := _apart(force, apart)),
        "apart, closed": {
            "report_id": _closed(force, _written_apart(force, apart), "tess"),
            "linked_id": held_apart["entry_id"],
        },
        "quarantine": {
            "report_id": shut_report,
            "file_id": shut(force, shut_report),
            "linked_id": desk["entry_id"],
        },
        "Eastgate": _with_team(force, "Eastgate", "nell"),
        "Harbour": _with_team(force, "Harbour", "owen"),
        "Eastgate, new": {"referral_id": _referred(force, "Eastgate")},
        "Tom's own": {"search_id": _search(force, "tom")},
        "Tess's own": {"search_id": _search(force, "tess")},
        "proposed": {"operation_id": _proposed(force, Operation.EARLY_ERASURE)},
        "restore proposed": {"operation_id": _proposed(force, Operation.RESTORE)},
        "walls": _walls(force),
        "anybody": {"officer_id": force.officer("owen").id, **_team_boxes(force)},
        **decided(force, TIED_TO),
    }


def _team_boxes(force: Force) -> Ids:
    """Owen holds the first, and could be given the other."""
    with force.database.look() as session:
        boxes = {team.name: team.box_id for team in teams(session, by=force.officer("sam"))}
    return {"box_id": boxes["Harbour"], "other_box_id": boxes["Eastgate"]}


def _walls(force: Force) -> Ids:
    """A compartment beside those of the reports, a conflict about nothing that is there, a grant and a rotation."""
    sam, holders = force.officer("sam"), [force.officer(name).id for name in ("sam", "tess")]
    declared = declare_conflict(force.database, holders[1], TIED_TO, reason="Lives there", by=sam)
    with force.database.begin() as session:
        boxes = [officer_box(session, one).id for one in holders]
        made = make_wall(session, f"The wall of {WORDS[:20]}", boxes, by=sam)
        grant_id = next(one.id for one in grants(session, words="tess desk", by=sam))
        rotation_id = begin_rotation(session, made.box_id, by=sam)
    return {
        "compartment_id": made.id,
        "conflict_id": declared.conflict_id,
        "grant_id": grant_id,
        "rotation_id": rotation_id,
    }


def _at_desk(force: Force) -> Ids:
    tom = force.officer("tom")
    report_id = report_with(force, attach(force, picture()), what=f"Big Tony carries {WORDS} to the arch.")
    other_id = report_at_desk(force, f"Somebody else saw {WORDS} there.")
    with force.database.begin() as session:
        [file] = files_of(session, report_id, by=tom)
        split_report(session, report_id, [f"One thing of {WORDS}."], by=tom)
        entry_id = add_entry(session, Person("N-1", WORDS.title(), given_names="Anthony"), by=tom)
        tie_id = add_tie(session, Tie(entry_id, "associate", to_words=f"the arch of {WORDS}"), by=tom)
        import_id = start_import(session, {File.GROUPS: GROUPS}, by=tom)
        box_id = desk_id(session)
    return {
        "report_id": report_id,
        "other_id": other_id,
        "number": 1,
        "file_id": file.id,
        "entry_id": entry_id,
        "linked_id": entry_id,
        "tie_id": tie_id,
        "import_id": import_id,
        "draft_id": drafted(force, report_id, by="tess"),
        "box_id": box_id,
    }


def _written_apart(force: Force, apart: UUID) -> UUID:
    """A report in the other compartment."""
    tess = force.officer("tess")
    with force.database.begin() as session:
        return _keep(
            session,
            {"what": f"{WORDS} of the other compartment"},
            {"language": "en", "started_by": "", "history": []},
            danger=False,
            received_on=session.today,
            guards=[apart],
            by=tess,
        )


def _apart(force: Force, apart: UUID) -> Ids:
    """The same things in a compartment that Tess alone holds."""
    report_id, other_id = _written_apart(force, apart), _written_apart(force, apart)
    reference = attach(force, picture())
    collected(force)
    tess = force.officer("tess")
    with force.database.begin() as session:
        assert session.get_one(ReportRow, report_id).compartment_id == apart
        keep_files(session, report_id, (reference,), by=tess)
        split_report(session, report_id, [f"One thing of {WORDS} apart."], by=tess)
        [file] = files_of(session, report_id, by=tess)
    with force.database.begin() as session:
        draft_id = save_draft(session, report_id, SAFE, by=tess)
        entry_id = session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == apart)).one()
        tie_id = add_tie(session, Tie(entry_id, "associate", to_words=f"{WORDS} apart"), by=tess)
    return {
        "report_id": report_id,
        "other_id": other_id,
        "number": 1,
        "file_id": file.id,
        "entry_id": entry_id,
        "linked_id": entry_id,
        "tie_id": tie_id,
        "draft_id": draft_id,
    }


def _closed(force: Force, report_id: UUID, by: str) -> UUID:
    with force.database.begin() as session:
        close(session, report_id, reason=f"nothing of {WORDS} is left", by=force.officer(by))
    return report_id


def _archived(force: Force) -> UUID:
    tom = force.officer("tom")
    with force.database.begin() as session:
        entry_id = add_entry(session, Person("N-2", WORDS.title(), given_names="Bernard"), by=tom)
        archive_entry(session, entry_id, version=1, reason=f"gone, says {WORDS}", by=tom)
    return entry_id


def _referred(force: Force, team: str) -> UUID:
    return referred(force, agreed(force, report_at_desk(force, f"Seen again: {WORDS}, near {team}.")), team)


def _with_team(force: Force, team: str, member: str) -> Ids:
    officer, referral_id = force.officer(member), _referred(force, team)
    with force.database.begin() as session:
        open_referral(session, referral_id, by=officer)
        acknowledge(session, referral_id, by=officer)
        seen = NewOutcome(OutcomeCode.OBS, f"We saw {WORDS} too.")
        outcome_id = record_outcome(session, referral_id, seen, by=officer)
    return {"referral_id": referral_id, "outcome_id": outcome_id}


def _search(force: Force, name: str) -> UUID:
    with force.database.begin() as session:
        return begin_search(session, WORDS, by=force.officer(name))


def _proposed(force: Force, operation: Operation) -> UUID:
    """By another supervisor than Sam, so that he may decide."""
    rosa = second_supervisor(force)
    with force.database.begin() as session:
        return propose(session, operation, subject=None, reason=f"because of {WORDS}", by=rosa)
