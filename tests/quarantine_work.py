"""What tests do with a file in quarantine: name a lead, press the button, look who opens it, let it out again."""

from uuid import UUID

from tests.force import Force
from triage.database import Database
from triage.errors import NoKeyError, NotFoundError
from triage.intake.files import CaseFileOf, files_of, read_file
from triage.intake.quarantine import ask_release, destroy_former_keys, hand_over, put_in_quarantine, release
from triage.officers.safeguarding import name_lead

DESK = ("tom", "tess", "sam")
EVERYBODY = (*DESK, "nell", "owen", "iris", "ada")


def opens(force: Force, report_id: UUID, *names: str, database: Database | None = None) -> set[str]:
    """Who of these reads the report's file, straight through the service: no page and no guard in between."""
    able = set()
    for name in names or EVERYBODY:
        officer = force.officer(name)
        with (database or force.database).look() as session:
            [file] = files_of(session, report_id, by=officer)
            try:
                assert b"".join(read_file(session, report_id, file.id, by=officer))
            except (NoKeyError, NotFoundError):
                continue
            able.add(name)
    return able


def file_in(force: Force, report_id: UUID, name: str = "tom") -> CaseFileOf:
    with force.database.look() as session:
        [file] = files_of(session, report_id, by=force.officer(name))
    return file


def named(force: Force, name: str, *, by: str = "sam") -> None:
    """Somebody becomes a safeguarding lead, as the page does it."""
    lead, officer = force.officer(name), force.officer(by)
    with force.database.begin() as session:
        if name_lead(session, lead.id, by=officer):
            hand_over(session, by=officer)
    with force.database.begin() as session:
        destroy_former_keys(session)


def shut(force: Force, report_id: UUID, by: str = "tom") -> UUID:
    """An officer presses the button; gives the file's id."""
    file_id = file_in(force, report_id, by).id
    put_in_quarantine(force.database, report_id, file_id, by=force.officer(by))
    return file_id


def released(force: Force, report_id: UUID, file_id: UUID) -> None:
    """Tess asks and, being the only lead, agrees herself."""
    tess = force.officer("tess")
    with force.database.begin() as session:
        ask_release(session, report_id, file_id, reason="it shows a doll", by=tess)
    with force.database.begin() as session:
        release(session, report_id, file_id, by=tess)
    with force.database.begin() as session:
        destroy_former_keys(session)
