"""The four looks: what the disks open at once, what bytes they hold, what a backup brings back, and what later."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.engine import URL

from envelope.errors import EnvelopeError
from quietword.deletion.stand import Stand
from triage.backup.errors import DayKeyGoneError
from triage.backup.restoring import restore
from triage.database import Database
from triage.errors import NoKeyError, NotFoundError
from triage.keys.keyring import HoldsKeys, KeyRing
from triage.keys.records import open_text
from triage.keys.service import BoxName, box_named


@dataclass(frozen=True)
class Look:
    """What one look found. `findings` name reports by their random ids, never by a word."""

    name: str
    sentence: str
    measured: str
    findings: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class _Together:
    """The people with the shares, as somebody who holds keys."""

    keys: KeyRing


def nothing_opens(stand: Stand, database: Database | None = None, *, name: str = "at once") -> Look:
    """Every sealed row there was, with every key that everybody together has now."""
    where = database or stand.database
    officers = stand.officers(where)
    opened, tried, findings = 0, 0, []
    with where.look() as session:
        ring = KeyRing(box_named(session, BoxName.RECOVERY).id, stand.identity)
        holders: list[HoldsKeys] = [*officers, _Together(ring)]
        for row in stand.before:
            for by in holders:
                tried += 1
                try:
                    text = open_text(by.keys.data_key(session, row.key_id), row.table, row.id, row.sealed)
                except (NoKeyError, NotFoundError, EnvelopeError):
                    continue
                opened += 1
                findings += [
                    f"{row.table} of report {report_id} opens"
                    for report_id in stand.deleted
                    if stand.words[report_id].encode() in text
                ]
                break
    kept = [one for one in stand.words if one not in stand.deleted]
    if not opened or not kept:
        findings.append("nothing opened at all, so that this look would have held whatever was deleted")
    return Look(
        name,
        "Every row that was ever sealed, as it stood before the deletion, with the keys of now, every officer’s "
        "passphrase and the recovery shares: nothing of what was deleted opens.",
        f"{len(stand.before)} rows, {tried} tries, {opened} opened",
        tuple(dict.fromkeys(findings)),
    )


def no_bytes(stand: Stand, image: Path) -> Look:
    """The wrapped keys themselves, and the words, in every byte of every file."""
    findings, files, size = [], 0, 0
    for path in sorted(one for one in image.rglob("*") if one.is_file()):
        content = path.read_bytes()
        files, size = files + 1, size + len(content)
        findings += [
            f"a wrapped key of a deleted report lies in {path.relative_to(image)}"
            for wrapped in stand.wrapped
            if wrapped in content
        ]
        findings += [
            f"the words of report {report_id} lie in {path.relative_to(image)}"
            for report_id, word in stand.words.items()
            if word.encode() in content
        ]
    if not stand.wrapped:
        findings.append("no wrapped key was known, so that none could be found")
    return Look(
        "every byte",
        "No file of the disks holds a wrapped key of what was deleted, nor a word of any report.",
        f"{files} files, {size:,} bytes",
        tuple(dict.fromkeys(findings)),
    )


def a_backup_does_not_bring_it_back(stand: Stand) -> Look:
    """The backup of before the deletion, brought back within its seven days, with the list beside it."""
    assert stand.made is not None  # noqa: S101  made before anything was deleted
    with _elsewhere(stand) as place:
        settings = replace(
            stand.settings,
            instance=place,
            case_url=URL.create("sqlite", database=f"{place}/case.sqlite"),
            keys_url=URL.create("sqlite", database=f"{place}/keys.sqlite"),
            backup_folder=stand.settings.backups_path,
            backup_keys_folder=stand.settings.backup_keys_path,
        )
        restore(settings, stand.identity, cases=stand.made.cases, keys=stand.made.keys, without_list=True)
        database = replace(Database.open(settings), clock=stand.clock)
        try:
            look = nothing_opens(stand, database)
        finally:
            database.dispose()
    return replace(
        look,
        name="brought back",
        sentence="A backup of before the deletion, brought back the same day with the shares: what was deleted since "
        "is deleted again before anything can be read.",
    )


def no_backup_opens_later(stand: Stand, copied: Path) -> Look:
    """Seven days later: copies of every backup there was, with the day keys of now and the shares."""
    findings, tried = [], 0
    cases = max(copied.rglob("cases-*.age"), default=None)
    for path in sorted(copied.rglob("keys-*.age")):
        tried += 1
        with _elsewhere(stand) as place:
            settings = replace(
                stand.settings,
                instance=place,
                case_url=URL.create("sqlite", database=f"{place}/case.sqlite"),
                keys_url=URL.create("sqlite", database=f"{place}/keys.sqlite"),
                backup_folder=place,
                backup_keys_folder=stand.settings.backup_keys_path,
            )
            try:
                restore(settings, stand.identity, cases=cases, keys=path, without_list=True)
            except DayKeyGoneError:
                continue
        findings.append(f"{path.name} still opens with the shares")
    if not tried:
        findings.append("there was no copy of a backup to try")
    return Look(
        "seven days later",
        "Copies of every backup of keys, kept by somebody, with the recovery shares and all that our disks hold seven "
        "days later: none opens.",
        f"{tried} backups of keys tried",
        tuple(findings),
    )


def every_look(stand: Stand, folder: Path, *, besides: tuple[Path, ...] = (), say: Callable[[str], None]) -> list[Look]:
    """Work, delete, look, let seven days pass, and look again."""
    say("Taking in reports, grading them and making a backup.")
    stand.work()
    copied = folder / "copied"
    shutil.copytree(stand.settings.backups_path, copied)
    say("Deleting some of them.")
    stand.delete()
    say("Copying every file of the disks, and trying every key on it.")
    image = stand.image(folder / "image", besides=besides)
    looks = [nothing_opens(stand), no_bytes(stand, image), a_backup_does_not_bring_it_back(stand)]
    say("Letting seven days pass.")
    stand.pass_days(7)
    stand.expire()
    looks.append(no_backup_opens_later(stand, copied))
    return looks


@contextmanager
def _elsewhere(stand: Stand) -> Iterator[Path]:
    """Another machine, which has our system key: it is in every backup of the cases."""
    with tempfile.TemporaryDirectory(prefix="quietword-deletion-") as folder:
        place = Path(folder)
        shutil.copy(stand.settings.system_key_path, place / stand.settings.system_key_path.name)
        yield place
