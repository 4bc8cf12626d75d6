"""An administrator who signs in to the running service and writes whatever they like into its databases.

What they got stands in docs/threats.md, beside the names of these tests.
"""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from tests.attackers.pages import THE_DESK_SEES, shown_to
from tests.attackers.running import Visitor, a_while_ago, comes_in, officers_program
from tests.force import SEE_OTHER, Force, passphrase_of
from tests.whole_case import work_whole_case
from triage.database import CaseSession
from triage.keys.models import GrantRow, WrappedKeyRow, Wrapping
from triage.keys.service import desk_id
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.officers.second_factor import seal_totp
from triage.officers.witness import verify_audit_log

OK, NOT_FOUND = 200, 404


def test_an_administrator_is_shown_no_word_whatever_they_write_into_the_database(
    force_on_both: Force, tmp_path: Path
) -> None:
    """Their own pages; then another role; then every grant and every wrapped key copied to their own box."""
    force = force_on_both
    a_while_ago(force)
    case = work_whole_case(force)
    ada_herself = force.officer("ada")
    with officers_program(force, tmp_path / "running") as service:
        tom, ada = comes_in(force, service, "tom"), comes_in(force, service, "ada")
        assert shown_to(tom, case) >= THE_DESK_SEES, "the control"
        assert shown_to(ada, case) == set()

        with force.database.begin() as session:
            _write_role(session, ada_herself)
        assert ada.get("/people").status == SEE_OTHER, "a changed role ends the session"
        ada = comes_in(force, service, "ada")
        assert ada.get("/reports").status == OK, "the guard believes the row"
        assert ada.get(f"/reports/{case.report_id}").status == NOT_FOUND, "the wall does not"
        assert shown_to(ada, case) == set()

        with force.database.begin() as session:
            _copy_grants(session, ada_herself)
            _copy_wrapped_keys(session, ada_herself)
        assert shown_to(ada, case) == set()


@pytest.mark.parametrize("victim", ["tom", "sam"])
def test_an_administrators_own_lock_on_another_account_lets_nobody_in(
    force: Force, tmp_path: Path, victim: str
) -> None:
    """They know what opens their own lock, and write it into another's row, with a second factor they sealed."""
    a_while_ago(force)
    case = work_whole_case(force)
    ada, other = force.officer("ada"), force.officer(victim)
    with officers_program(force, tmp_path / "running") as service:
        assert Visitor(service).sign_in(force, victim).status == SEE_OTHER, "the control"
        with force.database.begin() as session:
            own, row = session.get_one(OfficerRow, ada.id), session.get_one(OfficerRow, other.id)
            row.locked_seed, row.last_totp_step = own.locked_seed, 0
            row.sealed_totp = seal_totp(ada.keys.own_seed, force.totp["ada"], row.id.bytes)
        force.totp = {**force.totp, victim: force.totp["ada"]}
        visitor = Visitor(service)
        assert visitor.sign_in(force, victim, passphrase=passphrase_of("ada")).status == OK, "asked again"
        assert visitor.get("/reports").status == SEE_OTHER
        assert shown_to(visitor, case) == set()


def test_what_an_administrator_writes_over_in_the_log_is_found(force_on_both: Force, tmp_path: Path) -> None:
    """They take the guards of the table away first, as its owner can, and make their own lines somebody else's."""
    force = force_on_both
    a_while_ago(force)
    with officers_program(force, tmp_path / "running") as service:
        comes_in(force, service, "ada").get("/people")
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).holds, "the control"
    ada, tom = force.officer("ada").id, force.officer("tom").id
    with force.database.case.begin() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        guards = (
            [f"DROP TRIGGER {name}" for name in connection.scalars(text(_TRIGGERS)).all()]
            if is_sqlite
            else ["ALTER TABLE audit_leaves DISABLE TRIGGER ALL"]
        )
        for guard in guards:
            connection.execute(text(guard))
        ids = {"tom": tom.hex, "ada": ada.hex} if is_sqlite else {"tom": tom, "ada": ada}
        lines = connection.execute(text("UPDATE audit_leaves SET signer_id = :tom WHERE signer_id = :ada"), ids)
        assert lines.rowcount
    with force.database.look() as session:
        assert not verify_audit_log(session, force.settings).holds


_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"


def _write_role(session: CaseSession, officer: Officer) -> None:
    session.execute(update(OfficerRow).where(OfficerRow.id == officer.id).values(role=Role.SUPERVISOR))


def _copy_grants(session: CaseSession, officer: Officer) -> None:
    """Every grant there is once more, now to the box of the officer."""
    mine = officer.keys.box_id
    held = set(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == mine)))
    for grant in session.scalars(select(GrantRow).where(GrantRow.to_box_id != mine)).all():
        if grant.box_id in held:
            continue
        held.add(grant.box_id)
        session.add(
            GrantRow(
                id=uuid4(),
                box_id=grant.box_id,
                to_box_id=mine,
                sealed=grant.sealed,
                granted_by=officer.id,
                granted_on=session.today,
            )
        )


def _copy_wrapped_keys(session: CaseSession, officer: Officer) -> None:
    """Every data key of the desk once more, now said to be wrapped for the box of the officer."""
    for row in session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.box_id == desk_id(session))).all():
        session.keys.add(
            WrappedKeyRow(
                key_id=row.key_id,
                box_id=officer.keys.box_id,
                wrapping=Wrapping.SYMMETRIC,
                wrapped=row.wrapped,
            )
        )
