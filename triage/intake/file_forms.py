"""What an officer fills in before a file is shown, and a safeguarding lead before one leaves quarantine."""

from uuid import UUID

from wtforms.validators import InputRequired

from web.fields import CountedTextField, SelectField, SubmitField
from web.forms import QuietForm

LONGEST_REASON = 500


class OpenFileForm(QuietForm):
    """Why this file is opened."""

    reason = CountedTextField(
        "Why do you open it?",
        [InputRequired("Enter why you open this file")],
        limit=LONGEST_REASON,
        description="For example: the report says it shows the van. Auditors read this.",
    )
    show = SubmitField("Show it, blurred at first")
    download = SubmitField("Download it")


class SuspectForm(QuietForm):
    """One button."""

    suspect = SubmitField("Put it in quarantine")


class AskReleaseForm(QuietForm):
    """The first step out of quarantine."""

    reason = CountedTextField(
        "Why need it not be in quarantine?",
        [InputRequired("Enter why this file need not be in quarantine")],
        limit=LONGEST_REASON,
        description="Auditors read this, and so does the lead who decides. Do not describe what a child is doing.",
    )
    ask = SubmitField("Ask for its release")


class DecideReleaseForm(QuietForm):
    """The second step: agree, or leave it where it is and say why."""

    why_not = CountedTextField(
        "If you refuse: why does it stay in quarantine?",
        limit=LONGEST_REASON,
        description="Auditors read this.",
    )
    agree = SubmitField("Release it to the desk")
    leave = SubmitField("Leave it in quarantine")


class NameLeadForm(QuietForm):
    """Who is to hold the key of the quarantine."""

    officer = SelectField("Name a safeguarding lead", [InputRequired("Choose an officer")])
    name_lead = SubmitField("Give them the key")

    @property
    def officer_id(self) -> UUID:
        """The officer chosen; the choices are ids."""
        return UUID(self.officer.data)
