"""What crosses the store's doors says nothing when it is printed, and errors come in one tree."""

from datetime import date

import pytest
from sqlalchemy.exc import DataError, IntegrityError, InvalidRequestError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from store.dropbox import Burn, Drop, Part
from store.errors import StoreError, StoreUnavailableError, told_apart
from store.noticeboard import PublishedIntakeKey, PublishedNotice

TODAY = date(2026, 11, 22)
SEALED = b"sealed-words"


@pytest.mark.parametrize(
    "value",
    [
        Drop(bytes(16), SEALED, False, TODAY),
        Part(bytes(16), 0, SEALED, TODAY),
        Burn(SEALED, SEALED, TODAY),
        PublishedNotice(SEALED, SEALED, SEALED, TODAY, TODAY),
        PublishedIntakeKey(bytes(16), TODAY, TODAY, SEALED),
    ],
)
def test_printing_what_crosses_a_door_shows_no_sealed_byte(value: object) -> None:
    assert "sealed-words" not in repr(value) + str(value)


@pytest.mark.parametrize("kind", [OperationalError, ProgrammingError])
def test_a_database_that_cannot_is_unavailable(kind: type[OperationalError]) -> None:
    with pytest.raises(StoreUnavailableError), told_apart():
        raise kind("INSERT", {"sealed": SEALED}, Exception("driver"))


def test_a_pool_that_is_used_up_is_unavailable() -> None:
    with pytest.raises(StoreUnavailableError), told_apart():
        raise PoolTimeoutError


@pytest.mark.parametrize("kind", [IntegrityError, DataError])
def test_a_database_that_refuses_is_not_called_unavailable(kind: type[IntegrityError]) -> None:
    with pytest.raises(StoreError) as refusal, told_apart():
        raise kind("INSERT", {"sealed": SEALED}, Exception("driver"))
    assert not isinstance(refusal.value, StoreUnavailableError)


def test_a_fault_of_our_own_in_asking_is_a_store_error_too() -> None:
    with pytest.raises(StoreError), told_apart():
        raise InvalidRequestError("wrong")


def test_what_is_not_the_databases_fault_passes_untouched() -> None:
    with pytest.raises(ZeroDivisionError), told_apart():
        raise ZeroDivisionError
