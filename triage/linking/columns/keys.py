"""How plates and telephone numbers are written so that two ways of writing one are equal."""

from collections.abc import Callable, Sequence

BETWEEN = "\n"  # stands in no plate of the register, which are lines

# Characters that people and cameras confuse, as one: O, Q and D with 0, I and L with 1, and so on.
CONFUSED = str.maketrans("oqdilzasgbt", "000112456" + "87")
ZERO_AND_ONE = str.maketrans("oi", "01")


def plate_key(text: str) -> str:
    """A plate with the letters and digits people confuse most made one: O is 0, I is 1."""
    return text.lower().translate(ZERO_AND_ONE)


def confused_key(text: str) -> str:
    """A plate with every pair that is easily confused made one."""
    return text.lower().translate(CONFUSED)


def each_key(key: Callable[[str], str], plates: Sequence[str]) -> list[str]:
    """The key of each plate: written one after another, for a hundred thousand calls take longer than their signs."""
    keys = key(BETWEEN.join(plates)).split(BETWEEN)
    return keys if len(keys) == len(plates) else [key(plate) for plate in plates]


def phone_key(digits: str) -> str:
    """A number without country code and trunk zero, so that +44 7700, 0044 7700 and 07700 are one."""
    bare = digits.lstrip("+").removeprefix("00")
    if bare.startswith("44") and len(bare) > 9:
        return bare.removeprefix("44").lstrip("0")
    return bare.lstrip("0") if bare.startswith("0") else bare
