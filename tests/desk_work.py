"""What the desk does in tests of the later steps: a report as far along the way as a test wants it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from tests.force import Force
from triage.errors import TriageError
from triage.grading.rules import Action, Grade, Handling, Sanction
from triage.intake.collecting import Wanted, release_drops
from triage.intake.unsealing import unseal_waiting
from triage.referral.referral import NewReferral
from triage.referral.rules import Ask, LawfulPurpose, Marking, Terms
from triage.referral.service import acknowledge, open_referral, refer
from triage.sanitising.draft import DraftText
from triage.sanitising.rules import Knowers, digest_of
from triage.sanitising.service import approve_draft, findings_of, save_draft, submit_draft

ORIGINAL = "He comes round the back every night and the little lad carries the bag up for him. My cousin saw it."
SAFE_TEXT = "A man is believed to supply drugs in the Eastgate area in the evenings."
CONDITIONAL = Grade(
    handling=Handling.WITH_CONDITIONS,
    action=Action.COVERT_DEVELOPMENT,
    sanction=Sanction.CONSULT_ORIGINATOR,
    instructions="Do not share this beyond the team.",
)
SAFE = DraftText(text=SAFE_TEXT, grade=CONDITIONAL, knowers=Knowers.MANY)


def collected(force: Force) -> None:
    """Everything sent is taken in, still sealed."""
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)


def unsealed(force: Force) -> list[UUID]:
    """Everything sent is taken in and out of its envelope; gives the ids."""
    collected(force)
    with force.database.begin() as session:
        return list(unseal_waiting(session, by=force.officer("tom"), limit=500).opened)


def report_at_desk(force: Force, what: str = ORIGINAL, *, danger: bool = False, **answers: str) -> UUID:
    """A report sent, collected and taken out of its envelope; gives its id."""
    force.send(what, danger=danger, **answers)
    return unsealed(force)[-1]


def drafted(force: Force, report_id: UUID, content: DraftText = SAFE, *, by: str = "tom", forward: bool = True) -> UUID:
    """A sanitised text, put forward with every warning read; gives its id."""
    officer = force.officer(by)
    with force.database.begin() as session:
        draft_id = save_draft(session, report_id, content, by=officer)
        if forward:
            read = digest_of(findings_of(session, content, report_id, by=officer))
            submit_draft(session, draft_id, by=officer, warnings_read=read)
    return draft_id


def agreed(force: Force, report_id: UUID, content: DraftText = SAFE) -> UUID:
    """A sanitised text that Tom wrote and Tess agreed to; gives its id."""
    draft_id = drafted(force, report_id, content)
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"))
    return draft_id


def a_referral(force: Force, team: str = "Eastgate", **changes: object) -> NewReferral:
    """What most referrals ask."""
    terms = Terms(embargo_until=None, expires_on=force.today + timedelta(days=28))
    usual = NewReferral(force.team_ids[team], (Ask.OBSERVE,), LawfulPurpose.PREVENT, Marking.OFFICIAL_SENSITIVE, terms)
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def referred(force: Force, draft_id: UUID, team: str = "Eastgate", **changes: object) -> UUID:
    """An agreed text, sent to a team by Tess; gives the referral's id."""
    with force.database.begin() as session:
        return refer(session, draft_id, a_referral(force, team, **changes), by=force.officer("tess"))


def with_the_team(force: Force, content: DraftText = SAFE, *, acknowledged: bool = True) -> UUID:
    """A referral of a fresh report that Nell of Eastgate has opened; gives its id."""
    referral_id = referred(force, agreed(force, report_at_desk(force), content))
    with force.database.begin() as session:
        open_referral(session, referral_id, by=force.officer("nell"))
        if acknowledged:
            acknowledge(session, referral_id, by=force.officer("nell"))
    return referral_id


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Several people at the same moment: what each got, or the domain's error they were told."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait(timeout=120)
        try:
            return act()
        except TriageError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))
