"""What a run comes to: the exit code is the verdict, and the report tells what was not checked as plainly."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import CannotCheckError, CheckResult, DoesNotApplyError, Finding, ProofError
from quietword.proof.command import COULD_NOT_RUN, prove
from quietword.proof.report import Shape, shape_of, verdict, write_report
from quietword.proof.running import HELD, LEAKED, NOT_ALL_CHECKED, NotChecked, Proof

GOOD = CheckResult("good", 1, "Nothing is kept.", held=True, measured="3 files")
BAD = CheckResult(
    "bad", 3, "Nothing is <written>.", held=False, measured="1 file", findings=(Finding("a word", "/x", "hex", 7),)
)


def proof(*results: CheckResult, not_checked: tuple[NotChecked, ...] = ()) -> Proof:
    return Proof("a service", "9.9", date(2026, 11, 22), {Kind.WORDS: 3}, 2, results, not_checked)


def test_zero_means_that_every_look_was_done_and_held() -> None:
    assert proof(GOOD).exit_code == HELD
    assert proof(GOOD, BAD).exit_code == LEAKED
    assert proof().exit_code == NOT_ALL_CHECKED
    assert proof(GOOD, not_checked=(NotChecked("core dumps", "unseen"),)).exit_code == NOT_ALL_CHECKED
    assert proof(GOOD, not_checked=(NotChecked("the proxy", "there is none", applies=False),)).exit_code == HELD
    assert proof(BAD, not_checked=(NotChecked("core dumps", "unseen"),)).exit_code == LEAKED


def test_the_verdict_never_says_more_than_was_seen() -> None:
    assert "all 1 look held" in verdict(proof(GOOD))
    assert "could not be done here" in verdict(proof(GOOD, not_checked=(NotChecked("core dumps", "unseen"),)))
    assert "“bad”" in verdict(proof(GOOD, BAD))
    assert "shows nothing" in verdict(proof())


@pytest.mark.parametrize("shape", Shape)
def test_each_shape_tells_what_was_found_and_what_was_not_checked(shape: Shape) -> None:
    text = write_report(proof(GOOD, BAD, not_checked=(NotChecked("core dumps", "unseen"),)), shape)
    for told in (
        "Nothing is kept.",
        "3 files",
        "a word",
        "/x",
        "core dumps",
        "unseen",
        "2026",
    ):
        assert told in text
    if shape is Shape.HTML:
        assert "Nothing is &lt;written&gt;." in text
    if shape is Shape.JSON:
        assert json.loads(text)["exit_code"] == LEAKED


def test_a_report_is_written_only_in_a_shape_we_know() -> None:
    from pathlib import Path

    assert shape_of(Path("proof.HTML")) is Shape.HTML
    with pytest.raises(ProofError, match=r"ending of \.html, \.md, \.json"):
        shape_of(Path("proof.pdf"))


def test_the_command_says_at_once_what_it_cannot_do(tmp_path) -> None:  # type: ignore[no-untyped-def]
    wrong = CliRunner().invoke(prove, ["--here", "--report", str(tmp_path / "proof.pdf")])
    assert wrong.exit_code == COULD_NOT_RUN
    assert "ending of" in wrong.output
    both = CliRunner().invoke(prove, ["--here", "--pid", "1"])
    assert both.exit_code == COULD_NOT_RUN


def test_what_does_not_apply_is_no_reason_for_doubt() -> None:
    assert issubclass(DoesNotApplyError, CannotCheckError)


def test_a_canary_counts_only_when_its_request_was_answered() -> None:
    canaries = Canaries()
    canaries.plant("sent", Kind.WORDS)
    canaries.plant("lost", Kind.WORDS)
    canaries.sent("sent")
    assert canaries.not_sent == ("lost",)
    assert canaries.counts() == {Kind.WORDS: 1}
    with pytest.raises(KeyError):
        canaries.sent("never planted")
    with pytest.raises(ValueError, match="planted before"):
        canaries.plant("sent", Kind.WORDS)
