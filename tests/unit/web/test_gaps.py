"""Pages drawn once: every gap is filled each time, safely, and few pages are kept."""

from web.gaps import MOST_KEPT, Drawn, DrawnPages, gap

PAGE = f"<p>{gap('word1')}</p><i>{gap('digits')}</i><b>{gap('word1')}</b>"


def test_every_gap_is_filled_and_no_gap_is_left() -> None:
    filled = Drawn.of(PAGE).filled({"word1": "tree", "digits": "1234"})
    assert filled == "<p>tree</p><i>1234</i><b>tree</b>"


def test_what_fills_a_gap_is_escaped() -> None:
    assert "<script>" not in Drawn.of(PAGE).filled({"word1": "<script>", "digits": '"'})


def test_a_value_that_looks_like_a_gap_is_not_filled_again() -> None:
    filled = Drawn.of(PAGE).filled({"word1": gap("digits"), "digits": "1234"})
    assert filled == f"<p>{gap('digits')}</p><i>1234</i><b>{gap('digits')}</b>"


def test_a_page_is_drawn_once_for_each_look() -> None:
    drawn: list[str] = []
    pages = DrawnPages()

    def draw(look: str) -> str:
        drawn.append(look)
        return look

    shown = [pages.page(look, lambda look=look: draw(look)).filled({}) for look in ("en", "ur", "en")]  # type: ignore[misc]
    assert (shown, drawn) == (["en", "ur", "en"], ["en", "ur"])


def test_few_pages_are_kept() -> None:
    pages, drawn = DrawnPages(), []
    for look in [*range(MOST_KEPT + 1), 0]:
        pages.page(look, lambda look=look: drawn.append(look) or "")  # type: ignore[misc,func-returns-value]
    assert drawn.count(0) == 2, "the oldest went"
