"""The forms of passkeys; what an authenticator answered is put into their hidden field by the page's script."""

from wtforms.validators import InputRequired, Length

from triage.officers.passkeys.keeping import NAME_MOST
from web.fields import HiddenField, SubmitField, TextField
from web.forms import QuietForm

NAME_RULES = [
    InputRequired("Enter a name for the passkey"),
    Length(max=NAME_MOST, message="Make the name shorter"),
]
NAME_HINT = "So that you can tell it from another, such as “Blue key on my ring”."


class PasskeySignInForm(QuietForm):
    """Nothing to type: the authenticator says who somebody is."""

    answer = HiddenField()
    after = HiddenField()
    kept = HiddenField()
    kept_for = HiddenField()


class AddPasskeyForm(QuietForm):
    """A name, and the answer of an authenticator that has made a key for us."""

    answer = HiddenField()
    name = TextField("Name of the passkey", NAME_RULES, description=NAME_HINT)


class RenamePasskeyForm(QuietForm):
    """A better name."""

    name = TextField("Name of the passkey", NAME_RULES, description=NAME_HINT)
    rename = SubmitField("Save name")


class RemovePasskeyForm(QuietForm):
    """Said on a page of its own, because it cannot be undone."""

    remove = SubmitField("Remove this passkey")
