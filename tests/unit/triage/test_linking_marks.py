"""The text beside the suggestions: each reason knows its mark, each mark its reasons, and nothing overlaps."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from triage.linking.marks import MOST_LISTED, Marks, set_beside
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.reading import BETWEEN, Passage, join_answers
from triage.linking.reasons import Reason
from web.markup import marked

TOLD = {"what": "Big Tony is back. BIG TONY has a Golf.", "who": "ask my son Jayden"}


def said(text: str, words: str, evidence: str = "nickname", *, against: bool = False) -> Reason:
    start = text.index(words)
    return Reason(words, words, evidence, f"“{words}” fits", False, 0, start, start + len(words), against)


def suggested(number: int, *reasons: Reason, against: tuple[Reason, ...] = ()) -> Suggestion:
    return Suggestion(UUID(int=number), None, "person", f"Number {number}", Strength.FAIR, reasons, (), against)


def beside(*suggestions: Suggestion, mentions: tuple[Mention, ...] = ()) -> Marks:
    text, passages = join_answers(TOLD)
    return set_beside(text, passages, mentions, suggestions)


def test_a_reason_leads_to_its_words_and_the_words_lead_back() -> None:
    text, _ = join_answers(TOLD)
    marks = beside(suggested(1, said(text, "Big Tony"), said(text, "Golf", "vehicle")))
    first, second = marks.suggestions[0].why
    spans = {span.anchor: span for span in marks.spans["what"] if span.anchor}
    assert spans[first.mark].leads_to == first.anchor
    assert spans[second.mark].leads_to == second.anchor
    assert (spans[second.mark].kind, spans[second.mark].key) == ("vehicle", second.keys)


def test_words_said_again_lead_to_the_same_reason_and_are_one_stop_of_tab() -> None:
    text, _ = join_answers(TOLD)
    again = text.index("BIG TONY")
    marks = beside(suggested(1, said(text, "Big Tony")), mentions=(Mention("person", "nickname", again, again + 8),))
    one, other = marks.spans["what"]
    assert one.leads_to == other.leads_to == marks.suggestions[0].why[0].anchor
    assert (one.again, other.again, other.anchor) == (False, True, "")
    assert marks.suggestions[0].why[0].times == 2
    assert one.key == other.key


def test_a_mark_leads_to_the_likeliest_and_the_list_names_them_all() -> None:
    text, _ = join_answers(TOLD)
    tony = said(text, "Big Tony")
    marks = beside(suggested(1, tony), suggested(2, tony), suggested(3, against=(said(text, "Tony", against=True),)))
    (mark,) = marks.spans["what"]
    assert mark.leads_to == marks.suggestions[0].why[0].anchor
    assert "3 suggestions" in mark.title
    (line,) = marks.listed
    assert [(one.name, one.against) for one in line.speaks] == [
        ("Number 1", False),
        ("Number 2", False),
        ("Number 3", True),
    ]


def test_who_is_not_a_subject_is_said_each_time_and_leads_nowhere() -> None:
    text, _ = join_answers(TOLD)
    start = text.index("my son Jayden")
    marks = beside(mentions=(Mention("apart", "the teller’s family", start, start + 13),))
    (span,) = marks.spans["who"]
    assert (span.note, span.leads_to) == ("not a subject: the teller’s family", "")
    assert TOLD["who"][span.start : span.end] == "my son Jayden"
    assert marks.kinds == ("apart",)


def test_a_reason_without_a_place_has_no_mark() -> None:
    marks = beside(suggested(1, Reason("", "1990", "age", "He is too old", False, 0)))
    assert marks.suggestions[0].why[0].mark == ""
    assert marks.spans == {}


def test_a_long_list_is_cut_and_says_so() -> None:
    words = [f"name{number}" for number in range(MOST_LISTED + 5)]
    text, passages = join_answers({"what": " ".join(words)})
    places = [text.index(f"{word} ") if f"{word} " in text else text.index(word) for word in words]
    found = [Mention("person", "", at, at + len(word)) for at, word in zip(places, words, strict=True)]
    marks = set_beside(text, passages, found, ())
    assert (len(marks.listed), marks.unlisted) == (MOST_LISTED, 5)
    assert len(marks.spans["what"]) == MOST_LISTED + 5


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(st.lists(PLACES, max_size=12), st.lists(PLACES, max_size=6))
def test_marks_never_overlap_and_no_id_stands_twice(
    marked_at: list[tuple[int, int]], rest: list[tuple[int, int]]
) -> None:
    passages = (Passage("what", 0, "a" * 20), Passage("who", 20 + len(BETWEEN), "b c d e f g h i j"))
    text = BETWEEN.join(one.text for one in passages)
    reasons = tuple(Reason("x", "y", "nickname", "“x” fits", False, 0, start, end) for start, end in rest)
    mentions = [Mention("person", "", start, end) for start, end in marked_at]
    marks = set_beside(text, passages, mentions, [suggested(1, *reasons)])
    anchors = [span.anchor for spans in marks.spans.values() for span in spans if span.anchor]
    assert len(anchors) == len(set(anchors))
    assert {why.mark for why in marks.suggestions[0].why} - {""} <= set(anchors)
    for passage in passages:
        spans = marks.spans.get(passage.key, ())
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert str(marked(passage.text, spans)).count("<mark") == len(spans)
