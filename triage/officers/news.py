"""What an officer is told of their own sign-in: tries that were refused, and what they sign in with when it changed.

Each is sealed to the officer's own box, so that the door can write it while nobody is signed in and nobody else reads
it. It is shown from the next session on, not in the one that made the change: whoever has taken over a session cannot
wave away what they did in it. Said to be known it stays listed for `KEPT`; only then it goes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from sqlalchemy import delete, select

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.padding import RECORD_BUCKETS, pad_to_bucket, unpad
from envelope.recipient import Recipient, seal_small
from envelope.unseal import unseal_small
from envelope.wire import Context, Purpose
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.officers.models import NewsRow
from triage.officers.session import SignedIn

KEPT = timedelta(days=90)
# A new try takes the place of one of the oldest day; strangers who go on trying fill no disk.
TRIES_KEPT = 20
# Slips of one's own are in a browser one has signed in from, and seldom more than two in a row.
SLIPS = 2
LABEL = b"officer news"
# To whom goes what is kept of tries with a name that nobody has, so that the work is the same; nobody reads it.
NOBODY = uuid5(NAMESPACE_OID, "quietword nobody")


class What(StrEnum):
    """What happened."""

    REFUSED = "sign-in refused"
    PASSPHRASE_CHANGED = "passphrase changed"  # noqa: S105  an event, not a secret
    AUTHENTICATOR_REPLACED = "authenticator replaced"
    PASSKEY_ADDED = "passkey added"
    PASSKEY_REMOVED = "passkey removed"
    BEGUN_ANEW = "first secrets given anew"


SENTENCES = {
    What.REFUSED: "A try to sign in with your name was refused",
    What.PASSPHRASE_CHANGED: "Your passphrase was changed",
    What.AUTHENTICATOR_REPLACED: "Your authenticator was replaced by another",
    What.PASSKEY_ADDED: "A passkey was added",
    What.PASSKEY_REMOVED: "A passkey was removed",
    What.BEGUN_ANEW: "An administrator gave you first secrets anew; your keys and passkeys of before were destroyed",
}


@dataclass(frozen=True)
class News:
    """One thing that happened; `in_known_browser` of a try: in one that this name had signed in from before."""

    id: UUID
    what: What
    at: datetime
    in_known_browser: bool = False
    is_seen: bool = False

    @property
    def is_try(self) -> bool:
        return self.what is What.REFUSED

    @property
    def sentence(self) -> str:
        """What a page says of it, without when."""
        return SENTENCES[self.what]


@dataclass(frozen=True)
class Addressee:
    """Whose news it is and to which box it is sealed; `whose` is nobody's id for a name that nobody has."""

    whose: UUID
    box_id: UUID
    public_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Told:
    """What a page says until its reader has seen it."""

    tries: tuple[News, ...]
    changes: tuple[News, ...]

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(one.id for one in (*self.tries, *self.changes))

    @property
    def has_more_tries(self) -> bool:
        """Whether there may have been more than are counted."""
        return len(self.tries) >= TRIES_KEPT


def note_refusal(session: CaseSession, to: Addressee, *, in_known_browser: bool) -> None:
    """Keep that somebody tried a name; the same work for a name that nobody has. Call it after `record`."""
    kept = _note(session, to, What.REFUSED, known=in_known_browser)
    tries = select(NewsRow.id).where(NewsRow.officer_id == to.whose, NewsRow.is_try, NewsRow.id != kept)
    newest = tries.order_by(NewsRow.happened_on.desc(), NewsRow.id).limit(TRIES_KEPT - 1)
    session.flush()
    session.execute(
        delete(NewsRow).where(
            NewsRow.officer_id == to.whose, NewsRow.is_try, NewsRow.id != kept, NewsRow.id.not_in(newest)
        )
    )


def note_change(session: CaseSession, what: What, here: SignedIn) -> None:
    """Keep that somebody changed what they sign in with, for their next session."""
    box_id = here.officer.keys.box_id
    public_key = Identity(here.seed).recipient().public_key
    _note(session, Addressee(here.officer.id, box_id, public_key), what, made_in=_session_of(here))


def note_begun_anew(session: CaseSession, to: Addressee) -> None:
    """Keep that an administrator gave somebody first secrets; what was sealed to the box of before goes with it."""
    forget_news_of(session, to.whose)
    _note(session, to, What.BEGUN_ANEW)


def move_news(session: CaseSession, officer_id: UUID, old: tuple[UUID, Identity], new: tuple[UUID, Identity]) -> None:
    """Seal what there is for somebody to the box they have from now on."""
    for row in session.scalars(select(NewsRow).where(NewsRow.officer_id == officer_id)).all():
        try:
            body = unseal_small(row.sealed, old[1], _context(row.id, old[0]))
        except EnvelopeError:
            session.delete(row)
        else:
            row.sealed = seal_small(body, new[1].recipient(), _context(row.id, new[0]))


def forget_news_of(session: CaseSession, officer_id: UUID) -> None:
    """All of it, of somebody whose box is retired."""
    session.execute(delete(NewsRow).where(NewsRow.officer_id == officer_id))


def sweep_news(session: CaseSession) -> None:
    """Let go of what happened long ago, whether anybody has seen it or not."""
    session.execute(delete(NewsRow).where(NewsRow.happened_on < session.today - KEPT))


def news_of(session: CaseSession, here: SignedIn) -> tuple[News, ...]:
    """Everything that is kept of one's own sign-in, the newest first."""
    rows = session.scalars(select(NewsRow).where(NewsRow.officer_id == here.officer.id)).all()
    found = [opened for row in rows if (opened := _open(row, here)) is not None]
    return tuple(sorted((one for one, _ in found), key=lambda one: (one.at, one.id), reverse=True))


def told_of(session: CaseSession, here: SignedIn) -> Told | None:
    """What one has not seen yet and should, or None: a slip or two in one's own browser is no news."""
    unseen = select(NewsRow).where(NewsRow.officer_id == here.officer.id, NewsRow.seen_on.is_(None))
    found = [opened for row in session.scalars(unseen) if (opened := _open(row, here)) is not None]
    told = sorted((one for one, made_in in found if made_in != _session_of(here)), key=lambda one: (one.at, one.id))
    tries = tuple(one for one in told if one.is_try)
    if len(tries) <= SLIPS and all(one.in_known_browser for one in tries):
        tries = ()
    changes = tuple(one for one in told if not one.is_try)
    return Told(tries, changes) if tries or changes else None


def say_seen(session: CaseSession, ids: Iterable[UUID], here: SignedIn) -> None:
    """Write down that somebody has seen what a page told them of their own sign-in, and nothing that came after it."""
    mine = session.scalars(
        select(NewsRow).where(
            NewsRow.officer_id == here.officer.id, NewsRow.id.in_(list(ids)), NewsRow.seen_on.is_(None)
        )
    ).all()
    shown = [row for row in mine if (opened := _open(row, here)) and opened[1] != _session_of(here)]
    for row in shown:
        row.seen_on = session.today
    record(session, Act.OWN_SIGN_IN_READ, here.officer.id, by=here.officer, count=len(shown))


def _note(session: CaseSession, to: Addressee, what: What, *, known: bool = False, made_in: str = "") -> UUID:
    row_id = uuid4()
    body = {"what": what.value, "at": session.now.isoformat(timespec="minutes"), "known": known, "made_in": made_in}
    padded = pad_to_bucket(json.dumps(body).encode(), RECORD_BUCKETS)
    session.add(
        NewsRow(
            id=row_id,
            officer_id=to.whose,
            is_try=what is What.REFUSED,
            sealed=seal_small(padded, Recipient(to.public_key), _context(row_id, to.box_id)),
            happened_on=session.today,
        )
    )
    return row_id


def _open(row: NewsRow, here: SignedIn) -> tuple[News, str] | None:
    """With the session it was made in. None for what was sealed to another box, at the moment it was replaced."""
    try:
        padded = unseal_small(row.sealed, Identity(here.seed), _context(row.id, here.officer.keys.box_id))
        body = json.loads(unpad(padded))
    except EnvelopeError:
        return None
    at = datetime.fromisoformat(body["at"])
    return News(row.id, What(body["what"]), at, bool(body["known"]), row.seen_on is not None), str(body["made_in"])


def _session_of(here: SignedIn) -> str:
    """The same for one session from its beginning to its end; it opens nothing."""
    return hashlib.sha256(b"quietword news v1" + here.token.encode()).hexdigest()


def _context(row_id: UUID, box_id: UUID) -> Context:
    return Context(Purpose.RECORD, (LABEL, row_id.bytes, box_id.bytes))
