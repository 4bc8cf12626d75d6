"""The forms of learning: which days to look at, and buttons that learn, put back, and ask to see."""

from triage.paging import number_in
from web.fields import DateField, HiddenField, SubmitField
from web.forms import QuietForm


class PeriodForm(QuietForm):
    """The days to look at, sent by GET: it changes nothing and carries no token."""

    class Meta(QuietForm.Meta):
        csrf = False

    since = DateField("Decided on or after", description="For example, 27 3 2026")
    until = DateField("Decided on or before", description="For example, 27 3 2026")


class LearnForm(QuietForm):
    """One button."""

    learn = SubmitField("Learn")


class PutBackForm(QuietForm):
    """Which calibration to put back, and which was in force on the page the press came from."""

    number = HiddenField()
    instead_of = HiddenField()

    @property
    def wanted(self) -> int:
        return number_in(self.number.data, otherwise=-1)

    @property
    def was_in_force(self) -> int:
        return number_in(self.instead_of.data, otherwise=-1)


class AskForm(QuietForm):
    """One button."""

    ask = SubmitField("Show the suggestions")
