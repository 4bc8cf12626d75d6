"""A proof that is asked to stop stops, wherever in the program the signal found it."""

import signal
from collections.abc import Iterator

import pytest

from quietword.proof.command import ENDS, stoppable


class DropsWhatIsRaised:
    """Python prints what is raised in a `__del__` and goes on."""

    def __init__(self, sent: signal.Signals) -> None:
        self.sent = sent

    def __del__(self) -> None:
        signal.raise_signal(self.sent)


@pytest.fixture(autouse=True)
def as_from_a_terminal() -> Iterator[None]:
    """The suite may have been started in the background, where Ctrl-C is ignored, and then a proof ignores it too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("sent", ENDS)
def test_a_signal_ends_it(sent: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt), stoppable():
        signal.raise_signal(sent)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_that_came_where_python_drops_what_is_raised_ends_it_before_the_next_step() -> None:
    said: list[str] = []

    def two_steps() -> None:
        with stoppable() as say:
            went = DropsWhatIsRaised(signal.SIGTERM)
            del went
            said.append("went on")
            say("The next step.")
            said.append("the next step")

    with pytest.raises(KeyboardInterrupt):
        two_steps()
    assert said == ["went on"]


def test_what_signals_did_before_they_do_again() -> None:
    before = [signal.getsignal(one) for one in ENDS]
    with stoppable():
        assert [signal.getsignal(one) for one in ENDS] != before
    assert [signal.getsignal(one) for one in ENDS] == before
