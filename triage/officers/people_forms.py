"""The forms about people and teams."""

from wtforms.validators import DataRequired, InputRequired, Length

from triage.officers.own_address import ADDRESS_MOST
from triage.officers.rules import Role
from triage.officers.service import NAME_MOST
from triage.officers.vetting import Level
from web.fields import (
    DateField,
    PasswordField,
    RadiosField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    TickField,
)
from web.forms import QuietForm

DOES = {
    Role.TRIAGE_OFFICER: "Reads, grades, links and sanitises reports, and refers them to a team.",
    Role.SUPERVISOR: "What a triage officer does; also gives keys and signs the keys of the days to come.",
    Role.NEIGHBOURHOOD: "Reads what is referred to their own team, and says what came of it.",
    Role.AUDITOR: "Reads the audit log, and no report.",
    Role.ADMINISTRATOR: "Adds and suspends people, and can open nothing.",
}


class AddOfficerForm(QuietForm):
    """A new person."""

    name = TextField(
        "Full name",
        [InputRequired("Enter their full name"), Length(max=NAME_MOST, message="Make the name shorter")],
    )
    sign_in_name = TextField(
        "Sign-in name",
        [InputRequired("Enter a sign-in name"), Length(max=NAME_MOST, message="Make the sign-in name shorter")],
        description="What they type to sign in. Nobody else may have it.",
    )
    role = RadiosField(
        "Role",
        [InputRequired("Choose what they do here")],
        choices=[SelectChoice(role.value, role.value.capitalize(), {"hint": does}) for role, does in DOES.items()],
    )
    passphrase = PasswordField(
        "First passphrase",
        description="Have them type it themselves: 14 characters or more. Leave it empty for six random words, "
        "which are shown once and which they change when they have signed in.",
    )
    add = SubmitField("Add officer")


class ReasonForm(QuietForm):
    """Why somebody is shut out, for the audit log."""

    reason = TextField(
        "Why",
        [
            DataRequired("Say why in a few words: it is kept in the audit log"),
            Length(max=200, message="Make this shorter"),
        ],
        description="It is kept in the audit log.",
    )
    suspend = SubmitField("Suspend")


class LeaveForm(QuietForm):
    """The end of somebody's time here, which cannot be undone."""

    sure = TickField("They have left for good", [InputRequired("Tick the box if they have left for good")])
    leave = SubmitField("Destroy their keys")


class VettingForm(QuietForm):
    """To what somebody is vetted, and until when."""

    level = SelectField(
        "Vetted to",
        [InputRequired("Choose the level")],
        choices=[SelectChoice("", "Choose a level"), *(SelectChoice(one.value, one.value) for one in Level)],
    )
    until = DateField("Until and including", [InputRequired("Enter the last day of their vetting")])
    vet = SubmitField("Record the vetting")


class OwnAddressForm(QuietForm):
    """Where somebody lives, for the alert of those who look for themselves."""

    address = TextField(
        "Home address",
        [
            DataRequired("Enter their home address: a number and a street, or a whole postcode"),
            Length(max=ADDRESS_MOST, message="Make the address shorter"),
        ],
        description="Number and street, and the postcode, such as 12 Alder Street, MB1 4QQ.",
    )
    keep = SubmitField("Record the address")


class TeamForm(QuietForm):
    """A new neighbourhood team."""

    name = TextField(
        "Team", [InputRequired("Enter the team’s name"), Length(max=NAME_MOST, message="Make the name shorter")]
    )
    area = TextField("Area", [Length(max=NAME_MOST, message="Make the area shorter")])
    add = SubmitField("Add team")


class JoinTeamForm(QuietForm):
    """The team whose key a person is given."""

    team = SelectField("Team", [InputRequired("Choose a team")])
    join = SubmitField("Give the team’s key")
