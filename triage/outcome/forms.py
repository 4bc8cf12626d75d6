"""The form in which a team says what came of a referral."""

from wtforms.validators import InputRequired

from triage.outcome.rules import MEANINGS, NEEDS_WORDS, NewOutcome, OutcomeCode
from web.fields import CountedTextField, RadiosField, SelectChoice, SubmitField
from web.forms import QuietForm

LONGEST_WORDS = 5_000
_HINTS = {
    OutcomeCode.OBS: "Say what you saw yourself, where and when. It can become a report of its own.",
    OutcomeCode.NFA: "Say why.",
    OutcomeCode.MAL: "Say why you doubt it. Do not try to find out who sent it.",
    OutcomeCode.RTN: "Say why. The referral goes back to the desk, and nothing more can be added.",
    OutcomeCode.ESC: "Say to whom and why.",
}


class OutcomeForm(QuietForm):
    """One outcome; more can follow."""

    code = RadiosField(
        "Outcome",
        [InputRequired("Choose what came of it")],
        choices=[
            SelectChoice(one.value, MEANINGS[one], {"hint": _HINTS[one]} if one in NEEDS_WORDS else {})
            for one in OutcomeCode
        ],
    )
    words = CountedTextField(
        "In your own words",
        limit=LONGEST_WORDS,
        description="The desk reads this. Do not guess at who told us.",
    )
    save = SubmitField("Record it")

    def to_outcome(self) -> NewOutcome:
        """What was chosen.

        Raises:
            OutcomeError: the code needs words.
        """
        return NewOutcome(OutcomeCode(self.code.data), self.words.data or "")
