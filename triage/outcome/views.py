"""Record what came of a referral, and start a report from what a team saw."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NoKeyError, NotFoundError, TriageError
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.outcome.forms import OutcomeForm
from triage.outcome.rules import OutcomeError
from triage.outcome.service import Outcome, outcomes_of, report_from, start_report
from triage.outcome.service import record_outcome as record_what_came
from triage.referral.answers import bring_answers
from triage.referral.service import open_referral

bp = Blueprint("outcome", __name__)


@bp.route("/referrals/<uuid:referral_id>/outcome", methods=["GET", "POST"])
@may(Permission.RECORD_OUTCOME)
def record_outcome(referral_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    form = OutcomeForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                record_what_came(session, referral_id, form.to_outcome(), by=officer)
        except (NoKeyError, NotFoundError):
            raise
        except OutcomeError as error:
            form.words.errors = [str(error)]
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("referral.show", referral_id=referral_id, recorded="yes"), 303)
    with database().begin() as session:
        referral = open_referral(session, referral_id, by=officer)
        earlier = outcomes_of(session, referral_id, by=officer)
        names = names_of(session, {one.recorded_by for one in earlier}, by=officer)
    return render_template("outcome/record.html", form=form, referral=referral, earlier=earlier, names=names)


@bp.post("/outcomes/<uuid:outcome_id>/report")
@may(Permission.GRADE)
def report_what_was_seen(outcome_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        report_id = start_report(session, outcome_id, by=current_officer())
    return redirect(url_for("casefile.show", report_id=report_id), 303)


class _Answers:
    """How the page of a referral finds what came of it."""

    def of(self, session: CaseSession, referral_id: UUID, *, by: Officer) -> Sequence[Outcome]:
        return outcomes_of(session, referral_id, by=by)

    def report_from(self, session: CaseSession, outcome_id: UUID, *, by: Officer) -> UUID | None:
        return report_from(session, outcome_id, by=by)


def _bring(state: BlueprintSetupState) -> None:
    bring_answers(state.app, _Answers())


bp.record(_bring)
