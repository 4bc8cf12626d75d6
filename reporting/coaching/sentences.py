"""Cuts a text into sentences and keeps where each one stands. One pass, whatever the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reporting.coaching.rule import words

# Many people write without a full stop. A mark on a whole page says nothing, so a run of words is cut here.
LONGEST = 400

_END = re.compile(r"[.!?…؟۔।॥]+[\"'”’»)\]]*|[。！？]+[”’」』）]*|\n+")
_CLOSES_ANYWHERE = "。！？।॥۔\n"
# A full stop after these ends no sentence.
_SHORT = words(
    "mr mrs ms miss dr prof rev fr sr sgt pc det insp supt cllr hon capt no nos nr apt ave bldg "
    "approx vs eg ie e.g i.e viz cf ca tel mob ext ref reg incl min max inc ltd co dept est fig vol "
    "al dhr sra ul ks str bl im pani"
)
# After these it ends one only when a capital follows.
_SHORT_OR_LAST = words("etc am pm a.m p.m st rd jr sr hrs mins jan feb mar apr jun jul aug sept sep oct nov dec")


@dataclass(frozen=True)
class Sentence:
    """Where a sentence stands in its text, in code points, without the white space around it."""

    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence of `text` in order: none overlap, none is empty, and only white space lies between them."""
    return tuple(piece for start, end in _spans(text) for piece in _short_enough(text, start, end))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if _ends_here(text, end):
            yield start, end.end()
            start = end.end()
    yield start, len(text)


def _ends_here(text: str, end: re.Match[str]) -> bool:
    if end.group()[0] in _CLOSES_ANYWHERE:
        return True
    after = text[end.end() : end.end() + 2]
    if after and not after[0].isspace():
        return False  # 3.30, example.org, AB12.CDE
    if end.group() != ".":
        return True
    before = (
        text[max(0, end.start() - 12) : end.start()].rpartition(" ")[2].rpartition("\n")[2].lower().lstrip("(\"'“‘")
    )
    follows = text[end.end() : end.end() + 4].lstrip()[:1]
    if before in _SHORT or (len(before) == 1 and before.isalpha() and before not in "iu" and follows.isupper()):
        return not follows  # "Mr. Hill" and "J. Hill"
    return before not in _SHORT_OR_LAST or follows.isupper() or not follows


def _short_enough(text: str, start: int, end: int) -> Iterator[Sentence]:
    while True:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start == end:
            return
        if end - start <= LONGEST:
            yield Sentence(start, end)
            return
        cut = max(text.rfind(", ", start + LONGEST // 2, start + LONGEST) + 1, 0)
        cut = cut or text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield from _short_enough(text, start, cut)
        start = cut
