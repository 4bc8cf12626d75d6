"""What the forms of an entry and of a tie share: fields read and checked, with a sentence where one is wrong."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from triage.paging import number_in
from triage.register import checks
from triage.register.errors import FieldError
from web.fields import HiddenField, SelectChoice, TextField
from web.forms import QuietForm

T = TypeVar("T")


def word_choices(words: Sequence[str], empty: str = "Not known") -> list[SelectChoice]:
    return [SelectChoice("", empty), *(SelectChoice(word, word.capitalize()) for word in words)]


class EntryForm(QuietForm):
    """What both forms of an entry share: its version, and reading fields with their sentences."""

    version = HiddenField()
    reference = TextField("Reference", description="Leave empty for the next free number")

    def text(self, field: Any, *, most: int = checks.SHORT, needed: str = "") -> str:  # Any: WTForms has no types
        """One line, checked; an error goes to the field."""
        if needed and not (field.data or "").strip():
            self.wrong(field, needed)
        return self.read(field, lambda: checks.one_line(field.name, field.data or "", most=most), "")

    def notes_of(self, field: Any) -> str:  # Any: as above
        """Several lines, checked."""
        return self.read(field, lambda: checks.several_lines(field.name, field.data or ""), "")

    def lines(self, field: Any, check: Callable[[str], T]) -> tuple[T, ...]:  # Any: as above
        """A value for each line, checked; the error names the line."""
        found: list[T] = []
        given = [line.strip() for line in (field.data or "").split("\n")]
        if sum(1 for line in given if line) > checks.MOST_OF_A_KIND:
            self.wrong(field, f"Give {checks.MOST_OF_A_KIND} or fewer, one on each line")
            return ()
        for number, line in enumerate(given, start=1):
            if not line:
                continue
            try:
                found.append(check(line))
            except FieldError as error:
                self.wrong(field, f"Line {number}: {error}" if len(given) > 1 else str(error))
        return tuple(dict.fromkeys(found))

    def texts(self, field: Any) -> tuple[str, ...]:  # Any: as above
        """Short texts, one on each line."""
        return self.lines(field, lambda line: checks.one_line(field.name, line))

    def read(self, field: Any, check: Callable[[], T], otherwise: T) -> T:  # Any: as above
        """What `check` gives; its sentence goes to the field."""
        try:
            return check()
        except FieldError as error:
            self.wrong(field, str(error))
            return otherwise

    def wrong(self, field: Any, sentence: str) -> None:  # Any: as above
        """Put a sentence to a field."""
        field.errors = [*field.errors, sentence]

    @property
    def seen_version(self) -> int:
        """The version the officer read; 0, which no entry has, where the field was tampered with."""
        return number_in(self.version.data, otherwise=0)
