"""Promise 11: only people who need to read it can: the wall is a key, not only a permission.

Every kind of sealed row there is after a whole case is tried by everybody, straight at the key ring: no page, no
permission and no guard stands in between.
"""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

import triage.tables
from envelope.errors import EnvelopeError, NotForUsError
from envelope.identity import Identity
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from tests.counter import Holders, send_to
from tests.force import Force, client_for
from tests.quarantine_work import named, shut
from tests.whole_case import WholeCase, work_whole_case
from triage.base import CaseBase, SealedRow
from triage.compartments.conflicts import declare_conflict
from triage.disposal.deciding import set_hold
from triage.errors import NoKeyError, TriageError
from triage.grading.service import items_of
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import HeldDropRow
from triage.intake.reports import case_report
from triage.intake.unsealing import try_again, unseal_waiting
from triage.keys.compartments import make_compartment
from triage.keys.intake_keys import force_signing_key, intake_days
from triage.keys.keyring import grant_context
from triage.keys.models import GrantRow, WrappedKeyRow, Wrapping
from triage.keys.records import open_row
from triage.keys.service import BoxName, box_named, desk_id, revoke
from triage.linking.service import decisions_of
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.service import officer_box
from triage.officers.vetting import Level, record_vetting
from triage.operations.rules import Operation
from triage.operations.service import propose
from triage.outcome.service import outcomes_of
from triage.referral.service import open_referral, origin_of, referrals_of
from triage.register.unlocked import unlock_register
from triage.sanitising.service import drafts_of

DIRECTORY = {"officers", "teams"}
DESK = {
    "reports",
    "files",
    "mailboxes",
    "items",
    "gradings",
    "link_decisions",
    "link_calibrations",
    "origin_decisions",
    "register_findings",
    "drafts",
    "referrals",
    "referral_origins",
    "referred",
    "outcomes",
    "observed",
    "register_entries",
    "register_ties",
    "legal_holds",
}
RULES = {"operations", "conflicts", "vettings"}  # supervisors decide about them, and auditors read them
WALLS = {"compartments"}  # the name of one that Sam and Tess hold: theirs, supervisors' and auditors'
OWN = {"searches"}  # what Tom searched for, and nobody else
OPENS = {
    "tom": DIRECTORY | DESK | OWN,
    "tess": DIRECTORY | DESK | WALLS,
    "sam": DIRECTORY | DESK | RULES | WALLS,
    "nell": DIRECTORY | {"referrals", "outcomes"},  # of the team this case went to
    "owen": DIRECTORY,  # of another team
    "iris": DIRECTORY | RULES | WALLS,  # the auditor reads lines and rules, and no word of a case
    "ada": DIRECTORY,  # the administrator
}
SEALED_TABLES = {mapper.class_ for mapper in CaseBase.registry.mappers if issubclass(mapper.class_, SealedRow)}
assert triage.tables.STEPS


def kinds_opened(force: Force, officer: Officer) -> set[str]:
    """The kinds of row this person opens; whoever opens one of a kind opens all of them here."""
    opened: dict[str, set[bool]] = defaultdict(set)
    with force.database.look() as session:
        for table in SEALED_TABLES:
            for row in session.scalars(select(table)):
                try:
                    opened[table.__tablename__].add(bool(open_row(session, row, by=officer)))
                except NoKeyError:
                    opened[table.__tablename__].add(False)
    assert all(len(each) == 1 for each in opened.values()), opened
    return {name for name, each in opened.items() if True in each}


@pytest.fixture
def case(force: Force) -> WholeCase:
    """A whole case, held for a court, and beside it one of each thing that supervisors decide about."""
    made, sam = work_whole_case(force), force.officer("sam")
    holders = [force.officer(name).id for name in ("sam", "tess")]
    declare_conflict(force.database, holders[1], "12 Nowhere Lane", reason="A cousin", by=sam)
    with force.database.begin() as session:
        set_hold(session, made.report_id, reason="A court asked for it", by=sam)
        propose(session, Operation.BULK_EXPORT, subject=None, reason="For the inspectors", by=sam)
        record_vetting(session, holders[1], Level.NPPV_3, session.today + timedelta(days=90), by=sam)
        make_compartment(session, "Heron", [officer_box(session, one).id for one in holders], by=sam)
    return made


@pytest.mark.parametrize("name", sorted(OPENS))
def test_only_people_who_need_to_read_it_can(force: Force, case: WholeCase, name: str) -> None:
    """Everybody's key ring against every sealed row: exactly what their work needs opens, and the rest has no key."""
    assert kinds_opened(force, force.officer(name)) == OPENS[name]


def test_a_file_in_quarantine_opens_for_its_lead_alone(force: Force, case: WholeCase) -> None:
    """The same key rings against the same rows, after an officer pressed the button: nobody at the desk has the key."""
    named(force, "tess")
    shut(force, case.report_id)
    opened = {name for name in OPENS if "files" in kinds_opened(force, force.officer(name))}
    assert opened == {"tess"}


def test_every_kind_of_sealed_row_was_tried(force: Force, case: WholeCase) -> None:
    """The table above is complete: a new kind of row must be put on one side of the wall before this passes."""
    with force.database.look() as session:
        there = {table.__tablename__ for table in SEALED_TABLES if session.scalars(select(table)).first() is not None}
    assert there == DIRECTORY | DESK | OWN | RULES | WALLS
    assert {table.__tablename__ for table in SEALED_TABLES} == there | {"register_imports"}


@pytest.mark.parametrize("name", ["ada", "iris", "nell", "owen"])
def test_the_services_give_them_nothing_either(force: Force, case: WholeCase, name: str) -> None:
    """The use cases themselves, called with the guard left out."""
    officer = force.officer(name)
    force.send("one that waits")
    with force.database.begin() as session:
        desk = desk_id(session)
        attempts = (
            lambda: case_report(session, case.report_id, by=officer),
            lambda: items_of(session, case.report_id, by=officer),
            lambda: drafts_of(session, case.report_id, by=officer),
            lambda: decisions_of(session, case.report_id, by=officer),
            lambda: referrals_of(session, case.report_id, by=officer),
            lambda: origin_of(session, case.referral_id, by=officer),
            lambda: unlock_register(session, desk, by=officer).entries[case.person_id],
            lambda: unseal_waiting(session, by=officer),
            lambda: force_signing_key(session, by=officer),
        )
        for attempt in attempts:
            with pytest.raises(NoKeyError):
                attempt()
        if name != "nell":
            with pytest.raises(NoKeyError):
                open_referral(session, case.referral_id, by=officer)
            with pytest.raises(NoKeyError):
                outcomes_of(session, case.referral_id, by=officer)
        session.rollback()


def test_an_administrator_with_the_whole_database_opens_nothing(force: Force, case: WholeCase) -> None:
    """They write what they like: another role, grants copied to their own box, keys wrapped for it. Nothing opens."""
    ada = force.officer("ada")
    with force.database.begin() as session:
        session.execute(update(OfficerRow).where(OfficerRow.id == ada.id).values(role=Role.SUPERVISOR))
    assert kinds_opened(force, force.officer("ada")) == DIRECTORY
    with force.database.begin() as session:
        desk = desk_id(session)
        stolen = session.scalars(select(GrantRow).where(GrantRow.box_id == desk)).first()
        assert stolen is not None
        session.add(
            GrantRow(
                id=uuid4(),
                box_id=desk,
                to_box_id=ada.keys.box_id,
                sealed=stolen.sealed,
                granted_by=ada.id,
                granted_on=session.today,
            )
        )
        for row in session.keys.scalars(select(WrappedKeyRow)).all():
            if row.box_id == desk:
                session.keys.add(
                    WrappedKeyRow(
                        key_id=row.key_id,
                        box_id=ada.keys.box_id,
                        wrapping=Wrapping.SYMMETRIC,
                        wrapped=row.wrapped,
                    )
                )
    for _ in range(2):
        with force.database.look() as session, pytest.raises((NoKeyError, EnvelopeError)):
            case_report(session, case.report_id, by=force.officer("ada"))


def test_a_grant_sealed_to_somebody_else_is_of_no_use(force: Force, case: WholeCase) -> None:
    """The seed in a grant is bound to the two boxes: the same bytes in another row open for nobody."""
    assert grant_context(UUID(int=1), UUID(int=2)) != grant_context(UUID(int=1), UUID(int=3))
    nell = force.officer("nell")
    with force.database.begin() as session:
        desk, team = desk_id(session), box_named(session, BoxName.DIRECTORY)
        grants = session.scalars(select(GrantRow).where(GrantRow.to_box_id == nell.keys.box_id)).all()
        own = next(row for row in grants if row.box_id != team.id)
        own.box_id = desk
    with force.database.look() as session, pytest.raises((NoKeyError, EnvelopeError)):
        case_report(session, case.report_id, by=force.officer("nell"))


def test_nobody_in_triage_opens_what_is_about_the_police(force: Force, tmp_path: Path) -> None:
    """With every intake seed of the force in hand, by whoever signs in: a report for the counter-corruption box, a
    decoy and a drop of noise all say the same, and the box's holders read theirs without any key of triage's."""
    holders = Holders.of(force, tmp_path / "holders")
    drops = {
        send_to(force, holders.recipient, "A sergeant sells what people tell"),
        send_to(force, Identity.generate().recipient(), "a decoy"),
    }
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    for name in ("tom", "tess", "sam"):
        officer = force.officer(name)
        with force.database.begin() as session:
            unsealed = unseal_waiting(session, by=officer)
            assert (unsealed.opened, unsealed.refused) == ((), 0)
            told = set()
            for held in session.scalars(select(HeldDropRow)):
                assert held.drop_id in drops
                for day in intake_days(session):
                    seed = officer.keys.identity(session, day.box_id)
                    with pytest.raises(NotForUsError) as refusal:
                        unseal(held.sealed, seed, Context(Purpose.REPORT, (held.drop_id,)))
                    told.add(str(refusal.value))
                told.add((held.refused, held.danger, held.received_on, len(held.sealed)))
            assert len(told) == 2
            try_again(session, by=officer)
    assert holders.collects().new == 1


def test_a_grant_taken_away_counts_from_the_next_request(force: Force, case: WholeCase) -> None:
    """Tom loses the desk's key: what he read a moment ago is shut, though his role and his session stay."""
    tom, sam = force.officer("tom"), force.officer("sam")
    with force.database.look() as session:
        assert case_report(session, case.report_id, by=tom).answers
    client = client_for(force, "tom")
    client.page(f"/reports/{case.report_id}")
    with force.database.begin() as session:
        revoke(session, desk_id(session), officer_box(session, tom.id).id, by=sam)
    with force.database.look() as session, pytest.raises(NoKeyError):
        case_report(session, case.report_id, by=force.officer("tom"))
    client.page(f"/reports/{case.report_id}", status=404)
    client.sees("you do not hold the key to it")
    assert kinds_opened(force, force.officer("tom")) == DIRECTORY | OWN


def test_without_a_key_the_page_itself_is_shut_though_the_role_may(force: Force, case: WholeCase) -> None:
    """The guard lets a role in by the table; somebody promoted in the database meets the wall behind it."""
    ada = client_for(force, "ada")
    ada.page(f"/reports/{case.report_id}", status=403)
    with force.database.begin() as session:
        session.execute(update(OfficerRow).values(role=Role.TRIAGE_OFFICER))
    ada = client_for(force, "ada")  # a changed role ends the sessions of before
    ada.page(f"/reports/{case.report_id}", status=404)
    ada.sees("you do not hold the key to it")
    for word in (case.canaries.planted["what"], case.canaries.planted["the sanitised text"]):
        ada.does_not_see(word)


def test_another_team_learns_not_even_that_there_is_a_referral(force: Force, case: WholeCase) -> None:
    """Asked for a referral of another team and for one that never was, the answer is the same."""
    owen = force.officer("owen")
    told = []
    for asked in (case.referral_id, uuid4()):
        with force.database.begin() as session, pytest.raises(TriageError) as refusal:
            open_referral(session, asked, by=owen)
        told.append((type(refusal.value), str(refusal.value)))
    assert told[0] == told[1]
