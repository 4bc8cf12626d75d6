"""Where anything of a report or of an entry of the register lies: every row that goes with it, and every key.

Each table of the case database is named here, once, with how it is found or why it holds nothing; a test compares this
with the tables there are, so that a new one cannot be forgotten.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from triage.base import SealedRow
from triage.copies.models import CounterBoxRow, ReleasedCopyRow, SealedCopyRow
from triage.database import CaseSession
from triage.disposal.errors import OpenReferralError
from triage.grading.models import GradingRow, ItemRow
from triage.intake.mailboxes import forget_report, mailbox_row
from triage.intake.models import AnsweredRow, FileRow, HeldDropRow, HeldPartRow, LegalHoldRow, MailboxRow, ReportRow
from triage.intake.reports import case_report
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.models import FindingRow, LookedForRow, OriginDecisionRow
from triage.outcome.models import ObservedRow, OutcomeRow, PendingNoticeRow
from triage.referral.models import OriginRow, ReferralRow, ReferredRow
from triage.referral.rules import ReferralState
from triage.register.bodies import tie_of
from triage.register.models import EntryRow, TieRow
from triage.sanitising.models import DraftRow

_COPIES = (SealedCopyRow, ReleasedCopyRow, CounterBoxRow)
UNANSWERED = (ReferralState.SENT, ReferralState.ACKNOWLEDGED)


class Part(NamedTuple):
    """One row that goes: its table, its id, and the data key that goes with it, if it has one."""

    place: str
    row_id: UUID
    key_id: UUID | None


# Rows that name their report in clear, and rows whose id is the report's.
BY_REPORT = (FileRow, ItemRow, GradingRow, LinkDecisionRow, DraftRow, ReferredRow, OriginDecisionRow, LegalHoldRow)
BY_ID = (ReportRow, FindingRow, AnsweredRow)
# Found through what only the keys of the desk open.
BY_KEY = (ReferralRow, OriginRow, OutcomeRow, ObservedRow, MailboxRow, PendingNoticeRow)
BY_FILE = (HeldPartRow,)
OF_AN_ENTRY = (EntryRow, TieRow, LookedForRow)
# Nothing of a report or an entry lies in these, and why.
HOLDS_NOTHING = {
    "held_drops": "gone when the report was taken out of its envelope; one that a backup brings back goes by its id",
    "collected_drops": "ids of drops, so that a replay is refused; no content",
    "sealed_copies": "sealed drops that only the holders of the counter-corruption box may delete; the intake key that "
    "would open one is destroyed before a disposal is certified",
    "released_copies": "ids and signatures",
    "counter_boxes": "a public key",
    "burnt_mailboxes": "ids of mailboxes",
    "disposals": "the certificate itself: ids and dates",
    "disposal_parts": "ids, until the disposal is done",
    "backups": "dates",
    "retention_periods": "settings",
    "register_versions": "counts",
    "register_imports": "how an import went: its rows and what was wrong with them, gone with the import's own key",
    "link_calibrations": "figures made of many decisions",
    "look_backs": "ids and dates",
    "searches": "the words of an officer, sealed to that officer",
    "sessions": "sealed under a cookie",
    "operations": "ids, numbers and the reasons of two officers, under keys of their own",
    "audit_keys": "outlives what it is about (promise 12): ids, never content",
    "audit_leaves": "outlives what it is about (promise 12): ids, never content",
    "audit_head": "hashes",
    "audit_checkpoints": "hashes",
    "audit_tiles": "hashes",
    "audit_summaries": "what makes the log searchable, sealed to auditors: ids, never content",
    "audit_honey": "which records are bait, sealed to auditors",
    "reasons_given": "that a reason was given in a session",
    "compartments": "the name of a compartment",
    "compartment_moves": "ids and counts",
    "conflicts": "who has a tie to what, sealed to supervisors and auditors under a key of its own",
    "rotations": "ids and counts",
    "grant_reviews": "ids and dates",
    "vettings": "vetting of people who work here",
    "passkeys": "public halves of what officers sign in with",
    "spent_challenges": "digests",
    "officer_news": "what happened to an officer's own sign-in, sealed to that officer; gone after ninety days",
    "own_addresses": "where an officer lives, sealed to that officer; gone when they leave",
    "bells_watched": "counts",
    "boxes": "public keys",
    "box_signatures": "signatures of public keys",
    "grants": "seeds of boxes",
    "intake_signatures": "signatures",
    "system_actors": "a public key",
    "codes": "national code tables",
    "officers": "people who work here",
    "teams": "teams of neighbourhoods",
}


def parts_known_to_all(session: CaseSession, row: ReportRow) -> list[Part]:
    """What goes with a report and is found without any key."""
    parts = [_part(row)]
    for model in BY_REPORT:
        parts += [_part(one) for one in session.scalars(select(model).where(model.report_id == row.id))]
    finding = session.get(FindingRow, row.id)
    if finding is not None:
        parts.append(_part(finding))
    if session.get(AnsweredRow, row.id) is not None:
        parts.append(Part(AnsweredRow.__tablename__, row.id, None))
    for file in session.scalars(select(FileRow).where(FileRow.report_id == row.id)):
        if file.former_key_id is not None:
            parts.append(Part(FileRow.__tablename__, file.former_key_id, file.former_key_id))
        others = select(FileRow.id).where(FileRow.file_id == file.file_id, FileRow.report_id != row.id)
        if session.scalars(others.limit(1)).first() is None:
            parts.append(Part(HeldPartRow.__tablename__, UUID(bytes=file.file_id), None))
    return parts


def parts_of_report(session: CaseSession, row: ReportRow, *, early: bool, by: KeyHolder) -> list[Part]:
    """The same, and what only the desk's keys lead to: its referrals with their outcomes, its mailbox, its notices.

    Raises:
        NoKeyError: `by` does not open the report.
        OpenReferralError: a team has not answered yet, and this is not an early erasure.
    """
    report = case_report(session, row.id, by=by)
    parts = parts_known_to_all(session, row)
    came_in = open_row(session, row, by=by).get("drop_id")
    if came_in:  # a backup may hold the drop itself, and today's key still open it
        parts.append(Part(HeldDropRow.__tablename__, UUID(hex=str(came_in)), None))
    for tie in session.scalars(select(ReferredRow).where(ReferredRow.report_id == row.id)):
        parts += _of_referral(session, UUID(open_row(session, tie, by=by)["referral_id"]), early=early)
    if report.started_by is not None:
        parts += _maybe(session, ObservedRow, report.started_by)
    if report.mailbox is not None:
        mailbox = mailbox_row(session, report.mailbox, by=by)
        if mailbox is not None and not forget_report(session, mailbox, row.id, by=by):
            parts.append(_part(mailbox))
            waiting = select(PendingNoticeRow.id).where(PendingNoticeRow.lookup_id == report.mailbox.lookup_id)
            parts += [Part(PendingNoticeRow.__tablename__, one, None) for one in session.scalars(waiting)]
    return parts


def parts_of_entry(session: CaseSession, row: EntryRow, *, by: KeyHolder) -> list[Part]:
    """An entry of the register, the ties that touch it, its lifted holds, and what reports were decided to say of it.

    A decision lies under its report's key, which stays; so its row goes, and the report's key opens it only in backups
    of the case database that are older than this.
    """
    by.keys.data_key(session, row.data_key_id)
    parts = [_part(row)]
    ties = session.scalars(select(TieRow).where(TieRow.compartment_id == row.compartment_id)).all()
    openable = by.keys.open_many(session, (one.data_key_id for one in ties))
    for one in ties:
        if one.data_key_id in openable:
            tie = tie_of(open_row(session, one, by=by))
            if row.id in {tie.from_id, tie.to_id}:
                parts.append(_part(one))
    parts += [Part(LinkDecisionRow.__tablename__, one.id, None) for one in decided_about(session, row.id, by=by)]
    holds = session.scalars(select(LegalHoldRow).where(LegalHoldRow.report_id == row.id)).all()
    parts += [_part(one) for one in holds]
    if session.get(LookedForRow, row.id) is not None:
        parts.append(Part(LookedForRow.__tablename__, row.id, None))
    return parts


def decided_about(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> list[LinkDecisionRow]:
    """What was decided of reports and an entry, in the reports that `by` opens."""
    decisions = session.scalars(select(LinkDecisionRow)).all()
    openable = by.keys.open_many(session, (one.data_key_id for one in decisions))
    return [
        one
        for one in decisions
        if one.data_key_id in openable and open_row(session, one, by=by).get("entry_id") == str(entry_id)
    ]


def _of_referral(session: CaseSession, referral_id: UUID, *, early: bool) -> Sequence[Part]:
    row = session.get(ReferralRow, referral_id)
    if row is None:
        return ()
    if row.state in UNANSWERED and row.expires_on >= session.today and not early:
        raise OpenReferralError
    parts = [_part(row), *_maybe(session, OriginRow, referral_id)]
    for outcome in session.scalars(select(OutcomeRow).where(OutcomeRow.referral_id == referral_id)):
        parts += [_part(outcome), *_maybe(session, ObservedRow, outcome.id)]
    return parts


def _maybe(session: CaseSession, model: type[OriginRow] | type[ObservedRow], row_id: UUID) -> list[Part]:
    row = session.get(model, row_id)
    return [_part(row)] if row is not None else []


def _part(row: object) -> Part:
    assert isinstance(row, SealedRow)  # noqa: S101  every model above is one, which a tuple of them does not say
    return Part(row.__tablename__, row.id, row.data_key_id)
