"""One force with something of everything in it, everybody at their browser, and a way back after each change."""

from dataclasses import dataclass, field
from uuid import UUID

import pyotp
from flask import Flask

from tests.authorisation.decided import unconfirmed
from tests.authorisation.holders import HOLDERS
from tests.authorisation.kept import Kept, KeptOnPostgres, KeptOnSqlite, Rows
from tests.authorisation.objects import Ids, objects_of
from tests.force import DATABASES, Force, passphrase_of
from tests.pages import PageClient
from triage.intake.why import begins_with_it
from triage.officers.models import OfficerRow
from triage.officers.people import leave, suspend
from triage.officers.rules import OfficerState, Role
from triage.officers.service import add_officer

SEE_OTHER = 303
COOKIE = "quietword"
# What every request may write: the log and the sessions.
LOG = frozenset(
    {
        "audit_keys",
        "audit_leaves",
        "audit_head",
        "audit_checkpoints",
        "audit_tiles",
        "audit_summaries",
        "sessions",
    }
)
# Beside the test force's own people. Each has a role; what they may do with it is written in `holders.py`.
MORE_PEOPLE = {
    "sue": Role.SUPERVISOR,  # suspended while she was signed in
    "lee": Role.TRIAGE_OFFICER,  # left while he was signed in
    "alma": Role.TRIAGE_OFFICER,  # has no keys yet
    "una": Role.SUPERVISOR,  # has not chosen a passphrase of her own yet
    "ned": Role.TRIAGE_OFFICER,  # waits to be confirmed
}
MORE_PASSPHRASE = "eleven otters under a bridge"


@dataclass
class World:
    """The force, who sits at which browser, and the ids of what there is, by where it stands."""

    force: Force
    app: Flask
    objects: dict[str, Ids]
    people: dict[str, UUID] = field(default_factory=dict)
    browsers: dict[str, PageClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    doers: dict[str, tuple[str, Ids] | None] = field(default_factory=dict)  # whom `asking.doer` found, by post
    _kept: Kept = field(init=False)

    def keep(self) -> None:
        """Remember the databases as they are now."""
        force = self.force
        if force.drop.dialect.name == "sqlite":
            self._kept = KeptOnSqlite({name: force.settings.instance / f"{name}.sqlite" for name in DATABASES})
        else:
            self._kept = KeptOnPostgres({"case": force.database.case, "keys": force.database.keys, "drop": force.drop})

    def restore(self) -> None:
        """Put everything back as it was kept, under the feet of the running program; the browsers' cookies too."""
        for name, cookie in self.cookies.items():
            self.browsers[name].client.set_cookie(COOKIE, cookie)
        self._kept.restore()

    def contents(self, *, of_log: bool = False) -> dict[str, Rows]:
        """Every row of the databases but those of the log and of the sessions; or those, `of_log`."""
        return {
            name: sorted(rows, key=repr)
            for name, rows in self._kept.tables()
            if (name.partition(".")[2] in LOG) == of_log
        }


def peopled(force: Force) -> World:
    """The whole of it over a founded force."""
    app = force.shared_app()
    world = World(force, app, objects_of(force))
    for name in ("sam", "tom", "tess", "nell", "owen", "iris", "ada"):
        world.people[name] = force.officer(name).id
    for name, role in MORE_PEOPLE.items():
        world.people[name] = _join(force, name, role)
    # A code works once, and those of the force have been used: half a minute on, all sign in at one moment.
    force.clock.forward(seconds=30)
    for name in world.people:
        passphrase = MORE_PASSPHRASE if name in MORE_PEOPLE else passphrase_of(name)
        world.browsers[name] = client = PageClient(app)
        _sign_in(force, client, name, passphrase)
        client.page("/account")
        world.tokens[name] = client.value("csrf_token")
        kept = client.client.get_cookie(COOKIE)
        assert kept is not None
        world.cookies[name] = kept.value
    _say_why(world)
    world.browsers["nobody"] = PageClient(app)
    world.tokens["nobody"] = "0" * 48
    with force.database.begin() as session:
        suspend(session, world.people["sue"], reason="a test", by=force.officer("ada"))
        leave(session, world.people["lee"], by=force.officer("ada"))
    world.objects |= {
        "suspended": {"officer_id": world.people["sue"]},
        "awaits keys": {"officer_id": world.people["alma"]},
        "unconfirmed": {"officer_id": unconfirmed(force, world.people["ned"])},
    }
    world.keep()
    return world


def _say_why(world: World) -> None:
    """Everybody has said why they open the reports that they hold the key to, so that nobody is asked on the way: but
    of one, of which they are asked."""
    with world.force.database.begin() as session:
        for place, ids in world.objects.items():
            if place == "desk, read before":
                continue
            reports = {ids[name] for name in ("report_id", "other_id") if name in ids}
            for who in HOLDERS[place] | ({"tom", "tess", "sam"} if place == "quarantine" else set()):
                for report_id in reports:
                    assert isinstance(report_id, UUID)
                    begins_with_it(session, world.tokens[who], report_id)


def _join(force: Force, name: str, role: Role) -> UUID:
    with force.database.begin() as session:
        made = add_officer(
            session,
            force.settings,
            name=name.capitalize(),
            sign_in_name=name,
            role=role,
            passphrase=MORE_PASSPHRASE,
            by=force.officer("ada" if name == "alma" else "sam"),
            typed_by_themselves=name != "una",
        )
        force.totp[name] = made.totp_secret
        if name == "una":
            row = session.get_one(OfficerRow, made.officer_id)
            assert row.enrolled_on is None
        wanted = OfficerState.AWAITING_KEYS if name == "alma" else OfficerState.ACTIVE
        assert session.get_one(OfficerRow, made.officer_id).state == wanted
    return made.officer_id


def _sign_in(force: Force, client: PageClient, name: str, passphrase: str) -> None:
    answer = client.client.post(
        "/sign-in",
        data={
            "sign_in_name": name,
            "passphrase": passphrase,
            "code": pyotp.TOTP(force.totp[name]).at(force.clock.now),
        },
        base_url=client.base_url,
    )
    assert answer.status_code == SEE_OTHER, (name, answer.text)
