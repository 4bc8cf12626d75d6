"""What is remembered of words so as not to be worked out twice, and its end when a register or reports are locked."""

from collections.abc import Callable

_FORGETS: list[Callable[[], None]] = []


def forget_with(forget: Callable[[], None]) -> None:
    """Have `forget` called by `forget_words`; a module that remembers words says so as it is loaded."""
    _FORGETS.append(forget)


def forget_words() -> None:
    """Forget every word of the register and of reports that some function remembers.

    Called wherever a copy of either leaves memory: what is forgotten of a copy that stays is worked out again.
    """
    for forget in _FORGETS:
        forget()
