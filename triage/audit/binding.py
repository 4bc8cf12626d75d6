"""Whose key signs what: said in the log itself, by somebody whose key the log already holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from envelope.signing import VerifyingKey

ID_BYTES = 16
LINE_BYTES = 8
KEY_BYTES = 32
ROLE_MOST = 32


@dataclass(frozen=True)
class Binding:
    """A person, the key that signs their lines from line `from_line` on, and the role they do it in.

    Handed to `record` with `from_line` left out, it counts from the line after the one that says so. It names the
    role too, so that whoever writes to the database makes nobody an administrator unseen.
    """

    officer_id: UUID
    key: bytes
    role: str
    from_line: int | None = None

    def to_bytes(self) -> bytes:
        """Canonical: id (16) ‖ first line (8, big-endian) ‖ Ed25519 key (32) ‖ role, in ASCII, to the end."""
        assert self.from_line is not None  # noqa: S101  `record` fills it in
        return self.officer_id.bytes + self.from_line.to_bytes(LINE_BYTES, "big") + self.key + self.role.encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Binding":
        """Read those bytes; raises ValueError for any other."""
        begin, middle = ID_BYTES, ID_BYTES + LINE_BYTES
        role = data[middle + KEY_BYTES :]
        if not 0 < len(role) <= ROLE_MOST:
            raise ValueError("not a binding")
        return cls(
            UUID(bytes=data[:begin]),
            data[middle : middle + KEY_BYTES],
            role.decode("ascii"),
            int.from_bytes(data[begin:middle], "big"),
        )


@dataclass
class Bound:
    """Every key that signed lines of the log, by whom and from which line on."""

    _by_officer: dict[UUID, list[Binding]] = field(default_factory=dict)
    _keys: dict[bytes, VerifyingKey] = field(default_factory=dict)

    @classmethod
    def of(cls, bindings: Iterable[Binding]) -> "Bound":
        """In the order in which they were said."""
        found = cls()
        for one in bindings:
            found.add(one)
        return found

    def add(self, binding: Binding) -> None:
        self._by_officer.setdefault(binding.officer_id, []).append(binding)
        self._keys.setdefault(binding.key, VerifyingKey(binding.key))

    def at(self, officer_id: UUID, sequence: int) -> Binding | None:
        """What held for somebody when line `sequence` was written: the last one said that had begun by then."""
        said = reversed(self._by_officer.get(officer_id, ()))
        return next((one for one in said if (one.from_line or 0) <= sequence), None)

    def key_at(self, officer_id: UUID, sequence: int) -> VerifyingKey | None:
        """The one key that a line of that number by them can be signed by."""
        found = self.at(officer_id, sequence)
        return self._keys[found.key] if found is not None else None

    def knows(self, officer_id: UUID) -> bool:
        """Whether the log says anything of them."""
        return officer_id in self._by_officer

    def keys_of(self, officer_id: UUID) -> tuple[bytes, ...]:
        """Every key that they ever signed with, the newest first."""
        return tuple(one.key for one in reversed(self._by_officer.get(officer_id, ())))

    def last(self) -> Mapping[UUID, Binding]:
        """What holds for everybody now."""
        return {officer_id: said[-1] for officer_id, said in self._by_officer.items()}
