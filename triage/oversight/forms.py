"""What an auditor can ask the log for."""

from datetime import date, tzinfo
from uuid import UUID

from wtforms.validators import InputRequired, ValidationError

from triage.audit.acts import Act
from triage.audit.reading import Wanted
from triage.oversight.alerts import Limits
from triage.oversight.sampling import Outcome
from triage.paging import number_in
from web.fields import DateField, HiddenField, SelectChoice, SelectField, SubmitField, TextField
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

    def validate_subject(self, field: TextField) -> None:
        if (field.data or "").strip() and _id(field.data) is None:
            raise ValidationError("Enter a whole id, such as 3f2b9c1e-0d4a-4c55-9d0e-5b1f6a7c8d90")

    def to_wanted(self) -> Wanted:
        """What was asked for; what is not understood is left out, and `validate` says what that is."""
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


class SampleForm(QuietForm):
    """Which days to choose from."""

    since = DateField("From")
    until = DateField("Until")
    draw = SubmitField("Draw a sample")

    def to_wanted(self) -> Wanted:
        """The days; what is not understood is left out."""
        return Wanted(from_day=_day(self.since.data), to_day=_day(self.until.data))


class ReviewForm(QuietForm):
    """What an auditor found of one line."""

    line = HiddenField()
    outcome = SelectField(
        "What you find",
        [InputRequired("Choose what you find")],
        choices=[
            SelectChoice("", "Choose what you find"),
            *(SelectChoice(one.value, one.value.capitalize()) for one in Outcome),
        ],
    )
    review = SubmitField("Record")


class LimitsForm(QuietForm):
    """What is still usual; sent by GET, so that an auditor's own limits have an address."""

    class Meta(QuietForm.Meta):
        csrf = False

    days = TextField("Days to look at", description="1 to 31, today included")
    an_hour = TextField("Records an hour", description="More than this within an hour is shown")
    a_day = TextField("Records a day", description="More than this on one day is shown")
    refused = TextField("Refusals a day", description="More than this on one day is shown")
    exported = TextField("Exported a day", description="More records than this in files of one day are shown")
    from_hour = TextField("Work begins at", description="Hour of the day, on the force’s own clock")
    to_hour = TextField("Work ends at", description="Hour of the day; earlier than it begins for a night’s work")

    def to_limits(self, zone: tzinfo) -> tuple[int, Limits]:
        """How many days, and the limits by the clock of `zone`; whatever is no number in its range is as it ships."""
        usual = Limits()
        return (
            _within(self.days.data, 1, 31, 7),
            Limits(
                an_hour=_within(self.an_hour.data, 1, 10_000, usual.an_hour),
                a_day=_within(self.a_day.data, 1, 100_000, usual.a_day),
                refused=_within(self.refused.data, 1, 10_000, usual.refused),
                exported=_within(self.exported.data, 1, 1_000_000, usual.exported),
                from_hour=_within(self.from_hour.data, 0, 23, usual.from_hour),
                to_hour=_within(self.to_hour.data, 1, 24, usual.to_hour),
                zone=zone,
            ),
        )


class HoneyForm(QuietForm):
    """A record to watch."""

    subject = TextField(
        "Id of the record",
        [InputRequired("Enter the id of a report or of an entry on the register")],
        description="It is in the address of its page, after the last stroke.",
    )
    choose = SubmitField("Watch this record")

    def validate_subject(self, field: TextField) -> None:
        if _id(field.data) is None:
            raise ValidationError("Enter an id, such as 3f2b9c1e-0d4a-4c55-9d0e-5b1f6a7c8d90")

    def to_subject(self) -> UUID:
        return UUID((self.subject.data or "").strip())


class LetGoForm(QuietForm):
    """One button."""

    let_go = SubmitField("Let go")


def _within(text: str | None, least: int, most: int, otherwise: int) -> int:
    found = number_in(text, otherwise=otherwise)
    return found if least <= found <= most else otherwise
