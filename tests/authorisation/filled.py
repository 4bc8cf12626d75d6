"""What each post sends when it is meant: with it the act is done for who may, so a refusal is for no other reason."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

from tests.authorisation.decided import RECEIVER, next_code
from tests.authorisation.world import MORE_PASSPHRASE, World
from tests.force import PEOPLE, passphrase_of
from triage.referral.rules import Ask, LawfulPurpose, Marking

Fields = Mapping[str, object]  # a field's words, a list of them, or a file with its name
Ids = Mapping[str, UUID | int]
Filling = Callable[[World, str, Ids], Fields]
PERSON = {"reference": "N-7", "surname": "Changed", "version": "1", "save": "Save person"}
DRAFT = {
    "text": "A man is believed to supply drugs in the Eastgate area.",
    "knowers": "many",
    "grade": "2/D",
    "handling": "C",
    "instructions": "Not beyond the team.",
    "action": "A1",
    "sanction": "S2",
    "save": "Save",
}
GRADE = {
    "source": "2",
    "intelligence": "D",
    "handling": "P",
    "nature": "claim",
    "over_version": "0",
    "why": "a test",
    "save": "Save grade",
}
GROUPS = b"reference,name,aliases,type,area,threats,status,notes\nOCG-5,The quay lot,,,,,,\n"
NEW_PASSPHRASE = "seventeen herons by a weir"


def fields(world: World, who: str, name: str, ids: Ids) -> Fields:
    """The fields of one post; `{}` where a press of the button is all."""
    found = FILLED[name]
    return found(world, who, ids) if callable(found) else found


def hidden(world: World, who: str, path: str, name: str) -> str:
    """What stands unseen in a field of a page as somebody gets it; nothing where they do not get it."""
    client = world.browsers[who]
    page = client.client.get(path, base_url=client.base_url).get_data(as_text=True)
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    return found.group(1) if found else ""


def day(name: str, when: date) -> dict[str, str]:
    """The three inputs of a date."""
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def new_passphrase(world: World, who: str, _ids: Ids) -> Fields:
    if who not in world.force.totp:
        return {}
    old = passphrase_of(who) if who in {one[0] for one in PEOPLE} else MORE_PASSPHRASE
    return {"current": old, "code": next_code(world.force, who), "new": NEW_PASSPHRASE, "again": NEW_PASSPHRASE}


def an_export(world: World, _who: str, _ids: Ids) -> Fields:
    days = {**day("since", world.force.today - timedelta(days=2)), **day("until", world.force.today)}
    key = RECEIVER.recipient().encode()
    return {**days, "recipient": key, "reason": "to the region", "propose": "Propose the export"}


def a_referral(world: World, _who: str, _ids: Ids) -> Fields:
    return {
        "team": str(world.force.team_ids["Eastgate"]),
        "asks": [Ask.OBSERVE.name],
        "purpose": LawfulPurpose.PREVENT.name,
        "marking": Marking.OFFICIAL.name,
        **day("expires_on", world.force.today + timedelta(days=28)),
        "send": "Refer it",
    }


def an_agreement(world: World, who: str, ids: Ids) -> Fields:
    seen = hidden(world, who, f"/sanitised/{ids['draft_id']}", "seen")
    return {"seen": seen, "agree": "Agree: nothing points back"}


def what_was_found(world: World, who: str, ids: Ids) -> Fields:
    line = hidden(world, who, f"/audit/samples/{ids['seed']}", "line")
    return {"line": line, "outcome": "in order", "review": "Record"}


def a_vetting(world: World, _who: str, _ids: Ids) -> Fields:
    until = day("until", world.force.today + timedelta(days=400))
    return {"level": "NPPV level 3", **until, "vet": "Record the vetting"}


FILLED: dict[str, Fields | Filling] = {
    "POST /account": new_passphrase,
    "POST /account/enrol": {},
    "POST /account/news/seen": {},
    "POST /account/sign-out-elsewhere": {},
    "POST /sign-out": {},
    "POST /go-on": {},
    "POST /compartments": lambda world, _who, _ids: {
        "name": "Heron",
        "holders": [str(world.people[one]) for one in ("sam", "tess")],
        "make": "Make the compartment",
    },
    "POST /compartments/<compartment_id>/move": {"what": "N-1", "move": "Move it here"},
    "POST /compartments/<compartment_id>/go-on": {},
    "POST /compartments/<compartment_id>/propose": lambda world, _who, _ids: {
        "officer": str(world.people["tom"]),
        "reason": "to lead on it",
        "propose": "Propose it",
    },
    "POST /compartments/release/<operation_id>": {"carry_out": "Carry it out"},
    "POST /conflicts/declare": {"about": "N-1", "reason": "a cousin", "sure": "y", "declare": "Declare it"},
    "POST /conflicts/record": lambda world, _who, _ids: {
        "officer": str(world.people["tom"]),
        "about": "N-1",
        "reason": "a cousin",
        "record": "Cut them off",
    },
    "POST /conflicts/<conflict_id>/lift": {"reason": "no kin", "lift": "Propose to lift it"},
    "POST /conflicts/<conflict_id>/wall": {},
    "POST /conflicts/lift/<operation_id>": {"carry_out": "Carry it out"},
    "POST /keys/grants.csv": {},
    "POST /keys/grants/<grant_id>/review": {},
    "POST /keys/boxes/<box_id>/rotate": {},
    "POST /keys/rotations/<rotation_id>/go-on": {},
    "POST /people/<officer_id>/vet": a_vetting,
    "POST /people/<officer_id>/address": {"address": "3 Mill Lane, MB1 4QR", "keep": "Record the address"},
    "POST /people/<officer_id>/address/forget": {},
    "POST /operations/<operation_id>/approve": {"read": "yes", "approve": "Approve"},
    "POST /operations/<operation_id>/refuse": {"reason": "not needed", "decline": "Refuse"},
    "POST /account/sessions/<digest>/end": {},
    "POST /people/<officer_id>/confirm": {},
    "POST /people/<officer_id>/begin-anew": {"sure": "yes", "begin": "Give them first secrets anew"},
    "POST /export": an_export,
    "POST /export/<operation_id>": {"recipient": RECEIVER.recipient().encode(), "export": "Export"},
    "POST /account/authenticator": {},  # a code of a secret that only its page shows: in tests of its own
    "POST /account/passkeys/add": {},  # an authenticator answers in tests of its own
    "POST /account/passkeys/<passkey_id>": {"name": "Mine"},
    "POST /account/passkeys/<passkey_id>/remove": {},
    "POST /reports/<report_id>/keeping": {
        "decision": "hold",
        "group": "all other",
        "reason": "a trial",
        "decide": "Go on",
    },
    "POST /register/<entry_id>/keeping": {"decision": "keep", "reason": "still of use", "decide": "Go on"},
    "POST /disposal/erasures/<operation_id>": {"carry_out": "Carry it out"},
    "POST /disposal/periods": {
        "group": "not graded",
        "days": "60",
        "reason": "a new code",
        "propose": "Propose the change",
    },
    "POST /disposal/periods/<operation_id>": {"carry_out": "Carry it out"},
    "POST /audit/honey": lambda world, _who, _ids: {
        "subject": str(world.objects["desk"]["report_id"]),
        "choose": "Watch this record",
    },
    "POST /audit/honey/<honey_id>/let-go": {},
    "POST /audit/samples": {"draw": "Draw a sample"},
    "POST /audit/samples/<seed>": what_was_found,
    "POST /reports/unseal": {"unseal": "Open new reports"},
    "POST /reports/<report_id>/why": {"reason": "to assess, grade or link it", "open": "Open the report"},
    "POST /reports/<report_id>/close": {"reason": "nothing more", "close": "Close report"},
    "POST /reports/<report_id>/reopen": {"reason": "something more", "reopen": "Open report again"},
    "POST /reports/<report_id>/files/<file_id>": {"reason": "to see the van", "show": "Show it"},
    "POST /reports/<report_id>/files/<file_id>/suspect": {"suspect": "Put it in quarantine"},
    "POST /reports/<report_id>/items": {"texts": "One thing.\n\nAnother.", "save": "Add items"},
    "POST /reports/<report_id>/items/<number>": {"text": "Changed", "save": "Save item"},
    "POST /reports/<report_id>/items/<number>/grade": GRADE,
    "POST /reports/<report_id>/links": lambda _world, _who, ids: {
        "entry_id": str(ids.get("linked_id", "")),
        "confirm": "Confirm",
    },
    "POST /reports/<report_id>/move": lambda world, _who, _ids: {
        "compartment": str(world.objects["walls"]["compartment_id"]),
        "reason": "about that group",
        "move": "Move the report",
    },
    "POST /reports/<report_id>/links/ask": {"ask": "Show the suggestions"},
    "POST /reports/<report_id>/origins/<other_id>": {"two": "They have two origins"},
    "POST /reports/<report_id>/sanitise": DRAFT,
    "POST /quarantine": lambda world, _who, _ids: {
        "officer": str(world.people["tess"]),
        "name_lead": "Give them the key",
    },
    "POST /quarantine/<report_id>/<file_id>": {"reason": "it is a doll", "ask": "Ask for its release"},
    "POST /bell": {"shown": "1", "answer": "I have this: stop the alarm"},
    "POST /search": {"words": "a van", "search": "Search"},
    "POST /search/<search_id>/delete": {"delete": "Delete this search"},
    "POST /search/<search_id>/export": {"reason": "for a court", "export": "Export"},
    "POST /search/<search_id>/keep": {"name": "Vans", "keep": "Keep this search"},
    "POST /register/<entry_id>/archive": {"version": "1", "reason": "he is gone", "archive": "Archive"},
    "POST /register/<entry_id>/edit": PERSON,
    "POST /register/<entry_id>/restore": {"version": "2"},
    "POST /register/<entry_id>/ties/<tie_id>/remove": {},
    "POST /register/<entry_id>/ties/new": {"type": "associate", "words": "the mill", "save": "Add tie"},
    "POST /register/groups/new": {"name": "The mill lot", "save": "Save group"},
    "POST /register/people/new": {"surname": "Newcomer", "save": "Save person"},
    "POST /register/import": lambda _world, _who, _ids: {
        "groups": (BytesIO(GROUPS), "groups.csv"),
        "save": "Import",
    },
    "POST /register/imports/<import_id>/continue": {},
    "POST /register/imports/<import_id>/stop": {},
    "POST /register/look-back": {"look": "Look through the earlier reports"},
    "POST /learning/learn": {"learn": "Learn"},
    "POST /learning/put-back": {"number": "0", "instead_of": "0"},
    "POST /sanitised/<draft_id>": an_agreement,
    "POST /sanitised/<draft_id>/refer": a_referral,
    "POST /sanitised/<draft_id>/take-back": {"take_back": "Take it back to change it"},
    "POST /referrals/<referral_id>/acknowledge": {"acknowledge": "I have read it"},
    "POST /referrals/<referral_id>/outcome": {"code": "OBN", "words": "", "save": "Record it"},
    "POST /outcomes/<outcome_id>/report": {},
    "POST /people/add": {
        "name": "New",
        "sign_in_name": "new",
        "role": "auditor",
        "passphrase": "",
        "add": "Add officer",
    },
    "POST /people/<officer_id>/suspend": {"reason": "a test of it", "suspend": "Suspend"},
    "POST /people/<officer_id>/restore": {},
    "POST /people/<officer_id>/leave": {"sure": "yes", "leave": "Destroy their keys"},
    "POST /people/<officer_id>/give-role": {},
    "POST /people/<officer_id>/give-team": lambda world, _who, _ids: {
        "team": str(world.objects["anybody"]["other_box_id"]),
    },
    "POST /people/<officer_id>/keys/<box_id>/take": {},
    "POST /people/teams": {"name": "Millfield", "area": "Millfield ward", "add": "Add team"},
    "POST /keys/sign": {},
    "POST /intake/refused": {"again": "Try all of them again"},
    "POST /audit/export": {},
}
