"""Who holds which key, and intake keys signed ahead."""

from flask import Blueprint, redirect, render_template, request, url_for
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
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.people import box_holders, box_names
from triage.officers.rules import Permission
from triage.settings import settings

bp = Blueprint("keys", __name__)

SAID = {
    "signed": f"There is a key for every one of the next {DAYS_AHEAD} days, and the public form has them.",
    "unpublished": "The keys are signed, but the public form could not be given them. Press the button again later.",
}


@bp.get("/keys")
@may(Permission.READ_KEYS)
def browse() -> ResponseReturnValue:
    officer = current_officer()
    with database().look() as session:
        days = intake_days(session)
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
            went_well=request.args.get("said") == "signed",
            today=session.today,
        )


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
