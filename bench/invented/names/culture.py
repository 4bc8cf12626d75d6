"""A name culture: its words, how common its people are on the register, and what else a word is said as."""

from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True)
class Culture:
    """Words are in order of how common they are; `share` is of the groups on the register, in hundredths."""

    code: str
    share: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word, and what people say or write for it
    middles: tuple[str, ...] = ()
    surname_first: bool = False

    def said_as(self, word: str) -> tuple[str, ...]:
        """What else may be said for a given name or surname: short forms, and other ways to write it."""
        return self.forms.get(word, ())


def words(text: str) -> tuple[str, ...]:
    """The words of a list, an underscore for a space within one."""
    return tuple(word.replace("_", " ") for word in text.split())


def forms(text: str) -> dict[str, tuple[str, ...]]:
    """`Darren: Daz Dazza; Gary: Gaz` as a table."""
    lines = (line.partition(":") for line in text.replace("\n", " ").split(";") if line.strip())
    return {words(word)[0]: words(others) for word, _, others in lines}


def put_together(firsts: str, lasts: str) -> tuple[str, ...]:
    """Every beginning with every ending, the lists gone through aslant so that near ones are not alike."""
    beginnings, endings = firsts.split(), lasts.split()
    return tuple(
        beginnings[place] + endings[(place + turn) % len(endings)]
        for turn in range(len(endings))
        for place in range(len(beginnings))
        if beginnings[place][-2:].lower() != endings[(place + turn) % len(endings)][:2]
    )


def falling(number: int, *, flat: float = 4, steep: float = 0.85) -> list[float]:
    """Cumulated weights of so many words: the first the commonest, as names are (about Zipf)."""
    return list(accumulate(1 / (place + flat) ** steep for place in range(number)))
