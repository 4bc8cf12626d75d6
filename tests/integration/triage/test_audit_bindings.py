"""Whose key signed what is in the log itself: whoever writes to the database swaps none of it unseen."""

from dataclasses import replace
from functools import reduce
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from envelope.signing import SigningKey
from tests.force import Force
from tests.integration.triage.test_audit_verify import LEAVES, drop_triggers, fill, verified
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.checking import content_of
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditCheckpointRow, AuditHeadRow, AuditLeafRow
from triage.audit.service import SIGNED_LEAF, record
from triage.officers.models import OfficerRow
from triage.officers.officer import SIGNING_LABEL
from triage.officers.witness import AlreadyBoundError, bind_everybody, checkpoint, system_signing_key

STRANGER = SigningKey.of_seed(b"s" * 32, SIGNING_LABEL)


def test_a_key_swapped_in_a_row_is_reported(force_on_both: Force) -> None:
    tom = force_on_both.officer("tom")
    with force_on_both.database.begin() as session:
        session.get_one(OfficerRow, tom.id).verifying_key = STRANGER.verifying_key.public_key
    [problem] = verified(force_on_both).problems
    assert problem == f"The key of the officer {tom.id} in the database is not the one that the log names."


def test_lines_signed_by_a_swapped_key_are_refused(force: Force) -> None:
    """Today's columns would have made these lines Tom's."""
    tom = force.officer("tom")
    with force.database.begin() as session:
        session.get_one(OfficerRow, tom.id).verifying_key = STRANGER.verifying_key.public_key
        forged = replace(tom, signing_key=STRANGER)
        line = record(session, Act.OPENED, tom.id, by=forged)
    assert f"Line {line:,} is not signed by whom it names." in verified(force).problems


def test_a_role_raised_in_a_row_is_reported(force: Force) -> None:
    nell = force.officer("nell")
    with force.database.begin() as session:
        session.get_one(OfficerRow, nell.id).role = "administrator"
    assert verified(force).problems == (
        f"The officer {nell.id} is administrator in the database, and the log made them neighbourhood.",
    )


def test_a_row_that_no_line_added_is_reported(force: Force) -> None:
    with force.database.begin() as session:
        row = session.get_one(OfficerRow, force.officer("tom").id)
        values = {column.name: getattr(row, column.name) for column in OfficerRow.__table__.columns}
        session.execute(insert(OfficerRow).values(**{**values, "id": uuid4(), "sign_in_digest": b"another"}))
    [problem] = verified(force).problems
    assert problem.endswith("and no line of the log names their key.")


@pytest.mark.parametrize("name", ["nell", "tom", "iris"])
def test_nobody_without_the_right_names_a_key_for_somebody_else(force: Force, name: str) -> None:
    """A line signed with their own good key does not make the next lines another's."""
    forger, sam = force.officer(name), force.officer("sam")
    binding = Binding(sam.id, STRANGER.verifying_key.public_key, sam.role)
    with force.database.begin() as session:
        line = record(session, Act.OFFICER_ENROLLED, sam.id, by=forger, binds=binding)
        record(session, Act.OPENED, sam.id, by=sam)
    assert verified(force).problems == (f"Line {line:,} names a key for somebody, and is by nobody who may.",)


def test_nobody_raises_their_own_role(force: Force) -> None:
    nell = force.officer("nell")
    binding = Binding(nell.id, nell.signing_key.verifying_key.public_key, "administrator")
    with force.database.begin() as session:
        line = record(session, Act.OFFICER_ENROLLED, nell.id, by=nell, binds=binding)
    assert verified(force).problems == (f"Line {line:,} names a key for somebody, and is by nobody who may.",)


@pytest.mark.parametrize("name", ["sam", "ada"])
def test_whoever_gives_somebody_new_keys_names_the_new_one(force: Force, name: str) -> None:
    """From the next line on the old key signs nothing, and the new one does."""
    tom, new = force.officer("tom"), STRANGER
    with force.database.begin() as session:
        binding = Binding(tom.id, new.verifying_key.public_key, tom.role)
        record(session, Act.OFFICER_ENROLLED, tom.id, by=force.officer(name), binds=binding)
        session.get_one(OfficerRow, tom.id).verifying_key = new.verifying_key.public_key
        record(session, Act.OPENED, tom.id, by=replace(tom, signing_key=new))
    assert verified(force).holds
    with force.database.begin() as session:
        line = record(session, Act.OPENED, tom.id, by=tom)
    assert verified(force).problems == (f"Line {line:,} is not signed by whom it names.",)


def make_old(force: Force) -> None:
    """The log as it was written before lines named keys: the same acts, in leaves of version 1."""
    keys = {force.officer(name).id: force.officer(name).signing_key for name in ("sam", "tom", "tess")}
    system = system_signing_key(force.settings)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        hashes = []
        for row in connection.execute(select(LEAVES).order_by(LEAVES.c.sequence)).all():
            old = leaf_hash(replace(content_of(row), binding=None).to_bytes())
            signature = keys.get(row.signer_id, system).sign(SIGNED_LEAF + old)
            one = update(AuditLeafRow).where(LEAVES.c.sequence == row.sequence)
            connection.execute(one.values(binding=None, leaf_hash=old, signature=signature))
            hashes.append(old)
        frontier = reduce(Frontier.append, hashes, Frontier())
        connection.execute(update(AuditHeadRow).values(size=frontier.size, frontier=frontier.to_bytes()))
        connection.execute(delete(AuditCheckpointRow))


def test_a_log_begun_before_lines_named_keys_still_verifies_and_is_bound_once(force_on_both: Force) -> None:
    force = force_on_both
    fill(force)
    make_old(force)
    assert "no checkpoint stands" in " ".join(verified(force).problems)  # whoever has the database alone can make that
    with force.database.begin() as session:
        checkpoint(session, force.settings)
    before = verified(force)
    assert (before.problems, before.says_whose_key) == ((), False)
    with force.database.begin() as session:
        assert bind_everybody(session, force.settings) == 7
        with pytest.raises(AlreadyBoundError):
            bind_everybody(session, force.settings)
    after = verified(force)
    assert (after.problems, after.says_whose_key) == ((), True)
    tom = force.officer("tom")
    with force.database.begin() as session:
        session.get_one(OfficerRow, tom.id).verifying_key = STRANGER.verifying_key.public_key
    assert not verified(force).holds


def test_a_new_log_needs_no_binding(force: Force) -> None:
    with force.database.begin() as session, pytest.raises(AlreadyBoundError):
        bind_everybody(session, force.settings)
