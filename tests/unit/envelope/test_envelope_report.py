"""What a reporter sends, as bytes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import MalformedError
from envelope.mailbox import Mailbox, Receipt
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import Recipient, seal
from envelope.report import MediaType, PartReference, Report, digest
from envelope.wire import Context, Purpose, header_length

ADDRESS = Mailbox.from_receipt(Receipt(bytes(12))).address
PART = PartReference(b"i" * 16, 1234, b"d" * 32, b"k" * 16, MediaType.JPEG)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
PARTS = st.builds(
    PartReference,
    st.binary(min_size=16, max_size=16),
    st.integers(0, 2**40),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=16, max_size=16),
    st.just(MediaType.PDF),
    st.integers(1, 200),
) | st.just(PART)
REPORTS = st.builds(
    Report,
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True), WORDS, max_size=8),
    st.sampled_from(["en", "cy", "ur", "zh-Hans", "pa-Arab-PK", "ckb"]),
    st.just(ADDRESS),
    st.booleans(),
    st.lists(PARTS, max_size=3).map(tuple),
)
SIMPLE = Report({"what": "words"}, "en", ADDRESS, danger=False)
HEAD = b"\x01" + ADDRESS.lookup_id + ADDRESS.public_key


@settings(deadline=None)
@given(REPORTS)
def test_a_report_is_read_as_it_was_written(report):
    assert Report.from_bytes(report.to_bytes()) == report


def test_the_report_is_laid_out_as_the_docs_draw_it():
    written = SIMPLE.to_bytes()
    assert written == HEAD + b'{"answers":{"what":"words"},"danger":false,"language":"en","parts":[]}'
    assert len(HEAD) == 1233


@settings(deadline=None)
@given(REPORTS, st.integers(0, 100))
def test_a_report_written_in_any_other_way_is_refused(report, place):
    fields = json.loads(report.to_bytes()[len(HEAD) :])
    with pytest.raises(MalformedError):
        Report.from_bytes(HEAD + json.dumps(fields).encode())
    with pytest.raises(MalformedError):
        Report.from_bytes(report.to_bytes()[: -1 - place % 50])
    with pytest.raises(MalformedError):
        Report.from_bytes(report.to_bytes() + b" ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"answers":{"what":1},"danger":false,"language":"en","parts":[]}',
        '{"answers":{"What":"x"},"danger":false,"language":"en","parts":[]}',
        '{"answers":[],"danger":false,"language":"en","parts":[]}',
        '{"answers":{},"danger":0,"language":"en","parts":[]}',
        '{"answers":{},"danger":false,"language":"en\\n","parts":[]}',
        '{"answers":{},"danger":false,"language":5,"parts":[]}',
        '{"answers":{},"danger":false,"language":"en","parts":[1]}',
        '{"answers":{},"danger":false,"language":"en","parts":[{"digest":"","id":"","key":"","length":1}]}',
        '{"answers":{},"danger":false,"extra":1,"language":"en","parts":[]}',
        '{"answers":{"what":"x","what":"y"},"danger":false,"language":"en","parts":[]}',
        '{"answers":{"what":"\\ud800"},"danger":false,"language":"en","parts":[]}',
        '{"answers":{"what":"\\u0041"},"danger":false,"language":"en","parts":[]}',
        "[" * 50_000,
    ],
)
def test_a_report_whose_fields_are_wrong_is_refused(text):
    with pytest.raises(MalformedError):
        Report.from_bytes(HEAD + text.encode())


def test_a_report_of_another_version_or_with_a_mailbox_that_is_no_key_is_refused():
    written = SIMPLE.to_bytes()
    with pytest.raises(MalformedError):
        Report.from_bytes(b"\x02" + written[1:])
    with pytest.raises(MalformedError):
        Report.from_bytes(written[:17] + b"\xff" * 1216 + written[1233:])


def test_half_a_character_cannot_be_sent():
    with pytest.raises(MalformedError):
        Report({"what": "\ud800"}, "en", ADDRESS, danger=False).to_bytes()


def test_the_longest_report_fits_the_largest_size_in_any_script():
    """20,000 characters of four bytes each, and as much again in the other answers together."""
    report = Report({"what": "\U0001f600" * 20_000, "who": "\U0001f600" * 20_000}, "en", ADDRESS, danger=True)
    context = Context(Purpose.REPORT, (bytes(16), bytes(16)))
    seal(report.to_bytes(), Recipient(ADDRESS.public_key), context, buckets=REPORT_BUCKETS)


def test_the_smallest_size_holds_two_thousand_seven_hundred_letters():
    report = Report({"what": "x" * 2700}, "en", ADDRESS, danger=False)
    context = Context(Purpose.REPORT, (bytes(16), bytes(16)))
    assert header_length(context) + len(report.to_bytes()) <= REPORT_BUCKETS[0]


def test_the_digest_stands_for_everything_that_was_said():
    base = digest({"what": "a"}, language="en", danger=False)
    others = {
        digest({"what": "b"}, language="en", danger=False),
        digest({"who": "a"}, language="en", danger=False),
        digest({"what": "a"}, language="cy", danger=False),
        digest({"what": "a"}, language="en", danger=True),
        digest({"what": "a"}, language="en", danger=False, parts=(PART,)),
    }
    assert len(others | {base}) == 6
    assert base == digest({"what": "a"}, language="en", danger=False)
    assert len(base) == 32


def test_the_order_of_answers_does_not_matter():
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert digest(one, language="en", danger=False) == digest(other, language="en", danger=False)
    assert Report(one, "en", ADDRESS, danger=False).to_bytes() == Report(other, "en", ADDRESS, danger=False).to_bytes()


def test_words_do_not_print():
    report = Report({"what": "canary"}, "en", ADDRESS, danger=False, parts=(PART,))
    assert "canary" not in repr(report)
    assert "kkkk" not in repr(report)


def test_a_part_is_written_in_one_way_without_a_name():
    assert PART.to_fields() == {
        "digest": "64" * 32,
        "id": "69" * 16,
        "key": "6b" * 16,
        "length": 1234,
        "pages": 1,
        "type": "image/jpeg",
    }
    assert PartReference.from_fields(PART.to_fields()) == PART


@pytest.mark.parametrize(
    "wrong",
    [
        {"length": True},
        {"length": -1},
        {"length": 1.0},
        {"pages": 0},
        {"pages": True},
        {"pages": 2},
        {"type": "image/gif"},
        {"type": None},
        {"id": "69" * 15},
        {"id": "69 " * 16},
        {"id": "6B" * 16},
        {"key": "6B" * 16},
        {"digest": None},
        {"name": "holiday.jpg"},
    ],
)
def test_a_part_that_says_anything_else_is_refused(wrong):
    with pytest.raises(MalformedError):
        PartReference.from_fields(PART.to_fields() | wrong)


@pytest.mark.parametrize("listed", [1, None, [], "part", {}])
def test_what_is_no_part_is_refused(listed):
    with pytest.raises(MalformedError):
        PartReference.from_fields(listed)


def test_a_part_has_ids_of_fixed_lengths_and_only_a_document_has_pages():
    with pytest.raises(MalformedError):
        PartReference(b"i" * 15, 1, b"d" * 32, b"k" * 16, MediaType.PNG)
    with pytest.raises(MalformedError):
        PartReference(b"i" * 16, 1, b"d" * 32, b"k" * 16, MediaType.PNG, pages=2)
    assert PartReference(b"i" * 16, 1, b"d" * 32, b"k" * 16, MediaType.PDF, pages=2).pages == 2
