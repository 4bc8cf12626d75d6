"""The forms' token: the session row's own, checked in constant time, here and in the guard before every view."""

from triage.officers.errors import SignedOutError, StalePageError
from triage.officers.guard import signed_in
from triage.officers.session import token_fits
from web.forms import StaleFormError


class SessionToken:
    """Gives and checks the token of the session; the sign-in page has no session and relies on Sec-Fetch-Site."""

    def token(self) -> str:
        """What the form's hidden field holds."""
        try:
            return signed_in().token
        except SignedOutError:
            return ""

    def check(self, value: str) -> None:
        """Raises StaleFormError for a post that this session's own page did not make."""
        try:
            session = signed_in()
        except SignedOutError:
            return
        if not token_fits(session, value):
            raise StaleFormError(str(StalePageError()))
