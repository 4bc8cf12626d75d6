"""Mapping out to other scales, as the table of domain.md §2 gives it."""

import pytest

from triage.grading.mapping import mapped
from triage.grading.rules import Intelligence, Source


@pytest.mark.parametrize(
    ("native", "admiralty", "confidence"),
    [
        ("1/A", "B2", 70),
        ("1/B", "B2", 70),
        ("1/C", "B3", 50),
        ("1/D", "B6", None),
        ("1/E", "B5", 10),
        ("2/A", "F3", 50),
        ("2/B", "F2", 70),
        ("2/C", "F3", 50),
        ("2/D", "F6", None),
        ("2/E", "F5", 10),
        ("3/A", "E2", 70),
        ("3/B", "E2", 70),
        ("3/C", "E3", 50),
        ("3/D", "E6", None),
        ("3/E", "E5", 10),
    ],
)
def test_a_grade_maps_out_one_way_beside_the_native_one(native: str, admiralty: str, confidence: int | None) -> None:
    grade = mapped(Source(native[0]), Intelligence(native[2]))
    assert (grade.native, grade.admiralty, grade.stix_confidence) == (native, admiralty, confidence)
