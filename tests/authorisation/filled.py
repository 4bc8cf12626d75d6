"""What each post sends when it is meant: with it the act is done for who may, so a refusal is for no other reason."""

from collections.abc import Callable, Mapping
from uuid import UUID

Fields = Mapping[str, str]
Ids = Mapping[str, UUID | int]
PERSON = {"reference": "N-7", "surname": "Changed", "version": "1", "save": "Save person"}
DRAFT = {
    "text": "A man is believed to supply drugs in the Eastgate area.",
    "knowers": "many",
    "grade": "2D",
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


def fields(name: str, ids: Ids) -> Fields:
    """The fields of one post; `{}` where a press of the button is all."""
    found = FILLED[name]
    return found(ids) if callable(found) else found


FILLED: dict[str, Fields | Callable[[Ids], Fields]] = {
    "POST /account": {},  # asks for a passphrase and a code, which are tried in their own tests
    "POST /account/enrol": {},
    "POST /account/news/seen": {},
    "POST /account/sign-out-elsewhere": {},
    "POST /sign-out": {},
    "POST /go-on": {},
    "POST /compartments": {"name": "Heron", "make": "Make the compartment"},
    "POST /compartments/<compartment_id>/move": {"what": "N-1", "move": "Move it here"},
    "POST /compartments/<compartment_id>/go-on": {},
    "POST /compartments/<compartment_id>/propose": {"reason": "to lead on it", "propose": "Propose it"},
    "POST /compartments/release/<operation_id>": {"carry_out": "Carry it out"},
    "POST /conflicts/declare": {"about": "N-1", "reason": "a cousin", "sure": "y", "declare": "Declare it"},
    "POST /conflicts/record": {"about": "N-1", "reason": "a cousin", "record": "Cut them off"},
    "POST /conflicts/<conflict_id>/lift": {"reason": "no kin", "lift": "Propose to lift it"},
    "POST /conflicts/<conflict_id>/wall": {},
    "POST /conflicts/lift/<operation_id>": {"carry_out": "Carry it out"},
    "POST /keys/grants.csv": {},
    "POST /keys/grants/<grant_id>/review": {},
    "POST /keys/boxes/<box_id>/rotate": {},
    "POST /keys/rotations/<rotation_id>/go-on": {},
    "POST /people/<officer_id>/vet": {"level": "NPPV level 3", "vet": "Record the vetting"},
    "POST /people/<officer_id>/address": {"address": "12 Alder Street, MB1 4QQ", "keep": "Record the address"},
    "POST /people/<officer_id>/address/forget": {},
    "POST /operations/<operation_id>/approve": {"read": "yes", "approve": "Approve"},
    "POST /operations/<operation_id>/refuse": {"reason": "not needed", "decline": "Refuse"},
    "POST /account/sessions/<digest>/end": {},
    "POST /people/<officer_id>/confirm": {},
    "POST /people/<officer_id>/begin-anew": {"sure": "yes", "begin": "Give them first secrets anew"},
    "POST /export": {},  # to whom, by their key: tried in its own tests
    "POST /export/<operation_id>": {},
    "POST /account/authenticator": {},  # a code of a secret that only its page shows: in tests of its own
    "POST /account/passkeys/add": {},  # an authenticator answers in tests of its own
    "POST /account/passkeys/<passkey_id>": {"name": "Mine"},
    "POST /account/passkeys/<passkey_id>/remove": {},
    "POST /reports/<report_id>/keeping": {"decision": "keep", "reason": "still of use", "decide": "Go on"},
    "POST /register/<entry_id>/keeping": {"decision": "keep", "reason": "still of use", "decide": "Go on"},
    "POST /disposal/erasures/<operation_id>": {"carry_out": "Carry it out"},
    "POST /disposal/periods": {
        "group": "other",
        "days": "400",
        "reason": "a new code",
        "propose": "Propose the change",
    },
    "POST /disposal/periods/<operation_id>": {"carry_out": "Carry it out"},
    "POST /audit/honey": {"subject": "", "choose": "Watch this record"},
    "POST /audit/honey/<honey_id>/let-go": {},
    "POST /audit/samples": {"draw": "Draw a sample"},
    "POST /audit/samples/<seed>": {},
    "POST /reports/unseal": {"unseal": "Open new reports"},
    "POST /reports/<report_id>/why": {"reason": "to assess, grade or link it", "open": "Open the report"},
    "POST /reports/<report_id>/close": {"reason": "nothing more", "close": "Close report"},
    "POST /reports/<report_id>/reopen": {"reason": "something more", "reopen": "Open report again"},
    "POST /reports/<report_id>/files/<file_id>": {"reason": "to see the van", "show": "Show it"},
    "POST /reports/<report_id>/files/<file_id>/suspect": {"suspect": "Put it in quarantine"},
    "POST /reports/<report_id>/items": {"texts": "One thing.\n\nAnother.", "save": "Add items"},
    "POST /reports/<report_id>/items/<number>": {"text": "Changed", "save": "Save item"},
    "POST /reports/<report_id>/items/<number>/grade": GRADE,
    "POST /reports/<report_id>/links": lambda ids: {"entry_id": str(ids.get("linked_id", "")), "confirm": "Confirm"},
    "POST /reports/<report_id>/move": {"reason": "about that group", "move": "Move the report"},
    "POST /reports/<report_id>/links/ask": {"ask": "Show the suggestions"},
    "POST /reports/<report_id>/origins/<other_id>": {"two": "They have two origins"},
    "POST /reports/<report_id>/sanitise": DRAFT,
    "POST /quarantine": {"officer": "", "name_lead": "Give them the key"},
    "POST /quarantine/<report_id>/<file_id>": {"reason": "it is a doll", "ask": "Ask for its release"},
    "POST /bell": {"shown": "0", "answer": "I have this"},
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
    "POST /register/import": {},
    "POST /register/imports/<import_id>/continue": {},
    "POST /register/imports/<import_id>/stop": {},
    "POST /register/look-back": {"look": "Look through the earlier reports"},
    "POST /learning/learn": {"learn": "Learn"},
    "POST /learning/put-back": {"number": "0", "instead_of": "0"},
    "POST /sanitised/<draft_id>": {"agree": "Agree: nothing points back"},
    "POST /sanitised/<draft_id>/refer": {},
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
    "POST /people/<officer_id>/give-team": {"team": ""},
    "POST /people/<officer_id>/keys/<box_id>/take": {},
    "POST /people/teams": {"name": "Millfield", "area": "Millfield ward", "add": "Add team"},
    "POST /keys/sign": {},
    "POST /intake/refused": {"again": "Try all of them again"},
    "POST /audit/export": {},
}
