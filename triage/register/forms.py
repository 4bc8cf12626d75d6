"""The register's smaller forms: what narrows a list, a tie, an archiving, and an upload of lists."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from wtforms.validators import InputRequired

from triage.paging import number_in
from triage.register import checks
from triage.register.codes import TIES
from triage.register.entries import Kind, Status, Tie
from triage.register.reading import EntryForm, word_choices
from web.fields import (
    DateField,
    FileField,
    HiddenField,
    LongTextField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
)
from web.forms import QuietForm


class BrowseForm(QuietForm):
    """What narrows the list; sent by GET."""

    words = TextField("Search", description="A name, nickname, street, plate or telephone number")
    status = SelectField("Status", validate_choice=False)

    def offer(self, kind: Kind) -> None:
        """Fill in the choices, and what was chosen."""
        stands = list(Status) if kind is Kind.GROUP else [Status.ACTIVE, Status.ARCHIVED]
        self.status.choices = [
            SelectChoice("", "All but archived"),
            *(SelectChoice(one.value, one.value.capitalize()) for one in stands),
        ]

    @property
    def wanted_status(self) -> Status | None:
        return next((one for one in Status if one.value == self.status.data), None)


class TieForm(EntryForm):
    """A tie from the entry that is shown."""

    type = SelectField("What ties them?", validate_choice=False)
    other = TextField("Reference of the other person or group", description="Leave empty for a place or thing")
    words = TextField("Or a place or thing in words")
    note = TextField("Note")
    source = TextField("How we know")
    seen_on = DateField("When it was known", description="Leave empty for today")
    save = SubmitField("Add tie")

    def offer(self, today: date) -> None:
        """Fill in the words in use today."""
        self.type.choices = word_choices(TIES.in_use(today), "Choose")

    def to_tie(self, from_id: UUID, entries: Mapping[str, UUID], today: date) -> Tie | None:
        """The tie as it was filled in, or None with sentences; `entries` are ids by casefolded reference."""
        other = self.text(self.other)
        words = self.text(self.words)
        if self.type.data not in TIES.in_use(today):
            self.wrong(self.type, "Choose what ties them")
        if other and other.casefold() not in entries:
            self.wrong(self.other, "Enter a reference that is on the register")
        elif bool(other) == bool(words):
            self.wrong(self.other, "Enter the other’s reference, or a place or thing in words: one of the two")
        tie = Tie(
            from_id=from_id,
            type=self.type.data or "",
            to_id=entries.get(other.casefold()),
            to_words=words,
            note=self.text(self.note, most=checks.LONG),
            source=self.text(self.source, most=checks.LONG),
            seen_on=self.seen_on.data,
        )
        return None if self.errors else tie


class ArchiveForm(QuietForm):
    """Why an entry is archived."""

    version = HiddenField()
    reason = LongTextField(
        "Why is this entry archived?",
        [InputRequired("Enter why this entry is archived")],
        description="This stays with the entry. New intelligence can bring it back.",
    )
    archive = SubmitField("Archive")

    @property
    def seen_version(self) -> int:
        """The version the officer read; 0, which no entry has, for anything else."""
        return number_in(self.version.data, otherwise=0)


class ImportForm(QuietForm):
    """Up to three lists."""

    groups = FileField("Groups (groups.csv)")
    people = FileField("People (people.csv)")
    ties = FileField("Ties (ties.csv)")
    send = SubmitField("Import")


class PressForm(QuietForm):
    """A button alone: it carries the form's token."""
