"""`python -m triage.officers.breached.building passwords.json`: writes the shipped list anew, the commonest first.

The file comes from the npm package @zxcvbn-ts/language-common 4.1.3 (`package/src/passwords.json`, MIT licence); see
LICENCE beside the list, and docs/adr/0035.
"""

import json
import lzma
import sys
from pathlib import Path

LIST = Path(__file__).with_name("commonest.txt.xz")
SHORTEST = 4


def main(arguments: list[str]) -> None:
    """Keep what has four characters or more, one a line, each once."""
    words = json.loads(Path(arguments[0]).read_text("utf-8"))
    kept = dict.fromkeys(word.casefold() for word in words if len(word) >= SHORTEST and word.isprintable())
    text = "".join(f"{word}\n" for word in kept)
    LIST.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(sys.argv[1:])
