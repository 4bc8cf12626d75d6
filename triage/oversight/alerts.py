"""What an auditor should look at first: each rule in plain words, its limit in the open, and why it fired."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.reading import Line

# Each of these shows somebody the content of one report, file, entry or referral.
LOOKS = frozenset(
    {Act.OPENED, Act.FILE_OPENED, Act.REGISTER_READ, Act.REFERRAL_OPENED, Act.ORIGINS_READ, Act.LINK_SUGGESTED}
)
# Each of these shows or hands over many at once. They say how many and not which, so they are no looks at a record.
LISTS = frozenset({Act.SEARCHED, Act.QUEUE_READ, Act.EXPORTED, Act.EXPORTED_CASES})


@dataclass(frozen=True)
class Limits:
    """What is still usual: an auditor sets them on the page, and every alert says the one it went beyond."""

    an_hour: int = 40
    a_day: int = 150
    refused: int = 10
    exported: int = 500
    from_hour: int = 6
    to_hour: int = 22
    # Where the clock on the wall is: hours and days are the force's own, and change with its summer time.
    zone: tzinfo = UTC

    @property
    def hours(self) -> str:
        return f"{self.from_hour}:00 to {self.to_hour}:00"

    def at_work(self, hour: int) -> bool:
        """Whether an hour is a working one; work that begins in the evening goes on past midnight."""
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour


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
            upto = _when(worst[-1]).astimezone(limits.zone)
            why = f"{count} different records within an hour up to {upto:%Y-%m-%d %H:%M}; "
            found.append(_alert("Many records in an hour", officer_id, f"{why}the limit is {limits.an_hour}", worst))
    return found


def daily_reads(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """More in a day than the work needs, however slowly: whoever knows the limit of an hour stays under it."""
    found: list[Alert] = []
    looks = [line for line in lines if line.act in LOOKS and line.subject]
    for officer_id, mine in _by_person(looks, known).items():
        for day, some in _by_day(mine, limits).items():
            count = len({line.subject for line in some})
            if count > limits.a_day:
                why = f"{count} different records on {day}; the limit is {limits.a_day}"
                found.append(_alert("Many records in a day", officer_id, why, some))
    return found


def much_at_once(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """More taken away in files on one day than the work needs, in one file or in many.

    Searches are left out: their count is what there was, often thousands, and they show a page of it. A list that is
    shown is of a page, too.
    """
    found: list[Alert] = []
    exports = [line for line in lines if line.act == Act.EXPORTED]
    for officer_id, mine in _by_person(exports, known).items():
        for day, some in _by_day(mine, limits).items():
            count = sum(line.count or 0 for line in some)
            if count > limits.exported:
                files = "1 file" if len(some) == 1 else f"{len(some)} files"
                why = f"{count} records exported on {day}, in {files}; the limit is {limits.exported}"
                found.append(_alert("Much at once", officer_id, why, some))
    return found


def refusals(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """Somebody was refused again and again: trying what they may not, or a role that does not fit the work."""
    found: list[Alert] = []
    refused = [line for line in lines if line.act == Act.ACCESS_REFUSED]
    for officer_id, mine in _by_person(refused, known).items():
        for day, some in _by_day(mine, limits).items():
            if len(some) > limits.refused:
                why = f"refused {len(some)} times on {day}; the limit is {limits.refused}"
                found.append(_alert("Many refusals", officer_id, why, some))
    return found


def own_name(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """Somebody looked for their own name, or opened an entry that bears it or a report that says it."""
    return _each(lines, known, "Own name", lambda line: line.act == Act.OWN_NAME_LOOKED_FOR, "looked for, or opened")


def own_address(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """Somebody looked for where they live, or opened an entry of somebody who lives there or a report that says it."""
    what = "looked for, or opened"
    return _each(lines, known, "Own address", lambda line: line.act == Act.OWN_ADDRESS_LOOKED_FOR, what)


def out_of_shift(lines: Sequence[Line], limits: Limits, known: Known) -> list[Alert]:
    """Looks outside the hours in which people work here, and lists, searches and exports."""

    def outside(line: Line) -> bool:
        return line.act in LOOKS | LISTS and not limits.at_work(_when(line).astimezone(limits.zone).hour)

    return _each(lines, known, "Outside working hours", outside, f"looks outside {limits.hours}")


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


def written_by_hand(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """The program met a key, a grant, an approval or a period in the database that it had not written."""
    hits = [line for line in lines if line.act == Act.FORGERY_REFUSED and line.signer_id == known.system_id]
    why = f"refused what somebody wrote into the database: {len(hits)} times"
    return [_alert("Written into the database", known.system_id, why, hits)] if hits else []


def recovery_touched(lines: Sequence[Line], _limits: Limits, known: Known) -> list[Alert]:
    """The recovery key was split anew or used: whoever holds enough shares opens everything, so it is never routine."""

    rule = "Recovery key"
    found = _each(lines, known, rule, lambda line: line.act == Act.RECOVERY_SPLIT, "split anew among people")
    used = [line for line in lines if line.act == Act.RECOVERY_USED]  # signed by the system: nobody is signed in
    return [*found, *([_alert(rule, known.system_id, f"used: {len(used)} times", used)] if used else [])]


_ABOUT_HONEY = frozenset({Act.HONEY_SET, Act.HONEY_REMOVED, Act.AUDIT_READ, Act.UNSEALED, Act.REPORT_WRITTEN})

RULES = (
    written_by_hand,
    recovery_touched,
    honey_opened,
    declared_conflict,
    own_name,
    own_address,
    bulk_reads,
    daily_reads,
    much_at_once,
    refusals,
    out_of_shift,
)


def alerts(lines: Sequence[Line], limits: Limits, known: Known) -> tuple[Alert, ...]:
    """Everything the rules find in lines that are in order, the gravest rule first."""
    return tuple(alert for rule in RULES for alert in rule(lines, limits, known))


def _each(lines: Sequence[Line], known: Known, rule: str, fits: Callable[[Line], bool], why: str) -> list[Alert]:
    found = []
    for officer_id, mine in _by_person(lines, known).items():
        hits = [line for line in mine if fits(line)]
        if hits:
            how_often = "once" if len(hits) == 1 else f"{len(hits)} times"
            found.append(_alert(rule, officer_id, f"{why}: {how_often}", hits))
    return found


def _alert(rule: str, officer_id: UUID, why: str, lines: Sequence[Line]) -> Alert:
    return Alert(rule, officer_id, why, tuple(line.sequence for line in lines))


def _by_person(lines: Sequence[Line], known: Known) -> dict[UUID, list[Line]]:
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        if line.signer_id != known.system_id:
            found[line.signer_id].append(line)
    return dict(sorted(found.items()))


def _by_day(lines: Sequence[Line], limits: Limits) -> dict[date, list[Line]]:
    found: defaultdict[date, list[Line]] = defaultdict(list)
    for line in lines:
        found[_when(line).astimezone(limits.zone).date()].append(line)
    return dict(sorted(found.items()))


def _when(line: Line) -> datetime:
    return datetime.fromisoformat(line.at)
