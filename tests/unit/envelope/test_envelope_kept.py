"""What was written on 22 November 2026 opens today: a changed label or layout would lock out what is already stored.

If one of these fails, do not change the sample: give the format a new version and keep reading the old one.
"""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from envelope.identity import Identity
from envelope.mailbox import Mailbox, Notice, NoticeState, Receipt, drop_id
from envelope.page_state import PageStateKeys
from envelope.report import Report, digest
from envelope.signing import SignedIntakeKey, SigningKey
from envelope.unseal import unseal, unseal_small
from envelope.vault import (
    CompartmentKey,
    DataKey,
    decrypt_blob,
    decrypt_field,
    derive,
    keyed_digest,
    open_with_passphrase,
    unwrap,
)
from envelope.wire import Context, Purpose

KEPT: dict[str, str] = json.loads((Path(__file__).parent / "interop" / "kept.json").read_text())
BOX = Identity(bytes(range(32)))
RECEIPT = Receipt(bytes(range(12)))
DATA_KEY = DataKey(b"k" * 32)
ROW = UUID(int=7)
DAY = date(2026, 11, 22)


def kept(name: str) -> bytes:
    return bytes.fromhex(KEPT[name])


def test_a_report_sealed_then_is_read_now():
    opened = unseal(kept("report"), BOX, Context(Purpose.REPORT, (b"d" * 16, b"b" * 16)))
    report = Report.from_bytes(opened)
    assert report == Report({"what": "kept words"}, "en", Mailbox.from_receipt(RECEIPT).address, danger=True)


def test_a_notice_sealed_then_is_read_now():
    assert Mailbox.from_receipt(RECEIPT).open_notice(kept("notice")) == Notice(NoticeState.READ, "kept", DAY)


def test_keys_wrapped_and_granted_then_open_now():
    assert unseal_small(kept("grant"), BOX, Context(Purpose.GRANT, (b"a", b"b"))) == b"s" * 32
    assert unwrap(kept("wrapped"), CompartmentKey.of(BOX), ROW) == DATA_KEY
    assert open_with_passphrase(kept("passphrase"), "kept passphrase", context=b"officer") == b"s" * 32


@pytest.mark.parametrize("name", ["field", "padded field"])
def test_fields_encrypted_then_decrypt_now(name):
    assert decrypt_field(DATA_KEY, kept(name), table="reports", column="words", row=ROW) == b"kept"


def test_blobs_encrypted_then_decrypt_now():
    assert decrypt_blob(b"k" * 32, kept("blob"), b"session") == b"kept"


def test_an_intake_key_signed_then_is_believed_now():
    signed = SignedIntakeKey.from_bytes(kept("intake key"))
    assert signed.verify(SigningKey.of_seed(b"s" * 32, "force").verifying_key).not_before == DAY


def test_a_page_sealed_then_is_opened_with_the_key_of_that_day():
    keys = PageStateKeys(b"r" * 32, date(2026, 11, 20))
    assert keys.open(KEPT["page"], DAY) == b"kept"


def test_what_a_receipt_gave_then_it_gives_now():
    assert (" ".join(RECEIPT.words()), RECEIPT.digits()) == (KEPT["words"], KEPT["digits"])
    said = digest({"what": "kept words"}, language="en", danger=True)
    assert drop_id(RECEIPT, said) == kept("drop id")


def test_what_was_derived_then_is_derived_now():
    assert derive(b"secret", "label") == kept("derived")
    assert keyed_digest(b"key", "label", b"data") == kept("keyed digest")
