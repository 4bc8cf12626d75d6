"""The one button of the page of refused drops."""

from web.fields import SubmitField
from web.forms import QuietForm


class TryAgainForm(QuietForm):
    """Put them back among those waiting."""

    again = SubmitField("Try all of them again")
