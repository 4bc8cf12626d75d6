"""The forms of referring: codes and dates only, because every free word was agreed to in the text."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wtforms.validators import InputRequired

from triage.officers.officer import Team
from triage.referral.referral import NewReferral
from triage.referral.rules import DAYS_TO_RETURN, Ask, LawfulPurpose, Marking, ReferralError, ReferralState, Terms
from web.fields import CheckboxesField, DateField, RadiosField, SelectChoice, SelectField, SubmitField
from web.forms import QuietForm

ANY = ""


class ReferForm(QuietForm):
    """To which team, for what, until when."""

    team = SelectField("Team", [InputRequired("Choose the team that this goes to")], choices=[], validate_choice=False)
    asks = CheckboxesField(
        "What is asked of the team?",
        [InputRequired("Choose at least one thing to ask of the team")],
        choices=[SelectChoice(one.name, one.value) for one in Ask],
    )
    purpose = RadiosField(
        "Why may they have it?",
        [InputRequired("Choose the lawful purpose")],
        choices=[SelectChoice(one.name, one.value) for one in LawfulPurpose],
        description="Data Protection Act 2018, Part 3.",
    )
    marking = RadiosField(
        "Protective marking",
        [InputRequired("Choose the marking")],
        choices=[SelectChoice(one.name, one.value) for one in Marking],
    )
    embargo_until = DateField(
        "No overt action up to and including",
        description="Leave empty for no embargo. The moment we act can name the reporter as surely as the words can.",
    )
    expires_on = DateField("To be answered by", [InputRequired("Enter the day by which it is to be answered")])
    send = SubmitField("Refer it")

    def offer(self, teams: Sequence[Team]) -> None:
        """Fill in the teams there are."""
        self.team.choices = [
            SelectChoice(ANY, "Choose a team"),
            *(SelectChoice(str(team.id), f"{team.name} – {team.area}") for team in teams),
        ]

    @classmethod
    def starting(cls, today: date) -> "ReferForm":
        """The form with what most referrals need filled in; what was posted goes before it."""
        return cls(
            purpose=LawfulPurpose.PREVENT.name,
            marking=Marking.OFFICIAL_SENSITIVE.name,
            expires_on=today + timedelta(days=DAYS_TO_RETURN),
        )

    def to_referral(self) -> NewReferral:
        """What was chosen.

        Raises:
            ReferralError: no team, nothing asked, or dates that do not fit.
        """
        if not self.team.data or self.team.data not in {one.value for one in self.team.choices}:
            raise ReferralError("Choose the team that this goes to.", part="team")
        if self.expires_on.data is None:
            raise ReferralError("Enter the day by which it is to be answered.", part="expires_on")
        return NewReferral(
            team_id=UUID(self.team.data),
            asks=tuple(Ask[name] for name in self.asks.data or ()),
            purpose=LawfulPurpose[self.purpose.data],
            marking=Marking[self.marking.data],
            terms=Terms(self.embargo_until.data, self.expires_on.data),
        )

    def refuse_part(self, error: ReferralError) -> None:
        """Put a sentence at the field it is about, or at the head of the form."""
        if error.part and error.part in self:
            self[error.part].errors = [*self[error.part].errors, str(error)]
        else:
            self.refuse(str(error))


class AcknowledgeForm(QuietForm):
    """The team says that it has read the referral."""

    acknowledge = SubmitField("I have read it")


class FilterForm(QuietForm):
    """What narrows the desk's list; it is sent by GET and changes nothing, so it carries no token."""

    class Meta(QuietForm.Meta):
        """A look needs no token."""

        csrf = False

    state = SelectField(
        "State",
        choices=[SelectChoice(ANY, "Any"), *(SelectChoice(one.name, one.value.capitalize()) for one in ReferralState)],
    )
    team = SelectField("Team", choices=[])

    def offer(self, teams: Sequence[Team]) -> None:
        """Fill in the teams there are."""
        self.team.choices = [SelectChoice(ANY, "Any"), *(SelectChoice(str(team.id), team.name) for team in teams)]

    def chosen_state(self) -> ReferralState | None:
        """The state asked for, or None for any; an address nobody offered is any."""
        return ReferralState[self.state.data] if self.state.data in ReferralState.__members__ else None

    def chosen_team(self) -> UUID | None:
        """The team asked for, or None for any."""
        offered = {str(one.value) for one in self.team.choices} - {ANY}
        return UUID(self.team.data) if self.team.data in offered else None
