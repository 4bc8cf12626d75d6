"""The forms of linking: a search of the register, and buttons that decide."""

from uuid import UUID

from wtforms.validators import ValidationError

from triage.linking.service import Found
from triage.paging import number_in
from web.fields import HiddenField, SubmitField, TextField
from web.forms import QuietForm

MOST_SHOWN = 50  # entries that one press may reject; a page shows eight


class SearchForm(QuietForm):
    """Looks for somebody the program did not suggest; posted, because a name in an address stays in a history."""

    words = TextField("Who is meant instead?", description="A name, nickname, street, plate or telephone number")
    page = HiddenField()
    search = SubmitField("Search the register")

    @property
    def is_pressed(self) -> bool:
        return bool(self.search.data or self.page.data)

    @property
    def wanted_page(self) -> int:
        return number_in(self.page.data, otherwise=1)

    def validate_words(self, field: TextField) -> None:
        """Refuse to search for nothing."""
        if not (field.data or "").strip():
            raise ValidationError("Enter a name, a street, a plate or a telephone number to search for")


class DecideForm(QuietForm):
    """One decision. Which button was pressed is in the data; `shown` lists what was suggested on the page."""

    entry_id = HiddenField()
    found = HiddenField()
    shown = HiddenField()
    confirm = SubmitField("Confirm")
    reject = SubmitField("Reject")
    take_back = SubmitField("Take back")
    none = SubmitField("None of these")
    nobody = SubmitField("Nobody on the register is meant")

    @property
    def entry(self) -> UUID | None:
        """The entry decided about, or None where the field was tampered with."""
        return _id(self.entry_id.data)

    @property
    def entries_shown(self) -> tuple[UUID, ...]:
        """The entries that were suggested on the page the press came from."""
        ids = (_id(one) for one in (self.shown.data or "").split(",")[:MOST_SHOWN])
        return tuple(one for one in ids if one is not None)

    @property
    def how_found(self) -> Found:
        return Found.SEARCHED if self.found.data == Found.SEARCHED else Found.SUGGESTED


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
