"""Grades for systems that use another scale: one way only, and always beside the native grade."""

from dataclasses import dataclass

from triage.grading.rules import Intelligence, Source

_ADMIRALTY_SOURCE = {Source.RELIABLE: "B", Source.UNTESTED: "F", Source.NOT_RELIABLE: "E"}
_ADMIRALTY_CREDIBILITY = {
    Intelligence.KNOWN_DIRECTLY: 2,
    Intelligence.CORROBORATED: 2,
    Intelligence.KNOWN_INDIRECTLY: 3,
    Intelligence.NOT_KNOWN: 6,
    Intelligence.SUSPECTED_FALSE: 5,
}
# STIX 2.1 appendix A gives a confidence for each credibility of the Admiralty scale; 6, "cannot be judged", has none.
_STIX_CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10, 6: None}


@dataclass(frozen=True)
class MappedGrade:
    """An Admiralty grade and a STIX confidence (0 to 100, or none), with the grade they were made from."""

    native: str
    admiralty: str
    stix_confidence: int | None


def mapped(source: Source, intelligence: Intelligence) -> MappedGrade:
    """Map a 3x5x2 grade out. What an untested source says it knows directly is worth 3, not 2."""
    credibility = _ADMIRALTY_CREDIBILITY[intelligence]
    if source is Source.UNTESTED and intelligence is Intelligence.KNOWN_DIRECTLY:
        credibility = 3
    return MappedGrade(
        native=f"{source}/{intelligence}",
        admiralty=f"{_ADMIRALTY_SOURCE[source]}{credibility}",
        stix_confidence=_STIX_CONFIDENCE[credibility],
    )
