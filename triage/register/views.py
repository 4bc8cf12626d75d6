"""Browse, add, edit and archive entries of the register, and tie them together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NotFoundError, OutOfDateError
from triage.keys.service import desk_id
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.officers.session import SignedIn
from triage.paging import number_in
from triage.register import import_views
from triage.register.browsing import Listing, Order, Shown, show_entry
from triage.register.browsing import browse as list_entries
from triage.register.checks import written_phone
from triage.register.codes import SEX_WORDS
from triage.register.entries import Entry, Group, Kind, Membership, Person, Status
from triage.register.entry_forms import GroupForm, PersonForm
from triage.register.errors import FieldError, RegisterError
from triage.register.forms import ArchiveForm, BrowseForm, PressForm, TieForm
from triage.register.group_choices import GroupChoice, group_choices
from triage.register.service import add_entry, add_tie, archive_entry, change_entry, remove_tie, restore_entry
from triage.register.unlocked import HELD, unlock_register

SEE_OTHER = 303

bp = Blueprint("register", __name__)
import_views.add_to(bp)


@bp.after_app_request
def forget_who_signs_out(response: Response) -> Response:
    """Let go of the unlocked register when its last holder signs out."""
    signed_in = g.get("signed_in")
    is_done = request.endpoint == "officers.sign_out" and response.status_code == SEE_OTHER
    if is_done and isinstance(signed_in, SignedIn):
        HELD.let_go(signed_in.officer.id)
    return response


@bp.route("/register")
@may(Permission.READ_REGISTER)
def browse() -> ResponseReturnValue:
    kind = Kind.PERSON if request.args.get("kind") == Kind.PERSON else Kind.GROUP
    form = BrowseForm(request.args)
    form.offer(kind)
    order = next((one for one in Order if one == request.args.get("order")), Order.NAME)
    downwards = request.args.get("down") == "yes"
    with database().begin() as session:
        listing = list_entries(
            session,
            by=current_officer(),
            kind=kind,
            words=form.words.data or "",
            status=form.wanted_status,
            order=order,
            downwards=downwards,
            page=number_in(request.args.get("page"), otherwise=1),
        )
    address = _addresses(kind, form, order, downwards=downwards)
    return render_template(
        "register/browse.html",
        form=form,
        kind=kind,
        listing=listing,
        order=order,
        downwards=downwards,
        address=address,
        page_address=lambda number: address(page=number),
        filtered=bool((form.words.data or "").strip() or form.wanted_status),
        empty=_nothing_fits(listing, kind),
    )


def _addresses(kind: Kind, form: BrowseForm, order: Order, *, downwards: bool) -> Callable[..., str]:
    """Makes the address of the list with some of what narrows it changed; the template calls it."""
    now: dict[str, str | None] = {
        "kind": kind.value,
        "words": form.words.data or None,
        "status": form.wanted_status.value if form.wanted_status else None,
        "order": order.value if order is not Order.NAME else None,
        "down": "yes" if downwards else None,
    }

    def address(**changed: str | int | None) -> str:
        given = {name: str(value) for name, value in {**now, **changed}.items() if value is not None}
        return f"{url_for('register.browse')}?{urlencode(given)}"

    return address


def _nothing_fits(listing: Listing, kind: Kind) -> str:
    if listing.fitting:
        return ""
    return "No group fits." if kind is Kind.GROUP else "Nobody fits."


@bp.route("/register/<uuid:entry_id>")
@may(Permission.READ_REGISTER)
def show(entry_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=current_officer())
    return render_template(
        "register/show.html",
        shown=shown,
        sex_words=SEX_WORDS,
        phones=tuple(written_phone(one) for one in shown.entry.phones) if isinstance(shown.entry, Person) else (),
        saved=request.args.get("saved") == "yes",
        may_edit=current_officer().may(Permission.EDIT_REGISTER),
        may_link=current_officer().may(Permission.LINK),
    )


@bp.route("/register/groups/new", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def add_group() -> ResponseReturnValue:
    form = GroupForm()
    with database().begin() as session:
        today = session.today
    form.offer(today)
    if form.validate_on_submit():
        group = form.to_group(today)
        if group is not None and (answer := _keep(form, group)) is not None:
            return answer
    return render_template("register/group.html", form=form, shown=None)


@bp.route("/register/people/new", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def add_person() -> ResponseReturnValue:
    form = PersonForm()
    form.offer()
    with database().begin() as session:
        today, choices = session.today, group_choices(session, by=current_officer())
    if not form.is_submitted():
        wanted = next((one.id for one in choices if str(one.id) == request.args.get("group")), None)
        if wanted is not None:
            form.fill(Person("", "", memberships=(Membership(wanted),)), 0, _references(choices))
    elif form.validate():
        person = form.to_person(_ids(choices), today)
        if person is not None and (answer := _keep(form, person)) is not None:
            return answer
    return render_template("register/person.html", form=form, shown=None, choices=choices)


@bp.route("/register/<uuid:entry_id>/edit", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def edit(entry_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=current_officer())
        choices = group_choices(session, by=current_officer())
        today = session.today
    if shown.entry.status is Status.ARCHIVED:  # it is brought back first, so that nobody does so unawares
        return redirect(url_for("register.show", entry_id=entry_id), 303)
    entry: Entry | None = None
    form: GroupForm | PersonForm
    match shown.entry:
        case Group():
            form = GroupForm()
            form.offer(today)
            if form.validate_on_submit():
                entry = form.to_group(today)
            elif not form.is_submitted():
                form.fill(shown.entry, shown.version)
        case Person():
            form = PersonForm()
            form.offer()
            if form.validate_on_submit():
                entry = form.to_person(_ids(choices, shown.place), today)
            elif not form.is_submitted():
                form.fill(shown.entry, shown.version, _references(choices))
    if entry is not None and (answer := _keep(form, entry, shown)) is not None:
        return answer
    page = "register/group.html" if isinstance(shown.entry, Group) else "register/person.html"
    return render_template(page, form=form, shown=shown, choices=choices)


def _keep(form: GroupForm | PersonForm, entry: Entry, shown: Shown | None = None) -> ResponseReturnValue | None:
    """Add or change the entry; on an error the form keeps every word and says what to do."""
    try:
        with database().begin() as session:
            if shown is None:
                entry_id = add_entry(session, entry, by=current_officer())
            else:
                entry_id = shown.id
                entry = _with_reference(entry, shown.entry.reference)
                change_entry(session, entry_id, entry, version=form.seen_version, by=current_officer())
    except OutOfDateError:
        assert shown is not None  # noqa: S101  only a change can be out of date
        form.version.data = str(shown.version)
        form.refuse(
            "Somebody changed this entry while you were working on it. Read it as it stands now, "
            "take over what you need, and save again: what is here then takes its place."
        )
        return None
    except FieldError as error:
        form.wrong(form[error.field], str(error))
        return None
    return redirect(url_for("register.show", entry_id=entry_id, saved="yes"), 303)


def _with_reference(entry: Entry, reference: str) -> Entry:
    """An entry never loses its reference by an empty field."""
    match entry:
        case Group():
            return entry if entry.reference else replace(entry, reference=reference)
        case Person():
            return entry if entry.reference else replace(entry, reference=reference)


@bp.route("/register/<uuid:entry_id>/archive", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def archive(entry_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=current_officer())
    form = ArchiveForm()
    if not form.is_submitted():
        form.version.data = str(shown.version)
    elif form.validate():
        reason = form.reason.data or ""
        with database().begin() as session:
            archive_entry(session, entry_id, version=form.seen_version, reason=reason, by=current_officer())
        return redirect(url_for("register.show", entry_id=entry_id), 303)
    return render_template("register/archive.html", form=form, shown=shown)


@bp.route("/register/<uuid:entry_id>/restore", methods=["POST"])
@may(Permission.EDIT_REGISTER)
def restore(entry_id: UUID) -> ResponseReturnValue:
    if PressForm().validate_on_submit():
        version = number_in(request.form.get("version"), otherwise=0)
        with database().begin() as session:
            restore_entry(session, entry_id, version=version, by=current_officer())
    return redirect(url_for("register.show", entry_id=entry_id), 303)


@bp.route("/register/<uuid:entry_id>/ties/new", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def tie(entry_id: UUID) -> ResponseReturnValue:
    form = TieForm()
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=current_officer())
        entries, today = _entries(session), session.today
    form.offer(today)
    if form.validate_on_submit() and (wanted := form.to_tie(entry_id, entries, today)) is not None:
        try:
            with database().begin() as session:
                add_tie(session, wanted, by=current_officer())
        except RegisterError as error:
            form.wrong(form.other, str(error))
        else:
            return redirect(url_for("register.show", entry_id=entry_id, _anchor="ties"), 303)
    return render_template("register/tie.html", form=form, shown=shown)


@bp.route("/register/<uuid:entry_id>/ties/<uuid:tie_id>/remove", methods=["GET", "POST"])
@may(Permission.EDIT_REGISTER)
def untie(entry_id: UUID, tie_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=current_officer())
    strand = next((one for one in shown.strands if one.id == tie_id), None)
    if strand is None:
        raise NotFoundError("tie")
    form = PressForm()
    if form.validate_on_submit():
        with database().begin() as session:
            remove_tie(session, tie_id, by=current_officer())
        return redirect(url_for("register.show", entry_id=entry_id, _anchor="ties"), 303)
    return render_template("register/untie.html", form=form, shown=shown, strand=strand)


def _entries(session: CaseSession) -> Mapping[str, UUID]:
    return unlock_register(session, desk_id(session), by=current_officer()).by_reference


def _ids(choices: tuple[GroupChoice, ...], place: UUID | None = None) -> dict[str, UUID]:
    """Groups by reference: of two that have the same in different places, the one beside the person, or at the desk."""
    nearest_last = sorted(choices, key=lambda one: (one.place == place, not one.is_apart))
    return {one.reference.casefold(): one.id for one in nearest_last}


def _references(choices: tuple[GroupChoice, ...]) -> dict[UUID, str]:
    return {one.id: one.reference for one in choices}
