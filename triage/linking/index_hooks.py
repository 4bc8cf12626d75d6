"""Ties the index to who is signed in: begun with an officer's first page, let go when they sign out, told on pages."""

from flask import Flask, Response, g, request

from triage.database import database
from triage.linking.holder.standing import Standing
from triage.linking.index import index_over, index_standing, is_large, matcher_for
from triage.officers.guard import current_officer
from triage.officers.session import SignedIn

QUEUE = "casefile.queue"
OK = 200
SEE_OTHER = 303


def keep_index_with_sessions(app: Flask) -> None:
    """Let go of the index with a sign-out, and give templates `index_standing()`."""

    def begin_early(response: Response) -> Response:
        """A large register is opened while its officer looks at the queue, before they read the first report."""
        signed_in = g.get("signed_in")
        if request.endpoint == QUEUE and response.status_code == OK and isinstance(signed_in, SignedIn):
            with database().look() as session:
                if is_large(session, by=signed_in.officer):
                    matcher_for(session, by=signed_in.officer)
        return response

    def let_go(response: Response) -> Response:
        signed_in = g.get("signed_in")
        is_done = request.endpoint == "officers.sign_out" and response.status_code == SEE_OTHER
        if is_done and isinstance(signed_in, SignedIn):
            with database().look() as session:
                index_over(database()).let_go(session, by=signed_in.officer)
        return response

    app.after_request(begin_early)
    app.after_request(let_go)
    app.context_processor(lambda: {"index_standing": _standing})


def _standing() -> Standing:
    """How the index stands for whoever is signed in, asked once a page."""
    found = g.get("index_standing")
    if not isinstance(found, Standing):
        with database().look() as session:
            found = g.index_standing = index_standing(session, by=current_officer())
    return found
