"""Reads the audit log's lines as an auditor does, with the audit box's key, for tests to look at."""

import json
from uuid import UUID

from sqlalchemy import select

from envelope.unseal import unseal_small
from envelope.vault import decrypt_blob
from envelope.wire import Context, Purpose
from tests.force import Force
from triage.audit.models import AuditKeyRow, AuditLeafRow
from triage.keys.service import BoxName, box_named
from triage.keys.system import SYSTEM_ID

Line = dict[str, str | int]


def audit_lines(force: Force, signer_id: UUID | None = None) -> list[Line]:
    """Every line, or one signer's, in order."""
    iris = force.officer("iris")
    with force.database.look() as session:
        box = box_named(session, BoxName.AUDIT)
        identity = iris.keys.identity(session, box.id)
        keys = {
            row.id: unseal_small(row.sealed, identity, Context(Purpose.DATA_KEY, (row.id.bytes, box.id.bytes)))
            for row in session.scalars(select(AuditKeyRow))
        }
        leaves = session.scalars(select(AuditLeafRow).order_by(AuditLeafRow.sequence)).all()
        return [
            json.loads(decrypt_blob(keys[leaf.key_id], leaf.sealed, leaf.id.bytes))
            for leaf in leaves
            if signer_id in {None, leaf.signer_id}
        ]


def lines_of_the_system(force: Force) -> list[Line]:
    """What happened when nobody was there."""
    return audit_lines(force, SYSTEM_ID)
