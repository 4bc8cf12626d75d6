"""The index of the register: one interface, in this process or in one of its own (design §6), a sub-index for each
compartment, reached only by whoever opens that compartment's key. Nothing searchable lies on disk.
"""

from typing import Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from config import TriageSettings
from triage.database import CaseSession, Database
from triage.keys.keyring import KeyHolder
from triage.linking.holder.background import SOON
from triage.linking.holder.in_process import InProcessIndex
from triage.linking.holder.on_socket import SocketIndex
from triage.linking.holder.several import StandingMatcher
from triage.linking.holder.standing import Standing
from triage.register.opening import Holder, has_more_entries
from triage.register.unlocked import compartments_of


class RegisterIndex(Protocol):
    """Where the matchers are."""

    def matcher_for(self, session: CaseSession, *, by: Holder) -> StandingMatcher:
        """What suggests from every compartment that `by` can open, and from no other.

        It never fails for want of the index: it suggests nobody then, and its standing says why. What is missing or out
        of date is built: at once for a small register, else meanwhile.
        """
        ...

    def let_go(self, session: CaseSession, /, *, by: KeyHolder) -> None:
        """Somebody signs out: what nobody else holds is wiped."""
        ...

    def close(self) -> None:
        """This process ends."""
        ...


_INDEXES: "WeakKeyDictionary[Engine, RegisterIndex]" = WeakKeyDictionary()


def use_index(database: Database, settings: TriageSettings) -> None:
    """Set where the index over these databases is; without a setting it is in the process."""
    if settings.index_socket is not None:
        _INDEXES[database.case] = SocketIndex(settings.index_socket)


def index_over(database: Database) -> RegisterIndex:
    """The index over these databases."""
    return _INDEXES.setdefault(database.case, InProcessIndex())


def matcher_for(session: CaseSession, *, by: Holder) -> StandingMatcher:
    """What suggests from every compartment that `by` can open; see `RegisterIndex.matcher_for`."""
    return index_over(session.home).matcher_for(session, by=by)


def index_standing(session: CaseSession, *, by: KeyHolder) -> Standing:
    """How the index stands for somebody, for the page that shows suggestions."""
    return matcher_for(session, by=by).standing


def is_large(session: CaseSession, *, by: KeyHolder) -> bool:
    """Whether indexing a register that is open to somebody takes longer than they would wait for a page."""
    return any(has_more_entries(session, one, than=SOON) for one in compartments_of(session, by=by))
