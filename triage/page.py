"""What every page of triage needs: who is signed in, and where they may go."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for

from config import TriageSettings
from triage.officers.officer import Officer
from triage.officers.rules import Permission
from triage.officers.session import SignedIn


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    text: str
    href: str
    active: bool


# Text, endpoint, what it takes to go there.
PLACES = (
    ("Reports", "casefile.queue", Permission.READ_REPORTS),
    ("Register", "register.browse", Permission.READ_REGISTER),
    ("Search", "search.begin", Permission.READ_REPORTS),
    ("Suggestions", "learning.show", Permission.CALIBRATE),
    ("To agree", "sanitising.waiting", Permission.APPROVE),
    ("Referrals", "referral.sent", Permission.REFER),
    ("Referrals", "referral.inbox", Permission.READ_REFERRALS),
    ("Disposal", "disposal.browse", Permission.DISPOSE),
    ("Disposal", "disposal.certificates", Permission.READ_DISPOSALS),
    ("Quarantine", "quarantine.browse", Permission.READ_REPORTS),
    ("Audit", "oversight.audit_log", Permission.READ_AUDIT),
    ("People", "people.browse", Permission.READ_PEOPLE),
    ("Keys", "keys.browse", Permission.READ_KEYS),
    ("Compartments", "compartments.browse", Permission.MANAGE_COMPARTMENTS),
    ("Conflicts", "conflicts.browse", Permission.READ_CONFLICTS),
    ("Conflicts", "conflicts.declare", Permission.DECLARE_CONFLICT),
    ("Operations", "operations.browse", Permission.READ_OPERATIONS),
)
# Pages reached from a report that stand in a step with a place of its own, or with none.
PAGES_OF_A_REPORT = {"sanitising.draft", "referral.refer", "origins.of_report", "origins.compare"}
STEPS_OF_A_REPORT = {"bell", "files", "grading", "handing_over", "linking"}
# Steps whose pages are reached from the place of another: their pages of reports, above, come first.
REACHED_FROM = {
    "alerts": "oversight.audit_log",
    "exporting": "operations.browse",
    "origins": "register.browse",
    "recovery": "people.browse",
    "samples": "oversight.audit_log",
}


def places_for(officer: Officer) -> tuple[Place, ...]:
    """The navigation of one officer: only where they may go, each place once."""
    seen: dict[str, Place] = {}
    for text, endpoint, permission in PLACES:
        if text not in seen and officer.may(permission) and endpoint in current_app.view_functions:
            seen[text] = Place(text, url_for(endpoint), active=_is_active(endpoint))
    return tuple(seen.values())


def _is_active(endpoint: str) -> bool:
    """Whether the page shown belongs to this place: what is done to one report belongs to the reports."""
    if request.endpoint in PAGES_OF_A_REPORT or request.blueprint in STEPS_OF_A_REPORT:
        return endpoint == "casefile.queue"
    if request.blueprint in REACHED_FROM:
        return endpoint == REACHED_FROM[request.blueprint]
    return request.blueprint == endpoint.partition(".")[0]


def first_place(officer: Officer) -> str | None:
    """Where an officer's work begins; None while there is nowhere to go yet."""
    places = places_for(officer)
    return places[0].href if places else None


def put_on_every_page(app: Flask, settings: TriageSettings) -> None:
    """Give templates `officer` (with `officer.may(Permission.X)`), `places`, and the token for a form of its own."""

    def context() -> dict[str, object]:
        session = g.get("signed_in")
        if not isinstance(session, SignedIn):
            return {"officer": None, "places": (), "passkey_origin": settings.origin}
        return {
            "officer": session.officer,
            "places": places_for(session.officer),
            "Permission": Permission,
            "passkey_origin": settings.origin,
            "news": g.get("news"),
            "news_after": request.full_path.rstrip("?") if request.method == "GET" else "",
            "csrf_token_value": lambda: session.token,
            "idle_seconds": settings.idle_minutes * 60,
        }

    app.context_processor(context)
