"""Writes what the proof found as a page anybody can read: HTML without scripts, Markdown, or JSON for programs."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from quietword.proof.check import ProofError
from quietword.proof.running import NotChecked, Proof
from web.filters import counted

MOST_FINDINGS = 25
TITLE = "What this service keeps about the people who use it"


class Shape(StrEnum):
    """How a report is written, by the ending of its file."""

    HTML = ".html"
    MARKDOWN = ".md"
    JSON = ".json"


def shape_of(path: Path) -> Shape:
    """Which shape a file name asks for.

    Raises:
        ProofError: none that we write.
    """
    try:
        return Shape(path.suffix.lower())
    except ValueError:
        raise ProofError(f"Name the report with an ending of {', '.join(Shape)}, not “{path.name}”.") from None


def write_report(proof: Proof, shape: Shape) -> str:
    """The whole report as text."""
    if shape is Shape.JSON:
        return json.dumps(_for_programs(proof), indent=1, ensure_ascii=False) + "\n"
    jinja = Environment(
        loader=PackageLoader("quietword.proof"),
        autoescape=shape is Shape.HTML,  # noqa: S701 - Markdown is no markup that runs; what it quotes are our own names
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return jinja.get_template(f"report{shape}").render(
        title=TITLE,
        about=_about(proof),
        verdict=verdict(proof),
        done=_done(proof),
        planted=[(kind.value.capitalize(), count) for kind, count in proof.planted.items()],
        results=proof.results,
        most=MOST_FINDINGS,
        not_checked=[_told(one) for one in proof.not_checked],
        limits=LIMITS,
    )


def verdict(proof: Proof) -> str:
    """The whole in one sentence or two."""
    looks = counted(len(proof.results), "look")
    if proof.leaks:
        names = ", ".join(f"“{result.name}”" for result in proof.leaks)
        return f"Something was kept that should not be. {len(proof.leaks)} of {looks} found it: {names}."
    if not proof.results:
        return "Nothing was looked at, so this shows nothing."
    held = f"Nothing of what was planted was found in any place that was looked through: all {looks} held."
    missing = counted(len(proof.unanswered), "look")
    return f"{held} But {missing} could not be done here; see “What was not checked”." if proof.unanswered else held


def _about(proof: Proof) -> str:
    return f"Quiet Word {proof.version}, {proof.deployment}, on {proof.on.day} {proof.on:%B %Y}."


def _done(proof: Proof) -> list[str]:
    return [
        (
            f"{counted(proof.canaries, 'word')} that stand nowhere else in the world were made by chance. Each was put "
            "where a person’s traces would be: in the address they come from, in what their browser says of itself, in "
            "what they type, in files, in links, and in requests that break. "
            f"All of them were sent to the public form as people send them, with {counted(proof.reports, 'report')} in "
            "full. Each request was answered."
        ),
        (
            "Then every place was searched in which this service could have kept one of them: as plain text, coded as "
            "web addresses, mail, programs and databases code it (URL, base64, base32, hexadecimal, UTF-16, escapes), "
            "and compressed."
        ),
    ]


LIMITS = (
    (
        "A search can show that something was kept. That nothing was kept, it shows only for the words that were "
        "planted, in the places that were looked through, written in ways that the search knows. It does not know a "
        "word that was encrypted by a key the service holds elsewhere, nor one that was hidden on purpose by somebody "
        "who changed the program."
    ),
    (
        "So that a green answer means something, each of these looks was first shown a service that keeps too much, "
        "and found it. Those tests come with the program, and anyone may run them."
    ),
    (
        "Anyone may repeat this: “quietword prove --here” runs it against a service of its own making, and "
        "“quietword prove” against one that runs."
    ),
)


def _told(one: NotChecked) -> str:
    return f"{one.what}: {one.why}" if one.why else one.what


def _for_programs(proof: Proof) -> dict[str, Any]:
    return {
        "title": TITLE,
        "deployment": proof.deployment,
        "version": proof.version,
        "date": proof.on.isoformat(),
        "verdict": verdict(proof),
        "exit_code": proof.exit_code,
        "planted": {kind.value: count for kind, count in proof.planted.items()},
        "reports_sent": proof.reports,
        "checks": [
            {
                "name": result.name,
                "promise": result.promise,
                "sentence": result.sentence,
                "held": result.held,
                "measured": result.measured,
                "findings": [
                    {"what": one.what, "where": one.where, "how": one.how, "offset": one.offset}
                    for one in result.findings
                ],
            }
            for result in proof.results
        ],
        "not_checked": [{"what": one.what, "why": one.why} for one in proof.not_checked],
    }
