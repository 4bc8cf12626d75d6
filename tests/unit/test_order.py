"""The files named as the longest are there: one that was renamed would begin last."""

from tests.order import HERE, LONGEST_FIRST


def test_every_file_that_begins_first_is_there() -> None:
    assert [name for name in LONGEST_FIRST if not (HERE / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)
