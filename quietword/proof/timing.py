"""Asks the form for news with receipts that are known, unknown and expired, and compares the answers: bytes and time.

The three are asked for in turns, in a new order each turn, so that whatever else the machine does falls on each of
them alike. The times are compared by rank (Mann and Whitney 1947): outliers count once, and no shape is assumed.
"""

import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from itertools import groupby
from secrets import SystemRandom, token_bytes
from statistics import median

from envelope.mailbox import Mailbox, Notice, NoticeState, Receipt, seal_notice
from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Step
from quietword.proof.visitor import AWAY, Page, Visitor
from store.engine import open_engine
from store.noticeboard import PublishedNotice
from store.publishing import Publishing

TURNS = 150
RECEIPTS = 5
# Two-sided, 2 in a thousand million for each comparison: nobody runs the proof often enough to see a false alarm.
ALARM = 6.0
NEWS = re.compile(rb'<div class="govuk-inset-text">.*?<!-- \.* -->', re.DOTALL)
TOKEN = re.compile(rb'(name="csrf_token"[^>]*value=")[^"]*"')


class Kind(StrEnum):
    """What a receipt is to the form, which only its holder may learn."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Asked:
    """One answer: how long it took, in seconds, its length and its bytes without news and page state."""

    kind: Kind
    seconds: float
    length: int
    rest: bytes
    headers: tuple[str, ...]


def receipts_tell_nothing(deployment: Deployment, _canaries: Canaries, *, turns: int = TURNS) -> Looked:
    """Every kind in one run, against the running form."""
    if not deployment.throwaway or deployment.drop_url is None:
        raise CannotCheckError("Receipts were not compared: it needs notices that are nobody's. Use --here.")
    with _receipts(deployment) as receipts:
        try:
            asked = list(_ask(deployment, receipts, turns))
        except AWAY as error:
            raise CannotCheckError(f"The public form stopped answering ({type(error).__name__}).") from error
    where = "the answer to a receipt"
    findings = [Finding(said, where) for said in differences(asked)]
    times = {kind: [one.seconds for one in asked if one.kind is kind] for kind in Kind}
    told: list[str] = []
    for kind in (Kind.KNOWN, Kind.EXPIRED):
        z = rank_difference(times[kind], times[Kind.UNKNOWN])
        apart = (median(times[kind]) - median(times[Kind.UNKNOWN])) * 1000
        told.append(f"{kind} and unknown differ by {apart:+.2f} ms in the middle, z {z:+.1f} (alarm at {ALARM:g})")
        if abs(z) >= ALARM:
            findings.append(Finding(f"{kind} receipts take another time than unknown ones", where, told[-1]))
    return Looked(f"{len(asked)} answers in turns: {'; '.join(told)}", tuple(findings))


def rank_difference(some: Sequence[float], others: Sequence[float]) -> float:
    """Mann and Whitney's U as a standard normal number: above 0 when `some` tend to be larger."""
    ranked = sorted([(value, 0) for value in some] + [(value, 1) for value in others])
    rank_sum, before, ties = 0.0, 0, 0.0
    for _, group in groupby(ranked, key=lambda pair: pair[0]):
        same = [which for _, which in group]
        rank_sum += same.count(0) * (before + (len(same) + 1) / 2)
        before += len(same)
        ties += len(same) ** 3 - len(same)
    m, n = len(some), len(others)
    u = rank_sum - m * (m + 1) / 2
    variance = m * n / 12 * ((m + n + 1) - ties / ((m + n) * (m + n - 1)))
    return (u - m * n / 2) / math.sqrt(variance) if variance else 0.0


def differences(asked: Sequence[Asked]) -> list[str]:
    """In what the answers differ, besides the words of the news: each as a sentence, none when they are alike."""
    found: list[str] = []
    if len({one.length for one in asked}) > 1:
        found.append("answers are not of one length")
    if len({one.rest for one in asked}) > 1:
        found.append("answers differ in more than the words of the news")
    if len({one.headers for one in asked}) > 1:
        found.append("answers differ in their headers")
    return found


@contextmanager
def _receipts(deployment: Deployment) -> Iterator[Mapping[Kind, Sequence[Receipt]]]:
    """Receipts of each kind; their notices are taken away again."""
    assert deployment.drop_url is not None  # noqa: S101 - asked before
    receipts = {kind: [Receipt.generate() for _ in range(RECEIPTS)] for kind in Kind}
    today = datetime.now(UTC).date()
    ends = {Kind.KNOWN: today + timedelta(days=30), Kind.EXPIRED: today - timedelta(days=1)}
    notices, lookup_ids = [], []
    for kind, end in ends.items():
        for receipt in receipts[kind]:
            address = Mailbox.from_receipt(receipt).address
            sealed = seal_notice(Notice(NoticeState.READ, "", today - timedelta(days=2)), address)
            began = today - timedelta(days=2)
            notices.append(PublishedNotice(token_bytes(16), address.lookup_id, sealed, began, end))
            lookup_ids.append(address.lookup_id)
    engine = open_engine(deployment.drop_url)
    try:
        publishing = Publishing(engine)
        publishing.publish_notices(notices)
        yield receipts
        publishing.remove_notices(lookup_ids)
    finally:
        engine.dispose()


def _ask(deployment: Deployment, receipts: Mapping[Kind, Sequence[Receipt]], turns: int) -> Iterator[Asked]:
    visitor = Visitor(deployment.reporting, None, {}, deployment.tls)
    page = visitor.get("/receipt")
    kinds = list(Kind)
    for turn in range(-3, turns):
        SystemRandom().shuffle(kinds)
        for kind in kinds:
            digits = receipts[kind][turn % RECEIPTS].digits()
            began = time.perf_counter()
            answer = visitor.press(page, "look", {"receipt": digits}, path="/receipt")
            took = time.perf_counter() - began
            if answer.status != HTTPStatus.OK:
                raise CannotCheckError(f"The form answered a good receipt with status {answer.status}.")
            # The first turns warm the form up, and count for nothing.
            if turn >= 0:
                yield _asked(kind, took, answer)


def _asked(kind: Kind, took: float, answer: Page) -> Asked:
    rest = TOKEN.sub(rb'\1"', NEWS.sub(b"", answer.body))
    names = tuple(f"{name}: {value}" for name, value in answer.headers if name.lower() != "date")
    return Asked(kind, took, len(answer.body), rest, names)


CHECKS = (
    PlainCheck(
        "receipts tell nothing",
        9,
        "A receipt that is known, one that is not and one whose news has expired get answers of the same length, the "
        "same but for the words of the news, after the same time.",
        receipts_tell_nothing,
        Step.RUNNING,
    ),
)
