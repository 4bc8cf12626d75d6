"""Everything that is kept about a report, column by column, with the reason: taken from the schema of both sides.

The public host has no triage, so the columns of the officers' side lie beside this file as `kept.json`. A test fails
when it differs from triage's schema, and when a column of either side has no sentence here.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reporting.wording import N_
from store.kept import columns_of_the_store

FILE = "kept.json"

_CHANCE = N_("A number made by chance, to tell one from another.")
_LOCKED = N_("Locked. Only someone with the right key can read it.")
_DATE = N_("A date. Never the time of day.")
_DANGER = N_("A mark, if someone is in danger now. It makes people look sooner.")
_STATE = N_("How far it has come.")
_ORDER = N_("A count, to keep pieces and versions in order.")
_OFFICER = N_("Which officer did it, as a number.")
_READERS = N_("Which people may open it, as a number.")
_KEY = N_("Which key opens it. The key lies somewhere else, and is locked too.")
_MAILBOX = N_("A number made from your receipt. It finds your news. Nobody can make your receipt from it.")
_BURNT = N_("What your receipt shows us when you burn your mailbox. It proves that you hold it, and opens nothing.")
_SIGNED = N_("A seal that shows that nobody has changed it.")
_BAND = N_("How soon someone should read it, from 0 to 3.")
_RETAIN = N_("The date on which it must be looked at again, or deleted.")
_SORT = N_("What kind of report it is. This says how long it is kept.")
_REFUSED = N_("If it could not be opened: why, in one of our own words.")

_WHY: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "id", "drop_id", "file_id", "notice_id", "report_id", "item_id", "referral_id", "subject_id",
            "operation_id", "disposal_id", "row_id",
        ),
        _CHANCE,
    ),
    **dict.fromkeys(("sealed", "wrapped"), _LOCKED),
    **dict.fromkeys(
        (
            "received_on", "burnt_on", "published_on", "expires_on", "publish_on", "collected_on", "first_read_on",
            "graded_on", "decided_on", "drafted_on", "reviewed_on", "recorded_on", "referred_on", "released_on",
            "embargo_until", "state_on", "clock_from", "set_on", "lifted_on", "about_on", "destroyed_on", "done_on",
            "opens_until",
        ),
        _DATE,
    ),
    **dict.fromkeys(
        (
            "graded_by", "decided_by", "drafted_by", "reviewed_by", "recorded_by", "referred_by", "set_by", "lifted_by",
            "signed_by",
        ),
        _OFFICER,
    ),
    **dict.fromkeys(("compartment_id", "box_id", "team_id", "to_box_id"), _READERS),
    **dict.fromkeys(("data_key_id", "key_id", "former_key_id", "wrapping"), _KEY),
    **dict.fromkeys(("state", "awaited", "ground", "place"), _STATE),
    **dict.fromkeys(("sequence", "number", "version", "keys"), _ORDER),
    **dict.fromkeys(("retention_group", "group", "kind"), _SORT),
    "danger": _DANGER,
    "lookup_id": _MAILBOX,
    "preimage": _BURNT,
    "signature": _SIGNED,
    "band": _BAND,
    "retain_until": _RETAIN,
    "refused": _REFUSED,
}  # fmt: skip

_WHAT: Mapping[str, str] = {
    "drops": N_("Your report, locked, until the team collects it"),
    "parts": N_("Your photos and documents, cleaned and locked, until the team collects them"),
    "burns": N_("That you burnt a mailbox"),
    "notices": N_("News for you, locked so that only your receipt opens it"),
    "held_drops": N_("Your report, collected and not opened yet"),
    "held_parts": N_("Your photos and documents, collected and still locked"),
    "collected_drops": N_("That a report was collected, so that a copy of it is not taken for a new one"),
    "sealed_copies": N_("A second locked copy, so that a report about the police reaches the separate team"),
    "released_copies": N_("That the separate team let go of its copy"),
    "reports": N_("Your report, after it was opened and locked again"),
    "files": N_("Which photos and documents belong to it"),
    "mailboxes": N_("Which reports came from one receipt"),
    "burnt_mailboxes": N_("Which mailboxes were burnt"),
    "answered": N_("That someone answered the alarm for a report"),
    "pending_notices": N_("News for you that goes out with the next batch"),
    "items": N_("The single things it says"),
    "gradings": N_("How sure an officer is of each of them"),
    "link_decisions": N_("Whom or what an officer thinks it is about"),
    "origin_decisions": N_("Which reports tell one story, as an officer sees it"),
    "register_findings": N_("Whom it may be about, as the program found"),
    "drafts": N_("A safe text made from it, for a local team"),
    "referrals": N_("That safe text, given to a local team"),
    "referred": N_("Which report a safe text came from"),
    "referral_origins": N_("Which safe text a local team was given"),
    "outcomes": N_("What came of it"),
    "observed": N_("What a local team saw for itself"),
    "wrapped_keys": N_("The key of each report, locked"),
    "legal_holds": N_("That nobody may delete it yet"),
    **dict.fromkeys(("disposals", "disposal_parts", "destroyed_keys"), N_("That it was deleted, and on which day")),
}
# The rest of both sides: officers and their keys, what they looked at and did, what they know of crime, code lists.
ABOUT_NO_REPORT = frozenset(
    {
        "audit_checkpoints", "audit_head", "audit_honey", "audit_keys", "audit_leaves", "audit_summaries",
        "audit_tiles", "backups", "bells", "bells_watched", "box_signatures", "boxes", "codes", "compartment_moves",
        "compartments", "conflicts", "counter_boxes", "grant_reviews", "grants", "intake_grants", "intake_keys",
        "intake_signatures", "link_calibrations", "look_backs", "looked_for", "officer_news", "officers", "operations",
        "own_addresses", "passkeys", "reasons_given", "register_entries", "register_imports", "register_ties",
        "register_versions", "retention_periods", "rotations", "searches", "sessions", "spent_challenges",
        "system_actors", "teams", "vettings",
    }
)  # fmt: skip


@dataclass(frozen=True)
class KeptColumn:
    """One thing kept: what the database calls it, and why it is there."""

    name: str
    why: str


@dataclass(frozen=True)
class KeptTable:
    """What is kept together: what it is, what the database calls it, and each thing in it."""

    name: str
    what: str
    columns: tuple[KeptColumn, ...]


def kept_here() -> tuple[KeptTable, ...]:
    """What the store of this website holds about a report."""
    return tuple(_described(columns_of_the_store()))


def kept_by_the_team() -> tuple[KeptTable, ...]:
    """What the officers' side holds about a report."""
    return tuple(_described(columns_of_the_team()))


@cache
def columns_of_the_team() -> Mapping[str, tuple[str, ...]]:
    """Every column of every table of the officers' side, as this version has them."""
    told = json.loads(files("reporting").joinpath(FILE).read_text("utf-8"))
    return {table: tuple(columns) for table, columns in told.items()}


def _described(columns: Mapping[str, tuple[str, ...]]) -> Iterator[KeptTable]:
    for table, what in _WHAT.items():
        if table in columns:
            yield KeptTable(table, what, tuple(KeptColumn(name, _WHY[name]) for name in columns[table]))
