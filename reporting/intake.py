"""Which key today's reports are sealed to: published by triage, and believed only under the force's signature."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from envelope.errors import EnvelopeError
from envelope.recipient import Recipient
from envelope.signing import SignedIntakeKey, VerifyingKey
from store.noticeboard import Noticeboard, PublishedIntakeKey

# Thirty-five days of keys and a few replaced ones; past that, the oldest are verified again.
_REMEMBERED = 64
# Reading the noticeboard for each report would be a quarter of the work of sending it. A key is retired days after
# its last day, so a choice that is a few seconds old can never name one whose seed is gone.
_READ_AGAIN_AFTER_SECONDS = 5
INTAKE = "intake"


class NoIntakeKeyError(Exception):
    """There is no key to seal to today, so nothing is taken."""


@dataclass(frozen=True)
class Intake:
    """Where a report of today goes: the box and the key to seal to."""

    box_id: bytes
    recipient: Recipient
    not_before: date
    not_after: date


class IntakeDesk:
    """Finds today's intake. The noticeboard is read every few seconds, a signature checked once for each key.

    One desk is for the intake keys of the force, another for those of the counter-corruption box: each believes the
    key that was pinned for it, and keys of its own purpose alone.

    `seconds` is any clock that only goes forward.
    """

    def __init__(
        self,
        noticeboard: Noticeboard,
        verifying_key: bytes | None,
        *,
        purpose: str = INTAKE,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._noticeboard = noticeboard
        self._purpose = purpose
        self._seconds = seconds
        self._chosen: tuple[date, float, Intake] | None = None
        self._verifying_key = VerifyingKey(verifying_key) if verifying_key else None
        self._verified: dict[bytes, Intake] = {}

    def open_on(self, today: date) -> Intake:
        """The newest valid key (by first day, then by box id, so that every process picks the same).

        Raises:
            NoIntakeKeyError: none is published, signed by the force and valid today.
            StoreUnavailableError: the noticeboard cannot be read.
        """
        now = self._seconds()
        if self._chosen is not None:
            day, chosen_at, intake = self._chosen
            if day == today and 0 <= now - chosen_at < _READ_AGAIN_AFTER_SECONDS:
                return intake
        intake = self._choose(today)
        self._chosen = today, now, intake
        return intake

    def _choose(self, today: date) -> Intake:
        published = self._noticeboard.intake_keys(today)
        believed = (self._believed(key) for key in published)
        valid = [intake for intake in believed if intake and intake.not_before <= today <= intake.not_after]
        if not valid:
            raise NoIntakeKeyError
        return max(valid, key=lambda intake: (intake.not_before, intake.box_id))

    def _believed(self, published: PublishedIntakeKey) -> Intake | None:
        if self._verifying_key is None:
            return None
        known = self._verified.get(published.signed)
        if known is not None:
            return known
        try:
            key = SignedIntakeKey.from_bytes(published.signed).verify(self._verifying_key)
            if key.purpose != self._purpose:
                return None
            intake = Intake(key.box_id, Recipient(key.public_key), key.not_before, key.not_after)
        except EnvelopeError:
            return None
        if len(self._verified) >= _REMEMBERED:
            self._verified.clear()
        self._verified[published.signed] = intake
        return intake
