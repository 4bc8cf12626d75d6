"""Who should open what, as the keys' machine reckons it without any key."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Should:
    """How things should stand: what a backup brings back of it is what stood when the backup was made."""

    today: list[UUID]
    holders: list[set[str]]
    records: dict[UUID, int] = field(default_factory=dict)
    hanging: dict[UUID, UUID] = field(default_factory=dict)
    suspended: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)

    @property
    def away(self) -> set[str]:
        """Whoever cannot sign in."""
        return self.suspended | self.waiting

    def at_work(self, box: int) -> list[str]:
        return sorted(self.holders[box] - self.away)

    def opened_by(self, name: str) -> set[UUID]:
        # Whoever cannot sign in keeps their keys, unless the box was rotated meanwhile.
        return {one for one, box in self.records.items() if name in self.holders[box]}

    def delete(self, key_id: UUID) -> set[UUID]:
        """Take a record away, with what hangs under it; gives all that went."""
        below = [one for one, above in self.hanging.items() if above == key_id and one in self.records]
        self.records.pop(key_id, None)
        return {key_id}.union(*(self.delete(one) for one in below))
