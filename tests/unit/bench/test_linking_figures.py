"""What the bench says of the name cultures, and of what is hard to see."""

from bench.linking import furthest_behind, is_marked, is_right
from triage.linking.mentions import Mention


def one(recall: float, ceiling: float, number: int) -> dict[str, float]:
    return {"group_recall_at_1": recall, "ceiling": ceiling, "n": number}


def test_the_culture_furthest_behind_is_of_those_with_enough_reports_to_say() -> None:
    by_slice = {
        "pk": one(0.80, 0.95, 60),
        "wb": one(0.70, 0.72, 300),
        "vi": one(0.10, 1.0, 24),
        "so": one(0.90, 1.0, 25),
    }
    name, gap = furthest_behind(by_slice)
    assert name == "pk"
    assert round(gap, 3) == 0.15


def test_a_fragment_is_found_where_it_stands_and_as_what_it_is() -> None:
    text = "Flat 12. His number is 0675 something 660."
    marks = [Mention("phone", "telephone", 23, 42)]
    assert is_marked(marks, text, "0675 660", "phone")
    assert not is_marked(marks, text, "0675 660", "vehicle")
    assert not is_marked([Mention("phone", "telephone", 5, 7)], text, "0675 660", "phone")


def test_a_text_that_tells_no_part_is_right_while_nothing_with_a_figure_is_marked() -> None:
    told = {"kind": "neither", "said": "", "text": "A white van by flat B12."}
    assert is_right([], told)
    assert is_right([Mention("vehicle", "vehicle", 2, 11)], told)
    assert is_right([Mention("vehicle", "vehicle", 14, 23)], told)  # by make and model, as an Audi A4
    assert not is_right([Mention("vehicle", "part of a plate", 20, 23)], told)
    part = {"kind": "partial plate", "said": "B12", "text": told["text"]}
    assert is_right([Mention("vehicle", "part of a plate", 20, 23)], part)
    assert not is_right([], part)
