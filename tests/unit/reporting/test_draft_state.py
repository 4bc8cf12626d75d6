"""What a page carries to the next."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envelope.errors import PageStateError
from envelope.mailbox import Mailbox, Receipt
from envelope.page_state import PageStateKeys
from envelope.report import MediaType, PartReference
from reporting.questions import every_field
from reporting.state import AddedFile, Draft, Wait, open_draft, seal_draft

TODAY = date(2026, 11, 22)
LONGEST = {field.id: "\U0001f92b" * field.limit for field in every_field() if field.limit}

PART = PartReference(b"f" * 16, 240_000, b"d" * 32, b"secret key of 16", MediaType.PDF, 3)
FILES = (AddedFile(PART, 300_000), AddedFile(replace(PART, file_id=b"g" * 16), 5, moved=True))


def keys() -> PageStateKeys:
    return PageStateKeys(b"\x05" * 32, TODAY)


def full_draft() -> Draft:
    return Draft(Receipt(b"\x01" * 12), "who", {"what": "seen “it”\nthere"}, True, Wait(90, b"\x02" * 32), files=FILES)


def test_a_draft_comes_back_as_it_was() -> None:
    held = keys()
    assert open_draft(seal_draft(full_draft(), held, TODAY), held, TODAY) == full_draft()


def test_yesterdays_page_still_opens_and_an_older_one_does_not() -> None:
    held = keys()
    sealed = seal_draft(full_draft(), held, TODAY)
    assert open_draft(sealed, held, TODAY + timedelta(days=1)) == full_draft()
    with pytest.raises(PageStateError):
        open_draft(sealed, held, TODAY + timedelta(days=2))


def test_the_page_state_says_nothing_about_short_answers_by_its_length() -> None:
    held = keys()
    short, longer = full_draft(), full_draft().answering({"what": "x" * 1000, "who": "y" * 500})
    assert len(seal_draft(short, held, TODAY)) == len(seal_draft(longer, held, TODAY))


def test_the_longest_answers_of_all_can_be_carried() -> None:
    held, draft = keys(), full_draft().answering(LONGEST)
    assert open_draft(seal_draft(draft, held, TODAY), held, TODAY) == draft


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b"[1]",
        b"\xff",
        b'[2,"AQEBAQEBAQEBAQEB","who",false,null,{}]',
        b'[1,"AQEB","who",false,null,{}]',
        b'[1,"AQEBAQEBAQEBAQEB",7,false,null,{}]',
        b'[1,"AQEBAQEBAQEBAQEB","who",0,null,{}]',
        b'[1,"AQEBAQEBAQEBAQEB","who",false,[1],{}]',
        b'[1,"AQEBAQEBAQEBAQEB","who",false,null,[]]',
        b'[1,"AQEBAQEBAQEBAQEB","who",false,null,{"what":7}]',
    ],
)
def test_a_state_of_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(PageStateError):
        Draft.from_bytes(data)


@given(st.dictionaries(st.sampled_from(["what", "who", "danger"]), st.text(st.characters(codec="utf-8"))))
def test_any_words_survive_the_way(answers: dict[str, str]) -> None:
    draft = full_draft().answering(answers)
    assert Draft.from_bytes(draft.to_bytes()) == draft


def test_a_draft_does_not_print_words_or_receipt() -> None:
    shown = repr(full_draft())
    assert "seen" not in shown
    assert "secret" not in shown


def test_the_address_that_rides_along_is_the_receipts_own() -> None:
    draft = Draft.begin().addressed()
    carried = Draft.from_bytes(draft.to_bytes())
    assert carried.mailbox == Mailbox.from_receipt(draft.receipt).address
    assert carried.address() == Draft(draft.receipt).address()


@pytest.mark.parametrize(
    "files",
    [
        None,
        7,
        [7],
        [[]],
        [[PART.to_fields(), 1]],
        [[PART.to_fields() | {"name": "holiday.jpg"}, 1, False]],
        [[PART.to_fields() | {"key": "00"}, 1, False]],
        [[PART.to_fields(), "much", False]],
    ],
)
def test_a_state_with_files_of_another_shape_is_refused(files: object) -> None:
    fields = json.loads(full_draft().to_bytes())
    where = fields.index([[file.part.to_fields(), file.sent, file.moved] for file in FILES])
    fields[where] = files
    with pytest.raises(PageStateError):
        Draft.from_bytes(json.dumps(fields).encode())
