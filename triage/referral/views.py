"""Refer to a team, and read what was referred."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import NoKeyError, NotFoundError, TriageError
from triage.grading.codes import Code, Scheme, codes_on
from triage.grading.rules import Grade
from triage.intake.reports import record_look
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.officers.service import teams
from triage.paging import number_in
from triage.referral.answers import answers
from triage.referral.forms import AcknowledgeForm, FilterForm, ReferForm
from triage.referral.rules import STANDING_DO_NOTS, ReferralError
from triage.referral.service import acknowledge as acknowledge_referral
from triage.referral.service import open_referral, origin_of, referrals_for, with_whom
from triage.referral.service import refer as refer_text
from triage.sanitising.service import draft_of

bp = Blueprint("referral", __name__)


@bp.route("/sanitised/<uuid:draft_id>/refer", methods=["GET", "POST"])
@may(Permission.REFER)
def refer(draft_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().look() as session:
        draft = draft_of(session, draft_id, by=officer)
        there = teams(session, by=officer)
        with_already = with_whom(session, draft_id, draft.report_id, by=officer)
        form = ReferForm.starting(session.today)
    form.offer(there)
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                referral_id = refer_text(session, draft_id, form.to_referral(), by=officer)
        except (NoKeyError, NotFoundError):
            raise
        except ReferralError as error:
            form.refuse_part(error)
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("referral.show", referral_id=referral_id, sent="yes"), 303)
    with database().begin() as session:
        record_look(session, draft.report_id, why="referring a text of it", by=officer)
    return render_template(
        "referral/refer.html",
        form=form,
        draft=draft,
        with_already=with_already,
        do_not=(*STANDING_DO_NOTS, *draft.content.do_not),
    )


@bp.get("/referrals/sent")
@may(Permission.REFER)
def sent() -> ResponseReturnValue:
    officer = current_officer()
    form = FilterForm(request.args)
    with database().begin() as session:
        there = teams(session, by=officer)
        form.offer(there)
        page = referrals_for(
            session,
            by=officer,
            state=form.chosen_state(),
            team_id=form.chosen_team(),
            page=number_in(request.args.get("page"), otherwise=1),
        )
    return render_template("referral/sent.html", form=form, page=page, address=_address)


@bp.get("/referrals")
@may(Permission.READ_REFERRALS)
def inbox() -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        page = referrals_for(session, by=officer, page=number_in(request.args.get("page"), otherwise=1))
    return render_template("referral/inbox.html", page=page, address=_address)


@bp.get("/referrals/<uuid:referral_id>")
@may(Permission.OPEN_REFERRAL)
def show(referral_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    at_desk = officer.may(Permission.REFER)
    with database().begin() as session:
        referral = open_referral(session, referral_id, by=officer)
        found = answers().of(session, referral_id, by=officer)
        reports = {one.id: answers().report_from(session, one.id, by=officer) for one in found} if at_desk else {}
        codes = codes_on(session, session.today)
        return render_template(
            "referral/show.html",
            referral=referral,
            answers=found,
            reports=reports,
            at_desk=at_desk,
            origin=origin_of(session, referral_id, by=officer) if at_desk else None,
            names=names_of(session, {referral.referred_by, *(one.recorded_by for one in found)}, by=officer),
            conditions={one.code: one for one in codes[Scheme.CONDITION]},
            grade_words=_in_words(referral.grade, codes),
            form=AcknowledgeForm(),
            sent=request.args.get("sent") == "yes",
            recorded=request.args.get("recorded") == "yes",
        )


@bp.post("/referrals/<uuid:referral_id>/acknowledge")
@may(Permission.RECORD_OUTCOME)
def acknowledge(referral_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        acknowledge_referral(session, referral_id, by=current_officer())
    return redirect(url_for("referral.show", referral_id=referral_id), 303)


def _in_words(grade: Grade, codes: Mapping[Scheme, Sequence[Code]]) -> str:
    """What the three codes of a grade mean, for whoever does not read them every day."""
    parts = (
        (Scheme.SOURCE, grade.source),
        (Scheme.INTELLIGENCE, grade.intelligence),
        (Scheme.HANDLING, grade.handling),
    )
    labels = [one.label for scheme, value in parts for one in codes[scheme] if one.code == value]
    return "; ".join(labels).capitalize()


def _address(number: int) -> str:
    kept = {name: value for name, value in request.args.items() if name in {"state", "team"} and value}
    return f"{request.path}?{urlencode({**kept, 'page': number})}"
