"""Archived entries of the register: which are due, and one's review. `views` gives these their addresses."""

from urllib.parse import urlencode
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.disposal.deciding import lift_hold
from triage.disposal.destroying import destroy_now
from triage.disposal.entries import (
    Asked,
    dispose_entry_reviewed,
    keep_entry_longer,
    kept_entries,
    kept_entry,
    propose_entry_erasure,
)
from triage.disposal.entry_holds import set_entry_hold
from triage.disposal.forms import DISPOSE, ERASE, HOLD, LIFT, EntryReviewForm
from triage.disposal.review import Shown
from triage.errors import NotFoundError, TriageError
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.register.entries import Kind

DONE = {
    "kept": "It is kept, and its period begins again.",
    "disposed": "It is destroyed: no key opens it any more.",
    "held": "The legal hold is set.",
    "lifted": "The legal hold is lifted.",
}


@may(Permission.DISPOSE)
def entries() -> ResponseReturnValue:
    given = {name: request.args.get(name, "") for name in ("shown", "kind", "sort", "page")}
    asked = Asked.of(**given)
    with database().begin() as session:
        page = kept_entries(session, asked, by=current_officer())

    def address(**changed: object) -> str:
        kept = {**given, "page": "", **{name: str(value) for name, value in changed.items()}}
        query = urlencode({name: value for name, value in kept.items() if value})
        return url_for("disposal.entries") + (f"?{query}" if query else "")

    return render_template(
        "disposal/entries.html",
        page=page,
        asked=asked,
        address=address,
        page_address=lambda number: address(page=number),
        shown=tuple(Shown),
        kinds=tuple(Kind),
        done=DONE.get(request.args.get("done", ""), ""),
    )


@may(Permission.DISPOSE)
@fresh
def entry(entry_id: UUID) -> ResponseReturnValue:
    """One archived entry: what its period is, and what becomes of it."""
    form, officer = EntryReviewForm(), current_officer()
    with database().begin() as session:
        found = kept_entry(session, entry_id, by=officer)
    form.offer(is_due=found.is_due, is_held=found.is_held)
    if form.validate_on_submit():
        reason = form.reason.data or ""
        try:
            with database().begin() as session:
                if form.decision.data == ERASE:
                    operation_id = propose_entry_erasure(session, entry_id, reason=reason, by=officer)
                    after = url_for("operations.show", operation_id=operation_id, done="proposed")
                elif form.decision.data == DISPOSE:
                    dispose_entry_reviewed(session, entry_id, reason=reason, by=officer)
                    after = url_for("disposal.entries", done="disposed")
                elif form.decision.data == HOLD:
                    set_entry_hold(session, entry_id, reason=reason, by=officer)
                    after = url_for("disposal.entries", done="held")
                elif form.decision.data == LIFT:
                    lift_hold(session, entry_id, reason=reason, by=officer)
                    after = url_for("disposal.entries", done="lifted")
                else:
                    keep_entry_longer(session, entry_id, reason=reason, by=officer)
                    after = url_for("disposal.entries", done="kept")
            destroy_now(by=officer)
        except NotFoundError:
            raise
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(after, 303)
    return render_template("disposal/entry.html", form=form, found=found)
