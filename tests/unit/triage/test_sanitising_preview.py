"""Every warning of a list points at words that are marked, and the marked text is the text."""

import pytest

from triage.sanitising.checks import check
from triage.sanitising.preview import LONGEST_LIST, preview_of

ORIGINAL = "He comes round the back every night and my cousin at 14 Alder Street saw him at 21:40"


@pytest.mark.parametrize(
    "text",
    [
        "Nothing to see in the area in the evenings.",
        "At 21:40 my cousin saw it, and at 22:10 we saw it again.",
        "comes round the back every night and my cousin at 14 Alder Street saw",
        "I",
        "my " * 50,
    ],
)
def test_each_warning_points_at_its_words(text: str) -> None:
    findings = check(text, original=ORIGINAL)
    preview = preview_of(text, findings)
    assert "".join(piece.words for piece in preview.pieces) == text
    marked = {piece.anchor: piece.words for piece in preview.pieces if piece.anchor}
    assert len(preview.warnings) == len(findings)
    for warned in preview.warnings:
        assert warned.finding.words in marked[warned.anchor]
    assert [warned.number for warned in preview.warnings] == list(range(1, len(findings) + 1))


def test_warnings_that_overlap_share_one_mark() -> None:
    text = "He comes round the back every night and my cousin saw"
    preview = preview_of(text, check(text, original=ORIGINAL))
    assert len(preview.warnings) == 2
    assert len({warned.anchor for warned in preview.warnings}) == 1


def test_a_text_of_nothing_but_warnings_is_cut_in_one_pass_and_its_list_stays_readable() -> None:
    text = "my " * 6_000
    preview = preview_of(text, check(text))
    assert len(preview.warnings) == 6_000
    assert len(preview.first) == LONGEST_LIST
    assert "".join(piece.words for piece in preview.pieces) == text
