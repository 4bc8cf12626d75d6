"""Promise 4: a copy of every disk, without an officer's passphrase, opens nothing.

One report is taken the whole way through the services; then every file of the instance is copied and searched. Not
covered here: a deployment's own backups, PostgreSQL's files, and a passphrase that can be guessed.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, delete, select, text
from sqlalchemy.engine import make_url

import triage.tables
from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from store.tables import metadata as drop_tables
from tests.force import Clock, Force, open_databases, passphrase_of
from tests.whole_case import copy_of_every_disk, work_whole_case
from triage.errors import NotFoundError
from triage.intake.collecting import Wanted, release_drops
from triage.intake.models import HeldDropRow
from triage.intake.reports import case_report, report_row
from triage.intake.retiring import retire_intake_keys
from triage.intake.unsealing import unseal_waiting
from triage.keys.records import destroy_data_key
from triage.keys.system import system_actor
from triage.officers.errors import SignInError
from triage.officers.signing_in import sign_in


def test_a_copy_of_every_disk_opens_nothing(force: Force, tmp_path: Path) -> None:
    """No word, name, number, grade, passphrase, second factor or receipt stands in any byte of the three databases."""
    case = work_whole_case(force)
    copied = copy_of_every_disk(force, tmp_path / "copied")
    names = {path.name for path in copied.iterdir()}
    assert names >= {"drop.sqlite", "case.sqlite", "keys.sqlite", "system-key"}
    assert len(case.canaries.planted) >= 40
    assert case.canaries.found_in([copied]) == []


def test_the_search_of_the_copy_finds_a_word_that_was_let_slip(force: Force, tmp_path: Path) -> None:
    """The control: the same case with one word put into a column in clear is found."""
    case = work_whole_case(force)
    with force.database.case.begin() as connection:
        name = case.canaries.planted["a nickname"]
        connection.execute(text("UPDATE boxes SET name = :name WHERE purpose = 'team'"), {"name": name.upper()})
    found = case.canaries.found_in([copy_of_every_disk(force, tmp_path / "copied")])
    assert found
    assert {(one.carrier, Path(one.file).name.partition("-")[0]) for one in found} == {("a nickname", "case.sqlite")}


def test_whoever_copied_it_needs_an_officers_passphrase(force: Force, tmp_path: Path) -> None:
    """The thief runs our own program over the copy: every way in asks for a passphrase that is not there."""
    case = work_whole_case(force)
    copied = copy_of_every_disk(force, tmp_path / "copied")
    settings = _settings_over(force, copied)
    database, drop = open_databases(settings, Clock(force.clock.now))
    for guess in ("", "demo", "lanterns along a canal", passphrase_of("tess")):
        with pytest.raises(SignInError), database.begin() as session:
            sign_in(session, settings, sign_in_name="tom", passphrase=guess, code=force.code("tom"))
    # What lies on the disk in clear is 32 bytes of the system's; taken for a key, it opens nothing.
    everything = Identity((copied / "system-key").read_bytes())
    with database.look() as session:
        row = report_row(session, case.report_id)
        for purpose in Purpose:
            with pytest.raises(EnvelopeError):
                unseal(row.sealed, everything, Context(purpose, ()))
    database.dispose()
    drop.dispose()


def test_todays_keys_do_not_open_drops_copied_before_their_key_was_retired(force: Force, tmp_path: Path) -> None:
    """A thief copies the drop today; after the day is retired, every officer's keys together open it no more."""
    force.send("copied on the first evening")
    force.dispose()
    shutil.copy(force.settings.instance / "drop.sqlite", tmp_path / "stolen.sqlite")
    [drop] = force.collection.take(force.collection.waiting())
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        assert len(unseal_waiting(session, by=tom).opened) == 1
    assert _opens(force, drop.drop_id, drop.sealed), "before it is retired the key does open the copy"
    force.clock.forward(days=3)
    with force.database.begin() as session:
        assert retire_intake_keys(session, force.collection, by=system_actor(session, force.settings)).box_ids
    assert not _opens(force, drop.drop_id, drop.sealed)


def _opens(force: Force, drop_id: bytes, sealed: bytes) -> bool:
    """Whether anybody at the desk can open this copy, put back where drops are opened; it is taken away again."""
    opened = 0
    for name in ("sam", "tom", "tess"):
        session_of = force.officer(name)
        with force.database.begin() as session:
            row = HeldDropRow(
                drop_id=drop_id, sealed=sealed, danger=False, received_on=force.intake_keys[0].key.not_before
            )
            session.merge(row)
            session.flush()
            opened += len(unseal_waiting(session, by=session_of).opened)
            session.execute(delete(HeldDropRow))
    return opened > 0


def test_todays_keys_do_not_open_deleted_reports(force: Force, tmp_path: Path) -> None:
    """The case database of yesterday with the keys of after the deletion: the report's row is there, and shut."""
    case = work_whole_case(force)
    force.dispose()
    before = copy_of_every_disk(force, tmp_path / "before")
    tom = force.officer("tom")
    with force.database.begin() as session:
        assert case_report(session, case.report_id, by=tom).answers
        destroy_data_key(session, report_row(session, case.report_id).data_key_id, by=tom)
    after = copy_of_every_disk(force, tmp_path / "after")
    shutil.copy(after / "keys.sqlite", before / "keys.sqlite")
    database, drop = open_databases(_settings_over(force, before), Clock(force.clock.now))
    for name in ("tom", "tess", "sam"):
        officer = force.officer(name)
        with database.look() as session, pytest.raises(NotFoundError):
            case_report(session, case.report_id, by=officer)
    database.dispose()
    drop.dispose()


def _settings_over(force: Force, folder: Path) -> TriageSettings:
    urls = {f"{name}_url": make_url(f"sqlite:///{folder / name}.sqlite") for name in ("drop", "case", "keys")}
    return replace(force.settings, instance=folder, **urls)


@dataclass(frozen=True)
class Clear:
    """Why a kind of column may stand in clear."""

    why: str


RANDOM = Clear("a random id")
DATE = Clear("a date")
STATE = Clear("where something stands, or which of a few kinds it is")
COUNT = Clear("a number that counts versions or rows")
PUBLIC = Clear("a public key, or what is signed with one for everybody to check")
DIGEST = Clear("a salted or keyed digest")
SEALED = Clear("sealed")
NATIONAL = Clear("the national code tables, the same for every force")

# Every column of the three databases. What is not here fails the test: somebody must say why it may stand in clear.
STANDS = {
    # Until when the bell is vouched for is renewed every minute of every day, whether or not anything comes in.
    "bells": {"name": STATE, "rings": STATE, "next_release": STATE, "rings_until": STATE},
    "burns": {"preimage": RANDOM, "lookup_id": RANDOM, "burnt_on": DATE},
    "drops": {"drop_id": RANDOM, "sealed": SEALED, "danger": STATE, "received_on": DATE},
    "intake_keys": {"box_id": RANDOM, "not_before": DATE, "not_after": DATE, "signed": PUBLIC},
    "notices": {"notice_id": RANDOM, "lookup_id": RANDOM, "sealed": SEALED, "published_on": DATE, "expires_on": DATE},
    "parts": {"file_id": RANDOM, "sequence": COUNT, "sealed": SEALED, "received_on": DATE},
    "audit_checkpoints": {"size": COUNT, "root": DIGEST, "made_on": DATE, "signature": PUBLIC},
    "audit_head": {"name": STATE, "size": COUNT, "frontier": DIGEST},
    "audit_keys": {"id": RANDOM, "sealed": SEALED, "made_on": DATE},
    "audit_leaves": {
        "sequence": COUNT,
        "id": RANDOM,
        "signer_id": RANDOM,
        "key_id": RANDOM,
        "key_digest": DIGEST,
        "recorded_on": DATE,
        "salt": RANDOM,
        "sealed": SEALED,
        "leaf_hash": DIGEST,
        "signature": PUBLIC,
        # Of few lines: an officer's random id, their public key and their role, as in `officers`.
        "binding": PUBLIC,
    },
    "audit_tiles": {"number": COUNT, "root": DIGEST, "first_on": DATE, "last_on": DATE},
    "audit_summaries": {"number": COUNT, "sealed": SEALED, "places": SEALED},
    "audit_honey": {"id": RANDOM, "sealed": SEALED},
    "reasons_given": {"digest": DIGEST, "given_on": DATE},
    # The id of a mailbox is a digest under the desk’s key; a burn’s lookup id is kept half a year. A bell counts
    # how often it has rung since it was last quiet, and says until when it is awake: it has no hour of any report.
    "mailboxes": {"id": DIGEST},
    "burnt_mailboxes": {"lookup_id": RANDOM, "burnt_on": DATE},
    "answered": {"id": RANDOM},
    "bells_watched": {"name": STATE, "rings": COUNT, "tested_on": DATE, "failed": STATE, "awake_until": STATE},
    "boxes": {
        "id": RANDOM,
        "purpose": STATE,
        "name": STATE,
        "public_key": PUBLIC,
        "state": STATE,
        "created_on": DATE,
        "not_before": DATE,
        "not_after": DATE,
        "rotation_due": DATE,
        "host_signature": PUBLIC,
    },
    # Compartments, conflicts and what two people agreed: their names and reasons are sealed; how far they are is not.
    "compartments": {"box_id": RANDOM, "made_on": DATE},
    "compartment_moves": {
        "id": RANDOM,
        "from_box_id": RANDOM,
        "compartment_row_id": RANDOM,
        "state": STATE,
        "reports_total": COUNT,
        "reports_done": COUNT,
        "at_id": RANDOM,
        "started_by": RANDOM,
        "started_on": DATE,
    },
    "conflicts": {"state": STATE, "declared_on": DATE, "lifted_on": DATE},
    "rotations": {
        "id": RANDOM,
        "old_box_id": RANDOM,
        "new_box_id": RANDOM,
        "state": STATE,
        "keys_total": COUNT,
        "keys_done": COUNT,
        "started_by": RANDOM,
        "started_on": DATE,
    },
    "grant_reviews": {"id": RANDOM, "reviewed_by": RANDOM, "reviewed_on": DATE},
    "vettings": {"recorded_on": DATE},
    "operations": {
        "state": STATE,
        "proposed_by": RANDOM,
        "proposed_on": DATE,
        "proposal_signature": PUBLIC,
        "decided_by": RANDOM,
        "decided_on": DATE,
        "approval_signature": PUBLIC,
        "carried_out_by": RANDOM,
        "carried_out_on": DATE,
    },
    "intake_signatures": {"box_id": RANDOM, "signature": PUBLIC},
    "box_signatures": {"box_id": RANDOM, "owner_id": RANDOM, "signature": PUBLIC},
    "codes": dict.fromkeys(("scheme", "code", "valid_from", "valid_to", "position", "label", "definition"), NATIONAL),
    "collected_drops": {"drop_id": RANDOM, "collected_on": DATE},
    "drafts": {
        "report_id": RANDOM,
        "version": COUNT,
        "state": STATE,
        "drafted_by": RANDOM,
        "drafted_on": DATE,
        "reviewed_by": RANDOM,
        "reviewed_on": DATE,
    },
    # The number of a report's files, and which sealed pieces are whose: what opens one is under a key of its own.
    "files": {
        "report_id": RANDOM,
        "number": COUNT,
        "file_id": RANDOM,
        "awaited": STATE,
        "state": STATE,
        "state_on": DATE,
        "former_key_id": RANDOM,
    },
    "gradings": {"report_id": RANDOM, "item_id": RANDOM, "version": COUNT, "graded_by": RANDOM, "graded_on": DATE},
    "grants": {
        "id": RANDOM,
        "box_id": RANDOM,
        "to_box_id": RANDOM,
        "sealed": SEALED,
        "granted_by": RANDOM,
        "granted_on": DATE,
        "host_signature": PUBLIC,
    },
    "held_drops": {"drop_id": RANDOM, "sealed": SEALED, "danger": STATE, "received_on": DATE, "refused": STATE},
    "held_parts": {"file_id": RANDOM, "sequence": COUNT, "sealed": SEALED, "received_on": DATE},
    # A second copy of every drop, and what its readers have let go. That there is a box for them is no secret.
    "sealed_copies": {"drop_id": RANDOM, "sealed": SEALED, "received_on": DATE},
    "released_copies": {"drop_id": RANDOM, "signature": PUBLIC, "released_on": DATE},
    "counter_boxes": {"verifying_key": PUBLIC, "since": DATE},
    "items": {"report_id": RANDOM, "number": COUNT},
    "link_decisions": {"report_id": RANDOM, "decided_by": RANDOM, "decided_on": DATE},
    # One of the two reports that an officer compared; the other one, and what was said, are sealed.
    "origin_decisions": {"report_id": RANDOM, "decided_by": RANDOM, "decided_on": DATE},
    "link_calibrations": {"compartment_id": RANDOM, "number": COUNT, "made_by": RANDOM, "made_on": DATE},
    "register_findings": {"version": COUNT},
    "look_backs": {
        "id": RANDOM,
        "compartment_id": RANDOM,
        "state": STATE,
        "reports_total": COUNT,
        "reports_done": COUNT,
        "at_day": DATE,
        "at_id": RANDOM,
        "started_by": RANDOM,
        "started_on": DATE,
    },
    "looked_for": {"entry_id": RANDOM, "version": COUNT, "look_back_id": RANDOM},
    "observed": {},
    "officers": {
        "sign_in_digest": DIGEST,
        "role": STATE,
        "state": STATE,
        "box_id": RANDOM,
        "verifying_key": PUBLIC,
        "first_verifying_key": PUBLIC,
        "enrolled_at_line": COUNT,
        "locked_seed": SEALED,
        "sealed_totp": SEALED,
        "last_totp_step": Clear("the half minute of an officer's last sign-in, so that a code works once"),
        "joined_on": DATE,
        "enrolled_on": DATE,
        "left_on": DATE,
        "vetted_until": DATE,
    },
    "outcomes": {"referral_id": RANDOM, "recorded_by": RANDOM, "recorded_on": DATE},
    "pending_notices": {"id": RANDOM, "lookup_id": RANDOM, "sealed": SEALED, "state": STATE, "publish_on": DATE},
    "referral_origins": {},
    "referrals": {
        "team_id": RANDOM,
        "compartment_id": RANDOM,
        "state": STATE,
        "embargo_until": DATE,
        "expires_on": DATE,
        "referred_by": RANDOM,
        "referred_on": DATE,
    },
    "referred": {"report_id": RANDOM},
    "register_entries": {
        "compartment_id": RANDOM,
        "kind": STATE,
        "state": STATE,
        "version": COUNT,
        "updated_on": DATE,
    },
    "register_imports": {
        "compartment_id": RANDOM,
        "state": STATE,
        "rows_total": COUNT,
        "rows_done": COUNT,
        "started_by": RANDOM,
        "started_on": DATE,
    },
    "register_ties": {"compartment_id": RANDOM, "updated_on": DATE},
    "register_versions": {"compartment_id": RANDOM, "version": COUNT},
    "reports": {
        "compartment_id": RANDOM,
        "state": STATE,
        "band": STATE,
        "danger": STATE,
        "received_on": DATE,
        "first_read_on": DATE,
        "retain_until": DATE,
        "retention_group": STATE,
        "clock_from": DATE,
    },
    # How long records of a group are kept, and which are disposed of or may not be: ids and dates, no content.
    "retention_periods": {
        "group": STATE,
        "days": COUNT,
        "set_on": DATE,
        "operation_id": RANDOM,
        "host_signature": PUBLIC,
    },
    "legal_holds": {"report_id": RANDOM, "set_by": RANDOM, "set_on": DATE, "lifted_by": RANDOM, "lifted_on": DATE},
    "disposals": {
        "id": RANDOM,
        "subject_id": RANDOM,
        "kind": STATE,
        "group": STATE,
        "ground": STATE,
        "state": STATE,
        "decided_by": RANDOM,
        "decided_on": DATE,
        "operation_id": RANDOM,
        "keys": COUNT,
        "about_on": DATE,
        "destroyed_on": DATE,
        "done_on": DATE,
        "opens_until": DATE,
        "signed_by": RANDOM,
        "signature": PUBLIC,
    },
    # Until a disposal is done, what goes with a record: which referral came from it, once both are to be destroyed.
    "disposal_parts": {"disposal_id": RANDOM, "place": STATE, "row_id": RANDOM, "key_id": RANDOM},
    "backups": {"id": RANDOM, "kind": STATE, "made_on": DATE, "opens_until": DATE, "expired_on": DATE},
    "destroyed_keys": {"key_id": RANDOM, "destroyed_on": DATE},
    "searches": {"officer_id": RANDOM, "is_kept": STATE, "made_on": DATE},
    "passkeys": {
        "id": RANDOM,
        "officer_id": RANDOM,
        "credential_digest": DIGEST,
        "sealed": SEALED,
        "locked_seed": SEALED,
        "sign_count": COUNT,
        "added_on": DATE,
        "used_on": DATE,
    },
    "own_addresses": {"officer_id": RANDOM, "sealed": SEALED, "recorded_on": DATE, "host_signature": PUBLIC},
    "officer_news": {
        "id": RANDOM,
        "officer_id": RANDOM,
        "is_try": Clear("whether somebody tried an officer's name, or the officer changed what they sign in with"),
        "sealed": SEALED,
        "happened_on": DATE,
        "seen_on": DATE,
    },
    "spent_challenges": {"digest": DIGEST, "spent_on": DATE},
    "sessions": {
        "digest": DIGEST,
        "officer_id": RANDOM,
        "sealed": SEALED,
        "started_at": Clear("when an officer signed in, for the time-outs; gone when they sign out"),
        "seen_at": Clear("when an officer was last here, for the time-outs; gone when they sign out"),
    },
    "system_actors": {"id": RANDOM, "verifying_key": PUBLIC, "made_on": DATE},
    "teams": {"box_id": RANDOM, "state": STATE},
    "intake_grants": {"box_id": RANDOM, "to_box_id": RANDOM, "sealed": SEALED},
    "wrapped_keys": {"key_id": RANDOM, "box_id": RANDOM, "wrapping": STATE, "wrapped": SEALED},
}
OF_A_SEALED_ROW = {"id": RANDOM, "data_key_id": RANDOM, "sealed": SEALED}


def test_the_list_of_what_stands_in_clear_is_complete() -> None:
    """Each column of the three databases has been looked at, and whatever is not bytes has a reason to be readable."""
    for metadata in (drop_tables, triage.tables.CASE, triage.tables.KEYS):
        for table in metadata.tables.values():
            sealed_row = OF_A_SEALED_ROW if "data_key_id" in table.columns else {}
            stands = {**STANDS[table.name], **sealed_row}
            assert set(table.columns.keys()) == set(stands), table.name
            for column in table.columns:
                if stands[column.name] is SEALED:
                    assert isinstance(column.type, LargeBinary), column


def test_short_texts_in_clear_are_words_of_the_program(force: Force) -> None:
    """Whatever text stands in clear after a whole case is in the program's own source, and so was typed by nobody."""
    work_whole_case(force)
    source = "".join(path.read_text() for path in Path(triage.tables.__file__).parent.rglob("*.py"))
    for engine, metadata in ((force.database.case, triage.tables.CASE), (force.database.keys, triage.tables.KEYS)):
        with engine.connect() as connection:
            for table in metadata.tables.values():
                for column in table.columns:
                    if column.type.python_type is not str or STANDS[table.name].get(column.name) is NATIONAL:
                        continue
                    values = set(connection.scalars(select(column).distinct())) - {"", None}
                    for value in values:
                        assert f'"{value}"' in source, (table.name, column.name, value)
