"""The forms of linking: a search of the register, and buttons that decide."""

from uuid import UUID

from triage.linking.service import Found
from web.fields import HiddenField, SubmitField, TextField
from web.forms import QuietForm


class SearchForm(QuietForm):
    """Looks for somebody the program did not suggest; sent by GET."""

    words = TextField(
        "Search the register for someone else", description="A name, nickname, street, plate or telephone number"
    )


class DecideForm(QuietForm):
    """One decision about one entry. Which button was pressed is in the data."""

    entry_id = HiddenField()
    found = HiddenField()
    confirm = SubmitField("Confirm")
    reject = SubmitField("Reject")
    nobody = SubmitField("Nobody on the register is meant")

    @property
    def entry(self) -> UUID | None:
        """The entry decided about, or None where the field was tampered with."""
        try:
            return UUID(self.entry_id.data or "")
        except ValueError:
            return None

    @property
    def how_found(self) -> Found:
        return Found.SEARCHED if self.found.data == Found.SEARCHED else Found.SUGGESTED
