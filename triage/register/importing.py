"""Import groups, people and ties from CSV: good rows in, bad rows listed; it adds and never overwrites.

A row whose reference (or whose tie) is on the register already is counted and left as it is, so an import that was
stopped is resumed by starting it again with the same files.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID, uuid4

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.errors import NotFoundError
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, reseal_row, seal_row
from triage.keys.service import desk_id
from triage.register.entries import Group, Kind
from triage.register.errors import ImportFileError, RowError
from triage.register.models import ImportRow
from triage.register.rows import RefusedRowError, group_of, person_of, tie_of_row
from triage.register.service import claim_register, ends_of, seal_entry, seal_tie
from triage.register.tables import File, Record, decode, read
from triage.register.unlocked import register_version, unlock_register

ROWS_A_BATCH = 100
MOST_KEPT_ERRORS = 1_000
# One sealed record holds an import that waits (1 MiB), and a text may double in JSON.
MOST_UPLOADED = 400_000
PROGRESS = Callable[["ImportProgress"], None]


class ImportState(StrEnum):
    """How an import stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True)
class ImportProgress:
    """How far an import is, and what came of its rows."""

    id: UUID
    state: ImportState
    total: int
    done: int
    added: int
    already: int
    refused: int
    errors: tuple[RowError, ...] = field(repr=False)

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 1.0


@dataclass(frozen=True)
class _Plan:
    records: tuple[Record, ...]
    errors: tuple[RowError, ...]


@dataclass
class _Known:
    """What is on the register already, carried from batch to batch while nobody else writes to it."""

    version: int = -1
    entries: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)
    ties: set[tuple[UUID, UUID | None, str, str]] = field(default_factory=set)

    def catch_up(self, session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> None:
        version = register_version(session, compartment_id)
        if version != self.version + 1:
            copy = unlock_register(session, compartment_id, by=by)
            self.entries = dict(copy.by_reference)
            self.groups = {
                reference: one for reference, one in self.entries.items() if copy.entries[one].entry.kind is Kind.GROUP
            }
            self.ties = {ends_of(kept.tie) for kept in copy.ties.values()}
        self.version = version


def read_folder(folder: Path) -> dict[File, str]:
    """The texts of the lists in a folder, those that are there; raises ImportFileError."""
    texts: dict[File, str] = {}
    for file in File:
        path = folder / file
        if path.is_file():
            texts[file] = decode(file, path.read_bytes())
    if not texts:
        raise ImportFileError(f"{folder} holds none of {', '.join(File)}.")
    return texts


def import_register(
    database: Database,
    folder: Path,
    *,
    by: KeyHolder,
    progress: PROGRESS | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> ImportProgress:
    """Import the lists of a folder in batches, each committed apart; `stop` is asked between them.

    Raises:
        ImportFileError: a file cannot be read at all; nothing has been imported then.
        NoKeyError: `by` does not hold the desk's key.
    """
    texts = read_folder(folder)
    plan = _plan(texts)
    with database.begin() as session:
        import_id = _start(session, {}, plan, by=by)
    known = _Known()
    while True:
        with database.begin() as session:
            stand = _take(session, import_id, plan, known, by=by)
        if progress is not None:
            progress(stand)
        if stand.state is not ImportState.RUNNING:
            return stand
        if stop():
            with database.begin() as session:
                return stop_import(session, import_id, by=by)


def start_import(session: CaseSession, files: Mapping[File, bytes], *, by: KeyHolder) -> UUID:
    """Keep uploaded lists, sealed, to be imported in batches by `continue_import`.

    Raises:
        ImportFileError: a file cannot be read at all, or together they are too long for an upload.
    """
    if not files:
        raise ImportFileError("Choose at least one of the three lists.")
    if sum(len(data) for data in files.values()) > MOST_UPLOADED:
        raise ImportFileError(
            f"Together the files may have {MOST_UPLOADED // 1000} kB here. For longer lists use the command "
            "`quietword register import`."
        )
    texts = {file: decode(file, files[file]) for file in File if file in files}
    return _start(session, texts, _plan(texts), by=by)


def continue_import(session: CaseSession, import_id: UUID, *, by: KeyHolder) -> ImportProgress:
    """Take in the next batch of an upload; a finished or stopped import stays as it is."""
    row = _row(session, import_id)
    body = open_row(session, row, by=by)
    if row.state != ImportState.RUNNING:
        return _progress(row, body)
    plan = _plan({File(name): text for name, text in body["files"].items()})
    return _take(session, import_id, plan, _Known(), by=by)


def stop_import(session: CaseSession, import_id: UUID, *, by: KeyHolder) -> ImportProgress:
    """Stop where it is: what is in stays in, and the lists that waited are forgotten."""
    row = _row(session, import_id)
    body = open_row(session, row, by=by)
    if row.state == ImportState.RUNNING:
        body["files"] = {}
        row.state = ImportState.STOPPED
        reseal_row(session, row, body, by=by)
        record(session, Act.REGISTER_IMPORTED, row.id, by=by, reason="stopped", count=body["added"])
    return _progress(row, body)


def import_progress(session: CaseSession, import_id: UUID, *, by: KeyHolder) -> ImportProgress:
    """How an import stands, with the errors of its rows."""
    row = _row(session, import_id)
    return _progress(row, open_row(session, row, by=by))


def _plan(texts: Mapping[File, str]) -> _Plan:
    records: list[Record] = []
    errors: list[RowError] = []
    for file in File:
        if file in texts:
            found, wrong = read(file, texts[file])
            records += found
            errors += wrong
    return _Plan(tuple(records), tuple(errors))


def _start(session: CaseSession, texts: Mapping[File, str], plan: _Plan, *, by: KeyHolder) -> UUID:
    where = desk_id(session)
    row = ImportRow(
        id=uuid4(),
        compartment_id=where,
        state=ImportState.RUNNING,
        rows_total=len(plan.records),
        rows_done=0,
        started_by=by.id,
        started_on=session.today,
    )
    body = {
        "files": {file.value: text for file, text in texts.items()},
        "added": 0,
        "already": 0,
        "refused": len(plan.errors),
        "errors": [asdict(error) for error in plan.errors[:MOST_KEPT_ERRORS]],
    }
    seal_row(session, row, body, by=by, guards=[where])
    record(session, Act.REGISTER_IMPORTED, row.id, by=by, reason="started", count=len(plan.records))
    return row.id


def _take(session: CaseSession, import_id: UUID, plan: _Plan, known: _Known, *, by: KeyHolder) -> ImportProgress:
    """Import the next batch of the plan and write down how far it is, in one unit of work."""
    row = _row(session, import_id)
    claim_register(session, row.compartment_id)
    session.refresh(row)
    body = open_row(session, row, by=by)
    batch = plan.records[row.rows_done : row.rows_done + ROWS_A_BATCH]
    errors: list[RowError] = []
    known.catch_up(session, row.compartment_id, by=by)
    for outcome in _import(session, batch, row.compartment_id, known, by=by):
        match outcome:
            case True:
                body["added"] += 1
            case False:
                body["already"] += 1
            case RefusedRowError():
                body["refused"] += 1
                errors.extend(outcome.errors)
    body["errors"] = (body["errors"] + [asdict(error) for error in errors])[:MOST_KEPT_ERRORS]
    row.rows_done += len(batch)
    if row.rows_done >= row.rows_total:
        row.state, body["files"] = ImportState.FINISHED, {}
        record(session, Act.REGISTER_IMPORTED, row.id, by=by, reason="finished", count=body["added"])
    reseal_row(session, row, body, by=by)
    return _progress(row, body)


def _import(
    session: CaseSession, batch: tuple[Record, ...], compartment_id: UUID, known: _Known, *, by: KeyHolder
) -> Iterator[bool | RefusedRowError]:
    """Import rows one by one: True for added, False for there already, or what is wrong."""
    for one in batch:
        try:
            match one.file:
                case File.TIES:
                    added = _import_tie(session, one, compartment_id, known, by=by)
                case File.GROUPS | File.PEOPLE:
                    added = _import_entry(session, one, compartment_id, known, by=by)
        except RefusedRowError as wrong:
            yield wrong
        else:
            yield added


def _import_entry(session: CaseSession, one: Record, compartment_id: UUID, known: _Known, *, by: KeyHolder) -> bool:
    is_group = one.file is File.GROUPS
    entry = group_of(one, session.today) if is_group else person_of(one, known.groups, session.today)
    reference = entry.reference.casefold()
    if reference in known.entries:
        return False
    known.entries[reference] = seal_entry(session, entry, compartment_id, by=by)
    if isinstance(entry, Group):
        known.groups[reference] = known.entries[reference]
    return True


def _import_tie(session: CaseSession, one: Record, compartment_id: UUID, known: _Known, *, by: KeyHolder) -> bool:
    tie = tie_of_row(one, known.entries, session.today)
    if ends_of(tie) in known.ties:
        return False
    seal_tie(session, tie, compartment_id, by=by)
    known.ties.add(ends_of(tie))
    return True


def _row(session: CaseSession, import_id: UUID) -> ImportRow:
    row = session.get(ImportRow, import_id)
    if row is None:
        raise NotFoundError("import")
    return row


def _progress(row: ImportRow, body: Mapping[str, object]) -> ImportProgress:
    errors = body["errors"]
    assert isinstance(errors, list)  # noqa: S101  sealed by us
    return ImportProgress(
        id=row.id,
        state=ImportState(row.state),
        total=row.rows_total,
        done=row.rows_done,
        added=int(str(body["added"])),
        already=int(str(body["already"])),
        refused=int(str(body["refused"])),
        errors=tuple(RowError(**error) for error in errors),
    )
