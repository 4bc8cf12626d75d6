"""Two things at one moment: whoever comes second sees what the first did, and undoes none of it."""

from collections.abc import Callable

import pyotp
import pytest

from tests.force import Force, client_for, passphrase_of
from tests.meanwhile import meanwhile
from tests.sign_in_page import cookie_of
from triage.database import CaseSession
from triage.keys.models import BoxRow, BoxState
from triage.officers.account import change_passphrase, enrol, lock_seed, make_lock
from triage.officers.authenticator import Offer, offer_authenticator, replace_authenticator
from triage.officers.errors import OfficerExistsError, SignedOutError, SignInError, StaleOfferError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer
from triage.officers.people import grant_role, leave, suspend, take_key
from triage.officers.recovery import begin_anew
from triage.officers.rules import OfficerState, Role
from triage.officers.second_factor import new_totp_secret
from triage.officers.service import add_officer, officer_names
from triage.officers.session import SignedIn, end_session, resume_session
from triage.officers.signing_in import by_code, enter, find_lock, keep_lock, open_lock, sign_in

NEW = "five lanterns out at sea"
FIRST = "seven lanterns on a hill"


def here(force: Force, name: str) -> SignedIn:
    """Somebody signed in, as a request that has just begun sees them."""
    cookie = cookie_of(client_for(force, name))
    with force.database.look() as session:
        return resume_session(session, force.settings, cookie)


def row_of(force: Force, officer: SignedIn) -> OfficerRow:
    with force.database.look() as session:
        return session.get_one(OfficerRow, officer.officer.id)


def test_a_passphrase_changed_while_its_owner_leaves_brings_no_lock_back(force_on_both: Force) -> None:
    """Sealing takes most of a second, in which an administrator may have destroyed the lock for good."""
    force, ada = force_on_both, force_on_both.officer("ada")
    tom = here(force, "tom")
    locked = lock_seed(force.settings, tom.seed, NEW, old=passphrase_of("tom"), sign_in_name="tom")
    with force.database.begin() as session:
        leave(session, tom.officer.id, by=ada)
    with pytest.raises(SignedOutError), force.database.begin() as session:
        change_passphrase(session, locked, tom)
    assert row_of(force, tom).locked_seed == b""


def test_a_session_that_was_ended_changes_no_passphrase(force_on_both: Force) -> None:
    """Whoever ends a stolen session from another browser wins over what the thief had begun in it."""
    force, thief = force_on_both, here(force_on_both, "tom")
    locked = lock_seed(force.settings, thief.seed, NEW, old=passphrase_of("tom"), sign_in_name="tom")
    before = row_of(force, thief).locked_seed
    with force.database.begin() as session:
        end_session(session, thief.digest)
    with pytest.raises(SignedOutError), force.database.begin() as session:
        change_passphrase(session, locked, thief)
    assert row_of(force, thief).locked_seed == before


def test_first_secrets_given_anew_are_not_taken_over_by_who_saw_the_ones_before(force_on_both: Force) -> None:
    """The first passphrase was seen, an administrator begins anew: an enrolment under way comes to nothing."""
    force, ada = force_on_both, force_on_both.officer("ada")
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name="Una Reed",
            sign_in_name="una",
            role=Role.TRIAGE_OFFICER,
            passphrase=FIRST,
            by=ada,
        )
    force.totp = {**force.totp, "una": made.totp_secret}
    thief = _signed_in(force, "una", FIRST)
    secret = new_totp_secret()
    force.totp = {**force.totp, "stolen": secret}
    lock = make_lock(force.settings, NEW, secret, force.code("stolen"), now=force.clock.now, name="una")
    with force.database.look() as session:  # what the page before had opened, and the ring still holds
        thief.officer.keys.held(session)
        for box_id in thief.officer.keys.held(session):
            thief.officer.keys.identity(session, box_id)
    with force.database.begin() as session:
        begin_anew(session, force.settings, made.officer_id, passphrase=FIRST, sign_in_name="una", by=ada)
    before = row_of(force, thief).box_id
    with pytest.raises(SignedOutError), force.database.begin() as session:
        enrol(session, lock, thief)
    assert (row_of(force, thief).box_id, row_of(force, thief).enrolled_on) == (before, None)


def test_keys_given_while_somebody_is_suspended_do_not_lift_it(force_on_both: Force) -> None:
    force, ada, sam = force_on_both, force_on_both.officer("ada"), force_on_both.officer("sam")
    tom = here(force, "tom")
    with force.database.begin() as session:
        session.get_one(OfficerRow, tom.officer.id).state = OfficerState.AWAITING_KEYS
    met = meanwhile(
        force,
        lambda session: suspend(session, tom.officer.id, by=ada),
        lambda session: grant_role(session, tom.officer.id, by=sam),
    )
    assert (met, row_of(force, tom).state) == ("WrongStateError", OfficerState.SUSPENDED)


def test_a_key_taken_while_somebody_is_suspended_does_not_lift_it(force_on_both: Force) -> None:
    force, ada, sam = force_on_both, force_on_both.officer("ada"), force_on_both.officer("sam")
    tom = here(force, "tom")
    with force.database.look() as session:
        [desk] = session.query(BoxRow.id).filter(BoxRow.name == "desk").one()
    meanwhile(
        force,
        lambda session: suspend(session, tom.officer.id, by=ada),
        lambda session: take_key(session, tom.officer.id, desk, by=sam),
    )
    assert row_of(force, tom).state == OfficerState.SUSPENDED


def test_whoever_leaves_while_they_are_suspended_has_left(force_on_both: Force) -> None:
    force, ada, sam = force_on_both, force_on_both.officer("ada"), force_on_both.officer("sam")
    tom = here(force, "tom")
    met = meanwhile(
        force,
        lambda session: leave(session, tom.officer.id, by=ada),
        lambda session: suspend(session, tom.officer.id, by=sam),
    )
    assert (met, row_of(force, tom).state) == (WrongStateError.__name__, OfficerState.LEFT)


def test_the_old_passphrase_opens_no_session_beside_its_change(force_on_both: Force) -> None:
    """Recognised by the old one a moment before, let in a moment after: the change has ended every other session."""
    force, owner = force_on_both, here(force_on_both, "tom")
    force.clock.forward(seconds=30)
    with force.database.look() as session:
        found = find_lock(session, force.settings, "tom")
    with force.database.begin() as session:
        officer = enter(session, found, open_lock(found, passphrase_of("tom")), by_code(force.code("tom")))
    locked = lock_seed(force.settings, owner.seed, NEW, old=passphrase_of("tom"), sign_in_name="tom")
    with force.database.begin() as session:
        change_passphrase(session, locked, owner)
    with pytest.raises(SignInError), force.database.begin() as session:
        keep_lock(session, officer, found)


def test_a_code_of_the_old_authenticator_opens_no_session_beside_its_replacement(force_on_both: Force) -> None:
    """Recognised by it a moment before, let in a moment after: the replacement has ended every other session."""
    force, owner = force_on_both, here(force_on_both, "tom")
    force.clock.forward(seconds=30)
    with force.database.look() as session:
        found = find_lock(session, force.settings, "tom")
        offer = offer_authenticator(session, owner)
    with force.database.begin() as session:
        seed = open_lock(found, passphrase_of("tom"))
        officer = enter(session, found, seed, by_code(force.code("tom")))
    old = force.totp["tom"]
    force.totp = {**force.totp, "tom": offer.secret}
    with force.database.begin() as session:
        replace_authenticator(session, owner, offer.sealed, force.code("tom"))
    with pytest.raises(SignInError), force.database.begin() as session:
        keep_lock(session, officer, found)
    force.totp = {**force.totp, "tom": old}
    force.clock.forward(seconds=60)
    with pytest.raises(SignInError), force.database.begin() as session:
        enter(session, found, seed, by_code(force.code("tom")))


def test_of_two_replacements_at_once_one_counts(force_on_both: Force) -> None:
    force, owner = force_on_both, here(force_on_both, "tom")
    with force.database.look() as session:
        offers = [offer_authenticator(session, owner) for _ in range(2)]

    def take(offer: Offer) -> Callable[[CaseSession], object]:
        code = pyotp.TOTP(offer.secret).at(force.clock.now)
        return lambda session: replace_authenticator(session, owner, offer.sealed, code)

    assert meanwhile(force, take(offers[0]), take(offers[1])) == StaleOfferError.__name__


def test_of_two_people_added_at_once_by_one_name_one_is_and_the_other_is_said_to_be_there(force_on_both: Force) -> None:
    force, ada = force_on_both, force_on_both.officer("ada")
    by = ada.with_new_ring()

    def add(name: str, by: Officer) -> Callable[[CaseSession], object]:
        return lambda session: add_officer(
            session,
            force.settings,
            name=name,
            sign_in_name="una",
            role=Role.TRIAGE_OFFICER,
            passphrase=FIRST,
            by=by,
        )

    assert meanwhile(force, add("Una Reed", ada), add("Una Thorne", by)) == OfficerExistsError.__name__
    with force.database.look() as session:
        named = [one.name for one in officer_names(session, by=ada).values() if one.name.startswith("Una")]
    assert named == ["Una Reed"]


def test_nobody_is_let_in_who_was_suspended_a_moment_before(force_on_both: Force) -> None:
    force, ada = force_on_both, force_on_both.officer("ada")
    tom = force.officer("tom")
    with force.database.begin() as session:
        suspend(session, tom.id, by=ada)
    with pytest.raises(SignInError), force.database.begin() as session:
        keep_lock(session, tom)


@pytest.mark.parametrize("backend", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_who_was_read_already_is_read_anew_before_they_are_let_in(force_on_both: Force) -> None:
    """A passkey's unit of work reads its officer's row first; on SQLite nobody else can write beside it."""
    force, ada = force_on_both, force_on_both.officer("ada")
    tom = force.officer("tom")
    with force.database.begin() as session:
        assert session.get_one(OfficerRow, tom.id).state == OfficerState.ACTIVE
        with force.database.begin() as other:
            suspend(other, tom.id, by=ada)
        with pytest.raises(SignInError):
            keep_lock(session, tom)


def test_of_two_administrators_at_once_the_last_first_passphrase_counts(force_on_both: Force) -> None:
    """Two fresh beginnings are one after the other: one box is live, and what opens it is what was shown last."""
    force, ada, tom = force_on_both, force_on_both.officer("ada"), here(force_on_both, "tom")
    made = []

    def begin(passphrase: str) -> Callable[[CaseSession], object]:
        def anew(session: CaseSession) -> None:
            by = ada.with_new_ring()
            made.append(
                begin_anew(session, force.settings, tom.officer.id, passphrase=passphrase, sign_in_name="tom", by=by)
            )

        return anew

    assert meanwhile(force, begin(FIRST), begin(NEW)) == ""
    force.totp = {**force.totp, "tom": made[1].totp_secret}
    with force.database.begin() as session:
        with pytest.raises(SignInError):
            open_lock(find_lock(session, force.settings, "tom"), FIRST)
        officer, _ = sign_in(session, force.settings, sign_in_name="tom", passphrase=NEW, code=force.code("tom"))
    with force.database.look() as session:
        box = session.get_one(BoxRow, officer.keys.box_id)
        assert (box.state, session.get_one(OfficerRow, tom.officer.id).box_id) == (BoxState.LIVE, box.id)
        assert session.get_one(BoxRow, tom.officer.keys.box_id).state == BoxState.RETIRED


def _signed_in(force: Force, name: str, passphrase: str) -> SignedIn:
    client = client_for(force, "iris")  # any browser
    force.clock.forward(seconds=30)
    client.client.post(
        "/sign-in",
        data={"sign_in_name": name, "passphrase": passphrase, "code": force.code(name)},
        base_url=client.base_url,
    )
    with force.database.look() as session:
        return resume_session(session, force.settings, cookie_of(client))
