"""Find any edit, removal, insertion or reordering in the audit log, in one pass that can be cut short and taken up."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import func, or_, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from store.engine import open_engine, reading
from triage.audit.bindings import Trusted, read_bindings
from triage.audit.checking import LINES_AT_ONCE, PROBLEMS_SHOWN, Known, Problems, Run, check_run, is_signed
from triage.audit.checkpoints import Checkpoint
from triage.audit.merkle import HASH_BYTES, TILE_LINES, Frontier
from triage.audit.models import AuditCheckpointRow, AuditHeadRow, AuditLeafRow, AuditTileRow
from triage.audit.proofs import consistency, only_grew
from triage.audit.service import HEAD
from triage.audit.tree import MissingLinesError, Tree
from triage.database import CaseSession

_LEAVES = AuditLeafRow.sequence


@dataclass(frozen=True)
class Progress:
    """How far a pass has come: the tree over the lines checked so far, and what was wrong with them."""

    frontier: Frontier = field(default_factory=Frontier)
    problems: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Verification:
    """What was checked and what is wrong, in sentences.

    Lines before `begun_at` were not read again, and signatures before `signed_from` not checked again.
    """

    lines: int
    checkpoints: int
    root: bytes
    problems: tuple[str, ...]
    begun_at: int = 0
    says_whose_key: bool = True
    signed_from: int = 0
    known: Known | None = field(default=None, repr=False)

    @property
    def holds(self) -> bool:
        return not self.problems

    def with_more(self, problems: Sequence[str]) -> "Verification":
        """The same, with what else was found wrong, unless the list is full."""
        full = len(self.problems) > PROBLEMS_SHOWN
        return self if full else replace(self, problems=(*self.problems, *problems))

    @property
    def checkpoint(self) -> Checkpoint:
        """What to keep a copy of, once it holds."""
        return Checkpoint(self.lines, self.root)


def verify(
    session: CaseSession,
    *,
    trusted: Trusted,
    copies: Sequence[Checkpoint] = (),
    begin: Progress | None = None,
    signed_from: int = 0,
    processes: int = 1,
    tell: Callable[[Progress, int], None] | None = None,
) -> Verification:
    """Check every line, the head and every checkpoint. Others may go on writing: a `look` is of one moment.

    `trusted` holds this host's own system key, from a secret and not from the database, so that whoever rewrites the
    whole database still cannot sign a checkpoint. `copies` are checkpoints kept elsewhere: with one, a removal from the
    end shows even when its checkpoints went with it, and a log written anew does not fit it. `begin` takes up a pass
    cut short, or leaves out the lines under a checkpoint that was verified before. `tell` is called as it gets on, with
    what to take it up from and how many lines there are. `signed_from` leaves out the signatures of the lines
    before it, which one of `copies` of that very size says were checked: the lines must come to its root again.
    """
    if signed_from and all(copy.size != signed_from for copy in copies):
        raise ValueError("nothing says that those signatures were checked")
    begin = begin or Progress()
    problems = Problems(begin.problems, begin.more)
    signed = _checkpoints(session, trusted, problems)
    roots = _roots_by_size([*signed, *copies], problems)
    known = replace(read_bindings(session, trusted, problems), signed_from=signed_from)
    total, frontier = _count(session, problems), begin.frontier
    if total and not known.lines_that_bind and not signed:
        problems.add("No line says whose key is whose, and no checkpoint stands: all of it may have been written anew.")
    _held_before(session, frontier, copies, problems)
    broken = False
    with _checker(session, known, processes) as check:
        for run in check(_runs(frontier.size, total)):
            # Where a line is missing, every root after it differs, which is one fault and not many.
            broken = broken or len(run.hashes) != (run.end - run.begin) * HASH_BYTES
            frontier = _grown(frontier, run, {} if broken else roots, problems)
            problems.take_in(run.problems)
            if tell is not None:
                tell(Progress(frontier, tuple(problems.found), problems.more), total)
    _check_head(session, frontier, problems)
    for size in sorted(size for size in roots if size > total):
        problems.add(f"A checkpoint says that there were {size:,} lines, and {total:,} are left.")
    return Verification(
        lines=total,
        checkpoints=len(signed),
        root=frontier.root(),
        problems=problems.sentences(),
        begun_at=begin.frontier.size,
        says_whose_key=bool(known.lines_that_bind) or not total,
        signed_from=signed_from,
        known=known,
    )


def _held_before(session: CaseSession, frontier: Frontier, copies: Sequence[Checkpoint], problems: Problems) -> None:
    """Copies of checkpoints over lines that are not read again: what is gone on from must have grown out of them."""
    tree = Tree(session)
    for copy in copies:
        if 0 < copy.size <= frontier.size:
            try:
                proof = consistency(copy.size, frontier.size, tree.root_of)
            except MissingLinesError as error:
                problems.add(str(error))
                return
            if not only_grew(copy.size, copy.root, frontier.size, frontier.root(), proof):
                problems.add(_written_anew(copy.size))


def _grown(frontier: Frontier, run: Run, roots: Mapping[int, bytes], problems: Problems) -> Frontier:
    """The tree after a run's lines, held on the way against each root that falls among them."""
    done = 0
    for size in sorted(size for size in roots if run.begin < size <= run.end):
        upto = (size - run.begin) * HASH_BYTES
        frontier, done = frontier.extend(run.hashes[done:upto]), upto
        if frontier.root() != roots[size]:
            problems.add(_written_anew(size))
    return frontier.extend(run.hashes[done:])


def _runs(begin: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(at + LINES_AT_ONCE, end)) for at in range(begin, end, LINES_AT_ONCE)]


@contextmanager
def _checker(
    session: CaseSession, known: Known, processes: int
) -> Iterator[Callable[[Sequence[tuple[int, int]]], Iterable[Run]]]:
    """Something that checks runs of lines and gives them in order: here, or in several processes.

    Signatures are nearly all of the work, and each run stands for itself.
    """
    if processes < 2:
        yield lambda runs: (check_run(session, begin, end, known) for begin, end in runs)
        return
    url = session.home.case.url
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin_process, initargs=(url, known)
    ) as pool:
        yield lambda runs: pool.map(_check_in_process, runs)


@dataclass
class _Process:
    """What one of several processes keeps between runs."""

    session: Session | None = None
    known: Known | None = None


_PROCESS = _Process()


def _begin_process(url: URL, known: Known) -> None:
    _PROCESS.session, _PROCESS.known = Session(reading(open_engine(url))), known


def _check_in_process(run: tuple[int, int]) -> Run:
    session, known = _PROCESS.session, _PROCESS.known
    assert session is not None  # noqa: S101  `_begin_process` has run
    assert known is not None  # noqa: S101  the same
    try:
        return check_run(session, *run, known)
    finally:
        session.rollback()


def _count(session: CaseSession, problems: Problems) -> int:
    """How many lines there are; whatever is numbered beyond that or below nought stands where none should."""
    total = session.scalar(select(func.count(_LEAVES))) or 0
    stray = select(_LEAVES).where(or_(_LEAVES < 0, total <= _LEAVES)).order_by(_LEAVES).limit(PROBLEMS_SHOWN)
    for found in session.scalars(stray):
        number = f"{found:,}" if isinstance(found, int) else repr(found)
        problems.add(f"A line is numbered {number}, where there are {total:,} lines, from 0 on.")
    tiles = AuditTileRow.number
    if session.scalars(select(tiles).where(or_(tiles < 0, tiles >= total // TILE_LINES)).limit(1)).first() is not None:
        problems.add("Something is kept of lines that are not there: searches may miss lines that are.")
    return total


def _written_anew(size: int) -> str:
    return (
        f"The first {size:,} lines are not those a checkpoint was signed over: "
        "one of them was changed, removed, put in or moved."
    )


def _checkpoints(session: CaseSession, trusted: Trusted, problems: Problems) -> list[Checkpoint]:
    found = []
    for row in session.scalars(select(AuditCheckpointRow).order_by(AuditCheckpointRow.size)):
        checkpoint = Checkpoint(row.size, bytes(row.root))
        whole = row.size > 0 and len(row.root) == HASH_BYTES
        if not whole or not is_signed(trusted.system_key, checkpoint.to_signed_bytes(), row.signature):
            problems.add(f"The checkpoint after {row.size:,} lines is not signed by this force's system.")
        found.append(checkpoint)
    return found


def _roots_by_size(checkpoints: Sequence[Checkpoint], problems: Problems) -> Mapping[int, bytes]:
    roots: dict[int, bytes] = {}
    for checkpoint in checkpoints:
        if roots.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
            problems.add(f"Two checkpoints after {checkpoint.size:,} lines differ: the log was written anew.")
    return roots


def _check_head(session: CaseSession, frontier: Frontier, problems: Problems) -> None:
    heads = session.scalars(select(AuditHeadRow)).all()
    kept = [head for head in heads if head.name == HEAD]
    if len(heads) != len(kept) or len(kept) > 1:
        problems.add("The log has more than one head.")
    size = kept[0].size if kept else 0
    held = session.scalar(select(func.count(_LEAVES))) or 0
    if size != held:
        problems.add(f"The head of the log says that it has {size:,} lines, and it has {held:,}.")
    if kept and bytes(kept[0].frontier) != frontier.to_bytes():
        problems.add("The head of the log does not fit its lines: one of them was changed, removed, put in or moved.")
