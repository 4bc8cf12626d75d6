"""The search box, what narrows its results, a search's name, and the reason for an export."""

from wtforms.validators import InputRequired

from triage.intake.priority import BAND_NAMES, Band
from triage.intake.reports import ReportState
from triage.paging import number_in
from triage.search.narrowing import Linked, Narrowing, Order, Part
from web.fields import (
    CheckboxesField,
    CountedTextField,
    DateField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    TickField,
)
from web.forms import QuietForm


class SearchForm(QuietForm):
    """What is searched for: always posted, so that no name stands in an address, a history or a log."""

    words = TextField(
        "Search reports and the register",
        description="Names, part of a plate or telephone number, a street, words, or a “phrase” in quotation marks",
    )
    search = SubmitField("Search")


class NarrowForm(QuietForm):
    """What narrows the reports found, sent by GET: states and dates, and nothing that was searched for."""

    class Meta(QuietForm.Meta):
        csrf = False

    state = CheckboxesField("State", choices=[SelectChoice(one.value, one.value.capitalize()) for one in ReportState])
    band = CheckboxesField("Priority", choices=[SelectChoice(str(one.value), BAND_NAMES[one]) for one in Band])
    linked = SelectField(
        "Linked to the register",
        choices=[
            SelectChoice(Linked.EITHER.value, "Linked or not"),
            SelectChoice(Linked.YES.value, "Linked"),
            SelectChoice(Linked.NO.value, "Not linked"),
        ],
        validate_choice=False,
    )
    since = DateField("Received on or after", description="For example, 27 3 2026")
    until = DateField("Received on or before", description="For example, 27 3 2026")
    archived = TickField("Also the archived of the register")

    def to_narrowing(self, *, part: str, order: str, page: str) -> Narrowing:
        """What was asked for; anything unknown in an address counts as not asked."""
        states, bands = set(ReportState), {str(one.value) for one in Band}
        return Narrowing(
            part=Part(part) if part in set(Part) else Part.ALL,
            states=tuple(ReportState(one) for one in self.state.data or () if one in states),
            bands=tuple(Band(int(one)) for one in self.band.data or () if one in bands),
            since=self.since.data,
            until=self.until.data,
            linked=Linked(self.linked.data) if self.linked.data in set(Linked) else Linked.EITHER,
            archived=bool(self.archived.data),
            order=Order(order) if order in set(Order) else Order.BEST,
            page=number_in(page, otherwise=1),
        )


class NameForm(QuietForm):
    """The name under which a search is kept."""

    name = TextField("Name of this search", description="Only you see it")
    keep = SubmitField("Keep this search")


class DeleteForm(QuietForm):
    """One button."""

    delete = SubmitField("Delete this search")


class ExportForm(QuietForm):
    """Why a list leaves."""

    reason = CountedTextField(
        "Why do you export this list?",
        [InputRequired("Enter why you export this list")],
        limit=1_000,
        description="Auditors read this. Do not write what you searched for.",
    )
    export = SubmitField("Export")
