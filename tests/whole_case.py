"""One report taken the whole way through the real services, with a canary for every word anybody said on the way."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from config import Release
from envelope.mailbox import NoticeState, Receipt
from tests.canaries import Canaries
from tests.force import PEOPLE, Force
from tests.sent_files import attach
from triage.grading.rules import Action, Category, Grade, Handling, Nature, Sanction
from triage.grading.service import NamedPerson, grade_item
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import close, read_by_a_person
from triage.intake.unsealing import unseal_waiting
from triage.linking.learning.keeping import SHIPPED, put_back
from triage.linking.origins.deciding import Ground, OriginVerdict, decide_origin
from triage.linking.origins.looking_back import go_on_looking, start_look
from triage.linking.service import Found, confirm
from triage.officers.rules import Role
from triage.officers.service import add_officer, add_team
from triage.outcome.notices import queue_notice
from triage.outcome.rules import NewOutcome, OutcomeCode
from triage.outcome.service import record_outcome, start_report
from triage.referral.referral import NewReferral
from triage.referral.rules import Ask, LawfulPurpose, Marking, Terms
from triage.referral.service import acknowledge, open_referral, refer
from triage.register.entries import Group, Membership, Person, Tie
from triage.register.places import Address, Vehicle
from triage.register.service import add_entry, add_tie
from triage.sanitising.draft import DraftText
from triage.sanitising.rules import Knowers, digest_of
from triage.sanitising.service import approve_draft, findings_of, return_draft, save_draft, submit_draft
from triage.search.keeping import begin_search, keep_search


@dataclass(frozen=True)
class WholeCase:
    """Everything one report became. `canaries` holds every word, name and secret that was used."""

    canaries: Canaries
    receipt: Receipt
    report_id: UUID
    person_id: UUID
    group_id: UUID
    tie_id: UUID
    draft_id: UUID
    referral_id: UUID
    outcome_id: UUID
    observed_id: UUID


def work_whole_case(force: Force) -> WholeCase:
    """Send, collect, unseal, read, register, grade, link, draft, send back, agree, refer, answer, close."""
    canaries = Canaries()
    word = canaries.plant
    receipt = force.send(
        word("what", "Männer mit {} Kisten"),
        who=word("who", "Big {}"),
        where=word("where", "behind {} Row"),
        things=word("things", "a van from {}"),
        files=(attach(force, word("a picture").encode()),),
    )
    canaries.plant_as("the receipt's digits", receipt.digits())
    canaries.plant_as("the receipt's words", " ".join(receipt.words()))
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    _plant_people(force, canaries)
    tom, tess, sam, nell = (force.officer(name) for name in ("tom", "tess", "sam", "nell"))
    with force.database.begin() as session:
        [report_id] = unseal_waiting(session, by=tom).opened
        queue_notice(session, report_id, NoticeState.RECEIVED, by=tom, release=Release.AT_SET_HOURS)
        read_by_a_person(session, report_id, by=tom)
    with force.database.begin() as session:
        group = Group("OCG-7731", word("a group", "The {} lot"), aliases=(word("its alias"),), notes=word("its notes"))
        group_id = add_entry(session, group, by=tom)
        person = Person(
            "N-7731",
            word("a surname"),
            word("a given name"),
            nicknames=(word("a nickname"),),
            addresses=(Address(number="7", street=word("a street", "{} Lane"), postcode="ZX9 7QW"),),
            vehicles=(Vehicle(vrm="QX71ZVK", make=word("a make of car")),),
            phones=("07700900731",),
            online_names=(word("an online name"),),
            memberships=(Membership(group_id, role=word("a role")),),
        )
        person_id = add_entry(session, person, by=tom)
        tie = Tie(person_id, "associate", to_words=word("a place in words"), note=word("a tie's note"))
        tie_id = add_tie(session, tie, by=tom)
        for known in ("QX71ZVK", "07700900731", "OCG-7731"):
            canaries.plant_as(known, known)
    grade = Grade(
        handling=Handling.WITH_CONDITIONS,
        action=Action.COVERT_DEVELOPMENT,
        sanction=Sanction.CONSULT_ORIGINATOR,
        instructions=word("instructions", "Not beyond {}"),
        usage=word("usage"),
        risk=word("risk"),
        rationale=word("rationale"),
    )
    with force.database.begin() as session:
        named = NamedPerson(word("somebody an item names", "Mr {}"), (Category.SUSPECT,))
        grade_item(session, report_id, 1, grade, nature=Nature.CLAIM, people=(named,), by=tom)
        again = word("why the grade was changed")
        grade_item(session, report_id, 1, grade, nature=Nature.OPINION, why=again, by=tom)
        confirm(session, report_id, person_id, found=Found.SEARCHED, by=tom)
    text = DraftText(
        text=word("the sanitised text", "A man near {} may supply drugs."),
        grade=grade,
        knowers=Knowers.MANY,
        request=word("a request"),
        risk_notes=word("risk notes"),
        do_not=(word("a do-not"),),
        harmless_names=(word("a harmless name"),),
    )
    with force.database.begin() as session:
        draft_id = save_draft(session, report_id, text, by=tom)
        read = digest_of(findings_of(session, text, report_id, by=tom))
        submit_draft(session, draft_id, by=tom, warnings_read=read)
        return_draft(session, draft_id, note=word("what to change"), by=tess)
        submit_draft(session, draft_id, by=tom, warnings_read=read)
        approve_draft(session, draft_id, by=tess)
    terms = Terms(embargo_until=None, expires_on=force.today + timedelta(days=28))
    asked = NewReferral(force.team_ids["Eastgate"], (Ask.OBSERVE,), LawfulPurpose.PREVENT, Marking.OFFICIAL, terms)
    with force.database.begin() as session:
        referral_id = refer(session, draft_id, asked, by=sam)
    with force.database.begin() as session:
        canaries.plant_as("the referral's number", open_referral(session, referral_id, by=nell).number)
        acknowledge(session, referral_id, by=nell)
        seen = NewOutcome(OutcomeCode.OBS, word("an outcome's words", "Seen by {}"))
        outcome_id = record_outcome(session, referral_id, seen, by=nell)
    with force.database.begin() as session:
        observed_id = start_report(session, outcome_id, by=tess)
        decide_origin(session, report_id, observed_id, OriginVerdict.TWO, ground=Ground.DIFFERENT_SIGHT, by=tess)
        put_back(session, SHIPPED, instead_of=SHIPPED, by=sam)
        look = start_look(session, by=tom)
    assert look is not None
    go_on_looking(force.database, look.id, by=tom, stop=lambda _stand: False)
    with force.database.begin() as session:
        begin_search(session, word("a search"), by=tom)
        keep_search(session, begin_search(session, word("a kept search"), by=tom), word("its name"), by=tom)
    with force.database.begin() as session:
        close(session, report_id, reason=word("why it was closed"), by=tom)
        queue_notice(session, report_id, NoticeState.CLOSED, by=tom, release=Release.AT_SET_HOURS)
    return WholeCase(
        canaries,
        receipt,
        report_id,
        person_id,
        group_id,
        tie_id,
        draft_id,
        referral_id,
        outcome_id,
        observed_id,
    )


def copy_of_every_disk(force: Force, to: Path) -> Path:
    """Copy every byte of the instance while the program has it open, logs of the databases included."""
    to.mkdir()
    for path in force.settings.instance.rglob("*"):
        if path.is_file():
            (to / path.name).write_bytes(path.read_bytes())
    return to


def _plant_people(force: Force, canaries: Canaries) -> None:
    """One more officer and team whose names stand nowhere else, beside those that every test force has."""
    word = canaries.plant
    ada, sam = force.officer("ada"), force.officer("sam")
    with force.database.begin() as session:
        enrolled = add_officer(
            session,
            force.settings,
            name=word("an officer's name", "Inspector {}"),
            sign_in_name=word("a sign-in name"),
            role=Role.TRIAGE_OFFICER,
            passphrase=word("a passphrase", "seven quiet {} owls"),
            by=ada,
        )
        canaries.plant_as("a second factor", enrolled.totp_secret)
        add_team(session, name=word("a team's name"), area=word("a team's area"), by=sam)
    for _, _, name in PEOPLE:
        canaries.plant_as(name, name)
    for name, secret in force.totp.items():
        canaries.plant_as(f"the second factor of {name}", secret)
    for team in ("Eastgate", "Harbour ward"):
        canaries.plant_as(team, team)
