"""What can go wrong at the store's doors; no value that was being stored is ever in a message."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError


class StoreError(Exception):
    """Something at the store went wrong, and nothing was stored or removed."""


class StoreUnavailableError(StoreError):
    """The database is away, locked, full, or not set up for us: nothing was acknowledged, and trying again is safe."""


class WrongSizeError(StoreError):
    """Bytes were offered whose length would tell something, or that no reader could use."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn what the database layer raises into this module's errors.

    The originals are left behind on purpose: PostgreSQL writes the offending key into its own message.

    Raises:
        StoreUnavailableError: the database could not do it now.
        StoreError: the database understood and refused.
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise StoreError("The store refused what was offered: it breaks one of its rules.") from None
    except (DBAPIError, PoolTimeoutError):
        raise StoreUnavailableError(
            "The store cannot be used at the moment: check that its database is running, set up and not full."
        ) from None
    except SQLAlchemyError:
        raise StoreError("The store could not understand what was asked of it.") from None
