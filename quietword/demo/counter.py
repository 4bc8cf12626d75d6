"""Makes the counter-corruption box of Millbrook, as its holders would, and pins its key for the public form."""

from datetime import date
from pathlib import Path

from config import COUNTER_VERIFYING_KEY_FILE, TriageSettings
from envelope.vault import KdfCost
from store.engine import open_engine
from triage.commands.instance import in_base64
from triage.counter.key_file import CounterKeys, write_key_file, write_whole
from triage.counter.service import publish_box

# In the demonstration's own folder, so that anybody can try it. A real one is in no folder of triage's.
KEY_FILE = "counter-keys"
FOLDER = "counter-reports"
DAYS = 400


def make_counter_box(settings: TriageSettings, passphrase: str, today: date) -> None:
    """A key file under that passphrase, a box for the next year, and its key where the form looks for it."""
    keys, signed = CounterKeys.found(today).with_box(today, DAYS)
    cost = KdfCost(settings.argon2_memory_kib, settings.argon2_iterations)
    write_key_file(key_file(settings), keys, passphrase, cost=cost)
    case, drop = open_engine(settings.case_url), open_engine(settings.drop_url)
    try:
        publish_box(case, drop, keys, signed, today)
    finally:
        case.dispose()
        drop.dispose()
    pinned = in_base64(keys.signing_key.verifying_key)
    write_whole(settings.instance / COUNTER_VERIFYING_KEY_FILE, f"{pinned}\n".encode("ascii"))


def key_file(settings: TriageSettings) -> Path:
    """Where the demonstration keeps the holders' key file."""
    return settings.instance / KEY_FILE
