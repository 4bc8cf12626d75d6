"""Canaries: words that stand nowhere else in the world, each with what carried it into a request.

Every word begins with one anchor, new for each run. Whoever looks for all of them looks for the anchor alone, and so
finds a word that was cut short as well.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

LETTERS = "bcdfghjklmnpqrstvwxz"
ANCHOR_LETTERS = 12
OWN_LETTERS = 12
# Three digits each, so that none begins as another does.
HOSTS = (100, 255)


class Kind(StrEnum):
    """What a canary stands for, as the report names it."""

    ADDRESS = "network addresses"
    BROWSER = "browser and device"
    TRAIL = "links, cookies and pages visited"
    WORDS = "words typed into the form"
    FILE = "file names and what is inside files"
    RECEIPT = "receipts"
    BROKEN = "broken and over-long requests"


@dataclass(frozen=True)
class Canary:
    """One planted word. Words that an officer is meant to read may stand on an officer's page, and nowhere else.

    `digested` values are looked for as raw digests too: whoever can guess an address would find it by its digest.
    """

    name: str
    kind: Kind
    promise: int
    value: str = field(repr=False)
    word: str | None = field(repr=False)
    officers_may_read: bool = False
    digested: bool = False


class Canaries:
    """What was planted in one run, and that each really went out."""

    def __init__(self) -> None:
        self.anchor = _letters(ANCHOR_LETTERS)
        self._networks = [f"{start}{secrets.randbelow(156) + 100}." for start in ("127.86.", "198.18.")]
        self._network_v6 = "2001:db8:" + "".join(f"{secrets.randbelow(0xF000) + 0x1000:x}:" for _ in range(5))
        hosts = range(*HOSTS)
        self._hosts = {start: secrets.SystemRandom().sample(hosts, len(hosts)) for start in (*self._networks, "")}
        self._planted: dict[str, Canary] = {}
        self._sent: set[str] = set()

    def __iter__(self) -> Iterator[Canary]:
        return iter(self._planted.values())

    def __len__(self) -> int:
        return len(self._planted)

    def __getitem__(self, name: str) -> Canary:
        return self._planted[name]

    def plant(
        self,
        name: str,
        kind: Kind,
        shape: str = "{}",
        *,
        promise: int = 1,
        officers_may_read: bool = False,
        digested: bool = False,
    ) -> str:
        """A new word for this carrier; gives `shape` with the word in it, which is what to send."""
        word = self.anchor + _letters(OWN_LETTERS)
        value = shape.replace("{}", word)
        return self._add(Canary(name, kind, promise, value, word, officers_may_read, digested))

    def plant_as(self, name: str, kind: Kind, value: str, *, promise: int = 1, digested: bool = False) -> str:
        """The same for a value that cannot be any word, such as a receipt; it is looked for as it is."""
        return self._add(Canary(name, kind, promise, value, None, digested=digested))

    def plant_address(self, name: str, *, own: bool = False, v6: bool = False, digested: bool = False) -> str:
        """An address for this carrier: of this machine (`own`), or of ranges that are nobody's (RFC 2544, RFC 3849).

        All of one run share a network of their own in each range.
        """
        network = "" if v6 else self._networks[not own]
        host = self._hosts[network].pop()
        address = f"{self._network_v6}{host:x}00" if v6 else f"{network}{host}"
        return self.plant_as(name, Kind.ADDRESS, address, digested=digested)

    def sent(self, *names: str) -> None:
        """Note that the requests that carried these went out and were answered."""
        unknown = set(names) - self._planted.keys()
        if unknown:
            raise KeyError(*unknown)
        self._sent.update(names)

    @property
    def not_sent(self) -> tuple[str, ...]:
        """Those of which nobody saw that they arrived."""
        return tuple(name for name in self._planted if name not in self._sent)

    def counts(self) -> dict[Kind, int]:
        """How many of each kind went out."""
        return {
            kind: sum(canary.kind is kind for canary in self if canary.name in self._sent)
            for kind in Kind
            if any(canary.kind is kind and canary.name in self._sent for canary in self)
        }

    def _add(self, canary: Canary) -> str:
        if canary.name in self._planted:
            raise ValueError(f"{canary.name} was planted before")
        self._planted[canary.name] = canary
        return canary.value


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))
