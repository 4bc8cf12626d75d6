"""The forms about keeping and disposing of records."""

from wtforms.validators import InputRequired, Length

from triage.intake.retention import Group
from web.fields import CountedTextField, RadiosField, SelectChoice, SelectField, SubmitField, TextField
from web.forms import QuietForm

KEEP, DISPOSE, HOLD, LIFT, ERASE = "keep", "dispose", "hold", "lift", "erase"
_HINTS = {
    KEEP: "Its period begins again, as a record of the group you choose.",
    DISPOSE: "Its keys and everything that was said about it are destroyed. Nobody can bring it back.",
    HOLD: "Nobody may dispose of it until somebody lifts the hold.",
    LIFT: "Its disposal goes on as if there had been no hold.",
    ERASE: "Before its period is over. Another person must agree within 24 hours.",
}
_TEXTS = {
    KEEP: "Keep it",
    DISPOSE: "Dispose of it",
    HOLD: "Put a legal hold on it",
    LIFT: "Lift the legal hold",
    ERASE: "Propose an early erasure",
}


class ReviewForm(QuietForm):
    """What becomes of one report."""

    decision = RadiosField("What becomes of it?", [InputRequired("Choose what becomes of it")])
    group = SelectField(
        "Keep it as",
        choices=[SelectChoice(one.value, one.value.capitalize()) for one in Group if one is not Group.REGISTER],
        description="This counts only if you keep it.",
    )
    reason = CountedTextField(
        "Why?",
        [InputRequired("Enter why")],
        limit=500,
        description="Auditors read this. Do not write what the report says.",
    )
    decide = SubmitField("Go on")

    def offer(self, *, may_go: bool, is_held: bool) -> None:
        """The decisions that can be made now."""
        offered = [KEEP, LIFT] if is_held else [KEEP, DISPOSE if may_go else ERASE, HOLD]
        self.decision.choices = [SelectChoice(one, _TEXTS[one], {"hint": _HINTS[one]}) for one in offered]


class EntryReviewForm(QuietForm):
    """What becomes of one archived entry of the register."""

    decision = RadiosField("What becomes of it?", [InputRequired("Choose what becomes of it")])
    reason = CountedTextField(
        "Why?",
        [InputRequired("Enter why")],
        limit=500,
        description="Auditors read this. Do not write what the entry says.",
    )
    decide = SubmitField("Go on")

    def offer(self, *, is_due: bool, is_held: bool) -> None:
        """The decisions that can be made now."""
        hints = _HINTS | {KEEP: "Its period begins again.", DISPOSE: _HINTS[DISPOSE] + " So are the ties it had."}
        offered = [KEEP, LIFT] if is_held else [KEEP, DISPOSE if is_due else ERASE, HOLD]
        self.decision.choices = [SelectChoice(one, _TEXTS[one], {"hint": hints[one]}) for one in offered]


class PeriodForm(QuietForm):
    """How long records of a group are to be kept."""

    group = SelectField("Records", choices=[SelectChoice(one.value, one.value.capitalize()) for one in Group])
    days = TextField("Days", [InputRequired("Enter a number of days"), Length(max=6, message="Enter a number of days")])
    reason = CountedTextField("Why?", [InputRequired("Enter why")], limit=500)
    propose = SubmitField("Propose the change")
