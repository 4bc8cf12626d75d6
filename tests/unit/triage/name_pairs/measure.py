"""Print the figures of docs/names.md: `python -m tests.unit.triage.name_pairs.measure`.

`--worst N` adds the N worst of the half that is tuned on; those kept aside are never shown.
"""

import sys

from tests.unit.triage.name_pairs.made import Pair, all_pairs, written
from triage.linking.naming import compare_names
from triage.linking.naming.measuring import area_under_curve, score_names


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def area(pairs: list[Pair]) -> float:
    """The area under the curve of the production comparer."""
    return area_under_curve([(compare_names(pair.one, pair.other), pair.same) for pair in pairs])


def main(arguments: list[str]) -> None:
    """Print a line a culture, all together, and what a pair costs."""
    pairs = all_pairs()
    hand = {(pair.one, pair.other) for pair in written()}
    say(f"{'culture':24} {'n':>5} tuned aside  (by hand: tuned aside)")
    for culture in [*sorted({pair.culture for pair in pairs}), "all"]:
        own = [pair for pair in pairs if culture in ("all", pair.culture)]
        cells = []
        for some in (own, [pair for pair in own if (pair.one, pair.other) in hand]):
            for aside in (False, True):
                half = [pair for pair in some if pair.aside == aside]
                cells.append(f"{area(half):.3f}" if len({pair.same for pair in half}) == 2 else "  -  ")
        say(f"{culture:24} {len(own):5} {' '.join(cells)}")
    score = score_names([(pair.one, pair.other, pair.same) for pair in pairs])
    say(f"{score.microseconds:.1f} microseconds a pair")
    if "--worst" in arguments:
        count = int(arguments[arguments.index("--worst") + 1])
        tuned = [(compare_names(pair.one, pair.other), pair) for pair in pairs if not pair.aside]
        for score_of, pair in sorted((one for one in tuned if one[1].same), key=lambda one: one[0])[:count]:
            say(f"{score_of:.2f} same  {pair.culture}: {pair.one} / {pair.other}")
        for score_of, pair in sorted((one for one in tuned if not one[1].same), key=lambda one: -one[0])[:count]:
            say(f"{score_of:.2f} apart {pair.culture}: {pair.one} / {pair.other}")


if __name__ == "__main__":
    main(sys.argv[1:])
