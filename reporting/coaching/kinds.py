"""What sort of words could tell who wrote a report, and what the reporter reads about each sort."""

from dataclasses import dataclass
from enum import StrEnum

from reporting.wording import N_


class Kind(StrEnum):
    """What sort of thing points to the writer. One sentence shows each kind once."""

    FIRST_PERSON = "first person"
    KINSHIP = "family and friends"
    HOME = "where you live"
    WORK = "work and school"
    TENURE = "how long"
    EXACT_TIME = "exact time"
    CONTACT = "contact"
    HARMLESS_NAME = "name of the harmless"
    EARLIER = "told before"
    FEW_KNOW = "few people know"


@dataclass(frozen=True)
class Advice:
    """Why such words are a risk, and how the same thing can be said with less of it. English; translated when shown."""

    why: str
    gentler: str


ADVICE = {
    Kind.FIRST_PERSON: Advice(
        N_("This tells something about you."),
        N_("You could say only what happens: “He asks people to hide bags.”"),
    ),
    Kind.KINSHIP: Advice(
        N_("This tells who your family or friends are."),
        N_("You could leave out how you know them: “A boy is selling for them.”"),
    ),
    Kind.HOME: Advice(
        N_("This tells where you live, or where you were."),
        N_("You could leave out where you were: “People hear shouting at night.”"),
    ),
    Kind.WORK: Advice(
        N_("This tells where you work or go to school."),
        N_("You could leave out how you know: “Parcels come to the house each day.”"),
    ),
    Kind.TENURE: Advice(
        N_("This tells how long you have been there."),
        N_("You could leave out the years: “It has got worse.”"),
    ),
    Kind.EXACT_TIME: Advice(
        N_("Only someone who was there would know the time so well."),
        N_("You could give a rough time: “early one morning last week”."),
    ),
    Kind.CONTACT: Advice(
        N_("This may be your own name, number or address."),
        N_("You could take it out. We will not call you or write to you."),
    ),
    Kind.HARMLESS_NAME: Advice(
        N_("This may name someone who has done nothing wrong. People could think that they told us."),
        N_("You could leave out the name: “An old man was robbed.”"),
    ),
    Kind.EARLIER: Advice(
        N_("This tells that you have spoken to someone before. They may have your name."),
        N_("You could leave this out, and only say what happens."),
    ),
    Kind.FEW_KNOW: Advice(
        N_("This tells that only a few people know it."),
        N_("You could move it to “Could anyone guess it was you”. That part asks us to take care."),
    ),
}


@dataclass(frozen=True)
class Mark:
    """A sentence at `start`–`end` (code points of the answer) that could tell who wrote it.

    `said_start`–`said_end` are the words that made us stop, inside the sentence.
    """

    kind: Kind
    start: int
    end: int
    said_start: int
    said_end: int

    @property
    def why(self) -> str:
        return ADVICE[self.kind].why

    @property
    def gentler(self) -> str:
        return ADVICE[self.kind].gentler
