"""The code tables as they stood on a day: labels and definitions are data, because the guidance changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select

from triage.database import CaseSession
from triage.grading.models import CodeRow


class Scheme(StrEnum):
    """One table of codes."""

    SOURCE = "3x5x2 source"
    INTELLIGENCE = "3x5x2 intelligence"
    HANDLING = "3x5x2 handling"
    CONDITION = "3x5x2 condition"
    NATURE = "nature"
    CATEGORY = "person category"
    OLD_SOURCE = "5x5x5 source"
    OLD_INFORMATION = "5x5x5 information"


@dataclass(frozen=True)
class Code:
    """One code with its meaning on the day it was looked up."""

    code: str
    label: str
    definition: str


def codes_on(session: CaseSession, day: date) -> dict[Scheme, tuple[Code, ...]]:
    """Every scheme's codes that were valid on a day, in the order of the definition."""
    rows = session.scalars(
        select(CodeRow)
        .where(CodeRow.valid_from <= day, or_(CodeRow.valid_to.is_(None), CodeRow.valid_to >= day))
        .order_by(CodeRow.scheme, CodeRow.position, CodeRow.code)
    )
    found: dict[Scheme, list[Code]] = {scheme: [] for scheme in Scheme}
    for row in rows:
        found[Scheme(row.scheme)].append(Code(row.code, row.label, row.definition))
    return {scheme: tuple(codes) for scheme, codes in found.items()}
