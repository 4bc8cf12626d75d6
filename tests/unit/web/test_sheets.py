"""A class that a template uses is in the sheet its program serves: the build leaves out what nobody uses."""

import re
import unicodedata
from pathlib import Path

import pytest

from web.static_files import built_folder, manifest

HOUSE = Path(__file__).parents[3]
CLASS_IN_TEMPLATE = re.compile(r"(?<![\w/.-])((?:govuk|moj|qw)-[A-Za-z0-9_!-]*[A-Za-z0-9])(?![\w-]*[-{])")
CLASS_IN_SHEET = re.compile(r"\.((?:\\.|[A-Za-z0-9_-])+)")
# Names that say what a part is and have no look of their own.
WITHOUT_A_LOOK = {
    "govuk-table__body",
    "govuk-table__head",
    "moj-alert--with-heading",
    "moj-filter__content",
    "moj-timeline__header",
    "qw-unreviewed",  # triage has no translations
    "qw-exit",  # in triage's base page only behind a setting it does not have
}


@pytest.mark.parametrize(
    ("sheet", "places"),
    [
        ("public.css", ["reporting/templates", "web/templates/web/base.html", "web/templates/web/error.html"]),
        ("public-rtl.css", ["reporting/templates", "web/templates/web/base.html", "web/templates/web/error.html"]),
        ("triage.css", ["triage", "web/templates"]),
    ],
)
def test_every_class_in_use_has_its_look(sheet: str, places: list[str]) -> None:
    css = (built_folder() / manifest()[sheet]).read_text("utf-8")
    known = {name.replace("\\", "") for name in CLASS_IN_SHEET.findall(css)}
    files = [
        file
        for place in places
        for file in ((HOUSE / place).rglob("*.html") if (HOUSE / place).is_dir() else [HOUSE / place])
    ]

    used = {name: file.name for file in files for name in CLASS_IN_TEMPLATE.findall(file.read_text("utf-8"))}
    without = {name: file for name, file in used.items() if name not in known | WITHOUT_A_LOOK}

    assert len(used) > 20
    assert without == {}


SIDE = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(left|right)(?::|-)[^;}]*|(?<![\w-])(left|right):[^;}]*|float:(left|right)"
)


def _sides(sheet: str) -> list[str]:
    css = (built_folder() / manifest()[sheet]).read_text("utf-8")
    return [match.group(0) for match in SIDE.finditer(css)]


def test_the_sheet_for_right_to_left_is_the_other_one_mirrored() -> None:
    plain, mirrored = _sides("public.css"), _sides("public-rtl.css")
    turned = {"left": "right", "right": "left"}

    assert len(plain) > 50
    assert sorted(mirrored) == sorted(re.sub("left|right", lambda side: turned[side.group(0)], one) for one in plain)
    assert mirrored != plain


def test_the_arrow_of_back_mirrors_by_itself() -> None:
    css = (built_folder() / manifest()["public-rtl.css"]).read_text("utf-8")
    arrow = re.findall(r"\.qw-back::before\{content:\"(.)", css)

    assert arrow == ["\u2039"]
    assert unicodedata.mirrored(arrow[0])
