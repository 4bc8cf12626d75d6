"""The matcher of each compartment: built in this process's memory for whoever holds its key, gone with the last holder.

It hangs on the unlocked copy of the register (`triage.register.unlocked`), so that it is as old as that copy, goes
with it, and is reached only through a key that opens the compartment. Nothing searchable lies on disk (design §6).
"""

import gc

from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.linking.matching import ORDER, Matcher, RegisterMatcher, Suggestion
from triage.linking.mentions import Mention
from triage.register.unlocked import Unlocked, unlock_all

MANY = 20_000


class _Several:
    """The matchers of several compartments as one."""

    def __init__(self, matchers: tuple[Matcher, ...]) -> None:
        self._matchers = matchers

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        found = [one for matcher in self._matchers for one in matcher.suggest(text, limit=limit)]
        return tuple(sorted(found, key=lambda one: ORDER[one.strength])[:limit])

    def mentions(self, text: str) -> tuple[Mention, ...]:
        found = {mention for matcher in self._matchers for mention in matcher.mentions(text)}
        return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.kind, one.value)))


def matcher_for(session: CaseSession, *, by: KeyHolder) -> Matcher:
    """What suggests from every compartment that `by` can open, and from no other."""
    matchers = tuple(copy.derive("matcher", _build) for copy in unlock_all(session, by=by))
    match matchers:
        case (only,):
            return only
        case ():
            return RegisterMatcher(())  # nothing is on the register: plates and numbers are still marked
        case _:
            return _Several(matchers)


def _build(copy: Unlocked) -> Matcher:
    matcher = RegisterMatcher((kept.id, kept.entry) for kept in copy.entries.values())
    if len(copy.entries) > MANY:
        # Millions of small objects without cycles: walking them again and again would hold up a request for seconds.
        gc.collect()
        gc.freeze()
    return matcher
