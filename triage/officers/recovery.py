"""Somebody who lost every way in begins anew: a fresh seed and first secrets, and keys given again by a supervisor.

Nobody can open the old seed any more, so nothing is carried over: what had been granted to its box is gone, and is
sealed to the new one by whoever holds it, once the person has chosen secrets of their own (adr/0011). Reports, texts
and the register hang on other boxes, so nothing becomes unreadable; what was sealed to the person alone, such as the
searches they kept, is lost.
"""

from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.identity import Identity
from envelope.signing import SigningKey
from envelope.vault import seal_to_passphrase
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.holding import hold_what_is_granted
from triage.keys.keyring import KeyHolder
from triage.keys.models import GrantRow, Purpose
from triage.keys.service import box_named, create_box, retire_box, seal_grant
from triage.keys.vouching import vouch
from triage.officers.held import row_of_another
from triage.officers.holders import keep_a_holder
from triage.officers.news import Addressee, note_begun_anew
from triage.officers.officer import SIGNING_LABEL
from triage.officers.own_address import forget_own_address
from triage.officers.passkeys.keeping import remove_passkeys_of
from triage.officers.passphrases import check_passphrase, kdf_cost
from triage.officers.rules import AT_WORK, OfficerState, Role
from triage.officers.second_factor import new_totp_secret, seal_totp
from triage.officers.service import BOXES_OF_ROLE, Enrolment, state_by_keys
from triage.officers.session import end_sessions_of


def begin_anew(
    session: CaseSession,
    settings: TriageSettings,
    officer_id: UUID,
    *,
    passphrase: str,
    sign_in_name: str,
    by: KeyHolder,
) -> Enrolment:
    """Give somebody at work a fresh seed under a first passphrase, and take every key and passkey of the old one.

    They choose both secrets anew at their first sign-in, and nobody can give them a key before.

    Raises:
        PassphraseError, NotFoundError, OneselfError, WrongStateError.
        LastHolderError: nobody else at work holds a key of theirs: have it recovered and given to somebody first.
    """
    check_passphrase(passphrase, sign_in_name)
    identity = Identity.generate()
    # Before the first statement, because it takes most of a second and would hold the database's lock meanwhile.
    locked_seed = seal_to_passphrase(identity.seed, passphrase, kdf_cost(settings))
    row = row_of_another(session, officer_id, by=by, states=AT_WORK)
    roles_boxes = [box_named(session, name).id for name in BOXES_OF_ROLE[Role(row.role)]]
    hold_what_is_granted(session, [row.box_id], beside=roles_boxes)
    for box_id in session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)).all():
        keep_a_holder(session, box_id, row)
    end_sessions_of(session, row.id)
    remove_passkeys_of(session, row.id)
    retire_box(session, row.box_id)
    box, _ = create_box(session, Purpose.OFFICER, identity=identity)
    note_begun_anew(session, Addressee(row.id, box.id, box.public_key))
    forget_own_address(session, row.id)
    totp_secret = new_totp_secret()
    row.box_id, row.locked_seed = box.id, locked_seed
    row.verifying_key = SigningKey.of_seed(identity.seed, SIGNING_LABEL).verifying_key.public_key
    vouch(session, box, row.id, SigningKey.of_seed(identity.seed, SIGNING_LABEL))
    row.sealed_totp, row.last_totp_step = seal_totp(identity.seed, totp_secret, row.id.bytes), 0
    row.enrolled_on = None
    session.flush()
    for name in BOXES_OF_ROLE[Role(row.role)]:
        wanted = box_named(session, name)
        if by.keys.holds(session, wanted.id):
            seal_grant(session, wanted.id, by.keys.identity(session, wanted.id), box, granted_by=by.id)
    row.state = state_by_keys(session, row)
    record(session, Act.OFFICER_BEGUN_ANEW, row.id, by=by, binds=Binding(row.id, row.verifying_key, row.role))
    return Enrolment(row.id, OfficerState(row.state), totp_secret)
