"""The forms about an operation that waits for its second person."""

from wtforms.validators import InputRequired, Length

from web.fields import SubmitField, TextField, TickField
from web.forms import QuietForm


class ApproveForm(QuietForm):
    """The second person's yes."""

    read = TickField(
        "I have read what is to be done and why, and I agree", [InputRequired("Tick the box if you have read it")]
    )
    approve = SubmitField("Approve")


class RefuseForm(QuietForm):
    """No, with or without a reason."""

    reason = TextField(
        "Why not", [Length(max=200, message="Make this shorter")], description="It is kept in the audit log."
    )
    decline = SubmitField("Refuse")  # `refuse` is what every form is told by when something cannot be done


class CarryOutForm(QuietForm):
    """One button: what was approved is done."""

    carry_out = SubmitField("Carry it out")
