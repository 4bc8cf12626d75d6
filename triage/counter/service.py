"""Try the box on every sealed copy, keep what it opens, and let all of them go together.

From what is let go nobody learns which were for the box: reports of the box, decoys, triage's own and junk go in one
transaction, and only after everything that the box opens lies on the holders' own disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, delete, exists, insert, select
from sqlalchemy.orm import Session

from envelope.errors import EnvelopeError, MalformedError, NotForUsError
from envelope.report import Report
from envelope.signing import SignedIntakeKey
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from store.batches import batches
from store.engine import reading
from store.errors import told_apart
from store.noticeboard import PublishedIntakeKey
from store.publishing import Publishing
from triage.copies.models import CounterBoxRow, ReleasedCopyRow, SealedCopyRow
from triage.counter.errors import CounterError
from triage.counter.key_file import CounterKeys, write_whole
from triage.counter.pieces import bring
from triage.intake.models import CollectedDropRow

COPIES_A_BATCH = 200
SUFFIX = ".age"
_RELEASE_LABEL = b"quietword released copy v1\0"


@dataclass(frozen=True)
class Tried:
    """What one run over the copies found. `missing` were collected, and are neither here nor let go by the holders;
    `files_to_come` of the box's own reports have not come whole."""

    new: int
    kept_already: int
    others: int
    missing: int
    files_to_come: int = 0
    released: int = 0


@dataclass(frozen=True)
class Found:
    """One report of the box as its holders read it, or why it could not be read."""

    drop_id: bytes
    report: Report | None
    trouble: str = ""


def publish_box(case: Engine, drop: Engine, keys: CounterKeys, signed: SignedIntakeKey, today: date) -> None:
    """Have copies kept from now on, and then give the public half to the form: in that order, so none is missed.

    Raises:
        StoreError: the box is not published; doing it again is safe.
    """
    verifying_key = keys.signing_key.verifying_key.public_key
    with told_apart(), Session(case) as session, session.begin():
        if session.get(CounterBoxRow, verifying_key) is None:
            session.add(CounterBoxRow(verifying_key=verifying_key, since=today))
    key = signed.key
    Publishing(drop).publish_intake_keys(
        [PublishedIntakeKey(key.box_id, key.not_before, key.not_after, signed.to_bytes())]
    )


def collect(case: Engine, keys: CounterKeys, folder: Path) -> Tried:
    """Keep each copy that the box opens in `folder`, still sealed; nothing is let go.

    Raises:
        StoreError: the copies could not be read; what was kept is kept.
    """
    return _try_all(case, keys, folder)[0]


def acknowledge(case: Engine, keys: CounterKeys, folder: Path, today: date, *, without_files: bool = False) -> Tried:
    """The same, and then let go of every copy that was tried, whosever it is.

    Raises:
        CounterError: a file of a report has not come yet, and would be destroyed with what is let go; nothing was.
        StoreError: nothing more was let go; doing it again is safe.
    """
    tried, ids = _try_all(case, keys, folder)
    if tried.files_to_come and not without_files:
        raise CounterError(
            f"Files that have not come yet: {tried.files_to_come}. Nothing was let go. Run this again after the next "
            "collection, or with --without-files if they never come."
        )
    with told_apart(), Session(case) as session, session.begin():
        for some in batches(sorted(ids)):
            rows = [
                {"drop_id": one, "signature": keys.signing_key.sign(_RELEASE_LABEL + one), "released_on": today}
                for one in some
            ]
            session.execute(insert(ReleasedCopyRow), rows)
            session.execute(delete(SealedCopyRow).where(SealedCopyRow.drop_id.in_(some)))
    return replace(tried, released=len(ids))


def reports_in(folder: Path, keys: CounterKeys) -> Iterator[Found]:
    """Every report that was kept, by its file's name."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield _read(path.read_bytes(), bytes.fromhex(path.stem), keys)


def _read(sealed: bytes, drop_id: bytes, keys: CounterKeys) -> Found:
    try:
        return Found(drop_id, Report.from_bytes(_opened(sealed, drop_id, keys)))
    except NotForUsError:
        return Found(drop_id, None, "No box of this key file opens it.")
    except EnvelopeError:
        return Found(drop_id, None, "It was changed after it was sealed, and nothing of it is shown.")


def _try_all(case: Engine, keys: CounterKeys, folder: Path) -> tuple[Tried, list[bytes]]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = kept_already = others = files_to_come = 0
    with told_apart(), Session(reading(case)) as session:
        ids = list(session.scalars(select(SealedCopyRow.drop_id).order_by(SealedCopyRow.drop_id)))
        for some in batches(ids, COPIES_A_BATCH):
            query = select(SealedCopyRow.drop_id, SealedCopyRow.sealed).where(SealedCopyRow.drop_id.in_(some))
            for drop_id, sealed in session.execute(query.order_by(SealedCopyRow.drop_id)):
                if not _is_ours(sealed, drop_id, keys):
                    others += 1
                    continue
                if _keep(folder, drop_id, sealed):
                    new += 1
                else:
                    kept_already += 1
                found = _read(sealed, drop_id, keys)
                if found.report is not None:
                    files_to_come += bring(session, found.report, folder)
        missing = _count_missing(session, keys)
    return Tried(new, kept_already, others, missing, files_to_come), ids


def _is_ours(sealed: bytes, drop_id: bytes, keys: CounterKeys) -> bool:
    """Whether a box of ours was meant, even when what it holds was changed on the way. Junk is nobody's."""
    try:
        _opened(sealed, drop_id, keys)
    except (NotForUsError, MalformedError):
        return False
    except EnvelopeError:
        return True
    return True


def _opened(sealed: bytes, drop_id: bytes, keys: CounterKeys) -> bytes:
    for box in reversed(keys.boxes):
        try:
            return unseal(sealed, box.identity, Context(Purpose.REPORT, (drop_id,)))
        except NotForUsError:
            continue
    raise NotForUsError("No box of ours opens it")


def _keep(folder: Path, drop_id: bytes, sealed: bytes) -> bool:
    """Put a sealed report on the holders' disk; False when it was there already.

    Raises:
        CounterError: another file of that name is in the way.
    """
    path = folder / f"{drop_id.hex()}{SUFFIX}"
    if path.exists():
        if path.read_bytes() != sealed:
            raise CounterError(f"{path} is not the copy that triage has: put it aside, and run this again.")
        return False
    write_whole(path, sealed)
    return True


def _count_missing(session: Session, keys: CounterKeys) -> int:
    """Drops collected after the box was founded that have no copy, and no release that its holders signed."""
    has_copy = exists().where(SealedCopyRow.drop_id == CollectedDropRow.drop_id)
    query = select(CollectedDropRow.drop_id).where(CollectedDropRow.collected_on > keys.since, ~has_copy)
    released = {row.drop_id: row.signature for row in session.scalars(select(ReleasedCopyRow))}
    return sum(not _released_by_us(drop_id, released.get(drop_id), keys) for drop_id in session.scalars(query))


def _released_by_us(drop_id: bytes, signature: bytes | None, keys: CounterKeys) -> bool:
    if signature is None:
        return False
    try:
        keys.signing_key.verifying_key.verify(_RELEASE_LABEL + drop_id, signature)
    except EnvelopeError:
        return False
    return True
