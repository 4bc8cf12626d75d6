"""Give the signed intake keys to the public form."""

from collections.abc import Iterable

from config import TriageSettings
from envelope.signing import SignedIntakeKey
from store.engine import open_engine
from store.noticeboard import PublishedIntakeKey
from store.publishing import Publishing


def publish_intake_keys(settings: TriageSettings, signed: Iterable[SignedIntakeKey]) -> None:
    """Publish what `sign_intake_keys` gave back, after its commit; doing it again changes nothing.

    Raises:
        StoreUnavailableError: none was published; signing again publishes them all.
    """
    engine = open_engine(settings.drop_url)
    try:
        Publishing(engine).publish_intake_keys(
            PublishedIntakeKey(one.key.box_id, one.key.not_before, one.key.not_after, one.to_bytes()) for one in signed
        )
    finally:
        engine.dispose()
