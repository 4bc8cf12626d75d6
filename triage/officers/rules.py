"""Who may do what: roles, permissions, and the one table that joins them."""

from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a person does here (domain.md §1)."""

    TRIAGE_OFFICER = "triage officer"
    SUPERVISOR = "supervisor"
    NEIGHBOURHOOD = "neighbourhood"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class OfficerState(StrEnum):
    """Whether a person may sign in, and whether they hold the keys of their role yet."""

    AWAITING_KEYS = "awaiting keys"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"
    VETTING_EXPIRED = "vetting expired"
    UNCONFIRMED = "unconfirmed"


# Whoever may sign in.
AT_WORK = frozenset({OfficerState.AWAITING_KEYS, OfficerState.ACTIVE})


def may_work(state: str, vetted_until: date | None, today: date) -> bool:
    """Whether somebody may sign in and go on: at work, and on the day their vetting ends at the latest."""
    return state in AT_WORK and (vetted_until is None or today <= vetted_until)


class Permission(StrEnum):
    """One thing a route lets a person do. Holding it opens nothing: that takes a key."""

    READ_REPORTS = "read reports"
    GRADE = "grade"
    LINK = "link reports to the register"
    CALIBRATE = "calibrate suggestions from decisions"
    READ_REGISTER = "read the register"
    EDIT_REGISTER = "edit the register"
    DRAFT = "draft sanitised text"
    APPROVE = "agree sanitised text"
    OVERRIDE = "override a sanitising block"
    REFER = "refer"
    CLOSE = "close a report"
    READ_REFERRALS = "read a team's referrals"
    OPEN_REFERRAL = "open a referral, by the team's key or the desk's"
    RECORD_OUTCOME = "record an outcome"
    READ_AUDIT = "read the audit log"
    READ_KEYS = "see who holds which key"
    READ_PEOPLE = "see who works here"
    MANAGE_PEOPLE = "add and suspend people"
    GRANT_KEYS = "grant and revoke keys"
    SIGN_INTAKE_KEYS = "sign intake keys"
    READ_OPERATIONS = "see operations that take two people"
    PROPOSE_OPERATION = "propose operations, and take them back"
    APPROVE_OPERATION = "approve what somebody else proposed"
    MANAGE_COMPARTMENTS = "make compartments and choose who holds them"
    DECLARE_CONFLICT = "declare a conflict of one's own"
    READ_CONFLICTS = "see declared conflicts"
    RECORD_CONFLICT = "record and lift conflicts of others"
    VET_PEOPLE = "record vetting"
    REVIEW_GRANTS = "review who can open what"
    DISPOSE = "review and dispose of records"
    READ_DISPOSALS = "see what was disposed of"
    EXPORT_CASES = "export agreed texts in bulk"
    USE_ACCOUNT = "use one's own account"


_DESK = {
    Permission.READ_REPORTS,
    Permission.GRADE,
    Permission.LINK,
    Permission.READ_REGISTER,
    Permission.EDIT_REGISTER,
    Permission.DRAFT,
    Permission.APPROVE,
    Permission.REFER,
    Permission.OPEN_REFERRAL,
    Permission.CLOSE,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.TRIAGE_OFFICER: frozenset(_DESK | {Permission.USE_ACCOUNT, Permission.DECLARE_CONFLICT}),
    Role.SUPERVISOR: frozenset(
        _DESK
        | {
            Permission.OVERRIDE,
            Permission.DISPOSE,
            Permission.EXPORT_CASES,
            Permission.READ_DISPOSALS,
            Permission.CALIBRATE,
            Permission.READ_PEOPLE,
            Permission.GRANT_KEYS,
            Permission.READ_KEYS,
            Permission.SIGN_INTAKE_KEYS,
            Permission.READ_OPERATIONS,
            Permission.PROPOSE_OPERATION,
            Permission.APPROVE_OPERATION,
            Permission.MANAGE_COMPARTMENTS,
            Permission.DECLARE_CONFLICT,
            Permission.READ_CONFLICTS,
            Permission.RECORD_CONFLICT,
            Permission.VET_PEOPLE,
            Permission.REVIEW_GRANTS,
            Permission.USE_ACCOUNT,
        }
    ),
    Role.NEIGHBOURHOOD: frozenset(
        {Permission.READ_REFERRALS, Permission.OPEN_REFERRAL, Permission.RECORD_OUTCOME, Permission.USE_ACCOUNT}
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.READ_AUDIT,
            Permission.READ_DISPOSALS,
            Permission.READ_PEOPLE,
            Permission.READ_KEYS,
            Permission.READ_OPERATIONS,
            Permission.READ_CONFLICTS,
            Permission.USE_ACCOUNT,
        }
    ),
    # An administrator manages people and opens nothing (design §1, promise 11).
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_PEOPLE,
            Permission.MANAGE_PEOPLE,
            Permission.READ_KEYS,
            Permission.READ_OPERATIONS,
            Permission.PROPOSE_OPERATION,
            Permission.USE_ACCOUNT,
        }
    ),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether the role's row of the table holds the permission."""
    return permission in PERMISSIONS[role]
