"""The public form with a counter-corruption box apart, what that box's holders have, and somebody who needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from envelope.identity import Identity
from envelope.signing import IntakeKey, SigningKey, sign_intake_key
from store.noticeboard import PublishedIntakeKey
from store.tables import intake_keys
from tests.databases import NewDatabase
from tests.pages import PageClient
from tests.public_form import PublicForm, close_form, open_form

BOX = b"c" * 16


@dataclass
class Apart:
    """A form that has pinned the key of a counter-corruption box, and what that box's holders have."""

    form: PublicForm
    signing_key: SigningKey
    identity: Identity

    def publish(self, *, signed_by: SigningKey | None = None, purpose: str = "counter-corruption") -> None:
        first = self.form.today
        last = first + timedelta(days=89)
        key = IntakeKey(BOX, self.identity.recipient().public_key, first, last, purpose)
        signed = sign_intake_key(key, signed_by or self.signing_key)
        self.form.publishing.publish_intake_keys([PublishedIntakeKey(BOX, first, last, signed.to_bytes())])

    def take_down(self) -> None:
        with self.form.engine.begin() as connection:
            connection.execute(delete(intake_keys).where(intake_keys.c.box_id == BOX))
        self.form.seconds += 60


@pytest.fixture
def apart(new_sqlite_database: NewDatabase, tmp_path: Path) -> Iterator[Apart]:
    signing_key = SigningKey.generate()
    pinned = signing_key.verifying_key.public_key
    form = open_form(new_sqlite_database("drop"), tmp_path, counter_verifying_key=pinned)
    yield Apart(form, signing_key, Identity.generate())
    close_form(form)


def about_the_police(form: PublicForm, *, danger: str = "no") -> PageClient:
    """Somebody who has answered all of it and stands before the check page's buttons."""
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="A sergeant sells what people tell", button="Continue")
    person.submit(who="Sergeant Vole", police="yes", button="Continue")
    person.submit(button="check")
    person.submit(button="change-danger")
    person.submit(danger=danger, button="Continue")
    assert person.heading() == "Check your answers"
    return person
