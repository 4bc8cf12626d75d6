"""What can be wrong with an entry, a tie or an import; the message is the sentence the officer reads."""

from dataclasses import dataclass

from triage.errors import TriageError


class RegisterError(TriageError):
    """Something about the register."""


class FieldError(RegisterError):
    """What was typed into one field cannot be kept as it is."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class ReferenceTakenError(FieldError):
    """Another entry has this reference."""

    def __init__(self, reference: str) -> None:
        super().__init__("reference", f"Enter another reference: {reference} is in the register already")


class BodyError(RegisterError):
    """A stored entry does not have the shape this version knows; nothing of it is shown in part."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This entry was stored by a version of the program that this one cannot read ({what}).")


class ImportFileError(RegisterError):
    """A file cannot be read at all."""


@dataclass(frozen=True)
class RowError:
    """What is wrong with one row of a file: the row as a spreadsheet counts it, the heading of row 1 being row 1."""

    file: str
    row: int
    column: str
    sentence: str
