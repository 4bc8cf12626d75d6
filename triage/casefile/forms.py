"""What an officer fills in on the queue and on a case file."""

from wtforms.validators import InputRequired, ValidationError

from triage.casefile.queue import Order, Shown, Wanted
from triage.intake.priority import BAND_NAMES, Band
from triage.intake.why import Why
from triage.paging import number_in
from web.fields import CheckboxesField, CountedTextField, DateField, RadiosField, SelectChoice, SubmitField, TextField
from web.forms import QuietForm


class QueueForm(QuietForm):
    """The filter, sent by GET: it changes nothing, so it carries no token and stands in the address."""

    class Meta(QuietForm.Meta):
        csrf = False

    band = CheckboxesField("Priority", choices=[SelectChoice(str(band.value), BAND_NAMES[band]) for band in Band])
    since = DateField("Received on or after", description="For example, 27 3 2026")
    until = DateField("Received on or before", description="For example, 27 3 2026")

    def to_wanted(self, *, shown: str, order: str, page: str, folded: str = "") -> Wanted:
        """What was asked for; anything unknown in an address counts as not asked."""
        return Wanted(
            shown=Shown(shown) if shown in set(Shown) else Shown.TO_DO,
            bands=tuple(Band(int(value)) for value in self.band.data or () if value in {"0", "1", "2", "3"}),
            received_from=self.since.data,
            received_to=self.until.data,
            order=Order(order) if order in set(Order) else Order.PRIORITY,
            page=number_in(page, otherwise=1),
            folded=folded != "no",
        )


class UnsealForm(QuietForm):
    """One button."""

    unseal = SubmitField("Open new reports")


class CloseForm(QuietForm):
    """Why nothing more will be done."""

    reason = CountedTextField(
        "Why do you close this report?",
        [InputRequired("Enter why you close this report")],
        limit=1_000,
        description="Auditors read this, and whoever opens it again. The reporter sees only that it is closed.",
    )
    close = SubmitField("Close report")


class ReopenForm(QuietForm):
    """Why it is taken up again."""

    reason = CountedTextField(
        "Why do you open this report again?",
        [InputRequired("Enter why you open this report again")],
        limit=1_000,
    )
    reopen = SubmitField("Open report again")


class WhyForm(QuietForm):
    """Why a report is opened that somebody has read before."""

    danger = SubmitField("Somebody may be in danger: open it now")
    reason = RadiosField(
        "Why do you open it?",
        choices=[SelectChoice(one.value, one.value.capitalize()) for one in Why if one is not Why.DANGER],
        validate_choice=False,
    )
    words = TextField(
        "In a few words, if that says more",
        description="Nothing of what the report says: no names, numbers or places",
    )
    open = SubmitField("Open the report")

    def validate_reason(self, field: RadiosField) -> None:
        if not self.danger.data and field.data not in set(Why) - {Why.DANGER}:
            raise ValidationError("Choose why you open it")
