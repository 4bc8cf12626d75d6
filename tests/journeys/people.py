"""The people of the whole way, each with a browser of their own and words for what they do."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

from flask import Flask

from envelope.signing import VerifyingKey
from reporting.app import create_app as create_form
from store.noticeboard import PublishedIntakeKey
from tests.force import Force, client_for, sign_in_with
from tests.pages import PageClient, text_of
from tests.public_form import settings_over
from triage.intake.collecting import Wanted, release_drops
from triage.outcome.publishing import publish_due_notices

PEOPLE = """\
reference,group,role,function,surname,given_names,nicknames,born,sex,addresses,vehicles,phones,notes
N-01,OCG-01,principal,leader,Garrick,Anthony,Big Tony,,,"17 Mill Lane, Eastgate",MB00 XRT|Volkswagen|Golf|white,,
N-02,OCG-01,significant,courier,Garrick,Kyle,Kylo,,,"5 Bobbin Row, Eastgate",MC00 PLK|Ford|Transit|grey,,
"""
GROUPS = """\
reference,name,aliases,type,area,threats,status,notes
OCG-01,Garrick family,The Garricks,family-based,Eastgate,drugs;violence,active,Three generations on Mill Lane.
"""


def bring_register(folder: Path) -> Path:
    """Write a tiny register as a force would bring it; gives the folder."""
    folder.mkdir()
    (folder / "groups.csv").write_text(GROUPS, "utf-8")
    (folder / "people.csv").write_text(PEOPLE, "utf-8")
    return folder


@dataclass
class Town:
    """A force and its public form over one store, and the collector that goes between them."""

    force: Force
    form: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.force.publishing.publish_intake_keys(
            PublishedIntakeKey(signed.key.box_id, signed.key.not_before, signed.key.not_after, signed.to_bytes())
            for signed in self.force.intake_keys
        )
        key: VerifyingKey = self.force.verifying_key
        settings = settings_over(self.force.settings.drop_url, self.force.settings.instance, key.public_key)
        self.form = create_form(settings, today=lambda: self.force.today)
        self.form.testing = True

    def reporter(self) -> "Reporter":
        return Reporter(self.form)

    def officer(self, name: str) -> "OfficerAtDesk":
        return OfficerAtDesk(self.force, name)

    def collector_comes(self) -> None:
        """Take in what waits, and publish the notices of the day."""
        settings = self.force.settings
        release_drops(self.force.database, settings, self.force.collection, release=Wanted.EVERYTHING)
        publish_due_notices(
            self.force.database, settings, publishing=self.force.publishing, collection=self.force.collection
        )

    def next_day(self) -> None:
        """A day later everybody's session is over, and the collector has been round."""
        self.force.clock.forward(days=1)
        self.collector_comes()

    def __enter__(self) -> "Town":
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self.form.extensions["quietword.engines"]:
            engine.dispose()


class Reporter(PageClient):
    """Somebody who knows something, and whom nobody must know."""

    receipt = ""

    def sends(self, what: str, **answers: str) -> None:
        """Say it on the form, check it, send it, and write the receipt down."""
        self.page("/")
        self.submit(button="Start")
        self.submit(what=what, button="Continue")
        while self.heading() != "Check your answers":
            known = {name: words for name, words in answers.items() if f'name="{name}"' in self.response.text}
            self.submit(known, button="Continue")
        self.submit(button="Send")
        assert self.heading() == "Sent"
        [words] = [one for one in self.root.iter("ol") if one.get("class") == "qw-receipt-words"]
        self.receipt = " ".join(text_of(word) for word in words)

    def asks_for_news(self) -> str:
        """Type in the receipt; gives the headline of the news."""
        self.page("/receipt")
        self.submit(receipt=self.receipt, button="Check")
        assert self.heading() == "News about your report"
        return text_of(next(one for one in self.root.iter("h2")))


class OfficerAtDesk:
    """Somebody of the force at their browser, signed in through the page."""

    def __init__(self, force: Force, name: str) -> None:
        self.force = force
        self.name = name
        self.at = client_for(force, name)

    def signs_in_again(self) -> None:
        sign_in_with(self.force, self.at, self.name)

    @property
    def page(self) -> PageClient:
        return self.at

    def opens_new_reports(self) -> None:
        self.at.page("/reports")
        self.at.submit(button="Open new reports")

    def reads(self, words: str) -> str:
        """Open the report that says these words, wherever it stands in the queue; gives its address."""
        self.at.page("/reports")
        links = [one.get("href", "") for one in self.at.root.iter("a") if one.get("data-row-link") is not None]
        for link in links:
            path = urljoin("/reports", link)
            self.at.page(path)
            if words in self.at.text():
                return path
        raise AssertionError(f"No report in the queue says {words!r}")

    def splits(self, report: str, *items: str) -> None:
        """Write down the separate things a report says."""
        self.at.page(f"{report}/items")
        self.at.submit(texts="\n\n".join(items), button="Add items")

    def grades(self, report: str, number: int, intelligence: str, **more: object) -> None:
        """Grade one item, from what the page starts with."""
        self.at.page(f"{report}/items/{number}/grade")
        self.at.submit({"intelligence": intelligence, **more}, button="Save grade")
        assert not self.at.errors(), self.at.errors()

    def links(self, report: str, name: str, decision: str = "Confirm") -> None:
        """Decide about somebody whom the program suggests."""
        self.at.page(f"{report}/links")
        self.at.submit(button=f"{decision} {name}")

    def drafts(self, report: str, text: str, *do_not: str, knowers: str = "many") -> str:
        """Write a text that may leave and put it forward, having read every warning; gives its address."""
        self.at.page(f"{report}/sanitise")
        self.at.submit(text=text, do_not="\n".join(do_not), knowers=knowers, button="Put forward")
        if self.at.errors():
            self.at.submit(warnings_read="y", button="Put forward")
        assert not self.at.errors(), self.at.errors()
        return self.at.path.partition("?")[0]

    def agrees(self, draft: str) -> None:
        self.at.page("/sanitised")
        self.at.page(draft)
        self.at.submit(button="Agree: nothing points back")
        self.at.sees("It can be referred to a team now")

    def refers(self, draft: str, team: str, *, embargo_until: date, asks: tuple[str, ...] = ("OBSERVE",)) -> str:
        """Send an agreed text to a team; gives the referral's address."""
        self.at.page(f"{draft}/refer")
        day = {f"embargo_until-{part}": str(getattr(embargo_until, part)) for part in ("day", "month", "year")}
        self.at.submit({"team": str(self.force.team_ids[team]), "asks": list(asks), **day}, button="Refer it")
        assert not self.at.errors(), self.at.errors()
        return self.at.path.partition("?")[0]

    def records(self, referral: str, code: str, words: str = "") -> None:
        """Say what came of a referral."""
        self.at.page(f"{referral}/outcome")
        self.at.submit(code=code, words=words, button="Record it")
        self.at.sees("The desk can read it now")

    def closes(self, report: str, reason: str) -> None:
        self.at.page(f"{report}/close")
        self.at.submit(reason=reason)
        assert not self.at.errors(), self.at.errors()


def in_days(force: Force, days: int) -> date:
    return force.today + timedelta(days=days)
