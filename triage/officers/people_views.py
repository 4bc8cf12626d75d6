"""People and teams: add, give keys, suspend, and let go."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import TriageError
from triage.officers.confirming import confirm_officer
from triage.officers.door import door
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.listing import Listing, page_of
from triage.officers.own_address import (
    AddressError,
    own_address_known_since,
    record_own_address,
    remove_own_address,
)
from triage.officers.passphrases import suggest_passphrase
from triage.officers.people import give_key, grant_role, leave, people, person, restore, suspend, take_key
from triage.officers.people_forms import (
    AddOfficerForm,
    JoinTeamForm,
    LeaveForm,
    OwnAddressForm,
    ReasonForm,
    TeamForm,
    VettingForm,
)
from triage.officers.refused import sentence_of
from triage.officers.rules import AT_WORK, OfficerState, Permission, Role
from triage.officers.second_factor import in_fours
from triage.officers.service import add_officer, add_team, members_of, teams
from triage.officers.vetting import Level, VettingDayError, is_short, record_vetting, vetting_of
from triage.settings import settings
from web.fields import SelectChoice

bp = Blueprint("people", __name__)

DONE = {
    "added": "They are added.",
    "suspended": "They are suspended, and signed out everywhere.",
    "restored": "They can sign in again.",
    "confirmed": "They are confirmed, and can sign in again.",
    "left": "They have left, and their keys are destroyed.",
    "given": "The key is given. It counts from their next page on.",
    "vetted": "The vetting is recorded.",
    "lives": "The address is recorded. Nobody but they can read it again.",
    "moved": "The address is let go.",
    "taken": "The key is taken away. It opens nothing from their next page on.",
}


@bp.get("/people")
@may(Permission.READ_PEOPLE)
def browse() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "") for name in ("state", "role", "sort", "page")}
    listing = Listing.of(**asked)
    with database().look() as session:
        everybody = people(session, by=current_officer())
        page = page_of(everybody, listing)
        ending = [one.name for one in everybody if one.state in AT_WORK and is_short(one.vetted_until, session.today)]
        unvetted = sum(1 for one in everybody if one.state in AT_WORK and one.vetted_until is None)

    def address(**changed: object) -> str:
        kept = {**asked, "page": "", **{name: str(value) for name, value in changed.items()}}
        query = urlencode({name: value for name, value in kept.items() if value})
        return url_for("people.browse") + (f"?{query}" if query else "")

    return render_template(
        "people/browse.html",
        page=page,
        listing=listing,
        ending=ending,
        unvetted=unvetted,
        address=address,
        page_address=lambda number: address(page=number),
        states=tuple(OfficerState),
        roles=tuple(Role),
    )


@bp.get("/people/<uuid:officer_id>")
@may(Permission.READ_PEOPLE)
def show(officer_id: UUID) -> ResponseReturnValue:
    return _page(officer_id)


@bp.route("/people/add", methods=["GET", "POST"])
@may(Permission.MANAGE_PEOPLE)
@fresh
def add() -> ResponseReturnValue:
    form = AddOfficerForm()
    if form.validate_on_submit():
        name, sign_in_name = form.name.data or "", form.sign_in_name.data or ""
        passphrase = form.passphrase.data or suggest_passphrase(sign_in_name)
        try:
            with door().in_line(), database().begin() as session:
                made = add_officer(
                    session,
                    settings(),
                    name=name,
                    sign_in_name=sign_in_name,
                    role=Role(form.role.data),
                    passphrase=passphrase,
                    by=current_officer(),
                )
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            # Shown in the answer itself and kept nowhere: a redirect would have to carry it.
            uri = made.totp_uri(" ".join(sign_in_name.split()))
            return render_template(
                "people/added.html",
                name=name,
                sign_in_name=sign_in_name,
                made=made,
                passphrase="" if form.passphrase.data else passphrase,
                picture=segno.make_qr(uri).png_data_uri(scale=5, border=4),
                secret=in_fours(made.totp_secret),
            )
    return render_template("people/add.html", form=form)


@bp.post("/people/<uuid:officer_id>/suspend")
@may(Permission.MANAGE_PEOPLE)
@fresh
def suspend_officer(officer_id: UUID) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(officer_id, suspending=form)
    reason = (form.reason.data or "").strip()
    return _done(
        officer_id, "suspended", lambda session: suspend(session, officer_id, reason=reason, by=current_officer())
    )


@bp.post("/people/<uuid:officer_id>/restore")
@may(Permission.MANAGE_PEOPLE)
@fresh
def restore_officer(officer_id: UUID) -> ResponseReturnValue:
    return _done(officer_id, "restored", lambda session: restore(session, officer_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/confirm")
@may(Permission.GRANT_KEYS)
@fresh
def confirm(officer_id: UUID) -> ResponseReturnValue:
    return _done(officer_id, "confirmed", lambda session: confirm_officer(session, officer_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/leave")
@may(Permission.MANAGE_PEOPLE)
@fresh
def leave_officer(officer_id: UUID) -> ResponseReturnValue:
    form = LeaveForm()
    if not form.validate_on_submit():
        return _page(officer_id, leaving=form)
    return _done(officer_id, "left", lambda session: leave(session, officer_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/vet")
@may(Permission.VET_PEOPLE)
@fresh
def vet(officer_id: UUID) -> ResponseReturnValue:
    form = VettingForm()
    if not form.validate_on_submit():
        return _page(officer_id, vetting=form)
    try:
        with database().begin() as session:
            record_vetting(session, officer_id, Level(form.level.data), form.until.data, by=current_officer())
    except VettingDayError as error:
        form.until.errors = [str(error)]
        return _page(officer_id, vetting=form), 422
    except TriageError as error:
        return _page(officer_id, vetting=form, refused=sentence_of(error)), 422
    return redirect(url_for("people.show", officer_id=officer_id, done="vetted"), 303)


@bp.post("/people/<uuid:officer_id>/address")
@may(Permission.VET_PEOPLE)
@fresh
def record_address(officer_id: UUID) -> ResponseReturnValue:
    form = OwnAddressForm()
    if not form.validate_on_submit():
        return _page(officer_id, living=form)
    try:
        with database().begin() as session:
            record_own_address(session, officer_id, form.address.data or "", by=current_officer())
    except AddressError as error:
        form.address.errors = [str(error)]
        return _page(officer_id, living=form), 422
    except TriageError as error:
        return _page(officer_id, living=form, refused=sentence_of(error)), 422
    return redirect(url_for("people.show", officer_id=officer_id, done="lives"), 303)


@bp.post("/people/<uuid:officer_id>/address/forget")
@may(Permission.VET_PEOPLE)
@fresh
def forget_address(officer_id: UUID) -> ResponseReturnValue:
    return _done(officer_id, "moved", lambda session: remove_own_address(session, officer_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/give-role")
@may(Permission.GRANT_KEYS)
@fresh
def give_role(officer_id: UUID) -> ResponseReturnValue:
    return _done(officer_id, "given", lambda session: grant_role(session, officer_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/give-team")
@may(Permission.GRANT_KEYS)
@fresh
def give_team(officer_id: UUID) -> ResponseReturnValue:
    form = _join_form()
    if not form.validate_on_submit():
        return _page(officer_id, joining=form)
    box_id = UUID(form.team.data)
    return _done(officer_id, "given", lambda session: give_key(session, officer_id, box_id, by=current_officer()))


@bp.post("/people/<uuid:officer_id>/keys/<uuid:box_id>/take")
@may(Permission.GRANT_KEYS)
@fresh
def take(officer_id: UUID, box_id: UUID) -> ResponseReturnValue:
    return _done(officer_id, "taken", lambda session: take_key(session, officer_id, box_id, by=current_officer()))


@bp.route("/people/teams", methods=["GET", "POST"])
@may(Permission.GRANT_KEYS)
@fresh
def manage_teams() -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                add_team(session, name=form.name.data or "", area=form.area.data or "", by=current_officer())
        except TriageError as error:
            form.name.errors = [sentence_of(error)]
        else:
            return redirect(url_for("people.manage_teams"), 303)
    with database().look() as session:
        found = [
            (team, members_of(session, team, by=current_officer())) for team in teams(session, by=current_officer())
        ]
    return render_template("people/teams.html", form=form, teams=found)


def _done(officer_id: UUID, said: str, change: Callable[[CaseSession], None]) -> ResponseReturnValue:
    """One change, then back to the person it was of; a refusal is said on their page."""
    try:
        with database().begin() as session:
            change(session)
    except TriageError as error:
        return _page(officer_id, refused=sentence_of(error)), 422
    return redirect(url_for("people.show", officer_id=officer_id, done=said), 303)


def _join_form() -> JoinTeamForm:
    form = JoinTeamForm()
    with database().look() as session:
        found = teams(session, by=current_officer())
    form.team.choices = [
        SelectChoice("", "Choose a team"),
        *(SelectChoice(str(team.box_id), f"{team.name} – {team.area}" if team.area else team.name) for team in found),
    ]
    return form


def _page(
    officer_id: UUID,
    *,
    suspending: ReasonForm | None = None,
    leaving: LeaveForm | None = None,
    joining: JoinTeamForm | None = None,
    vetting: VettingForm | None = None,
    living: OwnAddressForm | None = None,
    refused: str = "",
) -> str:
    with database().look() as session:
        found = person(session, officer_id, by=current_officer())
        vetted = vetting_of(session, officer_id, by=current_officer())
        address_known_since = own_address_known_since(session, officer_id)
        today = session.today
    return render_template(
        "people/show.html",
        person=found,
        suspending=suspending or ReasonForm(formdata=None),
        leaving=leaving or LeaveForm(formdata=None),
        joining=joining or _join_form(),
        vetting=vetting or VettingForm(formdata=None),
        vetted=vetted,
        living=living or OwnAddressForm(formdata=None),
        address_known_since=address_known_since,
        vetting_ends_soon=is_short(found.vetted_until, today),
        refused=refused,
        done=DONE.get(request.args.get("done", ""), ""),
        is_oneself=found.id == current_officer().id,
    )
