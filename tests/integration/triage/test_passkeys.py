"""Passkeys: an authenticator lets its officer in and unlocks their keys, and nothing else does."""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from envelope.errors import EnvelopeError
from envelope.vault import decrypt_blob, derive
from tests.audit_lines import audit_lines, lines_of_the_system
from tests.authenticator import PRESENT, VERIFIED, Authenticator, octets, text
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from tests.sign_in_page import REFUSED, WRONG, cookie_of
from tests.sign_in_page import sessions as count_sessions
from triage.intake.collecting import Wanted, release_drops
from triage.officers.models import OfficerRow
from triage.officers.passkeys.answers import read_answer
from triage.officers.passkeys.challenges import Purpose, make_challenge
from triage.officers.passkeys.errors import PasskeyRefusedError, RawSecretError
from triage.officers.passkeys.keeping import LOCK_LABEL, _context
from triage.officers.passkeys.models import PasskeyRow, SpentChallengeRow
from triage.officers.patience import FREE_TRIES

ORIGIN = "http://localhost:5001"
NOT_ACCEPTED = ["The passkey was not accepted. Try once more, or use your passphrase and a code instead."]


@pytest.fixture
def force(force: Force) -> Force:
    force.settings = replace(force.settings, origin=ORIGIN)
    return force


@dataclass
class Person:
    """An officer at a browser that has a passkey of theirs."""

    force: Force
    name: str
    at: PageClient
    key: Authenticator = field(default_factory=Authenticator)

    def asks(self, path: str) -> dict[str, Any]:
        """What a page's script is told to ask the authenticator for."""
        response = self.at.client.get(path, base_url=self.at.base_url)
        assert response.status_code == 200
        found: dict[str, Any] = response.get_json()
        return found

    def adds(self, name: str = "Blue key", **bent: Any) -> None:
        self.at.page("/account/passkeys/add")
        self.at.submit(name=name, answer=json.dumps(self.key.adds(self.asks("/account/passkeys/options"), **bent)))

    def signs_in(self, at: PageClient | None = None, **bent: Any) -> PageClient:
        """By the passkey alone, from another browser unless told."""
        other = at or PageClient(self.force.shared_app())
        options = other.client.get("/sign-in/passkey", base_url=other.base_url).get_json()
        answer = self.key.answers(options, **bent)
        other.post("/sign-in/passkey", {"answer": json.dumps(answer), "after": "/account"})
        return other


@pytest.fixture
def tom(force: Force) -> Person:
    person = Person(force, "tom", client_for(force, "tom"))
    person.adds()
    assert person.at.heading() == "Your passkeys"
    return person


def is_in(client: PageClient, name: str = "Tom Arkwright") -> bool:
    client.page("/account")
    return client.heading() == "Your account" and name in client.text()


def test_a_passkey_lets_its_officer_in_and_unlocks_their_keys(force: Force, tom: Person) -> None:
    tom.at.sees("Blue key")
    tom.at.sees("Unlocks your keys")
    tom.at.sees("Never")
    force.send("A white van behind the bakery.")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    other = tom.signs_in()
    assert is_in(other)
    other.page("/reports")
    other.submit(button="Open new reports")
    other.sees("A white van behind the bakery.")
    other.page("/account/passkeys")
    other.does_not_see("Never")
    signed_in = [line for line in audit_lines(force, force.officer("tom").id) if line["act"] == "signed in"]
    assert signed_in[-1]["reason"] == "by passkey"


def test_several_passkeys_each_open_the_same_keys(force: Force, tom: Person) -> None:
    second = replace(tom, key=Authenticator(counts=False))
    second.adds("Phone")
    tom.at.sees("Phone")
    assert is_in(tom.signs_in())
    assert is_in(second.signs_in())
    assert is_in(second.signs_in()), "an authenticator that does not count is let in again"


def test_one_authenticator_is_not_added_twice_nor_to_somebody_else(force: Force, tom: Person) -> None:
    tom.adds("Again")
    assert tom.at.errors() == NOT_ACCEPTED
    tess = Person(force, "tess", client_for(force, "tess"), key=tom.key)
    tess.adds("Mine now")
    assert tess.at.errors() == NOT_ACCEPTED


def test_no_more_than_ten_are_kept_and_each_has_a_name(force: Force, tom: Person) -> None:
    tom.adds("")
    assert tom.at.errors() == ["Enter a name for the passkey"]
    tom.adds("x" * 61)
    assert tom.at.errors() == ["Make the name shorter"]
    for number in range(9):
        replace(tom, key=Authenticator()).adds(f"Key {number}")
    replace(tom, key=Authenticator()).adds("One too many")
    assert tom.at.errors() == ["You have 10 passkeys already. Remove one that you do not use any more first."]


def test_the_name_can_be_changed_and_a_lost_passkey_removed(force: Force, tom: Person) -> None:
    tom.at.follow("Name Blue key anew")
    tom.at.submit(name="Grey key", button="Save name")
    tom.at.sees("Grey key")
    tom.at.follow("Remove Grey key")
    tom.at.submit(button="Remove this passkey")
    tom.at.sees("opens nothing here any more")
    assert not is_in(tom.signs_in())
    acts = [line["act"] for line in audit_lines(force, force.officer("tom").id)]
    assert acts[-3:] == ["passkey added", "passkey named anew", "passkey removed"]
    with force.database.look() as session:
        assert session.scalars(select(PasskeyRow)).all() == []


def test_nobody_sees_names_or_removes_a_passkey_of_somebody_else(force: Force, tom: Person) -> None:
    with force.database.look() as session:
        passkey_id = session.scalars(select(PasskeyRow.id)).one()
    tess = client_for(force, "tess")
    for path in (f"/account/passkeys/{passkey_id}", f"/account/passkeys/{passkey_id}/remove"):
        tess.page(path, status=404)
        tess.page("/account")
        tess.post(path, {"csrf_token": tess.value("csrf_token"), "name": "Mine"}, status=404)
    assert is_in(tom.signs_in())


def test_adding_and_removing_ask_again_after_five_minutes(force: Force, tom: Person) -> None:
    force.clock.forward(minutes=6)
    tom.at.page("/account/passkeys/add", status=403)
    assert tom.at.heading() == "Show that it is you"
    tom.at.submit(
        proof_passkey=json.dumps(tom.key.answers(tom.asks("/account/passkeys/prove"), unlocks=False)), button="Go on"
    )
    assert tom.at.heading() == "Add a passkey"


# What an answer may not be: (how it is bent, what is wrong with it).
BENT: list[dict[str, Any]] = [
    {"origin": "http://localhost:5002"},
    {"origin": "https://localhost:5001"},
    {"origin": "http://localhost:5001.evil.example"},
    {"relying_party": "evil.example"},
    {"kind": "webauthn.create"},
    {"flags": PRESENT},
    {"flags": VERIFIED},
    {"flags": 0},
    {"cross_origin": True},
    {"signature": b"0" * 70},
    {"count": 0},
    {"user": text(b"\0" * 16)},
    {"challenge": text(b"\0" * 56)},
    {"challenge": text(b"")},
    {"unlock": text(b"\0" * 32)},
    {"unlock": text(b"\0" * 31)},
    {"more": {"id": text(b"\0" * 32), "rawId": text(b"\0" * 32)}},
    {"more": {"type": "password"}},
]


def test_an_answer_that_is_bent_lets_nobody_in(force: Force, tom: Person) -> None:
    assert is_in(tom.signs_in())
    before = count_sessions(force)
    for bent in BENT:
        force.clock.forward(minutes=15)  # as long as anybody ever waits
        other = tom.signs_in(**bent)
        assert other.heading() == "Sign in", bent
        assert other.errors() == NOT_ACCEPTED, bent
    assert count_sessions(force) == before
    force.clock.forward(minutes=15)
    assert is_in(tom.signs_in())


def test_a_new_key_that_is_bent_is_not_added(force: Force) -> None:
    person = Person(force, "tom", client_for(force, "tom"))
    for bent in BENT[:9]:
        flags = {"flags": bent["flags"] | 0x40} if "flags" in bent else {}
        person.adds(**{**bent, **({"kind": "webauthn.get"} if "kind" in bent else {}), **flags})
        assert person.at.errors() == NOT_ACCEPTED, bent
    with force.database.look() as session:
        assert session.scalar(select(func.count()).select_from(PasskeyRow)) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"clientExtensionResults": {"prf": {"results": {"first": "c2VjcmV0"}}}},
        {"clientExtensionResults": {}},
        {"prf": {"results": {"first": "c2VjcmV0"}}},
        {"response": {"clientDataJSON": "e30", "extensions": [{"first": "c2VjcmV0"}]}},
    ],
)
def test_what_the_authenticator_made_itself_is_refused(force: Force, tom: Person, more: dict[str, Any]) -> None:
    """`credential.toJSON()` carries it: the server takes nothing of such an answer."""
    with pytest.raises(RawSecretError):
        read_answer(json.dumps(tom.key.answers({"challenge": "AA"}) | more))
    other = tom.signs_in(more=more)
    assert other.errors() == NOT_ACCEPTED


def test_an_answer_is_taken_once(force: Force, tom: Person) -> None:
    other = PageClient(force.shared_app())
    options = other.client.get("/sign-in/passkey", base_url=other.base_url).get_json()
    stolen = Authenticator(**{**vars(tom.key), "counts": False})
    answer = json.dumps(stolen.answers(options))
    other.post("/sign-in/passkey", {"answer": answer})
    assert is_in(other)
    again = PageClient(force.shared_app())
    again.post("/sign-in/passkey", {"answer": answer})
    assert again.errors() == NOT_ACCEPTED


def test_a_challenge_is_good_for_five_minutes(force: Force, tom: Person) -> None:
    other = PageClient(force.shared_app())
    options = other.client.get("/sign-in/passkey", base_url=other.base_url).get_json()
    answer = json.dumps(tom.key.answers(options))
    force.clock.forward(minutes=5)
    other.post("/sign-in/passkey", {"answer": answer})
    assert other.errors() == NOT_ACCEPTED


def test_an_answer_for_one_session_or_purpose_is_none_for_another(force: Force, tom: Person) -> None:
    elsewhere = client_for(force, "tom")
    force.clock.forward(minutes=6)
    for options in (
        elsewhere.client.get("/account/passkeys/prove", base_url=elsewhere.base_url).get_json(),
        elsewhere.client.get("/sign-in/passkey", base_url=elsewhere.base_url).get_json(),
    ):
        tom.at.page("/account/passkeys/add", status=403)
        tom.at.submit(proof_passkey=json.dumps(tom.key.answers(options)), button="Go on", status=403)
        assert tom.at.errors() == NOT_ACCEPTED
    prove = tom.asks("/account/passkeys/prove")
    other = PageClient(force.shared_app())
    other.post("/sign-in/passkey", {"answer": json.dumps(tom.key.answers(prove))})
    assert other.errors() == NOT_ACCEPTED


def test_spent_challenges_are_swept(force: Force, tom: Person) -> None:
    assert is_in(tom.signs_in())
    force.clock.forward(days=3)
    assert is_in(tom.signs_in())
    with force.database.look() as session:
        assert session.scalars(select(SpentChallengeRow.spent_on)).all() == [force.today]


def test_a_challenge_says_nothing_and_is_never_made_twice(force: Force) -> None:
    made = {make_challenge(force.settings, Purpose.SIGN_IN, b"", force.clock.now) for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {56}


def test_a_passkey_without_prf_stands_in_for_the_code_and_opens_nothing_alone(force: Force) -> None:
    tess = Person(force, "tess", client_for(force, "tess"), key=Authenticator(has_prf=False))
    tess.adds("Old key")
    tess.at.sees("In place of a code, beside your passphrase")
    alone = tess.signs_in()
    assert alone.errors()[0].startswith("This passkey cannot unlock your keys by itself.")
    options = tess.asks("/sign-in/passkey")
    for passphrase, is_right in ((WRONG, False), (passphrase_of("tess"), True)):
        beside = PageClient(force.shared_app())
        beside.page("/sign-in")
        beside.submit(
            sign_in_name="tess",
            passphrase=passphrase,
            passkey=json.dumps(tess.key.answers(options)),
            button="Sign in",
        )
        assert is_in(beside, "Tess Marlow") is is_right


def test_a_passkey_beside_the_passphrase_must_be_of_the_same_person(force: Force, tom: Person) -> None:
    other = PageClient(force.shared_app())
    other.page("/sign-in")
    options = other.client.get("/sign-in/passkey", base_url=other.base_url).get_json()
    other.submit(
        sign_in_name="tess",
        passphrase=passphrase_of("tess"),
        passkey=json.dumps(tom.key.answers(options)),
        button="Sign in",
    )
    assert other.errors() == REFUSED


def test_whoever_may_not_sign_in_does_not_by_a_passkey(force: Force, tom: Person) -> None:
    with force.database.begin() as session:
        session.execute(update(OfficerRow).where(OfficerRow.id == force.officer("tom").id).values(state="suspended"))
    assert tom.signs_in().errors() == NOT_ACCEPTED


def test_a_key_put_into_the_database_lets_nobody_in(force: Force, tom: Person) -> None:
    """Whoever writes to the database has no seed to seal a public key of their own under."""
    thief = Authenticator(credential_id=tom.key.credential_id)
    thief.user = tom.key.user
    assert replace(tom, key=thief).signs_in(unlock=tom.key.unlock).errors() == NOT_ACCEPTED
    second = Person(force, "tess", client_for(force, "tess"))
    second.adds("Of Tess")
    tess_id, tom_id = force.officer("tess").id, force.officer("tom").id
    with force.database.begin() as session:
        session.execute(update(PasskeyRow).where(PasskeyRow.officer_id == tess_id).values(officer_id=tom_id))
    assert second.signs_in().errors() == NOT_ACCEPTED
    force.clock.forward(minutes=1)
    tom.at.page("/account/passkeys", status=422)


def test_a_copy_of_the_database_opens_no_seed(force: Force, tom: Person) -> None:
    with force.database.look() as session:
        row = session.scalars(select(PasskeyRow)).one()
        context = _context(row.id, row.officer_id)
        for guess in (tom.key.prf, tom.key.credential_id, bytes(32)):
            with pytest.raises(EnvelopeError):
                decrypt_blob(derive(guess, LOCK_LABEL), row.locked_seed, context)
        assert decrypt_blob(derive(octets(tom.key.unlock), LOCK_LABEL), row.locked_seed, context)
        stored = row.sealed + row.locked_seed + row.credential_digest
    assert tom.key.credential_id not in stored
    assert b"Blue key" not in stored
    files = b"".join(path.read_bytes() for path in force.settings.instance.iterdir() if path.is_file())
    for secret in (tom.key.prf, octets(tom.key.unlock), b"Blue key", tom.key.unlock.encode()):
        assert secret not in files


def test_without_an_address_there_are_no_passkeys(force: Force) -> None:
    force.settings = replace(force.settings, origin=None)
    client = client_for(force, "tom")
    client.page("/account/passkeys")
    client.sees("None can be added until this system is told the address")
    for path in ("/account/passkeys/options", "/account/passkeys/prove", "/sign-in/passkey"):
        assert client.client.get(path, base_url=client.base_url).status_code == 422
    client.page("/account")
    client.submit(button="Sign out")
    client.does_not_see("passkey alone")


def test_a_sign_in_by_passkey_gives_a_new_secret_and_ends_the_old_session(force: Force, tom: Person) -> None:
    first = cookie_of(tom.at)
    tom.signs_in(tom.at)
    assert cookie_of(tom.at) != first
    assert count_sessions(force) == 1


def _json() -> st.SearchStrategy[Any]:
    leaf = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
    return st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))


@given(_json())
@settings(max_examples=200, deadline=None)
def test_no_json_breaks_the_reader(value: Any) -> None:
    with pytest.raises(PasskeyRefusedError):
        read_answer(json.dumps(value))


@pytest.fixture
def opened(force: Force, tom: Person) -> tuple[PageClient, Person]:
    return PageClient(force.shared_app()), tom


@given(
    st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]),
    st.binary(max_size=80),
    st.integers(0, 200),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_in_an_answer_break_the_door(
    opened: tuple[PageClient, Person], part: str, put: bytes, at: int
) -> None:
    client, tom = opened
    tom.force.clock.forward(minutes=15)  # as long as anybody ever waits
    options = client.client.get("/sign-in/passkey", base_url=client.base_url).get_json()
    answer = tom.key.answers(options)
    data = octets(answer["response"][part])
    changed = data[:at] + put + data[at + len(put) + 1 :]
    if changed == data:
        return
    answer["response"][part] = text(changed)
    client.post("/sign-in/passkey", {"answer": json.dumps(answer)})
    assert client.errors() == NOT_ACCEPTED
    assert UUID(int=0) != tom.force.officer("tom").id


TOO_OFTEN = "Passkeys have been refused too often. Wait 2 seconds, or use your passphrase and a code."


def tries_passkey(force: Force, client: PageClient, key: Authenticator, **bent: Any) -> list[str]:
    """What the page says of an answer that does not hold."""
    options = client.client.get("/sign-in/passkey", base_url=client.base_url).get_json()
    data = {"answer": json.dumps(key.answers(options, **bent))}
    response = client.client.post("/sign-in/passkey", data=data, base_url=client.base_url)
    client._seen(response, "/sign-in/passkey", response.status_code)
    return client.errors()


def test_refused_answers_of_a_passkey_are_slowed_down_and_lock_nobody_out(force: Force, tom: Person) -> None:
    stranger = PageClient(force.shared_app())
    before = len(lines_of_the_system(force))
    for _ in range(FREE_TRIES):
        assert tries_passkey(force, stranger, tom.key, origin="https://elsewhere.example") == NOT_ACCEPTED
    assert tries_passkey(force, stranger, tom.key) == [TOO_OFTEN]
    assert stranger.response.status_code == 429
    assert len(lines_of_the_system(force)) == before + FREE_TRIES
    assert is_in(tom.signs_in(tom.at)), "the browser that its officer uses is counted apart"
    force.clock.forward(seconds=2)
    assert is_in(tom.signs_in())


def test_passkeys_that_nobody_has_are_counted_together(force: Force, tom: Person) -> None:
    """Each is another, so counted one by one nobody would ever wait, and each leaves a line."""
    for _ in range(FREE_TRIES):
        assert tries_passkey(force, PageClient(force.shared_app()), Authenticator()) == NOT_ACCEPTED
    assert tries_passkey(force, PageClient(force.shared_app()), Authenticator()) == [TOO_OFTEN]
    assert is_in(tom.signs_in())


def test_a_passkey_refused_when_it_proves_again_is_slowed_down_by_session(force: Force, tom: Person) -> None:
    elsewhere = client_for(force, "tom")
    force.clock.forward(minutes=6)
    for _ in range(FREE_TRIES):
        tom.at.page("/account/passkeys/add", status=403)
        tom.at.submit(proof_passkey="{}", button="Go on", status=403)
        assert tom.at.errors() == NOT_ACCEPTED
    tom.at.submit(proof_passkey="{}", button="Go on", status=403)
    assert tom.at.errors() == [TOO_OFTEN]
    elsewhere.page("/account/passkeys/add", status=403)
    elsewhere.submit(proof_passkey="{}", button="Go on", status=403)
    assert elsewhere.errors() == NOT_ACCEPTED
