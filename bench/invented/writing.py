"""Puts a report together from phrases, in the shape and with the slips of its style."""

import re
from collections.abc import Mapping, Sequence
from random import Random

from bench.invented import noise
from bench.invented.styles.style import Case, Shape, Style
from bench.invented.telling import Told

_HIM = {"he": "he", "his": "his", "him": "him", "man": "man", "himself": "himself"}
_HER = {"he": "she", "his": "her", "him": "her", "man": "woman", "himself": "herself"}
_LIKE_MAN = {"man": ("man", "man", "bloke", "guy", "lad"), "woman": ("woman", "woman", "girl", "lady")}
_SALUTATIONS = ("Dear Sir or Madam", "To whom it may concern", "Hello", "Dear Police", "Good morning")
_FAREWELLS = ("Yours faithfully", "A resident", "Regards", "Yours, concerned", "Thank you")


class Writer:
    """Writes in one style. `beside` gives the words for those who are beside the point: kin, mate, cop, mine, pub."""

    def __init__(self, rng: Random, style: Style, beside: Mapping[str, str]) -> None:
        self.rng, self.style, self._beside = rng, style, beside

    def report(self, name: Told, things: Sequence[Told], sex: str) -> str:
        """The report's text; the name comes first, or after one other thing, the rest as it falls."""
        rng, style, bank = self.rng, self.style, self.style.bank.phrases
        pronouns = _HIM if sex == "m" else _HER
        first = self._sentence(name, pronouns, rng.choice(bank[name.slot]))
        rest = [self._sentence(told, pronouns, rng.choice(bank[told.slot])) for told in things]
        rng.shuffle(rest)
        told = [first, *rest]
        if rest and rng.random() < 0.12:
            told[0], told[1] = told[1], told[0]
        beside = rng.sample(bank["filler"], rng.choice(range(style.fillers + 1)))
        beside += [rng.choice(bank["apart"])] if rng.random() < 0.28 else []
        for phrase in beside:
            told.insert(rng.randint(0, len(told)), self._words(phrase, {**pronouns, **self._beside}))
        opening = [self._words(rng.choice(bank["opening"]), {})] if rng.random() < style.opens else []
        closing = [self._words(rng.choice(bank["closing"]), {})] if rng.random() < style.closes else []
        return self._cased(self._shaped(opening, told, closing))

    def _sentence(self, told: Told, pronouns: Mapping[str, str], phrase: str) -> str:
        man = self.rng.choice(_LIKE_MAN[pronouns["man"]])
        doing = self.rng.choice(self.style.bank.doing).replace("{him}", pronouns["him"])
        values = {**pronouns, "man": man, "who": told.words, "v": told.words, "w": told.more}
        return self._words(phrase.replace("{doing}", doing), values)

    def _words(self, phrase: str, values: Mapping[str, str]) -> str:
        """The phrase with the style's slips in its own words, and then the values, which had theirs already."""
        if self.style.texted:
            phrase = noise.texted(phrase, self.rng)
        if self.style.small_words_dropped:
            phrase = noise.without_small_words(phrase, self.rng)
        if self.style.slips:
            phrase = noise.blurred(phrase, self.rng, rate=self.style.slips)
        return phrase.format_map(values)

    def _shaped(self, opening: list[str], told: list[str], closing: list[str]) -> str:
        rng = self.rng
        match self.style.shape:
            case Shape.PROSE:
                return " ".join(_stopped(one) for one in (*opening, *told, *closing))
            case Shape.RUN_ON:
                joins = (
                    (" ", " ", ", ", " and ", " ", " n ") if self.style.texted else (" ", ", ", " and ", " so ", " ")
                )
                text = "".join(one + rng.choice(joins) for one in (*opening, *told, *closing))
                return text.rstrip(" ,").removesuffix(" and").removesuffix(" so").removesuffix(" n")
            case Shape.DOTS:
                return "".join(
                    one.rstrip(".") + rng.choice(("... ", "!! ", "... ", ". ")) for one in (*opening, *told, *closing)
                )
            case Shape.KEYWORDS:
                return rng.choice(("; ", ", ", " / ", " - ")).join((*opening, *told, *closing))
            case Shape.LIST:
                mark = rng.choice(("- ", "* ", "{}) ", "{}. "))
                return "\n".join(mark.format(place) + one for place, one in enumerate((*opening, *told, *closing), 1))
            case Shape.LETTER:
                body = " ".join(_stopped(one) for one in (*opening, *told, *closing))
                return f"{rng.choice(_SALUTATIONS)},\n\n{body}\n\n{rng.choice(_FAREWELLS)}"
            case Shape.LABELLED:
                return "\n".join((*opening, *told, *closing))

    def _cased(self, text: str) -> str:
        match self.style.case:
            case Case.LOWER:
                return text.lower()
            case Case.UPPER:
                return text.upper()
            case Case.SHOUTED:
                return re.sub(r"\w+", lambda word: word[0].upper() if self.rng.random() < 0.2 else word[0], text)
            case Case.KEPT:
                return text


def _stopped(sentence: str) -> str:
    """A sentence with its capital and its full stop."""
    whole = sentence[:1].upper() + sentence[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
