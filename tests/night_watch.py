"""A bell that a test watches over: a pager that writes down whom it called, and a clock that the test moves."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from store.noticeboard import Noticeboard
from tests.force import Force
from triage.bell.rules import Call
from triage.bell.service import answer, bell_news, unanswered
from triage.bell.watching import Watch
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import read_by_a_person

FIRST, SECOND = ("pager", "--on-call"), ("pager", "--chief")


@dataclass
class Pager:
    """A pager that writes down whom it called and why; `broken` are the commands that fail."""

    calls: list[tuple[str, Call]] = field(default_factory=list)
    broken: set[tuple[str, ...]] = field(default_factory=set)

    def __call__(self, command: Sequence[str], call: Call) -> bool:
        self.calls.append((command[-1], call))
        return tuple(command) not in self.broken

    @property
    def dangers(self) -> list[str]:
        return [who for who, call in self.calls if call is not Call.TEST]

    def forget(self) -> None:
        self.calls.clear()


@dataclass
class Bell:
    """A force with a bell: what a night is made of."""

    force: Force
    pager: Pager = field(default_factory=Pager)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.starts()

    def starts(self) -> None:
        """The program is started, or started again after a crash."""
        settings = replace(self.force.settings, bell_command=FIRST, bell_escalation=SECOND)
        self.watch = Watch(self.force.database, settings, self.force.publishing, collect=self.takes_in, ring=self.pager)

    def takes_in(self) -> object:
        return release_drops(
            self.force.database, self.force.settings, self.force.collection, release=Wanted.DANGER_ONLY
        )

    def minutes_pass(self, minutes: int) -> None:
        """Three turns a minute, as the real loop has."""
        for _ in range(minutes * 3):
            self.force.clock.forward(seconds=20)
            self.watch.turn()

    @property
    def form_says_it_rings(self) -> bool:
        return Noticeboard(self.force.drop, clock=self.force.clock).bell().rings


class AtOnce:
    """Told to stop before the first wait is over."""

    def wait(self, timeout: float) -> bool:  # noqa: ARG002 - it never waits
        return True


def calling(force: Force) -> int:
    with force.database.look() as session:
        return len(unanswered(session))


def officer_answers(force: Force, *, shown: int | None = None) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        answer(session, shown=bell_news(session).calling if shown is None else shown, by=tom)


def reads(force: Force, report_id: UUID) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=tom)
