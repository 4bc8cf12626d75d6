"""The forms about compartments and conflicts."""

from wtforms.validators import InputRequired, Length

from triage.compartments.conflicts import REASON_MOST
from triage.compartments.handing_over import REASON_MOST as REPORT_REASON_MOST
from triage.keys.compartments import NAME_MOST
from web.fields import CheckboxesField, LongTextField, SelectField, SubmitField, TextField, TickField
from web.forms import QuietForm


class CompartmentForm(QuietForm):
    """A new compartment and who holds it."""

    name = TextField(
        "Name",
        [InputRequired("Enter a name"), Length(max=NAME_MOST, message="Make the name shorter")],
        description="Only its holders, supervisors and auditors read it.",
    )
    holders = CheckboxesField(
        "Who holds it",
        [InputRequired("Choose at least two people")],
        description="They alone open what you move into it. With one holder, a forgotten passphrase would lose it.",
    )
    make = SubmitField("Make the compartment")


class MoveForm(QuietForm):
    """What is moved into a compartment."""

    what = TextField(
        "What to move",
        [InputRequired("Enter the reference of a group or a person, or the id of a report")],
        description="A group’s reference, such as OCG-0013: its people, its ties and the reports confirmed to be about "
        "any of them go too. Or a report’s id, from the address of its page.",
    )
    move = SubmitField("Move it here")


class MoveReportForm(QuietForm):
    """Where one report goes, and why."""

    compartment = SelectField("Compartment", [InputRequired("Choose a compartment")])
    reason = TextField(
        "Why you move it",
        [InputRequired("Enter why you move it"), Length(max=REPORT_REASON_MOST, message="Make the reason shorter")],
        description="Auditors read it. No names and no words of the report.",
    )
    move = SubmitField("Move the report")


class ReleaseForm(QuietForm):
    """The proposal to give somebody a compartment's key."""

    officer = SelectField("Who", [InputRequired("Choose a person")])
    reason = TextField(
        "Why they need it",
        [InputRequired("Enter why they need it"), Length(max=REASON_MOST, message="Make the reason shorter")],
        description="Supervisors and auditors read it.",
    )
    propose = SubmitField("Propose it")


class DeclareForm(QuietForm):
    """A conflict of one's own."""

    about = TextField(
        "Which group or address",
        [InputRequired("Enter the reference of a group, or an address")],
        description="The reference of a group on the register, such as OCG-0013, or an address.",
    )
    reason = LongTextField(
        "What ties you to it",
        [InputRequired("Enter what ties you to it"), Length(max=REASON_MOST, message="Make this shorter")],
        description="Supervisors and auditors read it, and nobody else.",
    )
    sure = TickField(
        "I know that I will be cut off from it at once",
        [InputRequired("Tick the box if you want to be cut off from it")],
    )
    declare = SubmitField("Declare it")


class RecordForm(QuietForm):
    """A conflict of somebody else."""

    officer = SelectField("Who", [InputRequired("Choose a person")])
    about = TextField(
        "Which group or address",
        [InputRequired("Enter the reference of a group, or an address")],
        description="The reference of a group on the register, such as OCG-0013, or an address.",
    )
    reason = LongTextField(
        "What ties them to it",
        [InputRequired("Enter what ties them to it"), Length(max=REASON_MOST, message="Make this shorter")],
    )
    record = SubmitField("Cut them off")


class LiftForm(QuietForm):
    """The proposal to lift a conflict."""

    reason = TextField(
        "Why it can be lifted",
        [InputRequired("Enter why it can be lifted"), Length(max=REASON_MOST, message="Make the reason shorter")],
        description="Supervisors and auditors read it.",
    )
    lift = SubmitField("Propose to lift it")
