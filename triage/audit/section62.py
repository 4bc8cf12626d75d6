"""What DPA 2018 s.62 asks of each act: which of its six kinds it is, and where its line says why and to whom.

Who and when stand in every line. s.62(3): of a consultation, the justification, date and time, and so far as possible
who; s.62(4): of a disclosure, the same, and so far as possible to whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.audit.acts import Act


class Processing(StrEnum):
    """The operations of s.62(1), and what is none of them."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    RUNNING = "running the system"  # people, keys, bells: of officers, not of those reported on


class Why(StrEnum):
    """Where the justification stands."""

    IN_REASON = "the line’s own reason"
    BY_SESSION = "the reason given for the case in that session, or that it was its first reading"
    BY_ACT = "the act itself, a step of the work that only it is for"


@dataclass(frozen=True)
class Logged:
    """How one act is logged. `to` where its line names who it went to, by id or, as with a file, the one who acted."""

    processing: Processing
    why: Why
    to: str = ""


def _of(processing: Processing, why: Why, *acts: Act, to: str = "") -> dict[Act, Logged]:
    return dict.fromkeys(acts, Logged(processing, why, to))


LOGGED: Mapping[Act, Logged] = {
    **_of(Processing.COLLECTION, Why.BY_ACT, Act.COLLECTED, Act.UNSEALED, Act.REFUSED, Act.DROPS_TRIED_AGAIN),
    **_of(Processing.COLLECTION, Why.BY_ACT, Act.REPORT_WRITTEN, Act.REGISTER_IMPORTED, Act.BACKUP_RESTORED),
    **_of(Processing.CONSULTATION, Why.BY_SESSION, Act.OPENED),
    **_of(Processing.CONSULTATION, Why.IN_REASON, Act.FILE_OPENED, Act.REASON_GIVEN, Act.AUDIT_READ, Act.ALERTS_READ),
    **_of(Processing.CONSULTATION, Why.IN_REASON, Act.SAMPLE_DRAWN, Act.SAMPLE_REVIEWED, Act.OWN_NAME_LOOKED_FOR),
    **_of(Processing.CONSULTATION, Why.IN_REASON, Act.OWN_ADDRESS_LOOKED_FOR),
    **_of(Processing.CONSULTATION, Why.BY_ACT, Act.QUEUE_READ, Act.SEARCHED, Act.REGISTER_READ, Act.ORIGINS_READ),
    **_of(Processing.CONSULTATION, Why.BY_ACT, Act.REFERRAL_OPENED, Act.CALIBRATION_READ, Act.DISPOSAL_READ),
    # It shows whom on the register each conflict is about.
    **_of(Processing.CONSULTATION, Why.BY_ACT, Act.CONFLICTS_READ),
    **_of(Processing.COMBINATION, Why.BY_ACT, Act.LINK_SUGGESTED, Act.LINK_CONFIRMED, Act.LINK_REJECTED),
    **_of(Processing.COMBINATION, Why.BY_ACT, Act.LINK_TAKEN_BACK, Act.SUGGESTIONS_ASKED, Act.ORIGIN_DECIDED),
    **_of(Processing.COMBINATION, Why.BY_ACT, Act.LOOKED_BACK),
    **_of(Processing.ALTERATION, Why.BY_ACT, Act.GRADED, Act.ITEM_WRITTEN, Act.REGISTER_CHANGED, Act.DRAFTED),
    **_of(Processing.ALTERATION, Why.BY_ACT, Act.SUBMITTED, Act.APPROVED, Act.RETURNED, Act.OUTCOME_RECORDED),
    **_of(Processing.ALTERATION, Why.BY_ACT, Act.ACKNOWLEDGED, Act.SEARCH_KEPT, Act.COMPARTMENT_MOVED),
    **_of(Processing.ALTERATION, Why.IN_REASON, Act.OVERRIDDEN, Act.CLOSED, Act.REOPENED, Act.FILE_QUARANTINED),
    **_of(Processing.ALTERATION, Why.IN_REASON, Act.FILE_RELEASE_ASKED, Act.FILE_RELEASE_WITHDRAWN, Act.FILE_RELEASED),
    **_of(Processing.ALTERATION, Why.IN_REASON, Act.LEGAL_HOLD_SET, Act.LEGAL_HOLD_LIFTED, Act.RETENTION_REVIEWED),
    **_of(Processing.DISCLOSURE, Why.BY_ACT, Act.REFERRED, to="the team"),
    **_of(Processing.DISCLOSURE, Why.BY_ACT, Act.NOTICE_PUBLISHED, to="whoever holds the receipt"),
    **_of(Processing.DISCLOSURE, Why.BY_ACT, Act.FILES_HANDED_OVER, to="the safeguarding leads"),
    **_of(Processing.DISCLOSURE, Why.IN_REASON, Act.EXPORTED, Act.EXPORTED_CASES, to="whoever took the file away"),
    **_of(Processing.ERASURE, Why.BY_ACT, Act.FILES_UNCLAIMED, Act.SEARCH_DELETED, Act.INTAKE_KEY_RETIRED),
    **_of(Processing.ERASURE, Why.BY_ACT, Act.BACKUP_EXPIRED),
    **_of(Processing.ERASURE, Why.IN_REASON, Act.DELETED, Act.DISPOSED),
}

# Of officers, their keys and the machine: in the log for its own sake, outside s.62.
RUNNING: frozenset[Act] = frozenset(
    {
        Act.FOUNDED,
        Act.SIGNED_IN,
        Act.SIGNED_OUT,
        Act.PROVEN_AGAIN,
        Act.SIGN_IN_REFUSED,
        Act.ACCESS_REFUSED,
        Act.FORGERY_REFUSED,
        Act.OFFICER_ADDED,
        Act.KEY_BOUND,
        Act.OFFICER_ENROLLED,
        Act.OFFICER_SUSPENDED,
        Act.OFFICER_RESTORED,
        Act.OFFICER_LEFT,
        Act.OFFICERS_MADE_TO_WAIT,
        Act.OFFICER_CONFIRMED,
        Act.OFFICER_BEGUN_ANEW,
        Act.PASSPHRASE_CHANGED,
        Act.AUTHENTICATOR_REPLACED,
        Act.OWN_SIGN_IN_READ,
        Act.PASSKEY_ADDED,
        Act.PASSKEY_RENAMED,
        Act.PASSKEY_REMOVED,
        Act.KEY_GRANTED,
        Act.KEY_REVOKED,
        Act.KEY_ROTATION_BEGUN,
        Act.KEY_ROTATED,
        Act.GRANT_REVIEWED,
        Act.TEAM_ADDED,
        Act.VETTED,
        Act.OWN_ADDRESS_RECORDED,
        Act.OWN_ADDRESS_REMOVED,
        Act.CONFLICT_DECLARED,
        Act.CONFLICT_LIFTED,
        Act.COMPARTMENT_MADE,
        Act.RECOVERY_SPLIT,
        Act.RECOVERY_USED,
        Act.OPERATION_PROPOSED,
        Act.OPERATION_APPROVED,
        Act.OPERATION_REFUSED,
        Act.OPERATION_CARRIED_OUT,
        Act.INTAKE_KEYS_SIGNED,
        Act.BELL_RUNG,
        Act.BELL_ANSWERED,
        Act.BELL_TESTED,
        Act.CALIBRATED,
        Act.CALIBRATION_PUT_BACK,
        Act.RETENTION_CHANGED,
        Act.BACKUP_MADE,
        Act.HONEY_SET,
        Act.HONEY_REMOVED,
    }
)


def processing_of(act: Act) -> Processing:
    """Which kind an act is."""
    return Processing.RUNNING if act in RUNNING else LOGGED[act].processing
