"""The queue, and one report with its timeline."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from envelope.mailbox import NoticeState
from triage.bell.forms import AnswerForm
from triage.bell.service import bell_news
from triage.casefile.desk_key import holds_desk_key, supervisors_to_ask
from triage.casefile.forms import CloseForm, QueueForm, ReopenForm, UnsealForm
from triage.casefile.queue import Order, Shown, Wanted, queue_page, record_queue_read
from triage.casefile.service import case_file, record_if_about_oneself
from triage.database import database
from triage.grading.rules import SINGLE_ANONYMOUS
from triage.grading.views import CORROBORATION
from triage.intake.answers import language_name
from triage.intake.errors import ReasonMissingError
from triage.intake.pieces import room_for_pieces
from triage.intake.priority import BAND_NAMES, Band, because
from triage.intake.reports import case_report, close, read_by_a_person, record_look, reopen
from triage.intake.retiring import overdue_days
from triage.intake.unsealing import count_refused, count_waiting, unseal_waiting
from triage.linking.corroboration import LinkedCorroboration
from triage.linking.matching import Suggestion
from triage.linking.service import suggestions_beside
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.outcome.notices import queue_notice
from triage.paging import number_in
from triage.settings import settings

# As many as the page shows where links are decided; the weak ones are only counted here.
MOST_SUGGESTIONS = 8
# One press opens this many batches of 50, each a unit of work of its own, so that nobody else waits long.
MOST_BATCHES = 10

bp = Blueprint("casefile", __name__)


@bp.record_once
def give_grading_its_corroboration(state: BlueprintSetupState) -> None:
    """Grading looks back along the flow only, so what linking knows is handed to it here."""
    state.app.extensions[CORROBORATION] = LinkedCorroboration()


@bp.get("/reports")
@may(Permission.READ_REPORTS)
def queue() -> ResponseReturnValue:
    form = QueueForm(request.args)
    form.validate()
    asked = {name: request.args.get(name, "") for name in ("shown", "order", "page", "folded")}
    wanted = form.to_wanted(**asked)
    with database().look() as session:
        if not holds_desk_key(session, by=current_officer()):
            asked_for = supervisors_to_ask(session, by=current_officer())
            return render_template("casefile/no_key.html", supervisors=asked_for)
        found = queue_page(session, wanted, by=current_officer())
        waiting, refused, overdue = count_waiting(session), count_refused(session), overdue_days(session)
        bell = bell_news(session)
    with database().begin() as session:
        record_queue_read(session, found, by=current_officer())
    return render_template(
        "casefile/queue.html",
        form=form,
        unseal_form=UnsealForm(),
        wanted=wanted,
        found=found,
        waiting=waiting,
        refused=refused,
        overdue=overdue,
        room_for_files=room_for_pieces(database(), settings()),
        bell=bell,
        answer_form=AnswerForm.showing(bell),
        opened=_count("opened"),
        set_aside=_count("refused"),
        bands=BAND_NAMES,
        Band=Band,
        Shown=Shown,
        Order=Order,
        address=lambda **changes: _address(wanted, **changes),
        page_address=lambda page: _address(wanted, page=page),
        keys_on=request.args.get("keys") != "off",
    )


@bp.post("/reports/unseal")
@may(Permission.READ_REPORTS)
def unseal() -> ResponseReturnValue:
    if not UnsealForm().validate_on_submit():
        return redirect(url_for("casefile.queue"), 303)
    opened = refused = 0
    for _ in range(MOST_BATCHES):
        with database().begin() as session:
            unsealed = unseal_waiting(session, by=current_officer())
            for report_id in unsealed.opened:
                queue_notice(session, report_id, NoticeState.RECEIVED, by=current_officer(), release=settings().release)
        opened, refused = opened + len(unsealed.opened), refused + unsealed.refused
        if not unsealed.left:
            break
    return redirect(url_for("casefile.queue", opened=opened, refused=refused), 303)


@bp.get("/reports/<uuid:report_id>")
@may(Permission.READ_REPORTS)
def show(report_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        first = read_by_a_person(session, report_id, by=current_officer())
        record_if_about_oneself(session, report_id, by=current_officer())
        if first:
            queue_notice(session, report_id, NoticeState.READ, by=current_officer(), release=settings().release)
    with database().look() as session:
        case = case_file(session, report_id, by=current_officer())
    suggestions: tuple[Suggestion, ...] = ()
    if not case.report.is_closed:
        with database().look() as session:
            suggestions = suggestions_beside(session, report_id, by=current_officer(), limit=MOST_SUGGESTIONS)
    decided = {decision.entry_id for decision in case.decisions if decision.stands}
    return render_template(
        "casefile/show.html",
        case=case,
        suggestions=[one for one in suggestions if one.entry_id not in decided],
        bands=BAND_NAMES,
        because=because(case.report.reasons, most=8),
        written_in=language_name(case.report.language),
        single_anonymous=SINGLE_ANONYMOUS,
    )


@bp.route("/reports/<uuid:report_id>/close", methods=["GET", "POST"])
@may(Permission.CLOSE)
def close_report(report_id: UUID) -> ResponseReturnValue:
    form = CloseForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                close(session, report_id, reason=form.reason.data or "", by=current_officer())
                queue_notice(session, report_id, NoticeState.CLOSED, by=current_officer(), release=settings().release)
        except ReasonMissingError as error:
            form.reason.errors = [str(error)]
        else:
            return redirect(url_for("casefile.show", report_id=report_id), 303)
    with database().begin() as session:
        report = case_report(session, report_id, by=current_officer())
        record_look(session, report_id, why="closing it", by=current_officer())
    return render_template("casefile/close.html", form=form, report=report)


@bp.route("/reports/<uuid:report_id>/reopen", methods=["GET", "POST"])
@may(Permission.CLOSE)
def reopen_report(report_id: UUID) -> ResponseReturnValue:
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                reopen(session, report_id, reason=form.reason.data or "", by=current_officer())
        except ReasonMissingError as error:
            form.reason.errors = [str(error)]
        else:
            return redirect(url_for("casefile.show", report_id=report_id), 303)
    with database().begin() as session:
        report = case_report(session, report_id, by=current_officer())
        record_look(session, report_id, why="taking it up again", by=current_officer())
    return render_template("casefile/reopen.html", form=form, report=report)


def _count(name: str) -> int:
    """A small number that our own redirect put into the address."""
    return number_in(request.args.get(name), otherwise=0)


def _address(wanted: Wanted, **changes: object) -> str:
    """The queue's address with what was asked for, apart from `changes`; another view begins at its first page."""
    asked: dict[str, object] = {
        "shown": wanted.shown.value,
        "order": wanted.order.value,
        "band": [band.value for band in wanted.bands],
        "since": wanted.received_from,
        "until": wanted.received_to,
        "keys": "off" if request.args.get("keys") == "off" else None,
        "folded": None if wanted.folded else "no",
    }
    asked |= changes
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        if name in {"since", "until"}:
            if value is not None:
                pairs.extend((f"{name}-{part}", str(getattr(value, part))) for part in ("day", "month", "year"))
        elif isinstance(value, list):
            pairs.extend((name, str(one)) for one in value)
        elif value not in (None, ""):
            pairs.append((name, str(value)))
    return f"{url_for('casefile.queue')}?{urlencode(pairs)}"
