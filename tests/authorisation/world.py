"""One force with something of everything in it, everybody at their browser, and a way back after each change."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pyotp
from flask import Flask
from sqlalchemy import select

from tests.compartments import make_compartment
from tests.desk_work import SAFE, agreed, collected, drafted, referred, report_at_desk
from tests.force import Force, _Founded, _open, _sqlite, passphrase_of
from tests.pages import PageClient
from tests.quarantine_work import shut
from tests.sent_files import attach, picture, report_with
from tests.supervisors import second_supervisor
from triage.grading.service import split_report
from triage.intake.files import files_of, keep_files
from triage.intake.models import ReportRow
from triage.intake.reports import close
from triage.intake.writing import _keep
from triage.keys.service import desk_id
from triage.officers.models import OfficerRow
from triage.officers.people import leave, suspend
from triage.officers.rules import OfficerState, Role
from triage.officers.service import add_officer
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
SEE_OTHER = 303
COOKIE = "quietword"
GROUPS = b"reference,name,aliases,type,area,threats,status,notes\nOCG-1,The arch lot,,,,,,\n"
# Beside the test force's own people. Each has a role; what they may do with it is written in `holders.py`.
MORE_PEOPLE = {
    "sue": Role.SUPERVISOR,  # suspended while she was signed in
    "lee": Role.TRIAGE_OFFICER,  # left while he was signed in
    "alma": Role.TRIAGE_OFFICER,  # has no keys yet
    "una": Role.SUPERVISOR,  # has not chosen a passphrase of her own yet
}
MORE_PASSPHRASE = "eleven otters under a bridge"


@dataclass
class World:
    """The force, who sits at which browser, and the ids of what there is, by where it stands."""

    force: Force
    app: Flask
    objects: dict[str, Ids]
    people: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, PageClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    _kept: list[tuple[Path, sqlite3.Connection]] = field(default_factory=list)

    def keep(self) -> None:
        """Remember the databases as they are now."""
        self._kept = []
        for name in ("case", "keys", "drop"):
            path = self.force.settings.instance / f"{name}.sqlite"
            kept = sqlite3.connect(":memory:")
            with closing(sqlite3.connect(path)) as now:
                now.backup(kept)
            self._kept.append((path, kept))

    def restore(self) -> None:
        """Put everything back as it was kept, under the feet of the running program; the browsers' cookies too."""
        for name, cookie in self.cookies.items():
            self.browsers[name].client.set_cookie(COOKIE, cookie)
        for path, kept in self._kept:
            with closing(sqlite3.connect(path)) as now:
                kept.backup(now)

    def contents(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the case and keys databases but those of the log and of the sessions."""
        found: dict[str, list[tuple[object, ...]]] = {}
        for name in ("case", "keys", "drop"):
            path = self.force.settings.instance / f"{name}.sqlite"
            with closing(sqlite3.connect(path)) as database:
                tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                for table in tables:
                    if not table.startswith("audit_") and table not in {"sessions", "sqlite_sequence"}:
                        rows = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608  our own tables
                        found[f"{name}.{table}"] = sorted(rows, key=repr)
        return found


@contextmanager
def opened_world(founded: _Founded, folder: Path) -> Iterator[World]:
    """The whole of it over a copy of the founded force."""
    shutil.copytree(founded.folder, folder)
    force = _open(founded, _sqlite(folder))
    try:
        yield _peopled(force)
    finally:
        force.dispose()


def _peopled(force: Force) -> World:
    app = force.shared_app()
    world = World(force, app, _objects(force))
    for name in ("sam", "tom", "tess", "nell", "owen", "iris", "ada"):
        world.people[name] = force.officer(name).id
    for name, role in MORE_PEOPLE.items():
        world.people[name] = _join(force, name, role)
    # A code works once, and those of the force have been used: half a minute on, all sign in at one moment.
    force.clock.forward(seconds=30)
    for name in world.people:
        passphrase = MORE_PASSPHRASE if name in MORE_PEOPLE else passphrase_of(name)
        world.browsers[name] = client = PageClient(app)
        _sign_in(force, client, name, passphrase)
        client.page("/account")
        world.tokens[name] = client.value("csrf_token")
        kept = client.client.get_cookie(COOKIE)
        assert kept is not None
        world.cookies[name] = kept.value
    world.browsers["nobody"] = PageClient(app)
    world.tokens["nobody"] = "0" * 48
    with force.database.begin() as session:
        suspend(session, world.people["sue"], reason="a test", by=force.officer("ada"))
        leave(session, world.people["lee"], by=force.officer("ada"))
    world.keep()
    return world


def _join(force: Force, name: str, role: Role) -> UUID:
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name=name.capitalize(),
            sign_in_name=name,
            role=role,
            passphrase=MORE_PASSPHRASE,
            by=force.officer("ada" if name == "alma" else "sam"),
            typed_by_themselves=name != "una",
        )
        force.totp[name] = made.totp_secret
        if name == "una":
            row = session.get_one(OfficerRow, made.officer_id)
            assert row.enrolled_on is None
        wanted = OfficerState.AWAITING_KEYS if name == "alma" else OfficerState.ACTIVE
        assert session.get_one(OfficerRow, made.officer_id).state == wanted
    return made.officer_id


def _sign_in(force: Force, client: PageClient, name: str, passphrase: str) -> None:
    answer = client.client.post(
        "/sign-in",
        data={
            "sign_in_name": name,
            "passphrase": passphrase,
            "code": pyotp.TOTP(force.totp[name]).at(force.clock.now),
        },
        base_url=client.base_url,
    )
    assert answer.status_code == SEE_OTHER, (name, answer.text)


def _objects(force: Force) -> dict[str, Ids]:
    """What stands at the desk, in a compartment apart, with each team, and with one officer alone."""
    apart = make_compartment(force, for_name="tess")
    desk = _at_desk(force)
    shut_report = report_with(force, attach(force, picture()), what=f"A picture of {SECRET}.")
    return {
        "desk": desk,
        "desk, closed": {
            "report_id": _closed(force, report_at_desk(force, f"That {SECRET} is gone."), "tom"),
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
        "anybody": {"officer_id": force.officer("owen").id, "box_id": desk["box_id"]},
    }


def _at_desk(force: Force) -> Ids:
    tom = force.officer("tom")
    report_id = report_with(force, attach(force, picture()), what=f"Big Tony carries {SECRET} to the arch.")
    other_id = report_at_desk(force, f"Somebody else saw {SECRET} there.")
    with force.database.begin() as session:
        [file] = files_of(session, report_id, by=tom)
        split_report(session, report_id, [f"One thing of {SECRET}."], by=tom)
        entry_id = add_entry(session, Person("N-1", SECRET.title(), given_names="Anthony"), by=tom)
        tie_id = add_tie(session, Tie(entry_id, "associate", to_words=f"the arch of {SECRET}"), by=tom)
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
            {"what": f"{SECRET} of the other compartment"},
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
        split_report(session, report_id, [f"One thing of {SECRET} apart."], by=tess)
        [file] = files_of(session, report_id, by=tess)
    with force.database.begin() as session:
        draft_id = save_draft(session, report_id, SAFE, by=tess)
        entry_id = session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == apart)).one()
        tie_id = add_tie(session, Tie(entry_id, "associate", to_words=f"{SECRET} apart"), by=tess)
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
        close(session, report_id, reason=f"nothing of {SECRET} is left", by=force.officer(by))
    return report_id


def _archived(force: Force) -> UUID:
    tom = force.officer("tom")
    with force.database.begin() as session:
        entry_id = add_entry(session, Person("N-2", SECRET.title(), given_names="Bernard"), by=tom)
        archive_entry(session, entry_id, version=1, reason=f"gone, says {SECRET}", by=tom)
    return entry_id


def _referred(force: Force, team: str) -> UUID:
    return referred(force, agreed(force, report_at_desk(force, f"Seen again: {SECRET}, near {team}.")), team)


def _with_team(force: Force, team: str, member: str) -> Ids:
    officer, referral_id = force.officer(member), _referred(force, team)
    with force.database.begin() as session:
        open_referral(session, referral_id, by=officer)
        acknowledge(session, referral_id, by=officer)
        seen = NewOutcome(OutcomeCode.OBS, f"We saw {SECRET} too.")
        outcome_id = record_outcome(session, referral_id, seen, by=officer)
    return {"referral_id": referral_id, "outcome_id": outcome_id}


def _search(force: Force, name: str) -> UUID:
    with force.database.begin() as session:
        return begin_search(session, SECRET, by=force.officer(name))


def _proposed(force: Force, operation: Operation) -> UUID:
    """By another supervisor than Sam, so that he may decide."""
    rosa = second_supervisor(force)
    with force.database.begin() as session:
        return propose(session, operation, subject=None, reason=f"because of {SECRET}", by=rosa)
