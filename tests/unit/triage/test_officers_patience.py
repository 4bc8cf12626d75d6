"""How long somebody waits after wrong tries, whoever they say they are."""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest

from triage.officers.errors import SlowDownError
from triage.officers.patience import FORGOTTEN_AFTER, FREE_TRIES, LONGEST, Patience

TOM, TESS = b"tom", b"tess"


class Clock:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def wait_of(patience: Patience, whom: bytes) -> int:
    with pytest.raises(SlowDownError) as slow:
        patience.begin(whom)
    return slow.value.seconds


def test_the_first_few_tries_are_free(clock: Clock) -> None:
    patience = Patience(clock)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    assert wait_of(patience, TOM) == 2
    patience.begin(TESS)


def test_each_wrong_try_doubles_the_wait_up_to_a_quarter_of_an_hour(clock: Clock) -> None:
    patience, waits = Patience(clock), []
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    for _ in range(14):
        waits.append(wait_of(patience, TOM))
        clock.now += timedelta(seconds=waits[-1])
        patience.begin(TOM)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]
    assert timedelta(seconds=max(waits)) == LONGEST


def test_a_try_that_was_too_early_makes_the_wait_no_longer(clock: Clock) -> None:
    patience = Patience(clock)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    for _ in range(100):
        assert wait_of(patience, TOM) == 2


def test_the_right_person_starts_afresh(clock: Clock) -> None:
    patience = Patience(clock)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    patience.succeeded(TOM)
    patience.begin(TOM)


def test_a_day_later_it_is_forgotten(clock: Clock) -> None:
    patience = Patience(clock)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    clock.now += FORGOTTEN_AFTER + timedelta(seconds=1)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)


def test_a_clock_set_back_locks_nobody_out_for_longer_than_the_longest_wait(clock: Clock) -> None:
    patience = Patience(clock)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    clock.now -= timedelta(days=365)
    assert wait_of(patience, TOM) == 2
    clock.now += timedelta(seconds=2)
    patience.begin(TOM)


def test_a_flood_of_names_pushes_out_no_name_under_attack_and_fills_no_memory(clock: Clock) -> None:
    patience = Patience(clock, remembered=50)
    for _ in range(FREE_TRIES):
        patience.begin(TOM)
    for number in range(5_000):
        patience.begin(f"nobody {number}".encode())
    assert wait_of(patience, TOM) == 2
    assert len(patience) <= 50


def test_the_right_person_starts_afresh_among_others(clock: Clock) -> None:
    """Whoever takes the freed place is counted on from where they were."""
    patience, names = Patience(clock), [f"name {number}".encode() for number in range(5)]
    for name in names:
        for _ in range(FREE_TRIES):
            patience.begin(name)
    for name in (names[1], names[4], b"never tried"):
        patience.succeeded(name)
    for name in (names[0], names[2], names[3]):
        assert wait_of(patience, name) == 2
    for name in (names[1], names[4]):
        patience.begin(name)
    assert len(patience) == 5


def test_processes_made_afterwards_count_as_one(clock: Clock) -> None:
    """A server loads the program, then forks its workers: a guesser gains nothing by being lent another one."""
    patience, workers = Patience(clock), get_context("fork")
    told = workers.SimpleQueue()

    def guess() -> None:
        let_in = 0
        for _ in range(200):
            with suppress(SlowDownError):
                patience.begin(TOM)
                let_in += 1
        patience.begin(TESS)
        told.put(let_in)

    several = [workers.Process(target=guess) for _ in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert sum(told.get() for _ in several) == FREE_TRIES
    assert wait_of(patience, TOM) == 2
    patience.begin(TESS)
    assert wait_of(patience, TESS) == 2


def test_a_worker_that_dies_in_the_middle_locks_nobody_out(clock: Clock) -> None:
    patience = Patience(clock)

    def die() -> None:
        with patience._alone():
            os._exit(1)

    worker = get_context("fork").Process(target=die)
    worker.start()
    worker.join()
    patience.begin(TOM)


def test_the_wait_is_said_in_seconds_and_then_in_minutes() -> None:
    assert "Wait 64 seconds" in str(SlowDownError(64))
    assert "Wait 15 minutes" in str(SlowDownError(900))
    assert "Wait 3 minutes" in str(SlowDownError(121))
