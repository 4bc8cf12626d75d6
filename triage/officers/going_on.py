"""Going on, signed in anew, with what somebody had typed into a page that asked them who they are.

Their session ended while that page stood. Its post comes to the sign-in page, which carries it through unopened; then
whoever has signed in is shown what it holds, if it is theirs, and sends it on by a press of their own.
"""

from flask import g, render_template, request
from werkzeug.datastructures import MultiDict

from triage.database import database
from triage.officers.addresses import is_ours
from triage.officers.errors import SignedOutError, StalePageError
from triage.officers.forms import GoOnForm, SignInForm
from triage.officers.guard import signed_in
from triage.officers.kept_posts import KEPT_FIELD, open_post
from triage.officers.kept_words import words_in
from triage.officers.session import SignedIn
from triage.settings import settings


def sign_in_page_that_keeps(kept: str, address: str) -> str:
    """The sign-in page with a sealed post in it, and with where the post was for."""
    form = SignInForm(formdata=None)
    form.kept.data, form.kept_for.data = kept, address
    return render_template("officers/sign_in.html", form=form, ended=False)


def page_to_go_on(here: SignedIn, kept: str, address: str) -> str | None:
    """The page that shows what was typed and goes on with it; None where it is not theirs, too old or for no page."""
    if not kept or not here.is_enrolled or not is_ours(address, "POST"):
        return None
    try:
        fields = open_post(settings(), here, kept, address.partition("?")[0], database().clock())
    except StalePageError:
        return None
    g.signed_in = here  # whose token the form carries
    form = GoOnForm(formdata=None)
    form.kept.data = kept
    return render_template("officers/go_on.html", form=form, address=address, words=words_in(MultiDict(fields)))


def page_to_go_on_in_this_session() -> str | None:
    """The same for a page of an earlier session of theirs, sent when they had signed in elsewhere in the browser."""
    try:
        here = signed_in()
    except SignedOutError:
        return None
    return page_to_go_on(here, request.form.get(KEPT_FIELD, ""), request.full_path.rstrip("?"))
