"""docs/envelope.md says what is true: its numbers, its layouts, and the way to open a drop without us."""

import json
import re
from pathlib import Path

from envelope.agefile import open_file, read_header
from envelope.identity import Identity
from envelope.mailbox import Mailbox, Receipt
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import SEALED_REPORT_LENGTHS, seal
from envelope.report import Report
from envelope.wire import Context, Purpose, header_length

DOCS = (Path(__file__).parents[3] / "docs" / "envelope.md").read_text()
BOX = Identity(bytes(32))
CONTEXT = Context(Purpose.REPORT, (bytes(16),))
REPORT = Report({"what": "words"}, "en", Mailbox.from_receipt(Receipt(bytes(12))).address, danger=False)


def test_a_drop_can_be_opened_with_an_age_tool_and_the_ten_lines_in_the_docs():
    snippet = re.search(r"```python\n(.*?)```", DOCS, re.DOTALL)
    assert snippet is not None
    defined: dict[str, object] = {}
    exec(snippet[1], defined)  # noqa: S102 - our own page
    words_of = defined["words_of"]
    assert callable(words_of)
    drop = seal(REPORT.to_bytes(), BOX.recipient(), CONTEXT, buckets=REPORT_BUCKETS)
    opened = open_file(drop, BOX.private_key)  # stands for any age tool: test_age_interop.py
    assert json.loads(words_of(opened))["answers"] == {"what": "words"}


def test_the_four_lengths_in_the_docs_are_the_four_lengths():
    assert " · ".join(f"{length:,}" for length in SEALED_REPORT_LENGTHS) in DOCS


def test_the_drawn_header_has_the_length_of_a_real_one():
    drawn = 22 + (18 + 1494 + 1) + (43 + 1) + (4 + 43 + 1)
    assert read_header(seal(b"", BOX.recipient(), CONTEXT)).length == drawn
    assert header_length(CONTEXT) == 33
