"""The forms of a bulk export: what is proposed, and the receiver's key once more when it is carried out."""

from wtforms.validators import InputRequired

from web.fields import CountedTextField, DateField, LongTextField, SubmitField
from web.forms import QuietForm

_KEY = "The receiver’s age public key"
_HINT = "It begins with age1pq1. Have the receiver read its fingerprint to you."


class ProposeExportForm(QuietForm):
    """To whom, of which days, and why."""

    since = DateField("First day", [InputRequired("Enter the first day")], description="When the texts were agreed")
    until = DateField("Last day", [InputRequired("Enter the last day")])
    recipient = LongTextField(_KEY, [InputRequired("Paste the receiver’s key")], description=_HINT)
    reason = CountedTextField("Why, and to whom?", [InputRequired("Enter why, and to whom")], limit=500)
    propose = SubmitField("Propose the export")


class ExportForm(QuietForm):
    """The same key again: what was approved is its fingerprint."""

    recipient = LongTextField(_KEY, [InputRequired("Paste the receiver’s key")], description=_HINT)
    export = SubmitField("Export")
