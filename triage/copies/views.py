"""Tells the Keys page of the counter-corruption box, which nobody who signs in here holds."""

from typing import Any

from flask import Blueprint

from triage.copies.reading import CounterBox, Waiting, counter_boxes, waiting_copies
from triage.database import database

bp = Blueprint("copies", __name__)


@bp.app_context_processor
def for_the_keys_page() -> dict[str, Any]:  # Any: what a template is given
    """`counter_box()` gives both, and is asked by that page alone."""

    def counter_box() -> tuple[tuple[CounterBox, ...], Waiting]:
        with database().look() as session:
            return counter_boxes(session), waiting_copies(session)

    return {"counter_box": counter_box}
