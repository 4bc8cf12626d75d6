"""Everything that is sealed about a report goes where the report goes, and what stays behind forgets what has gone."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyHolder
from triage.keys.models import WrappedKeyRow
from triage.keys.records import open_row, reseal_row
from triage.keys.rewrapping import rewrap
from triage.linking.decisions import Verdict
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.findings import findings_of, keep_findings
from triage.linking.origins.standing import standing_verdicts
from triage.linking.service import ELSEWHERE
from triage.outcome.models import ObservedRow, OutcomeRow
from triage.referral.models import OriginRow, ReferralRow, ReferredRow


def reports_about(
    session: CaseSession, report_ids: Sequence[UUID], entries: Collection[UUID], *, by: KeyHolder
) -> frozenset[UUID]:
    """Those of these reports of which a confirmed link to one of the entries stands, as far as `by` opens them."""
    # Whoever declares a conflict moves what stands behind a wall that is not theirs.
    verdicts = standing_verdicts(session, report_ids, heeds_walls=False, by=by)
    return frozenset(
        report_id
        for report_id, standing in verdicts.items()
        if any(one in entries and verdict is Verdict.CONFIRMED for one, verdict in standing.items())
    )


def is_there_already(session: CaseSession, row: ReportRow, out_of: Collection[UUID], into: UUID) -> bool:
    """Whether a report's key went before a crash kept its row from following."""
    wrapped = select(WrappedKeyRow.box_id).where(WrappedKeyRow.key_id == row.data_key_id)
    boxes = set(session.keys.scalars(wrapped))
    return into in boxes and not boxes & set(out_of)


def move_report(session: CaseSession, row: ReportRow, out_of: Collection[UUID], into: UUID, *, by: KeyHolder) -> None:
    """Wrap for `into` the keys of a report and of what came of it: files hang under the report's own.

    What a team reads of it stays theirs as well. Hold the row: a referral that somebody writes meanwhile would stay.
    """
    if by.keys.opens(session, row.data_key_id):
        for tie in session.scalars(select(ReferredRow).where(ReferredRow.report_id == row.id)).all():
            _move_referral(session, UUID(open_row(session, tie, by=by)["referral_id"]), out_of, into, by=by)
    rewrap(session, row.data_key_id, out_of=out_of, into=into, by=by)
    row.compartment_id = into
    session.flush()


def _move_referral(
    session: CaseSession, referral_id: UUID, out_of: Collection[UUID], into: UUID, *, by: KeyHolder
) -> None:
    # Held, so that nobody begins a report with what came of it meanwhile, and leaves that behind.
    referral = session.get(ReferralRow, referral_id, with_for_update=True)
    origin = session.get(OriginRow, referral_id)
    if referral is not None:
        rewrap(session, referral.data_key_id, out_of=out_of, into=into, by=by)
        referral.compartment_id = into
    if origin is not None:
        rewrap(session, origin.data_key_id, out_of=out_of, into=into, by=by)
    outcomes = select(OutcomeRow.id).where(OutcomeRow.referral_id == referral_id)
    for observed in session.scalars(select(ObservedRow).where(ObservedRow.id.in_(outcomes))).all():
        rewrap(session, observed.data_key_id, out_of=out_of, into=into, by=by)


def forget_moved_entries(
    session: CaseSession, report_ids: Sequence[UUID], entries: Collection[UUID], *, by: KeyHolder
) -> None:
    """Of reports that stay: decisions and findings keep that there was an entry, and no word of its register."""
    for report_id, found in findings_of(session, report_ids, by=by).items():
        left = tuple(one for one in found if one.entry_id not in entries)
        if left != found:
            keep_findings(session, session.get_one(ReportRow, report_id), left, by=by)
    rows = session.scalars(select(LinkDecisionRow).where(LinkDecisionRow.report_id.in_(report_ids))).all()
    opened = by.keys.open_many(session, [row.data_key_id for row in rows])
    names = {str(one) for one in entries}
    for row in rows:
        if row.data_key_id in opened:
            body = open_row(session, row, by=by)
            scrubbed = _without(body, names)
            if scrubbed != body:
                reseal_row(session, row, scrubbed, by=by)
    session.flush()


def _without(body: dict[str, Any], names: Collection[str]) -> dict[str, Any]:  # JSON
    kept = dict(body)
    if kept.get("entry_id") in names:
        kept |= {"name": ELSEWHERE}
        kept |= {name: empty for name, empty in _NOTHING.items() if name in kept}
    if "suggested" in kept:
        kept["suggested"] = [
            one for one in kept["suggested"] if one["entry_id"] not in names and one["group_id"] not in names
        ]
    return kept


_NOTHING: dict[str, Any] = {"strength": None, "posterior": None, "reasons": [], "against": [], "runner_up": ""}
