"""The wall is a key: what each role's grants open, and that every act leaves a line."""

import pytest
from sqlalchemy import select

from envelope.identity import Identity
from envelope.recipient import Recipient, seal_small
from tests.force import Force
from triage.audit.acts import Act
from triage.audit.models import AuditLeafRow
from triage.audit.service import record
from triage.errors import NoKeyError, ReplacedKeyError
from triage.keys.intake_keys import force_signing_key, intake_supply
from triage.keys.keyring import grant_context
from triage.keys.models import BoxRow, GrantRow
from triage.keys.records import create_data_key
from triage.keys.service import BoxName, box_named
from triage.officers.founding import FOUNDED_WITH
from triage.officers.service import officer_names, teams

HELD = {
    "sam": {"directory", "desk", "supervisors", "signing"},
    "tom": {"directory", "desk"},
    "nell": {"directory"},
    "iris": {"directory", "audit"},
    "ada": {"directory"},
}


@pytest.mark.parametrize("name", sorted(HELD))
def test_each_role_holds_the_boxes_of_its_role_and_no_other(force: Force, name: str) -> None:
    officer = force.officer(name)
    with force.database.begin() as session:
        held = {box for box in FOUNDED_WITH if officer.keys.holds(session, box_named(session, box).id)}
    assert held == HELD[name]


def test_an_administrator_cannot_reach_the_signing_key(force: Force) -> None:
    with force.database.begin() as session, pytest.raises(NoKeyError):
        force_signing_key(session, by=force.officer("ada"))


def test_everybody_reads_names_and_teams(force_on_both: Force) -> None:
    with force_on_both.database.begin() as session:
        nell = force_on_both.officer("nell")
        assert {one.name for one in officer_names(session, by=nell).values()} >= {"Sam Underhill", "Ada Quill"}
        assert [team.name for team in teams(session, by=nell)] == ["Eastgate", "Harbour"]


def test_intake_keys_reach_thirty_five_days_ahead(force: Force) -> None:
    with force.database.begin() as session:
        supply = intake_supply(session)
    assert supply.days_left == 35
    assert not supply.is_low


def test_an_act_leaves_one_signed_line_in_its_place(force_on_both: Force) -> None:
    tom = force_on_both.officer("tom")
    with force_on_both.database.begin() as session:
        before = session.query(AuditLeafRow).count()
        record(session, Act.OPENED, tom.id, by=tom, reason="first look")
    with force_on_both.database.begin() as session:
        leaf = session.get(AuditLeafRow, before)
    assert leaf is not None
    assert leaf.signer_id == tom.id
    assert b"first look" not in leaf.sealed


def test_a_grant_written_over_in_the_database_is_never_wrapped_for(force: Force) -> None:
    """A thief with the database can seal a seed of their own to an officer's public key: it must not be believed."""
    tom, theirs = force.officer("tom"), Identity.generate()
    with force.database.begin() as session:
        desk = box_named(session, BoxName.DESK)
        grant_row = session.scalars(
            select(GrantRow).where(GrantRow.box_id == desk.id, GrantRow.to_box_id == tom.keys.box_id)
        ).one()
        to = session.get_one(BoxRow, tom.keys.box_id)
        grant_row.sealed = seal_small(theirs.seed, Recipient(to.public_key), grant_context(desk.id, to.id))
    with force.database.begin() as session, pytest.raises(ReplacedKeyError):
        create_data_key(session, guards=[box_named(session, BoxName.DESK).id], by=force.officer("tom"))
