"""Making an account one's own: whoever saw the first secrets, and kept a copy of the database, has nothing by them."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.vault import open_with_passphrase
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.audit.models import AuditLeafRow
from triage.audit.service import record
from triage.audit.verify import Verification
from triage.commands.opening import Credentials, Opened
from triage.errors import NoKeyError
from triage.keys.keyring import KeyRing
from triage.keys.models import BoxRow, BoxState, GrantRow, WrappedKeyRow
from triage.keys.service import BoxName, box_named
from triage.officers.door import Door, Tried
from triage.officers.errors import EnrolFirstError, SessionEndedError, SignedOutError, SignInError
from triage.officers.models import OfficerRow, SessionRow
from triage.officers.officer import Officer
from triage.officers.people import grant_role
from triage.officers.rules import Permission, Role
from triage.officers.service import add_officer, officer_names
from triage.officers.session import resume_session, start_session
from triage.officers.signing_in import find_lock_of, unlock
from triage.officers.witness import verify_audit_log

FIRST = "four lanterns on a bridge"
OWN = "seven herons by the weir"
COOKIE = "quietword"


@dataclass
class Una:
    """Somebody new at their browser, and what the administrator kept from before they enrolled."""

    force: Force
    id: UUID
    browser: PageClient
    first_totp: str
    first_box_id: UUID
    first_locked_seed: bytes

    @property
    def first_seed(self) -> bytes:
        return open_with_passphrase(self.first_locked_seed, FIRST)

    def enrols(self) -> None:
        self.browser.page("/account/enrol")
        self.force.totp["una"] = self.browser.value("secret")
        self.browser.submit(code=self.force.code("una"), new=OWN, again=OWN, button="Use these from now on")
        self.browser.sees("The account is your own")

    def cookie(self) -> str:
        found = self.browser.client.get_cookie(COOKIE)
        assert found is not None
        return found.value

    def as_she_was(self) -> Officer:
        """The officer that her first seed makes."""
        with self.force.database.begin() as session:
            row = session.get(OfficerRow, self.id)
            assert row is not None
            session.expunge(row)
            row.box_id = self.first_box_id
            return unlock(session, row, self.first_seed)


def somebody_new(force: Force, role: Role = Role.TRIAGE_OFFICER) -> Una:
    ada = force.officer("ada")
    with force.database.begin() as session:
        made = add_officer(
            session, force.settings, name="Una Fairweather", sign_in_name="una", role=role, passphrase=FIRST, by=ada
        )
    with force.database.look() as session:
        row = session.get(OfficerRow, made.officer_id)
        assert row is not None
        kept = row.box_id, row.locked_seed
    force.totp["una"] = made.totp_secret
    force.clock.forward(seconds=30)
    browser = PageClient(force.shared_app())
    browser.page("/sign-in")
    browser.submit(sign_in_name="una", passphrase=FIRST, code=force.code("una"), button="Sign in")
    return Una(force, made.officer_id, browser, made.totp_secret, *kept)


def verified(force: Force) -> Verification:
    with force.database.look() as session:
        return verify_audit_log(session, force.settings)


def test_the_first_seed_opens_nothing_that_is_given_after_enrolment(force_on_both: Force) -> None:
    una = somebody_new(force_on_both)
    una.enrols()
    sam = force_on_both.officer("sam")
    with force_on_both.database.begin() as session:
        grant_role(session, una.id, by=sam)
    first = Identity(una.first_seed)
    with force_on_both.database.begin() as session:
        row = session.get(OfficerRow, una.id)
        assert row is not None
        given = set(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)))
        assert given == {box_named(session, name).id for name in (BoxName.DIRECTORY, BoxName.DESK)}
        for start in (una.first_box_id, row.box_id):
            for box_id in given:
                with pytest.raises((NoKeyError, EnvelopeError)):
                    KeyRing(start, first).identity(session, box_id)
        with pytest.raises(EnvelopeError):
            open_with_passphrase(row.locked_seed, FIRST)
        assert open_with_passphrase(row.locked_seed, OWN) != una.first_seed


def test_the_first_box_is_retired_and_nothing_leads_to_it(force_on_both: Force) -> None:
    una = somebody_new(force_on_both)
    una.enrols()
    with force_on_both.database.look() as session:
        box = session.get(BoxRow, una.first_box_id)
        assert box is not None
        assert box.state == BoxState.RETIRED
        assert session.scalars(select(GrantRow).where(GrantRow.to_box_id == una.first_box_id)).all() == []
        assert session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.box_id == una.first_box_id)).all() == []


def test_what_they_were_given_before_is_theirs_afterwards(force: Force) -> None:
    una = somebody_new(force, Role.NEIGHBOURHOOD)
    una.enrols()
    una.browser.page("/account")
    una.browser.sees("Una Fairweather")
    with force.database.look() as session:
        row = session.get(OfficerRow, una.id)
        assert row is not None
        ring = KeyRing(row.box_id, Identity(open_with_passphrase(row.locked_seed, OWN)))
        assert ring.held(session) == {row.box_id, box_named(session, BoxName.DIRECTORY).id}
        names = officer_names(session, by=force.officer("sam"))
        assert names[una.id].name == "Una Fairweather"


def test_every_session_from_before_enrolment_is_dead_and_this_browser_has_a_new_one(force: Force) -> None:
    una = somebody_new(force)
    before = una.cookie()
    una.enrols()
    assert una.cookie() != before
    with force.database.look() as session:
        with pytest.raises(SignedOutError):
            resume_session(session, force.settings, before)
        assert len(session.scalars(select(SessionRow).where(SessionRow.officer_id == una.id)).all()) == 1
        here = resume_session(session, force.settings, una.cookie())
        assert here.officer.keys.own_seed != una.first_seed
    una.browser.page("/account")
    assert una.browser.heading() == "Your account"


def test_a_session_of_the_first_seed_is_never_resumed(force: Force) -> None:
    una = somebody_new(force)
    una.enrols()
    with force.database.begin() as session:
        cookie = start_session(session, una.as_she_was(), una.first_seed)
    with force.database.look() as session, pytest.raises(SessionEndedError):
        resume_session(session, force.settings, cookie)


def test_a_sign_in_that_was_under_way_during_enrolment_is_refused(
    force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    una = somebody_new(force)
    una.enrols()
    was, door = una.as_she_was(), Door(force.database, force.settings)
    with force.database.look() as session:
        found = find_lock_of(session, was.id)  # even of the lock she has now
    monkeypatch.setattr(door, "_recognise_name", lambda _tried: (was, una.first_seed, found))
    with pytest.raises(SignInError):
        door.sign_in(Tried("una", FIRST, "000000"))
    assert verified(force).holds


def test_no_command_runs_for_somebody_who_has_not_enrolled(force: Force, tmp_path: Path) -> None:
    somebody_new(force, Role.SUPERVISOR)
    file = tmp_path / "passphrase"
    file.write_text(FIRST, "utf-8")
    force.clock.forward(seconds=30)
    here = Opened(force.settings, force.database, force.drop)
    with pytest.raises(EnrolFirstError):
        Credentials("una", file, force.code("una")).sign_in(here, Permission.READ_KEYS)


def test_the_log_holds_across_an_enrolment(force_on_both: Force) -> None:
    una = somebody_new(force_on_both)
    una.enrols()
    una.browser.submit(button="Sign out")
    with force_on_both.database.look() as session:
        lines = session.scalars(select(AuditLeafRow.sequence).where(AuditLeafRow.signer_id == una.id)).all()
        row = session.get(OfficerRow, una.id)
        assert row is not None
        assert row.enrolled_at_line is not None
        assert min(lines) < row.enrolled_at_line <= max(lines)
    assert verified(force_on_both).problems == ()


def test_a_line_written_with_the_first_key_after_enrolment_is_found(force: Force) -> None:
    una = somebody_new(force)
    una.enrols()
    was = una.as_she_was()
    with force.database.begin() as session:
        record(session, Act.OPENED, una.id, by=was, reason="never happened")
    last = verified(force).lines - 1
    assert verified(force).problems == (f"Line {last:,} is not signed by whom it names.",)


def test_an_officer_who_chose_both_from_the_start_has_one_key(force: Force) -> None:
    client_for(force, "tom")
    with force.database.look() as session:
        tom = session.get(OfficerRow, force.officer("tom").id)
        assert tom is not None
        assert (tom.first_verifying_key, tom.enrolled_at_line) == (None, None)
