"""What an auditor should look at first: each rule in plain words, its limit in the open, and why it fired."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.reading import Line

# Each of these shows somebody the content of one report, file, entry or referral.
LOOKS = frozenset(
    {Act.OPENED, Act.FILE_OPENED, Act.REGISTER_READ, Act.REFERRAL_OPENED, Act.ORIGINS_READ, Act.LINK_SUGGESTED}
)


@dataclass(frozen=True)
class Limits:
    """What is still usual: an auditor sets them on the page, and every alert says the one it went beyond."""

    an_hour: int = 40
    from_hour: int = 6
    to_hour: int = 22


@dataclass(frozen=True)
class Known:
    """What the log is held against. Ids as they stand in lines."""

    system_id: UUID
    conflicts: Mapping[UUID, Collection[str]]
    honey: Collection[str]


@dataclass(frozen=True)
class Alert:
    """Who, which rule, why, and the lines to read."""

    rule: str
    officer_id: UUID
    why: str
    lines: tuple[int, ...]


def bulk_reads(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """More looks within an hour than the work needs: different things, counted once each."""
    found = []
    for officer_id, mine in _by_person(lines, known).items():
        looks = [line for line in mine if line.act in LOOKS and line.subject]
        worst: list[Line] = []
        begin = 0
        for end, line in enumerate(looks):
            while _when(line) - _when(looks[begin]) > timedelta(hours=1):
                begin += 1
            window = looks[begin : end + 1]
            if len({one.subject for one in window}) > max(limits.an_hour, len({one.subject for one in worst})):
                worst = window
        if worst:
            count = len({one.subject for one in worst})
            why = f"{count} different records within an hour up to {worst[-1].at[:16].replace('T', ' ')} (UTC); "
            found.append(_alert("Many records in an hour", officer_id, f"{why}the limit is {limits.an_hour}", worst))
    return found


def own_name(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """Somebody looked for their own name, or opened an entry that bears it."""
    return _each(lines, known, "Own name", lambda line: line.act == Act.OWN_NAME_LOOKED_FOR, "looked for, or opened")


def out_of_shift(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """Looks outside the hours in which people work here."""
    hours = f"{limits.from_hour}:00 to {limits.to_hour}:00 (UTC)"

    def outside(line: Line) -> bool:
        return line.act in LOOKS and not limits.from_hour <= _when(line).hour < limits.to_hour

    return _each(lines, known, "Outside working hours", outside, f"looks outside {hours}")


def declared_conflict(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """Somebody tried or did what concerns what they declared a tie to."""

    def tied(line: Line) -> bool:
        mine = known.conflicts.get(line.signer_id, ())
        return line.act in LOOKS | {Act.ACCESS_REFUSED} and (line.subject in mine or line.to in mine)

    return _each(lines, known, "Declared conflict", tied, "opened, or tried to, what they have a declared tie to")


def honey_opened(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """A record that nobody has reason to open was opened, or acted on."""
    return _each(
        lines,
        known,
        "Honey record",
        lambda line: line.act not in _ABOUT_HONEY and bool({line.subject, line.to} & set(known.honey)),
        "opened a record that nobody has reason to open",
    )


_ABOUT_HONEY = frozenset({Act.HONEY_SET, Act.HONEY_REMOVED, Act.AUDIT_READ, Act.UNSEALED, Act.REPORT_WRITTEN})

RULES = (honey_opened, declared_conflict, own_name, bulk_reads, out_of_shift)


def alerts(lines: Sequence[Line], limits: Limits, known: Known) -> tuple[Alert, ...]:
    """Everything the rules find in lines that are in order, the gravest rule first."""
    return tuple(alert for rule in RULES for alert in rule(lines, limits, known))


def _each(lines: Sequence[Line], known: Known, rule: str, fits: Callable[[Line], bool], why: str) -> list[Alert]:
    found = []
    for officer_id, mine in _by_person(lines, known).items():
        hits = [line for line in mine if fits(line)]
        if hits:
            found.append(_alert(rule, officer_id, f"{why}: {len(hits)} times", hits))
    return found


def _alert(rule: str, officer_id: UUID, why: str, lines: Sequence[Line]) -> Alert:
    return Alert(rule, officer_id, why, tuple(line.sequence for line in lines))


def _by_person(lines: Sequence[Line], known: Known) -> dict[UUID, list[Line]]:
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if line.signer_id != known.system_id:
            found[line.signer_id].append(line)
    return dict(sorted(found.items()))


def _when(line: Line) -> datetime:
    return datetime.fromisoformat(line.at)
