"""The door: slows wrong tries, checks passphrases a few at a time, and leaves a line whoever comes or is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from uuid import UUID

from flask import Flask, current_app

from config import TriageSettings
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.keys.system import SystemActor, sign_in_digest, system_actor
from triage.officers.devices import known_device, known_device_of, remember_device, remember_device_of
from triage.officers.errors import BusyError, SignInError, SlowDownError
from triage.officers.news import Addressee, note_refusal, sweep_news
from triage.officers.officer import Officer
from triage.officers.passkeys.challenges import Purpose
from triage.officers.passkeys.errors import CannotUnlockError, PasskeyRefusedError
from triage.officers.passkeys.keeping import Owner, binding_of, check_passkey, owner_of, unlock_by_passkey
from triage.officers.patience import Patience
from triage.officers.session import SignedIn, end_session_of_cookie, renew_session, start_session, sweep_sessions
from triage.officers.signing_in import (
    FoundLock,
    SecondFactor,
    addressee_of,
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
# By what the refusals of passkeys are counted that nobody here has.
NOBODYS_PASSKEY = b"a passkey of nobody"


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
    """Where officers come in; one for each process, with one count of wrong tries for all workers of a server."""

    def __init__(self, database: Database, settings: TriageSettings) -> None:
        self._database = database
        self._settings = settings
        self._patience = Patience(database.clock)  # before a server's workers are made, so that they count as one
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
        officer, seed, found = self._recognise_name(tried)
        with self._database.begin() as session:
            keep_lock(session, officer, found)
            session_cookie = self._let_in(session, officer, seed, tried.session_cookie)
        device_cookie = remember_device(self._settings, tried.sign_in_name, tried.device_cookie)
        return Entered(session_cookie, device_cookie)

    def sign_in_by_passkey(self, answer: str, *, device_cookie: str, session_cookie: str) -> Entered:
        """Let somebody in whose authenticator unlocks their seed; no name and no passphrase is asked for.

        It costs little to check, so nobody waits in line. Refusals are counted by passkey, and apart for each browser
        that its officer signed in from before; those of passkeys that are nobody's count as one.

        Raises:
            PasskeyRefusedError: it is nobody's passkey, or its answer does not hold.
            CannotUnlockError: it has to come with a passphrase.
            SlowDownError: too many were refused before this one; nothing was checked.
        """
        with self._database.look() as session:
            owner = owner_of(session, self._settings, answer)
        passkey = self._counted_by(owner, device_cookie)
        self._begin_with_passkey(passkey)
        try:
            with self._database.begin() as session:
                unlocked = unlock_by_passkey(session, self._settings, answer)
                officer, whom = enter_by_passkey(session, unlocked)
                keep_lock(session, officer)
                cookie = self._let_in(session, officer, unlocked.seed, session_cookie, reason="by passkey")
        except (SignInError, CannotUnlockError):
            self._refused(owner.officer_id if owner else None)
            raise
        self._patience.succeeded(passkey)
        return Entered(cookie, remember_device_of(self._settings, whom, device_cookie))

    def _counted_by(self, owner: Owner | None, device_cookie: str) -> bytes:
        if owner is None:
            return NOBODYS_PASSKEY
        device = known_device_of(self._settings, owner.sign_in_digest, device_cookie)
        return owner.credential_digest + (device or b"")

    def _begin_with_passkey(self, whom: bytes) -> None:
        try:
            self._patience.begin(whom)
        except SlowDownError as error:
            raise SlowDownError(error.seconds, by_passkey=True) from None

    def _let_in(
        self, session: CaseSession, officer: Officer, seed: bytes, former_cookie: str, *, reason: str = ""
    ) -> str:
        sweep_sessions(session, self._settings)
        sweep_news(session)
        end_session_of_cookie(session, former_cookie)
        cookie = start_session(session, officer, seed)
        record(session, Act.SIGNED_IN, officer.id, by=officer, reason=reason)
        checkpoint(session, self._settings)
        return cookie

    def check(self, officer_name: str, passphrase: str, code: str) -> tuple[Officer, bytes]:
        """Recognise somebody without signing them in, for commands; the same errors."""
        officer, seed, _ = self._recognise_name(Tried(officer_name, passphrase, code))
        return officer, seed

    def check_again(self, signed_in: SignedIn, passphrase: str, code: str) -> bytes:
        """Recognise somebody signed in before what matters most, such as changing a passphrase; gives their seed.

        Wrong tries are counted by session: strangers at the door slow nobody who is inside. The same errors.
        """
        with self.in_line():
            return self._check_again(signed_in, passphrase, code)

    def lock_anew(self, signed_in: SignedIn, passphrase: str, code: str, lock: Callable[[bytes], bytes]) -> bytes:
        """What `lock` makes of their seed, in the same place in line as the check before it. The same errors."""
        with self.in_line():
            return lock(self._check_again(signed_in, passphrase, code))

    @contextmanager
    def in_line(self) -> Iterator[None]:
        """A place for somebody signed in whose work seals a seed to a passphrase, which takes as much as checking one.

        Raises:
            BusyError: too many people are in line; nothing was begun.
        """
        with self._a_place(known=True):
            yield

    def _check_again(self, signed_in: SignedIn, passphrase: str, code: str) -> bytes:
        officer_id = signed_in.officer.id
        _, seed, _ = self._recognise(
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
            SlowDownError: too many wrong tries of either kind in this session; nothing was checked.
        """
        officer_id = signed_in.officer.id
        self._begin_with_passkey(signed_in.digest)
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
                cookie = self._renew(session, signed_in)
        except PasskeyRefusedError:
            self._refused(officer_id)
            raise
        self._patience.succeeded(signed_in.digest)
        return cookie

    def _renew(self, session: CaseSession, signed_in: SignedIn) -> str:
        keep_lock(session, signed_in.officer)
        cookie = renew_session(session, signed_in)
        record(session, Act.PROVEN_AGAIN, signed_in.officer.id, by=signed_in.officer)
        return cookie

    def _recognise_name(self, tried: Tried) -> tuple[Officer, bytes, FoundLock]:
        settings = self._settings
        device = known_device(settings, tried.sign_in_name, tried.device_cookie)
        whom = sign_in_digest(settings, tried.sign_in_name) + (device or b"")
        with self._a_place(known=device is not None):
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
    ) -> tuple[Officer, bytes, FoundLock]:
        self._patience.begin(whom)
        with self._database.look() as session:
            found = find(session)
        try:
            seed = open_lock(found, passphrase)
            with self._database.begin() as session:
                officer = enter(session, found, seed, factor)
        except SignInError:
            self._leave_a_line(found.officer_id, found.to, in_known_browser=is_known)
            # Whether the passphrase was right is nobody's business who could not show the second factor.
            raise SignInError from None
        self._patience.succeeded(whom)
        return officer, seed, found

    @contextmanager
    def _a_place(self, *, known: bool) -> Iterator[None]:
        """A place in line; raises BusyError."""
        for line in (self._line_of_the_known, self._line) if known else (self._line,):
            if line.acquire(blocking=False):
                try:
                    yield
                finally:
                    line.release()
                return
        raise BusyError

    def _refused(self, officer_id: UUID | None) -> None:
        """A passkey was, of that officer's if anybody's."""
        with self._database.look() as session:
            to = addressee_of(session, officer_id) if officer_id is not None else None
        self._leave_a_line(officer_id, to)

    def _leave_a_line(self, officer_id: UUID | None, to: Addressee | None, *, in_known_browser: bool = False) -> None:
        """By the system, of the officer whose name it was, if anybody's, and who is told; never what was typed."""
        with self._database.begin() as session:
            system = self._system or system_actor(session, self._settings)
            record(session, Act.SIGN_IN_REFUSED, officer_id, by=system)
            if to is not None:
                note_refusal(session, to, in_known_browser=in_known_browser)
        self._system = system


def door() -> Door:
    """The door of the running program."""
    found = current_app.extensions[DOOR]
    assert isinstance(found, Door)  # noqa: S101  the app factory puts it there
    return found


def put_up_door(app: Flask, database: Database, settings: TriageSettings) -> None:
    """Give the program its door."""
    app.extensions[DOOR] = Door(database, settings)
