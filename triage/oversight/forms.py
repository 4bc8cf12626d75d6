"""What an auditor can ask the log for."""

from datetime import date
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.reading import Wanted
from web.fields import DateField, SelectChoice, SelectField, TextField
from web.forms import QuietForm


class LogFilterForm(QuietForm):
    """Sent by GET, so that a filtered log has an address; it changes nothing and carries no token."""

    class Meta(QuietForm.Meta):
        csrf = False

    officer = SelectField("Who", choices=[], validate_choice=False)
    act = SelectField(
        "What",
        choices=[SelectChoice("", "Everything"), *(SelectChoice(one.value, one.value.capitalize()) for one in Act)],
        validate_choice=False,
    )
    subject = TextField("About", description="The id of a report, a referral or a person")
    since = DateField("From")
    until = DateField("Until")

    def to_wanted(self) -> Wanted:
        """What was asked for; what is not understood is left out."""
        return Wanted(
            signer_id=_id(self.officer.data),
            from_day=_day(self.since.data),
            to_day=_day(self.until.data),
            act=self.act.data if self.act.data in set(Act) else "",
            subject=str(_id(self.subject.data) or ""),
        )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID((text or "").strip())
    except ValueError:
        return None


def _day(day: object) -> date | None:
    return day if isinstance(day, date) else None
