"""The analyst's list of what only several reports show, and earlier reports that mention whoever is new."""

import time
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.linking.errors import IndexNotReadyError
from triage.linking.origins.forms import LookForm, OldFilter, TogetherFilter, old_order, together_order
from triage.linking.origins.looking_back import current_look, go_on_looking, is_looked_for, pending, start_look
from triage.linking.origins.old_reports import (
    By,
    OldWanted,
    count_old_reports,
    old_reports,
    record_old_reports_read,
)
from triage.linking.origins.together import (
    TogetherOrder,
    TogetherWanted,
    combinations,
    record_combinations_read,
)
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.paging import number_in
from triage.register.browsing import entry_names

SECONDS_A_REQUEST = 4.0  # reports are looked through for so long, then the page says how far it is and asks to go on


def add_to(bp: Blueprint) -> None:
    """Put the lists among the pages of origins."""
    bp.add_url_rule("/together", "together", together, methods=["GET"])
    bp.add_url_rule("/register/look-back", "look_back", look_back, methods=["GET", "POST"])


def for_templates() -> dict[str, object]:
    """What the pages of the register include of this."""

    def old_reports_of(entry_id: UUID) -> int:
        with database().look() as session:
            return count_old_reports(session, entry_id, by=current_officer())

    def looked_for(entry_id: UUID) -> bool:
        with database().look() as session:
            return is_looked_for(session, entry_id)

    return {"old_reports_of": old_reports_of, "looked_for": looked_for}


@may(Permission.LINK)
def together() -> ResponseReturnValue:
    form = TogetherFilter(request.args)
    wanted = TogetherWanted(
        evidence=(form.evidence.data or "").strip(),
        order=together_order(request.args.get("order")),
        page=number_in(request.args.get("page"), otherwise=1),
    )
    with database().look() as session:
        waiting, running = pending(session, by=current_officer()), current_look(session)
        found = combinations(session, wanted, by=current_officer())
    with database().begin() as session:
        record_combinations_read(session, found, by=current_officer())
    form.offer(found.kinds)
    address = _addresses("origins.together", {"evidence": wanted.evidence, "order": wanted.order.value})
    return render_template(
        "origins/together.html",
        form=form,
        look_form=LookForm(formdata=None),
        wanted=wanted,
        found=found,
        waiting=waiting,
        running=running,
        Order=TogetherOrder,
        address=address,
        page_address=lambda page: address(page=page),
        keys_on=request.args.get("keys") != "off",
    )


@may(Permission.LINK)
def look_back() -> ResponseReturnValue:
    officer, form, narrowing = current_officer(), LookForm(), OldFilter(request.args)
    if form.validate_on_submit():
        try:
            _look()
        except IndexNotReadyError as error:
            form.refuse(str(error))
        else:
            return redirect(url_for("origins.look_back", looked="yes"), 303)
    narrowing.offer()
    wanted = OldWanted(
        entry_id=_id(request.args.get("entry")),
        strength=narrowing.wanted,
        order=old_order(request.args.get("order")),
        page=number_in(request.args.get("page"), otherwise=1),
    )
    with database().look() as session:
        waiting, running = pending(session, by=officer), current_look(session)
        found = old_reports(session, wanted, by=officer)
        name = entry_names(session, [wanted.entry_id], by=officer).get(wanted.entry_id, "") if wanted.entry_id else ""
    with database().begin() as session:
        record_old_reports_read(session, found, wanted, by=officer)
    asked = {
        "entry": str(wanted.entry_id or ""),
        "strength": wanted.strength.value if wanted.strength else "",
        "order": wanted.order.value,
    }
    address = _addresses("origins.look_back", asked)
    return render_template(
        "origins/look_back.html",
        form=form,
        narrowing=narrowing,
        wanted=wanted,
        found=found,
        name=name,
        waiting=waiting,
        running=running,
        looked=request.args.get("looked") == "yes",
        By=By,
        address=address,
        page_address=lambda page: address(page=page),
        keys_on=request.args.get("keys") != "off",
    )


def _look() -> None:
    """Begin a look or go on with the one that runs, for a few seconds."""
    with database().begin() as session:
        look = start_look(session, by=current_officer())
    if look is not None:
        until = time.monotonic() + SECONDS_A_REQUEST
        go_on_looking(database(), look.id, by=current_officer(), stop=lambda _stand: time.monotonic() >= until)


def _addresses(endpoint: str, now: dict[str, str]) -> Callable[..., str]:
    """Makes the address of a list with some of what narrows it changed; another order or filter begins at page 1."""

    def address(**changed: str | int | None) -> str:
        keys = "off" if request.args.get("keys") == "off" else None
        asked = {name: value for name, value in {**now, "keys": keys, **changed}.items() if value not in {None, ""}}
        return f"{url_for(endpoint)}?{urlencode(asked)}" if asked else url_for(endpoint)

    return address


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
