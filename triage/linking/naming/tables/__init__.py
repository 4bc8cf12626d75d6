"""What names are short for and how they are spelt, a file a culture; written here from common knowledge.

A line is `full = full: short short`. The full names joined by `=` are one name in several spellings; the short forms
stand for any of them. A word may stand on several lines (Al is Alan, Albert and Alexander), and one alone on its line
is a name that is nobody else's. A line that begins with spaces goes on from the one above; `#` begins a remark.
"""

from pathlib import Path

GIVEN = (
    "english",
    "celtic",
    "muslim",
    "south_asian",
    "turkish",
    "polish",
    "slavic",
    "romanian",
    "african",
    "iberian",
    "others",
    "older",
)
FAMILY = ("asian", "syllables", "surnames")


def read_lines(names: tuple[str, ...]) -> list[str]:
    """The lines of these tables, without remarks, each whole."""
    texts = [(Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    whole = "\n".join(texts).replace("\n ", " ")
    return [line for line in whole.splitlines() if line and not line.startswith("#")]
