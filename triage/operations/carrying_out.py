"""The page on which an approved operation is carried out: one way, for every step that does one."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NotFoundError, TriageError
from triage.officers.guard import current_officer
from triage.officers.refused import sentence_of
from triage.operations.forms import CarryOutForm
from triage.operations.reading import OperationRecord, operation_of
from triage.operations.rules import Operation
from web.forms import QuietForm

Done = TypeVar("Done")
PAGE = "operations/carry_out.html"


def carry_out_page(
    operation_id: UUID,
    operation: Operation,
    act: Callable[[CaseSession], Done],
    then: Callable[[Done], ResponseReturnValue],
    *,
    form: QuietForm | None = None,
    blame: Callable[[TriageError], None] | None = None,
    template: str = PAGE,
) -> ResponseReturnValue:
    """Show what was approved, and on the press of the button do it in one unit of work, with its move to “carried out”.

    `act` is the use case, which calls `carry_out`; `then` comes after it is committed and gives where to go next.
    `blame` puts a refusal beside a field of `form`, where it is not said of the whole page.

    Raises:
        NotFoundError, NoKeyError: there is no such operation of this kind for who asks.
    """
    form = form or CarryOutForm()
    found = _of_kind(operation_id, operation)
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                done = act(session)
            return then(done)
        except NotFoundError:
            raise
        except TriageError as error:
            if blame is None:
                form.refuse(sentence_of(error))
            else:
                blame(error)
            found = _of_kind(operation_id, operation)
    return render_template(template, form=form, found=found)


def _of_kind(operation_id: UUID, operation: Operation) -> OperationRecord:
    with database().look() as session:
        found = operation_of(session, operation_id, by=current_officer())
    if found.proposal.operation is not operation:
        raise NotFoundError("operation")
    return found
