"""The index in this process: the matcher hangs on the unlocked copy of the register, and goes when that goes.

It is as old as that copy and is reached only through a key that opens the compartment. A large register is opened and
indexed by a thread of its own, and until it is done the matcher of before answers.
"""

from uuid import UUID

from triage.database import CaseSession, Database
from triage.errors import NoKeyError
from triage.keys.keyring import KeyHolder
from triage.linking.holder.background import SOON, Background
from triage.linking.holder.building import Building, Progress, build_matcher
from triage.linking.holder.several import Local, Nobody, StandingMatcher, together
from triage.linking.holder.standing import Standing, State
from triage.linking.matching import Matcher
from triage.register.bulk import in_bulk
from triage.register.opening import Holder, has_more_entries, only_compartment
from triage.register.unlocked import (
    CHANGED,
    HELD,
    Unlocked,
    compartments_of,
    forget_before,
    register_version,
    unlock_register,
    unlocked_already,
)

MATCHER = "matcher"
OPENED_SHARE = 0.7  # of all there is to do, once every entry is open


class InProcessIndex:
    """See `RegisterIndex`. `soon` is up to how many entries whoever asks waits for the building."""

    def __init__(self, *, soon: int = SOON) -> None:
        self._soon = soon
        self._background = Background()
        self._left: set[UUID] = set()

    def matcher_for(self, session: CaseSession, *, by: Holder) -> StandingMatcher:
        """See `RegisterIndex`."""
        found = (self._matcher(session, compartment, by=by) for compartment in compartments_of(session, by=by))
        return together(one for one in found if one is not None)

    def let_go(self, _session: CaseSession, /, *, by: KeyHolder) -> None:
        """See `RegisterIndex`; whoever builds for them just now lets go when it is done."""
        self._left.add(by.id)
        HELD.let_go(by.id)

    def close(self) -> None:
        """See `RegisterIndex`."""

    def _matcher(self, session: CaseSession, compartment: UUID, *, by: Holder) -> StandingMatcher | None:
        try:
            copies = unlocked_already(session, compartment, by=by)
        except NoKeyError:
            return None
        self._left.discard(by.id)
        changed = session.info.get(CHANGED, False)
        made = [copy.derived(MATCHER) for copy in copies]
        is_new = bool(copies) and copies[0].version == register_version(session, compartment)
        if is_new and made[0] is not None and not changed:
            return Local(_matcher_of(made[0]), Standing(State.READY))
        old = next((one for one in made if one is not None), None)
        is_soon = not has_more_entries(session, compartment, than=self._soon)
        if is_soon or (changed and old is None):
            copy = unlock_register(session, compartment, by=by)
            matcher = copy.derive(MATCHER, _build)
            forget_before(session, copy)
            return Local(matcher, Standing(State.READY))
        if not changed:
            self._begin(session.home, compartment, only_compartment(session, compartment, by=by))
        share = self._background.share(compartment)
        if old is None:
            return Nobody(Standing(State.BUILDING, share))
        return Local(_matcher_of(old), Standing(State.REBUILDING, share))

    def _begin(self, home: Database, compartment: UUID, holder: Holder) -> None:
        def work(tell: Progress) -> None:
            with in_bulk(), home.look() as session:

                def opened(share: float) -> None:
                    tell(OPENED_SHARE * share)
                    session.keys.rollback()  # on SQLite a long look at the keys would keep everybody from writing

                building = Building()
                copy = unlock_register(session, compartment, by=holder, progress=opened, noting=building.note)
                copy.derive(
                    MATCHER, lambda copy: _finish(building, copy, lambda share: tell(_share_after_opening(share)))
                )
                forget_before(session, copy)
            if holder.id in self._left:
                HELD.let_go(holder.id)

        self._background.start(compartment, work)


def _share_after_opening(share: float) -> float:
    return OPENED_SHARE + (1 - OPENED_SHARE) * share


def _finish(building: Building, copy: Unlocked, progress: Progress) -> Matcher:
    """The matcher of what was noted while the copy was opened; of the copy where some of it was open before."""
    is_all = building.is_in_order and building.noted == len(copy.entries)
    return building.finish() if is_all else _build(copy, progress)


def _build(copy: Unlocked, progress: Progress = lambda _share: None) -> Matcher:
    texts = sorted((kept.id.hex, kept.text) for kept in copy.entries.values())
    return build_matcher(texts, len(texts), progress=progress)


def _matcher_of(made: object) -> Matcher:
    assert hasattr(made, "suggest")  # noqa: S101  made by `_build`
    return made  # type: ignore[return-value]  # as above
