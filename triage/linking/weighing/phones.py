"""What a telephone number or a fragment of one is worth."""

from collections.abc import Callable

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Bits, Numbers
from triage.linking.evidence import Evidence
from triage.linking.spotting.phones import PhoneSaid
from triage.linking.weighing.fits import NO_ONE, Because, Fit, best_of, by_record, worth

_RIGHT, _ONE_WRONG, _PART = 0.85, 0.08, 0.85
HAVING, LACKING = -2.0, -1.0


def _elsewhere(owns: Numbers, told: int) -> Callable[[Numbers], Bits]:
    return by_record(owns, HAVING, LACKING) if told > 3 else by_record(owns, HAVING / 2, LACKING / 2)


def _nobodys(said: PhoneSaid, owns: Numbers) -> Callable[[int], list[Because]]:
    """A number that nobody on the register has speaks against those who have another."""
    key = said.whole or said.end or said.inside or said.start
    return lambda owner: [Because(Evidence.PHONE, said.place, key, against=True)] if owner in owns else []


def weigh_phone(said: PhoneSaid, register: Register) -> Fit | None:
    """Whom a number fits; None where it fits nobody's."""
    phones = register.phones
    if not len(phones.person_of):
        return None
    near = False
    if said.whole:
        wrong = phones.numbers.wrong(said.whole)
        fitting = wrong == 0
        if not fitting.any():
            fitting, near = wrong == 1, True
        meant, usual = (_ONE_WRONG, 1e-7) if near else (_RIGHT, 1e-9)
    else:
        fitting = np.ones(len(phones.person_of), np.bool_)
        if said.start:
            fitting &= phones.numbers.starts(said.start)
        if said.end:
            fitting &= phones.numbers.ends(said.end)
        if said.inside:
            ending = phones.numbers.ends(said.inside)
            fitting &= ending if ending.any() else phones.numbers.holds(said.inside)
        digits = max(0, len(said.start) - 1) + len(said.end) + len(said.inside)
        meant, usual = _PART, max(1e-7, 0.15**digits)
    rows = np.flatnonzero(fitting).astype(np.int32)
    if not len(rows):
        told = len(said.whole or said.start + said.end + said.inside)
        return Fit(NO_ONE, np.empty(0, np.float32), _elsewhere(phones.owns, told), _nobodys(said, phones.owns))
    bits = np.full(len(rows), worth(meant, len(rows), max(register.size, 1), usual), np.float32)
    owners, best, _ = best_of(phones.person_of[rows], bits)
    key = said.whole or said.end or said.inside or said.start
    evidence = Evidence.PHONE if said.whole else Evidence.PART_PHONE

    def explain(owner: int) -> list[Because]:
        place = int(np.searchsorted(owners, owner))
        if place < len(owners) and owners[place] == owner:
            return [Because(evidence, said.place, key, len(owners) - 1, near=near)]
        if said.whole and owner in phones.owns:
            return [Because(Evidence.PHONE, said.place, key, against=True)]
        return []

    return Fit(owners, best, by_record(phones.owns, HAVING, LACKING), explain)
