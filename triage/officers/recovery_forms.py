"""The form of beginning anew."""

from wtforms.validators import InputRequired

from web.fields import SubmitField, TickField
from web.forms import QuietForm


class BeginAnewForm(QuietForm):
    """Said on a page of its own, because it cannot be undone."""

    sure = TickField(
        "I have met them or spoken to them, and know that it is they who ask",
        [InputRequired("Tick the box once you know that it is they who ask")],
    )
    begin = SubmitField("Give them first secrets anew")
