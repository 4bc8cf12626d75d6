"""Who holds which key, and intake keys signed ahead."""

from time import monotonic
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from store.errors import StoreError
from triage.database import database
from triage.keys.intake_keys import (
    DAYS_AHEAD,
    WARN_BELOW_DAYS,
    intake_days,
    intake_supply,
    known_verifying_key,
    pinned_key,
    sign_intake_keys,
)
from triage.keys.publish import publish_intake_keys
from triage.keys.reading import boxes, count_data_keys
from triage.keys.rotating import NotRotatableError, RotatingAlreadyError, go_on_rotating, rotations
from triage.keys.vouching import UnvouchedBoxError
from triage.officers.fresh import fresh
from triage.officers.grants import grants, grants_as_csv, grants_page, record_taken_away, review_grant
from triage.officers.guard import current_officer, may
from triage.officers.people import box_holders, box_names
from triage.officers.rotation import begin_rotation
from triage.officers.rules import Permission
from triage.paging import number_in
from triage.settings import settings

bp = Blueprint("keys", __name__)

SECONDS_A_PAGE = 8.0
REVIEWED = {"reviewed": "It is written down that they still need it."}
SAID = {
    "rotated": "The key is rotated: a new one has its place. How far the old one is emptied stands below.",
    "signed": f"There is a key for every one of the next {DAYS_AHEAD} days, and the public form has them.",
    "unpublished": "The keys are signed, but the public form could not be given them. Press the button again later.",
}


@bp.get("/keys")
@may(Permission.READ_KEYS)
def browse() -> ResponseReturnValue:
    return _page()


def _page(refused: str = "") -> str:
    officer = current_officer()
    with database().look() as session:
        days = intake_days(session)
        known = grants(session, by=officer)
        return render_template(
            "keys/browse.html",
            supply=intake_supply(session, known_verifying_key(session, settings(), by=officer)),
            days=[day for day in days if day.is_live],
            retired=[day for day in days if not day.is_live],
            boxes=boxes(session),
            names=box_names(session, by=officer),
            holders=box_holders(session, by=officer),
            data_keys=count_data_keys(session),
            pinned=pinned_key(session, settings(), by=officer),
            days_ahead=DAYS_AHEAD,
            warn_below=WARN_BELOW_DAYS,
            said=SAID.get(request.args.get("said", ""), ""),
            went_well=request.args.get("said") in {"signed", "rotated"},
            today=session.today,
            rotations=[one for one in rotations(session) if one.is_running],
            reviews_due=sum(1 for one in known if one.is_due),
            refused=refused,
            held=officer.keys.held(session),
        )


@bp.get("/keys/grants")
@may(Permission.READ_KEYS)
def grants_list() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("words", "due", "page")}
    with database().look() as session:
        found = grants(session, words=asked["words"], only_due=asked["due"] == "yes", by=current_officer())

    def address(page: int) -> str:
        kept = {name: value for name, value in {**asked, "page": str(page)}.items() if value}
        return f"{url_for('keys.grants_list')}?{urlencode(kept)}"

    return render_template(
        "keys/grants.html",
        shown=grants_page(found, number_in(asked["page"], otherwise=1)),
        asked=asked,
        address=address,
        own_box_id=current_officer().keys.box_id,
        said=REVIEWED.get(request.args.get("said", ""), ""),
    )


@bp.post("/keys/grants.csv")
@may(Permission.READ_KEYS)
@fresh
def grants_file() -> ResponseReturnValue:
    only_due = request.form.get("due") == "yes"
    with database().begin() as session:
        found = grants(session, words=request.form.get("words", ""), only_due=only_due, by=current_officer())
        record_taken_away(session, len(found), by=current_officer())
    response = Response(grants_as_csv(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="who-can-open-what.csv"'
    return response


@bp.post("/keys/grants/<uuid:grant_id>/review")
@may(Permission.REVIEW_GRANTS)
def review(grant_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        review_grant(session, grant_id, by=current_officer())
    return redirect(url_for("keys.grants_list", due="yes", said="reviewed"), 303)


@bp.post("/keys/boxes/<uuid:box_id>/rotate")
@may(Permission.GRANT_KEYS)
@fresh
def rotate(box_id: UUID) -> ResponseReturnValue:
    try:
        with database().begin() as session:
            rotation_id = begin_rotation(session, box_id, by=current_officer())
    except (NotRotatableError, RotatingAlreadyError, UnvouchedBoxError) as error:
        return _page(refused=str(error)), 422
    return _go_on(rotation_id)


@bp.post("/keys/rotations/<uuid:rotation_id>/go-on")
@may(Permission.GRANT_KEYS)
def go_on(rotation_id: UUID) -> ResponseReturnValue:
    return _go_on(rotation_id)


def _go_on(rotation_id: UUID) -> ResponseReturnValue:
    """As long as somebody waits for a page; the command, or the button, does the rest."""
    until = monotonic() + SECONDS_A_PAGE
    go_on_rotating(database(), rotation_id, by=current_officer().with_new_ring, stop=lambda _stand: monotonic() > until)
    return redirect(url_for("keys.browse", said="rotated"), 303)


@bp.post("/keys/sign")
@may(Permission.SIGN_INTAKE_KEYS)
@fresh
def sign() -> ResponseReturnValue:
    with database().begin() as session:
        signed = sign_intake_keys(session, by=current_officer())
    try:
        publish_intake_keys(settings(), signed)
    except StoreError:
        return redirect(url_for("keys.browse", said="unpublished"), 303)
    return redirect(url_for("keys.browse", said="signed"), 303)
