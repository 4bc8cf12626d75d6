"""The button by which an officer answers the bell."""

from triage.bell.service import BellNews
from triage.paging import number_in
from web.fields import HiddenField, SubmitField
from web.forms import QuietForm


class AnswerForm(QuietForm):
    """One button, over as many calls as the page showed."""

    shown = HiddenField()
    answer = SubmitField("I have this: stop the alarm")

    @classmethod
    def showing(cls, news: BellNews) -> "AnswerForm":
        """The form of a page that shows this state of the bell."""
        form = cls(formdata=None)
        form.shown.data = str(news.calling)
        return form

    def to_shown(self) -> int:
        return number_in(self.shown.data, otherwise=0)
