"""One decision about whom a report is about: its values, its sealed body, and which of several stands."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from triage.linking.matching import Strength, Suggestion
from triage.linking.reasons import Reason
from triage.register.entries import Kind


class Verdict(StrEnum):
    """What an officer decided. Taking back leaves the entry undecided again; the history keeps both."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    NOBODY = "nobody on the register"
    TAKEN_BACK = "taken back"
    ASKED = "asked to see the suggestions"  # of a report held back: decides nothing, and no list shows it


class Found(StrEnum):
    """How the officer came to the entry."""

    SUGGESTED = "suggested"
    SEARCHED = "searched"


@dataclass(frozen=True)
class Suggested:
    """One of the suggestions there were at a decision, shown or held back: for calibration, never for a page."""

    entry_id: UUID
    group_id: UUID | None
    kind: str
    posterior: float
    strength: Strength


@dataclass(frozen=True)
class Decision:
    """One decision, with what was shown when it was made.

    `stands` is false once a later one about the same entry, or one against it, has been made. `posterior` (0 to 1) is
    the matcher's at that moment, kept for calibration and never shown; None where it suggested nothing or was not
    asked. `suggested` is everything there was; `blind` says that it was held back, `answered` that the index was there.
    `near` is, of a report held back of which the matcher suggested nobody, who came nearest; None where not kept.
    """

    id: UUID
    report_id: UUID
    number: int
    verdict: Verdict
    found: Found
    entry_id: UUID | None
    kind: Kind | None
    name: str
    strength: Strength | None
    reasons: tuple[Reason, ...]
    decided_by: UUID
    decided_on: date
    stands: bool = True
    against: tuple[Reason, ...] = ()
    runner_up: str = ""
    posterior: float | None = None
    suggested: tuple[Suggested, ...] = ()
    blind: bool = False
    answered: bool = False
    near: tuple[Suggested, ...] | None = None


def as_suggested(decision: Decision) -> Suggestion:
    """A decision about an entry as the suggestion it was, so that a page shows both alike."""
    assert decision.entry_id is not None  # noqa: S101  “nobody” was never suggested
    return Suggestion(
        entry_id=decision.entry_id,
        group_id=None,
        kind=(decision.kind or Kind.PERSON).value,
        name=decision.name,
        strength=decision.strength or Strength.WEAK,
        reasons=decision.reasons,
        spans=(),
        against=decision.against,
        runner_up=decision.runner_up,
    )


def body_of_entry(
    verdict: Verdict, found: Found, *, entry_id: UUID, kind: str, name: str, suggested: tuple[Suggestion, ...]
) -> dict[str, Any]:
    """The body of a decision about one entry, to be sealed, with what `suggested` said for and against it.

    A group that only one of its people was suggested for keeps that person's reasons, and no strength of its own.
    """
    own = next((one for one in suggested if one.entry_id == entry_id), None)
    shown = own or next((one for one in suggested if one.group_id == entry_id), None)
    return {
        "verdict": verdict.value,
        "found": found.value,
        "entry_id": str(entry_id),
        "kind": kind,
        "name": name,
        "strength": own.strength.value if own else None,
        "posterior": own.posterior if own else None,
        "reasons": [asdict(reason) for reason in shown.reasons] if shown else [],
        "against": [asdict(reason) for reason in shown.against] if shown else [],
        "runner_up": own.runner_up if own else "",
    }


def decision_of(
    body: Mapping[str, Any],  # what JSON held
    *,
    decision_id: UUID,
    report_id: UUID,
    decided_by: UUID,
    decided_on: date,
) -> Decision:
    """The decision that a body holds; one kept before a field was added reads without it."""
    return Decision(
        id=decision_id,
        report_id=report_id,
        number=body["number"],
        verdict=Verdict(body["verdict"]),
        found=Found(body["found"]),
        entry_id=UUID(body["entry_id"]) if body.get("entry_id") else None,
        kind=Kind(body["kind"]) if body.get("kind") else None,
        name=body.get("name", ""),
        strength=Strength(body["strength"]) if body.get("strength") else None,
        reasons=tuple(Reason(**reason) for reason in body.get("reasons", ())),
        decided_by=decided_by,
        decided_on=decided_on,
        against=tuple(Reason(**reason) for reason in body.get("against", ())),
        runner_up=body.get("runner_up", ""),
        posterior=body.get("posterior"),
        suggested=tuple(_suggested(one) for one in body.get("suggested", ())),
        blind=bool(body.get("blind", False)),
        answered=bool(body.get("answered", False)),
        near=tuple(_suggested(one) for one in body["near"]) if body.get("near") is not None else None,
    )


def body_of_suggested(
    suggested: tuple[Suggestion, ...],
    *,
    blind: bool,
    answered: bool,
    near: tuple[Suggestion, ...] | None = None,
) -> dict[str, Any]:
    """What every decision keeps of what there was when it was made, with no word of the report."""
    body = {"suggested": _listed(suggested), "blind": blind, "answered": answered}
    return body if near is None else body | {"near": _listed(near)}


def _listed(suggested: tuple[Suggestion, ...]) -> list[dict[str, Any]]:
    return [
        {
            "entry_id": str(one.entry_id),
            "group_id": str(one.group_id) if one.group_id else None,
            "kind": one.kind,
            "posterior": round(one.posterior, 4),
            "strength": one.strength.value,
        }
        for one in suggested
    ]


def _suggested(kept: Mapping[str, Any]) -> Suggested:
    return Suggested(
        entry_id=UUID(kept["entry_id"]),
        group_id=UUID(kept["group_id"]) if kept["group_id"] else None,
        kind=kept["kind"],
        posterior=float(kept["posterior"]),
        strength=Strength(kept["strength"]),
    )


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The oldest first, each knowing whether it stands.

    The last word on each entry stands; “nobody” stands unless somebody is confirmed, by then or since (whoever said
    “nobody” may not know of an entry behind a wall); what is taken back, and the taking back itself, do not stand.
    """
    ordered = sorted(decisions, key=lambda one: (one.number, one.decided_on, one.id))
    last: dict[UUID | None, UUID] = {one.entry_id: one.id for one in ordered}
    somebody = any(one.verdict is Verdict.CONFIRMED and last[one.entry_id] == one.id for one in ordered)

    def stands(one: Decision) -> bool:
        if last[one.entry_id] != one.id or one.verdict in {Verdict.TAKEN_BACK, Verdict.ASKED}:
            return False
        return one.verdict is not Verdict.NOBODY or not somebody

    return tuple(replace(one, stands=stands(one)) for one in ordered)
