"""The search: begun by a post, answered under an address that holds a random number and none of its words."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.casefile.desk_key import holds_desk_key, supervisors_to_ask
from triage.database import database
from triage.intake.priority import BAND_NAMES
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.officers.session import SignedIn
from triage.search import held
from triage.search.errors import (
    NothingToExportError,
    ReasonForExportMissingError,
    SearchError,
    StillReadingError,
    TooMuchToExportError,
)
from triage.search.export import MOST_LINES, export
from triage.search.forms import DeleteForm, ExportForm, NameForm, NarrowForm, SearchForm
from triage.search.keeping import (
    begin_search,
    delete_search,
    forget_last,
    keep_search,
    kept_searches,
    search_of,
)
from triage.search.narrowing import Linked, Narrowing, Order, Part
from triage.search.query import MOST_LETTERS, read_query
from triage.search.service import find, record_search, results_page
from web.markup import writable

SEE_OTHER = 303

bp = Blueprint("search", __name__)


@bp.after_app_request
def forget_who_signs_out(response: Response) -> Response:
    """Let go of the words in memory, and of the searches without a name, when their holder signs out."""
    signed_in = g.get("signed_in")
    is_done = request.endpoint == "officers.sign_out" and response.status_code == SEE_OTHER
    if is_done and isinstance(signed_in, SignedIn):
        held.HELD.let_go(signed_in.officer.id)
        with database().begin() as session:
            forget_last(session, by=signed_in.officer)
    return response


@bp.route("/search", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
def begin() -> ResponseReturnValue:
    officer, form = current_officer(), SearchForm()
    with database().look() as session:
        if not holds_desk_key(session, by=officer):
            return render_template("casefile/no_key.html", supervisors=supervisors_to_ask(session, by=officer))
    if "find" in request.form:  # the box of the navigation, which has a name of its own on every page
        form.words.data = writable(request.form["find"])
    if form.validate_on_submit():
        try:
            query = read_query(form.words.data or "")
        except SearchError as error:
            form.words.errors = [str(error)]
            form.words.data = (form.words.data or "")[:MOST_LETTERS]
        else:
            with database().begin() as session:
                search_id = begin_search(session, query.said, by=officer)
            return redirect(url_for("search.show", search_id=search_id), 303)
    with database().look() as session:
        kept = kept_searches(session, by=officer)
    return render_template("search/begin.html", form=form, kept=kept, delete_form=DeleteForm(formdata=None))


@bp.get("/search/<uuid:search_id>")
@may(Permission.READ_REPORTS)
def show(search_id: UUID) -> ResponseReturnValue:
    officer, narrow_form = current_officer(), NarrowForm(request.args)
    narrowing = _narrowing(narrow_form)
    with database().look() as session:
        if not holds_desk_key(session, by=officer):
            return render_template("casefile/no_key.html", supervisors=supervisors_to_ask(session, by=officer))
        search = search_of(session, search_id, by=officer)
        hits = find(session, read_query(search.words), narrowing, by=officer)
        results = results_page(session, hits, narrowing, by=officer)
        today = session.today
    with database().begin() as session:
        record_search(session, hits, narrowing, by=officer)
    form = SearchForm(formdata=None, words=search.words)
    return render_template(
        "search/results.html",
        form=form,
        narrow_form=narrow_form,
        search=search,
        narrowing=narrowing,
        results=results,
        today=today,
        bands=BAND_NAMES,
        Part=Part,
        Order=Order,
        kept_now=request.args.get("kept") == "yes",
        address=lambda **changes: _address(search_id, narrowing, **changes),
        page_address=lambda page: _address(search_id, narrowing, page=page),
        keys_on=request.args.get("keys") != "off",
    )


@bp.route("/search/<uuid:search_id>/export", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
@fresh
def export_results(search_id: UUID) -> ResponseReturnValue:
    officer, form, narrowing = current_officer(), ExportForm(), _narrowing(NarrowForm(request.args))
    with database().look() as session:
        search = search_of(session, search_id, by=officer)
    if form.validate_on_submit():
        try:
            with database().look() as session:  # reading reports takes seconds, and nobody waits to write for that
                hits = find(session, read_query(search.words), narrowing, by=officer)
            with database().begin() as session:
                exported = export(session, hits, narrowing, reason=form.reason.data or "", by=officer)
        except (
            NothingToExportError,
            ReasonForExportMissingError,
            StillReadingError,
            TooMuchToExportError,
        ) as error:
            form.reason.errors = [str(error)]
        else:
            headers = {"Content-Disposition": 'attachment; filename="search-results.csv"'}
            return Response("\ufeff" + exported.text, content_type="text/csv; charset=utf-8", headers=headers)
    return render_template(
        "search/export.html",
        form=form,
        search=search,
        narrowing=narrowing,
        most=MOST_LINES,
        address=lambda **changes: _address(search_id, narrowing, **changes),
    )


@bp.route("/search/<uuid:search_id>/keep", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
def keep(search_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().look() as session:
        search = search_of(session, search_id, by=officer)
    form = NameForm(name=search.name)
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                keep_search(session, search_id, form.name.data or "", by=officer)
        except SearchError as error:
            form.name.errors = [str(error)]
        else:
            return redirect(url_for("search.show", search_id=search_id, kept="yes"), 303)
    return render_template("search/keep.html", form=form, search=search)


@bp.post("/search/<uuid:search_id>/delete")
@may(Permission.READ_REPORTS)
def delete(search_id: UUID) -> ResponseReturnValue:
    if DeleteForm().validate_on_submit():
        with database().begin() as session:
            delete_search(session, search_id, by=current_officer())
    return redirect(url_for("search.begin"), 303)


def _narrowing(form: NarrowForm) -> Narrowing:
    """What the address asks for."""
    form.validate()
    return form.to_narrowing(**{name: request.args.get(name, "") for name in ("part", "order", "page")})


def _address(search_id: UUID, narrowing: Narrowing, *, endpoint: str = "search.show", **changes: object) -> str:
    """The address of the results with some of what narrows them changed; another part or order begins at page 1."""
    asked: dict[str, object] = {
        "part": narrowing.part.value,
        "order": narrowing.order.value,
        "state": [one.value for one in narrowing.states],
        "band": [one.value for one in narrowing.bands],
        "linked": narrowing.linked.value if narrowing.linked is not Linked.EITHER else None,
        "archived": "yes" if narrowing.archived else None,
        "keys": request.args.get("keys"),
    }
    for name, day in (("since", narrowing.since), ("until", narrowing.until)):
        if day is not None:
            asked |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    for name, value in changes.items():
        if name in {"since", "until"}:
            asked = {known: one for known, one in asked.items() if not known.startswith(f"{name}-")}
        asked[name] = value
    given = {name: value for name, value in asked.items() if value is not None and value != ""}
    return f"{url_for(endpoint, search_id=search_id)}?{urlencode(given, doseq=True)}"
