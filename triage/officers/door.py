"""The door: slows wrong tries, checks passphrases a few at a time, and leaves a line whoever comes or is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from uuid import UUID

from flask import Flask, current_app

from config import TriageSettings
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.keys.system import SystemActor, sign_in_digest, system_actor
from triage.officers.devices import known_device, remember_device, remember_device_of
from triage.officers.errors import BusyError, SignInError
from triage.officers.officer import Officer
from triage.officers.passkeys.challenges import Purpose
from triage.officers.passkeys.errors import CannotUnlockError, PasskeyRefusedError
from triage.officers.passkeys.keeping import binding_of, check_passkey, owner_of, unlock_by_passkey
from triage.officers.patience import Patience
from triage.officers.session import SignedIn, end_session_of_cookie, renew_session, start_session, sweep_sessions
from triage.officers.signing_in import (
    FoundLock,
    SecondFactor,
    by_code,
    by_passkey,
    enter,
    enter_by_passkey,
    find_lock,
    find_lock_of,
    keep_lock,
    open_lock,
)
from triage.officers.witness import checkpoint

DOOR = "quietword.door"
# One is checked and one waits, and one place more is for browsers somebody has signed in from, so that strangers
# cannot fill the door. A server has four threads, so one is always left for whoever is signed in.
IN_LINE = 2
IN_LINE_WHO_ARE_KNOWN = 1


@dataclass(frozen=True)
class Tried:
    """What somebody typed, and the cookies their browser already has.

    `passkey` is the answer of an authenticator that stands in for the code.
    """

    sign_in_name: str
    passphrase: str = field(repr=False)
    code: str = field(repr=False)
    device_cookie: str = field(default="", repr=False)
    session_cookie: str = field(default="", repr=False)
    passkey: str = field(default="", repr=False)


@dataclass(frozen=True)
class Entered:
    """Somebody signed in: what their browser keeps from now on."""

    session_cookie: str = field(repr=False)
    device_cookie: str = field(repr=False)


class Door:
    """Where officers come in; one for each process."""

    def __init__(self, database: Database, settings: TriageSettings) -> None:
        self._database = database
        self._settings = settings
        self._patience = Patience(database.clock)
        self._line = BoundedSemaphore(IN_LINE)
        self._line_of_the_known = BoundedSemaphore(IN_LINE_WHO_ARE_KNOWN)
        self._system: SystemActor | None = None

    def sign_in(self, tried: Tried) -> Entered:
        """Let somebody in.

        Raises:
            SignInError: name, passphrase or code does not fit.
            SlowDownError: too many wrong tries before this one; nothing was checked.
            BusyError: too many people are in line.
        """
        officer, seed = self._recognise_name(tried)
        with self._database.begin() as session:
            session_cookie = self._let_in(session, officer, seed, tried.session_cookie)
        device_cookie = remember_device(self._settings, tried.sign_in_name, tried.device_cookie)
        return Entered(session_cookie, device_cookie)

    def sign_in_by_passkey(self, answer: str, *, device_cookie: str, session_cookie: str) -> Entered:
        """Let somebody in whose authenticator unlocks their seed; no name and no passphrase is asked for.

        Nothing of it can be guessed, and it costs nothing to check, so nobody waits in line or is slowed.

        Raises:
            PasskeyRefusedError: it is nobody's passkey, or its answer does not hold.
            CannotUnlockError: it has to come with a passphrase.
        """
        try:
            with self._database.begin() as session:
                unlocked = unlock_by_passkey(session, self._settings, answer)
                officer, whom = enter_by_passkey(session, unlocked)
                cookie = self._let_in(session, officer, unlocked.seed, session_cookie, reason="by passkey")
        except (PasskeyRefusedError, CannotUnlockError):
            with self._database.look() as session:
                owner = owner_of(session, self._settings, answer)
            self._leave_a_line(owner)
            raise
        return Entered(cookie, remember_device_of(self._settings, whom, device_cookie))

    def _let_in(
        self, session: CaseSession, officer: Officer, seed: bytes, former_cookie: str, *, reason: str = ""
    ) -> str:
        keep_lock(session, officer)
        sweep_sessions(session, self._settings)
        end_session_of_cookie(session, former_cookie)
        cookie = start_session(session, officer, seed)
        record(session, Act.SIGNED_IN, officer.id, by=officer, reason=reason)
        checkpoint(session, self._settings)
        return cookie

    def check(self, officer_name: str, passphrase: str, code: str) -> tuple[Officer, bytes]:
        """Recognise somebody without signing them in, for commands; the same errors."""
        return self._recognise_name(Tried(officer_name, passphrase, code))

    def check_again(self, signed_in: SignedIn, passphrase: str, code: str) -> bytes:
        """Recognise somebody signed in before what matters most, such as changing a passphrase; gives their seed.

        Wrong tries are counted by session: strangers at the door slow nobody who is inside. The same errors.
        """
        officer_id = signed_in.officer.id
        _, seed = self._recognise(
            lambda session: find_lock_of(session, officer_id),
            signed_in.digest,
            passphrase,
            by_code(code),
            is_known=True,
        )
        return seed

    def prove(self, signed_in: SignedIn, passphrase: str, code: str) -> str:
        """Let somebody signed in do what matters most for some minutes more; gives their session's new cookie.

        Raises:
            SignedOutError: the session ended meanwhile. And what `sign_in` raises.
        """
        self.check_again(signed_in, passphrase, code)
        with self._database.begin() as session:
            return self._renew(session, signed_in)

    def prove_by_passkey(self, signed_in: SignedIn, answer: str) -> str:
        """The same by any passkey of theirs: the session holds the seed, so none has to unlock it.

        Raises:
            SignedOutError, PasskeyRefusedError.
        """
        officer_id = signed_in.officer.id
        try:
            with self._database.begin() as session:
                check_passkey(
                    session,
                    self._settings,
                    officer_id,
                    signed_in.seed,
                    answer,
                    purpose=Purpose.PROVE,
                    binding=binding_of(signed_in),
                )
                return self._renew(session, signed_in)
        except PasskeyRefusedError:
            self._leave_a_line(officer_id)
            raise

    def _renew(self, session: CaseSession, signed_in: SignedIn) -> str:
        keep_lock(session, signed_in.officer)
        cookie = renew_session(session, signed_in)
        record(session, Act.PROVEN_AGAIN, signed_in.officer.id, by=signed_in.officer)
        return cookie

    def _recognise_name(self, tried: Tried) -> tuple[Officer, bytes]:
        settings = self._settings
        device = known_device(settings, tried.sign_in_name, tried.device_cookie)
        whom = sign_in_digest(settings, tried.sign_in_name) + (device or b"")
        return self._recognise(
            lambda session: find_lock(session, settings, tried.sign_in_name),
            whom,
            tried.passphrase,
            by_passkey(settings, tried.passkey) if tried.passkey else by_code(tried.code),
            is_known=device is not None,
        )

    def _recognise(
        self,
        find: Callable[[CaseSession], FoundLock],
        whom: bytes,
        passphrase: str,
        factor: SecondFactor,
        *,
        is_known: bool,
    ) -> tuple[Officer, bytes]:
        place = self._take_a_place(known=is_known)
        try:
            self._patience.begin(whom)
            with self._database.look() as session:
                found = find(session)
            try:
                seed = open_lock(found, passphrase)
                with self._database.begin() as session:
                    officer = enter(session, found, seed, factor)
            except SignInError:
                self._leave_a_line(found.officer_id)
                # Whether the passphrase was right is nobody's business who could not show the second factor.
                raise SignInError from None
        finally:
            place.release()
        self._patience.succeeded(whom)
        return officer, seed

    def _take_a_place(self, *, known: bool) -> BoundedSemaphore:
        """What is to be released afterwards; raises BusyError."""
        for line in (self._line_of_the_known, self._line) if known else (self._line,):
            if line.acquire(blocking=False):
                return line
        raise BusyError

    def _leave_a_line(self, officer_id: UUID | None) -> None:
        """By the system, of the officer whose name it was, if anybody's; never what was typed as a name."""
        with self._database.begin() as session:
            system = self._system or system_actor(session, self._settings)
            record(session, Act.SIGN_IN_REFUSED, officer_id, by=system)
        self._system = system


def door() -> Door:
    """The door of the running program."""
    found = current_app.extensions[DOOR]
    assert isinstance(found, Door)  # noqa: S101  the app factory puts it there
    return found


def put_up_door(app: Flask, database: Database, settings: TriageSettings) -> None:
    """Give the program its door."""
    app.extensions[DOOR] = Door(database, settings)
