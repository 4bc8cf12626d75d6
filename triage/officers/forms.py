"""The forms of signing in and of one's own account."""

from typing import Any

from wtforms.validators import EqualTo, InputRequired

from triage.officers.door import Tried
from web.fields import HiddenField, PasswordField, SubmitField, TextField
from web.forms import QuietForm


class SignInForm(QuietForm):
    """Name, passphrase and code, on one page."""

    sign_in_name = TextField("Sign-in name", [InputRequired("Enter your sign-in name")])
    passphrase = PasswordField("Passphrase", [InputRequired("Enter your passphrase")])
    code = TextField(
        "Code",
        [InputRequired("Enter the code your authenticator shows")],
        description="The six digits that your authenticator shows now. Each code works once.",
    )
    after = HiddenField()
    kept = HiddenField()
    kept_for = HiddenField()
    passkey = HiddenField()
    enter = SubmitField("Sign in")

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms has no types
        """A passkey's answer stands in for the code."""
        if self.passkey.data:
            self.code.validators = ()
        return bool(super().validate(extra_validators))

    def to_tried(self, *, device_cookie: str, session_cookie: str) -> Tried:
        """What was typed, with what the browser already keeps."""
        return Tried(
            self.sign_in_name.data or "",
            self.passphrase.data or "",
            self.code.data or "",
            device_cookie,
            session_cookie,
            self.passkey.data or "",
        )


class ProveForm(QuietForm):
    """The passphrase and a code once more, and what somebody was about to send, sealed."""

    kept = HiddenField()
    proof_passkey = HiddenField()
    proof_passphrase = PasswordField("Passphrase", [InputRequired("Enter your passphrase")])
    proof_code = TextField(
        "Code",
        [InputRequired("Enter the code your authenticator shows")],
        description="The six digits that your authenticator shows now. A code that you signed in with does not work.",
    )
    prove = SubmitField("Go on")

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms has no types
        """A passkey's answer stands in for both: the session holds what they would unlock."""
        if self.proof_passkey.data:
            self.proof_passphrase.validators = self.proof_code.validators = ()
        return bool(super().validate(extra_validators))


class GoOnForm(QuietForm):
    """One button, over what somebody was about to send when their session ended, sealed."""

    kept = HiddenField()
    go_on = SubmitField("Go on")


class ChangePassphraseForm(QuietForm):
    """A new passphrase, asked of nobody but who knows the old one."""

    current = PasswordField("Passphrase you have now", [InputRequired("Enter the passphrase you have now")])
    code = TextField(
        "Code",
        [InputRequired("Enter the code your authenticator shows")],
        description="The six digits that your authenticator shows now. A code that you signed in with does not work.",
    )
    new = PasswordField(
        "New passphrase",
        [InputRequired("Enter a new passphrase")],
        description="14 characters or more, such as four random words.",
    )
    again = PasswordField(
        "New passphrase again",
        [
            InputRequired("Enter the new passphrase a second time"),
            EqualTo("new", "Enter the same new passphrase twice"),
        ],
    )
    change = SubmitField("Change passphrase")


class AuthenticatorForm(QuietForm):
    """A code of the authenticator that takes the place of another."""

    secret = HiddenField()
    code = TextField(
        "Code of the new authenticator",
        [InputRequired("Enter the code that the new authenticator shows")],
        description="The six digits that it shows now for the new entry.",
    )
    use = SubmitField("Use it from now on")


class EnrolForm(QuietForm):
    """A passphrase and a second factor that nobody else has seen."""

    secret = HiddenField()
    code = TextField(
        "Code",
        [InputRequired("Enter the code your authenticator shows for the new entry")],
        description="The six digits that your authenticator shows now for the new entry.",
    )
    new = PasswordField(
        "Your own passphrase",
        [InputRequired("Enter a passphrase of your own")],
        description="14 characters or more, such as four random words.",
    )
    again = PasswordField(
        "Your own passphrase again",
        [InputRequired("Enter your passphrase a second time"), EqualTo("new", "Enter the same passphrase twice")],
    )
    choose = SubmitField("Use these from now on")
