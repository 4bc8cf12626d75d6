"""Work on one compartment at a time, in a thread of its own, with how far it is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from web.incidents import log_incident

# Up to so many entries whoever asks waits for the building, which takes a moment; beyond, it is done meanwhile.
SOON = 5_000

THREADS = "quietword background"

Work = Callable[[Callable[[float], None]], None]


@dataclass
class Going:
    """What is being done, and how much of it, 0 to 1."""

    done: threading.Event
    share: float = 0.0

    def tell(self, share: float) -> None:
        self.share = share


class Background:
    """At most one piece of work for each compartment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._going: dict[UUID, Going] = {}

    def share(self, compartment: UUID) -> float:
        """How much is done; 0 where nothing is going on."""
        going = self._going.get(compartment)
        return going.share if going is not None else 0.0

    def is_going(self, compartment: UUID) -> bool:
        return compartment in self._going

    def start(self, compartment: UUID, work: Work) -> None:
        """Begin, unless it is going on already; what fails is logged and may be begun again."""
        going = self._begin(compartment)
        if going is not None:
            threading.Thread(target=self._run, args=(compartment, going, work), name=THREADS, daemon=True).start()

    def now(self, compartment: UUID, work: Work) -> None:
        """Do it in this thread; where another does it already there is nothing to do."""
        going = self._begin(compartment)
        if going is not None:
            self._run(compartment, going, work)

    def wait(self, compartment: UUID, seconds: float) -> None:
        """Wait until what is going on is done."""
        going = self._going.get(compartment)
        if going is not None:
            going.done.wait(seconds)

    def _begin(self, compartment: UUID) -> Going | None:
        with self._lock:
            if compartment in self._going:
                return None
            self._going[compartment] = going = Going(threading.Event())
            return going

    def _run(self, compartment: UUID, going: Going, work: Work) -> None:
        try:
            work(going.tell)
        except Exception as error:  # noqa: BLE001 - Python's own report of a thread would quote what failed
            log_incident(error)
        finally:
            with self._lock:
                del self._going[compartment]
            going.done.set()
