"""What a report says as single facts, so that reports are joined on what they say and not on how they say it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from triage.linking.columns.keys import phone_key, plate_key
from triage.linking.matching import Suggestion
from triage.linking.mentions import Mention
from triage.linking.reading import key_of
from triage.linking.reasons import Reason

# What a mention is called where it is not on the register. Others, such as dates and the teller's own family, are no
# facts about a subject.
NOT_ON_REGISTER = {
    "vehicle": "plate",
    "phone": "telephone",
    "place": "place",
    "account": "online name",
    "business": "business",
}
VEHICLE = "vehicle"  # the value of a mention of what one looks like, which a plate also is the kind of
# A part of a plate or a number is the same fact as the whole of it.
FAMILIES = {"part of a plate": "plate", "part of a telephone": "telephone", "street": "address"}
LEAST_PART = 3
MOST_FACTS = 60


@dataclass(frozen=True)
class Fact:
    """One thing a report says: what kind of thing, as it is shown, and the key by which two are the same."""

    kind: str
    value: str
    key: str
    known: bool = True

    @property
    def label(self) -> str:
        return self.kind[:1].upper() + self.kind[1:]


@dataclass(frozen=True)
class FactRow:
    """A fact, and the numbers of the origins that say it."""

    fact: Fact
    origins: tuple[int, ...]

    @property
    def from_one_origin(self) -> bool:
        return len(self.origins) == 1


def facts_of(text: str, mentions: Iterable[Mention], reasons: Iterable[Reason]) -> tuple[Fact, ...]:
    """What fits the entry by `reasons`, and what else the text mentions; each fact once, in the order of the text."""
    found: dict[tuple[str, str], Fact] = {}
    taken: list[tuple[int, int]] = []
    said: set[str] = set()
    for reason in reasons:
        if reason.against:
            continue
        kind = FAMILIES.get(reason.evidence, reason.evidence)
        fact = Fact(kind, reason.known, key_of(reason.known) or reason.known)
        found.setdefault((fact.kind, fact.key), fact)
        taken.append((reason.start, reason.end))
        said.add(key_of(reason.said))
    for mention in mentions:
        words = " ".join(text[mention.start : mention.end].split())
        covered = any(start < mention.end and mention.start < end for start, end in taken)
        if mention.kind not in NOT_ON_REGISTER or covered or key_of(words) in said:
            continue
        kind = NOT_ON_REGISTER[mention.kind] if mention.value != VEHICLE else VEHICLE
        fact = Fact(kind, words, _key(kind, words), known=False)
        if fact.key:
            found.setdefault((fact.kind, fact.key), fact)
    return tuple(found.values())[:MOST_FACTS]


def reasons_for(entry_id: object, suggestions: Iterable[Suggestion]) -> tuple[Reason, ...]:
    """Why a text may be about one entry; nothing where it was not suggested."""
    return next((one.reasons for one in suggestions if one.entry_id == entry_id), ())


def join_facts(by_origin: Mapping[int, Sequence[Fact]]) -> tuple[FactRow, ...]:
    """Each fact once with the origins that say it; what several say comes first, then by kind and value."""
    everything = [fact for facts in by_origin.values() for fact in facts]
    rows: dict[tuple[str, str], tuple[Fact, set[int]]] = {}
    for origin, facts in by_origin.items():
        for fact in facts:
            whole = _whole(fact, everything)
            kept = rows.setdefault((whole.kind, whole.key), (whole, set()))
            kept[1].add(origin)
    joined = [FactRow(fact, tuple(sorted(origins))) for fact, origins in rows.values()]
    return tuple(sorted(joined, key=lambda row: (-len(row.origins), row.fact.kind, row.fact.value)))


def _key(kind: str, words: str) -> str:
    match kind:
        case "plate":
            return plate_key(key_of(words).replace(" ", ""))
        case "telephone":
            return phone_key("".join(one for one in words if one.isdecimal() or one == "+"))
        case _:
            return key_of(words)


def _whole(fact: Fact, everything: Iterable[Fact]) -> Fact:
    """The one fact of its kind that this is a part of; itself where there is none, or more than one."""
    if fact.known or fact.kind not in {"plate", "telephone"} or len(fact.key) < LEAST_PART:
        return fact
    bare = fact.key.lstrip("0") if fact.kind == "telephone" else fact.key
    wholes = {
        replace(other): None
        for other in everything
        if other.kind == fact.kind and other.key != fact.key and bare in _key(other.kind, other.value)
    }
    return next(iter(wholes)) if len({one.key for one in wholes}) == 1 else fact
